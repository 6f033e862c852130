"""Names badly read, held against the draft texts that are open for consultation.

A form is of one circular. Where its other rows name texts that are known, a name that can only be
one of them is that one; where any row surely names a text that is not known, the form is of another
circular, and nothing is taken for what it is not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from parsers.scan.names import Name

#: Series letters that print, fax and photograph alike.
_ALIKE = ("OQDCGU", "IJTLF", "VYU", "EFP", "PRFB", "KXH", "MNHW", "BERS", "ZS")
#: Characters of working names that print alike, each for the one that stands for all.
_LOOK_ALIKE = str.maketrans("i1|0", "lllo")
#: The shortest working name that tells a text, and how many characters of it may be misread.
_TELLS, _MISREAD = 5, 5
#: By how many more characters the working name of any other text must differ.
_APART = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    """A known text that a name may be.

    Attributes:
        text: its designation.
        said: whether a reading gives it, whole.
        letter: whether only the series letter differs, which prints like its own.
        formerly: whether the working name is its own.
    """

    text: str
    said: bool
    letter: bool
    formerly: bool


def settled(names: Sequence[Name], known: Mapping[str, str]) -> list[Name]:
    """The names of a form's rows, those that can only be one of the known texts made that one.

    Args:
        names: in the order of the rows; empty ones among them.
        known: working name -> designation; a text without one stands under its designation.
    """
    texts = frozenset(known.values())
    formerly = {text: former for former, text in known.items() if former != text}
    if not texts:
        return list(names)
    fits = [_fit(name, texts, formerly) for name in names]
    strange = any(
        name.text and name.sure and fit is None for name, fit in zip(names, fits, strict=True)
    )
    taken = [fit.text for fit in fits if fit is not None]
    result = []
    for index, (name, fit) in enumerate(zip(names, fits, strict=True)):
        if fit is None or (name.sure and name.designation == fit.text):
            result.append(name if fit is None else _as_known(name, fit.text, formerly))
            continue
        others = sum(
            other is not None and other.text != fit.text and (other.said or other.letter)
            for place, other in enumerate(fits)
            if place != index
        )
        certain = others >= 1 or (fit.formerly and (fit.said or fit.letter))
        if strange or not certain or taken.count(fit.text) > 1:
            result.append(name)
        else:
            result.append(_as_known(replace(name, sure=True), fit.text, formerly))
    return result


def _as_known(name: Name, text: str, formerly: Mapping[str, str]) -> Name:
    """A name with its designation as it is known, and so its working name where that is the same."""
    former = formerly.get(text)
    if former is not None and _same(name.formerly, former):
        return replace(name, text=f"{text} ({former})")
    _, parenthesis, rest = name.text.partition(" (")
    return replace(name, text=text + parenthesis + rest)


def _fit(name: Name, texts: frozenset[str], formerly: Mapping[str, str]) -> _Fit | None:
    """The one known text that a name may be; None where there is none, or several."""
    said = [text for text in name.tried if text in texts]
    if name.sure and name.designation in texts:
        said = [name.designation]
    former = _told_by_former(name.formerly, formerly)
    if len(said) > 1:
        return None
    if said:
        text = said[0]
        longer = any(each.startswith((f"{text} ", f"{text}.")) for each in texts)
        if longer and not name.sure:
            return None
        return _Fit(text=text, said=True, letter=False, formerly=former == text)
    near = {text for tried in name.tried for text in texts if _only_letter(tried, text)}
    if len(near) == 1:
        text = near.pop()
        return _Fit(text=text, said=False, letter=True, formerly=former == text)
    if former is None or (name.text and name.sure):
        return None
    if name.tried and min(_distance(tried, former) for tried in name.tried) > 1:
        return None
    return _Fit(text=former, said=False, letter=False, formerly=True)


def _only_letter(tried: str, text: str) -> bool:
    """Whether two designations differ by nothing but a series letter that prints alike."""
    return tried[1:] == text[1:] and any(tried[0] in each and text[0] in each for each in _ALIKE)


def _told_by_former(read: str, formerly: Mapping[str, str]) -> str | None:
    """The text whose working name was read, by a wide margin; None where it is not told."""
    seen = _as_seen(read)
    if len(seen) < _TELLS:
        return None
    found = sorted((_distance(seen, _as_seen(former)), text) for text, former in formerly.items())
    if not found or found[0][0] > len(seen) // _MISREAD:
        return None
    if len(found) > 1 and found[1][0] < found[0][0] + _APART:
        return None
    return found[0][1]


def _same(read: str, former: str) -> bool:
    seen, wanted = _as_seen(read), _as_seen(former)
    return len(seen) >= _TELLS and _distance(seen, wanted) <= len(wanted) // _MISREAD


def _as_seen(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold().translate(_LOOK_ALIKE)


def _distance(one: str, other: str) -> int:
    """How many characters must be changed, added or left out (Levenshtein)."""
    row = list(range(len(other) + 1))
    for i, char in enumerate(one, start=1):
        before, row[0] = row[0], i
        for j, wanted in enumerate(other, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (char != wanted))
    return row[-1]

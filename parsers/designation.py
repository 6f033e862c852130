"""Designations of Recommendations ("Y.4241") and circular numbers, found in running text.

ITU-T Recommendations are named by a series letter, a full stop and a number (ITU-T A.12); a draft
that is new often had a working name ("Y.dt-SComCam"), which forms give in parentheses.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

# Series letters typed on a Cyrillic or Greek keyboard look the same on paper.
_LOOKALIKES = str.maketrans("АВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTYXIJSABEZHIKMNOPTYX")

# Chinese writes no spaces: a name ends where letters of its own kind end ("Y.4241建议书").
_NO_NAME_BEFORE = r"(?<![A-Za-z0-9_.\u00c0-\u04ff])"
_NO_NAME_AFTER = r"(?![A-Za-z0-9_\u00c0-\u04ff-])"
_NUMBERED = re.compile(
    rf"{_NO_NAME_BEFORE}([A-Z])\s?\.\s?(\d{{1,5}}(?:\.\d{{1,3}})*){_NO_NAME_AFTER}"
    r"(?:\s*\(?(Amd|Amendment|Cor|Corrigendum)\.?\s*(\d{1,2})\)?)?"
)
# Right-to-left text taken from a picture-like source may have lost its order.
_REVERSED = re.compile(rf"{_NO_NAME_BEFORE}(\d{{2,5}})\.([A-Z])(?!\.){_NO_NAME_AFTER}")
_WORKING_NAME = re.compile(
    rf"{_NO_NAME_BEFORE}([A-Z])\.\s?([A-Za-z][A-Za-z0-9]*(?:\s?[-_./]\s?[A-Za-z0-9]+)*)"
)
_BLANKS = re.compile(r"[\t\r\n\v\f]")
_PARENTHESES = re.compile(r"\(([^()]*)\)")

_BETWEEN = r"(?:\s|TSB|БСЭ|ITU|UIT|МСЭ|رقم|No|N|№|n|#|:|°|º|o|\.|-|–|_)"
_CIRCULAR = re.compile(
    rf"(?:circulars?|circulaires?|circulares|циркуляр\w*|المعمم[ةه]|التعميم)"
    rf"{_BETWEEN}{{0,20}}?(?P<after>\d{{1,4}})(?![\d/])"
    rf"|第?\s*(?P<before>\d{{1,4}})\s*号?\s*(?:通函|通知)"
    rf"|(?:通函)\s*第?\s*(?P<zh>\d{{1,4}})\s*号?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Designation:
    """One Recommendation as a text names it.

    Attributes:
        name: normalised: "Y.4241", "X.1060 Amd.1".
        former_name: the working name in the parentheses after it; None where there is none.
    """

    name: str
    former_name: str | None = None


def plain(text: str) -> str:
    """Compatibility forms, odd digits, hyphens and spaces brought to their plain ones."""
    if text.isascii():
        return _BLANKS.sub(" ", text)
    folded = unicodedata.normalize("NFKC", text)
    kept = []
    for char in folded:
        category = unicodedata.category(char)
        if category == "Nd":
            kept.append(str(unicodedata.decimal(char)))
        elif category == "Pd" or char == "\u2212":
            kept.append("-")
        elif category == "Zs" or char in "\t\r\n\v\f":
            kept.append(" ")
        elif category != "Cf":
            kept.append(char)
    return "".join(kept)


def designations(text: str, known: Mapping[str, str] | None = None) -> tuple[Designation, ...]:
    """Every Recommendation that the text names, in order, each once.

    Those in parentheses are names that the text before them had formerly, and not of their own.

    Args:
        text: any text.
        known: names to look for besides numbers -> designation ("Y.dt-SComCam" -> "Y.4241").
    """
    line = plain(text)
    # Look-alike letters count only where a full stop and a number or name follows.
    line = re.sub(
        r"(?<![A-Za-z0-9_\u00c0-\u04ff])[А-ЯІЈЅΑ-Ω](?=\s?\.\s?[\dA-Za-z])",
        lambda match: match.group().translate(_LOOKALIKES),
        line,
    )
    outside = _PARENTHESES.sub(lambda match: "\x00" * len(match.group()), line)
    found: list[tuple[int, str]] = [
        (match.start(), _numbered(match)) for match in _NUMBERED.finditer(outside)
    ]
    # An amendment's number may itself stand in parentheses: "X.1060 (Amd. 1)".
    amended = {match.start(): _numbered(match) for match in _NUMBERED.finditer(line)}
    found = [(start, amended.get(start, name)) for start, name in found]
    if not found:
        found = [
            (match.start(), f"{match.group(2)}.{match.group(1)}")
            for match in _REVERSED.finditer(outside)
        ]
    if not found and known:
        by_name = {_squeezed(name): designation for name, designation in known.items()}
        found = [
            (match.start(), by_name[_squeezed(match.group())])
            for match in _WORKING_NAME.finditer(outside)
            if _squeezed(match.group()) in by_name
        ]
    result: dict[str, Designation] = {}
    for index, (start, name) in enumerate(found):
        end = found[index + 1][0] if index + 1 < len(found) else len(line)
        result.setdefault(name, Designation(name=name, former_name=_former_name(line[start:end])))
    return tuple(result.values())


#: Characters that print alike, each for the one that stands for all.
_LOOK_ALIKE = str.maketrans("i1|0", "lllo")


def _numbered(match: re.Match[str]) -> str:
    letter, number, kind, count = match.groups()
    if kind is None:
        return f"{letter}.{number}"
    return f"{letter}.{number} {kind[:3].capitalize()}.{count}"


def _former_name(text: str) -> str | None:
    for group in _PARENTHESES.findall(text):
        if match := _WORKING_NAME.search(group):
            return match.group(1) + "." + re.sub(r"\s+", "", match.group(2))
        if match := _NUMBERED.search(group):
            return _numbered(match)
    return None


def _squeezed(name: str) -> str:
    return re.sub(r"\s+", "", name).casefold()


def same_name(one: str, other: str) -> bool:
    """Whether two working names are the same but for case, spaces, hyphens and look-alikes.

    "IoT" and "loT" cannot be told apart in many typefaces; no two texts differ by that alone.
    """
    return _as_seen(one) == _as_seen(other)


def _as_seen(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold().translate(_LOOK_ALIKE)


def circular_numbers(text: str) -> tuple[int, ...]:
    """Numbers of the circulars that a text names in any of the six languages, in order, each once."""
    line = plain(text)
    numbers = (
        int(match.group("after") or match.group("before") or match.group("zh"))
        for match in _CIRCULAR.finditer(line)
    )
    return tuple(dict.fromkeys(numbers))

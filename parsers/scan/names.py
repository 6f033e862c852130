"""Reading which draft text a row is about: its designation, read twice, letter by letter sure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np

from parsers.designation import designations
from parsers.scan.pictures import Grey
from parsers.scan.print_lines import PrintLine, crop
from parsers.scan.recogniser import Line, recognise

#: Lines of a cell that are read until its text is named.
_MOST_LINES = 6
#: Lines after the one with the number that are read for an amendment and the former name.
_MOST_AFTER = 2
#: Below this certainty a character may be another, in one reading and in both.
_UNSURE, _HARDLY = 0.9, 0.55
#: From here on a reading leaves no room for another character.
_CERTAIN = 0.98
_NUMBER = re.compile(
    r"\d(?:[\d.,\s]{0,3}\d){1,}(?:\s*\(?(?:Amd|Cor|Amend\w*|Corrig\w*)\s*[.,]?\s*\d{1,2})?",
    re.IGNORECASE,
)
#: An amendment's name that begins the line after its number.
_AMENDS = re.compile(r"^\W{0,2}(Amd|Cor)[.,]?\s*(\d{1,2})\b", re.IGNORECASE)
#: What may be an amendment's name, badly read.
_LIKE_AMENDS = re.compile(
    r"^\W{0,2}(?:[A-Za-z0]{2,5}[.,:]?\s*\d{1,2}\b|[ac][mrno0]\w?\b)", re.IGNORECASE
)
#: What may be more of a designation: figures, or letters before a former name's parenthesis.
_MAY_GO_ON = re.compile(r"[\s.,]*[A-Za-z0-9]")
#: Widths of a digit between the last digit and what stands after it.
_MOST_BETWEEN = 4.5
#: Figures that stand where only a series letter can.
_FIGURE_FOR_LETTER = re.compile(r"(?<![A-Za-z0-9.])([01l|])(?=\s?\.\s?\d)")
#: Widths of a digit from the first digit's middle to the gap before the series letter.
_BEFORE = (2.1, 2.5, 2.9, 3.4)
_WHOLE = re.compile(r"[A-Za-z01|]\s?\.\s?\d[\d.\s]*(?:\(?(?:Amd|Cor)\.?\s*\d+)?", re.IGNORECASE)
_LETTERS = {"0": "O", "1": "I", "l": "I", "|": "I"}
_PARENTHESES = re.compile(r"\(([^()]*)\)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """What a cell calls its text.

    Attributes:
        text: the designation and, in parentheses, the former name; empty where none is named.
        sure: whether no character of the designation may be another one.
        tried: what the several readings gave for the designation, each once.
        formerly: what seems to stand in parentheses after it, right or not.
    """

    text: str = ""
    sure: bool = True
    tried: tuple[str, ...] = ()
    formerly: str = ""

    @property
    def designation(self) -> str:
        """Without the former name."""
        return self.text.partition(" (")[0]


@dataclass(slots=True, kw_only=True)
class _Found:
    """A designation while it is being read."""

    name: str | None = None
    sure: bool = False
    tried: list[str] = field(default_factory=list)


def read_name(flat: Grey, lines: Sequence[PrintLine]) -> Name:
    """Reads the designation in the lines of print of one cell.

    Args:
        flat: the page.
        lines: of the cell, in reading order.
    """
    lines = lines[:_MOST_LINES]
    read: dict[PrintLine, Line] = {}
    found = next((name for _, name in _names(flat, lines, read)), None)
    if found is not None:
        return found
    formerly = _in_parentheses([read[line] for line in lines if line in read])
    return Name(sure=False, formerly=formerly) if formerly else Name()


def read_names(flat: Grey, lines: Sequence[PrintLine]) -> Iterator[tuple[PrintLine, Name]]:
    """Reads the designations in lines of print, one after the other, each with its line.

    Args:
        flat: the page.
        lines: in reading order.
    """
    yield from _names(flat, lines, {})


def _names(
    flat: Grey, lines: Sequence[PrintLine], read: dict[PrintLine, Line]
) -> Iterator[tuple[PrintLine, Name]]:
    def said(line: PrintLine) -> Line:
        if line not in read:
            read[line] = recognise(crop(flat, line))
        return read[line]

    for index, line in enumerate(lines):
        found = _designation(crop(flat, line), said(line))
        if found.name is None:
            continue
        near = [each for each in lines[index + 1 :] if _goes_on(line, each)]
        # What follows an opened parenthesis is the former name: nothing is amended any more.
        most = 1 if "(" in said(line).text else _MOST_AFTER
        after = [said(each) for each in near[:most]]
        amendment, sure = _amendment(found.name, after)
        former = _former([said(line), *after])
        designation = found.name + amendment
        yield (
            line,
            Name(
                text=f"{designation} ({former})" if former else designation,
                sure=found.sure and sure,
                tried=tuple(dict.fromkeys(each + amendment for each in found.tried)),
                formerly=former or _in_parentheses([said(line), *after]),
            ),
        )


def _goes_on(line: PrintLine, other: PrintLine) -> bool:
    """Whether a line of print goes on with another: beside it, or under it in its column."""
    if abs(other.middle - line.middle) < 0.5 * line.height:
        return -line.height < other.left - line.right < 4 * line.height
    overlap = min(line.right, other.right) - max(line.left, other.left)
    return other.middle > line.middle and overlap > 0


def _amendment(name: str, after: Sequence[Line]) -> tuple[str, bool]:
    """The amendment that stands in what follows a designation; unsure where one may."""
    if "Amd" in name or "Cor" in name:
        return "", True
    for line in after:
        if more := _AMENDS.match(line.text):
            certain = line.least(*more.span()) >= _UNSURE
            return f" {more.group(1).capitalize()}.{more.group(2)}", certain
        if _LIKE_AMENDS.match(line.text):
            return "", False
    return "", True


def _designation(cut: Grey, said: Line) -> _Found:
    """The designation in a line, and whether all readings of it agree and are sure.

    The line as a whole tells where its number is and of which digits; the number's word is then
    read twice by itself. Letters of another script in the line mislead the recogniser.
    """
    found = _Found()
    for match in _NUMBER.finditer(said.text):
        before = said.text[: match.start()]
        if before.count("(") > before.count(")"):
            continue  # Within a former name.
        digits = _digits(match.group())
        if re.match(r"[01]\s?[.,]", match.group()):
            digits = digits[1:]  # A series letter that looks like a figure.
        places = said.at[match.start()], said.at[match.end() - 1]
        for word in _words(cut, *places, letters=len(digits)):
            readings = _readings(word)
            names = [_only_name(each.text) for each in readings]
            found.tried.extend(name for name in names if name)
            if names[0] is None or len(set(names)) > 1:
                found.name = found.name or next((name for name in names if name), None)
                continue
            found.name = names[0]
            if _digits(names[0]) == digits and not _says_more(cut, said, match):
                sureness = sorted(_sureness(each) for each in readings)
                found.sure = sureness[0] >= _HARDLY and sureness[-1] >= _UNSURE
            return found
    return found


def _says_more(cut: Grey, said: Line, match: re.Match[str]) -> bool:
    """Whether something that may belong to a designation stands after it in its line."""
    rest = said.text[match.end() :]
    if rest.startswith(".") or _MAY_GO_ON.match(rest):
        return True
    number = [said.at[index] for index in range(*match.span()) if said.text[index].isdigit()]
    if len(number) < 2:
        return True
    width = cut.shape[1]
    step = (number[-1] - number[0]) * width / (match.end() - match.start() - 1)
    after = next(
        (at for at, char in zip(said.at[match.end() :], rest, strict=False) if char != " "), None
    )
    if after is not None:
        # A character, a space and half a character on both sides.
        return bool((after - number[-1]) * width > _MOST_BETWEEN * step)
    height = cut.shape[0]
    dark = (cut[round(0.25 * height) : round(0.75 * height)] < 160).sum(axis=0)
    inked = np.flatnonzero(dark >= 2)
    return bool(inked.size) and float(inked[-1]) - number[-1] * width > 1.6 * step


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _only_name(text: str) -> str | None:
    lettered = _FIGURE_FOR_LETTER.sub(lambda match: _LETTERS[match.group()], text)
    found = designations(lettered.strip(" ()[],;:-"))
    return found[0].name if len(found) == 1 else None


def _in_parentheses(read: Sequence[Line]) -> str:
    """What stands in parentheses, the second of which may be lost; empty where nothing does."""
    match = _PARENTHESES.search("".join(each.text + " " for each in read))
    if match is None:
        return ""
    # "formerly" and the like stand before it, or after it.
    words = [word for word in match.group(1).split() if "." in word or "-" in word]
    return max(words, key=len, default="")


def _former(read: Sequence[Line]) -> str | None:
    """The former name where every letter of it is sure; a wrong one would contradict the form."""
    text = "".join(each.text + " " for each in read)
    certainty = [one for each in read for one in (*each.certainty, 1.0)]
    match = re.search(r"\(([^()]*)\)", text)
    if match is None:
        return None
    if min(certainty[match.start() : match.end()]) < 0.9:
        return None
    return match.group(1)


def _words(cut: Grey, first: float, last: float, *, letters: int) -> Iterator[Grey]:
    """Parts of a line that hold a number and the series letter before it, in order of promise.

    Args:
        cut: the line.
        first: where its first digit is, a share of the line's width.
        last: where its last digit is.
        letters: how many digits it has.
    """
    height, width = cut.shape
    dark = (cut < 160).astype(np.uint8)
    gap = max(3, round(0.17 * height))
    # A ruling line over or under the print is no ink of it.
    dark = dark[round(0.2 * height) : round(0.8 * height)]
    profile = (dark.sum(axis=0) > 0).astype(np.uint8).reshape(1, -1)
    joined = cv2.morphologyEx(profile, cv2.MORPH_CLOSE, np.ones((1, gap), dtype=np.uint8))[0]
    edges = np.flatnonzero(np.diff(np.concatenate([[0], joined.astype(np.int8), [0]])))
    pieces = list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
    inside = [
        index
        for index, (left, right) in enumerate(pieces)
        if right + gap >= first * width and left - gap <= last * width
    ]
    if not inside:
        return
    right = min(width, pieces[inside[-1]][1] + 6)
    step = (last - first) * width / max(1, letters - 1)
    # A letter and a full stop stand before the first digit, and before them there is a gap.
    yielded: set[int] = set()
    for steps in _BEFORE:
        about = first * width - steps * step
        near = range(max(1, round(about - 0.3 * step)), max(1, round(about + 0.3 * step)) + 1)
        gaps = [at for at in near if not profile[0, max(0, at - 1) : at + 2].any()]
        if gaps:
            start = min(gaps, key=lambda at: abs(at - about))
            if start not in yielded:
                yielded.add(start)
                yield cut[:, start:right]
    yield cut[:, max(0, round(first * width - 2.5 * step)) : right]
    for start in (inside[0], inside[0] - 1):
        if start >= 0:
            yield cut[:, max(0, pieces[start][0] - 6) : right]


def _readings(word: Grey) -> list[Line]:
    """Several readings of one word: two where both are certain and the same, else three."""
    first, soft, sharp = _three_ways(word)
    readings = [recognise(first), recognise(sharp)]
    if readings[0].text != readings[1].text or min(map(_sureness, readings)) < _CERTAIN:
        readings.append(recognise(soft))
    return readings


def _sureness(line: Line) -> float:
    """How sure the least sure character of the designation in a line is."""
    found = _WHOLE.search(line.text)
    return line.least(*found.span()) if found else 0.0


def _three_ways(word: Grey) -> tuple[Grey, Grey, Grey]:
    """A word as it is, blurred on more paper, and stretched and sharp: the same letters thrice."""
    room = max(2, word.shape[0] // 8)
    paper = int(np.percentile(word, 90))
    wide = cv2.copyMakeBorder(word, room, room, room, room, cv2.BORDER_CONSTANT, value=paper)
    soft = cv2.GaussianBlur(wide, (0, 0), 0.7)
    large = cv2.resize(word, None, fx=1.5, fy=1.25, interpolation=cv2.INTER_CUBIC)
    sharp = cv2.addWeighted(large, 1.8, cv2.GaussianBlur(large, (0, 0), 1.5), -0.8, 0)
    return word, np.asarray(soft, dtype=np.uint8), np.asarray(sharp, dtype=np.uint8)

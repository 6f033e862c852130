"""Boxes and typed marks in one paragraph's text, whatever they are made of.

A box may be a character (☐), a sign of a symbol font, a pair of brackets, or something that the
format itself knows as a box; a mark may stand in it, beside it, or where it had been. What cannot
be told from running text with certainty stays text, and `stray_marks` finds it there.
"""

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from parsers.mark_characters import (
    BOX_CHARACTER,
    LETTER_MARKS,
    SYMBOL_MARKS,
    UNSURE_MARKS,
    box_character,
    is_symbol_font,
    mark_character,
    shown_character,
)
from parsers.reading import Box, Doubt, Mark, Place

__all__ = ["TextPiece", "box_character", "find_boxes", "mark_character", "stray_marks"]

#: Stands for a box while a paragraph is being read (U+FFFC, object replacement character).
_BOX = "\ufffc"
#: Stands for what was taken out, so that every position stays where it is.
_GONE = "\x00"
#: Invisible: direction marks, joiners, variation selectors, soft hyphen, byte order mark.
_INVISIBLE = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff\u00ad\u061c\x00]"
)

_SPACE = r"[\s\x00]"
_LINE_START = re.compile(r"[\s\x00]*(?:(?:[-–—•·*]|\(?\w{1,2}[.)])(?:[\s\x00]+|$))?")

#: Anything that makes a closer look worth while; most text has none of it.
_INTERESTING = re.compile(
    rf"{BOX_CHARACTER.pattern[:-1]}{SYMBOL_MARKS}\[\](){{}}|_［］（）【】〔〕｛｝✠]"
    rf"|(?:^|(?<=\W))(?:[{LETTER_MARKS}]{{1,2}}|[vVｖＶ])(?:\W|$)"
)
_BRACKETS = re.compile(
    r"(?<!\w)(?P<open>[\[［【〔(（{｛])(?P<inner>[^\[\]［］【】〔〕(){}（）｛｝]{0,14})(?P<close>[\]］】〕)）}｝])"
)
_ROUND = "(（"
_PAIRS = {"[": "]", "［": "］", "【": "】", "〔": "〕", "(": ")", "（": "）", "{": "}", "｛": "｝"}
_RULED = re.compile(
    rf"(?<![\w|])\|(?P<piped>[ \xa0_\x00]*[{SYMBOL_MARKS}{LETTER_MARKS}{UNSURE_MARKS}]{{0,2}}[ \xa0_\x00]*)\|(?!\|)"
    rf"|(?<!\w)_+{_SPACE}?(?P<underlined>[{SYMBOL_MARKS}{LETTER_MARKS}{UNSURE_MARKS}]{{1,2}}){_SPACE}?_+(?!\w)"
    rf"|^{_SPACE}*(?P<rule>_{{2,8}})(?={_SPACE}+[^\W_])"
)
#: Put between brackets by some for "yes" or "no"; neither is read without a person.
_ANSWERS = frozenset(
    [
        "+",
        "*",
        "-",
        "–",
        ".",
        "o",
        "0",
        "1",
        "y",
        "n",
        "yes",
        "no",
        "oui",
        "non",
        "si",
        "sí",
        "да",
        "нет",
        "是",
        "否",
        "نعم",
        "لا",
    ]
)

_LETTERS = rf"(?:[{LETTER_MARKS}]{{1,2}}|[{UNSURE_MARKS}])"
_TOKEN = re.compile(
    rf"(?<![^\s\x00{_BOX}]){_LETTERS}(?=[\s\x00{_BOX}:;,]|$)(?!{_SPACE}?\.{_SPACE}?\d)"
    rf"|[{SYMBOL_MARKS}✠]{{1,3}}"
)
#: A mark grown together with the label after an empty box: "☐XNo comments".
_GLUED = re.compile(
    rf"{_BOX}{_SPACE}*[XxХх](?=[A-ZА-Я][a-zа-яà-ÿ]|[\u0590-\u06ff\u3400-\u9fff])"
    rf"|{_BOX}{_SPACE}*[Xx](?=[а-яА-Яabcdfghklnoprstuvàéè])"
)
_STRAY = re.compile(
    rf"(?<![^\s(\[{{\x00]){_LETTERS}(?=[\s)\]}}:;,!]|\.(?:\s|$)|$)(?!{_SPACE}?\.{_SPACE}?\d)"
    rf"|[{SYMBOL_MARKS}✠]"
)
#: A letter X that numbers or names something: "Annex X", "the X series", "Part X".
_NAMED_BEFORE = re.compile(
    r"(?:annex[eo]?|appendi(?:x|ces)|ap[ée]ndice|part[ie]?|parte|chapter|chapitre|section|figure|"
    r"s[ée]rie(?:s)?|серии|серия|приложени[ея]|часть)\s*$",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(r"\s*(?:series|-series|系列|建议书)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A stretch of a paragraph's text that looks the same throughout.

    Attributes:
        text: as the document has it.
        font: the font's name; None where it is not known or does not matter.
        place: where it stands; boxes made of it take it over.
        doubts: what makes a box that is made of this text doubtful (struck, hidden).
    """

    text: str
    font: str | None = None
    place: Place = field(default_factory=Place)
    doubts: tuple[Doubt, ...] = ()


def find_boxes(pieces: Sequence[TextPiece | Box]) -> tuple[str | Box, ...]:
    """Turns one paragraph's pieces into text and boxes in reading order.

    Boxes that are handed in keep their kind; a mark beside an empty one marks it. Every box's
    label is the text that follows it, up to the next box.
    """
    if not any(isinstance(piece, Box) or _may_matter(piece) for piece in pieces):
        text = "".join(piece.text for piece in pieces if isinstance(piece, TextPiece))
        text = _INVISIBLE.sub("", text)
        return (text,) if text.strip() else ()
    line = _Line(pieces)
    line.read_characters()
    line.read_brackets()
    line.read_marks()
    return line.items()


def stray_marks(items: Iterable[str | Box]) -> bool:
    """Whether a mark stands in the text that belongs to no box: at the end of a label, or within.

    Not a mark: a sign between two numbers ("3 × 4"), a letter that names something ("Annex X").
    """
    return any(_has_stray(item) for item in items if isinstance(item, str))


def _has_stray(text: str) -> bool:
    for match in _STRAY.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        if re.search(r"\d\s*$", before) and re.match(r"\s*\d", after):
            continue
        if match.group() in "vVｖＶ" and after.strip(" )]}.:;,!"):
            continue
        if _NAMED_BEFORE.search(before) or _NAMED_AFTER.match(after):
            continue
        return True
    return False


def _unsure(mark: str) -> bool:
    return any(char in UNSURE_MARKS for char in mark)


def _may_matter(piece: TextPiece) -> bool:
    return (
        _INTERESTING.search(piece.text) is not None
        or is_symbol_font(piece.font)
        or re.search("[\ue000-\uf8ff]", piece.text) is not None
        or piece.text.strip(" \t\n\xa0") in LETTER_MARKS
    )


class _Line:
    """One paragraph while it is read: a text of fixed length in which boxes replace characters."""

    def __init__(self, pieces: Sequence[TextPiece | Box]) -> None:
        self._starts: list[int] = []
        self._pieces: list[TextPiece | Box] = []
        self._boxes: dict[int, Box] = {}
        parts: list[str] = []
        length = 0
        for piece in pieces:
            self._starts.append(length)
            self._pieces.append(piece)
            if isinstance(piece, Box):
                self._boxes[length] = piece
                parts.append(_BOX)
            else:
                parts.append(_shown(piece))
            length += len(parts[-1])
        self._text = "".join(parts)

    def _piece_at(self, position: int) -> TextPiece | Box:
        return self._pieces[bisect_right(self._starts, position) - 1]

    def _doubts(self, start: int, end: int) -> tuple[Doubt, ...]:
        """The doubts of all pieces that the stretch touches."""
        doubts: list[Doubt] = []
        first = bisect_right(self._starts, start) - 1
        for index in range(first, len(self._pieces)):
            if self._starts[index] >= end and index > first:
                break
            doubts.extend(self._pieces[index].doubts)
        return tuple(dict.fromkeys(doubts))

    def _put(self, start: int, end: int, mark: Mark, kind: str, how: str, *doubts: Doubt) -> None:
        """Replaces a stretch of text by one box."""
        found = tuple(dict.fromkeys((*doubts, *self._doubts(start, end))))
        if mark is Mark.DOUBTFUL and not found:
            found = (Doubt.AMBIGUOUS_MARK,)
        self._boxes[start] = Box(
            mark=Mark.DOUBTFUL if found else mark,
            kind=kind,
            how=how,
            place=self._piece_at(start).place,
            doubts=found,
        )
        self._fill(start, end, _BOX)

    def _fill(self, start: int, end: int, first: str = _GONE) -> None:
        filled = first + _GONE * (end - start - 1)
        self._text = self._text[:start] + filled + self._text[end:]

    def read_characters(self) -> None:
        """Box characters, of Unicode and of symbol fonts."""
        for match in BOX_CHARACTER.finditer(self._text):
            start = match.start()
            mark = box_character(match.group())
            piece = self._piece_at(start)
            if mark is None or isinstance(piece, Box):
                continue
            index = start - self._starts[bisect_right(self._starts, start) - 1]
            source = piece.text[index]
            if source == match.group():
                kind, how = "character", f"{source} U+{ord(source):04X}"
            else:
                kind = "wingdings"
                how = f"{piece.font or 'symbol font'} {ord(source) & 0xFF:02X}, looks like {match.group()}"
            self._put(start, start + 1, mark, kind, how)

    def read_brackets(self) -> None:
        """[ ] [X] ( x ) {x} |_| _X_ and a box within brackets."""
        alike = [match for match in _BRACKETS.finditer(self._text) if self._is_pair(match)]
        for match in alike:
            inner = match.group("inner")
            bare = re.sub(r"[\s\x00_]", "", inner)
            if bare == _BOX:
                self._unwrap(match)
                continue
            if match.group("open") in _ROUND and not self._could_be_box(match, alike):
                continue
            shown = " ".join(_INVISIBLE.sub("", match.group()).split())
            if not bare:
                if inner:
                    self._put(
                        match.start(), match.end(), Mark.EMPTY, "brackets", f"{shown} is empty"
                    )
            elif len(bare) <= 2 and all(mark_character(char) for char in bare):
                unsure = bare in "vV" and match.group("open") in _ROUND
                self._put(
                    match.start(),
                    match.end(),
                    Mark.DOUBTFUL if unsure or "✠" in bare else Mark.MARKED,
                    "brackets",
                    f"{shown} is marked",
                )
            elif bare.casefold() in _ANSWERS and match.group("open") not in _ROUND:
                self._put(
                    match.start(), match.end(), Mark.DOUBTFUL, "brackets", f"{shown} in brackets"
                )
        for match in _RULED.finditer(self._text):
            self._ruled(match)

    def _ruled(self, match: re.Match[str]) -> None:
        rule = match.group("rule")
        start = match.start("rule") if rule else match.start()
        inner = match.group("piped") or match.group("underlined") or ""
        bare = re.sub(r"[\s\x00_]", "", inner)
        shown = match.group().strip(" \t\x00\xa0")
        if bare:
            mark = Mark.DOUBTFUL if "✠" in bare else Mark.MARKED
            self._put(start, match.end(), mark, "brackets", f"{shown} is marked")
        elif rule or "_" in inner or (inner and not self._text[:start].strip(" \t\x00\xa0")):
            self._put(start, match.end(), Mark.EMPTY, "brackets", f"{shown} is empty")

    @staticmethod
    def _is_pair(match: re.Match[str]) -> bool:
        return _PAIRS[match.group("open")] == match.group("close")

    def _unwrap(self, match: re.Match[str]) -> None:
        """Takes the brackets away from round a box."""
        self._fill(match.start(), match.start() + 1)
        self._fill(match.end() - 1, match.end())

    def _could_be_box(self, match: re.Match[str], alike: Sequence[re.Match[str]]) -> bool:
        """Whether round brackets stand where a box could, and not in the middle of a sentence."""
        before, after = self._text[: match.start()], self._text[match.end() :]
        return (
            _LINE_START.fullmatch(before) is not None
            or re.search(rf"(?:\t|{_SPACE}{{2}}|{_BOX}{_SPACE}*)$", before) is not None
            or not after.strip(" \t\n\x00\xa0.:;")
            or any(
                other is not match and not re.sub(r"[\s\x00_]", "", other.group("inner"))
                for other in alike
            )
        )

    def read_marks(self) -> None:
        """Marks beside a box, between two boxes, and in the place of a box."""
        for match in _GLUED.finditer(self._text):
            if self._boxes[match.start()].mark is Mark.EMPTY:
                self._doubt(match.start(), "a letter like a mark grown together with its label")
        for match in list(_TOKEN.finditer(self._text)):
            self._mark(match)

    def _mark(self, match: re.Match[str]) -> None:
        before, after = self._text[: match.start()], self._text[match.end() :]
        shown = match.group()
        if re.search(r"\d\s*$", before) and re.match(r"\s*\d", after):
            return
        left = re.search(rf"{_BOX}{_SPACE}*$", before)
        right = re.match(rf"{_SPACE}*{_BOX}", after)
        earlier = before.rfind(_BOX)
        if right is not None and (left is not None or earlier >= 0):
            # Its label's end, or the next box's beginning: nobody can tell.
            self._doubt(earlier, f"{shown} typed between two boxes")
            self._doubt(match.end() + right.end() - 1, f"{shown} typed between two boxes")
        elif left is not None:
            self._mark_beside(left.start(), match)
        elif right is not None:
            self._mark_beside(match.end() + right.end() - 1, match)
        elif _LINE_START.fullmatch(before) and not _NAMED_AFTER.match(after):
            unsure = _unsure(shown)
            self._put(
                match.start(),
                match.end(),
                Mark.DOUBTFUL if unsure else Mark.MARKED,
                "typed",
                f"{shown} typed in the place of a box",
            )
            return
        else:
            return
        self._fill(match.start(), match.end())

    def _mark_beside(self, position: int, match: re.Match[str]) -> None:
        box = self._boxes[position]
        shown = match.group()
        doubts = self._doubts(match.start(), match.end())
        if _unsure(shown):
            doubts = (*doubts, Doubt.AMBIGUOUS_MARK)
        if doubts:
            self._doubt(position, f"{shown} typed beside it", *doubts)
            return
        self._boxes[position] = replace(
            box,
            mark=Mark.MARKED if box.mark is Mark.EMPTY else box.mark,
            how=f"{box.how}; {shown} typed beside it",
        )

    def _doubt(self, position: int, how: str, *doubts: Doubt) -> None:
        box = self._boxes[position]
        self._boxes[position] = replace(
            box,
            mark=Mark.DOUBTFUL,
            how=f"{box.how}; {how}",
            doubts=tuple(dict.fromkeys((*box.doubts, *(doubts or (Doubt.AMBIGUOUS_MARK,))))),
        )

    def items(self) -> tuple[str | Box, ...]:
        """Text and boxes, each box with its label."""
        result: list[str | Box] = []
        positions = [*sorted(self._boxes), len(self._text)]
        opening = self._text[: positions[0]].replace(_GONE, "")
        if opening.strip():
            result.append(opening)
        for position, following in itertools.pairwise(positions):
            label = self._text[position + 1 : following].replace(_GONE, "")
            result.append(replace(self._boxes[position], label=" ".join(label.split())))
            if label.strip():
                result.append(label)
        return tuple(result)


def _shown(piece: TextPiece) -> str:
    """The piece's text as it looks, character by character: symbol fonts read, the invisible gone."""
    text = piece.text
    if is_symbol_font(piece.font) or re.search("[\ue000-\uf8ff]", text):
        text = "".join(shown_character(char, piece.font) for char in text)
    return _INVISIBLE.sub(_GONE, text).replace(_BOX, " ")

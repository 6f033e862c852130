"""Boxes and typed marks in one paragraph's text, whatever they are made of.

A box may be a character (☐), a sign of a symbol font, a pair of brackets, or something that the
format itself knows as a box; a mark may stand in it, beside it, or where it had been. What cannot
be told from running text with certainty stays text, and `stray_marks` finds it there.
"""

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from parsers.brackets import bracket_boxes
from parsers.line_text import BOX, GONE, INVISIBLE, LINE_START, SPACE, filled
from parsers.mark_characters import (
    BOX_CHARACTER,
    LETTER_MARKS,
    SYMBOL_MARKS,
    UNSURE_MARKS,
    box_character,
    is_symbol_font,
    shown_character,
)
from parsers.reading import Box, Doubt, Mark, Place
from parsers.stray_marks import MARK_WORD, NAMED_AFTER, between_numbers

#: So many characters on either side tell what a mark belongs to; no line of a form is longer.
_CONTEXT = 500
_PRIVATE = re.compile("[\ue000-\uf8ff]")
#: Anything that makes a closer look worth while; most text has none of it.
_INTERESTING = re.compile(
    rf"{BOX_CHARACTER.pattern[:-1]}{SYMBOL_MARKS}\[\](){{}}|_［］（）【】〔〕｛｝✠]"
    rf"|(?:^|(?<=\W))(?:[{LETTER_MARKS}]{{1,2}}|[vVｖＶ])(?:\W|$)"
)
_TOKEN = re.compile(
    rf"(?<![^\s\x00{BOX}]){MARK_WORD}(?=[\s\x00{BOX}:;,]|$)(?!{SPACE}?\.{SPACE}?\d)"
    rf"|[{SYMBOL_MARKS}✠]{{1,3}}"
)
#: A mark grown together with the label after an empty box: "☐XNo comments".
_GLUED = re.compile(
    rf"{BOX}{SPACE}*[XxХх](?=[A-ZА-Я][a-zа-яà-ÿ]|[\u0590-\u06ff\u3400-\u9fff])"
    rf"|{BOX}{SPACE}*[Xx](?=[а-яА-Яabcdfghklnoprstuvàéè])"
)


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
        text = INVISIBLE.sub("", text)
        return (text,) if text.strip() else ()
    line = _Line(pieces)
    line.read_characters()
    line.read_brackets()
    line.read_marks()
    return line.items()


def _unsure(mark: str) -> bool:
    return any(char in UNSURE_MARKS for char in mark)


def _may_matter(piece: TextPiece) -> bool:
    return (
        _INTERESTING.search(piece.text) is not None
        or is_symbol_font(piece.font)
        or _PRIVATE.search(piece.text) is not None
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
                parts.append(BOX)
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
        self._fill(start, end, BOX)

    def _fill(self, start: int, end: int, first: str = GONE) -> None:
        self._text = filled(self._text, start, end, first)

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
        """Boxes that are typed, and brackets round a box."""
        for found in bracket_boxes(self._text):
            if found.mark is None:
                self._fill(found.start, found.start + 1)
                self._fill(found.end - 1, found.end)
            else:
                self._put(found.start, found.end, found.mark, "brackets", found.how)

    def read_marks(self) -> None:
        """Marks beside a box, between two boxes, and in the place of a box."""
        for match in _GLUED.finditer(self._text):
            if self._boxes[match.start()].mark is Mark.EMPTY:
                self._doubt(match.start(), "a letter like a mark grown together with its label")
        for match in list(_TOKEN.finditer(self._text)):
            self._mark(match)

    def _mark(self, match: re.Match[str]) -> None:
        begin = max(0, match.start() - _CONTEXT)
        before = self._text[begin : match.start()]
        after = self._text[match.end() : match.end() + _CONTEXT]
        shown = match.group()
        if between_numbers(before, after):
            return
        left = re.search(rf"{BOX}{SPACE}*$", before)
        right = re.match(rf"{SPACE}*{BOX}", after)
        earlier = self._text.rfind(BOX, 0, match.start())
        if right is not None and (left is not None or earlier >= 0):
            # Its label's end, or the next box's beginning: nobody can tell.
            self._doubt(earlier, f"{shown} typed between two boxes")
            self._doubt(match.end() + right.end() - 1, f"{shown} typed between two boxes")
        elif left is not None:
            self._mark_beside(begin + left.start(), match)
        elif right is not None:
            self._mark_beside(match.end() + right.end() - 1, match)
        elif not begin and LINE_START.fullmatch(before) and not NAMED_AFTER.match(after):
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
        opening = self._text[: positions[0]].replace(GONE, "")
        if opening.strip():
            result.append(opening)
        for position, following in itertools.pairwise(positions):
            label = self._text[position + 1 : following].replace(GONE, "")
            result.append(replace(self._boxes[position], label=" ".join(label.split())))
            if label.strip():
                result.append(label)
        return tuple(result)


def _shown(piece: TextPiece) -> str:
    """The piece's text as it looks, character by character: symbol fonts read, the invisible gone."""
    text = piece.text
    if is_symbol_font(piece.font) or _PRIVATE.search(text):
        text = "".join(shown_character(char, piece.font) for char in text)
    return INVISIBLE.sub(GONE, text).replace(BOX, " ")

"""Words and boxes of one part of a page, brought into lines and reading order.

A PDF places characters; it says nothing of lines, and right-to-left text may be drawn in any order.
So the order is made anew from the places: from left to right, or from right to left with what is
Latin or a number in it turned round (a small part of UAX #9, from what is seen to what is meant).
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from parsers.marks import TextPiece, find_boxes
from parsers.pdf.area import Area
from parsers.pdf.text import Glyph
from parsers.pdf.words import Word
from parsers.reading import Box, Place

#: Of a line's height: what is further apart is two words, two columns.
_SPACE, _TAB = 0.14, 1.1
_BRACKETED = re.compile(r"[\[(［（【〔{｛|_][\s_]*\S{0,2}?[\s_]*[\])］）】〕}｝|_]")
#: A text of so few letters and lines may be one box that a narrow cell broke in two.
_SCRAP_LETTERS, _SCRAP_LINES = 14, 3
_LAM = "\u0644"
_BRACKETS = "()[]"


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """A word or a box in its place."""

    area: Area
    content: Word | Box


@dataclass(slots=True, eq=False)
class TextLine:
    """What stands at one height, in reading order.

    Attributes:
        tokens: words and boxes.
        area: round them.
        items: text and boxes, as `parsers.marks.find_boxes` has them.
    """

    tokens: list[Token]
    area: Area
    items: tuple[str | Box, ...] = ()

    @property
    def text(self) -> str:
        """The text without the boxes."""
        return " ".join(item for item in self.items if isinstance(item, str))

    @property
    def boxes(self) -> list[Box]:
        """The boxes without the text."""
        return [item for item in self.items if isinstance(item, Box)]


def lines_of(tokens: Iterable[Token], page: int, *, leftwards: bool) -> list[TextLine]:
    """Brings words and boxes into lines, from the top down, each in reading order.

    Args:
        tokens: of one cell, column or page.
        page: its number, for the place of the boxes that are found in the text.
        leftwards: whether the document is written from right to left.
    """
    lines: list[TextLine] = []
    for token in sorted(tokens, key=lambda each: each.area.centre[1]):
        line = next((each for each in reversed(lines[-3:]) if _level(each.area, token.area)), None)
        if line is None:
            lines.append(TextLine([token], token.area))
        else:
            line.tokens.append(token)
            line.area = line.area.joined(token.area)
    lines.sort(key=lambda each: each.area.centre[1])
    if (scrap := _scrap(lines, page, leftwards=leftwards)) is not None:
        return [scrap]
    for line in lines:
        line.items = find_boxes(_pieces(_read(line.tokens, leftwards), page))
    return lines


def _scrap(lines: Sequence[TextLine], page: int, *, leftwards: bool) -> TextLine | None:
    """The lines as one, where they hold nothing but a single box that a narrow cell broke."""
    tokens = [token for line in lines for token in line.tokens]
    letters = sum(len(token.content.glyphs) for token in tokens if isinstance(token.content, Word))
    if not 1 < len(lines) <= _SCRAP_LINES or not 0 < letters <= _SCRAP_LETTERS:
        return None
    signs: list[_Sign] = []
    for line in lines:
        signs.extend((*_read(line.tokens, leftwards), " "))
    if leftwards:
        signs = _bracketed(signs)
    items = find_boxes(_pieces(signs, page))
    if len(items) != 1 or not isinstance(items[0], Box):
        return None
    area = lines[0].area
    for line in lines[1:]:
        area = area.joined(line.area)
    return TextLine(tokens, area, items)


def _level(one: Area, other: Area) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared >= 0.5 * min(one.height, other.height)


def is_leftwards(words: Iterable[Word]) -> bool:
    """Whether most letters of a document are of a script that is written from right to left."""
    signs = [_direction(glyph.char) for word in words for glyph in word.glyphs]
    return signs.count("R") > 0.4 * (signs.count("R") + signs.count("L"))


# Reading order.

_Sign = Glyph | Box | str


def _read(tokens: Sequence[Token], leftwards: bool) -> list[_Sign]:  # noqa: FBT001
    """The line's characters and boxes in the order in which they are read."""
    placed: list[tuple[float, int, Area, Glyph | Box]] = []
    for token in tokens:
        if isinstance(token.content, Box):
            placed.append((token.area.left, 0, token.area, token.content))
        else:
            placed.extend(
                (glyph.body.left, order, glyph.body, glyph)
                for order, glyph in enumerate(token.content.glyphs)
            )
    backwards = leftwards or any(
        isinstance(sign, Glyph) and _direction(sign.char) == "R" for *_, sign in placed
    )
    if backwards and not leftwards:
        signs = [_direction(sign.char) for *_, sign in placed if isinstance(sign, Glyph)]
        backwards = signs.count("R") > signs.count("L")
    placed.sort(key=lambda each: (each[0], each[1]))
    height = max(
        (area.height for _, _, area, sign in placed if isinstance(sign, Glyph)), default=10.0
    )
    signs_in_place: list[_Sign] = []
    last: Area | None = None
    for _, _, area, sign in placed:
        if last is not None:
            gap = area.left - last.right
            if gap > _TAB * height:
                signs_in_place.append("\t")
            elif gap > _SPACE * height:
                signs_in_place.append(" ")
        signs_in_place.append(sign)
        last = area if last is None or area.right >= last.right else last
    if not backwards:
        return _runs(signs_in_place, "R")
    signs_in_place.reverse()
    return _bracketed(_runs(signs_in_place, "L", *_brackets(signs_in_place)))


def _brackets(signs: Sequence[_Sign]) -> tuple[frozenset[int], frozenset[int]]:
    """Brackets of a right-to-left line that go with the line, and those that go with Latin text.

    A pair goes with the Latin text before it where it holds nothing else (UAX #9, N0); one whose
    other half is on another line is taken to go with the line. `signs` run from right to left.
    """
    places = [
        i for i, sign in enumerate(signs) if isinstance(sign, Glyph) and sign.char in _BRACKETS
    ]
    if len(places) % 2:
        return frozenset(places), frozenset()
    line: set[int] = set()
    latin: set[int] = set()
    for one, other in zip(places[::2], places[1::2], strict=True):
        before = next(
            (kind for sign in signs[other + 1 :] if (kind := _kind(sign, "L")) != "N"), "R"
        )
        inside = {_kind(sign, "L") for sign in signs[one + 1 : other]}
        (latin if "R" not in inside and before == "L" else line).update((one, other))
    return frozenset(line), frozenset(latin)


def _runs(
    signs: list[_Sign],
    turned: str,
    apart: frozenset[int] = frozenset(),
    within: frozenset[int] = frozenset(),
) -> list[_Sign]:
    """Turns round every stretch of the given direction, with what is neutral inside it.

    What stands at a place of `apart` ends a stretch, what stands at one of `within` is part of it.
    """
    kinds = [
        "" if i in apart else turned if i in within else _kind(sign, turned)
        for i, sign in enumerate(signs)
    ]
    result: list[_Sign] = []
    index = 0
    while index < len(signs):
        if kinds[index] != turned:
            result.append(signs[index])
            index += 1
            continue
        end = index + 1
        for ahead in range(index + 1, len(signs)):
            if kinds[ahead] == turned:
                end = ahead + 1
            elif kinds[ahead] != "N":
                break
        stretch = signs[index:end][::-1]
        result.extend(_joined_letters(stretch) if turned == "R" else stretch)
        index = end
    return result if turned == "R" else _joined_letters(result)


def _joined_letters(signs: list[_Sign]) -> list[_Sign]:
    """Lam and alef drawn as one sign: two characters in one place, which always begin with lam."""
    for index in range(1, len(signs)):
        one, other = signs[index - 1], signs[index]
        if (
            isinstance(one, Glyph)
            and isinstance(other, Glyph)
            and other.char == _LAM
            and one.char in "\u0627\u0623\u0625\u0622"
            and abs(one.body.left - other.body.left) < 0.05
        ):
            signs[index - 1], signs[index] = other, one
    return signs


def _kind(sign: _Sign, turned: str) -> str:
    if isinstance(sign, Box) or sign == "\t":
        return "L" if turned == "R" else "R"
    return _direction(sign.char if isinstance(sign, Glyph) else sign)


@lru_cache(maxsize=4096)
def _direction(char: str) -> str:
    """L, R or N (neutral); digits are read from left to right in every script."""
    kind = unicodedata.bidirectional(char)
    if kind in ("R", "AL"):
        return "R"
    return "L" if kind in ("L", "EN", "AN") else "N"


def _bracketed(signs: list[_Sign]) -> list[_Sign]:
    """Brackets of a right-to-left line: which way they face in the file is not to be relied on."""
    is_open = False
    for index, sign in enumerate(signs):
        if isinstance(sign, Glyph) and sign.char in _BRACKETS:
            pair = "()" if sign.char in "()" else "[]"
            signs[index] = replace(sign, char=pair[is_open])
            is_open = not is_open
    return signs


def _pieces(signs: Sequence[_Sign], page: int) -> list[TextPiece | Box]:
    """Stretches of one font; a pair of brackets that may be a box is one by itself."""
    text = "".join(
        "\ufffc" if isinstance(sign, Box) else sign.char if isinstance(sign, Glyph) else sign
        for sign in signs
    )
    cuts = {edge for match in _BRACKETED.finditer(text) for edge in match.span()}
    pieces: list[TextPiece | Box] = []
    current: list[_Sign] = []
    font: str | None = None
    # A character beyond U+FFFF is one here, so positions of signs and of text are the same.
    for index, sign in enumerate(signs):
        new_font = sign.font if isinstance(sign, Glyph) else font
        if current and (isinstance(sign, Box) or new_font != font or index in cuts):
            pieces.append(_piece(current, font, page))
            current = []
        if isinstance(sign, Box):
            pieces.append(sign)
            continue
        font = new_font
        current.append(sign)
    if current:
        pieces.append(_piece(current, font, page))
    return pieces


def _piece(signs: Sequence[_Sign], font: str | None, page: int) -> TextPiece:
    area: Area | None = None
    for sign in signs:
        if isinstance(sign, Glyph):
            area = sign.body if area is None else area.joined(sign.body)
    text = "".join(sign.char if isinstance(sign, Glyph) else str(sign) for sign in signs)
    return TextPiece(text, font, Place(page=page, at=rounded(area) if area else None))


def rounded(area: Area) -> tuple[float, float, float, float]:
    """For `Place.at`: to a tenth of a point."""
    return (
        round(area.left, 1),
        round(area.top, 1),
        round(area.right, 1),
        round(area.bottom, 1),
    )

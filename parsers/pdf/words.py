"""Characters that stand together, and whether they can be seen on the page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parsers.mark_characters import box_character, mark_character
from parsers.pdf.area import Area
from parsers.pdf.objects import Image
from parsers.pdf.picture import Picture
from parsers.pdf.text import Glyph

#: Neighbours further apart than this share of their height are not one word.
_APART = 0.5
#: And they must share so much of their height.
_LEVEL = 0.3


@dataclass(slots=True, eq=False)
class Word:
    """Characters that touch.

    Attributes:
        glyphs: as they follow one another in the file.
        area: round their bodies.
    """

    glyphs: list[Glyph]
    area: Area


def visible(
    glyphs: Sequence[Glyph], picture: Picture, images: Iterable[Image]
) -> tuple[list[Glyph], list[Glyph]]:
    """The characters that can be seen, and those that are there but cannot (noted as hidden).

    Boxes and marks are looked at one by one, other characters by the word.
    """
    covers = [image for image in images if not image.transparent]
    shown: list[Glyph] = []
    hidden: list[Glyph] = []
    for word in words_of(glyphs):
        together: list[Glyph] = []
        for glyph in word.glyphs:
            if glyph.hidden or any(
                image.order > glyph.order and image.area.holds(glyph.ink.centre) for image in covers
            ):
                hidden.append(glyph)
            elif matters(glyph):
                (shown if picture.shows_something(glyph.ink) else hidden).append(glyph)
            else:
                together.append(glyph)
        if together:
            area = _ink(together)
            (shown if picture.shows_something(area) else hidden).extend(together)
    for glyph in hidden:
        glyph.hidden = True
    return shown, hidden


def matters(glyph: Glyph) -> bool:
    """Whether a character may be a box or a mark."""
    return (
        box_character(glyph.char, glyph.font) is not None
        or mark_character(glyph.char, glyph.font)
        or glyph.char == "\ufffd"
    )


def words_of(glyphs: Iterable[Glyph]) -> list[Word]:
    """Groups characters that follow one another and stand side by side; blanks are left out."""
    words: list[Word] = []
    current: list[Glyph] = []
    for glyph in glyphs:
        if glyph.char.isspace():
            if current:
                words.append(_word(current))
            current = []
            continue
        if current and not _together(current[-1], glyph):
            words.append(_word(current))
            current = []
        current.append(glyph)
    if current:
        words.append(_word(current))
    return words


def _together(one: Glyph, other: Glyph) -> bool:
    if one.order != other.order:
        return False
    left, top, right, bottom = one.body
    other_left, other_top, other_right, other_bottom = other.body
    height = max(1.0, min(bottom - top, other_bottom - other_top))
    gap = max(other_left - right, left - other_right)
    level = min(bottom, other_bottom) - max(top, other_top)
    return gap <= _APART * height and level >= _LEVEL * height


def _word(glyphs: list[Glyph]) -> Word:
    left = min(each.body.left for each in glyphs)
    top = min(each.body.top for each in glyphs)
    right = max(each.body.right for each in glyphs)
    bottom = max(each.body.bottom for each in glyphs)
    return Word(glyphs, Area(left, top, right, bottom))


def _ink(glyphs: Sequence[Glyph]) -> Area:
    return Area(
        min(each.ink.left for each in glyphs),
        min(each.ink.top for each in glyphs),
        max(each.ink.right for each in glyphs),
        max(each.ink.bottom for each in glyphs),
    )

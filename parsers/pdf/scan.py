"""Telling pages that are pictures, with or without a hidden layer of recognised text, from digital ones."""

from collections.abc import Sequence

from parsers.pdf.area import Area
from parsers.pdf.objects import Content
from parsers.pdf.picture import Picture
from parsers.pdf.text import Glyph

#: Share of the page that pictures cover where the page may be a scan.
_COVERED, _PARTLY = 0.5, 0.2
#: A digital page over a background picture has more letters than somebody types onto a scan.
_FEW_LETTERS, _HARDLY_ANY = 250, 20
#: Share of the page that is ink where a page without letters shows something all the same.
_INK = 0.01
_MOST_UNKNOWN = 0.3


def is_picture(page: Area, content: Content, shown: Sequence[Glyph], picture: Picture) -> bool:
    """Whether what a page says can only be seen.

    Text that is drawn invisibly or under the picture is what some other program read in it.
    """
    size = page.width * page.height
    covered = sum(image.area.shared(page) for image in content.images) / size
    letters = sum(glyph.char.isalnum() for glyph in shown)
    if covered >= _COVERED:
        return letters < _FEW_LETTERS
    if letters >= _HARDLY_ANY:
        return False
    return covered >= _PARTLY or picture.patch(page).ink()[1] > _INK


def is_garbled(shown: Sequence[Glyph]) -> bool:
    """Whether the file does not say what its characters mean."""
    unknown = sum(glyph.char == "\ufffd" for glyph in shown)
    return unknown > _MOST_UNKNOWN * len(shown)

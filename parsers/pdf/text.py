"""The characters of a page: where each stands, in what font, and whether anybody can see it."""

import ctypes
from dataclasses import dataclass

from pypdfium2 import raw

from parsers.pdf.area import Area
from parsers.pdf.document import Page
from parsers.pdf.objects import Content, TextStyle, address

#: A page of print has some 5000 characters.
_MOST_CHARACTERS = 60_000
#: Points; smaller type is not meant to be read.
_SMALLEST_TYPE = 2.5
#: What PDFium gives for a hyphen at the end of a line.
_LINE_END_HYPHEN = 2
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)


@dataclass(slots=True, eq=False)
class Glyph:
    """One character on the page.

    Attributes:
        char: what it means in Unicode; U+FFFD where the file does not say.
        ink: round its ink.
        body: from its ascender to its descender and over its advance: neighbours of a line touch.
        font: as the file names it.
        line: counts the stretches of text that PDFium takes to be one line.
        order: of its text object among the page's objects.
        hidden: whether it is not drawn (invisible or tiny, painted over, off the page).
    """

    char: str
    ink: Area
    body: Area
    font: str
    line: int
    order: int
    hidden: bool = False


def read_glyphs(page: Page, content: Content) -> list[Glyph]:
    """The page's characters in PDFium's order: lines in the order of drawing, each in reading order."""
    textpage = page.handle.get_textpage()
    try:
        return _Glyphs(page, content, textpage.raw).read()
    finally:
        textpage.close()


class _Glyphs:
    def __init__(self, page: Page, content: Content, handle: raw.FPDF_TEXTPAGE) -> None:
        self._frame = page.frame
        self._content = content
        self._handle = handle
        self._unknown = TextStyle(font="", hidden=False, order=0)
        self._sides = tuple(ctypes.c_double() for _ in range(4))
        self._loose = raw.FS_RECTF()

    def read(self) -> list[Glyph]:
        found: list[Glyph] = []
        line = 0
        high = 0
        shown = self._frame.shown
        count = raw.FPDFText_CountChars(self._handle)
        if count > _MOST_CHARACTERS:
            self._content.complete = False
        for index in range(min(count, _MOST_CHARACTERS)):
            code = raw.FPDFText_GetUnicode(self._handle, index)
            if code in (10, 13):
                line += 1
                continue
            if code == _LINE_END_HYPHEN:
                code = 0x2D
            if code in _HIGH:
                high = code
                continue
            if code in _LOW:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
            high = 0
            # Spaces that PDFium adds by its own guess: distances say the same.
            if code == 32 and raw.FPDFText_IsGenerated(self._handle, index) == 1:
                continue
            glyph = self._glyph(index, code, line)
            glyph.hidden = glyph.hidden or not glyph.ink.touches(shown)
            found.append(glyph)
        return found

    def _glyph(self, index: int, code: int, line: int) -> Glyph:
        left, right, bottom, top = self._sides
        raw.FPDFText_GetCharBox(self._handle, index, left, right, bottom, top)
        frame = self._frame
        ink = frame.area(left.value, bottom.value, right.value, top.value)
        loose = self._loose
        if raw.FPDFText_GetLooseCharBox(self._handle, index, loose):
            body = frame.area(loose.left, loose.bottom, loose.right, loose.top)
        else:
            body = ink
        style = self._content.texts.get(
            address(raw.FPDFText_GetTextObject(self._handle, index)), self._unknown
        )
        unknown = code == 0 or raw.FPDFText_HasUnicodeMapError(self._handle, index) == 1
        return Glyph(
            char="\ufffd" if unknown or 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code),
            ink=ink,
            body=body,
            font=style.font,
            line=line,
            order=style.order,
            hidden=style.hidden or max(body.height, ink.height, ink.width) < _SMALLEST_TYPE,
        )

"""How a run of RTF looks: fonts with their code pages, colours, strokes (RTF 1.9.1, "Font Table")."""

import codecs
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml import etree

from parsers.office.wordprocessing import element

#: \fcharset -> code page; those that are missing have the document's.
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_SYMBOL = 2
#: \highlight -> its name (ECMA-376 Part 1, 17.18.40); any colour is as good as another.
_WHITE = 8
#: Control words of a run -> the element of w:rPr that they turn on or off.
_TOGGLES = {"b": "b", "strike": "strike", "striked": "dstrike", "v": "vanish"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    r"""A font of the document's table.

    Attributes:
        name: of it.
        charset: \fcharset; None where it says none.
    """

    name: str = ""
    charset: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    r"""The character properties that a reader of forms must know.

    Attributes:
        font: number in the font table; None for the document's default.
        complex_font: the same for right-to-left text (\af).
        right_to_left: whether the text is that (\rtlch).
        on: elements of w:rPr that are on.
        underline: whether a line stands under the text.
        highlight: \highlight, or 0 for none.
        ground, colour: numbers in the colour table; 0 for automatic.
        inserted, deleted: as a tracked change.
    """

    font: int | None = None
    complex_font: int | None = None
    right_to_left: bool = False
    on: frozenset[str] = frozenset()
    underline: bool = False
    highlight: int = 0
    ground: int = 0
    colour: int = 0
    inserted: bool = False
    deleted: bool = False

    def after(self, word: str, number: int | None) -> "Look":
        """The look after a control word; itself for a word of another kind."""
        on = number != 0
        if word == "plain":
            return Look(inserted=self.inserted, deleted=self.deleted)
        if word == "f":
            return replace(self, font=number)
        if word == "af":
            return replace(self, complex_font=number)
        if word in ("rtlch", "ltrch"):
            return replace(self, right_to_left=word == "rtlch")
        if word in _TOGGLES:
            name = _TOGGLES[word]
            return replace(self, on=self.on | {name} if on else self.on - {name})
        if word.startswith("ul") and word != "ulc":
            return replace(self, underline=on and word != "ulnone")
        if word == "highlight":
            return replace(self, highlight=number or 0)
        if word in ("chcbpat", "cb"):
            return replace(self, ground=number or 0)
        if word == "cf":
            return replace(self, colour=number or 0)
        if word == "revised":
            return replace(self, inserted=on)
        if word == "deleted":
            return replace(self, deleted=on)
        return self

    @property
    def shown_font(self) -> int | None:
        """The number of the font that shows the text."""
        return self.complex_font if self.right_to_left else self.font

    def properties(
        self, fonts: Mapping[int, Font], colours: Mapping[int, str], default: int
    ) -> list[etree._Element]:
        """The elements of its w:rPr, in no particular order."""
        made = [element(name) for name in sorted(self.on)]
        font = fonts.get(default if self.shown_font is None else self.shown_font)
        if font is not None and font.name:
            slots = dict.fromkeys(("ascii", "hAnsi", "cs", "eastAsia"), font.name)
            made.append(element("rFonts", **slots))
        if self.underline:
            made.append(element("u", "single"))
        if self.highlight:
            made.append(element("highlight", "white" if self.highlight == _WHITE else "yellow"))
        if self.ground and colours.get(self.ground):
            made.append(element("shd", "clear", fill=colours[self.ground]))
        if self.colour and colours.get(self.colour):
            made.append(element("color", colours[self.colour]))
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePages:
    """Bytes to characters, by the font that shows them."""

    fonts: Mapping[int, Font]
    document: str

    def decoded(self, data: bytes, font: int) -> str:
        """The characters; those of a symbol font at their codes raised to the private use area."""
        charset = self.fonts.get(font, Font()).charset
        if charset == _SYMBOL:
            return "".join(chr(0xF000 + byte) for byte in data)
        return data.decode(_CHARSETS.get(charset or 0, self.document), "replace")


def code_page(number: int) -> str:
    """Python's name of a code page; Western European where it knows none of that number."""
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return "utf-8" if number == 65001 else "cp1252"

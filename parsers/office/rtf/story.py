"""One story of a document: its text while it is being read, and the blocks that it makes."""

from dataclasses import dataclass, field
from typing import Protocol

from lxml import etree

from parsers.office.rtf.characters import CodePages, Font, Look
from parsers.office.rtf.tables import Blocks, RowDefinition
from parsers.office.wordprocessing import clean, element, field_character, text_run, within

#: Elements of a w:rPr that make a box doubtful.
_TELLING = frozenset(("strike", "dstrike", "vanish"))


@dataclass(slots=True, kw_only=True)
class Setting:
    r"""What the head of a document says for all of its stories.

    Attributes:
        fonts: number -> font.
        colours: number -> "RRGGBB"; automatic ones are left out.
        font: the number of the default font (\deff).
        page: the code page of fonts that name none (\ansicpg).
    """

    fonts: dict[int, Font] = field(default_factory=dict)
    colours: dict[int, str] = field(default_factory=dict)
    font: int = 0
    page: str = "cp1252"

    def decoded(self, data: bytes, look: Look) -> str:
        """Bytes of text in the font of their run."""
        pages = CodePages(fonts=self.fonts, document=self.page)
        return pages.decoded(data, self.font if look.shown_font is None else look.shown_font)


class Where(Protocol):
    """What a story asks of the group that it is in."""

    look: Look
    depth: int
    framed: bool
    ground: int


class Story:
    """Gathers characters to runs, runs to paragraphs, and those to blocks."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._blocks = Blocks(setting.colours)
        self._runs: list[etree._Element] = []
        self._bytes = bytearray()
        self._text: list[str] = []
        self._look = Look()
        self._instruction = False
        self._begin: etree._Element | None = None
        #: Of the row that is being read.
        self.definition = RowDefinition()

    def write(self, data: bytes, look: Look, *, instruction: bool) -> None:
        """Characters in the code page of their font."""
        self._turn_to(look, instruction=instruction)
        self._bytes += data

    def write_unicode(self, number: int, look: Look, *, instruction: bool) -> None:
        """One UTF-16 code unit."""
        self._turn_to(look, instruction=instruction)
        self._decode()
        self._text.append(chr(number & 0xFFFF))

    def put(self, run: etree._Element) -> None:
        """A run that is no text."""
        self._flush()
        self._runs.append(run)

    def begin_field(self, look: Look) -> etree._Element:
        """Begins a complex field; gives the w:fldChar that its data is put to."""
        self.put(field_character("begin"))
        self._begin = self._runs[-1]
        self._pass_on(look)
        return self._begin[-1]

    def put_special(self, name: str) -> None:
        """A run with a w:tab, w:br, w:commentReference."""
        run = element("r")
        within(run, name)
        self.put(run)

    def end_paragraph(self, where: Where) -> None:
        r"""\par and \sect."""
        self._blocks.paragraph(self._paragraph(where), where.depth)

    def end_cell(self, where: Where, depth: int) -> None:
        r"""\cell, \nestcell."""
        self._blocks.end_cell(self._paragraph(where), depth)

    def end_row(self, depth: int) -> None:
        r"""\row, \nestrow; the definition stays, since the next row may go without."""
        self._flush()
        self._blocks.end_row(self.definition, depth)

    def finished(self, where: Where) -> list[etree._Element]:
        """Its blocks; what stands after the last paragraph's end is one more."""
        self._flush()
        if self._runs:
            self.end_paragraph(where)
        return self._blocks.finished()

    def _paragraph(self, where: Where) -> etree._Element:
        self._flush()
        paragraph = element("p")
        properties = element("pPr")
        if where.framed:
            within(properties, "framePr")
        if where.ground and where.ground in self._setting.colours:
            fill = self._setting.colours[where.ground]
            properties.append(element("shd", "clear", fill=fill))
        if len(properties):
            paragraph.append(properties)
        paragraph.extend(self._runs)
        self._runs = []
        return paragraph

    def _pass_on(self, look: Look) -> None:
        """Strokes through a field, and that it is hidden, to where the Word reader looks for them."""
        if self._begin is None or not look.on & _TELLING:
            return
        if self._begin[0].tag != element("rPr").tag:
            self._begin.insert(0, element("rPr"))
        self._begin[0].extend(element(name) for name in sorted(look.on & _TELLING))

    def _turn_to(self, look: Look, *, instruction: bool) -> None:
        if look is self._look and instruction == self._instruction:
            return
        if look != self._look or instruction != self._instruction:
            self._flush()
        self._look, self._instruction = look, instruction

    def _decode(self) -> None:
        if self._bytes:
            self._text.append(self._setting.decoded(bytes(self._bytes), self._look))
            self._bytes.clear()

    def _flush(self) -> None:
        self._decode()
        if not self._text:
            return
        units = "".join(self._text).encode("utf-16-le", "surrogatepass")
        text = clean(units.decode("utf-16-le", "replace"))
        self._text = []
        if not text:
            return
        look, setting = self._look, self._setting
        if self._instruction:
            run = element("r")
            within(run, "instrText").text = text
            self._runs.append(run)
            self._pass_on(look)
            return
        run = text_run(text, look.properties(setting.fonts, setting.colours, setting.font))
        if look.deleted:
            run[-1].tag = element("delText").tag
        if look.deleted or look.inserted:
            change = element("del" if look.deleted else "ins")
            change.append(run)
            run = change
        self._runs.append(run)

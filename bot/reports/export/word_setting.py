"""How the meeting's document is set: page, styles, tables, text of either direction, in python-docx."""

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from bot.reports.export.wording import printable

#: A4 less its margins.
WIDTH_CM: Final = 17.0
_FONT = "Times New Roman"
_DARK = RGBColor(0x1D, 0x4E, 0x79)
_HEADING_FILL = "D9E2EC"
# What comes after them in the sequences of ECMA-376, 17.3.1.26 (w:pPr) and 17.4.69 (w:tcPr).
_AFTER_BIDI = (
    *("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing"),
    *("w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment"),
    *("w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr"),
    "w:pPrChange",
)
_AFTER_SHADING = (
    *("w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A piece of text in a paragraph or cell."""

    text: str
    bold: bool = False
    italic: bool = False


def new_document(title: str) -> WordDocument:
    """An empty A4 document with the styles of this module."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm((21.0 - WIDTH_CM) / 2)
    section.top_margin = section.bottom_margin = Cm(2.0)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = printable(title), "TSB", ""
    _style(document, "Normal", size=11, after=6)
    _style(document, "Title", size=16, after=10, bold=True)
    _style(document, "Heading 1", size=13, after=6, before=16, bold=True)
    _style(document, "Heading 2", size=11.5, after=4, before=10, bold=True)
    _style(document, "List Bullet", size=10.5, after=2)
    _page_numbers(section.footer.paragraphs[0])
    return document


def add_text(
    document: WordDocument,
    *said: Said | str,
    style: str | None = None,
    indent_cm: float = 0.0,
    keep: bool = False,
) -> Paragraph:
    """A paragraph; one whose text runs from right to left is set so.

    Args:
        document: where it is added, at the end.
        said: its pieces.
        style: its name; None: the normal one.
        indent_cm: from the edge where it begins.
        keep: on one page with what follows.
    """
    paragraph = document.add_paragraph(style=style)
    if indent_cm:
        paragraph.paragraph_format.left_indent = Cm(indent_cm)
    if keep:
        paragraph.paragraph_format.keep_with_next = True
    _fill(paragraph, said)
    return paragraph


def add_table(
    document: WordDocument,
    widths_cm: Sequence[float],
    rows: Sequence[Sequence[Said | str]],
    *,
    heading: bool = True,
    numbers: frozenset[int] = frozenset(),
    size: float = 10,
) -> Table:
    """A table over the width of the page.

    Args:
        document: where it is added, at the end.
        widths_cm: of the columns.
        rows: the cells; the first row is the heading where there is one.
        heading: the first row is set so, and repeated on each page; else the first column is.
        numbers: columns that are set in the middle.
        size: of the letters, in points.
    """
    table: Table = document.add_table(rows=0, cols=len(widths_cm))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    # Word goes by the grid, LibreOffice by the cells.
    for column, width in zip(table.columns, widths_cm, strict=True):
        column.width = Cm(width)
    for place, row in enumerate(rows):
        cells = table.add_row().cells  # type: ignore[no-untyped-call]
        top = heading and place == 0
        for number, (cell, said) in enumerate(zip(cells, row, strict=True)):
            cell.width = Cm(widths_cm[number])
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.paragraph_format.space_before = Pt(2)
            # A list of results is short: it stays on one page with its first line.
            paragraph.paragraph_format.keep_with_next = not heading and place < len(rows) - 1
            if top or (not heading and number == 0):
                said = Said(text=said if isinstance(said, str) else said.text, bold=True)  # noqa: PLW2901
                _shade(cell)
            _fill(paragraph, (said,), size=size)
            if number in numbers:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _mark_row(table, place, top=top)
    return table


def add_picture(document: WordDocument, png: bytes, *, width_cm: float, words: str) -> None:
    """A picture in the middle, with the words that say the same."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Cm(width_cm))
    shape._inline.docPr.set("descr", words)  # noqa: SLF001 - python-docx has no alternative text


def right_to_left(text: str) -> bool:
    """Whether the text's first strong character runs from right to left (UAX #9, P2 and P3)."""
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def _fill(paragraph: Paragraph, said: Sequence[Said | str], *, size: float | None = None) -> None:
    pieces = [Said(text=each) if isinstance(each, str) else each for each in said]
    backwards = right_to_left("".join(each.text for each in pieces))
    if backwards:
        properties: Any = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no bidi
        properties.insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)
    for each in pieces:
        run = paragraph.add_run(printable(each.text))
        run.bold, run.italic = each.bold or None, each.italic or None
        if size:
            run.font.size = Pt(size)
        if right_to_left(each.text):
            run.font.rtl = True


def _style(
    document: WordDocument,
    name: str,
    *,
    size: float,
    after: float,
    before: float = 0,
    bold: bool = False,
) -> None:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), bold
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    # The template's headings name fonts of its theme, which would win over the name.
    for attribute in list(fonts.attrib):
        if str(attribute).endswith("Theme"):
            del fonts.attrib[attribute]
    for script in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(script), _FONT)
    if bold:
        style.font.color.rgb = _DARK
    style.paragraph_format.space_after, style.paragraph_format.space_before = Pt(after), Pt(before)
    if name == "Title":
        for border in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
            border.getparent().remove(border)


def _shade(cell: _Cell) -> None:
    shading = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", _HEADING_FILL)):
        shading.set(qn(f"w:{key}"), value)
    properties: Any = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - python-docx has no shading
    properties.insert_element_before(shading, *_AFTER_SHADING)


def _mark_row(table: Table, place: int, *, top: bool) -> None:
    """A row is not broken between pages, and a heading stands on each (ECMA-376, 17.4.6, 17.4.49)."""
    properties = table.rows[place]._tr.get_or_add_trPr()  # noqa: SLF001 - not offered
    properties.append(OxmlElement("w:cantSplit"))
    if top:
        properties.append(OxmlElement("w:tblHeader"))


def _page_numbers(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001 - python-docx has no fields

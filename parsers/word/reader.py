"""From a Word document's bytes to passages: the walk over paragraphs, tables and what wraps them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from parsers.document import Document, NotReadableError
from parsers.marks import TextPiece, find_boxes
from parsers.passage import Cell, Passage
from parsers.reading import Box, Doubt, Place
from parsers.word.check_boxes import check_box_control
from parsers.word.drawings import Drawing
from parsers.word.judgement import Draft, judge
from parsers.word.names import MC, VAL, W, chosen_branch, toggle
from parsers.word.package import Package, open_package
from parsers.word.paragraph import LineBreak, Paragraph, ParagraphReader
from parsers.word.styles import Styles, highlighting

#: Parts that hold text of the letter but no boxes of the form.
_TEXT_PARTS = ("header", "footer", "footnotes", "endnotes", "comments")
#: Foreign content that Word would draw in and this reader cannot.
_FOREIGN = (W + "altChunk", W + "subDoc")


def read_passages(data: bytes) -> Document:
    """Reads a .docx, .docm or .dotx.

    Raises:
        NotReadableError: for any bytes that are no readable Word document.
    """
    package = open_package(data)
    styles = Styles(package)
    try:
        body = _Story(package.document, styles)
        passages = body.passages()
        around = _around(package, styles, body.tables)
    except RecursionError as error:
        raise NotReadableError(Doubt.UNREADABLE, "the document is nested too deeply") from error
    everything = (*around, *passages)
    foreign = body.foreign or package.damaged
    return Document(
        passages=everything,
        text="\n".join(text for passage in everything if (text := passage.text.strip())),
        doubts=tuple(_doubts(body, passages, damaged=foreign)),
    )


def _doubts(body: "_Story", passages: Sequence[Passage], *, damaged: bool) -> Iterator[Doubt]:
    if damaged:
        yield Doubt.UNREADABLE
    if not any(passage.boxes for passage in passages):
        # A document that is only the wrapping of a scanned or embedded form.
        if any(drawing.page_sized for drawing in body.drawings):
            yield Doubt.SCAN
        if any(drawing.embedded for drawing in body.drawings):
            yield Doubt.FORMAT_NOT_READ


def _around(package: Package, styles: Styles, tables: int) -> tuple[Passage, ...]:
    """The text of headers, footers and notes.

    Each part counts as a table of its own, so that what a header names is never taken for the
    heading of boxes in the body.
    """
    passages: list[Passage] = []
    for kind in _TEXT_PARTS:
        for root in package.related(kind):
            rows = (each.text for each in _Story(root, styles).passages())
            for row, text in enumerate(each for each in rows if each.strip()):
                cell = Cell(table=tables, row=row, column=0, origin_row=row)
                passages.append(Passage(items=(text,), cell=cell))
            tables += 1
    return tuple(passages)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Where:
    """What the walk knows of the place that it has come to."""

    cell: Cell | None = None
    path: str | None = None
    hidden: bool = False
    deleted: bool = False
    shaded: bool = False


@dataclass(slots=True)
class _Table:
    """A table while it is walked: for each grid column the row where its cell began."""

    index: int
    row: int = -1
    origins: dict[int, int] = field(default_factory=dict)


class _Story:
    """One part's text: the body, a header, the footnotes."""

    def __init__(self, root: etree._Element, styles: Styles) -> None:
        self._root = root
        self._reader = ParagraphReader(root, styles)
        self._drafts: list[Draft] = []
        self._control: etree._Element | None = None
        self._paragraphs = 0
        #: How many tables were found.
        self.tables = 0
        #: Whether the part draws in content of other formats.
        self.foreign = False
        #: All of its pictures, shapes and objects.
        self.drawings: list[Drawing] = []

    def passages(self) -> tuple[Passage, ...]:
        """Walks the part, once."""
        self._blocks(self._root, _Where())
        return judge(self._drafts)

    def _blocks(self, parent: etree._Element, where: _Where) -> None:
        for child in parent:
            tag = child.tag
            if tag == W + "p":
                self._paragraph(child, where)
            elif tag == W + "tbl":
                self._table(child, where)
            elif tag == W + "sdt":
                self._enter_control(child)
                content = child.find(W + "sdtContent")
                if content is not None:
                    self._blocks(content, where)
            elif tag == MC + "AlternateContent":
                branch = chosen_branch(child)
                if branch is not None:
                    self._blocks(branch, where)
            elif tag in _FOREIGN:
                self.foreign = True
            elif tag not in (W + "sectPr", W + "tcPr", W + "del", W + "moveFrom") and len(child):
                self._blocks(child, where)

    def _enter_control(self, control: etree._Element) -> None:
        """A check box control round blocks, cells or rows: its glyph is in the next paragraph."""
        properties = control.find(W + "sdtPr")
        if check_box_control(properties) is not None:
            self._control = properties

    def _table(self, table: etree._Element, where: _Where) -> None:
        state = _Table(index=self.tables)
        self.tables += 1
        for row in self._wrapped(table, W + "tr"):
            state.row += 1
            self._row(row, state, where)

    def _wrapped(self, parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
        """Rows of a table or cells of a row, also those inside controls and custom XML."""
        for child in parent:
            if child.tag == wanted:
                yield child
            elif child.tag == W + "sdt":
                self._enter_control(child)
                content = child.find(W + "sdtContent")
                if content is not None:
                    yield from self._wrapped(content, wanted)
            elif child.tag == MC + "AlternateContent":
                branch = chosen_branch(child)
                if branch is not None:
                    yield from self._wrapped(branch, wanted)
            elif child.tag not in (W + "tbl", W + "tr", W + "tc", W + "p") and len(child):
                yield from self._wrapped(child, wanted)

    def _row(self, row: etree._Element, table: _Table, where: _Where) -> None:
        properties = row.find(W + "trPr")
        deleted = properties is not None and properties.find(W + "del") is not None
        where = replace(
            where,
            hidden=where.hidden or bool(toggle(properties, "hidden")),
            deleted=where.deleted or deleted,
        )
        column = _number(properties, "gridBefore", 0)
        for count, cell in enumerate(self._wrapped(row, W + "tc"), start=1):
            about = cell.find(W + "tcPr")
            span = max(1, _number(about, "gridSpan", 1))
            merge = None if about is None else about.find(W + "vMerge")
            origin = table.row
            # w:vMerge without a value goes on with the cell above (17.4.84).
            if merge is not None and (merge.get(VAL) or "continue") == "continue":
                origin = table.origins.get(column, table.row)
            for covered in range(column, column + span):
                table.origins[covered] = origin
            place = Cell(
                table=table.index,
                row=table.row,
                column=column,
                origin_row=origin,
                outer=where.cell,
            )
            removed = about is not None and about.find(W + "cellDel") is not None
            path = f"table {table.index + 1}, row {table.row + 1}, cell {count}"
            self._blocks(
                cell,
                replace(
                    where,
                    cell=place,
                    path=path,
                    deleted=where.deleted or removed,
                    shaded=about is not None and bool(highlighting(about)),
                ),
            )
            column += span

    def _paragraph(self, element: etree._Element, where: _Where) -> None:
        self._paragraphs += 1
        place = Place(path=where.path or f"paragraph {self._paragraphs}")
        control, self._control = self._control, None
        found = self._reader.read(element, place, hidden=where.hidden, control=control)
        self.drawings.extend(found.drawings)
        text_boxes = found.text_boxes
        for items in _lines(found):
            traces = found.deleted_text or found.deleted_box or found.drawings
            if items or where.cell is not None or traces:
                draft = Draft(
                    items=items,
                    cell=where.cell,
                    paragraph=found,
                    number=self._paragraphs,
                    deleted=where.deleted,
                    shaded=where.shaded,
                )
                self._drafts.append(draft)
        for text_box in text_boxes:
            # Its paragraphs are shown where it is anchored; a table in it is one of its own.
            self._blocks(text_box, where)


def _number(properties: etree._Element | None, name: str, usual: int) -> int:
    element = None if properties is None else properties.find(W + name)
    value = "" if element is None else (element.get(VAL) or "")
    # No table of Word's is wider than 63 columns.
    return (
        min(int(value), 1000) if value.isascii() and value.isdigit() and len(value) < 6 else usual
    )


def _lines(paragraph: Paragraph) -> list[tuple[str | Box, ...]]:
    """The paragraph's items; one passage per line that has boxes where it is broken into lines."""
    lines: list[list[TextPiece | Box]] = [[]]
    for piece in paragraph.pieces:
        if isinstance(piece, LineBreak):
            lines.append([])
        else:
            lines[-1].append(piece)
    if len(lines) == 1:
        return [find_boxes(lines[0])]
    groups: list[list[TextPiece | Box]] = [[]]
    boxed = False
    for line in lines:
        here = any(isinstance(item, Box) for item in find_boxes(line))
        if here and (boxed or any(isinstance(p, Box) or p.text.strip() for p in groups[-1])):
            groups.append([])
        boxed = boxed or here
        if groups[-1]:
            groups[-1].append(TextPiece("\n"))
        groups[-1].extend(line)
    return [find_boxes(group) for group in groups]

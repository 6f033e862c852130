"""Rows and cells of a document, by its ruling lines or, where it has none, by its columns.

What comes out is as Word has it (`parsers.passage`): passages with their table, row and column, so
that a row of the form that a page break tore goes on in the same table on the next page.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.designation import designations
from parsers.passage import Cell, Passage
from parsers.pdf.area import Area
from parsers.pdf.blocks import Block, blocks_of
from parsers.pdf.grid import Table
from parsers.pdf.paragraphs import paragraphs_of
from parsers.pdf.regions import (
    PageLayout,
    Region,
    note_remarks,
    regions_of,
    runs_together,
    split_columns,
)
from parsers.pdf.writing import TextLine, Token, lines_of
from parsers.reading import BoxRole, Doubt
from parsers.wording import role_of

_SAME = 4.0  # points between edges that are one
_LINE = 14.0  # points: about one line of text
_WHOLE = len(BoxRole)


@dataclass(slots=True, eq=False)
class _Known:
    """A table of the document, over all of its pages."""

    index: int
    edges: list[float]
    rows: int = 0
    #: The text of its first row.
    heading: str = ""
    #: Whether its last row so far names a text.
    named: bool = False


class Layout:
    """Lays out a document page by page."""

    def __init__(self, *, leftwards: bool) -> None:
        self._leftwards = leftwards
        self._known: list[_Known] = []
        self._tables = 0
        #: The table without lines that the last page ended in.
        self._open: _Known | None = None
        self._open_boxes = 0
        #: In reading order.
        self.passages: list[Passage] = []

    def add(self, page: PageLayout) -> None:
        """Lays out one page."""
        inside: dict[int, list[tuple[Area, Token]]] = defaultdict(list)
        outside: list[Token] = []
        for token in page.tokens:
            for index, table in enumerate(page.tables):
                cell = table.cell(token.area.centre)
                if cell is not None:
                    inside[index].append((cell, token))
                    break
            else:
                outside.append(token)
        regions = {index: regions_of(found) for index, found in inside.items()}
        for index in list(regions):
            self._write(regions[index], page)
            if runs_together(regions[index]):
                # Its lines say nothing of rows: read it by its columns alone.
                outside.extend(token for region in regions.pop(index) for token in region.tokens)
        edges = [page.tables[index].area.top for index in sorted(regions)]
        parts: list[list[Token]] = [[] for _ in range(len(edges) + 1)]
        for token in outside:
            parts[sum(edge <= token.area.centre[1] for edge in edges)].append(token)
        for place, part in enumerate(parts):
            if place:
                index = sorted(regions)[place - 1]
                self._ruled(page, page.tables[index], regions[index])
            self._unruled(page, part)

    # Ruled tables.

    def _write(self, regions: Sequence[Region], page: PageLayout) -> None:
        for region in regions:
            side, main = split_columns(region.tokens, page.number, leftwards=self._leftwards)
            for column, tokens in enumerate((side, main)):
                lines = lines_of(tokens, page.number, leftwards=self._leftwards)
                region.blocks.extend((column, block) for block in blocks_of(lines))

    def _ruled(self, page: PageLayout, table: Table, regions: Sequence[Region]) -> None:
        known = self._table(table.edges)
        self._open = None
        if any(region.boxed for region in regions):
            note_remarks(page, regions)
        tops: list[float] = []
        for region in sorted(regions, key=lambda each: each.area.top):
            if not tops or region.area.top - tops[-1] > _SAME:
                tops.append(region.area.top)
        first = [region for region in regions if region.area.top <= tops[0] + _SAME]
        if self._goes_on(known, first):
            known.rows -= 1
            for region in first:
                self._mend(known, table, region)
        placed = []
        for region in regions:
            row = known.rows + max(
                i for i, top in enumerate(tops) if top <= region.area.top + _SAME
            )
            column = _column(table, region, 0)
            placed.append((row, -column if self._leftwards else column, region))
        for row, _, region in sorted(placed, key=lambda each: each[:2]):
            for part, block in region.blocks:
                column = _column(table, region, part)
                cell = Cell(table=known.index, row=row, column=column, origin_row=row)
                self.passages.append(block.passage(cell))
        known.rows += len(tops)
        known.named = any(
            designations(block.text)
            for region in regions
            if region.area.top > tops[-1] - _SAME
            for _, block in region.blocks
        )

    def _mend(self, known: _Known, table: Table, region: Region) -> None:
        """Puts the rest of a paragraph that a page break tore to its beginning."""
        if not region.blocks or region.blocks[0][1].boxes:
            return
        column = _column(table, region, region.blocks[0][0])
        for index in range(len(self.passages) - 1, -1, -1):
            passage = self.passages[index]
            cell = passage.cell
            if cell is None or cell.table != known.index or cell.row != known.rows:
                continue
            if cell.column == column:
                _, rest = region.blocks.pop(0)
                self.passages[index] = rest.after(passage)
                return

    def _goes_on(self, known: _Known, first: Sequence[Region]) -> bool:
        """Whether a page's first row is the rest of the row that the page before ended with.

        A row begins with a box; what has none on its first line goes on, but for a heading that is
        repeated on every page, and for a text whose row has its boxes lower down.
        """
        text = " ".join(block.text for region in first for _, block in region.blocks)
        named = bool(designations(text))
        seen = known.rows > 0
        top = min(block.area.top for region in first for _, block in region.blocks)
        begins = any(
            block.boxes and _first(block) < top + _LINE
            for region in first
            for _, block in region.blocks
        )
        goes_on = seen and not begins and not (named and known.named) and text != known.heading
        if not seen:
            known.heading = text
        return goes_on

    def _table(self, edges: Sequence[float]) -> _Known:
        """The table of an earlier page that has the same columns, or a new one."""
        for known in reversed(self._known):
            near = sum(any(abs(one - other) <= _SAME for other in known.edges) for one in edges)
            if near >= 0.6 * max(len(edges), len(known.edges)):
                return known
        self._known.append(_Known(self._tables, list(edges)))
        self._tables += 1
        return self._known[-1]

    # Tables without lines.

    def _unruled(self, page: PageLayout, tokens: Sequence[Token]) -> None:
        if not tokens:
            return
        side, main = split_columns(tokens, page.number, leftwards=self._leftwards)
        lines = lines_of(main, page.number, leftwards=self._leftwards)
        blocks = blocks_of(lines)
        if not any(block.boxes for block in blocks):
            blocks = paragraphs_of(tokens, page.number, leftwards=self._leftwards)
            self.passages.extend(block.passage(None) for block in blocks)
            return
        if side:
            self._two_columns(page, lines_of(side, page.number, leftwards=self._leftwards), blocks)
        else:
            self._one_column(page, blocks)

    def _one_column(self, page: PageLayout, blocks: Sequence[Block]) -> None:
        """Headings, each with its boxes under it."""
        last = max(index for index, block in enumerate(blocks) if block.boxes)
        known = self._open
        begun = known is not None
        for index, block in enumerate(blocks):
            heading = not block.boxes and len(designations(block.text)) == 1
            coming = next(
                (each for each in blocks[index + 1 :] if each.boxes or designations(each.text)),
                None,
            )
            if heading and coming is not None and coming.boxes:
                if known is None:
                    known = self._new()
                known.rows += 1
                begun = True
            if known is None or not begun or index > last or (len(designations(block.text)) > 1):
                self.passages.append(block.passage(None))
                continue
            self._put(page, known, [block], 1)
        self._open = known

    def _two_columns(
        self, page: PageLayout, side: Sequence[TextLine], blocks: Sequence[Block]
    ) -> None:
        """Texts in one column, their boxes in the next: a row begins with "assigns"."""
        boxed = [block for block in blocks if block.boxes]
        starts = [block for block in boxed if role_of(block.boxes[0].label)[0] is BoxRole.ASSIGNS]
        sure = True
        if not starts:
            # The first line of a name stands beside the first box, whichever line has its number.
            tops = [
                next(line for line in side if line.area.top >= block.area.top - 1).area.centre[1]
                for block in blocks_of(side)
                if designations(block.text)
            ]
            starts = [
                block
                for block in boxed
                if any(abs(_first(block) - top) < _SAME + 2 for top in tops)
            ]
            sure = len(starts) == len(tops)
        known = self._open
        first = boxed[0]
        carried = known is not None and 0 < self._open_boxes < _WHOLE
        if first not in starts:
            sure = sure and carried
            starts = [first, *starts] if not carried else starts
        known = known or self._new()
        edges = [block.area.top - 5 for block in starts]
        end = boxed[-1].area.bottom + 3
        for block in blocks:
            if block.area.bottom < boxed[0].area.top and not block.boxes:
                self.passages.append(block.passage(None))
        for place in range(len(edges) + 1):
            top = edges[place - 1] if place else boxed[0].area.top - 5
            bottom = edges[place] if place < len(edges) else end
            row = [block for block in boxed if top <= block.area.top < bottom]
            if place:
                known.rows += 1
                self._open_boxes = 0
            texts = blocks_of([line for line in side if top <= line.area.centre[1] < bottom])
            if not sure and row:
                row[0].doubts.append(Doubt.BOXES_WITHOUT_TEXT)
            self._put(page, known, texts, 0)
            self._put(page, known, row, 1)
            self._open_boxes += sum(len(block.boxes) for block in row)
        outside = [line for line in side if not boxed[0].area.top - 5 <= line.area.centre[1] < end]
        self.passages.extend(block.passage(None) for block in blocks_of(outside))
        for block in blocks:
            if block.area.bottom >= boxed[0].area.top and not block.boxes:
                self.passages.append(block.passage(None))
        self._open = known

    def _new(self) -> _Known:
        known = _Known(self._tables, [])
        self._tables += 1
        self._open_boxes = 0
        return known

    def _put(self, page: PageLayout, known: _Known, blocks: Sequence[Block], column: int) -> None:
        if not blocks:
            return
        area = blocks[0].area
        for block in blocks[1:]:
            area = area.joined(block.area)
        region = Region(area, [], [(column, block) for block in blocks])
        note_remarks(page, [region])
        cell = Cell(table=known.index, row=known.rows, column=column, origin_row=known.rows)
        self.passages.extend(block.passage(cell) for block in blocks)


def _column(table: Table, region: Region, part: int) -> int:
    """Counted by the table's lines; each column may have two parts."""
    return 2 * sum(edge < region.area.left - _SAME for edge in table.edges) + part


def _first(block: Block) -> float:
    place = block.boxes[0].place.at
    return (place[1] + place[3]) / 2 if place else block.area.top

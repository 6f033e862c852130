"""Paragraphs, cells and rows of RTF as blocks of WordprocessingML (RTF 1.9.1, "Table Definitions").

RTF has no tables, only rows: rows that follow one another at the same depth are one table.
"""

from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from parsers.office.wordprocessing import element, within

#: Word nests no deeper.
DEEPEST = 32
#: Edges of cells that differ by less, in twentieths of a point, are the same.
_TOLERANCE = 40
_MOST_CELLS = 1000


@dataclass(slots=True, kw_only=True)
class CellDefinition:
    r"""What \clvmgf, \clvmrg and others say of the cell whose \cellx follows.

    Attributes:
        right: its right edge.
        merge: "restart", "continue", or "" where it is not merged downwards.
        joined: whether it is one with the cell on its left (\clmrg).
        ground: number in the colour table; 0 for none.
    """

    right: int = 0
    merge: str = ""
    joined: bool = False
    ground: int = 0


@dataclass(slots=True)
class RowDefinition:
    r"""A row's cells, from \trowd on."""

    left: int = 0
    cells: list[CellDefinition] = field(default_factory=list)
    pending: CellDefinition = field(default_factory=CellDefinition)

    def take(self, word: str, number: int | None) -> None:
        """Reads a control word of a row's definition."""
        if word == "trleft":
            self.left = number or 0
        elif word == "clvmgf":
            self.pending.merge = "restart"
        elif word == "clvmrg":
            self.pending.merge = "continue"
        elif word == "clmrg":
            self.pending.joined = True
        elif word in ("clcbpat", "clcbpatraw"):
            self.pending.ground = number or 0
        elif word == "cellx" and len(self.cells) < _MOST_CELLS:
            self.pending.right = number or 0
            self.cells.append(self.pending)
            self.pending = CellDefinition()


@dataclass(slots=True)
class _Row:
    definition: RowDefinition
    cells: list[list[etree._Element]]


@dataclass(slots=True)
class _Table:
    rows: list[_Row] = field(default_factory=list)
    cells: list[list[etree._Element]] = field(default_factory=list)
    blocks: list[etree._Element] = field(default_factory=list)


class Blocks:
    """The blocks of one story, in reading order."""

    def __init__(self, colours: dict[int, str]) -> None:
        self._colours = colours
        self._blocks: list[etree._Element] = []
        self._open: list[_Table] = []

    def paragraph(self, paragraph: etree._Element, depth: int) -> None:
        """A paragraph ends.

        Args:
            paragraph: its w:p.
            depth: of the table that it stands in; 0 outside of any.
        """
        self._to_depth(depth)
        self._innermost().append(paragraph)

    def end_cell(self, paragraph: etree._Element, depth: int) -> None:
        """A cell ends with its last paragraph."""
        self.paragraph(paragraph, max(1, depth))
        table = self._open[-1]
        table.cells.append(table.blocks)
        table.blocks = []

    def end_row(self, definition: RowDefinition, depth: int) -> None:
        """A row ends."""
        self._to_depth(max(1, depth))
        table = self._open[-1]
        if table.blocks:
            table.cells.append(table.blocks)
        table.rows.append(_Row(definition, table.cells))
        table.cells, table.blocks = [], []

    def finished(self) -> list[etree._Element]:
        """All blocks, once the story has ended."""
        self._to_depth(0)
        return self._blocks

    def _innermost(self) -> list[etree._Element]:
        return self._open[-1].blocks if self._open else self._blocks

    def _to_depth(self, depth: int) -> None:
        depth = min(depth, DEEPEST)
        while len(self._open) > depth:
            ended = self._open.pop()
            self._innermost().append(self._table(ended))
        while len(self._open) < depth:
            self._open.append(_Table())

    def _table(self, ended: _Table) -> etree._Element:
        if ended.cells or ended.blocks:
            # A row that never ends is shown all the same.
            cells = [*ended.cells, *([ended.blocks] if ended.blocks else [])]
            ended.rows.append(_Row(RowDefinition(), cells))
        table = element("tbl")
        edges = _edges(ended.rows)
        for row in ended.rows:
            table.append(self._row(row, edges))
        return table

    def _row(self, row: _Row, edges: list[int]) -> etree._Element:
        made = element("tr")
        before = row.definition.left
        last: etree._Element | None = None
        for index, blocks in enumerate(row.cells):
            known = index < len(row.definition.cells)
            about = row.definition.cells[index] if known else CellDefinition()
            span = 1
            if known:
                span = max(1, sum(_beyond(before, edge, about.right) for edge in edges))
                before = about.right
            if about.joined and last is not None:
                # One with the cell before it; Word shows what stands in it there.
                last.extend(blocks)
                continue
            cell = within(made, "tc")
            properties = within(cell, "tcPr")
            if span > 1:
                within(properties, "gridSpan", span)
            if about.merge:
                within(properties, "vMerge", about.merge)
            if about.ground and self._colours.get(about.ground):
                properties.append(element("shd", "clear", fill=self._colours[about.ground]))
            cell.extend(blocks)
            last = cell
        return made


def _edges(rows: list[_Row]) -> list[int]:
    """The right edges of a table's grid columns."""
    found = sorted({cell.right for row in rows for cell in row.definition.cells})
    return [
        edge for edge, following in pairwise([*found, 1 << 40]) if following - edge > _TOLERANCE
    ]


def _beyond(before: int, edge: int, right: int) -> bool:
    """Whether a column's right edge lies within a cell."""
    return before + _TOLERANCE < edge <= right + _TOLERANCE

"""Doubts that can only be seen from the whole table: drawings, highlighting, deletions."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.passage import Cell, Passage
from parsers.reading import Box, Doubt, Mark
from parsers.word.paragraph import Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A passage before its doubts are known.

    Attributes:
        items: its text and boxes.
        cell: None outside of tables.
        paragraph: what was read of its paragraph.
        deleted: whether its row or cell is a tracked deletion.
    """

    items: tuple[str | Box, ...]
    cell: Cell | None
    paragraph: Paragraph
    deleted: bool

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The boxes without the text."""
        return tuple(item for item in self.items if isinstance(item, Box))

    @property
    def highlighted(self) -> bool:
        """Whether colour says something here that a mark does not say as well."""
        marked = all(box.mark is Mark.MARKED for box in self.boxes)
        return self.paragraph.highlighted_text or (self.paragraph.highlighted_box and not marked)


def judge(drafts: Sequence[Draft]) -> tuple[Passage, ...]:
    """Makes passages of a part's drafts, each with its doubts."""
    boxed_cells = {draft.cell for draft in drafts if draft.boxes}
    boxed_rows = {(cell.table, cell.row) for cell in boxed_cells if cell is not None}
    choosing = _tables_with_chosen_colours(drafts)
    passages = []
    for draft in drafts:
        read, cell = draft.paragraph, draft.cell
        doubts: list[Doubt] = []
        in_row = cell is not None and (cell.table, cell.row) in boxed_rows
        beside = bool(draft.boxes) or (cell is not None and cell in boxed_cells)
        if read.struck:
            doubts.append(Doubt.STRUCK_TEXT)
        if draft.highlighted and draft.boxes and (cell.table if cell else None) in choosing:
            doubts.append(Doubt.HIGHLIGHTED_TEXT)
        if draft.deleted or read.deleted_text or (read.deleted_box and not draft.boxes):
            doubts.append(Doubt.TEXT_DELETED)
        if read.drawing and (beside or (read.floating and in_row)):
            doubts.append(Doubt.DRAWING_OVER_FORM)
        if read.comment and (beside or in_row):
            # What somebody noted beside a row may be its answer.
            doubts.append(Doubt.WRITTEN_REMARK)
        passages.append(Passage(items=draft.items, cell=cell, doubts=tuple(doubts)))
    return tuple(passages)


def _tables_with_chosen_colours(drafts: Sequence[Draft]) -> set[int | None]:
    """Tables in which some labels are highlighted and others are not: that may be an answer.

    A colour that all labels share is layout, and one that only marked boxes have says what the
    marks say.
    """
    tables: dict[int | None, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.boxes:
            tables[draft.cell.table if draft.cell else None].append(draft)
    found: set[int | None] = set()
    for table, labels in tables.items():
        coloured = [draft for draft in labels if draft.highlighted]
        agrees = all(box.mark is Mark.MARKED for draft in coloured for box in draft.boxes)
        if 0 < len(coloured) < len(labels) and not agrees:
            found.add(table)
    return found

"""Doubts that can only be seen from the whole table: drawings, highlighting, deletions."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from parsers.passage import Cell, Passage
from parsers.reading import Box, Doubt, Mark
from parsers.word.paragraph import Paragraph

#: A paragraph between a table and a shape is at least so high, in English metric units: 4 mm.
_PARAGRAPH = 144_000
#: So many paragraphs before a table a shape drawn over it may be anchored.
_NEAR = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A passage before its doubts are known.

    Attributes:
        items: its text and boxes.
        cell: None outside of tables.
        paragraph: what was read of its paragraph.
        number: of the paragraph in its part.
        deleted: whether its row or cell is a tracked deletion.
        shaded: whether its cell has a colour of its own.
    """

    items: tuple[str | Box, ...]
    cell: Cell | None
    paragraph: Paragraph
    number: int = 0
    deleted: bool = False
    shaded: bool = False

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
    set_off = _set_off(drafts) | _coloured_beside_boxes(drafts)
    crossed = _tables_drawn_over(drafts, boxed_rows)
    passages = []
    for draft in drafts:
        read, cell = draft.paragraph, draft.cell
        doubts: list[Doubt] = []
        in_row = cell is not None and (cell.table, cell.row) in boxed_rows
        beside = bool(draft.boxes) or (cell is not None and cell in boxed_cells)
        if read.struck:
            doubts.append(Doubt.STRUCK_TEXT)
        table = cell.table if cell else None
        if id(draft) in set_off or (draft.highlighted and draft.boxes and table in choosing):
            doubts.append(Doubt.HIGHLIGHTED_TEXT)
        removed = draft.deleted or read.deleted_text or (read.deleted_box and not draft.boxes)
        if removed or (read.hidden_text and beside):
            doubts.append(Doubt.TEXT_DELETED)
        floating = any(drawing.floating for drawing in read.drawings)
        drawn_over = draft.boxes and table in crossed
        if drawn_over or (read.drawings and beside) or (floating and in_row):
            doubts.append(Doubt.DRAWING_OVER_FORM)
        if read.comment and (beside or in_row):
            # What somebody noted beside a row may be its answer.
            doubts.append(Doubt.WRITTEN_REMARK)
        passages.append(Passage(items=draft.items, cell=cell, doubts=tuple(doubts)))
    return tuple(passages)


def _tables_drawn_over(
    drafts: Sequence[Draft], boxed_rows: AbstractSet[tuple[int, int]]
) -> set[int | None]:
    """Tables over which lines, figures or ink may run that are anchored at no row of theirs.

    That is in their head, or in one of the last paragraphs before them (Word anchors a shape near
    where it was drawn, and a line at the head of the letter is of the letter), or below them, where
    it rises by more than the paragraphs between.
    """
    tables = {table for table, _ in boxed_rows}
    found: set[int | None] = set()
    before: list[Draft] = []
    begun: set[int] = set()
    above: Draft | None = None
    for draft in drafts:
        if draft.cell is None:
            before.append(draft)
            if above is not None and above.cell is not None:
                between = _PARAGRAPH * (draft.number - above.number)
                if any(each.stroke and each.rises > between for each in draft.paragraph.drawings):
                    found.add(above.cell.table)
            continue
        table = draft.cell.table
        if table not in tables:
            continue
        near, above = [draft], draft
        if table not in begun:
            begun.add(table)
            near.extend(before[-_NEAR:])
        before = []
        if (draft.cell.table, draft.cell.row) in boxed_rows:
            near.remove(draft)
        if any(drawing.stroke for each in near for drawing in each.paragraph.drawings):
            found.add(table)
    return found


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


def _coloured_beside_boxes(drafts: Sequence[Draft]) -> set[int]:
    """Words in a cell beside that of their box, highlighted where the rest of the column is not."""
    boxes: dict[tuple[int, int], list[Box]] = defaultdict(list)
    for draft in drafts:
        if draft.cell is not None:
            boxes[draft.cell.table, draft.cell.row].extend(draft.boxes)
    columns: dict[tuple[int, int], list[Draft]] = defaultdict(list)
    for draft in drafts:
        cell = draft.cell
        if cell is not None and not draft.boxes and boxes[cell.table, cell.row]:
            columns[cell.table, cell.column].append(draft)
    found: set[int] = set()
    for words in columns.values():
        coloured = [draft for draft in words if draft.highlighted]
        agrees = all(
            box.mark is Mark.MARKED
            for draft in coloured
            if draft.cell is not None
            for box in boxes[draft.cell.table, draft.cell.row]
        )
        if len(coloured) < len(words) and not agrees:
            found.update(map(id, coloured))
    return found


def _set_off(drafts: Sequence[Draft]) -> set[int]:
    """Labels that are bold, underlined, framed or coloured where the form is not, with no mark.

    The form sets words off too, the same in each of its rows; where no box at all is marked, any
    such label, or one in a cell with a colour of its own, may be an answer.
    """
    found: set[int] = set()
    tables: dict[int | None, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.boxes:
            tables[draft.cell.table if draft.cell else None].append(draft)
    for boxed in tables.values():
        if not any(draft.paragraph.emphasis or draft.shaded for draft in boxed):
            continue
        marked = any(box.mark is not Mark.EMPTY for draft in boxed for box in draft.boxes)
        usual: dict[str, Counter[int]] = defaultdict(Counter)
        for draft in boxed:
            usual[_words(draft)][draft.paragraph.emphasis] += 1
        plain = any(not (draft.paragraph.emphasis or draft.shaded) for draft in boxed)
        for draft in boxed:
            often, _ = usual[_words(draft)].most_common(1)[0]
            set_off = draft.paragraph.emphasis or draft.shaded
            chosen = draft.paragraph.emphasis > often or (set_off and plain and not marked)
            if chosen and any(box.mark is not Mark.MARKED for box in draft.boxes):
                found.add(id(draft))
    return found


def _words(draft: Draft) -> str:
    return " ".join(" ".join(item for item in draft.items if isinstance(item, str)).split())

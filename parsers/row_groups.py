"""Gathering the passages of a form by the draft text that they belong to.

A row of the form is a designation and what stands in its own table row, and in the rows below it
until the next designation.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from parsers.designation import Designation, designations
from parsers.passage import Passage
from parsers.reading import Box, Doubt
from parsers.wording import role_of


@dataclass(slots=True, kw_only=True)
class RowGroup:
    """A designation and the passages that belong to it, while they are being gathered.

    Attributes:
        designation: of the text.
        passages: in reading order, the one that names it among them.
        doubts: of how they were gathered.
        heads: column -> the words over it in the table's head, for boxes without words of their own.
    """

    designation: Designation
    passages: list[Passage] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    heads: Mapping[int, str] = field(default_factory=dict)

    def labelled(self) -> list[tuple[Box, str]]:
        """The boxes, each with the text that says what it stands for.

        That is what follows it in its passage; where nothing does, what stands before it there, then
        the next text of the same table row, then the one before.
        """
        result: list[tuple[Box, str]] = []
        taken: set[int] = set()
        for index, passage in enumerate(self.passages):
            for box in passage.boxes:
                label = box.label
                if not label.strip() and box is passage.boxes[-1]:
                    label = opening(passage) if len(passage.boxes) == 1 else ""
                    around = [
                        _next_text(passage, self.passages[index + 1 :]),
                        self._text_before(index, taken),
                    ]
                    found = next((each for each in around if each is not None), None)
                    if not any(char.isalpha() for char in label) and found is not None:
                        label = found.text
                        taken.add(id(found))
                result.append((box, label))
        if any(any(map(str.isalpha, label)) for _, label in result):
            return result
        # Boxes in columns of their own, the words over them.
        columns = [each.cell.column for each in self.passages for _ in each.boxes if each.cell]
        if len(columns) == len(result) == len(set(columns)):
            return [
                (box, self.heads.get(column, ""))
                for column, (box, _) in zip(columns, result, strict=True)
            ]
        return result

    def boxes_beside(self) -> int:
        """How many of its boxes stand in the table row that names it."""
        first = self.passages[0].cell
        return sum(
            len(passage.boxes)
            for passage in self.passages
            if first is None or (passage.cell is not None and passage.cell.row == first.row)
        )

    def _text_before(self, index: int, taken: set[int]) -> Passage | None:
        """A label that stands left of its box, in a cell of its own."""
        passage = self.passages[index]
        for earlier in reversed(self.passages[:index]):
            if passage.cell is None or earlier.cell is None or earlier.cell.row != passage.cell.row:
                return None
            words = not earlier.boxes and any(char.isalpha() for char in earlier.text)
            if words and id(earlier) not in taken and not designations(earlier.text):
                return earlier
        return None


def opening(passage: Passage) -> str:
    """The text of a passage before its first box."""
    first = passage.items[0] if passage.items else ""
    return first.strip() if isinstance(first, str) and passage.boxes else ""


def _next_text(box_passage: Passage, following: Sequence[Passage]) -> Passage | None:
    for passage in following:
        same_row = (passage.cell and passage.cell.row) == (
            box_passage.cell and box_passage.cell.row
        )
        if passage.boxes or (passage.cell is not None and not same_row):
            return None
        if passage.text.strip():
            return passage
    return None


def tables_of(passages: Iterable[Passage]) -> list[list[Passage]]:
    """Passages by the table that holds them; all that stand in none are one more."""
    tables: dict[int | None, list[Passage]] = defaultdict(list)
    for passage in passages:
        tables[passage.cell.table if passage.cell else None].append(passage)
    return list(tables.values())


def joined(passages: Sequence[Passage], known: Mapping[str, str]) -> list[Passage]:
    """The same passages, those of nameless tables as parts of what these stand in or under.

    A table of boxes without any designation is one with the cell that it is nested in; one that is
    not nested, with the paragraph over it, where that names one text.
    """
    nameless = {
        table[0].cell.table
        for table in tables_of(passages)
        if table[0].cell is not None
        and any(passage.boxes for passage in table)
        and not any(_named(passage, known) for passage in table)
    }
    if not nameless:
        return list(passages)
    result: list[Passage] = []
    begun: set[int] = set()
    over: int | None = None
    for passage in passages:
        cell = passage.cell
        while cell is not None and cell.outer is not None and cell.table in nameless:
            cell = cell.outer
        if cell is None:
            if passage.text.strip() or passage.boxes:
                names_one = not passage.boxes and len(_named(passage, known)) == 1
                over = len(result) if names_one else None
        else:
            if over is not None and cell.table in nameless and cell.table not in begun:
                heading = replace(cell, row=-1, column=0, origin_row=-1)
                result[over] = replace(result[over], cell=heading)
            begun.add(cell.table)
            over = None
        result.append(passage if cell is passage.cell else replace(passage, cell=cell))
    return result


def groups_of(
    table: Sequence[Passage], known: Mapping[str, str]
) -> tuple[list[RowGroup], list[Passage]]:
    """The groups of one table, and its passages with boxes that belong to no text.

    Args:
        table: the passages of one table, or those outside of tables.
        known: names to look for besides numbers -> designation.
    """
    if not any(passage.boxes for passage in table):
        return [], []
    lines: dict[int, list[Passage]] = defaultdict(list)
    for index, passage in enumerate(table):
        lines[passage.cell.row if passage.cell else index].append(passage)
    groups: list[RowGroup] = []
    started: dict[int, RowGroup] = {}
    ownerless: list[Passage] = []
    heads: dict[int, str] = {}
    current: RowGroup | None = None
    for row, line in lines.items():
        named = [(passage, _named(passage, known)) for passage in line]
        here = [designation for _, found in named for designation in found]
        distinct = list(dict.fromkeys(each.name for each in here))
        if len(distinct) == 1:
            # One text in the row: all of the row is its own, whichever column it stands in.
            current = RowGroup(designation=here[0], heads=heads)
            groups.append(current)
            current.passages.extend(line)
        elif len(distinct) > 1 and any(passage.boxes for passage in line):
            current = _several_in_row(named, groups, ownerless)
        elif len(distinct) > 1:
            # A sentence that lists texts, or a heading: what follows is of none of them.
            current = None
        else:
            current = _owner_above(line, started) or current
            if current is not None:
                current.passages.extend(line)
            else:
                ownerless.extend(passage for passage in line if passage.boxes)
                for passage in line:
                    if passage.cell is not None and passage.text.strip() and not groups:
                        heads[passage.cell.column] = passage.text
        if current is not None:
            started[row] = current
    if not any(passage.boxes for group in groups for passage in group.passages):
        return [], ownerless
    outside_of_tables = table[0].cell is None
    if outside_of_tables:
        # In running text a Recommendation is often named without being a row of a form.
        groups = [group for group in groups if any(each.boxes for each in group.passages)]
        if groups:
            # The letter goes on after the last box.
            last = groups[-1].passages
            while last and not last[-1].boxes:
                last.pop()
    return groups, ownerless


def _owner_above(line: Sequence[Passage], started: Mapping[int, RowGroup]) -> RowGroup | None:
    """The group of the row where a cell of this row, merged downwards, began."""
    origins = {
        passage.cell.origin_row
        for passage in line
        if passage.cell and passage.cell.origin_row < passage.cell.row
    }
    owners = {id(started[origin]): started[origin] for origin in origins if origin in started}
    return next(iter(owners.values())) if len(owners) == 1 else None


def _several_in_row(
    named: Sequence[tuple[Passage, tuple[Designation, ...]]],
    groups: list[RowGroup],
    ownerless: list[Passage],
) -> RowGroup | None:
    """A row (or the text outside of tables) that names several texts and has boxes.

    Where each text is followed by its own boxes in one column, the order tells them apart. Where it
    does not, every text of the row is doubtful.
    """
    columns = {passage.cell.column if passage.cell else 0 for passage, found in named if found}
    boxed = {passage.cell.column if passage.cell else 0 for passage, _ in named if passage.boxes}
    made: list[RowGroup] = []
    current: RowGroup | None = None
    for passage, found in named:
        if len(found) > 1:
            current = None
            continue
        if found and (current is None or current.designation.name != found[0].name):
            current = RowGroup(designation=found[0])
            made.append(current)
        if current is not None:
            current.passages.append(passage)
        elif passage.boxes:
            ownerless.append(passage)
    if len(columns | boxed) > 1:
        for group in made:
            group.doubts.append(Doubt.SEVERAL_TEXTS_IN_ROW)
    # Designations that only follow one another (a title that names another text) own no boxes.
    kept = [group for group in made if any(each.boxes for each in group.passages)]
    groups.extend(kept)
    return current if current in kept else None


def _named(passage: Passage, known: Mapping[str, str]) -> tuple[Designation, ...]:
    """The texts that a passage names; words of a label ("Study Group 20 ...") name none."""
    if passage.boxes and role_of(passage.text)[0] is not None:
        before = passage.items[0]
        return designations(before, known) if isinstance(before, str) else ()
    found = designations(passage.text, known)
    if len(found) > 1 and known:
        ours = tuple(each for each in found if each.name in known.values())
        # A title may name other Recommendations beside the one that the row is about.
        found = ours or found
    return found

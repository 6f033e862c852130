"""Finding a form's rows in passages: by structure, whatever the format, language and layout.

A row of the form is a designation and the four boxes that belong to it: those of its own table row
or cell, and of the rows below it until the next designation. The order of the boxes says what each
of them is; their labels confirm it, or tell another order where all four are known.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from parsers.designation import Designation, designations
from parsers.marks import stray_marks
from parsers.passage import Passage
from parsers.reading import Box, BoxRole, Doubt, Mark, RowReading
from parsers.wording import fold, role_of

_ORDER = tuple(BoxRole)

#: How much longer than its siblings a label must be before somebody is taken to have written there.
_REMARK_LETTERS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What `find_rows` found.

    Attributes:
        rows: one per designation, in document order.
        boxes: every box of the document with its label, in document order.
        outside: the passages that are not of the form's table: the letter round it.
        after: those of `outside` that come after the last row.
        doubts: of the form as a whole.
    """

    rows: tuple[RowReading, ...]
    boxes: tuple[Box, ...]
    outside: tuple[Passage, ...]
    after: tuple[Passage, ...]
    doubts: tuple[Doubt, ...]


@dataclass(slots=True)
class _Group:
    """A designation and the passages that belong to it, while they are being gathered."""

    designation: Designation
    passages: list[Passage] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def find_rows(passages: Sequence[Passage], known: Mapping[str, str] | None = None) -> Rows:
    """Reads a document's passages as a form.

    Args:
        passages: in reading order.
        known: names to look for besides numbers -> designation ("Y.dt-SComCam" -> "Y.4241").
    """
    groups: list[_Group] = []
    doubts: list[Doubt] = []
    used: set[int] = set()
    for table in _tables(passages):
        found, ownerless = _groups_of(table, known or {})
        groups.extend(found)
        used.update(id(passage) for group in found for passage in group.passages)
        # Boxes of a form's table that stand under no designation are somebody's answer to a text
        # that cannot be told. A table without any row of a form is none of ours.
        if any(role_of(box.label)[0] for passage in ownerless for box in passage.boxes):
            doubts.append(Doubt.BOXES_WITHOUT_TEXT)
    labels = {id(group): _labelled(group.passages) for group in groups}
    usual = _usual_labels(labels.values())
    for group in groups:
        if _written_between(group, groups, labels[id(group)], usual):
            group.doubts.append(Doubt.WRITTEN_REMARK)
    rows = _merge_twice(
        [_row(group, labels[id(group)], usual) for group in groups if labels[id(group)]]
        + [_boxless(group) for group in groups if not labels[id(group)]]
    )
    order = {group.designation.name: index for index, group in reversed(list(enumerate(groups)))}
    rows.sort(key=lambda row: order[row.designation])
    last = max((i for i, passage in enumerate(passages) if id(passage) in used), default=-1)
    label_of = {id(box): label for pairs in labels.values() for box, label in pairs}
    return Rows(
        rows=tuple(rows),
        boxes=tuple(
            replace(box, label=label_of.get(id(box), box.label).strip())
            for passage in passages
            for box in passage.boxes
        ),
        outside=tuple(passage for passage in passages if id(passage) not in used),
        after=tuple(p for i, p in enumerate(passages) if i > last and id(p) not in used)
        if used
        else (),
        doubts=tuple(dict.fromkeys(doubts)),
    )


def _tables(passages: Iterable[Passage]) -> list[list[Passage]]:
    """Passages by the table that holds them; all that stand in none are one more."""
    tables: dict[int | None, list[Passage]] = defaultdict(list)
    for passage in passages:
        tables[passage.cell.table if passage.cell else None].append(passage)
    return list(tables.values())


def _groups_of(
    table: Sequence[Passage], known: Mapping[str, str]
) -> tuple[list[_Group], list[Passage]]:
    """The designations of one table with what belongs to each, and box passages of nobody."""
    if not any(passage.boxes for passage in table):
        return [], []
    lines: dict[int, list[Passage]] = defaultdict(list)
    for index, passage in enumerate(table):
        lines[passage.cell.row if passage.cell else index].append(passage)
    groups: list[_Group] = []
    started: dict[int, _Group] = {}
    ownerless: list[Passage] = []
    current: _Group | None = None
    for row, line in lines.items():
        named = [(passage, _named(passage, known)) for passage in line]
        here = [designation for _, found in named for designation in found]
        distinct = list(dict.fromkeys(each.name for each in here))
        if len(distinct) == 1:
            # One text in the row: all of the row is its own, whichever column it stands in.
            current = _Group(designation=here[0])
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
        if current is not None:
            started[row] = current
    if not any(passage.boxes for group in groups for passage in group.passages):
        return [], ownerless
    outside_of_tables = table[0].cell is None
    if outside_of_tables:
        # In running text a Recommendation is often named without being a row of a form.
        groups = [group for group in groups if any(each.boxes for each in group.passages)]
    return groups, ownerless


def _owner_above(line: Sequence[Passage], started: Mapping[int, _Group]) -> _Group | None:
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
    groups: list[_Group],
    ownerless: list[Passage],
) -> _Group | None:
    """A row (or the text outside of tables) that names several texts and has boxes.

    Where each text is followed by its own boxes in one column, the order tells them apart. Where it
    does not, every text of the row is doubtful.
    """
    columns = {passage.cell.column if passage.cell else 0 for passage, found in named if found}
    boxed = {passage.cell.column if passage.cell else 0 for passage, _ in named if passage.boxes}
    made: list[_Group] = []
    current: _Group | None = None
    for passage, found in named:
        if len(found) > 1:
            current = None
            continue
        if found and (current is None or current.designation.name != found[0].name):
            current = _Group(designation=found[0])
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


def _labelled(passages: Sequence[Passage]) -> list[tuple[Box, str]]:
    """The boxes of a group, each with the text that says what it stands for.

    That is what follows it in its passage; where nothing does (a box in a cell of its own), the
    next passage of the same table row.
    """
    result: list[tuple[Box, str]] = []
    for index, passage in enumerate(passages):
        for box in passage.boxes:
            label = box.label
            if not label.strip() and box is passage.boxes[-1]:
                label = _next_text(passage, passages[index + 1 :])
            result.append((box, label))
    return result


def _next_text(box_passage: Passage, following: Sequence[Passage]) -> str:
    for passage in following:
        same_row = (passage.cell and passage.cell.row) == (
            box_passage.cell and box_passage.cell.row
        )
        if passage.boxes or (passage.cell is not None and not same_row):
            return ""
        if passage.text.strip():
            return passage.text
    return ""


def _usual_labels(labels: Iterable[list[tuple[Box, str]]]) -> dict[int, str]:
    """Position of a box -> the label that most of the form's full rows have there, letters only.

    None for a form with fewer than three full rows: there is no majority to hold a row against.
    """
    full = [pairs for pairs in labels if len(pairs) == len(_ORDER)]
    if len(full) < 3:
        return {}
    usual: dict[int, str] = {}
    for position in range(len(_ORDER)):
        label, count = Counter(_letters(pairs[position][1]) for pairs in full).most_common(1)[0]
        if label and count * 2 > len(full):
            usual[position] = label
    return usual


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))


def _row(group: _Group, labels: list[tuple[Box, str]], usual: Mapping[int, str]) -> RowReading:
    doubts = list(group.doubts)
    for passage in group.passages:
        doubts.extend(passage.doubts)
        if stray_marks(passage.items):
            doubts.append(Doubt.STRAY_MARK)
    boxes = [replace(box, label=label.strip()) for box, label in labels]
    said = [role_of(box.label)[0] for box in boxes]
    roles: list[BoxRole | None] = list(said)
    confidence = 1.0
    if len(boxes) != len(_ORDER):
        doubts.append(Doubt.BOX_COUNT)
    elif set(said) == set(_ORDER):
        # All four labels are known: they are right even where the order is another one.
        pass
    elif all(role in (None, wanted) for role, wanted in zip(said, _ORDER, strict=True)):
        roles = list(_ORDER)
        confidence = 1.0 if sum(role is not None for role in said) >= 2 else 0.97
    else:
        doubts.append(Doubt.LABELS_CONTRADICT_ORDER)
    if _written_beside(boxes, said, usual):
        doubts.append(Doubt.WRITTEN_REMARK)
    for box in boxes:
        doubts.extend(box.doubts)
        if box.mark is Mark.DOUBTFUL and not box.doubts:
            doubts.append(Doubt.AMBIGUOUS_MARK)
    return RowReading(
        designation=group.designation.name,
        former_name=group.designation.former_name,
        boxes=tuple(zip(roles, boxes, strict=True)),
        doubts=tuple(dict.fromkeys(doubts)),
        confidence=confidence,
    )


def _written_beside(
    boxes: Sequence[Box], said: Sequence[BoxRole | None], usual: Mapping[int, str]
) -> bool:
    """Whether a label of this row says more than the same label in the form's other rows."""
    if len(boxes) != len(_ORDER):
        return False
    for position, box in enumerate(boxes):
        wanted = usual.get(position)
        found = _letters(box.label)
        if not wanted or not found or wanted.startswith(found):
            continue
        if found.startswith(wanted) or wanted in found:
            if len(found) - len(wanted) >= _REMARK_LETTERS:
                return True
        elif said[position] is None:
            return True
    return False


def _written_between(
    group: _Group,
    groups: Sequence[_Group],
    labels: Sequence[tuple[Box, str]],
    usual: Mapping[int, str],
) -> bool:
    """Whether a cell with boxes also holds a paragraph that is none of the form's own.

    The form's own words stand in more than one row, or are part of a label that a page break tore.
    """
    if len(groups) < 3:
        return False
    boxed = {passage.cell for passage in group.passages if passage.boxes and passage.cell}
    used = {_letters(label) for _, label in labels}
    for passage in group.passages:
        words = _letters(passage.text)
        if (
            passage.boxes
            or passage.cell not in boxed
            or len(words) < _REMARK_LETTERS
            or words in used
            or any(words in label for label in usual.values())
            or designations(passage.text)
        ):
            continue
        if not any(
            words == _letters(other.text)
            for sibling in groups
            if sibling is not group
            for other in sibling.passages
        ):
            return True
    return False


def _boxless(group: _Group) -> RowReading:
    return RowReading(
        designation=group.designation.name,
        former_name=group.designation.former_name,
        doubts=(*group.doubts, Doubt.BOX_COUNT),
        confidence=0.0,
    )


def _merge_twice(rows: Iterable[RowReading]) -> list[RowReading]:
    """One row per designation; a form that has a text twice says nothing clear of it."""
    merged: dict[str, RowReading] = {}
    for row in rows:
        earlier = merged.get(row.designation)
        if earlier is None:
            merged[row.designation] = row
        elif not row.boxes:
            continue  # The text is only named again, in a part of the table without boxes.
        else:
            merged[row.designation] = replace(
                earlier,
                boxes=(*earlier.boxes, *row.boxes),
                doubts=tuple(dict.fromkeys((*earlier.doubts, *row.doubts, Doubt.ROW_TWICE))),
                confidence=0.0,
            )
    return list(merged.values())

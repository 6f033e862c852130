"""Finding a form's rows in passages: by structure, whatever the format, language and layout.

A row of the form is a designation and the four boxes that belong to it. The order of the boxes says
what each of them is; their labels confirm it, or tell another order where all four are known.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from parsers.asked import AskedBoxes
from parsers.designation import designations
from parsers.passage import Passage
from parsers.reading import Box, BoxRole, Doubt, Mark, RowReading
from parsers.remarks import FormWords
from parsers.row_groups import RowGroup, groups_of, joined, opening, tables_of
from parsers.stray_marks import stray_marks, struck_characters
from parsers.wording import role_of, roles_in

_ORDER = tuple(BoxRole)
#: A letter round a form has fewer letters than this.
_LONGEST_LETTER = 6000


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


def find_rows(
    passages: Sequence[Passage],
    known: Mapping[str, str] | None = None,
    asked: AskedBoxes | None = None,
) -> Rows:
    """Reads a document's passages as a form.

    Args:
        passages: in reading order.
        known: names to look for besides numbers -> designation ("Y.dt-SComCam" -> "Y.4241").
        asked: the boxes of its rows, where they are not the usual four.
    """
    groups: list[RowGroup] = []
    doubts: list[Doubt] = []
    around: list[Passage] = []
    passages = joined(passages, known or {})
    for table in tables_of(passages):
        found, ownerless = groups_of(table, known or {})
        groups.extend(found)
        within = {id(passage) for group in found for passage in group.passages}
        if found and table[0].cell is not None:
            around.extend(passage for passage in table if id(passage) not in within)
        # Boxes of a form's table that stand under no designation are somebody's answer to a text
        # that cannot be told. A table without any row of a form is none of ours.
        if any(
            (asked.role_of if asked else role_of)(box.label)[0]
            for passage in ownerless
            for box in passage.boxes
        ) or (found and any(_begins_marked(passage) for passage in ownerless)):
            doubts.append(Doubt.BOXES_WITHOUT_TEXT)
    used = {id(passage) for group in groups for passage in group.passages}
    outside = tuple(passage for passage in passages if id(passage) not in used)
    last = max((i for i, passage in enumerate(passages) if id(passage) in used), default=None)
    after = () if last is None else tuple(passages[last + 1 :])
    labels = {id(group): group.labelled() for group in groups}
    _doubt_torn(groups)
    words = FormWords(groups, labels, around, known, asked)
    rows = _merge_twice(
        _row(group, labels[id(group)], words.doubts_of(group), asked)
        for group in _boxed_first(groups)
    )
    order = {group.designation.name: index for index, group in reversed(list(enumerate(groups)))}
    # A whole circular round its form speaks of what can be answered; a letter says what is.
    lengthy = sum(len(passage.text) for passage in outside) > _LONGEST_LETTER
    spoken = _sentences(after if lengthy else outside) if rows else []
    sentences = [each for each in spoken if roles_in(each)]
    explained = {role for row in rows for role in _marked(row)}
    rows = [_held_against(row, sentences, explained) for row in rows]
    rows.sort(key=lambda row: order[row.designation])
    label_of = {id(box): label for pairs in labels.values() for box, label in pairs}
    return Rows(
        rows=tuple(rows),
        boxes=tuple(
            replace(box, label=label_of.get(id(box), box.label).strip())
            for passage in passages
            for box in passage.boxes
        ),
        outside=outside,
        after=after,
        doubts=tuple(dict.fromkeys(doubts)),
    )


def _doubt_torn(groups: Sequence[RowGroup]) -> None:
    """Doubts rows that have no box beside their name in a form whose other rows do.

    The boxes below may be of another text, whose name is gone. Where a page ends before them, that
    is why they are not beside it.
    """
    beside = [group.boxes_beside() for group in groups]
    if sum(map(bool, beside)) * 2 <= len(groups):
        return
    last_page: int | None = None
    for group, count in zip(groups, beside, strict=True):
        pages = [box.place.page for passage in group.passages for box in passage.boxes]
        first_page = pages[0] if pages else None
        if not count and (first_page is None or first_page == last_page):
            group.doubts.append(Doubt.BOX_COUNT)
        last_page = pages[-1] if pages else last_page


def _boxed_first(groups: Iterable[RowGroup]) -> list[RowGroup]:
    """A text that is named again without boxes must not come before its row."""
    return sorted(groups, key=lambda group: not any(each.boxes for each in group.passages))


def _row(
    group: RowGroup,
    labels: Sequence[tuple[Box, str]],
    written: Sequence[Doubt],
    asked: AskedBoxes | None,
) -> RowReading:
    doubts = list(group.doubts)
    for passage in group.passages:
        doubts.extend(passage.doubts)
        if struck_characters(passage.text):
            doubts.append(Doubt.STRUCK_TEXT)
        if stray_marks(passage.items):
            doubts.append(Doubt.STRAY_MARK)
    boxes = [replace(box, label=label.strip()) for box, label in labels]
    said: list[str | None]
    said = [(asked.role_of if asked else role_of)(box.label)[0] for box in boxes]
    roles = list(said)
    order: tuple[str, ...] = asked.roles if asked else _ORDER
    confidence = 1.0 if boxes else 0.0
    if len(boxes) != len(order):
        doubts.append(Doubt.BOX_COUNT)
    elif _labels_go_before(group) or not any(map(str.isalpha, "".join(b.label for b in boxes))):
        doubts.append(Doubt.LABELS_CONTRADICT_ORDER)
    elif set(said) == set(order):
        # All labels are known: they are right even where the order is another one.
        pass
    elif asked:
        doubts.append(Doubt.LABELS_CONTRADICT_ORDER)
    elif all(role in (None, wanted) for role, wanted in zip(said, _ORDER, strict=True)):
        roles = list(_ORDER)
        confidence = 1.0 if sum(role is not None for role in said) >= 2 else 0.97
    else:
        doubts.append(Doubt.LABELS_CONTRADICT_ORDER)
    doubts.extend(written)
    if not boxes and any(roles_in(passage.text) for passage in group.passages):
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
        confidence=min([confidence, *(box.confidence for box in boxes)]),
    )


def _labels_go_before(group: RowGroup) -> bool:
    """Whether words and boxes alternate in a line that begins with the words of a label.

    Then each box may belong to the words before it, and what follows it is the next one's label.
    """
    return any(
        len(passage.boxes) > 1 and role_of(opening(passage))[0] is not None
        for passage in group.passages
    )


def _merge_twice(rows: Iterable[RowReading]) -> list[RowReading]:
    """One row per designation; a form that has a text twice says nothing clear of it."""
    merged: dict[str, RowReading] = {}
    for row in rows:
        earlier = merged.get(row.designation)
        if earlier is None:
            merged[row.designation] = row
        elif not row.boxes and set(row.doubts) <= {Doubt.BOX_COUNT}:
            continue  # The text is only named again, in a part of the table without boxes.
        else:
            merged[row.designation] = replace(
                earlier,
                boxes=(*earlier.boxes, *row.boxes),
                doubts=tuple(dict.fromkeys((*earlier.doubts, *row.doubts, Doubt.ROW_TWICE))),
                confidence=0.0,
            )
    return list(merged.values())


def _sentences(outside: Iterable[Passage]) -> list[str]:
    """Texts of paragraphs, and of whole table rows, in which somebody may speak of one text."""
    rows: dict[tuple[int, int], list[str]] = {}
    texts = []
    for passage in outside:
        if passage.boxes:
            continue  # A label, and no sentence.
        if passage.cell is None:
            texts.append(passage.text)
        else:
            rows.setdefault((passage.cell.table, passage.cell.row), []).append(passage.text)
    return [*texts, *map(" ".join, rows.values())]


def _begins_marked(passage: Passage) -> bool:
    """Whether a line begins with a marked box, and is no sentence that shows how to mark one."""
    first = passage.items[0]
    return isinstance(first, Box) and first.mark is not Mark.EMPTY


def _marked(row: RowReading) -> set[str | None]:
    return {role for role, box in row.boxes if box.mark is Mark.MARKED}


def _held_against(
    row: RowReading, sentences: Iterable[str], explained: AbstractSet[str | None]
) -> RowReading:
    """A row whose boxes say one thing while a sentence says the opposite of its text, or of all.

    Args:
        row: the row.
        sentences: of the letter round the form.
        explained: the roles that are marked in any row: a sentence that names no text, and says
            what some row says, is about that row.
    """
    marked = _marked(row)
    opposite = {
        BoxRole.ASSIGNS: BoxRole.DOES_NOT_ASSIGN,
        BoxRole.DOES_NOT_ASSIGN: BoxRole.ASSIGNS,
    }
    for sentence in sentences:
        spoken = roles_in(sentence) & set(opposite)
        if len(spoken) != 1 or not marked & {opposite[role] for role in spoken}:
            continue
        named = {each.name for each in designations(sentence)}
        if named == {row.designation} or not (named or spoken & explained):
            doubts = (*row.doubts, Doubt.WRITTEN_REMARK)
            return replace(row, doubts=tuple(dict.fromkeys(doubts)))
    return row

"""Rows found in passages: the structure that Word and PDF readers share."""

from collections.abc import Sequence

import pytest

from parsers.form import find_rows
from parsers.passage import Cell, Passage
from parsers.reading import Box, BoxRole, Doubt, Mark, RowReading
from tests.support.word import ASSIGNS_NONE, DENIES, LABELS, said

YES = (True, True, False, False)
NO = (False, False, False, True)


def box(marked: bool, label: str) -> Box:
    mark = Mark.MARKED if marked else Mark.EMPTY
    return Box(mark=mark, kind="field", how="a field", label=label)


def passage(*items: str | Box, row: int = 0, column: int = 0, origin: int | None = None) -> Passage:
    place = Cell(table=0, row=row, column=column, origin_row=row if origin is None else origin)
    return Passage(items=items, cell=place)


def text_row(
    name: str, answer: Sequence[bool], row: int, labels: Sequence[str] = LABELS
) -> list[Passage]:
    return [
        passage(f"Draft new Recommendation {name}", row=row),
        *(
            passage(box(marked, label), label, row=row, column=1)
            for marked, label in zip(answer, labels, strict=True)
        ),
    ]


FORM = [
    *text_row("Y.4241", YES, 0),
    *text_row("Y.4242", YES, 1),
    *text_row("Y.4420", NO, 2),
]


def rows(passages: Sequence[Passage]) -> dict[str, RowReading]:
    return {row.designation: row for row in find_rows(passages).rows}


def test_rows_come_in_the_order_of_the_document() -> None:
    found = find_rows(FORM)
    assert [row.designation for row in found.rows] == ["Y.4241", "Y.4242", "Y.4420"]
    assert [said(row) for row in found.rows] == [ASSIGNS_NONE, ASSIGNS_NONE, DENIES]
    assert [role for role, _ in found.rows[0].boxes] == list(BoxRole)
    assert all(row.confidence == 1.0 for row in found.rows)
    assert found.doubts == ()


def test_what_stands_round_the_table_is_outside_and_what_comes_after_is_told_apart() -> None:
    before, after = Passage(items=("Dear Director",)), Passage(items=("Y.4420: our reasons",))
    found = find_rows([before, *FORM, after])
    assert found.outside == (before, after)
    assert found.after == (after,)


def test_a_document_without_a_form_has_no_rows_and_nothing_after_them() -> None:
    letter = Passage(items=("With regard to Y.4241 we have no comments",))
    found = find_rows([letter])
    assert (found.rows, found.after, found.outside) == ((), (), (letter,))
    assert find_rows([]).rows == ()


def test_boxes_of_unknown_words_are_read_by_their_order_with_less_confidence() -> None:
    labels = ("ja, Vollmacht", "keine Bemerkungen", "Bemerkungen liegen bei", "nein")
    found = rows(
        [
            *text_row("Y.4241", YES, 0, labels),
            *text_row("Y.4242", NO, 1, labels),
        ]
    )
    assert said(found["Y.4241"]) == ASSIGNS_NONE
    assert found["Y.4241"].confidence < 1


def test_labels_tell_another_order_where_all_four_are_known() -> None:
    labels = (LABELS[3], LABELS[0], LABELS[1], LABELS[2])
    found = rows(
        [
            *text_row("Y.4241", (False, True, True, False), 0, labels),
            *text_row("Y.4242", (True, False, False, False), 1, labels),
        ]
    )
    assert said(found["Y.4241"]) == ASSIGNS_NONE
    assert said(found["Y.4242"]) == DENIES


@pytest.mark.parametrize(
    "labels",
    [
        pytest.param((LABELS[3], "a", "b", "c"), id="the refusal first, the others unknown"),
        pytest.param((LABELS[0], LABELS[0], LABELS[2], LABELS[3]), id="one label twice"),
        pytest.param(("", "", "", ""), id="no words at all"),
    ],
)
def test_labels_that_contradict_the_order_leave_the_row_to_a_person(labels: Sequence[str]) -> None:
    found = rows([*text_row("Y.4241", YES, 0, labels), *text_row("Y.4242", YES, 1, labels)])
    assert Doubt.LABELS_CONTRADICT_ORDER in found["Y.4241"].doubts


def test_a_cell_merged_downwards_holds_the_rows_beside_it() -> None:
    head = passage("Y.4241", row=0)
    passages = [
        head,
        *text_row("Y.4241", YES, 0)[1:4],
        passage("", row=1, origin=0),
        passage(box(False, LABELS[3]), LABELS[3], row=1, column=1),
        *text_row("Y.4242", NO, 2),
    ]
    assert said(rows(passages)["Y.4241"]) == ASSIGNS_NONE


def test_two_texts_side_by_side_leave_both_to_a_person() -> None:
    passages = [
        passage("Y.4241", row=0, column=0),
        passage("Y.4242", row=0, column=1),
        *(
            passage(box(m, label), label, row=0, column=0)
            for m, label in zip(YES, LABELS, strict=True)
        ),
        *(
            passage(box(m, label), label, row=0, column=1)
            for m, label in zip(NO, LABELS, strict=True)
        ),
    ]
    assert all(row.doubts for row in find_rows(passages).rows)


def test_two_texts_one_under_the_other_in_one_cell_are_told_apart() -> None:
    passages = [
        *(
            each
            for name, answer in (("Y.4241", YES), ("Y.4242", NO))
            for each in text_row(name, answer, 0)
        ),
    ]
    in_one = [
        Passage(items=each.items, cell=Cell(table=0, row=0, column=0, origin_row=0))
        for each in passages
    ]
    found = rows(in_one)
    assert (said(found["Y.4241"]), said(found["Y.4242"])) == (ASSIGNS_NONE, DENIES)


def test_doubts_of_passages_and_boxes_are_those_of_the_row() -> None:
    faint = Box(mark=Mark.DOUBTFUL, kind="field", how="faint", label=LABELS[0])
    passages = text_row("Y.4241", YES, 0)
    passages[1] = passage(faint, LABELS[0], row=0, column=1)
    passages[2] = Passage(
        items=passages[2].items, cell=passages[2].cell, doubts=(Doubt.DRAWING_OVER_FORM,)
    )
    found = rows([*passages, *text_row("Y.4242", YES, 1)])
    assert set(found["Y.4241"].doubts) == {Doubt.AMBIGUOUS_MARK, Doubt.DRAWING_OVER_FORM}
    assert found["Y.4242"].doubts == ()


def test_a_list_of_texts_in_the_table_owns_no_boxes() -> None:
    head = passage("Texts Y.4241, Y.4242 and Y.4420", row=0)
    moved = [
        Passage(
            items=each.items,
            cell=Cell(
                table=0,
                row=each.cell.row + 1,
                column=each.cell.column,
                origin_row=each.cell.row + 1,
            ),
        )
        for each in FORM
        if each.cell
    ]
    assert [said(row) for row in find_rows([head, *moved]).rows] == [
        ASSIGNS_NONE,
        ASSIGNS_NONE,
        DENIES,
    ]


def test_boxes_before_the_first_text_are_nobodys() -> None:
    stray = passage(box(True, LABELS[0]), LABELS[0], row=0)
    moved = [
        Passage(items=each.items, cell=Cell(table=0, row=9, column=each.cell.column, origin_row=9))
        for each in text_row("Y.4241", NO, 9)
        if each.cell
    ]
    found = find_rows([stray, *moved])
    assert Doubt.BOXES_WITHOUT_TEXT in found.doubts
    assert said(found.rows[0]) == DENIES


def test_a_row_without_boxes_beside_its_name_does_not_take_those_below() -> None:
    """As where one row lost its boxes, and the next one its name."""
    torn = [each for each in FORM if each not in FORM[6:10] and each is not FORM[10]]
    found = rows([*torn, *(_moved(each, 5) for each in text_row("Y.4243", YES, 3))])
    assert Doubt.BOX_COUNT in found["Y.4242"].doubts
    assert said(found["Y.4241"]) == ASSIGNS_NONE


def _moved(each: Passage, row: int) -> Passage:
    assert each.cell is not None
    place = Cell(table=0, row=row, column=each.cell.column, origin_row=row)
    return Passage(items=each.items, cell=place)


def test_every_box_of_the_document_is_kept_with_its_label() -> None:
    alone = Passage(items=(box(True, ""),))
    found = find_rows([alone, *FORM])
    assert len(found.boxes) == 13
    assert found.boxes[1].label == LABELS[0]

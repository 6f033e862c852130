"""What is drawn, typed or ticked in a PDF form comes back as it was, whatever it is made of."""

import itertools
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from parsers.reading import Format
from parsers.registry import read
from tests.support.pdf import (
    BOXES,
    MARKS,
    TEXTS,
    BoxPlace,
    annotated,
    draw_form,
    ink,
    typed,
    with_fields,
)
from tests.support.pdf_reading import rows_of, told

ANSWERS = {"Y.4241": {0, 1}, "Y.4242": {3}, "Y.4243": {0, 2}, "Y.4420": set()}
#: Marks drawn by hand between typed brackets are left to a person.
_LEFT = {("brackets", "cross"), ("brackets", "polyline"), ("brackets", "curve")}


@pytest.mark.parametrize(
    ("box", "mark"),
    [
        pytest.param(box, mark, id=f"{mark} in {box}")
        for box, mark in itertools.product(BOXES, MARKS)
        if (box, mark) not in _LEFT and (box, mark) != ("dingbat", "polyline")
    ],
)
def test_a_mark_in_a_box_is_read(box: str, mark: str) -> None:
    assert rows_of(draw_form(ANSWERS, box=box, mark=mark).data) == ANSWERS


@pytest.mark.parametrize("rows_a_page", [4, 3, 1])
@pytest.mark.parametrize("lowered", [0.0, 24.0, 60.0], ids=["top", "middle", "bottom"])
@pytest.mark.parametrize("ruled", ["cells", "rows", "none"])
def test_a_text_owns_the_boxes_of_its_row(ruled: str, lowered: float, rows_a_page: int) -> None:
    form = draw_form(ANSWERS, ruled=ruled, lowered=lowered, rows_a_page=rows_a_page)
    assert rows_of(form.data) == ANSWERS


@pytest.mark.parametrize("rows_a_page", [4, 3, 1])
@pytest.mark.parametrize("ruled", ["cells", "rows", "none"])
def test_a_text_owns_the_boxes_under_it(ruled: str, rows_a_page: int) -> None:
    form = draw_form(ANSWERS, ruled=ruled, one_column=True, rows_a_page=rows_a_page)
    assert rows_of(form.data) == ANSWERS


@pytest.mark.parametrize("on", ["/Yes", "/On", "/1", "/Oui", "/#C3#84"])
@pytest.mark.parametrize("parents", [False, True], ids=["merged", "with a parent"])
def test_a_field_is_ticked_whatever_its_state_is_called(on: str, parents: bool) -> None:
    assert rows_of(with_fields(draw_form({}), ANSWERS, on=on, parents=parents)) == ANSWERS


def test_small_cells_of_a_table_are_no_boxes() -> None:
    def cells(canvas: Canvas, boxes: Mapping[tuple[str, int], BoxPlace]) -> None:
        # Line by line, as word processors draw them: columns of cells beside the form.
        for row in range(8):
            for column in range(2):
                x, y = 505 + 20 * column, 440 + 20 * row
                canvas.lines([(x, y, x + 20, y), (x, y, x, y + 20)])
                canvas.lines([(x + 20, y, x + 20, y + 20), (x, y + 20, x + 20, y + 20)])

    form = draw_form(ANSWERS, texts=["Y.4241", "Y.4242"], ruled="none", after=cells)
    assert len(read(form.data).boxes) == 8


def test_an_annotation_in_a_box_marks_it() -> None:
    form = draw_form({})
    places = [form.boxes[text, place] for text, ticked in ANSWERS.items() for place in ticked]
    assert rows_of(annotated(form.data, *map(ink, places))) == ANSWERS
    assert rows_of(annotated(form.data, *(typed(at, "X") for at in places))) == ANSWERS


def test_the_letter_and_the_circular_are_read_beside_the_form() -> None:
    reading = read(draw_form(ANSWERS).data)
    assert (reading.format, reading.circular_number, reading.language) == (Format.PDF, 106, "en")
    assert "Administration of Examplia" in reading.letter
    assert not reading.doubts


def test_a_box_says_where_it_stands_on_the_page_as_shown() -> None:
    form = draw_form(ANSWERS, rows_a_page=3)
    reading = read(form.data)
    by_row = {row.designation: [box for _, box in row.boxes] for row in reading.rows}
    for (text, place), at in form.boxes.items():
        found = by_row[text][place].place
        assert found.page == at.page + 1
        assert found.at == pytest.approx(
            (at.left, 841.9 - at.bottom - 9, at.left + 9, 841.9 - at.bottom), abs=0.7
        )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    answers=st.fixed_dictionaries({text: st.sets(st.integers(0, 3)) for text in TEXTS}),
    look=st.fixed_dictionaries(
        {
            "box": st.sampled_from(sorted(BOXES)),
            "mark": st.sampled_from(sorted(MARKS)),
            "ruled": st.sampled_from(["cells", "rows", "none"]),
            "one_column": st.booleans(),
            "rows_a_page": st.integers(1, 4),
        }
    ),
)
def test_any_form_reads_back_or_is_left_to_a_person(
    answers: dict[str, set[int]], look: dict[str, Any]
) -> None:
    said = told(draw_form(answers, **look).data)
    assert set(said) == set(TEXTS)
    assert all(ticked is None or ticked == answers[text] for text, ticked in said.items())

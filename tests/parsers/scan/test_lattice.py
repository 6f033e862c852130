"""Boxes of a row found where the other rows have theirs."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from parsers.scan.lattice import complete
from parsers.scan.pages import FormPage, FormRow
from parsers.scan.ruling import Ruling
from parsers.scan.squares import Square
from parsers.scan.upright import Sheet

SIDE = 30
OFFSETS = ((0, 0), (40, 50), (40, 95), (0, 140))


def form(*, edges: str = "tblr", rows: int = 3, lacks: int = 1) -> tuple[list[FormRow], Square]:
    """A form whose last row lacks a box, of which the paper shows some edges."""
    ink: NDArray[np.uint8] = np.zeros((900, 600), dtype=np.uint8)
    squares = []
    for row in range(rows):
        here = []
        for place, (across, down) in enumerate(OFFSETS):
            left, top = 200 + across, 60 + 220 * row + down
            right, bottom = left + SIDE, top + SIDE
            lines = {
                "t": ((left, top), (right, top)),
                "b": ((left, bottom), (right, bottom)),
                "l": ((left, top), (left, bottom)),
                "r": ((right, top), (right, bottom)),
            }
            shown = edges if (row, place) == (rows - 1, lacks) else "tblr"
            for each in shown:
                cv2.line(ink, *lines[each], 1, 2)
            here.append(Square(left=left, top=top, width=SIDE, height=SIDE))
        squares.append(here)
    sheet = Sheet(number=1, flat=np.asarray(252 - 252 * ink, dtype=np.uint8), ink=ink, scale=2.78)
    page = FormPage(sheet=sheet, ruling=Ruling(sheet), lines=(), found=())
    missing = squares[-1].pop(lacks)
    return [FormRow(page=page, boxes=each) for each in squares], missing


@pytest.mark.parametrize("lacks", range(4))
@pytest.mark.parametrize("edges", ["tblr", "lr", "tb", "bl", "tbr"])
def test_a_box_of_which_two_sides_are_there_is_found(edges: str, lacks: int) -> None:
    rows, missing = form(edges=edges, lacks=lacks)
    changed = complete(rows)
    assert changed == {id(rows[0].page)}
    found = rows[-1].boxes[lacks]
    assert abs(found.left - missing.left) <= 3
    assert abs(found.top - missing.top) <= 3


@pytest.mark.parametrize("edges", ["", "t", "l"])
def test_a_box_of_which_the_paper_shows_too_little_is_not_made_up(edges: str) -> None:
    rows, _ = form(edges=edges)
    assert complete(rows) == set()
    assert len(rows[-1].boxes) == 3


def test_one_other_row_is_no_pattern() -> None:
    rows, _ = form(rows=2)
    assert complete(rows) == set()


def test_no_box_is_taken_from_another_row() -> None:
    rows, missing = form(lacks=3)
    rows.append(FormRow(page=rows[0].page, boxes=[missing]))
    assert complete(rows) == set()

"""Boxes laid over each other: what they share is print, however it came out, and the rest is ink."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from parsers.scan.marks import Ink, measure
from parsers.scan.residue import PrintBeside, darkness_of_pen, residue
from parsers.scan.squares import Square
from parsers.scan.strokes import Neighbour
from parsers.scan.upright import Sheet
from parsers.scan.windows import Frame, Window, cut, frame_of, laid_over, print_round

SIDE = 30
TOPS = (100, 200, 300, 400, 500, 600)


def paper(thick: int = 2) -> NDArray[np.uint8]:
    """A page with six boxes one under the other, a word beside each."""
    page = np.full((800, 500), 252, np.uint8)
    for top in TOPS:
        cv2.rectangle(page, (100, top), (100 + SIDE, top + SIDE), 20, thick)
        cv2.putText(page, "No", (145, top + 24), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 20, 2)
    return page


def places(page: NDArray[np.uint8], moved: float = 0.0) -> list[tuple[Sheet, Square]]:
    sheet = Sheet(number=1, flat=page, ink=(page < 160).astype(np.uint8), scale=200 / 72)
    return [
        (sheet, Square(left=100 + moved, top=top - moved, width=SIDE, height=SIDE)) for top in TOPS
    ]


def windows(page: NDArray[np.uint8], moved: float = 0.0) -> tuple[Frame, list[Window]]:
    found = places(page, moved)
    seen = [cut(sheet, box) for (sheet, _), box in zip(found, laid_over(found), strict=True)]
    return frame_of(seen), seen


def inks(page: NDArray[np.uint8], moved: float = 0.0) -> list[Ink]:
    frame, seen = windows(page, moved)
    usual, _ = print_round(seen, frame)
    bare = np.zeros(usual.shape, np.uint8)
    beside = PrintBeside(usual=usual, lines=bare, words=bare, close=bare)
    left = [residue(window, frame, beside) for window in seen]
    pen = darkness_of_pen(left, frame)
    return [measure(each, frame, pen) for each in left]


@pytest.mark.parametrize("thick", [1, 2, 4, 6])
def test_an_empty_box_has_no_ink_however_thick_its_frame(thick: int) -> None:
    assert all(ink.inside == 0 and ink.strays == 0 for ink in inks(paper(thick)))


@pytest.mark.parametrize("moved", [-2.0, 0.0, 2.0])
def test_a_box_found_a_little_off_is_laid_where_the_others_lie(moved: float) -> None:
    page = paper()
    found = places(page)
    sheet, first = found[0]
    found[0] = (sheet, Square(left=first.left + moved, top=first.top, width=SIDE, height=SIDE))

    boxes = laid_over(found)

    assert boxes[0].left == pytest.approx(100, abs=1.1)


def test_a_stroke_in_one_box_is_ink_there_alone() -> None:
    page = paper()
    cv2.line(page, (104, 225), (126, 204), 40, 3)

    first, second, *others = inks(page)

    assert second.inside > 0.1
    assert second.reach > 0.5
    assert first.inside == 0
    assert all(ink.inside == 0 for ink in others)


def test_a_stroke_over_the_word_beside_a_box_is_none_in_it() -> None:
    page = paper()
    cv2.line(page, (137, 230), (142, 205), 40, 2)

    ink = inks(page)[1]

    assert ink.inside == 0
    assert ink.strays > 0.3


def test_what_sprawls_over_a_box_weighs_more_than_a_tick() -> None:
    page = paper()
    cv2.line(page, (104, 225), (126, 204), 40, 3)
    for down in range(-6, 42, 6):
        cv2.line(page, (90, 300 + down), (142, 303 + down), 40, 3)

    _, tick, scribble, *_ = inks(page)

    assert scribble.mass > 2.5 * tick.mass
    assert scribble.beyond > tick.beyond


def test_a_stroke_that_belongs_to_a_box_with_more_of_it_is_foreign() -> None:
    page = paper()
    frame, seen = windows(page)
    drawn = page.copy()
    cv2.line(drawn, (110, 320), (128, 226), 40, 3)
    sheet, box = places(drawn)[1]
    bare = np.zeros(seen[0].shape, np.uint8)
    beside = PrintBeside(usual=np.zeros_like(seen[0]), lines=bare, words=bare, close=bare)

    left = residue(cut(sheet, box), frame, beside)
    ink = measure(left, frame, 0.8, [Neighbour(x=0.0, y=100 / SIDE, inked=True)])

    assert ink.inside > 0
    assert ink.mass < 0.5


def test_the_print_of_a_role_that_is_always_marked_is_not_known() -> None:
    page = paper()
    for top in TOPS:
        cv2.rectangle(page, (105, top + 5), (125, top + 25), 30, -1)
    frame, seen = windows(page)

    _, known = print_round(seen, frame)

    assert not known


def test_ink_that_all_boxes_have_in_their_middle_is_no_print() -> None:
    page = paper()
    for top in TOPS:
        cv2.rectangle(page, (108, top + 8), (122, top + 22), 30, -1)

    assert all(ink.inside > 0.1 for ink in inks(page))

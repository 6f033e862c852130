"""What a careful clerk would look at twice is never clear."""

import random

import numpy as np
import pytest
from PIL import Image, ImageDraw

from bot.demo.form_letter import Answer
from parsers.reading import BoxRole, FormReading, Mark
from parsers.registry import read
from tests.support.scan import NAMES, filled, picture, printed, scanned, stroke

THREE = tuple(NAMES[:3])
USUAL = {NAMES[1]: Answer.ASSIGN_NONE, NAMES[2]: Answer.DENY}


def first_row(
    mark: str, role: BoxRole, *, usual: str = "tick", answer: Answer | None = None
) -> FormReading:
    """A form whose first row has one odd mark."""
    sheet = printed(THREE)
    answers = USUAL | ({NAMES[0]: answer} if answer else {})
    images = [Image.fromarray(page) for page in filled(sheet, answers, mark=usual)]
    page, at = sheet.boxes[NAMES[0], role]
    stroke(ImageDraw.Draw(images[page]), at, mark, random.Random(7))
    return read(picture([scanned(np.array(image)) for image in images], "TIFF"))


@pytest.mark.parametrize("role", list(BoxRole))
@pytest.mark.parametrize("usual", ["tick", "filled"])
def test_a_box_that_was_scribbled_over_is_never_clear(role: BoxRole, usual: str) -> None:
    reading = first_row("scribbled over", role, usual=usual)

    row = next(row for row in reading.rows if row.designation == NAMES[0])
    assert row.doubts


def test_a_correction_waits_for_a_person() -> None:
    reading = first_row("scribbled over", BoxRole.DOES_NOT_ASSIGN, answer=Answer.ASSIGN_NONE)

    assert reading.rows[0].doubts


def test_a_stroke_that_is_hardly_there_is_not_called_a_mark() -> None:
    _, box = first_row("faint", BoxRole.DOES_NOT_ASSIGN).rows[0].boxes[3]

    assert box.mark is not Mark.MARKED


def test_a_speck_of_dirt_is_not_called_a_mark() -> None:
    _, box = first_row("speck", BoxRole.DOES_NOT_ASSIGN).rows[0].boxes[3]

    assert box.mark is not Mark.MARKED


def test_both_options_of_one_row_wait_for_a_person() -> None:
    answers = USUAL | {NAMES[0]: Answer.ASSIGN_BOTH_OPTIONS}
    pages = [scanned(page) for page in filled(printed(THREE), answers)]

    assert read(picture(pages, "TIFF")).rows[0].doubts

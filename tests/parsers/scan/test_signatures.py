import numpy as np
import pytest
from PIL import Image, ImageDraw

from bot.demo.form_letter import Answer
from parsers.registry import read
from tests.support.scan import NAMES, filled, picture, printed, scanned

ANSWERS = {NAMES[0]: Answer.DENY}


def signed_by(*strokes: list[tuple[float, float]], stamp: bool = False) -> bool | None:
    """Whether the reader sees a signature of such strokes, given as shares of the last page."""
    pages = filled(printed((NAMES[0],)), ANSWERS)
    last = Image.fromarray(pages[-1])
    across, down = last.size
    pen = ImageDraw.Draw(last)
    for stroke in strokes:
        pen.line([(x * across, y * down) for x, y in stroke], fill=40, width=4, joint="curve")
    if stamp:
        pen.ellipse((0.5 * across, 0.75 * down, 0.65 * across, 0.85 * down), outline=90, width=6)
    whole = [*pages[:-1], np.asarray(last)]
    return read(picture([scanned(page) for page in whole], "TIFF")).signatory.signed


FLOURISH = [(0.15 + 0.02 * step, 0.8 + (0.03 if step % 2 else -0.02)) for step in range(12)]


@pytest.mark.parametrize(
    ("strokes", "stamp", "expected"),
    [
        pytest.param([FLOURISH], False, True, id="a signature"),
        pytest.param([], True, True, id="a stamp"),
        pytest.param([], False, False, id="nothing but print"),
        pytest.param([[(0.1, 0.8), (0.5, 0.8)]], False, False, id="the line to sign on"),
    ],
)
def test_ink_larger_than_print_under_the_table_is_a_signature_or_a_stamp(
    strokes: list[list[tuple[float, float]]],
    stamp: bool,
    expected: bool,
) -> None:
    assert signed_by(*strokes, stamp=stamp) is expected

"""Pictures that are damaged, monstrous or of something else are flagged, and soon."""

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from parsers.reading import Doubt
from parsers.registry import read
from tests.support.scan import NAMES, picture, printed

PAGE = picture([printed((NAMES[0],)).pages[0]], "PNG")


def _picture(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> bytes:
    written = io.BytesIO()
    Image.fromarray(pixels).save(written, "PNG")
    return written.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(_picture(np.full((900, 700), 255, np.uint8)), id="white"),
        pytest.param(_picture(np.zeros((900, 700), np.uint8)), id="black"),
        pytest.param(
            _picture(np.random.default_rng(1).integers(0, 255, (900, 700), np.uint8)), id="noise"
        ),
        pytest.param(
            _picture(np.asarray(np.indices((1200, 900)).max(axis=0) % 12 < 2, np.uint8) * 255),
            id="stripes",
        ),
        pytest.param(
            _picture(np.asarray((np.indices((1500, 1100)) % 26 >= 2).all(axis=0), np.uint8) * 255),
            id="squared paper",
        ),
        pytest.param(_picture(np.full((70, 20_000), 255, np.uint8)), id="a strip"),
        pytest.param(_picture(np.full((3, 3), 255, np.uint8)), id="three pixels"),
    ],
)
def test_a_picture_without_a_form_is_flagged(data: bytes) -> None:
    reading = read(data)

    assert reading.rows == ()
    assert reading.doubts


def test_a_picture_cut_short_is_flagged() -> None:
    reading = read(PAGE[: len(PAGE) // 2])

    assert reading.rows == ()
    assert reading.doubts


def test_a_picture_of_too_many_pixels_is_not_unpacked() -> None:
    written = io.BytesIO()
    Image.new("1", (10_000, 9_000)).save(written, "PNG")

    reading = read(written.getvalue())

    assert Doubt.TOO_LARGE in reading.doubts


@settings(max_examples=15, deadline=None)
@given(st.integers(0, len(PAGE) - 1), st.binary(min_size=1, max_size=40))
def test_damage_anywhere_is_survived(at: int, garbage: bytes) -> None:
    read(PAGE[:at] + garbage + PAGE[at + len(garbage) :])

"""The sheet of paper on a photograph."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from parsers.scan.paper import paper_corners

CORNERS = np.array([[90, 60], [870, 130], [930, 1260], [60, 1200]], dtype=np.float64)


def photograph(
    corners: NDArray[np.float64], *, table: int = 90, shadow: float = 1.0
) -> NDArray[np.uint8]:
    picture = np.full((1320, 1000), table, dtype=np.uint8)
    cv2.fillConvexPoly(picture, np.rint(corners).astype(np.int32), 235)
    for top in range(300, 1000, 40):
        cv2.line(picture, (250, top), (750, top), 60, 4)
    light = np.ones(picture.shape, dtype=np.float32)
    light[:, :480] = shadow
    soft = cv2.GaussianBlur(light, (0, 0), 40)
    return np.asarray(picture * soft, dtype=np.uint8)


@pytest.mark.parametrize("shadow", [1.0, 0.55], ids=["evenly lit", "half in shadow"])
def test_the_corners_are_found_whatever_the_light(shadow: float) -> None:
    found = paper_corners(photograph(CORNERS, shadow=shadow))
    assert found is not None
    assert np.abs(found - CORNERS).max() < 6


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(np.full((1320, 1000), 250, dtype=np.uint8), id="a scan"),
        pytest.param(photograph(CORNERS, table=215), id="a table as bright as paper"),
        pytest.param(photograph(CORNERS - (0.0, 200.0)), id="an edge out of the picture"),
        pytest.param(np.full((100, 90), 250, dtype=np.uint8), id="a tiny picture"),
    ],
)
def test_no_corners_are_made_up(picture: NDArray[np.uint8]) -> None:
    assert paper_corners(picture) is None

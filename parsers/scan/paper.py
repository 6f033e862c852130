"""The sheet of paper on a photograph: where its four edges are.

A shadow darkens paper and table alike, and gradually; at the paper's edge it turns bright at once.
So edges are looked for where shades differ sharply by a share, not by a level, and each of the four
by itself.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.scan.pictures import Grey

#: Long side, in pixels, of the picture that edges are looked for on.
_SMALL = 320
#: Sides of print that is taken away before, in those pixels.
_PRINT = 7
#: By how much paper is brighter than what lies under it (difference of logarithms).
_BRIGHTER = 0.22
#: Steepest edge, in pixels across to one along, and steps that slopes are tried in.
_STEEPEST, _STEP = 0.36, 0.012
#: Which share of a picture's side an edge of the paper runs along at least.
_SEEN = 0.4
#: Smallest share of a picture that is paper, and the sines of its corners' angles.
_FEWEST, _SQUARE = 0.25, 0.9
#: How much two opposite edges may differ in length.
_OPPOSITE = 0.7
#: The least and the most that a sheet is longer than wide.
_RATIO = (1.1, 1.75)


def paper_corners(grey: Grey) -> NDArray[np.float64] | None:
    """The corners of the paper in pixels, clockwise from the top left.

    None where no paper lies on something darker with all its edges in the picture: most scans.
    """
    factor = _SMALL / max(grey.shape)
    if factor >= 0.5:
        return None
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    bare = cv2.morphologyEx(
        cv2.medianBlur(small, 3), cv2.MORPH_CLOSE, np.ones((_PRINT, _PRINT), dtype=np.uint8)
    )
    shades = np.log(np.maximum(bare, 8).astype(np.float32))
    # Each edge is the left one of the picture turned so that it is.
    turns = (shades, shades[:, ::-1], shades.T, shades.T[:, ::-1])
    edges = [_left_edge(np.ascontiguousarray(each)) for each in turns]
    found = [each for each in edges if each is not None]
    if len(found) < len(edges):
        return None
    height, width = shades.shape
    left, right, top, bottom = found
    right = (width - 1 - right[0], -right[1])
    bottom = (height - 1 - bottom[0], -bottom[1])
    corners = np.array(
        [_crossing(each, level) for level in (top, bottom) for each in (left, right)]
    )[[0, 1, 3, 2]]
    if not _is_sheet(corners, width, height):
        return None
    return np.asarray((corners + 0.5) / factor - 0.5, dtype=np.float64)


def _left_edge(shades: NDArray[np.float32]) -> tuple[float, float] | None:
    """Where paper begins from the left: column at the top row, and columns to a row."""
    height, width = shades.shape
    rises = np.zeros_like(shades)
    rises[:, 2:-1] = shades[:, 3:] - shades[:, :-3]
    # The place where it rises most among its neighbours, on each row.
    peak = rises >= cv2.dilate(rises, np.ones((1, 7), dtype=np.uint8))
    ys, xs = np.nonzero(peak & (rises > _BRIGHTER))
    if ys.size < _SEEN * height:
        return None
    best, line = 0.0, None
    for slope in np.arange(-_STEEPEST, _STEEPEST + _STEP / 2, _STEP):
        starts = np.rint(xs - slope * (ys - height / 2)).astype(np.intp)
        inside = (starts >= 0) & (starts < width)
        votes = np.bincount(starts[inside], minlength=width).astype(np.float64)
        near = votes.copy()
        near[1:] += votes[:-1]
        near[:-1] += votes[1:]
        at = int(near.argmax())
        if near[at] > best:
            best, line = float(near[at]), (float(at), float(slope))
    if line is None or best < _SEEN * height:
        return None
    middle, slope = line
    close = np.abs(xs - slope * (ys - height / 2) - middle) <= 2
    slope, start = (float(each) for each in np.polyfit(ys[close], xs[close], 1))
    return start, slope


def _crossing(upright: tuple[float, float], level: tuple[float, float]) -> tuple[float, float]:
    """Where x = a + b y and y = c + d x meet."""
    a, b = upright
    c, d = level
    x = (a + b * c) / (1 - b * d)
    return x, c + d * x


def _is_sheet(corners: NDArray[np.float64], width: int, height: int) -> bool:
    """Whether four corners may be those of a sheet of paper that a camera looked at."""
    sides = np.roll(corners, -1, axis=0) - corners
    lengths = np.hypot(sides[:, 0], sides[:, 1])
    if lengths.min() < 20:
        return False
    before = np.roll(sides, 1, axis=0)
    sines = (before[:, 0] * sides[:, 1] - before[:, 1] * sides[:, 0]) / (
        lengths * np.roll(lengths, 1)
    )
    area = 0.5 * float(
        np.sum(
            corners[:, 0] * np.roll(corners[:, 1], -1) - np.roll(corners[:, 0], -1) * corners[:, 1]
        )
    )
    across, down = lengths[0] + lengths[2], lengths[1] + lengths[3]
    ratio = max(across, down) / min(across, down)
    return bool(
        area > _FEWEST * width * height
        and sines.min() > _SQUARE
        and min(lengths[0], lengths[2]) > _OPPOSITE * max(lengths[0], lengths[2])
        and min(lengths[1], lengths[3]) > _OPPOSITE * max(lengths[1], lengths[3])
        and _RATIO[0] < ratio < _RATIO[1]
    )

"""What a pen did in and round the boxes of a form, measured against the form's own print."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.scan.residue import Residue
from parsers.scan.strokes import SPECK, Neighbour, extent_of, share_of, told_apart
from parsers.scan.windows import FIRST, LAST, SIDE, Frame, Window

#: Share of the pen's darkness from which on a pixel is part of its stroke.
_STROKE = 0.4
#: Pixels beyond a frame within which a stroke touches it.
_TOUCH = 3
#: How far, in sides, the middle of a box is away whose ink may come to this one's edge.
_EDGED = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """What a pen left at one box; lengths in sides of the box, areas in its area.

    Attributes:
        inside: share of the inner area that is ink, faint ink included, specks left out.
        reach: longest extent of such ink within the inner area.
        core: share of the inner area that is ink, its edge left out.
        solid: share of the inner area that is as dark as the pen's strokes.
        ruled: share of the inner area, its edge left out, that a ruling line runs through.
        strays: longest extent of a stroke beside the box that does not go through it, nor comes
            to another box.
        foreign: share of the inner area taken by strokes that belong rather to another box.
        mass: area of the strokes that go through the box, in and outside it.
        hull: area of their convex hull.
        filling: which share of their hull is dark, the frame included.
        beyond: how far they go out of the box at most.
        crossings: greatest usual number of strokes that a line across all of them meets.
        offset: how far their middle is from that of the box.
        edged: whether another box, with ink in it, is close enough for that to be at the edge.
        touching: how much of another box, where no other ink is, they touch.
        dots: how many dots, too small for a stroke, are strewn in and round the box.
        framed: how much of the weakest side of the form's usual frame is there, 0 to 1.
    """

    inside: float = 0.0
    reach: float = 0.0
    core: float = 0.0
    solid: float = 0.0
    ruled: float = 0.0
    strays: float = 0.0
    foreign: float = 0.0
    mass: float = 0.0
    hull: float = 0.0
    filling: float = 0.0
    beyond: float = 0.0
    crossings: float = 0.0
    offset: float = 0.0
    edged: bool = False
    touching: float = 0.0
    dots: int = 0
    framed: float = 1.0


def measure(left: Residue, frame: Frame, pen: float, neighbours: Sequence[Neighbour] = ()) -> Ink:
    """Measures the pen's ink at one box.

    Args:
        left: of its picture without the print.
        frame: of the form's boxes.
        pen: how dark its strokes are.
        neighbours: other boxes near it.
    """
    inner = frame.inner
    strokes = (left.ink > _STROKE * pen).astype(np.uint8)
    found = told_apart(strokes, left.words, neighbours, frame)
    own = found.own
    bare = Ink(
        inside=left.inside,
        reach=left.reach,
        solid=float(strokes[inner].mean()),
        core=left.core,
        ruled=float((left.lines[frame.core] > 0).mean()),
        strays=found.strays,
        foreign=found.foreign,
        edged=any(
            at.inked and max(abs(at.x), abs(at.y)) < _EDGED and min(abs(at.x), abs(at.y)) < 0.5
            for at in neighbours
        ),
        dots=_dots(strokes),
        framed=_framed(left.window, frame),
    )
    if not own.any():
        return bare
    area = float(own.sum())
    dark = left.window > max(_STROKE * pen, 0.25)
    # The frame hides what crosses it: what is dark beside a stroke is the stroke.
    beside = cv2.dilate(own.astype(np.uint8), np.ones((3, 3), dtype=np.uint8)) > 0
    shape = (own | (dark & beside)).astype(np.uint8)
    hull = np.zeros_like(shape)
    cv2.fillConvexPoly(hull, cv2.convexHull(cv2.findNonZero(shape)), 1)
    first_x, first_y, last_x, last_y = extent_of(own)
    out = [(FIRST - first_x), (FIRST - first_y), (last_x - LAST), (last_y - LAST)]
    rows, columns = np.nonzero(own)
    middle = (FIRST + LAST) / 2
    return replace(
        bare,
        mass=area / SIDE**2,
        hull=float(hull.sum()) / SIDE**2,
        filling=float(dark[hull > 0].mean()),
        beyond=max(out) / SIDE,
        crossings=_runs(shape),
        touching=max(
            (
                share_of(own, at, frame.inset + _TOUCH) / SIDE**2
                for at in neighbours
                if not at.inked
            ),
            default=0.0,
        ),
        offset=float(max(abs(columns.mean() - middle), abs(rows.mean() - middle))) / SIDE,
    )


def _runs(strokes: NDArray[np.uint8]) -> float:
    """How many strokes a line across meets: the fourth greatest count of all lines, either way."""
    counts: list[int] = []
    for each in (strokes.astype(np.int8), strokes.T.astype(np.int8)):
        starts = np.diff(each, axis=1, prepend=0) == 1
        counts.extend(starts.sum(axis=1).tolist())
    counts.sort(reverse=True)
    return float(counts[3]) if len(counts) > 3 else 0.0


def _dots(strokes: NDArray[np.uint8]) -> int:
    """How many pieces are too small for a stroke."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    return int((stats[1:, cv2.CC_STAT_AREA] < SPECK).sum())


def _framed(window: Window, frame: Frame) -> float:
    """How much of the weakest side of the usual frame is in a window."""
    usual = frame.print
    along = slice(FIRST + SIDE // 8, LAST - SIDE // 8 + 1)
    shares = []
    wide = cv2.dilate(window, np.ones((3, 3), dtype=np.uint8))
    for at in (FIRST, LAST):
        for there, wanted in (
            (wide[along, at], usual[along, at]),
            (wide[at, along], usual[at, along]),
        ):
            shares.append(float((there > 0.5 * wanted).mean()))
    return min(shares)

"""Whose the strokes at a box are: its own, another box's, or stray ones beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.scan.windows import FIRST, LAST, SIDE, Frame

#: Pixels of the smallest piece that is a stroke.
SPECK = 8
#: How near, in sides, a stroke beside a box is one beside it, and one of those in it.
_NEAR, _OF_IT = 0.5, 0.3
#: Pixels round an inked box within which a stroke that goes farther begins.
_BESIDE = 10
#: A level or plumb stroke as thin and long as this, in pixels, is what is left of a ruling line.
_THIN, _LONG = 4, 20
#: Share of a piece that lies in a line of print if it is part of it.
_WORDED = 0.6

Piece = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """Another box near one.

    Attributes:
        x, y: of its middle, in sides of the box from that one's middle.
        inked: whether there is ink in it: then strokes beside it are its own.
    """

    x: float
    y: float
    inked: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Strokes:
    """The strokes of one window, told apart.

    Attributes:
        own: where those are that go through the box.
        strays: longest extent, in sides, of one beside it that does not, nor comes to another box.
        foreign: share of the inner area taken by those that belong rather to another box.
    """

    own: Piece
    strays: float
    foreign: float


def told_apart(
    strokes: NDArray[np.uint8],
    words: NDArray[np.uint8],
    neighbours: Sequence[Neighbour],
    frame: Frame,
) -> Strokes:
    """Tells whose the strokes are.

    Args:
        strokes: 1 where they are.
        words: 1 where lines of print may be: what is there is nothing stray.
        neighbours: other boxes near the one in the window.
        frame: of the form's boxes.
    """
    own = np.zeros(strokes.shape, dtype=np.bool_)
    near = round(_NEAR * SIDE)
    zone = slice(FIRST - near, LAST + near + 1)
    if not strokes[zone, zone].any():
        return Strokes(own=own, strays=0.0, foreign=0.0)
    # The frame is print and cuts strokes in two: what lies on both sides of it is one.
    joined = cv2.dilate(strokes, np.ones((7, 7), dtype=np.uint8))
    across = 2 * frame.inset + 5
    wide = cv2.dilate(strokes, np.ones((across, across), dtype=np.uint8))
    band = slice(FIRST - frame.inset - 1, LAST + frame.inset + 2)
    wide[frame.inner] = 0
    joined[band, band] = cv2.max(joined[band, band], wide[band, band])
    count, labels = cv2.connectedComponents(joined, connectivity=8)
    labels[strokes == 0] = 0
    total = float(strokes[frame.inner].size)
    strays = foreign = 0.0
    beside: list[Piece] = []
    for label in range(1, count):
        piece = labels == label
        size = int(piece.sum())
        if size < SPECK:
            continue
        here = int(piece[frame.inner].sum())
        elsewhere = max((share_of(piece, at, -frame.inset) for at in neighbours), default=0)
        if here and elsewhere > 2.5 * here:
            foreign += here / total
        elif here:
            own |= piece
        elif _gap(piece) < _NEAR and elsewhere < 0.1 * size:
            theirs = any(share_of(piece, at, _BESIDE) for at in neighbours if at.inked)
            if not theirs and not _is_line(piece):
                if int((words[piece] > 0).sum()) < _WORDED * size:
                    strays = max(strays, _longest(piece))
                beside.append(piece)
    if own.any():
        for piece in beside:
            if _gap(piece) < _OF_IT:
                own |= piece
    return Strokes(own=own, strays=strays, foreign=foreign)


def share_of(piece: Piece, at: Neighbour, more: int) -> int:
    """How much of a piece lies in another box, made larger at each side by so many pixels."""
    left, top = FIRST + at.x * SIDE - more, FIRST + at.y * SIDE - more
    last = SIDE + 2 * more + 1
    rows = slice(max(0, round(top)), max(0, round(top + last)))
    columns = slice(max(0, round(left)), max(0, round(left + last)))
    return int(piece[rows, columns].sum())


def extent_of(piece: Piece) -> tuple[int, int, int, int]:
    """The first and last column and row of pixels of a piece: left, top, right and bottom."""
    columns, rows = np.flatnonzero(piece.any(axis=0)), np.flatnonzero(piece.any(axis=1))
    return int(columns[0]), int(rows[0]), int(columns[-1]), int(rows[-1])


def _gap(piece: Piece) -> float:
    """How far a piece is from the box, in its sides."""
    left, top, right, bottom = extent_of(piece)
    return max(left - LAST, FIRST - right, top - LAST, FIRST - bottom, 0) / SIDE


def _is_line(piece: Piece) -> bool:
    left, top, right, bottom = extent_of(piece)
    sides = sorted((right - left, bottom - top))
    return sides[0] <= _THIN and sides[1] >= _LONG


def _longest(piece: Piece) -> float:
    left, top, right, bottom = extent_of(piece)
    return max(right - left, bottom - top) / SIDE

"""Printed check boxes that are empty: hollow squares, and the size that a form's boxes have."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.scan.upright import Sheet

#: Sides of a box in points, its frame included.
_SMALLEST, _LARGEST = 5.0, 22.0
#: Squares of a page that make a form.
_FORM = 3
#: Smallest side of the hole in points: a small box in a bold frame has little of it.
_HOLE = 3.0
#: Squares of a page that are looked at: squared paper has thousands.
_MOST = 400
#: How square a hole must be, and which share of its rectangle it must fill.
_SQUARE, _FULL = 0.78, 0.86
#: How much the sides of a form's boxes differ.
_ALIKE = 0.14
#: Which share of an empty box's inside may be ink.
_CLEAN = 0.06
#: How thick a frame may be, as a share of its hole.
_THICKEST = 0.45
#: Pixels that a frame may be thick in any case: blurred, a bold one of a small box is.
_THICK = 8.0
#: Pixels up to which a gap in a frame is mended.
_GAP = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """A printed box: the middle lines of its frame, in pixels.

    Attributes:
        left, top: of the frame.
        width, height: from the middle of one side of the frame to that of the other.
        edges: which share of its edges is ink; 1 only where it is hollow, too.
    """

    left: float
    top: float
    width: float
    height: float
    edges: float = 1.0

    @property
    def right(self) -> float:
        """Of the frame."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Of the frame."""
        return self.top + self.height

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre: x, y."""
        return self.left + self.width / 2, self.top + self.height / 2


def holes(sheet: Sheet) -> list[Square]:
    """The empty squares of a page: white, square, framed."""
    closed = cv2.max(*mended(sheet.ink, _GAP))
    contours, levels = cv2.findContours(closed, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return []  # OpenCV then gives no levels either.
    found: list[Square] = []
    small: list[Square] = []
    low, high = _HOLE * sheet.scale, _LARGEST * sheet.scale
    for contour, level in zip(contours, levels[0], strict=True):
        if level[3] < 0 or len(contour) < 4:
            continue
        # The border of a hole runs on the frame's own inner pixels.
        left, top, width, height = cv2.boundingRect(contour)
        if not (low <= width <= high and low <= height <= high):
            continue
        if min(width, height) < _SQUARE * max(width, height):
            continue
        if cv2.contourArea(contour) < _FULL * (width - 1) * (height - 1):
            continue
        inside = sheet.ink[top + 3 : top + height - 3, left + 3 : left + width - 3]
        if not inside.size or float(inside.mean()) > _CLEAN:
            continue  # Letters that run together have ink inside.
        framed = _framed(sheet.ink, left, top, width, height)
        if framed is None or min(framed.width, framed.height) < _SMALLEST * sheet.scale:
            continue
        (found if min(width, height) >= _SMALLEST * sheet.scale else small).append(framed)
        if len(found) + len(small) >= _MOST:
            break
    # Letters have small holes too: those count only where no larger ones make a form.
    return found if len(found) >= _FORM else found + small


def _framed(ink: NDArray[np.uint8], left: int, top: int, width: int, height: int) -> Square | None:
    """The box round a hole, measured to the middle of its frame; None where the frame is too thick."""
    x, y = left + width // 2, top + height // 2
    third_x, third_y = max(1, width // 6), max(1, height // 6)
    across = slice(max(0, y - third_y), y + third_y + 1)
    down = slice(max(0, x - third_x), x + third_x + 1)
    far_x, far_y = width + width // 2, height + height // 2
    sides = (
        ink[across, max(0, x - far_x) : x + 1][:, ::-1],
        ink[across, x : x + far_x],
        ink[max(0, y - far_y) : y + 1, down][::-1].T,
        ink[y : y + far_y, down].T,
    )
    starts, thick = [], []
    for side in sides:
        begins, ends = _first_run(side)
        starts.append(begins)
        thick.append(ends - begins)
    if min(thick) < 1:
        return None
    # A stroke, a ruling line or another box may make one or two sides seem thicker.
    frame = sum(sorted(thick)[:2]) / 2
    if frame > max(_THICK, _THICKEST * min(width, height)):
        return None
    half = (frame - 1) / 2
    return Square(
        left=x - starts[0] - half,
        top=y - starts[2] - half,
        width=starts[0] + starts[1] + 2 * half,
        height=starts[2] + starts[3] + 2 * half,
    )


def _first_run(lines: NDArray[np.uint8]) -> tuple[float, float]:
    """Where ink begins and ends on lines that go outwards; the same twice where there is none."""
    if not lines.size or not lines.any():
        return 0.0, 0.0
    inked = lines[lines.any(axis=1)] > 0
    begins = inked.argmax(axis=1)
    after = np.arange(inked.shape[1])[None, :] >= begins[:, None]
    paper = after & ~inked
    ends = np.where(paper.any(axis=1), paper.argmax(axis=1), inked.shape[1])
    return float(np.median(begins)), float(np.median(ends))


def mended(ink: NDArray[np.uint8], gap: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Level and plumb lines without the gaps, up to so many pixels, that a fax leaves in them."""
    kernels = (np.ones((1, gap), dtype=np.uint8), np.ones((gap, 1), dtype=np.uint8))
    level, plumb = (cv2.morphologyEx(ink, cv2.MORPH_CLOSE, kernel) for kernel in kernels)
    return np.asarray(level, dtype=np.uint8), np.asarray(plumb, dtype=np.uint8)


def usual_size(pages: Iterable[Sequence[Square]]) -> tuple[float, float] | None:
    """The sides that most of a form's boxes have; None where there are no boxes.

    Squares count by the columns they stand in: characters with a square hole stand anywhere.
    """
    pages = list(pages)
    return _size(pages, one_column=True) or _size(pages, one_column=False)


def _size(pages: Sequence[Sequence[Square]], *, one_column: bool) -> tuple[float, float] | None:
    counted: list[tuple[int, Square]] = []
    for squares in pages:
        for one in squares:
            mates = sum(
                (abs(each.left - one.left) < 0.3 * one.width or not one_column)
                and alike(each.width, one.width)
                and alike(each.height, one.height)
                for each in squares
            )
            if mates >= 2:
                counted.append((mates, one))
    if not counted:
        return None
    weights = []
    for _, one in counted:
        weight = sum(
            mates
            for mates, each in counted
            if alike(each.width, one.width) and alike(each.height, one.height)
        )
        # Frames of larger boxes hold fewer by chance.
        weights.append(weight * one.width)
    best = counted[int(np.argmax(weights))][1]
    same = [
        each
        for _, each in counted
        if alike(each.width, best.width) and alike(each.height, best.height)
    ]
    return (
        float(np.median([each.width for each in same])),
        float(np.median([each.height for each in same])),
    )


def alike(one: float, other: float) -> bool:
    """Whether two sides may be those of one form's boxes."""
    return abs(one - other) <= max(2.0, _ALIKE * max(one, other))

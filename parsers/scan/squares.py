"""Printed check boxes that are empty: hollow squares, and the size that a form's boxes have."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.scan.upright import Sheet

#: Sides of a box in points, its frame included.
_SMALLEST, _LARGEST = 5.0, 22.0
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
    found = []
    low, high = _SMALLEST * sheet.scale, _LARGEST * sheet.scale
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
        thick = _thickness(sheet.ink, left, top, left + width - 1, top + height - 1)
        if thick is None or thick > _THICKEST * min(width, height):
            continue
        found.append(
            Square(
                left=left - (thick - 1) / 2,
                top=top - (thick - 1) / 2,
                width=width - 1 + thick - 1,
                height=height - 1 + thick - 1,
            )
        )
        if len(found) >= _MOST:
            break
    return found


def _thickness(
    ink: NDArray[np.uint8], left: int, top: int, right: int, bottom: int
) -> float | None:
    """Pixels that the frame round a hole is thick; None where its sides are not alike."""
    reach = max(4, (right - left) // 2)
    third = (right - left) // 3
    middle_x, middle_y = (
        slice(left + third, right - third + 1),
        slice(top + third, bottom - third + 1),
    )
    sides = (
        ink[middle_y, max(0, left - reach + 1) : left + 1][:, ::-1],
        ink[middle_y, right : right + reach],
        ink[max(0, top - reach + 1) : top + 1, middle_x][::-1].T,
        ink[bottom : bottom + reach, middle_x].T,
    )
    found = []
    for side in sides:
        if not side.size:
            return None
        # How far ink reaches from the hole outwards.
        paper = np.argmax(side == 0, axis=1)
        paper[side.all(axis=1)] = reach
        found.append(float(np.median(paper)))
    # A stroke, a ruling line or another box may make one or two sides seem thicker.
    found.sort()
    return max(1.0, (found[0] + found[1]) / 2)


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

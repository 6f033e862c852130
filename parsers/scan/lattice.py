"""Boxes that a heavy mark, a stamp or a bad line has left too little of, found by the other rows'.

A form's table repeats itself: the same four boxes at the same places in every row. Where several
rows have all of them, a row that lacks one has it at the same place, if the paper shows as much as
two sides of a box there; where it shows none, the row stays incomplete.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.scan.pages import FormPage, FormRow
from parsers.scan.squares import Square, mended

#: The boxes of a draft text.
_BOXES = 4
#: Sides of a box by which rows differ, and by which boxes stand apart at least.
_SAME, _APART = 0.22, 0.95
#: Rows that must agree on where their boxes are.
_ROWS = 2
#: Pixels round the place where a box must be in which it is looked for.
_ROUND = 5
#: Which share of an edge must be ink, for so many of them, and of all edges on average.
_EDGE, _EDGES, _MEAN = 0.8, 2, 0.5
#: Pixels up to which a gap in an edge is mended.
_GAP = 4

#: Where a row's boxes are from the first one: across and down.
_Places = tuple[tuple[float, float], ...]


def complete(rows: Sequence[FormRow]) -> set[int]:
    """Gives rows the boxes that they lack.

    Args:
        rows: of the whole form; the boxes of some are added to.

    Returns:
        The identities of the pages where boxes were added.
    """
    patterns = _patterns(rows)
    changed = set()
    for row in rows:
        if not patterns or not 0 < len(row.boxes) < _BOXES:
            continue
        around = [box for other in rows if other.page is row.page for box in other.boxes]
        found = [each for places in patterns if (each := _lacking(row, places, around))]
        # Two patterns that both fit must mean the same places.
        if found and all(_agree(each, found[0]) for each in found):
            row.boxes = sorted([*row.boxes, *found[0]], key=lambda box: (box.top, box.left))
            changed.add(id(row.page))
    return changed


def _patterns(rows: Iterable[FormRow]) -> list[_Places]:
    """Where boxes are in rows that have them all, as far as several rows agree."""
    whole = [row.boxes for row in rows if len(row.boxes) == _BOXES]
    found: list[list[_Places]] = []
    for boxes in whole:
        places = tuple((box.left - boxes[0].left, box.top - boxes[0].top) for box in boxes)
        for group in found:
            if _alike(places, group[0], _SAME * boxes[0].width):
                group.append(places)
                break
        else:
            found.append([places])
    return [
        tuple((float(x), float(y)) for x, y in np.median(np.array(group), axis=0))
        for group in found
        if len(group) >= _ROWS
    ]


def _alike(one: _Places, other: _Places, slack: float) -> bool:
    return all(
        abs(a - c) <= slack and abs(b - d) <= slack
        for (a, b), (c, d) in zip(one, other, strict=True)
    )


def _agree(one: Sequence[Square], other: Sequence[Square]) -> bool:
    return len(one) == len(other) and all(
        abs(a.left - b.left) <= _SAME * a.width and abs(a.top - b.top) <= _SAME * a.height
        for a, b in zip(one, other, strict=True)
    )


def _lacking(row: FormRow, places: _Places, around: Sequence[Square]) -> list[Square] | None:
    """The boxes that a row lacks of a pattern; None where it is not told or they are not there."""
    results: list[list[Square]] = []
    for first in range(_BOXES):
        left = row.boxes[0].left - places[first][0]
        top = row.boxes[0].top - places[first][1]
        at = [_at(box, left, top, places) for box in row.boxes]
        if None in at or any(b is None or a is None or a >= b for a, b in pairwise(at)):
            continue
        missing = [
            _framed(row.page, left + x, top + y, row.boxes[0])
            for index, (x, y) in enumerate(places)
            if index not in at
        ]
        boxes = [each for each in missing if each is not None]
        if len(boxes) == len(missing) and all(_apart(each, around) for each in boxes):
            results.append(boxes)
    return results[0] if len(results) == 1 else None


def _at(box: Square, left: float, top: float, places: _Places) -> int | None:
    slack = _SAME * box.width
    return next(
        (
            index
            for index, (x, y) in enumerate(places)
            if abs(box.left - left - x) <= slack and abs(box.top - top - y) <= slack
        ),
        None,
    )


def _apart(box: Square, around: Iterable[Square]) -> bool:
    return all(
        abs(box.left - other.left) > _APART * box.width
        or abs(box.top - other.top) > _APART * box.height
        for other in around
    )


def _framed(page: FormPage, left: float, top: float, like: Square) -> Square | None:
    """A box close to a place, if as much of its frame is there as a fax or a stamp may leave."""
    across, down = round(like.width), round(like.height)
    room = _ROUND + 4
    first_x, first_y = round(left) - room, round(top) - room
    height, width = page.sheet.ink.shape
    if min(first_x, first_y) < 0:
        return None
    if first_x + across + 2 * room >= width or first_y + down + 2 * room >= height:
        return None
    part = page.sheet.ink[
        first_y : first_y + down + 2 * room + 1, first_x : first_x + across + 2 * room + 1
    ]
    level, plumb = mended(part, _GAP)
    # An edge may waver by a pixel across its own direction.
    level = np.asarray(cv2.dilate(level, np.ones((3, 1), dtype=np.uint8)), dtype=np.uint8)
    plumb = np.asarray(cv2.dilate(plumb, np.ones((1, 3), dtype=np.uint8)), dtype=np.uint8)
    best: tuple[float, int, int] | None = None
    for y in range(4, 4 + 2 * _ROUND + 1):
        for x in range(4, 4 + 2 * _ROUND + 1):
            edges = _edges(level, plumb, (x, y), (across, down))
            if sum(edge >= _EDGE for edge in edges) >= _EDGES and sum(edges) / 4 >= _MEAN:
                best = max(best or (0.0, 0, 0), (sum(edges) / 4, x, y))
    if best is None:
        return None
    return Square(
        left=float(first_x + best[1]),
        top=float(first_y + best[2]),
        width=like.width,
        height=like.height,
        edges=min(0.99, best[0]),
    )


def _edges(
    level: NDArray[np.uint8], plumb: NDArray[np.uint8], at: tuple[int, int], size: tuple[int, int]
) -> tuple[float, float, float, float]:
    """Which share of each edge is ink: over, under, left, right."""
    (x, y), (across, down) = at, size
    return (
        float(level[y, x : x + across + 1].mean()),
        float(level[y + down, x : x + across + 1].mean()),
        float(plumb[y : y + down + 1, x].mean()),
        float(plumb[y : y + down + 1, x + across].mean()),
    )

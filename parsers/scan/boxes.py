"""Finding all printed check boxes of a page, those that a heavy mark has left little of, too.

Most boxes of a form are empty: they tell the size and the columns. A marked one has lost its hole,
but has four edges of that size in one of those columns, and letters do not go on beside it.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.scan.ruling import Ruling
from parsers.scan.squares import Square, alike, mended
from parsers.scan.upright import Sheet

#: Which share of an edge must be ink: the weakest of the four, and on average.
_EDGE, _EDGES = 0.66, 0.83
#: From top to top of two boxes, in heights.
_APART = 1.035
#: Which share of its edges a square must have that something runs into.
_GOOD, _BEST = 0.9, 0.96
#: Places in one column that may be looked at: a good box is found at some twenty of them.
_MOST = 4000
#: Pixels up to which a gap in an edge is mended.
_GAP = 4


def boxes(
    sheet: Sheet, ruling: Ruling, found: Sequence[Square], size: tuple[float, float]
) -> list[Square]:
    """All boxes of a page from top to bottom, marked ones included.

    Args:
        sheet: the page.
        ruling: its ruling lines.
        found: its holes.
        size: the usual sides of the form's boxes.
    """
    empty = [each for each in found if alike(each.width, size[0]) and alike(each.height, size[1])]
    # An edge may waver by a pixel across its own direction; gaps along it stay gaps.
    bare = sheet.ink
    level, plumb = mended(sheet.ink, _GAP)
    level = np.asarray(cv2.dilate(level, np.ones((3, 1), dtype=np.uint8)), dtype=np.uint8)
    plumb = np.asarray(cv2.dilate(plumb, np.ones((1, 3), dtype=np.uint8)), dtype=np.uint8)
    result: list[Square] = []
    if not empty:
        return []
    first, last = _in_table(ruling.plumb, empty)
    for column in _columns(empty, size[0]):
        left = min(each.left for each in column)
        right = max(each.left for each in column)
        result.extend(
            each
            for each in _matches(level, plumb, left - 4, right + 4, size)
            if not (
                _lies_on(ruling.level, each, each.top) and _lies_on(ruling.level, each, each.bottom)
            )
            and _stands_free(bare, each)
        )
    result.extend(empty)
    result = [each for each in result if first <= each.middle[1] <= last]
    return _without_letters(_distinct(result, size), empty, bare)


def _lies_on(ruled: NDArray[np.uint8], square: Square, at: float) -> bool:
    """Whether a level edge of a square is part of a ruling line: a low row of the table is no box."""
    rows = slice(max(0, round(at) - 3), round(at) + 4)
    left = max(0, round(square.left - 0.4 * square.width))
    right = round(square.right + 0.4 * square.width)
    return bool(ruled[rows, left:right].max(axis=0, initial=0).mean() > 0.95)


def _stands_free(ink: NDArray[np.uint8], square: Square) -> bool:
    """Whether there is paper round a square: letters have neighbours.

    A mark that leaves its box may cover a side or two, if the edges are good; it seldom does so
    at half the box's height, where letters go on.
    """
    left, top = round(square.left), round(square.top)
    right, bottom = round(square.right), round(square.bottom)
    near, far = 3, 6
    sides = (
        ink[top:bottom, max(0, left - far) : max(0, left - near + 1)].mean(axis=0),
        ink[top:bottom, right + near : right + far + 1].mean(axis=0),
        ink[max(0, top - far) : max(0, top - near + 1), left:right].mean(axis=1),
        ink[bottom + near : bottom + far + 1, left:right].mean(axis=1),
    )
    free = sum(not side.size or float(side.min()) < 0.25 for side in sides)
    if free < len(sides) and (free < 2 or square.edges < _GOOD):
        return False
    if square.edges >= _BEST:
        return True
    height, reach = bottom - top, round(0.33 * square.width)
    middle = slice(top + round(0.4 * height), top + round(0.8 * height))
    beside = (
        ink[middle, right + near : right + near + reach],
        ink[middle, max(0, left - near - reach) : max(0, left - near)],
    )
    return all(not part.size or float(part.mean()) < 0.1 for part in beside)


def _in_table(plumb: NDArray[np.uint8], found: Sequence[Square]) -> tuple[float, float]:
    """From where to where down the page boxes may be: within the ruled table, if there is one."""
    height = plumb.shape[0]
    rows = np.flatnonzero((plumb[:, ::2] > 0).sum(axis=1) >= 2)
    if rows.size:
        first, last = float(rows[0]) - 4, float(rows[-1]) + 4
        within = sum(first <= each.middle[1] <= last for each in found)
        if within >= 0.8 * len(found):
            return first, last
    room = 8 * max(each.height for each in found)
    return (
        max(0.0, min(each.top for each in found) - room),
        min(float(height), max(each.bottom for each in found) + room),
    )


def _without_letters(
    squares: Sequence[Square], empty: Sequence[Square], ink: NDArray[np.uint8]
) -> list[Square]:
    """Of two squares close together in one line, the one next to words is a letter."""
    width = squares[0].width if squares else 0.0
    reach = round(2.5 * width)
    right = left = 0
    for each in empty:
        rows = slice(round(each.top), round(each.bottom))
        right += int(ink[rows, round(each.right) + 3 : round(each.right) + reach].sum())
        left += int(
            ink[rows, max(0, round(each.left) - reach) : max(0, round(each.left) - 3)].sum()
        )
    towards = 1.0 if right >= left else -1.0
    kept = []
    for each in squares:
        hollow = each.edges >= 1.0
        beside = [
            other
            for other in squares
            if other is not each
            and abs(other.top - each.top) < 0.5 * each.height
            and abs(other.left - each.left) < 2.4 * width
        ]
        if any((other.left - each.left) * towards < 0 and not hollow for other in beside):
            continue
        # Boxes stand apart: what shares an edge with a better one has it from there.
        if not hollow and any(
            other.edges > each.edges
            and abs(other.left - each.left) < 0.5 * width
            and abs(other.top - each.top) < _APART * each.height
            for other in squares
            if other is not each
        ):
            continue
        kept.append(each)
    return kept


def _columns(squares: Sequence[Square], width: float) -> list[list[Square]]:
    columns: list[list[Square]] = []
    for each in sorted(squares, key=lambda square: square.left):
        if columns and each.left - columns[-1][-1].left < 0.35 * width:
            columns[-1].append(each)
        else:
            columns.append([each])
    return columns


def _matches(
    across_ink: NDArray[np.uint8],
    down_ink: NDArray[np.uint8],
    left: float,
    right: float,
    size: tuple[float, float],
) -> list[Square]:
    """Places in a column where four edges of the given size are."""
    height, width = across_ink.shape
    across, down = round(size[0]), round(size[1])
    first, last = max(0, int(left)), min(width - across - 1, int(right))
    if last <= first or height <= down + 2:
        return []
    strip = (slice(None), slice(first, last + across + 1))
    # Evidence for an edge that begins at a pixel and runs right, or down.
    rows = np.cumsum(np.pad(across_ink[strip].astype(np.float32), ((0, 0), (1, 0))), axis=1)
    columns = np.cumsum(np.pad(down_ink[strip].astype(np.float32), ((1, 0), (0, 0))), axis=0)
    level = (rows[:, across + 1 :] - rows[:, : -across - 1]) / (across + 1)
    plumb = (columns[down + 1 :] - columns[: -down - 1]) / (down + 1)
    count_x, count_y = level.shape[1], plumb.shape[0]
    edges = np.stack(
        [
            level[:count_y, :count_x],
            level[down : down + count_y, :count_x],
            plumb[:count_y, :count_x],
            plumb[:count_y, across : across + count_x],
        ]
    )
    weakest, mean = edges.min(axis=0), edges.mean(axis=0)
    good = (weakest >= _EDGE) & (mean >= _EDGES)
    ys, xs = np.nonzero(good)
    if ys.size > _MOST:
        return []  # Hatched all over: no column of boxes.
    return [
        Square(
            left=float(first + x),
            top=float(y),
            width=size[0],
            height=size[1],
            edges=min(0.99, float(mean[y, x])),
        )
        for y, x in zip(ys, xs, strict=True)
    ]


def _distinct(squares: Sequence[Square], size: tuple[float, float]) -> list[Square]:
    """The best of those that lie over one another; the middle one of equally good ones."""
    squares = sorted(squares, key=lambda each: -each.edges)
    kept: list[list[Square]] = []
    for each in squares:
        for group in kept:
            if (
                abs(each.left - group[0].left) < 0.7 * size[0]
                and abs(each.top - group[0].top) < 0.7 * size[1]
            ):
                if each.edges >= group[0].edges - 0.02:
                    group.append(each)
                break
        else:
            kept.append([each])
    result = [
        Square(
            left=float(np.mean([each.left for each in group])),
            top=float(np.mean([each.top for each in group])),
            width=size[0],
            height=size[1],
            edges=group[0].edges,
        )
        for group in kept
    ]
    return sorted(result, key=lambda each: (each.top, each.left))

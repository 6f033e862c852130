"""A page's table: bands between ruling lines, the boxes in each, and the lines that may name a text."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from parsers.scan.print_lines import PrintLine, in_reading_order
from parsers.scan.ruling import Ruling
from parsers.scan.squares import Square
from parsers.scan.upright import Sheet


@dataclass(slots=True, kw_only=True)
class Band:
    """What stands between two ruling lines that cross the column of the designations.

    Attributes:
        top, bottom: in pixels.
        boxes: from top to bottom, side by side in the direction of the script.
        names: lines of print that may name the text, in reading order.
    """

    top: float
    bottom: float
    boxes: list[Square] = field(default_factory=list)
    names: list[PrintLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTable:
    """The form's table on one page.

    Attributes:
        bands: from top to bottom.
        ruled: whether ruling lines separate the bands.
        leftwards: whether the words of a box stand left of it (Arabic).
        labels: box -> the line of print beside it; a box without one is left out.
        above, below: lines of print over and under the table, in reading order.
    """

    bands: tuple[Band, ...]
    ruled: bool
    leftwards: bool
    labels: dict[Square, PrintLine]
    above: tuple[PrintLine, ...]
    below: tuple[PrintLine, ...]


def find_table(
    sheet: Sheet, ruling: Ruling, boxes: Sequence[Square], lines: Sequence[PrintLine]
) -> PageTable:
    """Lays a page's boxes and lines of print into the bands of its table."""
    if not boxes:
        return PageTable(
            bands=(),
            ruled=False,
            leftwards=False,
            labels={},
            above=tuple(in_reading_order(lines)),
            below=(),
        )
    size = boxes[0].width
    beside = {side: _beside(boxes, lines, size, leftwards=side) for side in (False, True)}
    leftwards = len(beside[True]) > len(beside[False])
    top, bottom = min(each.top for each in boxes), max(each.bottom for each in boxes)
    region = _naming_region(sheet, ruling, boxes, leftwards=leftwards)
    cuts = ruling.separators(*region)
    inner = [cut for cut in cuts if top < cut < bottom]
    upper = [cut for cut in cuts if cut <= top + 3]
    lower = [cut for cut in cuts if cut >= bottom - 3]
    start = _start(upper, region, lines, top)
    end = lower[0] if lower else bottom + 3 * size
    edges = [start, *inner, float(end)]
    outer = max(each.right for each in boxes) if leftwards else min(each.left for each in boxes)
    bands = [Band(top=first, bottom=last) for first, last in pairwise(edges)]
    for box in boxes:
        band = next((each for each in bands if each.top <= box.middle[1] < each.bottom), bands[-1])
        band.boxes.append(box)
    labels = beside[leftwards]
    label_lines = set(labels.values())
    for line in lines:
        naming = line.right > outer - 0.5 * size if leftwards else line.left < outer + 0.5 * size
        if line.right - line.left < 1.5 * size and line.right > min(b.left for b in boxes):
            continue  # The end of a stroke.
        if not naming or line in label_lines:
            continue
        for band in bands:
            if band.top <= line.middle < band.bottom:
                band.names.append(line)
    for band in bands:
        band.names = in_reading_order(band.names)
    return PageTable(
        bands=tuple(bands),
        ruled=bool(inner) or bool(upper and lower),
        leftwards=leftwards,
        labels=labels,
        above=tuple(in_reading_order([line for line in lines if line.middle < start])),
        below=tuple(in_reading_order([line for line in lines if line.middle >= end])),
    )


def _beside(
    boxes: Sequence[Square], lines: Sequence[PrintLine], size: float, *, leftwards: bool
) -> dict[Square, PrintLine]:
    """Box -> the nearest line of print that begins beside it on one side."""
    found: dict[Square, PrintLine] = {}
    for box in boxes:
        near: list[tuple[float, PrintLine]] = []
        for line in lines:
            if not line.top - 0.5 * line.height <= box.middle[1] <= line.bottom + 0.5 * line.height:
                continue
            gap = box.left - line.right if leftwards else line.left - box.right
            if -0.4 * size < gap < 3 * size:
                away = abs(line.middle - box.middle[1]) + max(0.0, gap)
                near.append((away, line))
        if near:
            found[box] = min(near, key=lambda each: each[0])[1]
    return found


def _naming_region(
    sheet: Sheet, ruling: Ruling, boxes: Sequence[Square], *, leftwards: bool
) -> tuple[float, float]:
    """Columns of pixels that every line between two rows of the form crosses."""
    size = boxes[0].width
    top, bottom = min(each.top for each in boxes), max(each.bottom for each in boxes)
    first, last = ruling.reach(top - 3 * size, bottom + 3 * size)
    # The dark edge of a page is no line of the table.
    uprights = [each for each in ruling.uprights(top, bottom) if first - 8 <= each <= last + 8]
    width = sheet.flat.shape[1]
    if leftwards:
        outer = max(each.right for each in boxes)
        beyond = [each for each in uprights if each > outer - 2]
        if len(beyond) >= 2 and beyond[-1] - beyond[0] > 2 * size:
            return beyond[0] + 5.0, beyond[-1] - 5.0
        if beyond:
            return outer + 2.0, max(outer + 6.0, beyond[0] - 2.0)
        return outer + 4.0, min(width, outer + 3 * size)
    outer = min(each.left for each in boxes)
    beyond = [each for each in uprights if each < outer + 2]
    if len(beyond) >= 2 and beyond[-1] - beyond[0] > 2 * size:
        return beyond[0] + 5.0, beyond[-1] - 5.0
    if beyond:
        return min(outer - 6.0, beyond[-1] + 2.0), outer - 2.0
    return max(0.0, outer - 3 * size), outer - 4.0


def _start(
    upper: Sequence[int], region: tuple[float, float], lines: Sequence[PrintLine], top: float
) -> float:
    """Where the first band begins: at the last ruling line over the first box.

    Without one, at the first of the lines of print that stand close together over it.
    """
    if upper:
        return float(upper[-1])
    del region
    start = top - 6
    for line in sorted(lines, key=lambda each: -each.middle):
        if line.middle < top and start - line.bottom < 0.9 * line.height:
            start = min(start, float(line.top) - 2)
    return start


def line_height(lines: Sequence[PrintLine]) -> float:
    """The usual height of a line of print in pixels; 0 where there is none."""
    return float(np.median([line.height for line in lines])) if lines else 0.0

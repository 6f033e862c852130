"""Making a table's ruling lines level and plumb where a camera, or a crooked feed, left them askew."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.scan.binarise import ink
from parsers.scan.ruling import Ruling
from parsers.scan.upright import Sheet

#: Shortest line, in pixels, that a slope is taken from.
_LONG = 220
#: Steepest slope that is still a level line.
_STEEPEST = 0.06
#: Pixels out of place, at the page's corners, that are left as they are.
_SMALL = 2.0
_MOST_LINES = 80


def straightened(sheet: Sheet) -> tuple[Sheet, Ruling]:
    """The same page with its ruling lines level and plumb, and these; unchanged with too few lines."""
    ruling = Ruling(sheet)
    level = _slopes(ruling.level)
    plumb = _slopes(np.ascontiguousarray(ruling.plumb.T))
    if len(level) < 2 or len(plumb) < 2:
        return sheet, ruling
    height, width = sheet.flat.shape
    rows, columns = _line(level), _line(plumb)
    # Four lines round the page, as steep as the ruling lines near them, and where they cross.
    corners = []
    for down in (0.0, float(height - 1)):
        for across in (0.0, float(width - 1)):
            climb = rows[0] + rows[1] * down
            lean = columns[0] + columns[1] * across
            # The level line through `down` and the plumb one through `across`, made one equation.
            x = (across + lean * (down - climb * width / 2 - height / 2)) / (1 - lean * climb)
            corners.append((x, down + climb * (x - width / 2)))
    wanted = np.array(
        [(0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1)], dtype=np.float32
    )
    found = np.array(corners, dtype=np.float32)
    if float(np.abs(found - wanted).max()) < _SMALL:
        return sheet, ruling
    matrix = cv2.getPerspectiveTransform(found, wanted)
    flat = np.asarray(
        cv2.warpPerspective(
            sheet.flat, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=252
        ),
        dtype=np.uint8,
    )
    level_sheet = Sheet(number=sheet.number, flat=flat, ink=ink(flat), scale=sheet.scale)
    return level_sheet, Ruling(level_sheet)


def _slopes(lines: NDArray[np.uint8]) -> list[tuple[float, float, float]]:
    """Of each long level line: how far down it is, its slope and its length."""
    # Half as many columns of pixels show a slope as well.
    lines = np.ascontiguousarray(lines[:, ::2])
    joined = cv2.dilate(lines, np.ones((3, 13), dtype=np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found = []
    order = np.argsort(-stats[1:, 2])[:_MOST_LINES] + 1
    for label in order:
        left, top, width, height = (int(each) for each in stats[label, :4])
        if 2 * width < _LONG:
            break
        if height > 0.16 * width + 14:
            continue
        part = (labels[top : top + height, left : left + width] == label) & (
            lines[top : top + height, left : left + width] > 0
        )
        ys, xs = np.nonzero(part)
        if xs.size < width // 2:
            continue
        across = xs - xs.mean()
        slope = float((across * (ys - ys.mean())).sum() / max(1.0, float((across**2).sum()))) / 2
        if abs(slope) <= _STEEPEST:
            # Counted where the line would cross the middle of the page.
            middle = (
                top
                + float(ys.mean())
                + float(slope) * (lines.shape[1] - 2 * left - 2 * float(xs.mean()))
            )
            found.append((middle, float(slope), float(width)))
    return found


def _line(slopes: Sequence[tuple[float, float, float]]) -> tuple[float, float]:
    """Slope as a linear function of the place: (at 0, per pixel); constant where lines are close."""
    places, steep, weights = (np.array(each) for each in zip(*slopes, strict=True))
    middle = float(np.median(steep))
    keep = np.abs(steep - middle) < 0.02
    if not keep.any():  # Two lines that lie crosswise: their median is the slope of neither.
        return middle, 0.0
    places, steep, weights = places[keep], steep[keep], weights[keep]
    if places.size < 3 or float(np.ptp(places)) < 300:
        return float(np.average(steep, weights=weights)), 0.0
    per_pixel, at_zero = np.polyfit(places, steep, 1, w=np.sqrt(weights))
    return float(at_zero), float(per_pixel)

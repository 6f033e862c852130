"""The lines of print of a page, a table's cells apart."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.scan.pictures import Grey
from parsers.scan.ruling import Ruling
from parsers.scan.squares import Square
from parsers.scan.upright import Sheet

#: Longer side of a letter, height and width of a word of joined letters, at half the reading size.
_LETTER, _HIGHEST, _WIDEST = 3, 34, 300
#: How far apart words of a line stand, in points.
_WORDS = 7.0
#: How wide a space of a typewriter's letters may be, in heights of the line.
_SPACE = 1.1


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintLine:
    """Where one line of print stands, in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        """In pixels."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Its centre from the page's top."""
        return (self.top + self.bottom) / 2


def print_lines(sheet: Sheet, ruling: Ruling, boxes: Sequence[Square] = ()) -> list[PrintLine]:
    """The lines of print of a page, a table's cells apart, in no order.

    Args:
        sheet: the page.
        ruling: its lines.
        boxes: places to leave out.
    """
    rest = sheet.ink.copy()
    lines = cv2.dilate(cv2.bitwise_or(ruling.level, ruling.plumb), np.ones((3, 3), dtype=np.uint8))
    rest[lines > 0] = 0
    for box in boxes:
        top, left = max(0, round(box.top) - 4), max(0, round(box.left) - 4)
        rest[top : round(box.bottom) + 5, left : round(box.right) + 5] = 0
    half = np.ascontiguousarray(
        np.maximum(
            np.maximum(rest[0:-1:2, 0:-1:2], rest[1::2, 0:-1:2][: rest[0:-1:2].shape[0]]),
            np.maximum(rest[0:-1:2, 1::2], rest[1::2, 1::2][: rest[0:-1:2].shape[0]]),
        )
    )
    _, labels, stats, _ = cv2.connectedComponentsWithStats(half, connectivity=8)
    is_letter = (
        (stats[:, 2:4].max(axis=1) >= _LETTER)
        & (stats[:, 3] <= _HIGHEST)
        & (stats[:, 2] <= _WIDEST)
    )
    is_letter[0] = False
    letters = is_letter[labels].astype(np.uint8)
    reach = max(3, round(_WORDS * sheet.scale / 2)) | 1
    smeared = cv2.dilate(letters, np.ones((1, reach), dtype=np.uint8))
    barrier = cv2.resize(
        ruling.plumb, (half.shape[1], half.shape[0]), interpolation=cv2.INTER_NEAREST
    )
    smeared[barrier > 0] = 0
    _, _, stats, _ = cv2.connectedComponentsWithStats(smeared, connectivity=4)
    smallest = max(4, round(2.2 * sheet.scale))
    trim = reach // 2
    found: list[PrintLine] = []
    for left, top, width, height, _ in stats[1:]:
        if height * 2 < smallest or width < reach + 2:
            continue
        area = (2 * (left + trim), 2 * top, 2 * (left + width - trim), 2 * (top + height))
        found.extend(_split(letters, area))
    walls = ruling.plumb.copy()
    for box in boxes:
        rows = slice(max(0, round(box.top)), round(box.bottom) + 1)
        walls[rows, max(0, round(box.left)) : round(box.right) + 1] = 1
    return joined(in_reading_order(found), walls)


def _split(letters: NDArray[np.uint8], area: tuple[int, int, int, int]) -> list[PrintLine]:
    """One line, or several where letters of neighbouring lines touch."""
    left, top, right, bottom = (int(each) for each in area)
    whole = PrintLine(left=left, top=top, right=right, bottom=bottom)
    if whole.height <= 44 or right - left < 40:
        return [whole]
    profile = letters[top // 2 : bottom // 2, left // 2 : right // 2].sum(axis=1)
    inked = profile > 0.12 * profile.max()
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inked.astype(np.int8), [0]])))
    parts = [
        PrintLine(
            left=left, top=top + 2 * int(first) - 4, right=right, bottom=top + 2 * int(last) + 4
        )
        for first, last in zip(edges[::2], edges[1::2], strict=True)
        if last - first >= 3
    ]
    return parts or [whole]


def crop(flat: Grey, line: PrintLine, beyond: float = 0.22) -> Grey:
    """The picture of a line with a little paper round it."""
    room = max(3, round(beyond * line.height))
    top, bottom = max(0, line.top - room), min(flat.shape[0], line.bottom + room)
    left, right = max(0, line.left - 2 * room), min(flat.shape[1], line.right + 2 * room)
    return flat[top:bottom, left:right]


def in_reading_order(lines: Sequence[PrintLine]) -> list[PrintLine]:
    """From top to bottom; those that stand side by side from left to right."""
    rest = sorted(lines, key=lambda line: line.middle)
    result: list[PrintLine] = []
    while rest:
        first = rest[0]
        beside = [line for line in rest if line.middle - first.middle < 0.5 * first.height]
        result.extend(sorted(beside, key=lambda line: line.left))
        rest = [line for line in rest if line not in beside]
    return result


def joined(lines: Sequence[PrintLine], walls: NDArray[np.uint8]) -> list[PrintLine]:
    """The same lines, those that only a wide space parts made one: a typewriter's words.

    Args:
        lines: in reading order.
        walls: not 0 where the table's lines and boxes are, which nothing is joined across.
    """
    result: list[PrintLine] = []
    for line in lines:
        before = result[-1] if result else None
        if before is not None and _go_together(before, line, walls):
            result[-1] = PrintLine(
                left=before.left,
                top=min(before.top, line.top),
                right=line.right,
                bottom=max(before.bottom, line.bottom),
            )
        else:
            result.append(line)
    return result


def _go_together(one: PrintLine, other: PrintLine, walls: NDArray[np.uint8]) -> bool:
    height = max(one.height, other.height)
    if abs(one.middle - other.middle) >= 0.5 * min(one.height, other.height) + 2:
        return False
    if not 0 <= other.left - one.right < _SPACE * height:
        return False
    top, bottom = round(min(one.middle, other.middle)) - 2, round(max(one.middle, other.middle)) + 3
    return not walls[max(0, top) : bottom, one.right : other.left].any()

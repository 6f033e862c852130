"""The pictures of a form's boxes, each laid over the others, and the print that they share.

Most boxes of a form are empty, and all have the same frame: what nearly all have at one place is
print, however thick, blurred or crooked it came out, and what one has more is the pen's.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.scan.print_lines import PrintLine
from parsers.scan.ruling import Ruling
from parsers.scan.squares import Square
from parsers.scan.upright import Sheet

#: Pixels of a box's side in the pictures that are compared, and the paper round it on each side.
SIDE, ROUND = 32, 34
#: Rows of pixels where the frame's first and second lines run.
FIRST, LAST = ROUND, ROUND + SIDE
_WHOLE = SIDE + 2 * ROUND + 1

#: How far to both sides of where it was found a frame's line is looked at, and looked for.
_PROFILE, _SHIFT = 7, 4
#: What a pixel of shift must gain in likeness.
_STAYING = 0.004
#: Which of the boxes, from the palest on, shows the print at a place, in hundredths: of all boxes,
#: of the empty ones of a role, and of its boxes where most are marked.
_FRAME_QUANTILE, _PRINT_QUANTILE, _MARKED_QUANTILE = 30, 35, 15
#: How much darker than the usual inside that of an empty box may be.
_EMPTY = 0.03
#: Rows that show what print a role has round its box.
_ENOUGH = 3
#: Pixels that the frame takes of the inside at least and at most.
_THINNEST, _THICKEST = 2, 9
#: The darkest that the middle of an empty box may be.
_PALEST = 0.12
#: Pixels at the edge of the inside that may be a neighbour's.
EDGE = 3
#: Darkness over that of the middle from which on a row of pixels is the frame's.
_FRAME = 0.25
#: How close to a box, in its sides, words are not looked for.
_CLOSE = 0.42
#: How long a ruling line or a line of print is that no pen drew at the box, in its sides.
_RULED, _WORDS = 5.0, 2.0

#: A picture of a box: darkness of each pixel, 0 paper to 1 black.
Window = NDArray[np.float32]
#: One box where it stands.
Place = tuple[Sheet, Square]

_AROUND_PIXEL = np.ones((3, 3), dtype=np.uint8)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Frame:
    """The frame that all boxes of a form share.

    Attributes:
        print: darkness of the frame and of what else is in an empty box.
        inset: pixels that the frame takes at each side.
    """

    print: Window
    inset: int

    @property
    def inner(self) -> tuple[slice, slice]:
        """The inside of a box in its window, without what the frame takes."""
        within = slice(FIRST + self.inset, LAST - self.inset + 1)
        return within, within

    @property
    def core(self) -> tuple[slice, slice]:
        """The inside without what a neighbour's frame or stroke may take at the edge."""
        within = slice(FIRST + self.inset + EDGE, LAST - self.inset - EDGE + 1)
        return within, within


def laid_over(places: Sequence[Place]) -> list[Square]:
    """The same boxes, each moved and sized so that its frame lies where those of the others lie."""
    profiles = [_profiles(cut(sheet, box)) for sheet, box in places]
    if not profiles:
        return []
    usual = np.percentile(np.concatenate(profiles), 40, axis=0)
    return [
        _moved(box, [_shift(each, usual) for each in found])
        for (_, box), found in zip(places, profiles, strict=True)
    ]


def cut(sheet: Sheet, box: Square) -> Window:
    """Darkness of a box and its surroundings, 0 paper to 1 black."""
    window = part_of(sheet.flat, box, 252).astype(np.float32)
    return np.asarray(np.clip((250.0 - window) / 250.0, 0, 1), dtype=np.float32)


def part_of(page: NDArray[np.uint8], box: Square, beyond: int) -> NDArray[np.uint8]:
    """A box of a page and its surroundings, brought to one size.

    Args:
        page: any picture of it.
        box: whose frame comes to lie on `FIRST` and `LAST`.
        beyond: what is seen where the page ends.
    """
    scale_x, scale_y = box.width / SIDE, box.height / SIDE
    left, top = box.left - ROUND * scale_x, box.top - ROUND * scale_y
    window = cv2.warpAffine(
        page,
        np.array([[scale_x, 0, left], [0, scale_y, top]], dtype=np.float32),
        (_WHOLE, _WHOLE),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderValue=beyond,
    )
    return np.asarray(window, dtype=np.uint8)


def frame_of(windows: Sequence[Window]) -> Frame:
    """What the boxes of a form have in common, their insides and edges."""
    common = np.zeros((_WHOLE, _WHOLE), dtype=np.float32)
    zone = slice(FIRST - _PROFILE, LAST + _PROFILE + 1)
    if windows:
        stack = np.stack([window[zone, zone] for window in windows])
        common[zone, zone] = np.percentile(stack, _FRAME_QUANTILE, axis=0)
    wide = np.asarray(cv2.dilate(common, _AROUND_PIXEL), dtype=np.float32)
    third = SIDE // 3
    middle = slice(FIRST + third, LAST - third)
    ground = float(np.median(common[middle, middle]))
    lines = np.minimum(
        np.median(wide[middle, FIRST : LAST + 1], axis=0),
        np.median(wide[FIRST : LAST + 1, middle], axis=1),
    )
    inset = _THINNEST
    while inset < _THICKEST and max(lines[inset], lines[-1 - inset]) > ground + _FRAME:
        inset += 1
    frame = Frame(print=wide, inset=inset)
    # Where hardly a box is empty, what they share in the middle is ink.
    wide[frame.core] = np.minimum(wide[frame.core], _PALEST)
    return frame


def print_round(windows: Sequence[Window], frame: Frame) -> tuple[Window, bool]:
    """The print that the boxes of one role have round them, and whether it is all of it.

    Only empty boxes show it all. What marked ones have in common close to them may be their marks:
    of that nothing is taken for print.

    Args:
        windows: of the boxes of the role.
        frame: of all boxes.
    """
    ground = float(frame.print[frame.core].mean())
    empty = [each for each in windows if float(each[frame.core].mean()) < ground + _EMPTY]
    known = len(empty) >= _ENOUGH
    asked, share = (empty, _PRINT_QUANTILE) if known else (windows, _MARKED_QUANTILE)
    if len(asked) < _ENOUGH:
        return np.zeros((_WHOLE, _WHOLE), dtype=np.float32), False
    wide = np.stack([cv2.dilate(each, _AROUND_PIXEL) for each in asked])
    common = np.percentile(wide, share, axis=0).astype(np.float32)
    if not known:
        close = round(_CLOSE * SIDE)
        near = slice(FIRST - close, LAST + close + 1)
        common[near, near] = 0
    return np.asarray(cv2.dilate(common, _AROUND_PIXEL), dtype=np.float32), known


def ruled(ruling: Ruling, box: Square) -> NDArray[np.uint8]:
    """1 where the table's lines are: those too long for a pen that scribbles over a box."""
    columns, rows, here = _surroundings(box)
    near, long = round(1.6 * box.width), round(_RULED * box.width)
    level = ruling.level[rows, columns].copy()
    plumb = ruling.plumb[rows, columns].copy()
    if not level.size:
        return part_of(np.zeros((1, 1), dtype=np.uint8), here, 0)
    # Farther away they only show how long they are.
    level[: max(0, round(here.top) - near)] = 0
    level[round(here.bottom) + near :] = 0
    plumb[:, : max(0, round(here.left) - near)] = 0
    plumb[:, round(here.right) + near :] = 0
    lines = cv2.max(
        cv2.morphologyEx(level, cv2.MORPH_OPEN, np.ones((1, long), dtype=np.uint8)),
        cv2.morphologyEx(plumb, cv2.MORPH_OPEN, np.ones((long, 1), dtype=np.uint8)),
    )
    return part_of(np.asarray(lines, dtype=np.uint8), here, 0)


def worded(lines: Sequence[PrintLine], box: Square, *, known: bool) -> NDArray[np.uint8]:
    """1 where lines of print are that go on far beyond a box; a scribble looks like one, too.

    Args:
        lines: of the page.
        box: on it.
        known: whether other rows show what print is close to the box.
    """
    columns, rows, here = _surroundings(box)
    words = np.zeros((rows.stop - rows.start, columns.stop - columns.start), dtype=np.uint8)
    room, far = 1.6 * box.width, _WORDS * box.width
    close = _CLOSE * box.width if known else 0.0
    for line in lines:
        if line.bottom <= box.top - room or line.top >= box.bottom + room:
            continue
        if line.right <= columns.start or line.left >= columns.stop:
            continue
        part = words[max(0, line.top - rows.start) : line.bottom - rows.start]
        if line.bottom < box.top - close or line.top > box.bottom + close:
            reaches = [(line.left, line.right)] if line.right - line.left > far + box.width else []
        else:
            reaches = []
            if line.right > box.right + far:
                reaches.append((max(line.left, round(box.right + close)), line.right))
            if line.left < box.left - far:
                reaches.append((line.left, min(line.right, round(box.left - close))))
        for left, right in reaches:
            part[:, max(0, left - columns.start) : max(0, right - columns.start)] = 1
    return part_of(words, here, 0)


def _surroundings(box: Square) -> tuple[slice, slice, Square]:
    """Columns and rows of a page round a box, as far as a line is followed; the box within them."""
    reach = round(4 * box.width)
    left, top = max(0, round(box.left) - reach), max(0, round(box.top) - reach)
    columns = slice(left, max(left + 1, round(box.right) + reach))
    rows = slice(top, max(top + 1, round(box.bottom) + reach))
    return columns, rows, replace(box, left=box.left - left, top=box.top - top)


def _profiles(window: Window) -> NDArray[np.float32]:
    """Darkness across the left, upper, right and lower line of a frame, from outside to inside."""
    along = slice(FIRST + SIDE // 5, LAST - SIDE // 5 + 1)
    first = slice(FIRST - _PROFILE, FIRST + _PROFILE + 1)
    last = slice(LAST - _PROFILE, LAST + _PROFILE + 1)
    return np.stack(
        [
            window[along, first].mean(axis=0),
            window[first, along].mean(axis=1),
            window[along, last].mean(axis=0)[::-1],
            window[last, along].mean(axis=1)[::-1],
        ]
    )


def _shift(profile: NDArray[np.float32], usual: NDArray[np.float32]) -> int:
    """By how many pixels inwards a line of a frame has to move to lie where the others lie.

    Ink beside the line is the pen's and no hint: only what is missing of the line counts.
    """
    core = usual[_SHIFT:-_SHIFT]
    costs = {}
    for shift in range(-_SHIFT, _SHIFT + 1):
        there = profile[_SHIFT + shift : len(profile) - _SHIFT + shift]
        missing = float(np.square(np.clip(core - there, 0, None)).sum())
        costs[shift] = missing + _STAYING * abs(shift)
    return min(costs, key=lambda shift: (costs[shift], abs(shift)))


def _moved(box: Square, shifts: Sequence[int]) -> Square:
    if not any(shifts):
        return box
    across, down = box.width / SIDE, box.height / SIDE
    left, top, right, bottom = shifts
    return replace(
        box,
        left=box.left + left * across,
        top=box.top + top * down,
        width=box.width - (left + right) * across,
        height=box.height - (top + bottom) * down,
    )

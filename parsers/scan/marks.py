"""What a pen did in and round the boxes of a form, measured against the form's own print.

The boxes of one role stand in the same print in every row: what most of the rows have round that
box is the form's, what one row has more is the pen's. Inside a box there is no print at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.scan.pictures import Grey
from parsers.scan.print_lines import PrintLine
from parsers.scan.ruling import Ruling
from parsers.scan.squares import Square
from parsers.scan.upright import Sheet

#: Pixels of a box's side in the pictures that are compared, and the paper round it on each side.
SIDE, ROUND = 24, 22
WINDOW = SIDE + 2 * ROUND
#: Which part of a box's side the frame takes at each end.
_FRAME = 0.15
#: How close to a box, in its sides, words are not looked for.
_CLOSE = 0.42
#: Darkness (0 to 1) of the faintest stroke that is looked for, and of a pen's.
FAINT, SOLID = 0.10, 0.33


#: Pixels round a box in which a blob is looked at.
_BLOB = 13
#: Pixels of a piece that is only a speck.
_SPECK = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """What a pen left at one box; lengths in sides of the box, areas in its area.

    Attributes:
        inside: share of the inner area that is as dark as a stroke, faint ones included.
        solid: share of the inner area that is as dark as a pen's stroke.
        darkness: mean darkness of the inner area over that of the paper.
        reach: longest extent of a stroke within the inner area.
        mass: area of such strokes, in and outside the box.
        beyond: how far they go out of the box at most.
        filling: share of the convex hull of the blob at the middle that is ink.
        runs: greatest usual number of strokes that a line across the inner area meets.
        strays: longest extent of a stroke round the box that does not go through it.
        foreign: inner area taken by strokes that belong rather to another box.
    """

    inside: float
    solid: float
    darkness: float
    reach: float
    mass: float
    beyond: float
    filling: float
    runs: float
    strays: float
    foreign: float


class Windows:
    """The pictures of a form's boxes, brought to one size, and the print common to a role."""

    def __init__(self, rows: Sequence[Sequence[tuple[Sheet, Square]]]) -> None:
        """Cuts out the boxes.

        Args:
            rows: those that have all their boxes, in one order of roles.
        """
        self._cut: dict[int, NDArray[np.float32]] = {}
        self._print: list[NDArray[np.float32]] = []
        for role in range(max((len(row) for row in rows), default=0)):
            found = []
            for row in rows:
                if role < len(row):
                    sheet, box = row[role]
                    found.append(self.cut(sheet, box))
            self._print.append(_common(found))

    def cut(self, sheet: Sheet, box: Square) -> NDArray[np.float32]:
        """Darkness of a box and its surroundings, 0 paper to 1 black."""
        if id(box) not in self._cut:
            self._cut[id(box)] = _darkness(sheet.flat, box)
        return self._cut[id(box)]

    @staticmethod
    def with_ruling(
        common: NDArray[np.float32],
        ruling: Ruling,
        lines_of_print: Sequence[PrintLine],
        box: Square,
    ) -> NDArray[np.float32]:
        """The same, and the table's lines and words round a box, which a page break may move."""
        words = np.zeros_like(ruling.level)
        room = 1.5 * box.width
        for line in lines_of_print:
            if line.bottom > box.top - room and line.top < box.bottom + room:
                words[line.top : line.bottom, line.left : line.right] = 1
        # A scribble looks like a line of print: close to the box only what all rows have is print.
        close = _CLOSE * box.width
        words[
            max(0, round(box.top - close)) : round(box.bottom + close) + 1,
            max(0, round(box.left - close)) : round(box.right + close) + 1,
        ] = 0
        lines = ruling.level | ruling.plumb | words
        wide = cv2.dilate(_window(lines, box, 0), np.ones((5, 5), dtype=np.uint8))
        result = np.where(wide > 0, np.float32(1.0), common)
        result[inner()] = 0.0
        return np.asarray(result, dtype=np.float32)

    def print_at(self, role: int | None) -> NDArray[np.float32]:
        """Darkness of the form's own print round a box of a role; only its frame where unknown."""
        if role is None or role >= len(self._print):
            return _common([])
        return self._print[role]


def _darkness(flat: Grey, box: Square) -> NDArray[np.float32]:
    window = _window(flat, box, 252).astype(np.float32)
    return np.asarray(np.clip((250.0 - window) / 250.0, 0, 1), dtype=np.float32)


def _window(page: NDArray[np.uint8], box: Square, beyond: int) -> NDArray[np.uint8]:
    """A box of a page and its surroundings, brought to one size."""
    scale_x, scale_y = box.width / SIDE, box.height / SIDE
    left, top = box.left - ROUND * scale_x, box.top - ROUND * scale_y
    matrix = np.array([[scale_x, 0, left], [0, scale_y, top]], dtype=np.float32)
    window = cv2.warpAffine(
        page,
        matrix,
        (WINDOW + 1, WINDOW + 1),
        flags=cv2.INTER_AREA | cv2.WARP_INVERSE_MAP,
        borderValue=beyond,
    )
    return np.asarray(window, dtype=np.uint8)


def inner() -> tuple[slice, slice]:
    """The inner area of a box in its window."""
    inset = round(_FRAME * SIDE)
    within = slice(ROUND + inset, ROUND + SIDE - inset + 1)
    return within, within


_WITHIN = np.zeros((WINDOW + 1, WINDOW + 1), dtype=np.bool_)
_WITHIN[inner()] = True


def _common(found: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    """The print that the windows have in common, made wider by what they may be out of place."""
    shape = (WINDOW + 1, WINDOW + 1)
    if len(found) >= 3:
        wide = np.stack([cv2.dilate(each, np.ones((3, 3), dtype=np.uint8)) for each in found])
        common = np.percentile(wide, 35, axis=0).astype(np.float32)
        common = np.asarray(cv2.dilate(common, np.ones((3, 3), dtype=np.uint8)), dtype=np.float32)
    else:
        common = np.zeros(shape, dtype=np.float32)
    frame = np.zeros(shape, dtype=np.float32)
    first, last = ROUND, ROUND + SIDE
    cv2.rectangle(frame, (first, first), (last, last), 1.0, thickness=5)
    common = np.maximum(common, frame)
    common[inner()] = 0.0
    return np.asarray(common, dtype=np.float32)


def measure(
    window: NDArray[np.float32],
    common: NDArray[np.float32],
    ground: float,
    neighbours: Sequence[tuple[float, float]] = (),
) -> Ink:
    """Measures the pen's ink at one box.

    Args:
        window: of the box.
        common: the print round it.
        ground: darkness that the inside of an empty box has.
        neighbours: where the centres of other boxes are, in sides of the box from this one's.
    """
    area = inner()
    common = common.copy()
    for x, y in neighbours:
        left, top = round(ROUND + x * SIDE), round(ROUND + y * SIDE)
        cv2.rectangle(common, (left, top), (left + SIDE, top + SIDE), 1.0, thickness=5)
    common[area] = 0.0
    pen = np.clip(window - ground - 1.15 * common, 0, 1)
    smooth = cv2.blur(pen, (3, 3))
    strokes = ((smooth > 0.6 * FAINT) & (pen > 0.5 * FAINT) | (pen > SOLID)).astype(np.uint8)
    # The frame is print and cuts strokes in two: what lies on both sides of it is one.
    joined = cv2.dilate(strokes, np.ones((7, 7), dtype=np.uint8))
    count, labels = cv2.connectedComponents(joined, connectivity=8)
    labels[strokes == 0] = 0
    inside = strokes[area]
    total = float(inside.size)
    first, last = ROUND, ROUND + SIDE
    reach = mass = beyond = strays = foreign = 0.0
    for label in range(1, count):
        piece = labels == label
        size = int(piece.sum())
        if size < _SPECK:
            continue
        here = int(piece[area].sum())
        elsewhere = max((_share(piece, at) for at in neighbours), default=0)
        left, top, right, bottom = _extent(piece)
        if here == 0:
            if elsewhere < 0.1 * size and _near(left, top, right, bottom):
                strays = max(strays, max(right - left, bottom - top) / SIDE)
            continue
        if elsewhere > 2.5 * here:
            foreign += here / total
            continue
        # The edge of a stroke is grey: what is at least half as dark as the stroke belongs to it.
        full = 0.5 * float(np.percentile(pen[piece], 90))
        core = piece & (pen >= full)
        mass += int(core.sum()) / (SIDE * SIDE)
        within = _extent(piece & _WITHIN)
        reach = max(reach, max(within[2] - within[0], within[3] - within[1]) / SIDE)
        beyond = max(
            beyond,
            (first - left) / SIDE,
            (first - top) / SIDE,
            (right - 1 - last) / SIDE,
            (bottom - 1 - last) / SIDE,
        )
    return Ink(
        inside=float(inside.sum()) / total,
        solid=float((pen[area] > SOLID).sum()) / total,
        darkness=float(pen[area].mean()),
        reach=reach,
        mass=mass,
        beyond=beyond,
        filling=_filling(window - ground),
        runs=_runs((pen[area] > SOLID * 0.7).astype(np.int8)),
        strays=strays,
        foreign=foreign,
    )


def _extent(piece: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of a piece."""
    columns, rows = np.flatnonzero(piece.any(axis=0)), np.flatnonzero(piece.any(axis=1))
    if not columns.size:
        return 0, 0, 0, 0
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _near(left: int, top: int, right: int, bottom: int) -> bool:
    """Whether a piece comes near the box."""
    reach = round(0.5 * SIDE)
    first, last = ROUND - reach, ROUND + SIDE + reach
    return left <= last and right >= first and top <= last and bottom >= first


def _share(piece: NDArray[np.bool_], at: tuple[float, float]) -> int:
    """How much of a piece lies in another box's inner area, as far as the window shows that."""
    middle_x = ROUND + SIDE / 2 + at[0] * SIDE
    middle_y = ROUND + SIDE / 2 + at[1] * SIDE
    reach = SIDE * (0.5 - _FRAME)
    top, bottom = max(0, round(middle_y - reach)), max(0, round(middle_y + reach) + 1)
    left, right = max(0, round(middle_x - reach)), max(0, round(middle_x + reach) + 1)
    return int(piece[top:bottom, left:right].sum())


def _filling(ink: NDArray[np.float32]) -> float:
    """Which share of the convex hull of the blob at the box's middle is ink, its frame included."""
    zone = slice(ROUND - _BLOB, ROUND + SIDE + _BLOB + 1)
    near = ink[zone, zone]
    inside = ink[inner()]
    dark = (near > 0.5 * float(np.percentile(inside, 75))).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=4)
    if count < 2:
        return 0.0
    blob = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    points = cv2.findNonZero((labels == blob).astype(np.uint8))
    if len(points) < _SPECK:
        return 0.0
    hull = np.zeros_like(dark)
    cv2.fillConvexPoly(hull, cv2.convexHull(points), 1)
    return len(points) / max(1.0, float(hull.sum()))


def _runs(inside: NDArray[np.int8]) -> float:
    """How many strokes a line across meets: the fourth greatest count of all lines, either way."""
    counts = []
    for each in (inside, inside.T):
        starts = np.diff(each, axis=1, prepend=0) == 1
        counts.extend(starts.sum(axis=1).tolist())
    counts.sort(reverse=True)
    return float(counts[3]) if len(counts) > 3 else 0.0


def grounds(windows: Mapping[int, NDArray[np.float32]]) -> float:
    """Darkness of the inside of a form's empty boxes: that of the emptier half."""
    area = inner()
    medians = sorted(float(np.median(window[area])) for window in windows.values())
    if not medians:
        return 0.0
    return float(np.median(medians[: max(1, (len(medians) + 1) // 2)]))

"""The ruling lines of a page's tables."""

import cv2
import cv2.typing
import numpy as np
from numpy.typing import NDArray

from parsers.scan.upright import Sheet

#: Shortest ruling line in points.
_LONG = 26.0
#: Pixels that two level lines have at least, one over the other.
_TWO_LINES = 6


class Ruling:
    """The long level and plumb lines of a page."""

    def __init__(self, sheet: Sheet) -> None:
        length = round(_LONG * sheet.scale)
        # A line that is not quite level changes its row of pixels.
        level = cv2.dilate(sheet.ink, np.ones((3, 1), dtype=np.uint8))
        plumb = cv2.dilate(sheet.ink, np.ones((1, 3), dtype=np.uint8))
        #: 1 where level lines are.
        self.level: NDArray[np.uint8] = _opened(level, (1, length))
        #: 1 where plumb lines are.
        self.plumb: NDArray[np.uint8] = _opened(plumb, (length, 1))

    def separators(self, left: float, right: float) -> list[int]:
        """Rows of pixels where level lines run all the way between two columns of pixels."""
        first, last = max(0, round(left)), min(self.level.shape[1], round(right))
        if last - first < 4:
            return []
        # On a photograph a line may still climb by some pixels.
        part = cv2.dilate(self.level[:, first:last], np.ones((13, 1), dtype=np.uint8))
        share = part.mean(axis=1)
        rows = np.nonzero(share >= 0.8)[0]
        return _middles(rows, 4)

    def reach(self, top: float, bottom: float) -> tuple[int, int]:
        """From which to which column of pixels level lines go, between two rows of pixels."""
        part = self.level[max(0, round(top)) : max(0, round(bottom))]
        columns = np.flatnonzero((part > 0).sum(axis=0) >= _TWO_LINES)
        if not columns.size:
            return 0, self.level.shape[1]
        return int(columns[0]), int(columns[-1])

    def uprights(self, top: float, bottom: float) -> list[int]:
        """Columns of pixels where plumb lines run most of the way between two rows of pixels."""
        first, last = max(0, round(top)), min(self.plumb.shape[0], round(bottom))
        if last - first < 4:
            return []
        part = cv2.dilate(self.plumb[first:last], np.ones((1, 11), dtype=np.uint8))
        return _middles(np.nonzero(part.mean(axis=0) >= 0.6)[0], 4)


def _opened(ink: cv2.typing.MatLike, shape: tuple[int, int]) -> NDArray[np.uint8]:
    opened = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, dtype=np.uint8))
    return np.asarray(opened, dtype=np.uint8)


def _middles(positions: NDArray[np.intp], gap: int) -> list[int]:
    if not positions.size:
        return []
    groups = np.split(positions, np.nonzero(np.diff(positions) > gap)[0] + 1)
    return [int(group.mean()) for group in groups]

"""What is left of the picture of a box when the form's own print is taken off it."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.scan.windows import ROUND, SIDE, Frame, Window

#: Darkness, 0 to 1, of the faintest ink that is looked for.
_FAINT = 0.05
#: Darkness from which on the inside of a box shows how dark the pen is; what it is taken to be
#: where no box does.
_INKED, _USUAL_PEN = 0.3, 0.8
#: Share of the inner area from which on there is ink in a box.
_SOME = 0.1
#: The extent in sides of the largest speck.
_SPECK = 0.11
#: Most pixels by which another box's frame may be out of place.
_SLACK = 5
#: How much darker than the print, and by how much more, the pen's ink is.
_DARKER, _NOISE = 1.1, 0.02


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PrintBeside:
    """The print round one box.

    Attributes:
        usual: its darkness, as far as the boxes of this role have it in common.
        lines, words: 1 where the page has ruling lines and print there.
        close: 1 where it has print, or something that looks like it, as close as may be.
        boxes: where the middles of other boxes are, in sides of the box from this one's.
    """

    usual: Window
    lines: NDArray[np.uint8]
    words: NDArray[np.uint8]
    close: NDArray[np.uint8]
    boxes: Sequence[tuple[float, float]] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Residue:
    """What is darker than the form's print at one box.

    Attributes:
        window: the picture of the box.
        ink: how much darker each pixel is.
        lines: 1 where ruling lines run.
        words: 1 where lines of print are, close to the box, too.
        inside: share of the inner area that is ink, faint ink included, specks left out.
        reach: longest extent of such ink, in sides.
        core: the same share of the inner area without its edge.
    """

    window: Window
    ink: Window
    lines: NDArray[np.uint8]
    words: NDArray[np.uint8]
    inside: float
    reach: float
    core: float

    @property
    def inked(self) -> bool:
        """Whether there is ink in the box, more than dirt or the end of a stroke."""
        return self.inside > _SOME


def residue(window: Window, frame: Frame, beside: PrintBeside) -> Residue:
    """Takes the print off the picture of a box.

    Args:
        window: the picture.
        frame: of the form's boxes.
        beside: the print round this one.
    """
    printed = cv2.dilate(cv2.max(beside.lines, beside.words), np.ones((5, 5), dtype=np.uint8))
    common = np.where(printed > 0, np.float32(1), beside.usual)
    thick = 2 * min(frame.inset, _SLACK) + 1
    for x, y in beside.boxes:
        left, top = round(ROUND + x * SIDE), round(ROUND + y * SIDE)
        cv2.rectangle(common, (left, top), (left + SIDE, top + SIDE), 1.0, thickness=thick)
    common[frame.core] = 0
    darker = window - _DARKER * np.maximum(common, frame.print) - _NOISE
    ink = np.asarray(np.clip(darker, 0, 1), dtype=np.float32)
    inside, reach = _faint(ink, frame.inner)
    core, _ = _faint(ink, frame.core)
    return Residue(
        window=window,
        ink=ink,
        lines=beside.lines,
        words=beside.close,
        inside=inside,
        reach=reach,
        core=core,
    )


def darkness_of_pen(residues: Sequence[Residue], frame: Frame) -> float:
    """How dark the strokes of a form's pen are, 0 to 1."""
    peaks = [float(np.percentile(each.ink[frame.inner], 97)) for each in residues]
    inked = [peak for peak in peaks if peak > _INKED]
    return float(np.median(inked)) if inked else _USUAL_PEN


def _faint(ink: Window, inner: tuple[slice, slice]) -> tuple[float, float]:
    """Share of the inner area that is ink at all, and the longest extent of such ink."""
    faint = (cv2.blur(ink, (3, 3)) > _FAINT) & (ink > 0.8 * _FAINT) | (ink > 6 * _FAINT)
    within = faint[inner].astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(within, connectivity=8)
    if count < 2:
        return 0.0, 0.0
    extents = stats[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1) / SIDE
    sizes = stats[1:, cv2.CC_STAT_AREA]
    return float(sizes[extents > _SPECK].sum()) / within.size, float(extents.max())

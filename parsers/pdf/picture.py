"""The page as it looks: rendered with its annotations and fields, and asked where there is ink."""

import math

import numpy as np
from numpy.typing import NDArray

from parsers.pdf.area import Area
from parsers.pdf.document import Page

#: Pixels per point at 150 dpi: a box of 9 points is 19 pixels wide.
_SCALE = 150 / 72
_MOST_PIXELS = 9_000_000
#: Below this the picture is too coarse to say what stands in a box.
_COARSE = 1.2
#: How much darker (of 255) than its ground something must be to count as ink, and as good ink.
_FAINT, _SOLID = 20, 60


class Patch:
    """A small part of a picture."""

    def __init__(self, pixels: NDArray[np.uint8]) -> None:
        self._pixels = pixels
        #: The shade that most of it has.
        self.ground = int(np.median(pixels)) if pixels.size else 255

    def ink(self, ground: int = 255) -> tuple[float, float]:
        """Which share of it is darker than its ground: at all, and as dark as print."""
        if not self._pixels.size:
            return 0.0, 0.0
        faint = np.count_nonzero(self._pixels < ground - _FAINT)
        solid = np.count_nonzero(self._pixels < ground - _SOLID)
        return float(faint) / self._pixels.size, float(solid) / self._pixels.size


class Picture:
    """One page's picture in shades of grey."""

    def __init__(self, pixels: NDArray[np.uint8], scale: float) -> None:
        self._pixels = pixels
        self._scale = scale
        #: Whether it shows too little to judge a box by.
        self.coarse = scale < _COARSE

    def part(self, area: Area) -> NDArray[np.uint8]:
        """The pixels that lie wholly in an area; may be empty."""
        top = max(0, math.ceil(area.top * self._scale))
        left = max(0, math.ceil(area.left * self._scale))
        bottom = max(0, math.floor(area.bottom * self._scale))
        right = max(0, math.floor(area.right * self._scale))
        return self._pixels[top:bottom, left:right]

    def shows_something(self, area: Area) -> bool:
        """Whether an area is not all of one shade: what is said to stand there can be seen."""
        part = self.part(area.grown(0.7))
        return part.size > 0 and int(part.max()) - int(part.min()) >= _FAINT

    def patch(self, area: Area) -> "Patch":
        """A small part of the picture, to be judged when all of the document is known."""
        return Patch(self.part(area).copy())

    def unexplained(self, area: Area, known: list[Area]) -> int:
        """How many pixels of an area are ink that none of the known things covers."""
        part = self.part(area)
        if not part.size:
            return 0
        ink = part < int(np.median(part)) - _SOLID
        top, left = math.ceil(area.top * self._scale), math.ceil(area.left * self._scale)
        top, left = max(0, top), max(0, left)
        for each in known:
            x0 = max(0, math.floor(each.left * self._scale) - left)
            y0 = max(0, math.floor(each.top * self._scale) - top)
            x1 = math.ceil(each.right * self._scale) - left
            y1 = math.ceil(each.bottom * self._scale) - top
            if x1 > 0 and y1 > 0:
                ink[y0:y1, x0:x1] = False
        return int(np.count_nonzero(ink))


def render(page: Page) -> Picture:
    """Draws a page as a viewer shows it, annotations and fields included; bounded in pixels."""
    shown = page.frame.shown
    scale = min(_SCALE, math.sqrt(_MOST_PIXELS / (shown.width * shown.height)))
    bitmap = page.handle.render(
        scale=scale,
        rotation=90 * page.further,
        grayscale=True,
        draw_annots=True,
        may_draw_forms=True,
    )
    try:
        pixels = np.array(bitmap.to_numpy(), dtype=np.uint8)
    finally:
        bitmap.close()
    return Picture(pixels.reshape(pixels.shape[0], pixels.shape[1]), scale)

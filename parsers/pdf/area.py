"""Rectangles on a page as it is shown: points from its top left corner, whatever way the file turns it."""

from collections.abc import Iterable
from typing import NamedTuple, Self


class Area(NamedTuple):
    """A rectangle in points (1/72 inch), downwards from the page's top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, points: Iterable[tuple[float, float]]) -> Self:
        """The smallest rectangle that holds all points."""
        xs, ys = zip(*points, strict=True)
        return cls(min(xs), min(ys), max(xs), max(ys))

    @property
    def width(self) -> float:
        """Never negative."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Never negative."""
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        """The point in its middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, point: tuple[float, float]) -> bool:
        """Whether a point lies in it, its edges included."""
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom

    def grown(self, by: float) -> "Area":
        """Larger by so many points on each side; smaller for a negative number, to a point at most."""
        by = max(by, -self.width / 2, -self.height / 2)
        return Area(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def joined(self, other: "Area") -> "Area":
        """The smallest rectangle round both."""
        return Area(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def shared(self, other: "Area") -> float:
        """The size in square points of what both cover."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return width * height if width > 0 and height > 0 else 0.0

    def touches(self, other: "Area") -> bool:
        """Whether they have a point in common."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )


class Frame(NamedTuple):
    """How a page's own coordinates become those of the page as it is shown.

    Attributes:
        left, bottom, right, top: what is shown of the page, in its own coordinates (the crop box
            within the media box, ISO 32000-1, 14.11.2).
        turn: clockwise quarter turns (/Rotate).
    """

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def shown(self) -> Area:
        """The whole page as it is shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return Area(0, 0, height, width) if self.turn % 2 else Area(0, 0, width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """One point of the page, as shown."""
        if self.turn == 1:
            return y - self.bottom, x - self.left
        if self.turn == 2:
            return self.right - x, y - self.bottom
        if self.turn == 3:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def area(self, left: float, bottom: float, right: float, top: float) -> Area:
        """One rectangle of the page, as shown."""
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return Area(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def own(self, shown: Area) -> tuple[float, float, float, float]:
        """A rectangle as shown, in the page's own coordinates: left, bottom, right, top."""
        x0, y0 = self._own(shown.left, shown.top)
        x1, y1 = self._own(shown.right, shown.bottom)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def _own(self, x: float, y: float) -> tuple[float, float]:
        if self.turn == 1:
            return self.left + y, self.bottom + x
        if self.turn == 2:
            return self.right - x, self.bottom + y
        if self.turn == 3:
            return self.right - y, self.top - x
        return self.left + x, self.top - y

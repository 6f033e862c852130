"""A page before it is a file: words, lines and boxes, each with its place.

Units are points (1/72 inch), from the page's top left corner.
"""

from dataclasses import dataclass, field, replace
from enum import Enum


class BoxStyle(Enum):
    """What an empty box is made of."""

    RECTANGLE = "a rectangle"
    FOUR_LINES = "four lines"
    ROUNDED = "a rectangle with round corners"
    #: The ballot box of the font.
    GLYPH = "a character"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A line of words; `left` is where it ends instead where the script runs from right to left."""

    left: float
    baseline: float
    size: float
    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A line of the table."""

    left: float
    top: float
    right: float
    bottom: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxPlace:
    """A check box: of which text, which of its four, and where."""

    designation: str
    place: int
    left: float
    top: float
    size: float

    def moved(self, across: float, down: float) -> "BoxPlace":
        """A box of the same size beside it."""
        return replace(self, left=self.left + across, top=self.top + down)

    @property
    def centre(self) -> tuple[float, float]:
        """Its middle."""
        return self.left + self.size / 2, self.top + self.size / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class RowBand:
    """A text's row, or the part of it that stands on one page."""

    designation: str
    top: float
    bottom: float


@dataclass(slots=True, kw_only=True)
class Sheet:
    """One page.

    Attributes:
        width, height: of the paper.
        face: name of the typeface, of `tests.corpus.fonts`.
        style: what the boxes are.
        right_to_left: whether words end at their place rather than begin there.
        ink: thickness of a box's lines.
    """

    width: float
    height: float
    face: str
    style: BoxStyle
    ink: float
    right_to_left: bool = False
    words: list[Words] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    boxes: list[BoxPlace] = field(default_factory=list)
    bands: list[RowBand] = field(default_factory=list)

    def mirrored(self) -> "Sheet":
        """The page of a script that runs from right to left."""
        across = self.width
        return Sheet(
            width=self.width,
            height=self.height,
            face=self.face,
            style=self.style,
            ink=self.ink,
            right_to_left=True,
            words=[replace(each, left=across - each.left) for each in self.words],
            rules=[
                replace(each, left=across - each.right, right=across - each.left)
                for each in self.rules
            ],
            boxes=[replace(each, left=across - each.left - each.size) for each in self.boxes],
            bands=self.bands,
        )

"""One place on a page where something can be ticked, and what it says so far."""

from dataclasses import dataclass, field

from parsers.pdf.area import Area
from parsers.reading import Doubt, Mark

#: More strokes, or more length of them (in sides of the place), than a tick or cross needs.
_MOST_STROKES, _MOST_LENGTH = 5, 9.0


@dataclass(slots=True, eq=False)
class Spot:
    """One place to tick.

    Attributes:
        area: its outline.
        kind: as `Box.kind`.
        base: what it is by itself: an empty or a ticked box character, a field's state.
        how: the evidence in words.
        drawn: what the page's own content put into it.
        added: what annotations put onto it.
        doubts: what is wrong with it already.
        order: among the page's objects.
        length: of the strokes in it, in points.
        undetermined: whether the page's words leave open whether it is empty: the picture says it.
        is_text: whether it is a text field as small as a box.
    """

    area: Area
    kind: str
    base: Mark
    how: list[str]
    order: int = 0
    drawn: int = 0
    added: int = 0
    length: float = 0.0
    doubts: list[Doubt] = field(default_factory=list)
    undetermined: bool = False
    is_text: bool = False

    @property
    def side(self) -> float:
        """The longer side in points."""
        return max(self.area.width, self.area.height)

    @property
    def said(self) -> Mark:
        """What text, drawing, fields and annotations say together."""
        if self.doubts or self.base is Mark.DOUBTFUL:
            return Mark.DOUBTFUL
        if self.base is Mark.MARKED and (self.drawn or self.added):
            # A mark over a mark may be there to undo it.
            return Mark.DOUBTFUL
        if (self.drawn and self.added) or (self.kind == "acroform" and self.is_overlaid):
            return Mark.DOUBTFUL
        if self.drawn + self.added > _MOST_STROKES or self.length > _MOST_LENGTH * self.side:
            return Mark.DOUBTFUL
        return Mark.MARKED if self.base is Mark.MARKED or self.drawn or self.added else Mark.EMPTY

    def take_for_empty(self, how: str) -> None:
        """Takes the picture's word for an undetermined place in which nothing was put."""
        if self.undetermined and not (self.drawn or self.added or self.doubts):
            self.base = Mark.EMPTY
            self.how.append(how)

    @property
    def is_overlaid(self) -> bool:
        """Whether a check box field says one thing and what lies on it another."""
        return not self.is_text and bool(self.drawn or self.added)

    def near(self, by: float) -> Area:
        """Its outline grown by a share of its side."""
        return self.area.grown(self.side * by)

    def doubt(self, doubt: Doubt, how: str) -> None:
        """Notes something that a person has to see."""
        self.doubts.append(doubt)
        self.how.append(how)

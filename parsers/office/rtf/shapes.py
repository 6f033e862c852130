"""Drawings of RTF while their groups are read (RTF 1.9.1, "Word 97 through Word 2007 Shapes")."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from parsers.office.wordprocessing import shape

#: Lengths are in twentieths of a point.
_TWIPS = 20


@dataclass(slots=True)
class Shape:
    """A drawing.

    Attributes:
        edges: "left", "top", "right", "bottom", in twips from its anchor.
        blocks: what it holds as a text box; None where it is none.
        picture: whether it holds a picture.
    """

    edges: dict[str, int] = field(default_factory=dict)
    blocks: list[etree._Element] | None = None
    picture: bool = False

    def run(self) -> etree._Element:
        """As a run; whatever is drawn in RTF may lie over text."""
        top, left = self.edges.get("top", 0), self.edges.get("left", 0)
        return shape(
            self.blocks,
            floating=True,
            width=(self.edges.get("right", 0) - left) / _TWIPS,
            height=(self.edges.get("bottom", 0) - top) / _TWIPS,
            picture=self.picture,
            top=top / _TWIPS,
        )


def picture_run(said: Mapping[str, int]) -> etree._Element:
    r"""A picture in the text (\pict), by the control words of its group."""
    width, height = (
        said.get(f"pic{side}goal", 0) / _TWIPS * said.get(f"picscale{axis}", 100) / 100
        for side, axis in (("w", "x"), ("h", "y"))
    )
    return shape(None, floating=False, width=width, height=height, picture=True)

"""How a form looks: paper, type, columns, lines and boxes vary from document to document."""

import random
from dataclasses import dataclass
from enum import Enum

from tests.corpus import fonts
from tests.corpus.fonts import Face
from tests.corpus.sheets import BoxStyle

_PAPERS = ((595.3, 841.9), (595.3, 841.9), (595.3, 841.9), (612.0, 792.0))


class Columns(Enum):
    """How a text's row is divided."""

    #: Text, boxes of the main choices, words with the boxes of the options between them.
    THREE = "three columns"
    TWO = "two columns"
    ONE = "one column"
    NUMBERED = "numbers, text, choices"
    #: A column of its own for what a text is, after its designation.
    KIND = "text, kind, choices"


class Lines(Enum):
    """Which lines the table has."""

    ALL = "all"
    ACROSS = "across"
    ROUND = "round each text"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The choices of one layout; lengths in points."""

    face: Face
    paper: tuple[float, float]
    margin: float
    size: float
    leading: float
    box: float
    style: BoxStyle
    ink: float
    columns: Columns
    lines: Lines
    rule: float
    pad: float
    first: float
    bold: bool
    keep: bool

    @property
    def traits(self) -> dict[str, str]:
        """For the document's description."""
        return {
            "columns": self.columns.value,
            "lines": self.lines.value,
            "box": self.style.value,
            "box size": f"{self.box:.0f} pt",
            "font": self.face.name,
            "letters": f"{self.size:.0f} pt",
            "rows": "kept together" if self.keep else "may break",
        }


def a_look(
    chance: random.Random,
    language: str,
    *,
    outlines: bool,
    large: bool = False,
    ruled: bool = False,
) -> Look:
    """Draws a layout.

    Args:
        chance: what draws.
        language: of the form.
        outlines: only typefaces that can be embedded in a PDF.
        large: for forms that are scanned so coarsely that a small one would not be legible.
        ruled: for forms that are mostly the printed ones, whose tables have all their lines.
    """
    faces = [f for f in fonts.faces(language) if f.outlines or not outlines]
    face = chance.choice(faces)
    size = chance.uniform(9.5 if large else 8.5, 11.5)
    style = chance.choices(list(BoxStyle), (6, 3, 1, 2))[0]
    if style is BoxStyle.GLYPH and not face.name.startswith("DejaVuSans"):
        style = BoxStyle.RECTANGLE
    columns = chance.choices(list(Columns), (8, 4, 2, 2, 1))[0]
    return Look(
        face=face,
        paper=chance.choice(_PAPERS),
        margin=chance.uniform(40, 72),
        size=size,
        leading=size * chance.uniform(1.18, 1.4),
        box=chance.uniform(9 if large else 7, 16) if style is not BoxStyle.GLYPH else size * 1.1,
        style=style,
        ink=chance.uniform(0.4, 1.3),
        columns=columns,
        lines=chance.choices(list(Lines), (24 if ruled else 8, 2, 3, 1))[0],
        rule=chance.uniform(0.3, 1.2),
        pad=chance.uniform(2.5, 6),
        first=chance.uniform(0.24, 0.38),
        bold=chance.random() < 0.3,
        keep=chance.random() < 0.6,
    )

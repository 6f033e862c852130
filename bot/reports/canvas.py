"""What pictures are drawn on: shapes and words at the measures at which they are shown, PNG out.

Every picture of a consultation is drawn here, for the digest, the review page and the export alike,
so that all of them have one look, and colours that every kind of colour vision tells apart.
"""

import io
from typing import Final

from PIL import Image, ImageDraw, ImageFont

#: Pixels of the picture for each pixel that it is shown at.
SCALE: Final = 2
#: Width at which it is shown.
WIDTH: Final = 576
#: Left and right of what is drawn.
EDGE: Final = 12

# Okabe and Ito's colours, told apart by every kind of colour vision, and by their lightness.
SUPPORT: Final = "#0072b2"
AGAINST: Final = "#e69f00"
PENDING: Final = "#c9d2da"
PAPER: Final = "#ffffff"
INK: Final = "#1d2a35"
MUTED: Final = "#56636f"
EMPTY: Final = "#eef2f5"
_STRIPE: Final = "#7f8d99"

_Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


class Canvas:
    """One picture while it is drawn; its measures are those at which it is shown."""

    def __init__(self, height: float) -> None:
        self.image = Image.new("RGB", (WIDTH * SCALE, round(height * SCALE)), PAPER)
        self._draw = ImageDraw.Draw(self.image)
        # The font that comes inside Pillow: a machine need not have any.
        self._fonts: dict[int, _Font] = {
            size: ImageFont.load_default(size * SCALE) for size in (11, 13)
        }

    @property
    def height(self) -> float:
        """At which it is shown."""
        return self.image.height / SCALE

    def png(self) -> bytes:
        """The picture, `SCALE` times as large as it is to be shown."""
        written = io.BytesIO()
        self.image.save(written, "PNG")
        return written.getvalue()

    def paste(self, other: "Canvas", top: float) -> None:
        """Sets another picture into this one."""
        self.image.paste(other.image, (0, round(top * SCALE)))

    def box(self, left: float, upper: float, right: float, lower: float, fill: str) -> None:
        """A filled rectangle; what is pending is hatched too, so that it is told without colour."""
        corners = tuple(round(each * SCALE) for each in (left, upper, right - 0.5, lower - 0.5))
        self._draw.rectangle(corners, fill=fill)
        if fill == PENDING:
            self._hatch(left, upper, right, lower)

    def line(self, points: list[tuple[float, float]], fill: str, width: int = 1) -> None:
        """Strokes from point to point."""
        self._draw.line([(x * SCALE, y * SCALE) for x, y in points], fill=fill, width=width * SCALE)

    def dashes(self, x: float, upper: float, lower: float) -> None:
        """A broken upright line; white under black, so that it shows on every colour."""
        for y in range(round(upper), round(lower), 6):
            stroke = [(x, y), (x, min(y + 4, lower))]
            self.line(stroke, PAPER, width=2)
            self.line(stroke, INK)

    def length(self, text: str, size: int = 11) -> float:
        """How wide a text is."""
        return self._draw.textlength(text, font=self._fonts[size]) / SCALE

    def write(
        self,
        x: float,
        y: float,
        text: str,
        size: int = 11,
        *,
        fill: str = INK,
        anchor: str = "lm",
    ) -> None:
        """Words in one line.

        Args:
            x: of the anchor.
            y: of the anchor.
            text: what to write.
            size: 11 or 13.
            fill: its colour.
            anchor: which of its points is at (x, y), as Pillow names them: "lm" is left, middle.
        """
        self._draw.text(
            (x * SCALE, y * SCALE), text, font=self._fonts[size], fill=fill, anchor=anchor
        )

    def key(self, names: tuple[tuple[str, str], ...], y: float, x: float = EDGE) -> None:
        """What the colours mean, in one line."""
        for name, fill in names:
            self.box(x, y - 6, x + 12, y + 6, fill)
            self.write(x + 17, y, name)
            x += 17 + self.length(name) + 16

    def _hatch(self, left: float, upper: float, right: float, lower: float) -> None:
        size = (max(1, round((right - left) * SCALE)), max(1, round((lower - upper) * SCALE)))
        patch = Image.new("RGB", size, PENDING)
        draw = ImageDraw.Draw(patch)
        for x in range(-size[1], size[0], 5 * SCALE):
            draw.line((x, size[1], x + size[1], 0), fill=_STRIPE, width=SCALE)
        self.image.paste(patch, (round(left * SCALE), round(upper * SCALE)))

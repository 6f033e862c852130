"""The tally as a picture: for each draft text, one bar of who supports it, against the 70 % line.

A bar is all the opinions on a text, those that still wait for a person among them: from the left who
assigns authority, then what is pending, from the right who does not. Where the line falls into the
first part the threshold is met whatever comes of the second; where it falls into the last it is not.
(A Member State whose change of opinion is pending stands in two parts until that is settled; the
word at the end of the bar is the tally's own.)
"""

import io
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from bot.consultation.outlook import THRESHOLD_PER_CENT
from bot.consultation.tally import CircularTally, TextTally

#: Pixels of the picture for each pixel that it is shown at.
SCALE: Final = 2
#: Width at which it is shown.
WIDTH: Final = 576
#: Rows that are drawn; a circular with more texts than that is better read as a table.
MOST_ROWS: Final = 60

_ROW, _BAR, _TOP, _BOTTOM, _EDGE = 30, 18, 44, 12, 12
_NAMES, _NUMBERS = 92, 122  # columns left and right of the bars

# Okabe and Ito's colours, told apart by every kind of colour vision, and by their lightness.
_ASSIGNS, _DENIES, _PENDING = "#0072b2", "#e69f00", "#c9d2da"
_PAPER, _INK, _MUTED, _STRIPE, _EMPTY = "#ffffff", "#1d2a35", "#56636f", "#7f8d99", "#eef2f5"

_Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@dataclass(frozen=True, slots=True, kw_only=True)
class _Segment:
    """A part of a bar: how many, and how it is filled."""

    number: int
    fill: str
    ink: str


def tally_chart(tally: CircularTally) -> bytes:
    """The PNG, twice as large as it is to be shown (`WIDTH` pixels).

    Draws at most `MOST_ROWS` texts and says how many it leaves out.
    """
    return _Drawing(tally).png()


class _Drawing:
    """One picture while it is drawn; its measures are those at which it is shown."""

    def __init__(self, tally: CircularTally) -> None:
        self._texts = tally.texts[:MOST_ROWS]
        self._left_out = len(tally.texts) - len(self._texts)
        self._bottom = _TOP + _ROW * len(self._texts)
        height = self._bottom + _BOTTOM + (18 if self._left_out else 0)
        self._image = Image.new("RGB", (WIDTH * SCALE, height * SCALE), _PAPER)
        self._draw = ImageDraw.Draw(self._image)
        self._plain, self._small = _font(13), _font(11)
        self._first, self._last = _EDGE + _NAMES, WIDTH - _EDGE - _NUMBERS

    def png(self) -> bytes:
        self._key()
        for place, text in enumerate(self._texts):
            self._row(text, _TOP + _ROW * place)
        self._threshold()
        if self._left_out:
            self._write(_EDGE, self._bottom + 14, f"and {self._left_out} more texts", self._small)
        written = io.BytesIO()
        self._image.save(written, "PNG", optimize=True)
        return written.getvalue()

    def _key(self) -> None:
        x = float(_EDGE)
        for name, fill in (
            ("assigns authority", _ASSIGNS),
            ("pending", _PENDING),
            ("does not assign", _DENIES),
        ):
            self._box(x, 9, x + 12, 21, fill)
            if fill is _PENDING:
                self._hatch(x, 9, x + 12, 21)
            self._write(x + 17, 15, name, self._small)
            x += 17 + self._draw.textlength(name, font=self._small) / SCALE + 16

    def _row(self, text: TextTally, top: float) -> None:
        upper, lower = top + (_ROW - _BAR) / 2, top + (_ROW + _BAR) / 2
        middle = (upper + lower) / 2
        self._write(_EDGE, middle, _shortened(text.text), self._plain)
        self._box(self._first, upper, self._last, lower, _EMPTY)
        total = text.replies + text.pending
        segments = (
            _Segment(number=text.assigns, fill=_ASSIGNS, ink="#ffffff"),
            _Segment(number=text.pending, fill=_PENDING, ink=_INK),
            _Segment(number=text.does_not_assign, fill=_DENIES, ink=_INK),
        )
        before = 0
        for segment in segments:
            if segment.number:
                left, right = self._at(before / total), self._at((before + segment.number) / total)
                self._segment(segment, left, upper, right, lower)
            before += segment.number
        numbers = f"{text.assigns} of {text.replies}" if text.replies else "no replies"
        self._write(self._last + 10, middle, numbers, self._plain)
        self._write(WIDTH - _EDGE, middle, _outcome(text), self._small, fill=_MUTED, anchor="rm")

    def _segment(
        self, segment: _Segment, left: float, upper: float, right: float, lower: float
    ) -> None:
        self._box(left, upper, right, lower, segment.fill)
        if segment.fill is _PENDING:
            self._hatch(left, upper, right, lower)
        self._draw.line(
            (right * SCALE, upper * SCALE, right * SCALE, lower * SCALE), fill=_PAPER, width=SCALE
        )
        number = str(segment.number)
        size = self._draw.textlength(number, font=self._small) / SCALE
        if segment.fill is not _PENDING and right - left > size + 8:
            self._write(
                left + (right - left) / 2,
                (upper + lower) / 2,
                number,
                self._small,
                fill=segment.ink,
                anchor="mm",
            )

    def _threshold(self) -> None:
        x = self._at(THRESHOLD_PER_CENT / 100)
        self._write(x, _TOP - 8, f"{THRESHOLD_PER_CENT} %", self._small, anchor="mm")
        for y in range(_TOP, self._bottom, 6):
            line = (x * SCALE, y * SCALE, x * SCALE, min(y + 4, self._bottom) * SCALE)
            # White under black, so that it shows on every colour.
            self._draw.line(line, fill=_PAPER, width=SCALE * 2)
            self._draw.line(line, fill=_INK, width=SCALE)

    def _at(self, share: float) -> float:
        return self._first + share * (self._last - self._first)

    def _box(self, left: float, upper: float, right: float, lower: float, fill: str) -> None:
        corners = tuple(round(each * SCALE) for each in (left, upper, right - 0.5, lower - 0.5))
        self._draw.rectangle(corners, fill=fill)

    def _hatch(self, left: float, upper: float, right: float, lower: float) -> None:
        """Strokes, so that what is pending is told without its colour."""
        size = (max(1, round((right - left) * SCALE)), max(1, round((lower - upper) * SCALE)))
        patch = Image.new("RGB", size, _PENDING)
        draw = ImageDraw.Draw(patch)
        for x in range(-size[1], size[0], 5 * SCALE):
            draw.line((x, size[1], x + size[1], 0), fill=_STRIPE, width=SCALE)
        self._image.paste(patch, (round(left * SCALE), round(upper * SCALE)))

    def _write(
        self, x: float, y: float, text: str, font: _Font, *, fill: str = _INK, anchor: str = "lm"
    ) -> None:
        self._draw.text((x * SCALE, y * SCALE), text, font=font, fill=fill, anchor=anchor)


def _font(size: int) -> _Font:
    # The font that comes inside Pillow: a machine need not have any.
    return ImageFont.load_default(size * SCALE)


def _shortened(designation: str) -> str:
    return designation if len(designation) <= 13 else designation[:12] + "…"


def _outcome(text: TextTally) -> str:
    if not text.decided:
        return "open"
    return "met" if text.threshold_met else "not met"

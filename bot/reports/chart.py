"""The tally as a picture: for each draft text, one bar of who supports it, against the 70 % line.

A bar is all the opinions on a text, those that still wait for a person among them: from the left who
assigns authority, then what is pending, from the right who does not. Where the line falls into the
first part the threshold is met whatever comes of the second; where it falls into the last it is not.
(A Member State whose change of opinion is pending stands in two parts until that is settled; the
word at the end of the bar is the tally's own.)
"""

from dataclasses import dataclass
from typing import Final

from bot.consultation.outlook import THRESHOLD_PER_CENT
from bot.consultation.tally import CircularTally, TextTally
from bot.reports.canvas import (
    AGAINST,
    EDGE,
    EMPTY,
    INK,
    MUTED,
    PAPER,
    PENDING,
    SCALE,
    SUPPORT,
    WIDTH,
    Canvas,
)

__all__ = ["MOST_ROWS", "SCALE", "WIDTH", "draw_tally", "tally_chart"]

#: Rows that are drawn; a circular with more texts than that is better read as a table.
MOST_ROWS: Final = 60

_ROW, _BAR, _TOP, _BOTTOM = 30, 18, 44, 12
_NAMES, _NUMBERS = 92, 122  # columns left and right of the bars
_FIRST, _LAST = EDGE + _NAMES, WIDTH - EDGE - _NUMBERS


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
    return draw_tally(tally).png()


def draw_tally(tally: CircularTally) -> Canvas:
    """The same, to be set into another picture."""
    texts = tally.texts[:MOST_ROWS]
    left_out = len(tally.texts) - len(texts)
    bottom = _TOP + _ROW * len(texts)
    canvas = Canvas(bottom + _BOTTOM + (18 if left_out else 0))
    canvas.key(
        (("assigns authority", SUPPORT), ("pending", PENDING), ("does not assign", AGAINST)), 15
    )
    for place, text in enumerate(texts):
        _row(canvas, text, _TOP + _ROW * place)
    x = _at(THRESHOLD_PER_CENT / 100)
    canvas.write(x, _TOP - 8, f"{THRESHOLD_PER_CENT} %", anchor="mm")
    canvas.dashes(x, _TOP, bottom)
    if left_out:
        canvas.write(EDGE, bottom + 14, f"and {left_out} more texts")
    return canvas


def _row(canvas: Canvas, text: TextTally, top: float) -> None:
    upper, lower = top + (_ROW - _BAR) / 2, top + (_ROW + _BAR) / 2
    middle = (upper + lower) / 2
    canvas.write(EDGE, middle, _shortened(text.text), 13)
    canvas.box(_FIRST, upper, _LAST, lower, EMPTY)
    total = text.replies + text.pending
    segments = (
        _Segment(number=text.assigns, fill=SUPPORT, ink="#ffffff"),
        _Segment(number=text.pending, fill=PENDING, ink=INK),
        _Segment(number=text.does_not_assign, fill=AGAINST, ink=INK),
    )
    before = 0
    for segment in segments:
        if segment.number:
            left, right = _at(before / total), _at((before + segment.number) / total)
            _segment(canvas, segment, (left, right), (upper, lower))
        before += segment.number
    numbers = f"{text.assigns} of {text.replies}" if text.replies else "no replies"
    canvas.write(_LAST + 10, middle, numbers, 13)
    canvas.write(WIDTH - EDGE, middle, _outcome(text), fill=MUTED, anchor="rm")


def _segment(
    canvas: Canvas, segment: _Segment, across: tuple[float, float], down: tuple[float, float]
) -> None:
    (left, right), (upper, lower) = across, down
    canvas.box(left, upper, right, lower, segment.fill)
    canvas.line([(right, upper), (right, lower)], PAPER)
    number = str(segment.number)
    if segment.fill != PENDING and right - left > canvas.length(number) + 8:
        middle = (left + right) / 2, (upper + lower) / 2
        canvas.write(*middle, number, fill=segment.ink, anchor="mm")


def _at(share: float) -> float:
    return _FIRST + share * (_LAST - _FIRST)


def _shortened(designation: str) -> str:
    return designation if len(designation) <= 13 else designation[:12] + "…"


def _outcome(text: TextTally) -> str:
    if not text.decided:
        return "open"
    return "met" if text.threshold_met else "not met"

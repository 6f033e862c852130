"""Coverage by region as a picture: of the Member States asked, who replied, and of whom something waits."""

from collections.abc import Sequence
from typing import Final

from bot.reports.canvas import EDGE, EMPTY, MUTED, PENDING, SUPPORT, WIDTH, Canvas
from bot.reports.coverage import RegionCoverage

_ROW, _BAR, _TOP = 24, 14, 32
_FIRST, _LAST = EDGE + 150, WIDTH - EDGE - 122
_BOTTOM: Final = 10


def coverage_chart(regions: Sequence[RegionCoverage]) -> bytes:
    """The PNG; a bar is all Member States of its region."""
    return draw_coverage(regions).png()


def draw_coverage(regions: Sequence[RegionCoverage]) -> Canvas:
    """The same, to be set into another picture."""
    canvas = Canvas(_TOP + _ROW * len(regions) + _BOTTOM)
    canvas.key((("replied", SUPPORT), ("pending", PENDING), ("no reply", EMPTY)), 15)
    for place, each in enumerate(regions):
        upper = _TOP + _ROW * place + (_ROW - _BAR) / 2
        lower, middle = upper + _BAR, upper + _BAR / 2
        canvas.write(EDGE, middle, each.region, 13)
        canvas.box(_FIRST, upper, _LAST, lower, EMPTY)
        share = (_LAST - _FIRST) / max(1, each.asked)
        x: float = _FIRST
        for number, fill in ((each.replied, SUPPORT), (each.pending, PENDING)):
            if number:
                canvas.box(x, upper, x + number * share, lower, fill)
            x += number * share
        canvas.write(_LAST + 10, middle, f"{each.replied} of {each.asked}", 13)
        per_cent = f"{100 * each.replied // max(1, each.asked)} %"
        canvas.write(WIDTH - EDGE, middle, per_cent, fill=MUTED, anchor="rm")
    return canvas

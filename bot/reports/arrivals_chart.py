"""Replies over time as a picture: Member States with an opinion, day by day, against the deadline."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from bot.consultation.arrivals import Arrivals
from bot.reports.canvas import AGAINST, EDGE, EMPTY, INK, MUTED, SUPPORT, WIDTH, Canvas

_HEIGHT: Final = 190
_TOP, _BOTTOM = 40, 156
_FIRST, _LAST = EDGE + 30, WIDTH - EDGE - 54


def arrivals_chart(arrivals: Arrivals, asked: int) -> bytes:
    """The PNG.

    Args:
        arrivals: by day.
        asked: Member States within the percentage: the height that can be reached.
    """
    return draw_arrivals(arrivals, asked).png()


def draw_arrivals(arrivals: Arrivals, asked: int) -> Canvas:
    """The same, to be set into another picture."""
    canvas = Canvas(_HEIGHT)
    canvas.write(EDGE, 15, "Member States with an opinion", 13)
    days = max(1, (arrivals.last_day - arrivals.first_day).days)

    def across(day: dt.date) -> float:
        return _FIRST + (day - arrivals.first_day).days / days * (_LAST - _FIRST)

    # The scale ends at the next ten above what came: among 194, thirty would lie on the ground.
    top = min(max(asked, 1), max(10, -(-arrivals.total * 5 // 4 // 10) * 10))

    def up(number: float) -> float:
        return _BOTTOM - min(number / top, 1) * (_BOTTOM - _TOP)

    for step in (0, top / 2, top):
        canvas.line([(_FIRST, up(step)), (_LAST, up(step))], EMPTY)
        canvas.write(_FIRST - 6, up(step), f"{step:.0f}", fill=MUTED, anchor="rm")
    _curve(canvas, arrivals, across, up)
    for day in arrivals.late:
        x = across(day)
        canvas.box(x - 2, _BOTTOM - 8, x + 3, _BOTTOM, AGAINST)
    _days(canvas, arrivals, across)
    return canvas


def _curve(
    canvas: Canvas,
    arrivals: Arrivals,
    across: Callable[[dt.date], float],
    up: Callable[[float], float],
) -> None:
    """Steps, not slopes: what is between two days nobody knows."""
    x, y = across(arrivals.first_day), up(0)
    points = [(x, y)]
    for day, number in arrivals.replied:
        x = across(day)
        points += [(x, y), (x, up(number))]
        y = up(number)
    end = across(min(arrivals.today, arrivals.last_day))
    points.append((max(end, x), y))
    canvas.line(points, SUPPORT, width=2)
    if arrivals.total:
        canvas.write(points[-1][0] + 6, y, str(arrivals.total), 13)


def _days(canvas: Canvas, arrivals: Arrivals, across: Callable[[dt.date], float]) -> None:
    deadline = across(arrivals.deadline)
    canvas.dashes(deadline, _TOP - 6, _BOTTOM)
    canvas.line([(_FIRST, _BOTTOM), (_LAST, _BOTTOM)], INK)
    said = f"deadline {_day(arrivals.deadline)}"
    right = deadline > (_FIRST + _LAST) / 2
    canvas.write(
        deadline + (4 if right else -4), _BOTTOM + 12, said, anchor="rm" if right else "lm"
    )
    if deadline - _FIRST > canvas.length(said) + 70:
        canvas.write(_FIRST, _BOTTOM + 12, _day(arrivals.first_day), fill=MUTED)
    if arrivals.late:
        canvas.key(((f"{len(arrivals.late)} late", AGAINST),), 15, x=WIDTH - EDGE - 80)


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%b}"

"""A consultation in one picture: the tally, replies over time, coverage by region."""

from collections.abc import Collection, Sequence

from bot.consultation.arrivals import arrivals
from bot.consultation.circular import Circular
from bot.consultation.record import OpinionRecord
from bot.consultation.tally import CircularTally
from bot.reports.arrivals_chart import draw_arrivals
from bot.reports.canvas import Canvas
from bot.reports.chart import draw_tally
from bot.reports.coverage import coverage
from bot.reports.coverage_chart import draw_coverage

_BETWEEN = 8


def overview_chart(
    circular: Circular,
    records: Sequence[OpinionRecord],
    tally: CircularTally,
    *,
    observers: Collection[str] = (),
) -> bytes:
    """The PNG, as of the tally's moment.

    Args:
        circular: which.
        records: its append-only record.
        tally: counted from it.
        observers: ISO codes outside of the percentage.
    """
    regions = coverage(tally, observers=observers)
    came = arrivals(circular, records, moment=tally.as_of, observers=observers)
    panels = (
        draw_tally(tally),
        draw_arrivals(came, sum(each.asked for each in regions)),
        draw_coverage(regions),
    )
    heights = [each.height for each in panels]
    whole = Canvas(sum(heights) + _BETWEEN * (len(panels) - 1))
    top = 0.0
    for panel, height in zip(panels, heights, strict=True):
        whole.paste(panel, top)
        top += height + _BETWEEN
    return whole.png()

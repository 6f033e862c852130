"""Pictures of replies over time and by region, and all of a consultation in one."""

import datetime as dt
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.consultation.arrivals import Arrivals, arrivals
from bot.consultation.record import OpinionRecord, Standing
from bot.consultation.tally import tally
from bot.reports.arrivals_chart import arrivals_chart
from bot.reports.canvas import SCALE, WIDTH
from bot.reports.coverage import RegionCoverage, coverage
from bot.reports.coverage_chart import coverage_chart
from bot.reports.overview_chart import overview_chart
from tests.consultation.record_lines import NOON, line
from tests.reports.export_samples import make_circular

CIRCULAR = make_circular()
DAY = 86_400
BLUE = (0, 114, 178)


def _picture(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png)).convert("RGB")
    assert image.width == WIDTH * SCALE
    return image


def _of(*records: OpinionRecord, days: int = 10) -> Arrivals:
    return arrivals(CIRCULAR, records, moment=NOON + dt.timedelta(days=days), observers={"PSE"})


def test_a_member_state_arrives_once_on_the_day_of_its_first_opinion() -> None:
    found = _of(
        line(1, "CHE", "N"),
        line(2, "FRA", "N", received=DAY),
        line(3, "CHE", "D", received=2 * DAY),
        line(4, "BRA", "D", received=DAY),
    )
    day = NOON.date()
    assert found.replied == ((day, 1), (day + dt.timedelta(days=1), 3))
    assert found.total == 3


def test_who_does_not_count_does_not_arrive_and_late_ones_are_told_apart() -> None:
    found = _of(
        line(1, "CHE", "N", Standing.PENDING),
        line(2, "FRA", "-"),
        line(3, "PSE", "N"),
        line(4, "BRA", "N", Standing.LATE, received=3 * DAY, reply=9),
        line(5, "BRA", "N", Standing.LATE, received=3 * DAY, reply=9, text="Y.2"),
    )
    assert found.total == 0
    assert found.late == (NOON.date() + dt.timedelta(days=3),)


def test_the_time_shown_goes_from_the_circular_to_the_deadline_or_the_moment() -> None:
    found = _of(line(1, "CHE", "N"))
    assert (found.first_day, found.last_day) == (CIRCULAR.date, CIRCULAR.deadline.date())
    soon = _of(line(1, "CHE", "N"), days=25)
    assert soon.last_day == soon.today > CIRCULAR.deadline.date()
    # Months later it is still the consultation that is shown, and not the time since.
    assert _of(line(1, "CHE", "N"), days=200).last_day == dt.date(2026, 5, 14)


def test_what_was_recorded_later_is_not_shown() -> None:
    assert _of(line(1, "CHE", "N", recorded=20 * DAY)).total == 0


def test_the_regions_hold_every_member_state_once() -> None:
    counted = tally(
        CIRCULAR,
        [line(1, "CHE", "N"), line(2, "FRA", "N", Standing.PENDING)],
        moment=NOON + dt.timedelta(days=1),
    )
    regions = {each.region: each for each in coverage(counted)}
    assert sum(each.asked for each in regions.values()) == 194
    europe = regions["Europe"]
    assert (europe.replied, europe.pending, europe.silent) == (1, 1, europe.asked - 2)


def test_who_stands_and_waits_is_counted_once() -> None:
    records = [line(1, "CHE", "N"), line(2, "CHE", "D", Standing.PENDING)]
    counted = tally(CIRCULAR, records, moment=NOON + dt.timedelta(days=1))
    europe = next(each for each in coverage(counted) if each.region == "Europe")
    assert (europe.replied, europe.pending) == (1, 0)


def test_a_bar_is_as_long_as_its_share() -> None:
    def blue(replied: int) -> int:
        region = RegionCoverage(region="Europe", asked=40, replied=replied, pending=0)
        image = _picture(coverage_chart([region]))
        y = (32 + 12) * SCALE
        return sum(image.getpixel((x, y)) == BLUE for x in range(image.width))

    assert blue(0) == 0
    assert blue(20) == pytest.approx(blue(40) / 2, abs=2)


moments = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))


@settings(max_examples=40, deadline=None)
@given(
    days=st.lists(moments, min_size=2, max_size=8),
    late=st.lists(moments, max_size=3),
    asked=st.integers(0, 200),
)
def test_any_course_of_things_can_be_drawn(
    days: list[dt.date], late: list[dt.date], asked: int
) -> None:
    ordered = sorted(days)
    shown = Arrivals(
        first_day=ordered[0],
        last_day=max(ordered[-1], *late, ordered[-1]),
        today=ordered[len(ordered) // 2],
        deadline=ordered[-1],
        replied=tuple((day, n) for n, day in enumerate(sorted(set(ordered)), start=1)),
        late=tuple(sorted(each for each in late if each >= ordered[0])),
    )
    _picture(arrivals_chart(shown, asked))
    _picture(arrivals_chart(replace(shown, replied=(), late=()), asked))


def test_one_picture_holds_all_three() -> None:
    records = [line(1, "CHE", "N"), line(2, "FRA", "D", Standing.PENDING)]
    counted = tally(CIRCULAR, records, moment=NOON + dt.timedelta(days=1))
    whole = _picture(overview_chart(CIRCULAR, records, counted))
    parts = [
        _picture(arrivals_chart(_of(*records), 194)),
        _picture(coverage_chart(coverage(counted))),
    ]
    assert whole.height > sum(each.height for each in parts)
    assert overview_chart(CIRCULAR, records, counted) == overview_chart(CIRCULAR, records, counted)

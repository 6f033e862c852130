"""When the secretariat is at work."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.consultation.working_hours import WorkingHours

ZURICH = ZoneInfo("Europe/Zurich")
NINE_TO_SIX = WorkingHours(
    timezone=ZURICH,
    opens=dt.time(9),
    closes=dt.time(18),
    holidays=frozenset({dt.date(2026, 4, 3), dt.date(2026, 4, 6)}),
)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        pytest.param("2026-04-02T06:59Z", False, id="early"),
        pytest.param("2026-04-02T07:00Z", True, id="nine in summer"),
        pytest.param("2026-03-27T07:30Z", False, id="half past eight in winter"),
        pytest.param("2026-04-02T15:59Z", True, id="the last minute"),
        pytest.param("2026-04-02T16:00Z", False, id="six"),
        pytest.param("2026-04-03T08:00Z", False, id="a holiday"),
        pytest.param("2026-04-04T08:00Z", False, id="a Saturday"),
        pytest.param("2026-04-07T08:00Z", True, id="a Tuesday"),
    ],
)
def test_it_is_open_within_the_hours_of_a_working_day(moment: str, is_open: bool) -> None:
    assert NINE_TO_SIX.open_at(dt.datetime.fromisoformat(moment)) is is_open


def test_without_an_hour_of_closing_it_is_open_until_midnight() -> None:
    hours = WorkingHours(timezone=dt.UTC, opens=dt.time(9))
    assert hours.open_at(dt.datetime(2026, 4, 2, 23, 59, 59, tzinfo=dt.UTC))


def test_a_week_of_other_days_is_kept() -> None:
    sunday_to_thursday = WorkingHours(
        timezone=dt.UTC, opens=dt.time(9), days=frozenset({6, 0, 1, 2, 3})
    )
    assert sunday_to_thursday.on_or_before(dt.date(2026, 4, 4)) == dt.date(2026, 4, 2)
    assert sunday_to_thursday.after(dt.date(2026, 4, 2)) == dt.date(2026, 4, 5)


def test_easter_is_passed_over() -> None:
    assert NINE_TO_SIX.on_or_before(dt.date(2026, 4, 6)) == dt.date(2026, 4, 2)
    assert NINE_TO_SIX.after(dt.date(2026, 4, 2)) == dt.date(2026, 4, 7)


def test_where_nobody_ever_works_a_day_is_taken_as_it_is() -> None:
    never = WorkingHours(timezone=dt.UTC, opens=dt.time(9), days=frozenset())
    assert never.on_or_before(dt.date(2026, 4, 6)) == dt.date(2026, 4, 6)


@settings(deadline=None)
@given(st.dates(dt.date(2020, 1, 1), dt.date(2035, 1, 1)))
def test_the_nearest_working_days_enclose_a_day(day: dt.date) -> None:
    assert NINE_TO_SIX.on_or_before(day) <= day < NINE_TO_SIX.after(day)
    assert NINE_TO_SIX.is_working_day(NINE_TO_SIX.after(day))

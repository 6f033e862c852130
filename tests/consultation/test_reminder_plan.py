"""Reminders go on the configured days, to those of whom something is missing, and never twice."""

import datetime as dt
from collections.abc import Collection
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.consultation.circular import Circular
from bot.consultation.reminder_plan import (
    DueReminder,
    PlannedDay,
    Stage,
    due_day,
    due_reminders,
    planned_days,
)
from bot.consultation.working_hours import WorkingHours

ZURICH = ZoneInfo("Europe/Zurich")
DAYS = (30, 14, 7, 2)
#: Eight to six, Monday to Friday; 30 April 2026 is a Thursday.
HOURS = WorkingHours(timezone=ZURICH, opens=dt.time(8), closes=dt.time(18))


def zurich(month: int, day: int, hour: int = 9, minute: int = 0) -> dt.datetime:
    """A moment by the secretariat's clock, in 2026."""
    return dt.datetime(2026, month, day, hour, minute, tzinfo=ZURICH)


def planned(
    circular: Circular,
    now: dt.datetime,
    *,
    states: Collection[str] = ("CHE",),
    standing: Collection[tuple[str, str]] = (),
    waiting: Collection[str] = (),
    sent: Collection[tuple[str, int]] = (),
) -> tuple[DueReminder, ...]:
    return due_reminders(
        circular,
        now=now,
        days_before=DAYS,
        hours=HOURS,
        states=states,
        standing=standing,
        waiting=waiting,
        sent=sent,
    )


@pytest.mark.parametrize(
    ("now", "due"),
    [
        pytest.param(zurich(3, 30), None, id="31 days before"),
        pytest.param(zurich(3, 31, 7, 59), None, id="30 days before, a minute early"),
        pytest.param(zurich(3, 31, 8), 30, id="30 days before, on the hour"),
        pytest.param(zurich(3, 31, 17, 59), 30, id="30 days before, the last minute of work"),
        pytest.param(zurich(3, 31, 18), None, id="30 days before, in the evening"),
        pytest.param(zurich(4, 1, 0, 1), None, id="29 days before, at night"),
        pytest.param(zurich(4, 1), 30, id="29 days before: made up"),
        pytest.param(zurich(4, 4), None, id="a Saturday"),
        pytest.param(zurich(4, 10), 30, id="20 days before: still made up"),
        pytest.param(zurich(4, 15), None, id="15 days before: the next is at hand"),
        pytest.param(zurich(4, 16, 7), None, id="14 days before, early: it is at hand still"),
        pytest.param(zurich(4, 16), 14, id="14 days before"),
        pytest.param(zurich(4, 23), 7, id="7 days before"),
        pytest.param(zurich(4, 24), 7, id="6 days before: made up"),
        pytest.param(zurich(4, 26), None, id="4 days before, a Sunday"),
        pytest.param(zurich(4, 27), None, id="3 days before: the next is at hand"),
        pytest.param(zurich(4, 28), 2, id="2 days before"),
        pytest.param(zurich(4, 30), 2, id="on the day: made up"),
        pytest.param(zurich(4, 30, 20), None, id="on the day, in the evening"),
        pytest.param(zurich(5, 1, 2, 0), None, id="after the deadline"),
    ],
)
def test_which_day_is_due(circular: Circular, now: dt.datetime, due: int | None) -> None:
    assert due == due_day(circular, now=now, days_before=DAYS, hours=HOURS)


@pytest.mark.parametrize(
    ("days", "due"),
    [
        pytest.param([], None, id="none configured"),
        pytest.param([0], None, id="only the day itself"),
        pytest.param([2, 3, 2], 3, id="in any order and twice"),
        pytest.param([-1, 6], 6, id="a negative one means nothing"),
        pytest.param([2, 1, 0], None, id="not yet"),
    ],
)
def test_days_are_taken_as_they_come(circular: Circular, days: list[int], due: int | None) -> None:
    now = zurich(4, 27)
    assert due == due_day(circular, now=now, days_before=days, hours=HOURS)


def test_the_clock_goes_by_the_secretariats_time_zone(circular: Circular) -> None:
    tokyo = WorkingHours(timezone=ZoneInfo("Asia/Tokyo"), opens=dt.time(8))
    now = dt.datetime(2026, 3, 30, 23, 30, tzinfo=dt.UTC)  # 8:30 on the 31st in Tokyo

    assert due_day(circular, now=now, days_before=DAYS, hours=tokyo) == 30
    assert due_day(circular, now=now, days_before=DAYS, hours=HOURS) is None


def test_one_who_has_not_replied_is_reminded_of_all_texts(circular: Circular) -> None:
    assert planned(circular, zurich(4, 20)) == (
        DueReminder(
            state="CHE", days_before=14, days_left=10, missing=("Y.1", "Y.2"), replied=False
        ),
    )


def test_one_who_has_replied_in_part_is_reminded_of_the_rest(circular: Circular) -> None:
    (reminder,) = planned(circular, zurich(4, 16), standing={("CHE", "Y.2"), ("FRA", "Y.1")})
    assert (reminder.missing, reminder.replied) == (("Y.1",), True)


def test_one_who_has_replied_to_all_gets_none(circular: Circular) -> None:
    assert not planned(circular, zurich(4, 16), standing={("CHE", "Y.1"), ("CHE", "Y.2")})


def test_one_whose_reply_waits_for_a_person_gets_none(circular: Circular) -> None:
    assert not planned(circular, zurich(4, 16), waiting={"CHE"})


def test_none_goes_twice_and_each_day_has_its_own(circular: Circular) -> None:
    assert not planned(circular, zurich(4, 16), sent={("CHE", 14)})
    assert planned(circular, zurich(4, 16), sent={("CHE", 30), ("FRA", 14)})


def test_of_several_missed_days_only_the_last_is_made_up(circular: Circular) -> None:
    (reminder,) = planned(circular, zurich(4, 24))
    assert (reminder.days_before, reminder.days_left) == (7, 6)


def test_the_order_of_member_states_is_kept(circular: Circular) -> None:
    reminders = planned(circular, zurich(4, 16), states=["FRA", "CHE", "DEU"], waiting={"CHE"})
    assert [each.state for each in reminders] == ["FRA", "DEU"]


@settings(deadline=None, max_examples=100)
@given(
    days=st.lists(st.integers(0, 20), max_size=5),
    hours=st.lists(st.integers(1, 30 * 24), max_size=40),
)
def test_however_often_it_looks_nobody_gets_more_letters_than_days_or_one_after_the_deadline(
    circular: Circular, days: list[int], hours: list[int]
) -> None:
    sent: list[tuple[str, int]] = []
    for before in sorted(hours, reverse=True):
        now = circular.deadline - dt.timedelta(hours=before)
        before_now = len(sent)
        sent += [
            (each.state, each.days_before)
            for each in due_reminders(
                circular,
                now=now,
                days_before=days,
                hours=HOURS,
                states=["CHE"],
                standing=(),
                waiting=(),
                sent=sent,
            )
        ]
        assert HOURS.open_at(now) or len(sent) == before_now
    assert len(sent) == len(set(sent)) <= len(set(days))
    assert [day for _, day in sent] == sorted((day for _, day in sent), reverse=True)


@settings(deadline=None, max_examples=60)
@given(
    days=st.sets(st.integers(0, 20), max_size=5),
    holidays=st.sets(st.dates(dt.date(2026, 4, 5), dt.date(2026, 4, 30)), max_size=4),
)
def test_looking_every_hour_sends_each_day_of_the_plan_once_and_on_its_day(
    circular: Circular, days: set[int], holidays: set[dt.date]
) -> None:
    hours = WorkingHours(
        timezone=ZURICH, opens=dt.time(8), closes=dt.time(18), holidays=frozenset(holidays)
    )
    sent: dict[int, dt.date] = {}
    start = circular.deadline - dt.timedelta(days=28)
    for hour in range(28 * 24):
        now = start + dt.timedelta(hours=hour)
        for each in due_reminders(
            circular,
            now=now,
            days_before=days,
            hours=hours,
            states=["CHE"],
            standing=(),
            waiting=(),
            sent=[("CHE", day) for day in sent],
        ):
            sent[each.days_before] = now.astimezone(ZURICH).date()
    plan = planned_days(circular, days_before=days, hours=hours)
    assert sent == {each.days_before: each.day for each in plan}
    assert all(hours.is_working_day(each.day) for each in plan)
    assert len({each.day for each in plan}) == len(plan) <= len(days)


class TestThePlan:
    def plan(self, circular: Circular, *days: int) -> tuple[PlannedDay, ...]:
        return planned_days(circular, days_before=days, hours=HOURS)

    def test_a_day_on_which_nobody_works_is_brought_forward(self, circular: Circular) -> None:
        (saturday,) = self.plan(circular, 5)
        assert saturday == PlannedDay(days_before=5, day=dt.date(2026, 4, 24), days_left=6)

    def test_of_two_that_fall_on_one_day_the_later_stands(self, circular: Circular) -> None:
        assert [each.days_before for each in self.plan(circular, 6, 5, 4)] == [4]

    def test_there_is_none_before_the_circular_was_out(self, circular: Circular) -> None:
        assert [each.days_before for each in self.plan(circular, 76, 90, 73)] == [73]


@pytest.mark.parametrize(
    ("now", "sent", "stage"),
    [
        pytest.param(zurich(4, 16), [], Stage.FIRST, id="nothing was sent"),
        pytest.param(zurich(4, 16), [("FRA", 30)], Stage.FIRST, id="another State was reminded"),
        pytest.param(zurich(4, 16), [("CHE", 30)], Stage.AGAIN, id="a further one"),
        pytest.param(zurich(4, 28), [("CHE", 30)], Stage.LAST, id="the last days"),
        pytest.param(zurich(4, 28), [], Stage.LAST, id="the last days, the others were missed"),
    ],
)
def test_a_reminder_knows_which_it_is(
    circular: Circular, now: dt.datetime, sent: list[tuple[str, int]], stage: Stage
) -> None:
    (reminder,) = planned(circular, now, sent=sent)
    assert reminder.stage is stage

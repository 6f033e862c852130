"""Which Member States are due a reminder, and when: pure, from what stands and what was sent."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.consultation.circular import Circular
from bot.consultation.working_hours import WorkingHours

#: So many days are the last ones: two, or three where a weekend lies between.
LAST_DAYS: Final = 3


class Stage(StrEnum):
    """Which of the reminders one is, for its words."""

    #: The first that a Member State gets about a circular.
    FIRST = "first"
    #: One after that.
    AGAIN = "again"
    #: One that leaves `LAST_DAYS` at the most, whether others came before it or not.
    LAST = "last"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDay:
    """A day on which reminders go out.

    Attributes:
        days_before: which of the configured days it is for.
        day: when, on the secretariat's calendar; earlier than configured where that is no working
            day, for a later one would leave less time.
        days_left: from it to the deadline's day.
    """

    days_before: int
    day: dt.date
    days_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DueReminder:
    """One reminder that is to go out.

    Attributes:
        state: ISO 3166-1 alpha-3.
        days_before: which of the configured days it is for; with `state` it names the reminder.
        days_left: whole days from today to the deadline's day; less than `days_before` where the
            day was missed.
        missing: designations without a standing opinion, in the circular's order.
        replied: whether other texts have one.
        stage: which it is of those that this Member State gets.
    """

    state: str
    days_before: int
    days_left: int
    missing: tuple[str, ...]
    replied: bool
    stage: Stage = Stage.FIRST


def planned_days(
    circular: Circular, *, days_before: Iterable[int], hours: WorkingHours
) -> tuple[PlannedDay, ...]:
    """The days of a circular's plan, the first to come first.

    Of two configured days that fall on the same working day the later stands. A day on which the
    circular was not out yet is none.

    Args:
        circular: whose deadline.
        days_before: the configured days, in any order; 0 is the day of the deadline itself.
        hours: of the secretariat.
    """
    end = _last_day(circular)
    found: dict[dt.date, PlannedDay] = {}
    for before in sorted({each for each in days_before if each >= 0}, reverse=True):
        day = hours.on_or_before(end - dt.timedelta(days=before))
        if day > circular.date:
            found[day] = PlannedDay(days_before=before, day=day, days_left=(end - day).days)
    return tuple(found[day] for day in sorted(found))


def due_day(
    circular: Circular, *, now: dt.datetime, days_before: Iterable[int], hours: WorkingHours
) -> int | None:
    """The configured day whose reminders are due at a moment; None where none is.

    They are due from the day of the plan on, within the hours of the secretariat. A day that was
    missed, because nothing ran, is made up within the hours of a later one; of several only the
    last, and none on the eve of the next, which is at hand anyway.

    Args:
        circular: whose deadline; after it nothing is due.
        now: aware.
        days_before: as of `planned_days`; so is the next.
        hours: of the secretariat.
    """
    if not circular.in_time(now) or not hours.open_at(now):
        return None
    today = now.astimezone(hours.timezone).date()
    days = planned_days(circular, days_before=days_before, hours=hours)
    reached = [each for each in days if each.day <= today]
    if not reached:
        return None
    due = reached[-1]
    eve_of_next = any(each.day == hours.after(today) for each in days)
    return None if due.day < today and eve_of_next else due.days_before


def incomplete(
    circular: Circular,
    *,
    states: Iterable[str],
    standing: Collection[tuple[str, str]],
    waiting: Collection[str],
) -> dict[str, tuple[str, ...]]:
    """Member State -> the designations without a standing opinion, of those who may be reminded.

    Not of one all of whose texts have one, nor of one of which something waits for a person.

    Args:
        circular: which consultation.
        states: ISO codes of those who are to be reminded, in the order wanted.
        standing: (Member State, designation) of the opinions that stand.
        waiting: Member States of which something waits for a person.
    """
    texts = [text.designation for text in circular.texts]
    missing = {
        state: tuple(text for text in texts if (state, text) not in standing)
        for state in states
        if state not in waiting
    }
    return {state: found for state, found in missing.items() if found}


def due_reminders(
    circular: Circular,
    *,
    now: dt.datetime,
    days_before: Iterable[int],
    hours: WorkingHours,
    states: Iterable[str],
    standing: Collection[tuple[str, str]],
    waiting: Collection[str],
    sent: Collection[tuple[str, int]],
) -> tuple[DueReminder, ...]:
    """The reminders to be sent at a moment: to whom `incomplete` says, none twice for the same day.

    Args:
        circular: which consultation.
        now: aware.
        days_before: as in `due_day`; so is the next.
        hours: of the secretariat.
        states: as in `incomplete`; so are the next two.
        standing: opinions.
        waiting: Member States.
        sent: (Member State, days before) of the reminders of this circular that reached somebody,
            as far as anybody knows.
    """
    due = due_day(circular, now=now, days_before=days_before, hours=hours)
    if due is None:
        return ()
    # East of UTC the last hours fall on the day after.
    left = max(0, (_last_day(circular) - now.astimezone(hours.timezone).date()).days)
    reminded = {state for state, _ in sent}
    missing = incomplete(circular, states=states, standing=standing, waiting=waiting)
    return tuple(
        DueReminder(
            state=state,
            days_before=due,
            days_left=left,
            missing=texts,
            replied=len(texts) < len(circular.texts),
            stage=_stage(left, again=state in reminded),
        )
        for state, texts in missing.items()
        if (state, due) not in sent
    )


def _stage(days_left: int, *, again: bool) -> Stage:
    if days_left <= LAST_DAYS:
        return Stage.LAST
    return Stage.AGAIN if again else Stage.FIRST


def _last_day(circular: Circular) -> dt.date:
    # The deadline's day is the one that the circular names, which is that of UTC: east of it the
    # last minute falls on the next.
    return circular.deadline.astimezone(dt.UTC).date()

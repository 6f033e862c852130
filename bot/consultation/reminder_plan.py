"""Which Member States are due a reminder: pure, from what stands and what was sent."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.consultation.circular import Circular


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
    """

    state: str
    days_before: int
    days_left: int
    missing: tuple[str, ...]
    replied: bool


def due_day(
    circular: Circular,
    *,
    now: dt.datetime,
    days_before: Iterable[int],
    at: dt.time,
    timezone: dt.tzinfo,
) -> int | None:
    """The configured day whose reminders are due at a moment; None where none is.

    A reminder for N days before is due from a time of day on, N calendar days before the day that
    the circular gives as its deadline. One that was missed, because nothing ran, is made up later;
    of several only the last, and none on the eve of the next, which is at hand anyway.

    Args:
        circular: whose deadline; after it nothing is due.
        now: aware.
        days_before: the configured days, in any order; 0 is the day of the deadline itself.
        at: time of day from which on a day's reminders go out.
        timezone: of the secretariat, for the calendar day and for `at`.
    """
    if not circular.in_time(now):
        return None
    here = now.astimezone(timezone)
    left = _days_left(circular, here)
    # Before that time of day it is, for reminders, still the day before.
    begun = left if here.time() >= at else left + 1
    days = sorted({each for each in days_before if each >= 0})
    reached = [each for each in days if each >= begun]
    if not reached:
        return None
    due = reached[0]
    if due > begun and begun - 1 in days:
        return None
    return due


def due_reminders(
    circular: Circular,
    *,
    now: dt.datetime,
    days_before: Iterable[int],
    at: dt.time,
    timezone: dt.tzinfo,
    states: Iterable[str],
    standing: Collection[tuple[str, str]],
    waiting: Collection[str],
    sent: Collection[tuple[str, int]],
) -> tuple[DueReminder, ...]:
    """The reminders to be sent at a moment.

    None goes to a Member State all of whose texts have a standing opinion, none while something of
    its own waits for a person, and none twice for the same day.

    Args:
        circular: which consultation.
        now: aware.
        days_before: as in `due_day`; so are the next two.
        at: time of day.
        timezone: of the secretariat.
        states: ISO codes of those who are to be reminded, in the order wanted.
        standing: (Member State, designation) of the opinions that stand.
        waiting: Member States of which something waits for a person.
        sent: (Member State, days before) of the reminders of this circular that were sent.
    """
    due = due_day(circular, now=now, days_before=days_before, at=at, timezone=timezone)
    if due is None:
        return ()
    # East of UTC the last hours fall on the day after.
    left = max(0, _days_left(circular, now.astimezone(timezone)))
    reminders = []
    for state in states:
        missing = tuple(
            text.designation for text in circular.texts if (state, text.designation) not in standing
        )
        if missing and state not in waiting and (state, due) not in sent:
            reminders.append(
                DueReminder(
                    state=state,
                    days_before=due,
                    days_left=left,
                    missing=missing,
                    replied=len(missing) < len(circular.texts),
                )
            )
    return tuple(reminders)


def _days_left(circular: Circular, here: dt.datetime) -> int:
    # The deadline's day is the one that the circular names, which is that of UTC: east of it the
    # last minute falls on the next.
    return (circular.deadline.astimezone(dt.UTC).date() - here.date()).days

"""The plan of the reminders as one can read it in advance: each day, and whom it would go to."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.consultation.circular import Circular
from bot.consultation.reminder_plan import (
    LAST_DAYS,
    PlannedDay,
    Stage,
    due_day,
    incomplete,
    planned_days,
)
from bot.consultation.tally import standing_opinions
from bot.office import Office
from bot.register.register import Register
from bot.store.transaction import Transaction
from bot.worker.calendar.reminder_history import ReminderHistory, history_of
from bot.worker.calendar.reminding import waiting_states


class Progress(StrEnum):
    """What has become of a day."""

    SENT = "sent"
    #: Its reminders go now, on the day or to make up for it.
    DUE = "due"
    COMING = "to come"
    #: Nothing ran then; the next one makes up for it, or the deadline has passed.
    MISSED = "missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarLine:
    """One day of one circular's plan.

    Attributes:
        circular: which.
        day: when, and for which of the configured days.
        stage: of the reminders of that day, for whoever got the ones before.
        progress: what has become of it.
        states: Member States that were reached; for a day that is due or to come those whose reply
            is not complete as it stands now.
    """

    circular: Circular
    day: PlannedDay
    stage: Stage
    progress: Progress
    states: int


def reminder_calendar(
    tx: Transaction, office: Office, register: Register, now: dt.datetime
) -> tuple[CalendarLine, ...]:
    """The plans of all circulars that are open, the first day first."""
    lines = [
        line
        for circular in office.circulars
        if circular.in_time(now)
        for line in _of(tx, office, circular, register, now)
    ]
    return tuple(sorted(lines, key=lambda line: (line.day.day, line.circular.number)))


def _of(
    tx: Transaction, office: Office, circular: Circular, register: Register, now: dt.datetime
) -> Iterator[CalendarLine]:
    days = planned_days(circular, days_before=office.days_before, hours=office.hours)
    due = due_day(circular, now=now, days_before=office.days_before, hours=office.hours)
    records = tx.opinions.records(circular.number)
    to_remind = incomplete(
        circular,
        states=[str(code) for code in register.states if register.contacts_of(code)],
        standing=set(standing_opinions(circular, records)),
        waiting=waiting_states(records, tx.replies.all(circular.number)),
    )
    history = history_of(tx, circular)
    today = now.astimezone(office.zone).date()
    for place, day in enumerate(days):
        still = [each for each in to_remind if (each, day.days_before) not in history.reached]
        later_begun = any(each.day <= today for each in days[place + 1 :])
        progress = _progress(day, due, history, today, still=bool(still), over=later_begun)
        yield CalendarLine(
            circular=circular,
            day=day,
            stage=_stage(day, first=place == 0),
            progress=progress,
            states=history.count(day.days_before)
            if progress in {Progress.SENT, Progress.MISSED}
            else len(still),
        )


def _progress(
    day: PlannedDay,
    due: int | None,
    history: ReminderHistory,
    today: dt.date,
    *,
    still: bool,
    over: bool,
) -> Progress:
    if due == day.days_before and still:
        return Progress.DUE
    if history.count(day.days_before):
        return Progress.SENT
    return Progress.MISSED if day.day < today and over else Progress.COMING


def _stage(day: PlannedDay, *, first: bool) -> Stage:
    if day.days_left <= LAST_DAYS:
        return Stage.LAST
    return Stage.FIRST if first else Stage.AGAIN

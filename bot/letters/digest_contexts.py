"""What the daily digest is told: values only.

All moments are UTC and aware; the templates put them on the secretariat's clock.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.consultation.circular import Circular
from bot.consultation.tally import CircularTally, TextTally


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingShown:
    """One reply that waits for a person, as the digest shows it.

    Attributes:
        message: id for `tsbbot review ID`.
        reference: of the reply.
        sender: address.
        state_name: or None.
        subject: of the message.
        since: when it was received.
        reasons: in words.
        link: to the review page; None where there is none.
    """

    message: int
    reference: str
    sender: str
    state_name: str | None
    subject: str
    since: dt.datetime
    reasons: tuple[str, ...]
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CameIn:
    """One reply that came since the last digest."""

    reference: str
    state_name: str | None
    received_at: dt.datetime
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextChange:
    """A text whose tally is another than at the last digest."""

    before: TextTally
    now: TextTally


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledShown:
    """A reply that a person has decided on since the last digest.

    Attributes:
        reference: of the reply.
        state_name: or None.
        outcome: in words.
        by: who decided last.
    """

    reference: str
    state_name: str | None
    outcome: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedShown:
    """What a reply announces and has not brought.

    Attributes:
        state_name: of the Member State, or the sender's address.
        comments: designations whose comments are missing.
        reasons: designations not assigned, without reasons.
        asked_again: the day on which it was asked for once more; None: not yet.
    """

    state_name: str
    comments: tuple[str, ...]
    reasons: tuple[str, ...]
    asked_again: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CircularDigest:
    """What the digest says of one circular.

    Attributes:
        circular, tally: which, and where it stands.
        days_left: to the deadline; negative after it.
        came_in: since the last digest.
        late: names with the time of receipt.
        missing: what is still due, by reply.
        without_reply: region -> names of Member States that have not replied.
        regions: region -> how many Member States it has.
        changes: texts whose numbers are others than at the last digest.
        settled: what people decided since then.
        letters: kind -> how many of its letters were sent since then.
        next_reminders: the next day of the plan; None where there is none.
        observers: replies recorded on a line of their own (State of Palestine), one line each.
        chart: PNG of the tally; None where nothing can be drawn.
    """

    circular: Circular
    tally: CircularTally
    days_left: int
    came_in: tuple[CameIn, ...]
    late: tuple[tuple[str, dt.datetime], ...]
    missing: tuple[OwedShown, ...]
    without_reply: dict[str, tuple[str, ...]]
    regions: Mapping[str, int] = field(default_factory=dict)
    changes: tuple[TextChange, ...] = ()
    settled: tuple[SettledShown, ...] = ()
    letters: Mapping[str, int] = field(default_factory=dict)
    next_reminders: dt.date | None = None
    observers: tuple[str, ...] = ()
    chart: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestContext:
    """Of the daily digest to the secretariat (English).

    Attributes:
        day: which day's digest, in the secretariat's time zone.
        timezone: IANA name of it.
        since: what "came in" counts from; None for the first digest.
        circulars: open ones, and those closed since the last digest.
        waiting: what waits for a person, oldest first.
        bounces: (address, what the mail system said, letter's subject).
        absences: (address, subject) of absence notes.
        not_counted: one line each.
        unreachable: (circular, Member State), by name, of whom no address takes letters, so that
            a reminder that was due could not go.
        trouble: what the program itself had trouble with, one line each.
        quiet: nothing happened since the last digest.
    """

    day: dt.date
    timezone: str
    since: dt.datetime | None
    circulars: tuple[CircularDigest, ...]
    waiting: tuple[WaitingShown, ...]
    bounces: tuple[tuple[str, str, str], ...]
    absences: tuple[tuple[str, str], ...]
    not_counted: tuple[str, ...]
    trouble: tuple[str, ...]
    quiet: bool
    unreachable: tuple[tuple[str, str], ...] = ()

"""The append-only record of opinions, and what stands of it at a moment.

A record is never changed: review, admission and rejection append another one for the same reply and
text. Everything that is counted or shown is computed from these, so it can be shown as of any moment.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.consultation.opinion import TextOpinion


class Standing(StrEnum):
    """What a record is worth."""

    #: Accepted: counts as long as no later one of its Member State takes its place.
    COUNTED = "counted"
    #: Waits for a person.
    PENDING = "pending"
    #: Received after the deadline and not admitted.
    LATE = "late"
    #: From one who is asked for information only (Sector Member, Associate, Academia).
    NOT_COUNTED = "not_counted"
    #: Settled by a person as no reply of this consultation.
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionRecord:
    """One line of the record.

    Attributes:
        seq: its place in the record; grows.
        recorded_at: when it was written, UTC.
        reply: id of the reply that it belongs to.
        circular: number.
        state: ISO 3166-1 alpha-3 of the Member State; None while nobody knows whose it is.
        received_at: when our server received the reply (IMAP INTERNALDATE), UTC.
        opinion: what the reply says of one text.
        standing: what it is worth.
    """

    seq: int
    recorded_at: dt.datetime
    reply: int
    circular: int
    state: str | None
    received_at: dt.datetime
    opinion: TextOpinion
    standing: Standing

    @property
    def text(self) -> str:
        """Designation of the draft text."""
        return self.opinion.text


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedOpinion:
    """A line of the record with its decision.

    Attributes:
        record: the line.
        who: "worker", or the address of a reviewer.
        why: in words; may be empty.
    """

    record: OpinionRecord
    who: str
    why: str


def as_of(records: Iterable[OpinionRecord], moment: dt.datetime | None) -> list[OpinionRecord]:
    """The last word on each reply and text, as it was known at that moment (None: now)."""
    last: dict[tuple[int, str], OpinionRecord] = {}
    for record in sorted(records, key=lambda each: each.seq):
        if moment is None or record.recorded_at <= moment:
            last[record.reply, record.text] = record
    return sorted(last.values(), key=lambda each: each.seq)

"""What each letter is told: values only; the words are in the templates.

All moments are UTC and aware; `bot.letters.rendering` puts them into a language's own form.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from bot.consultation.circular import Circular
from bot.consultation.opinion import Comments, Opinion, Status
from bot.consultation.reminder_plan import Stage
from bot.intake.purpose import Purpose
from bot.letters.digest_contexts import (
    CameIn,
    CircularDigest,
    DigestContext,
    OwedShown,
    SettledShown,
    TextChange,
    WaitingShown,
)

__all__ = [
    "AcknowledgementContext",
    "CameIn",
    "Capacity",
    "CircularDigest",
    "DigestContext",
    "OwedShown",
    "QuestionContext",
    "ReminderContext",
    "RequestContext",
    "RowShown",
    "SettledShown",
    "SignInContext",
    "TextChange",
    "WaitingShown",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowShown:
    """One text as the acknowledgement shows it.

    Attributes:
        text: designation.
        former_name: or None.
        status: CLEAR rows are stated; AMBIGUOUS ones are "under review"; BLANK ones "no box ticked".
        opinion, comments: as recorded.
        comments_unsaid: assigns authority, but which of the two options was not said (or both were).
        superseded: a later reply's opinion that stands instead of an earlier one of the same State.
    """

    text: str
    former_name: str | None
    status: Status
    opinion: Opinion | None
    comments: Comments | None
    comments_unsaid: bool = False
    superseded: bool = False


class Capacity(StrEnum):
    """In what capacity one takes part that is asked for information only (Convention, 19 and 20)."""

    SECTOR_MEMBER = "sector_member"
    ASSOCIATE = "associate"
    ACADEMIA = "academia"


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgementContext:
    """Of the acknowledgement (all purposes).

    Attributes:
        purpose: which of them.
        circular: whose reply.
        reference: "C106-CHE-1".
        state_name: in the letter's language; None while nobody knows.
        received_at: when our server received it.
        rows: in the circular's order; texts that the reply does not have are in `absent`.
        absent: designations without a row in this reply.
        comments_missing: designations whose comments are said to be attached, but nothing is.
        reasons_missing: designations not assigned, without reasons.
        attachments: names of the attachments beside the form that were kept.
        decided_by_person: for CONFIRMED: whether a reviewer corrected something.
        iso2: ISO 3166-1 alpha-2 of the Member State, whose capital's clock is shown beside UTC;
            None: UTC alone.
        open: whether the consultation still takes replies; where it does not, none is asked for.
        outside: whether the reply is listed on a line of its own, outside of the percentage
            (Resolution 99).
        capacity: for NOT_COUNTED: what the sender is in the register; None where it is not there.
    """

    purpose: Purpose
    circular: Circular
    reference: str
    state_name: str | None
    received_at: dt.datetime
    rows: tuple[RowShown, ...]
    absent: tuple[str, ...] = ()
    comments_missing: tuple[str, ...] = ()
    reasons_missing: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    decided_by_person: bool = False
    iso2: str | None = None
    open: bool = True
    outside: bool = False
    capacity: Capacity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderContext:
    """Of a reminder to a focal point.

    Attributes:
        circular: which.
        state_name: in the letter's language.
        days_left: whole days to the deadline.
        missing: designations without a standing opinion; all of them where no reply came.
        replied: whether some texts were answered already.
        stage: the first, a further one, or one of the last days.
        last_written: the day of the reminder before this one; None where there was none.
        comments_missing, reasons_missing: of the texts that were answered, as of an
            acknowledgement.
        iso2: as of an acknowledgement.
    """

    circular: Circular
    state_name: str
    days_left: int
    missing: tuple[str, ...]
    replied: bool
    stage: Stage = Stage.FIRST
    last_written: dt.date | None = None
    comments_missing: tuple[str, ...] = ()
    reasons_missing: tuple[str, ...] = ()
    iso2: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestContext:
    """Of the request for reasons or comments that a reply announces and does not bring.

    Attributes:
        circular: which.
        reference: of the reply.
        state_name: in the letter's language.
        received_at: when our server received the reply.
        comments_missing, reasons_missing: as of an acknowledgement; one of them is not empty.
        iso2: as of an acknowledgement.
    """

    circular: Circular
    reference: str
    state_name: str
    received_at: dt.datetime
    comments_missing: tuple[str, ...] = ()
    reasons_missing: tuple[str, ...] = ()
    iso2: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionContext:
    """Of a question to the sender of a reply that waits.

    Attributes:
        circular: which.
        reference: of the reply; None for a message that holds none.
        state_name: in the letter's language; None while nobody knows: then it is asked for.
        received_at: when our server received the message.
        unclear: designations whose boxes could not be read.
        comments_missing, reasons_missing: as of an acknowledgement.
        no_form: whether the message holds no form that could be read.
        remark: the secretariat's own words, in whatever language: paragraphs of pieces that are
            joined by spaces; may be empty.
        iso2, open: as of an acknowledgement.
    """

    circular: Circular
    reference: str | None
    state_name: str | None
    received_at: dt.datetime
    unclear: tuple[str, ...] = ()
    comments_missing: tuple[str, ...] = ()
    reasons_missing: tuple[str, ...] = ()
    no_form: bool = False
    remark: tuple[tuple[str, ...], ...] = ()
    iso2: str | None = None
    open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInContext:
    """Of the link that lets a person in to the review page (English).

    Attributes:
        link: good for one use.
        minutes: for which it is good.
    """

    link: str
    minutes: int

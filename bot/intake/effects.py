"""What follows from a message or from a person's decision: values that the worker carries out."""

from dataclasses import dataclass
from enum import StrEnum

from bot.consultation.opinion import TextOpinion
from bot.consultation.record import Standing
from bot.intake.purpose import Purpose


class Kind(StrEnum):
    """What a message turned out to be."""

    REPLY = "reply"
    #: Concerns a consultation, but has no form that could be read as a reply to one circular.
    CORRESPONDENCE = "correspondence"
    OTHER_CIRCULAR = "other_circular"
    BOUNCE = "bounce"
    ABSENCE = "absence"
    #: Other automatic mail: receipts, delays, lists.
    AUTOMATIC = "automatic"
    #: A letter of ours that came back to us.
    OWN = "own"
    UNRELATED = "unrelated"
    TOO_LARGE = "too_large"


class Then(StrEnum):
    """What becomes of the message."""

    #: Nothing more to do.
    SETTLED = "settled"
    #: A person has to look.
    HELD = "held"
    #: It was no business of ours after all.
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """An attachment beside the form.

    Attributes:
        path: of its part in the message.
        filename: as sent; None where it had no name.
        sha256, size: of its bytes.
        format: by content.
        texts: designations that it names; empty: it serves all.
    """

    path: str
    filename: str | None
    sha256: str
    size: int
    format: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReply:
    """Record this reply.

    Attributes:
        circular: number.
        state: ISO 3166-1 alpha-3; None while nobody knows.
        entity: name of one who is not asked (Sector Member, ...); None for Member States.
        standing: of the whole: PENDING where any row is.
        rows: what it says of each text, and what that is worth.
        reasons: why it, or part of it, waits for a person; empty where it does not.
        language: of the form; None where it cannot be told.
        sender: address.
        comments_missing: designations with comments "attached" that are not there.
        reasons_missing: designations not assigned, without reasons.
        files: attachments beside the form.
        why: grounds of the attribution, in words.
    """

    circular: int
    state: str | None
    entity: str | None
    standing: Standing
    rows: tuple[tuple[TextOpinion, Standing], ...]
    reasons: tuple[str, ...]
    language: str | None
    sender: str
    comments_missing: tuple[str, ...] = ()
    reasons_missing: tuple[str, ...] = ()
    files: tuple[KeptFile, ...] = ()
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge:
    """Answer the reply that was recorded for this circular.

    Attributes:
        circular: number.
        purpose: which of the acknowledgements.
        recipient: address.
        language: of the letter.
        role: of a sender who is not asked, as the register has it; empty where it has none.
    """

    circular: int
    purpose: Purpose
    recipient: str
    language: str
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteBounce:
    """A letter could not be delivered.

    Attributes:
        letter: Message-ID of the letter, with angle brackets; None where the report names none.
        recipient: whom it did not reach.
        diagnostic: what the mail system said.
        permanent: whether trying again is pointless (RFC 3463, class 5).
    """

    letter: str | None
    recipient: str
    diagnostic: str
    permanent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAbsence:
    """Somebody is away; never a reply, never answered."""

    sender: str
    subject: str


Effect = RecordReply | Acknowledge | NoteBounce | NoteAbsence


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a message comes to.

    Attributes:
        kind: what it is.
        then: what becomes of it.
        reasons: codes, for a message that is held.
        effects: in the order in which they are carried out.
    """

    kind: Kind
    then: Then
    reasons: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()

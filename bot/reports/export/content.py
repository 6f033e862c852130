"""What an export says, computed once from the record; the writers only set it.

Times are UTC and aware; names of Member States are English, the language of the meeting's documents.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from bot.consultation.arrivals import Arrivals
from bot.consultation.circular import Circular, DraftText
from bot.consultation.closing import Amendment, ClosingReport
from bot.consultation.opinion import Comments, Opinion, TextOpinion
from bot.consultation.record import Standing
from bot.consultation.tally import CircularTally, TextTally
from bot.reports.coverage import RegionCoverage


class Basis(StrEnum):
    """What a Member State's place on a text rests on; the first that applies."""

    #: An opinion that stands.
    STANDING = "standing"
    #: Nothing stands; something waits for a person.
    PENDING = "pending"
    #: The row was left blank.
    BLANK = "blank"
    #: The opinion was received after the deadline and not admitted.
    LATE = "late"
    #: It replied, but not on this text.
    NOT_ANSWERED = "not_answered"
    #: There is no reply.
    NO_REPLY = "no_reply"


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where one Member State is on one text.

    Attributes:
        text: designation.
        basis: what it rests on.
        opinion: None where nothing stands.
        comments: None where nothing stands, or where the reply does not say.
        reference: of the reply that it rests on; None where there is none.
        received_at: when that reply was received; None where there is none.
        change_pending: an opinion stands, and a later one waits for a person.
    """

    text: str
    basis: Basis
    opinion: Opinion | None = None
    comments: Comments | None = None
    reference: str | None = None
    received_at: dt.datetime | None = None
    change_pending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StateResult:
    """One Member State with its places.

    Attributes:
        iso3: ISO 3166-1 alpha-3.
        name: English short name.
        region: as the register has it.
        counts: False for those recorded outside of the percentage (Res. 99).
        positions: one per text, in the circular's order.
    """

    iso3: str
    name: str
    region: str
    counts: bool
    positions: tuple[Position, ...]

    @property
    def answered(self) -> bool:
        """Whether there is a reply at all, be it late or waiting."""
        return any(each.basis is not Basis.NO_REPLY for each in self.positions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one reply says of one text.

    Attributes:
        opinion: as it was recorded last.
        standing: what it is worth.
        stands: whether it is the Member State's opinion now.
        reasons: why it waits, in words; empty where it does not.
    """

    opinion: TextOpinion
    standing: Standing
    stands: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What somebody wrote as reasons or comments.

    Attributes:
        source: "form" (under its table) or "message".
        text: without what it quotes; several lines.
        texts: designations that it names; empty: it speaks of all.
    """

    source: str
    text: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EnclosedFile:
    """An attachment that came beside a form.

    Attributes:
        id: of the record.
        part: its place in the message (`bot.mail.message.Part.path`).
        message: SHA-256 of the archived message.
        filename: as sent; None where it had none.
        place: where the folder has it, as "attachments/01-Y.4241/C106-CHE-1_comments.docx".
        size: in bytes.
        sha256: of its bytes.
        format: by content.
        texts: designations that it names; empty: it serves all.
    """

    id: int
    part: str
    message: str
    filename: str | None
    place: str
    size: int
    sha256: str
    format: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyResult:
    """One reply.

    Attributes:
        reference: "C106-CHE-1".
        iso3: None while nobody knows whose it is, or for one who is not asked.
        name: of the Member State or of the entity that is not asked; empty while unknown.
        received_at: when our server received it.
        sender: address.
        language: ISO 639-1, of the form.
        standing: of the whole.
        rows: in the circular's order; only those that the reply has.
        reasons: why it waits for a person, in words; empty where it does not.
        comments_missing: designations whose comments are said to be attached, but are not there.
        reasons_missing: designations not assigned, without reasons.
        files: attachments, in the order of the message.
        words: reasons and comments written in form and message.
        unread: why its message could not be opened for the words, one line; None where it could.
    """

    reference: str
    iso3: str | None
    name: str
    received_at: dt.datetime
    sender: str
    language: str
    standing: Standing
    rows: tuple[Row, ...]
    reasons: tuple[str, ...]
    comments_missing: tuple[str, ...]
    reasons_missing: tuple[str, ...]
    files: tuple[EnclosedFile, ...]
    words: tuple[Words, ...]
    unread: str | None = None

    def row(self, designation: str) -> Row | None:
        """What it says of that text; None where it has no such row."""
        return next((each for each in self.rows if each.opinion.text == designation), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one reply brings on one text: reasons, comments, files.

    Attributes:
        name: of the Member State.
        reference: of the reply.
        opinion: what the reply says of the text; None where it has no opinion on it.
        words: that speak of the text.
        files: that speak of the text.
        missing: comments or reasons are announced or due, and nothing came.
    """

    name: str
    reference: str
    opinion: Opinion | None
    words: tuple[Words, ...]
    files: tuple[EnclosedFile, ...]
    missing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TextResult:
    """One draft text with its result; the names are those within the percentage, sorted.

    Attributes:
        draft: as the circular has it.
        tally: the numbers.
        assigns: without comments, or without saying whether there are.
        with_comments: assigns, with comments attached.
        does_not_assign: those against.
        pending: of whom something waits for a person; said so where an opinion stands meanwhile.
        blank: whose row was left blank.
        outside: those outside of the percentage, each with its opinion.
        contributions: reasons and comments, by Member State.
    """

    draft: DraftText
    tally: TextTally
    assigns: tuple[str, ...]
    with_comments: tuple[str, ...]
    does_not_assign: tuple[str, ...]
    pending: tuple[str, ...]
    blank: tuple[str, ...]
    outside: tuple[tuple[str, Opinion], ...]
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactResult:
    """An address of a Member State that has not replied.

    Attributes:
        name, role: as registered; may be empty.
        email: where to write.
        focal_point: whether reminders go there.
        bounced: whether the last letter to it came back.
    """

    name: str
    email: str
    role: str
    focal_point: bool
    bounced: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentState:
    """A Member State without any reply, with whom to ask."""

    iso3: str
    name: str
    region: str
    contacts: tuple[ContactResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldMessage:
    """A message that waits for a person and is no circular's yet: it may be a reply to this one."""

    id: int
    received_at: dt.datetime
    sender: str
    subject: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentResult:
    """A decision taken after the closing report that changes its numbers.

    Attributes:
        amendment: with its numbers and its reason.
        name: of the Member State; empty while unknown.
        reference: of the reply.
    """

    amendment: Amendment
    name: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """A consultation as of a moment.

    Attributes:
        circular: which.
        as_of: the moment; what was recorded later is not in it.
        tally: the whole count.
        texts: in the circular's order.
        others: what replies bring that belongs to no text, by Member State.
        replies: the first received first.
        states: every Member State, by region and name.
        silent: those without any reply, by region and name.
        held: messages that wait and are no circular's yet, the first received first.
        arrivals: when Member States replied.
        regions: how many replied of each.
        closing: the report that was frozen at the deadline; None where there is none yet.
        amendments: to it, in the order of the decisions.
    """

    circular: Circular
    as_of: dt.datetime
    tally: CircularTally
    texts: tuple[TextResult, ...]
    others: tuple[Contribution, ...]
    replies: tuple[ReplyResult, ...]
    states: tuple[StateResult, ...]
    silent: tuple[SilentState, ...]
    held: tuple[HeldMessage, ...]
    arrivals: Arrivals
    regions: tuple[RegionCoverage, ...]
    closing: ClosingReport | None = None
    amendments: tuple[AmendmentResult, ...] = ()

    def of_standing(self, standing: Standing) -> tuple[ReplyResult, ...]:
        """The replies that are worth that, the first received first."""
        return tuple(each for each in self.replies if each.standing is standing)

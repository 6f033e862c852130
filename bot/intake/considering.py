"""What a message is and whose it is, before the state of the consultation is asked."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.consultation.circular import Circular
from bot.intake.claims import Claim, claims_of, unread_claim, waiting_claim
from bot.intake.effects import Effect, Kind, NoteAbsence, NoteBounce, Outcome, Then
from bot.intake.part_reading import PartReading
from bot.intake.reasons import Reason
from bot.intake.screening import is_registered
from bot.mail.authenticity import Verdict, authenticity
from bot.mail.automatic import Automatic, AutomaticKind, automatic
from bot.mail.delivery_status import Action, delivery_reports
from bot.mail.message import Message
from bot.mail.threads import answers
from bot.register.attribution import Attribution
from bot.register.matching import attribute
from bot.register.register import Register
from parsers.designation import circular_numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLetter:
    """A letter of ours that a message refers to.

    Attributes:
        circular: number; None for a digest.
        state: whom it was about; None where nobody was known.
    """

    circular: int | None
    state: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is known without asking for one Member State's record.

    Attributes:
        circulars: those configured.
        register: of Member States and contacts.
        own_letters: Message-ID -> letter, for those of ours that the message refers to.
        own_addresses: that our letters are sent from, lower case.
        authserv_id: whose Authentication-Results are believed.
        require_authenticity: whether a sender without it waits for a person.
    """

    circulars: tuple[Circular, ...]
    register: Register
    own_letters: dict[str, OwnLetter]
    own_addresses: frozenset[str]
    authserv_id: str
    require_authenticity: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Considered:
    """A message understood.

    Attributes:
        message: opened.
        parts: read.
        received_at: when our server received it.
        claims: what it says, one per circular; empty where it says nothing that can be recorded.
        attribution: whose it is, one per claim.
        files: what stands beside the forms.
        automatic: what says that a program sent it; None: a person did.
        authentic: whether the receiving server vouches for the sender.
        reasons: doubts of the message as a whole.
        outcome: already plain without any record (a bounce, a note of absence, another circular);
            None where the record has to be asked.
    """

    message: Message
    parts: tuple[PartReading, ...]
    received_at: dt.datetime
    claims: tuple[Claim, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    files: tuple[PartReading, ...] = ()
    automatic: Automatic | None = None
    authentic: bool = False
    reasons: tuple[str, ...] = ()
    outcome: Outcome | None = None

    @property
    def sender(self) -> str:
        """The address of its From field; empty where there is none that can be read."""
        return self.message.from_[0].email if self.message.from_ else ""

    @property
    def answerable(self) -> bool:
        """Whether an automatic answer may go to the sender (RFC 3834, 2)."""
        return bool(self.sender) and self.authentic and self.automatic is None


def consider(
    message: Message,
    parts: Sequence[PartReading],
    received_at: dt.datetime,
    situation: Situation,
) -> Considered:
    """Understands a message.

    Args:
        message: opened.
        parts: its leaves, read.
        received_at: when our server received it, UTC.
        situation: see `Situation`.
    """
    found = automatic(message, situation.own_addresses)
    claimed = claims_of(parts, situation.circulars)
    with_form = bool(claimed.claims)
    answered = _answered(message, situation)
    if found is not None and (found.certain or not with_form):
        plain = _automatic_outcome(message, found, situation, with_form=with_form)
        if plain is not None:
            return Considered(
                message=message,
                parts=tuple(parts),
                received_at=received_at,
                automatic=found,
                outcome=plain,
            )
    claims = claimed.claims
    reasons: list[str] = []
    if found is not None and with_form:
        reasons.append(Reason.AUTOMATIC_WITH_FORM.value)
    if message.flaws:
        reasons.append(Reason.PARTS_LEFT_OUT.value)
    files = claimed.files
    if claimed.unread:
        if claims:
            # A scanned copy of the form, or comments: nobody can tell without looking.
            reasons.append(Reason.UNREAD_FILE.value)
            files = tuple(part for part in parts if part in files or part in claimed.unread)
        elif circular := _meant(message, situation, answered):
            claims = (unread_claim(circular, claimed.unread),)
    outcome = None
    if not claims:
        claims, outcome = _without_form(
            message, claimed.strange, claimed.unread, situation, answered
        )
    verdict = authenticity(message, situation.authserv_id)
    authentic = verdict.verdict is Verdict.PASS or not situation.require_authenticity
    return Considered(
        message=message,
        parts=tuple(parts),
        received_at=received_at,
        claims=claims,
        attributions=tuple(_attribution(message, claim, situation) for claim in claims),
        files=files,
        automatic=found,
        authentic=authentic,
        reasons=tuple(reasons if authentic else [*reasons, Reason.NOT_AUTHENTICATED.value]),
        outcome=outcome,
    )


def _automatic_outcome(
    message: Message, found: Automatic, situation: Situation, *, with_form: bool
) -> Outcome | None:
    """What follows from automatic mail; None where it holds a form that must not be lost."""
    if found.kind is AutomaticKind.OWN:
        return Outcome(kind=Kind.OWN, then=Then.IGNORED)
    reports = delivery_reports(message)
    bounces: tuple[Effect, ...] = tuple(
        NoteBounce(
            letter=report.original_message_id
            if report.original_message_id in situation.own_letters
            else None,
            recipient=report.recipient,
            diagnostic=report.diagnostic or report.status or "",
            permanent=not report.status.startswith("4."),
        )
        for report in reports
        if report.action is Action.FAILED
    )
    if found.kind is AutomaticKind.BOUNCE:
        return Outcome(kind=Kind.BOUNCE, then=Then.SETTLED, effects=bounces)
    if with_form:
        return None
    if found.kind is AutomaticKind.ABSENCE:
        sender = message.from_[0].email if message.from_ else ""
        note = NoteAbsence(sender=sender, subject=message.subject)
        return Outcome(kind=Kind.ABSENCE, then=Then.SETTLED, effects=(note,))
    if found.certain:
        return Outcome(kind=Kind.AUTOMATIC, then=Then.SETTLED)
    return None


def _answered(message: Message, situation: Situation) -> OwnLetter | None:
    found = answers(message, situation.own_letters)
    return situation.own_letters[found] if found is not None else None


def _meant(message: Message, situation: Situation, answered: OwnLetter | None) -> Circular | None:
    """The circular that a message without a readable form means; None where it cannot be told."""
    by_number = {circular.number: circular for circular in situation.circulars}
    numbers = circular_numbers(f"{message.subject}\n{message.text}")
    for number in numbers:
        if number in by_number:
            return by_number[number]
    if numbers:
        return None
    if answered is not None and answered.circular in by_number:
        return by_number[answered.circular]
    return situation.circulars[0] if len(situation.circulars) == 1 else None


def _without_form(
    message: Message,
    strange: Sequence[PartReading],
    unread: Sequence[PartReading],
    situation: Situation,
    answered: OwnLetter | None,
) -> tuple[tuple[Claim, ...], Outcome | None]:
    """What a message without a form of ours comes to: it waits, as a reply if it may be one."""
    if strange:
        held = Outcome(
            kind=Kind.OTHER_CIRCULAR, then=Then.HELD, reasons=(Reason.OTHER_CIRCULAR.value,)
        )
        return (), held
    circular = _meant(message, situation, answered)
    if circular is None:
        reason = Reason.CIRCULAR_NOT_KNOWN if unread else Reason.NO_FORM
        return (), Outcome(kind=Kind.CORRESPONDENCE, then=Then.HELD, reasons=(reason.value,))
    registered = any(is_registered(situation.register, address.email) for address in message.from_)
    if not registered:
        # Nobody who is asked: a question, a press review, a copy of somebody's letter.
        held = Outcome(kind=Kind.CORRESPONDENCE, then=Then.HELD, reasons=(Reason.NO_FORM.value,))
        return (), held
    return (waiting_claim(circular, (Reason.NO_FORM.value,)),), None


def _attribution(message: Message, claim: Claim, situation: Situation) -> Attribution:
    sender = message.from_[0] if message.from_ else None
    return attribute(
        situation.register,
        sender=sender.email if sender else "",
        sender_name=sender.name if sender else "",
        reply_to=tuple(address.email for address in message.reply_to),
        letter=claim.letter,
        extra_texts=(message.text,),
    )

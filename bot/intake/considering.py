"""What a message is and whose it is, before the state of the consultation is asked."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.consultation.circular import Circular
from bot.intake.automatic_mail import automatic_outcome
from bot.intake.bearing import circular_meant, numbers_of
from bot.intake.claims import Claim, Claims, claims_of, unread_claim, waiting_claim
from bot.intake.effects import Kind, Outcome, Then
from bot.intake.enclosed_messages import older_parts
from bot.intake.own_words import own_words
from bot.intake.part_reading import PartReading
from bot.intake.reasons import Reason
from bot.intake.screening import is_registered
from bot.intake.second_look import looked_at_twice
from bot.intake.sentences import statements
from bot.mail.authentication.authenticity import NOTHING_CHECKED, Checked, Verdict, authenticity
from bot.mail.automatic import Automatic, automatic
from bot.mail.message import Message
from bot.mail.threads import answers
from bot.register.attribution import Attribution, Standing
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
        returned: the one of these to whose own return address it came; None where to none.
        own_addresses: that our letters are sent from, lower case.
        authserv_id: whose Authentication-Results are believed.
        sealers: domains whose seals are trusted (RFC 8617), lower case.
        checked: signatures and seals that were found to hold here.
        require_authenticity: whether a sender without it waits for a person.
        confirm_scans: whether what was read off a picture waits for a person.
    """

    circulars: tuple[Circular, ...]
    register: Register
    own_letters: dict[str, OwnLetter]
    own_addresses: frozenset[str]
    authserv_id: str
    require_authenticity: bool
    sealers: frozenset[str] = frozenset()
    checked: Checked = NOTHING_CHECKED
    returned: str | None = None
    confirm_scans: bool = True


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
        authentic: whether somebody who is believed vouches for the sender.
        vouched: who does, in words; empty where nobody does.
        to_ourselves: whether an answer would go to the address that our letters come from.
        addressed: whether the sender says that it is about a consultation.
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
    vouched: str = ""
    to_ourselves: bool = False
    addressed: bool = False
    reasons: tuple[str, ...] = ()
    outcome: Outcome | None = None

    @property
    def sender(self) -> str:
        """The address of its From field; empty where there is none that can be read."""
        return self.message.from_[0].email if self.message.from_ else ""

    @property
    def answerable(self) -> bool:
        """Whether an automatic answer may go to the sender (RFC 3834, 2)."""
        person = self.automatic is None and not self.to_ourselves
        return bool(self.sender) and self.authentic and person


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
    found = automatic(message, situation.own_addresses, returned=situation.returned is not None)
    claimed = claims_of(
        parts,
        situation.circulars,
        older=older_parts(message, parts),
        meant=numbers_of(message),
    )
    may_reply = bool(claimed.claims or claimed.unread or claimed.strange)
    if found is not None and (found.certain or not may_reply):
        plain = automatic_outcome(
            message,
            found,
            situation.own_letters,
            may_reply=may_reply,
            returned=situation.returned,
        )
        if plain is not None:
            return Considered(
                message=message,
                parts=tuple(parts),
                received_at=received_at,
                automatic=found,
                outcome=plain,
            )
    answered = _answered(message, situation)
    circular = circular_meant(
        message,
        parts,
        situation.circulars,
        answered=answered.circular if answered else None,
        received_at=received_at,
    )
    claims = _claims(message, claimed, circular)
    reasons = list(_doubts(message, found, claimed))
    if situation.confirm_scans and any(claim.from_picture for claim in claims):
        reasons.append(Reason.READ_FROM_PICTURE.value)
    outcome = None
    if not claims:
        claims, outcome = _without_form(message, claimed, situation, circular)
    verdict = authenticity(message, situation.authserv_id, situation.sealers, situation.checked)
    authentic = verdict.verdict is Verdict.PASS or not situation.require_authenticity
    files = claimed.files
    if claimed.claims:
        others = (part for part in claimed.strange if part.answers)
        beside = {each.path for each in (*files, *claimed.unread, *others)}
        files = tuple(part for part in parts if part.path in beside)
    return Considered(
        message=message,
        parts=tuple(parts),
        received_at=received_at,
        claims=claims,
        attributions=tuple(_attribution(message, claim, situation) for claim in claims),
        files=files,
        automatic=found,
        authentic=authentic,
        vouched=verdict.ground if verdict.verdict is Verdict.PASS else "",
        to_ourselves=_is_own(message, situation),
        addressed=_is_addressed(message, claimed, situation, answered),
        reasons=tuple(reasons if authentic else [*reasons, Reason.NOT_AUTHENTICATED.value]),
        outcome=outcome,
    )


def _claims(message: Message, claimed: Claims, circular: Circular | None) -> tuple[Claim, ...]:
    """What was read, held against the rest of the message; what was not read waits as a whole."""
    numbers = tuple(claim.circular.number for claim in claimed.claims)
    claims = []
    for claim in claimed.claims:
        if claimed.unread and not claim.answers:
            # The form as it was issued, beside a scan of the one that was filled in.
            claims.append(unread_claim(claim.circular, claimed.unread))
        else:
            claims.append(looked_at_twice(claim, message, claimed.files, numbers))
    if not claims and claimed.unread and circular is not None:
        claims.append(unread_claim(circular, claimed.unread))
    return tuple(claims)


def _doubts(message: Message, found: Automatic | None, claimed: Claims) -> Iterator[str]:
    """Doubts of the message as a whole."""
    if len(message.from_) > 1 or len(message.field("from")) > 1:
        yield Reason.SEVERAL_SENDERS.value
    if found is not None and claimed.claims:
        yield Reason.AUTOMATIC_WITH_FORM.value
    if message.flaws:
        yield Reason.PARTS_LEFT_OUT.value
    if claimed.unread and claimed.claims:
        # A scanned copy of the form, or comments: nobody can tell without looking.
        yield Reason.UNREAD_FILE.value
    if any(part.answers for part in claimed.strange):
        yield Reason.OTHER_CIRCULAR.value


def _answered(message: Message, situation: Situation) -> OwnLetter | None:
    found = answers(message, situation.own_letters)
    return situation.own_letters[found] if found is not None else None


def _is_own(message: Message, situation: Situation) -> bool:
    return any(each.email.lower() in situation.own_addresses for each in message.from_)


def _is_addressed(
    message: Message, claimed: Claims, situation: Situation, answered: OwnLetter | None
) -> bool:
    """Whether the sender says that it is about a consultation, so that an answer is no surprise.

    The subject of an answer to our letter is our own, and a word of thanks is not acknowledged:
    there the message has to give an opinion, or bring a file.
    """
    words = f"{message.subject}\n\n{own_words(message.text)}"
    texts = {text.designation for circular in situation.circulars for text in circular.texts}
    if statements(words, texts):
        return True
    if answered is not None:
        return bool(claimed.unread)
    numbers = {circular.number for circular in situation.circulars}
    return bool(numbers & set(circular_numbers(words)))


def _without_form(
    message: Message, claimed: Claims, situation: Situation, circular: Circular | None
) -> tuple[tuple[Claim, ...], Outcome | None]:
    """What a message without a form of ours comes to: it waits, as a reply if it may be one."""
    if claimed.strange:
        return (), _held(Kind.OTHER_CIRCULAR, Reason.OTHER_CIRCULAR)
    if circular is None:
        reason = Reason.CIRCULAR_NOT_KNOWN if claimed.unread else Reason.NO_FORM
        return (), _held(Kind.CORRESPONDENCE, reason)
    claim = waiting_claim(circular, (Reason.NO_FORM.value,))
    asked = _attribution(message, claim, situation).standing is not Standing.NOT_ASKED
    registered = any(is_registered(situation.register, address.email) for address in message.from_)
    texts = tuple(text.designation for text in circular.texts)
    if not asked or not (registered or statements(own_words(message.text), texts)):
        # Nobody who is asked: a question, a press review, a copy of somebody's letter.
        return (), _held(Kind.CORRESPONDENCE, Reason.NO_FORM)
    return (claim,), None


def _held(kind: Kind, reason: Reason) -> Outcome:
    return Outcome(kind=kind, then=Then.HELD, reasons=(reason.value,))


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

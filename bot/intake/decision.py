"""What follows from a message, given what stands already: the decision, pure."""

from collections.abc import Sequence
from dataclasses import replace

from bot.consultation.completeness import missing
from bot.consultation.opinion import Status, TextOpinion
from bot.consultation.record import OpinionRecord, Standing
from bot.consultation.superseding import changes
from bot.intake.claims import Claim
from bot.intake.considering import Considered
from bot.intake.effects import Acknowledge, Effect, Kind, Outcome, RecordReply, Then
from bot.intake.enclosed_messages import words_around
from bot.intake.enclosures import kept_files, texts_explained
from bot.intake.purpose import Purpose
from bot.intake.reasons import Reason
from bot.register.attribution import GROUND_WORDS, Attribution, AttributionDoubt
from bot.register.attribution import Standing as Party
from bot.register.member_state import Iso3
from bot.register.register import Register

#: Signs of somebody who passes himself off as another: he learns nothing before a person has looked.
_IMPOSTORS = frozenset(
    {
        AttributionDoubt.DISPLAY_NAME_ADDRESS.value,
        AttributionDoubt.LOOK_ALIKE_DOMAIN.value,
        AttributionDoubt.REPLY_TO_ELSEWHERE.value,
        Reason.SEVERAL_SENDERS.value,
    }
)


def decide(
    considered: Considered,
    records: Sequence[OpinionRecord],
    senders: dict[int, str],
    register: Register,
) -> Outcome:
    """Decides on a message.

    Args:
        considered: the message understood.
        records: what is recorded of the Member States and circulars that it concerns.
        senders: id of a recorded reply -> address that it came from.
        register: for the language of the answer.
    """
    if considered.outcome is not None:
        return considered.outcome
    effects: list[Effect] = []
    reasons: list[str] = []
    for claim, attribution in zip(considered.claims, considered.attributions, strict=True):
        reply = _reply(considered, claim, attribution, records, senders, register=register)
        effects.append(reply)
        reasons += reply.reasons
        trusted = _IMPOSTORS.isdisjoint(reply.reasons)
        if considered.answerable and trusted and _is_expected(considered, reply, claim):
            effects.append(_answer(considered, reply, claim, register))
    held = any(
        isinstance(each, RecordReply) and each.reasons and each.standing is not Standing.NOT_COUNTED
        for each in effects
    )
    return Outcome(
        kind=Kind.REPLY,
        then=Then.HELD if held else Then.SETTLED,
        reasons=tuple(dict.fromkeys(reasons)),
        effects=tuple(effects),
    )


def _reply(
    considered: Considered,
    claim: Claim,
    attribution: Attribution,
    records: Sequence[OpinionRecord],
    senders: dict[int, str],
    *,
    register: Register,
) -> RecordReply:
    circular = claim.circular
    asked = (
        attribution.standing is not Party.NOT_ASKED
        # An operator may send the form of its Administration: whose it is, a person says.
        or AttributionDoubt.ENTITY_NAMES_ADMINISTRATION in attribution.doubts
    )
    doubts = [*considered.reasons, *claim.reasons, *(str(each) for each in attribution.doubts)]
    if (asked and attribution.state is None) or (
        asked and not attribution.certain and not attribution.doubts
    ):
        doubts.append(Reason.STATE_NOT_KNOWN.value)
    late = not circular.in_time(considered.received_at)
    rows: list[tuple[TextOpinion, Standing]] = []
    row_reasons: list[str] = []
    # What is late changes nothing; whoever admits it is a person anyway.
    changed = (
        frozenset[str]()
        if late
        else _changed_by_other(considered, claim, attribution, records, senders)
    )
    for row in claim.rows:
        opinion = row
        if row.text in changed:
            row_reasons.append(Reason.OTHER_SENDER.value)
            opinion = replace(row, reasons=(*row.reasons, Reason.OTHER_SENDER.value))
        row_reasons += row.reasons
        if not asked:
            standing = Standing.NOT_COUNTED
        elif late:
            standing = Standing.LATE
        elif doubts or opinion.reasons or row.status is Status.AMBIGUOUS:
            standing = Standing.PENDING
        else:
            standing = Standing.COUNTED
        rows.append((opinion, standing))
    texts = tuple(text.designation for text in circular.texts)
    files = kept_files(considered.files, texts)
    written = [
        explained
        for words in (
            considered.message.text,
            words_around(considered.message, claim.forms),
            claim.remarks,
        )
        if (explained := texts_explained(words, texts)) is not None
    ]
    lacking = missing(
        claim.rows,
        explained=[*(each.texts for each in files), *written],
    )
    reasons = tuple(dict.fromkeys((*doubts, *row_reasons)))
    return RecordReply(
        circular=circular.number,
        state=attribution.state if asked else None,
        entity=None if asked else _entity(register, considered.sender),
        standing=_whole(rows, asked=asked, late=late, doubts=bool(doubts)),
        rows=tuple(rows),
        reasons=reasons,
        language=claim.language,
        sender=considered.sender,
        comments_missing=lacking.comments,
        reasons_missing=lacking.reasons,
        files=files,
        why=(
            *(f"{GROUND_WORDS[each.kind]}: {each.detail}" for each in attribution.grounds),
            *([f"the sender is vouched for: {considered.vouched}"] if considered.vouched else []),
        ),
    )


def _whole(
    rows: Sequence[tuple[TextOpinion, Standing]], *, asked: bool, late: bool, doubts: bool
) -> Standing:
    if not asked:
        return Standing.NOT_COUNTED
    if late:
        return Standing.LATE
    if doubts or any(standing is Standing.PENDING for _, standing in rows):
        return Standing.PENDING
    return Standing.COUNTED


def _changed_by_other(
    considered: Considered,
    claim: Claim,
    attribution: Attribution,
    records: Sequence[OpinionRecord],
    senders: dict[int, str],
) -> frozenset[str]:
    """Texts whose standing opinion, given by another sender, this reply would change."""
    if attribution.state is None:
        return frozenset()
    return frozenset(
        change.text
        for change in changes(
            claim.circular,
            records,
            state=attribution.state,
            opinions=claim.rows,
            received_at=considered.received_at,
        )
        if senders.get(change.standing.reply, "").casefold() != considered.sender.casefold()
    )


def _is_expected(considered: Considered, reply: RecordReply, claim: Claim) -> bool:
    """Whether the sender is somebody who expects an answer about this consultation.

    A stranger's scan, or a letter on another matter, may be a reply, but is not answered as one
    before a person has looked.
    """
    if reply.state is None and reply.entity is None:
        return claim.was_read and claim.answers
    return claim.was_read or considered.addressed


def _answer(
    considered: Considered, reply: RecordReply, claim: Claim, register: Register
) -> Acknowledge:
    if reply.standing is Standing.NOT_COUNTED:
        purpose = Purpose.NOT_COUNTED
    elif reply.standing is Standing.LATE:
        purpose = Purpose.LATE
    elif reply.standing is Standing.PENDING:
        purpose = Purpose.UNDER_REVIEW
    else:
        purpose = Purpose.RECORDED
    return Acknowledge(
        circular=reply.circular,
        purpose=purpose,
        recipient=considered.sender,
        language=claim.language or _language(register, reply, considered.sender),
        role="" if reply.entity is None else _role(register, considered.sender),
    )


def _entity(register: Register, sender: str) -> str:
    """The name of one who is not asked, as the register has it; else the address."""
    return next((each.name for each in register.contacts_at(sender) if each.name), sender)


def _role(register: Register, sender: str) -> str:
    """In what capacity one who is not asked is in the register; empty where it is not there."""
    known = register.contacts_at(sender)
    return next((each.role for each in known if each.iso3 is None and each.role), "")


def _language(register: Register, reply: RecordReply, sender: str) -> str:
    state = Iso3(reply.state) if reply.state else None
    if state is not None and state in register.states:
        return register.language_of(state, sender)
    return next((each.language for each in register.contacts_at(sender) if each.language), "en")

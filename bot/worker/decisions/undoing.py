"""A person's decision taken back: what it changed, noted with it, and put as it was before."""

import datetime as dt
import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.consultation.opinion import Status, TextOpinion
from bot.consultation.record import Standing
from bot.errors import ReviewError
from bot.register.member_state import Contact, Iso3
from bot.store.messages import StoredMessage
from bot.store.replies import StoredReply
from bot.store.tables.mailbox import MessageStatus
from bot.store.transaction import Transaction
from bot.worker.letter_writer import can_be_written_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """A reply and its message as they were before the last decision.

    Attributes:
        version: of the reply since that decision: an undo is of that one and no other.
        state, standing, needs_review, reasons, comments_missing, reasons_missing: of the reply.
        status, kind, message_reasons: of the message.
        recorded: the place of the reply's last line in the record; 0 where it had none.
        letter: key of the confirmation; None where none was written.
        contact: whether the sender was new in the register.
    """

    version: int
    state: str | None
    standing: str
    needs_review: bool
    reasons: tuple[str, ...]
    comments_missing: tuple[str, ...]
    reasons_missing: tuple[str, ...]
    status: str
    kind: str
    message_reasons: tuple[str, ...]
    recorded: int
    letter: str | None = None
    contact: bool = False


def before_decision(tx: Transaction, message: StoredMessage, reply: StoredReply) -> Before:
    """How things stand."""
    lines = tx.opinions.of_reply(reply.id)
    return Before(
        version=reply.version,
        state=reply.state,
        standing=reply.standing.value,
        needs_review=reply.needs_review,
        reasons=reply.reasons,
        comments_missing=reply.comments_missing,
        reasons_missing=reply.reasons_missing,
        status=message.status.value,
        kind=message.kind,
        message_reasons=message.reasons,
        recorded=max((each.record.seq for each in lines), default=0),
    )


def keep(
    tx: Transaction, before: Before, reply: StoredReply, *, letter: str | None, contact: bool
) -> None:
    """Notes what a decision has changed, in its own transaction."""
    kept = replace(before, version=reply.version, letter=letter, contact=contact)
    tx.values.set(_name(reply), json.dumps(asdict(kept)))


def can_be_taken_back(tx: Transaction, reply: StoredReply) -> bool:
    """Whether the last decision on a reply can still be undone."""
    before = _kept(tx, reply)
    if before is None:
        return False
    if before.letter is None:
        return True
    waits = [each for each in tx.letters.of_reply(reply.id) if each.key == before.letter]
    return all(each.status == "queued" and each.next_try_at is None for each in waits)


def take_back(
    tx: Transaction, reply: StoredReply, *, who: str, now: dt.datetime, version: int | None
) -> StoredReply:
    """Puts everything as it was before the last decision; see `Reviewer.undo`."""
    before = _kept(tx, reply)
    if before is None:
        raise ReviewError(
            f"no decision on {reply.reference} can be taken back", mend="decide anew instead"
        )
    for letter in tx.letters.of_reply(reply.id):
        if letter.key == before.letter and not tx.letters.withdraw(letter.id):
            raise ReviewError(
                f"the confirmation of {reply.reference} has gone",
                mend="decide anew instead: the sender is told of the change",
            )
    tx.replies.update_standing(
        reply.id,
        standing=Standing(before.standing),
        needs_review=before.needs_review,
        reasons=before.reasons,
        comments_missing=before.comments_missing,
        reasons_missing=before.reasons_missing,
        settled_by=who,
        at=now,
        version=version,
    )
    if before.contact:
        tx.contacts.remove(_contact(reply))
    current = tx.replies.assign_state(reply.id, before.state)
    tx.opinions.append(current, _rows_before(tx, reply, before), at=now, who=who, why="taken back")
    tx.messages.settle(
        reply.message_id,
        status=MessageStatus(before.status),
        kind=before.kind,
        reasons=before.message_reasons,
        at=now,
    )
    tx.values.set(_name(reply), "")
    tx.audit.append(
        at=now,
        who=who,
        action="undo",
        subject=f"reply/{reply.id}",
        detail={"withdrawn": before.letter or ""},
    )
    return current


def _rows_before(
    tx: Transaction, reply: StoredReply, before: Before
) -> list[tuple[TextOpinion, Standing]]:
    """The rows as they stood, of those that the decision touched."""
    stood: dict[str, tuple[TextOpinion, Standing]] = {}
    touched: dict[str, None] = {}
    for line in tx.opinions.of_reply(reply.id):
        record = line.record
        if record.seq <= before.recorded:
            stood[record.text] = (record.opinion, record.standing)
        else:
            touched[record.text] = None
    return [
        # A row that the person added says nothing again.
        stood.get(text, (_nothing(text), Standing.REJECTED))
        for text in touched
    ]


def _nothing(text: str) -> TextOpinion:
    return TextOpinion(text=text, opinion=None, comments=None, status=Status.BLANK)


def register_sender(tx: Transaction, reply: StoredReply, now: dt.datetime) -> bool:
    """Makes the sender of a reply a contact of its Member State; False where it was one.

    Raises:
        ReviewError: nobody knows whose the reply is, or the sender's address is none.
    """
    if reply.state is None or not can_be_written_to(reply.sender):
        raise ReviewError(
            "the sender can be no contact of the register",
            mend="say first which Member State it is of"
            if reply.state is None
            else "its address is none that can be written to",
        )
    contact = _contact(reply)
    if any((each.iso3, each.email) == (contact.iso3, contact.email) for each in tx.contacts.all()):
        return False
    tx.contacts.merge([contact], now)
    return True


def _contact(reply: StoredReply) -> Contact:
    assert reply.state is not None
    return Contact(
        iso3=Iso3(reply.state),
        name="",
        email=reply.sender.lower(),
        role="Confirmed on the review page",
        focal_point=False,
        domain=None,
    )


def last_words(tx: Transaction, reply: StoredReply) -> tuple[tuple[TextOpinion, Standing], ...]:
    """The last record of each text of a reply, in the order of the texts' first record."""
    rows: dict[str, tuple[TextOpinion, Standing]] = {}
    for decided in tx.opinions.of_reply(reply.id):
        rows[decided.record.text] = (decided.record.opinion, decided.record.standing)
    return tuple(rows.values())


def _name(reply: StoredReply) -> str:
    return f"undo/{reply.id}"


def _kept(tx: Transaction, reply: StoredReply) -> Before | None:
    said = tx.values.get(_name(reply))
    if not said:
        return None
    fields: dict[str, Any] = json.loads(said)
    listed = {name: tuple(value) for name, value in fields.items() if isinstance(value, list)}
    before = Before(**(fields | listed))
    return before if before.version == reply.version else None

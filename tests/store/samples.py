"""Arrivals, replies and letters as the tests of the store need them, each with one thing to say."""

import datetime as dt
import hashlib

from bot.consultation.opinion import Comments, Opinion, Status, TextOpinion
from bot.consultation.record import Standing
from bot.store.letters import NewLetter
from bot.store.messages import Arrival
from bot.store.replies import NewReply, StoredReply
from bot.store.store import Store
from bot.store.transaction import Transaction

NOW = dt.datetime(2026, 4, 1, 7, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def arrival(
    uid: int = 1,
    *,
    content: str | None = None,
    folder: str = "INBOX",
    uidvalidity: int = 1,
    received_at: dt.datetime = NOW,
    recorded_at: dt.datetime = NOW,
    sender: str = "focal@admin.example",
    subject: str = "Reply to TSB Circular 106",
    header_id: str | None = None,
) -> Arrival:
    """A message at a UID; its content, unless said, is that UID's own."""
    raw = (f"message {uid}" if content is None else content).encode()
    return Arrival(
        account="tsbdir@mail.example",
        folder=folder,
        uidvalidity=uidvalidity,
        uid=uid,
        sha256=hashlib.sha256(raw).hexdigest(),
        size=len(raw),
        received_at=received_at,
        recorded_at=recorded_at,
        sender=sender,
        subject=subject,
        header_id=header_id,
    )


def taken(tx: Transaction, uid: int = 1, *, received_at: dt.datetime = NOW) -> int:
    """The id of a message that was taken."""
    return tx.messages.take(arrival(uid, received_at=received_at)).message_id


def reply_to(
    message_id: int,
    *,
    circular: int = 106,
    state: str | None = "CHE",
    received_at: dt.datetime = NOW,
    recorded_at: dt.datetime = NOW,
    needs_review: bool = False,
    standing: Standing = Standing.COUNTED,
) -> NewReply:
    """A reply of a Member State."""
    return NewReply(
        message_id=message_id,
        circular=circular,
        state=state,
        received_at=received_at,
        recorded_at=recorded_at,
        sender="focal@admin.example",
        language="fr",
        standing=standing,
        needs_review=needs_review,
    )


def added(tx: Transaction, uid: int = 1, *, state: str | None = "CHE") -> StoredReply:
    """A reply recorded, with its message."""
    return tx.replies.add(reply_to(taken(tx, uid), state=state))


def assigns(text: str = "Y.4241") -> TextOpinion:
    """A clear opinion."""
    return TextOpinion(
        text=text, opinion=Opinion.ASSIGNS, comments=Comments.NONE, status=Status.CLEAR
    )


def letter(
    key: str = "reminder/106/CHE/14/focal@admin.example",
    *,
    kind: str = "reminder",
    circular: int | None = 106,
    recipient: str = "focal@admin.example",
    reply_id: int | None = None,
    answers_message_id: int | None = None,
    created_at: dt.datetime = NOW,
    raw: bytes = b"Subject: Reminder\r\n\r\nPlease reply.\r\n",
) -> NewLetter:
    """A letter composed."""
    return NewLetter(
        key=key,
        header_id=f"<{hashlib.sha256(key.encode()).hexdigest()[:24]}@tsbbot.example>",
        kind=kind,
        circular=circular,
        state="CHE",
        reply_id=reply_id,
        answers_message_id=answers_message_id,
        recipient=recipient,
        language="fr",
        subject="Reminder",
        raw=raw,
        created_at=created_at,
    )


def queued(store: Store, key: str = "reminder/106/CHE/14/focal@admin.example") -> int:
    """The id of a letter in the outbox."""
    with store.transaction() as tx:
        stored = tx.letters.queue(letter(key))
    assert stored is not None
    return stored.id

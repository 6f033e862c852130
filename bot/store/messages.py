"""The messages taken: recorded once by the hash of their bytes, worked through, settled."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Select, func, or_, select, update

from bot.store.columns import PURGED
from bot.store.entries import MailboxEntries
from bot.store.statements import fetch, fetch_one, insert_new, select_as
from bot.store.tables.consultation import ReferenceRow, ReplyRow
from bot.store.tables.mailbox import MessageRow, MessageStatus

_messages = MessageRow.__table__

#: A message that waits for a person.
_WAITING = (MessageStatus.HELD, MessageStatus.QUARANTINED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A message found in the mailbox and archived.

    Attributes:
        account, folder, uidvalidity, uid: where it was found.
        sha256: of its bytes, in hexadecimal: its name in the archive.
        size: in bytes.
        received_at: IMAP INTERNALDATE.
        recorded_at: now.
        sender: address of From; empty where there is none.
        subject: decoded; empty where there is none.
        header_id: Message-ID with angle brackets; None where there is none. Not unique.
    """

    account: str
    folder: str
    uidvalidity: int
    uid: int
    sha256: str
    size: int
    received_at: dt.datetime
    recorded_at: dt.datetime
    sender: str
    subject: str
    header_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of an arrival.

    Attributes:
        message_id: of the message with those bytes.
        new: False where the same bytes had been taken before.
    """

    message_id: int
    new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMessage:
    """A message taken.

    Attributes:
        id: for `tsbbot review ID` and `explain`.
        sha256, size, received_at, recorded_at, sender, subject, header_id: as of the arrival.
        status: where it stands.
        kind: what it turned out to be ("reply", "bounce", "absence", "automatic", ...);
            "unknown" until it was opened.
        reasons: stable codes for what needs, or needed, a person.
        tries: how often working on it failed.
        next_try_at: not before then; None: at once.
        last_error: why the last try failed, one line; None where none did.
        settled_at: when its status last changed; None while it is RECEIVED.
    """

    id: int
    sha256: str
    size: int
    received_at: dt.datetime
    recorded_at: dt.datetime
    sender: str
    subject: str
    header_id: str | None
    status: MessageStatus
    kind: str
    reasons: tuple[str, ...]
    tries: int
    next_try_at: dt.datetime | None
    last_error: str | None
    settled_at: dt.datetime | None

    @property
    def purged(self) -> bool:
        """Whether its bytes were removed for good, after its circular was closed."""
        return self.sender == PURGED


class Messages:
    """`tx.messages`."""

    def __init__(self, connection: Connection, entries: MailboxEntries) -> None:
        self._connection = connection
        self._entries = entries

    def take(self, arrival: Arrival) -> Taken:
        """Records a message and its place in the mailbox; harmless however often it is repeated.

        The same bytes again, in whatever place, are the first message; the same Message-ID with
        other bytes is another one.
        """
        row = {
            "sha256": arrival.sha256,
            "size": arrival.size,
            "received_at": arrival.received_at,
            "recorded_at": arrival.recorded_at,
            "sender": arrival.sender,
            "subject": arrival.subject,
            "header_id": arrival.header_id,
            "status": MessageStatus.RECEIVED,
            "kind": "unknown",
            "reasons": (),
            "tries": 0,
        }
        inserted = insert_new(self._connection, _messages, row, key=("sha256",), returning=("id",))
        if inserted is not None:
            message_id = inserted.id
        else:
            same = select(_messages.c.id).where(_messages.c.sha256 == arrival.sha256)
            message_id = self._connection.execute(same).scalar_one()
        self._entries.take(
            arrival.account,
            arrival.folder,
            arrival.uidvalidity,
            arrival.uid,
            message_id=message_id,
            at=arrival.recorded_at,
        )
        return Taken(message_id=message_id, new=inserted is not None)

    def due(self, now: dt.datetime, limit: int = 100) -> list[StoredMessage]:
        """Messages whose turn it is, the first received first."""
        return fetch(self._connection, StoredMessage, _due(now, limit))

    def claim(self, now: dt.datetime, until: dt.datetime, limit: int = 1) -> list[StoredMessage]:
        """As `due`, and keeps them from every other worker until then.

        A worker that dies leaves its claim to run out; no other trace of it has to be mended.
        """
        # Rows that another transaction is just claiming are passed over (PostgreSQL; a writer on
        # SQLite is alone).
        found = fetch(
            self._connection, StoredMessage, _due(now, limit).with_for_update(skip_locked=True)
        )
        if found:
            self._change([each.id for each in found], {"next_try_at": until})
        return found

    def get(self, message_id: int) -> StoredMessage | None:
        """The message of that id; None where there is none."""
        statement = select_as(StoredMessage, _messages).where(_messages.c.id == message_id)
        return fetch_one(self._connection, StoredMessage, statement)

    def of_hash(self, sha256: str) -> StoredMessage | None:
        """The message with those bytes; None where there is none."""
        statement = select_as(StoredMessage, _messages).where(_messages.c.sha256 == sha256)
        return fetch_one(self._connection, StoredMessage, statement)

    def find(self, text: str) -> list[StoredMessage]:
        """The messages that somebody means: by id, reference of a reply, Message-ID or hash.

        Several, oldest first, only where a Message-ID was used more than once.
        """
        text = text.strip()
        c = _messages.c
        replies, references = ReplyRow.__table__, ReferenceRow.__table__
        named = (
            select(replies.c.message_id)
            .join(references, references.c.reply_id == replies.c.id)
            .where(references.c.reference == text.upper())
        )
        conditions = [
            c.id.in_(named),
            c.header_id.in_((text, f"<{text.strip('<>')}>")),
            c.sha256 == text.lower(),
        ]
        if text.isascii() and text.isdigit() and len(text) < 19:
            conditions.append(c.id == int(text))
        # One question each: a database that is asked for all of them at once reads every row.
        found: dict[int, StoredMessage] = {}
        for condition in conditions:
            statement = select_as(StoredMessage, _messages).where(condition)
            for each in fetch(self._connection, StoredMessage, statement):
                found[each.id] = each
        return sorted(found.values(), key=lambda each: each.id)

    def settle(
        self,
        message_id: int,
        *,
        status: MessageStatus,
        kind: str,
        reasons: Collection[str] = (),
        at: dt.datetime,
    ) -> None:
        """Says what a message is and where it stands now."""
        change = {
            "status": status,
            "kind": kind,
            "reasons": tuple(reasons),
            "settled_at": at,
            "next_try_at": None,
        }
        self._change([message_id], change)

    def fail(
        self, message_id: int, *, error: str, next_try_at: dt.datetime | None, at: dt.datetime
    ) -> None:
        """Notes a try that failed; without a next one the message is quarantined."""
        change: dict[str, object] = {
            "tries": _messages.c.tries + 1,
            "last_error": error,
            "next_try_at": next_try_at,
        }
        if next_try_at is None:
            change |= {"status": MessageStatus.QUARANTINED, "settled_at": at}
        self._change([message_id], change)

    def release(self, message_id: int) -> None:
        """Gives a message another turn, at once, as if it had just come."""
        change = {"status": MessageStatus.RECEIVED, "tries": 0, "next_try_at": None}
        self._change([message_id], change)

    def waiting(self, *, limit: int = 1000, offset: int = 0) -> list[StoredMessage]:
        """Messages that wait for a person (held or quarantined), the first received first."""
        c = _messages.c
        statement = (
            select_as(StoredMessage, _messages)
            .where(c.status.in_(_WAITING))
            .order_by(c.received_at, c.id)
            .limit(limit)
            .offset(offset)
        )
        return fetch(self._connection, StoredMessage, statement)

    def kept_raw(self) -> list[str]:
        """SHA-256 of every message whose bytes the archive should have, in the order of taking."""
        c = _messages.c
        statement = select(c.sha256).where(c.sender != PURGED).order_by(c.id)
        return list(self._connection.execute(statement).scalars())

    def purged(self) -> list[str]:
        """SHA-256 of every message whose bytes are to be gone."""
        c = _messages.c
        statement = select(c.sha256).where(c.sender == PURGED).order_by(c.id)
        return list(self._connection.execute(statement).scalars())

    def count_by_status(self) -> dict[MessageStatus, int]:
        """How many stand where; every status has its number."""
        c = _messages.c
        statement = select(c.status, func.count()).group_by(c.status)
        counts = dict.fromkeys(MessageStatus, 0)
        for status, count in self._connection.execute(statement):
            counts[status] = count
        return counts

    def _change(self, ids: list[int], change: Mapping[str, object]) -> None:
        self._connection.execute(update(_messages).where(_messages.c.id.in_(ids)).values(**change))


def _due(now: dt.datetime, limit: int) -> Select[tuple[object, ...]]:
    c = _messages.c
    return (
        select_as(StoredMessage, _messages)
        .where(
            c.status == MessageStatus.RECEIVED,
            or_(c.next_try_at.is_(None), c.next_try_at <= now),
        )
        .order_by(c.received_at, c.id)
        .limit(limit)
    )

"""Takes away what belongs to closed circulars alone: words, addresses, evidence, letters' bodies.

What stays: the record of opinions with its Member States, references, the audit trail, and of each
message its place in the mailbox and the hash of its bytes, by which it is never taken anew.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    delete,
    exists,
    func,
    or_,
    select,
    text,
    true,
    update,
)

from bot.store.columns import PURGED
from bot.store.statements import CHUNK
from bot.store.tables.chronicle import NoteRow, ReadingRow, ValueRow
from bot.store.tables.consultation import AttachmentRow, ReplyRow
from bot.store.tables.correspondence import LetterRow, LetterStatus
from bot.store.tables.mailbox import MessageRow, MessageStatus

_messages = MessageRow.__table__
_replies = ReplyRow.__table__
_readings = ReadingRow.__table__
_attachments = AttachmentRow.__table__
_letters = LetterRow.__table__
_notes = NoteRow.__table__
_values = ValueRow.__table__

#: Nobody waits for these any more.
_DONE = (MessageStatus.SETTLED, MessageStatus.IGNORED)
_GONE = (LetterStatus.SENT, LetterStatus.REFUSED, LetterStatus.WITHDRAWN)
#: A circular that was purged is noted under this name and its number.
_NOTED = "purged circular "


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The time whose mail of no circular (bounces, absence notes, digests) is taken along.

    Attributes:
        since: from then on.
        until: before then; not after `since` where none of it is to be taken.
    """

    since: dt.datetime
    until: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongings:
    """What belongs to a circular alone and is still there.

    Attributes:
        messages: (id, SHA-256) of those whose content goes.
        letters: ids of those whose body and address go.
        letter_bytes: of their bodies.
        notes: ids of those whose words go.
        replies, readings, attachments: how many hang on the messages.
        waiting: messages of the circular that wait for a person, and so stay.
        shared: messages of the circular that are replies to another one too, and so stay.
    """

    messages: tuple[tuple[int, str], ...]
    letters: tuple[int, ...]
    letter_bytes: int
    notes: tuple[int, ...]
    replies: int
    readings: int
    attachments: int
    waiting: int
    shared: int


class Purging:
    """`tx.purging`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def purged(self) -> frozenset[int]:
        """Numbers of the circulars that were purged before."""
        statement = select(_values.c.name).where(_values.c.name.startswith(_NOTED))
        names = self._connection.execute(statement).scalars()
        return frozenset(int(name.removeprefix(_NOTED)) for name in names)

    def circulars(self) -> frozenset[int]:
        """Numbers of all circulars that there was ever a reply or a letter to."""
        found: set[int] = set()
        for column in (_replies.c.circular, _letters.c.circular):
            found.update(self._connection.execute(select(column).distinct()).scalars())
        return frozenset(found - {None})

    def belongings(self, circular: int, span: Span) -> Belongings:
        """What would go; nothing is changed.

        Args:
            circular: number.
            span: whose mail of no circular is taken along.
        """
        over = sorted({*self.purged(), circular})
        messages = self._messages(circular, over, span)
        ids = [number for number, _ in messages]
        letters = self._letters(circular, span)
        return Belongings(
            messages=messages,
            letters=tuple(number for number, _ in letters),
            letter_bytes=sum(size for _, size in letters),
            notes=self._notes(ids, span),
            replies=self._count(_replies, _replies.c.message_id, ids),
            readings=self._count(_readings, _readings.c.message_id, ids),
            attachments=sum(self._attached(chunk) for chunk in _chunks(ids)),
            waiting=self._number(
                select(func.count())
                .select_from(_messages)
                .where(
                    _reply_to(_replies.c.circular == circular),
                    _messages.c.sender != PURGED,
                    ~_settled(),
                )
            ),
            shared=self._number(
                select(func.count())
                .select_from(_messages)
                .where(
                    _reply_to(_replies.c.circular == circular),
                    _reply_to(_replies.c.circular.not_in(over)),
                    _messages.c.sender != PURGED,
                    _settled(),
                )
            ),
        )

    def remove(self, circular: int, belongings: Belongings, at: dt.datetime) -> None:
        """Takes them away, and notes that the circular was purged."""
        if self._connection.dialect.name == "sqlite":
            # What is deleted or shortened is overwritten in the file too.
            self._connection.execute(text("PRAGMA secure_delete = ON"))
        for chunk in _chunks([number for number, _ in belongings.messages]):
            of_them = select(_replies.c.id).where(_replies.c.message_id.in_(chunk))
            self._connection.execute(
                delete(_attachments).where(_attachments.c.reply_id.in_(of_them))
            )
            self._connection.execute(delete(_readings).where(_readings.c.message_id.in_(chunk)))
            self._connection.execute(
                update(_replies).where(_replies.c.message_id.in_(chunk)).values(sender=PURGED)
            )
            self._connection.execute(
                update(_messages)
                .where(_messages.c.id.in_(chunk))
                .values(sender=PURGED, subject=PURGED, header_id=None, last_error=None)
            )
        for chunk in _chunks(belongings.letters):
            self._empty_letters(chunk)
        for chunk in _chunks(belongings.notes):
            address = case((_notes.c.address.is_not(None), PURGED), else_=None)
            self._connection.execute(
                update(_notes).where(_notes.c.id.in_(chunk)).values(text=PURGED, address=address)
            )
        self._connection.execute(delete(_values).where(_values.c.name == f"{_NOTED}{circular}"))
        self._connection.execute(
            _values.insert().values(name=f"{_NOTED}{circular}", value=at.isoformat())
        )

    def _empty_letters(self, ids: Sequence[int]) -> None:
        c = _letters.c
        # A key may hold the address; the number keeps it one of its own.
        keys = self._connection.execute(select(c.id, c.key, c.recipient).where(c.id.in_(ids)))
        for row in keys.all():
            key = row.key.replace(row.recipient, f"{PURGED}{row.id}")
            if "@" in key:
                key = f"{PURGED}{row.id}"
            self._connection.execute(update(_letters).where(c.id == row.id).values(key=key))
        self._connection.execute(
            update(_letters)
            .where(c.id.in_(ids))
            .values(
                recipient=PURGED,
                correspondent=PURGED,
                subject=PURGED,
                last_error=None,
                bounce_diagnostic=case((c.bounce_diagnostic.is_not(None), PURGED), else_=None),
                raw=b"",
            )
        )

    def _messages(
        self, circular: int, over: Collection[int], span: Span
    ) -> tuple[tuple[int, str], ...]:
        c = _messages.c
        its_own = and_(
            _reply_to(_replies.c.circular == circular),
            ~_reply_to(_replies.c.circular.not_in(over)),
        )
        nobodys = and_(~_reply_to(true()), c.received_at >= span.since, c.received_at < span.until)
        statement = (
            select(c.id, c.sha256)
            .where(c.sender != PURGED, _settled(), or_(its_own, nobodys))
            .order_by(c.id)
        )
        return tuple((row.id, row.sha256) for row in self._connection.execute(statement))

    def _letters(self, circular: int, span: Span) -> list[tuple[int, int]]:
        c = _letters.c
        nobodys = and_(c.circular.is_(None), c.created_at >= span.since, c.created_at < span.until)
        statement = (
            select(c.id, func.length(c.raw).label("size"))
            .where(
                c.recipient != PURGED,
                c.status.in_(_GONE),
                or_(c.circular == circular, nobodys),
            )
            .order_by(c.id)
        )
        return [(row.id, row.size) for row in self._connection.execute(statement)]

    def _notes(self, message_ids: Sequence[int], span: Span) -> tuple[int, ...]:
        c = _notes.c
        nobodys = and_(c.message_id.is_(None), c.at >= span.since, c.at < span.until)
        found: set[int] = set(
            self._connection.execute(select(c.id).where(nobodys, c.text != PURGED)).scalars()
        )
        for chunk in _chunks(message_ids):
            about = select(c.id).where(c.message_id.in_(chunk), c.text != PURGED)
            found.update(self._connection.execute(about).scalars())
        return tuple(sorted(found))

    def _attached(self, message_ids: Sequence[int]) -> int:
        return self._number(
            select(func.count())
            .select_from(_attachments)
            .join(_replies, _replies.c.id == _attachments.c.reply_id)
            .where(_replies.c.message_id.in_(message_ids))
        )

    def _count(self, table: Any, column: ColumnElement[int], ids: Sequence[int]) -> int:
        return sum(
            self._number(select(func.count()).select_from(table).where(column.in_(chunk)))
            for chunk in _chunks(ids)
        )

    def _number(self, statement: Select[Any]) -> int:
        return int(self._connection.execute(statement).scalar_one())


def _reply_to(which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a message is a reply to such a circular."""
    return exists().where(_replies.c.message_id == _messages.c.id, which)


def _settled() -> ColumnElement[bool]:
    """Whether nobody waits for a message, nor for a reply in it."""
    return and_(_messages.c.status.in_(_DONE), ~_reply_to(_replies.c.needs_review == true()))


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]

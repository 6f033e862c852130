"""Finding a message by what people remember of it: reference, sender, subject, Member State."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from bot.store.tables.consultation import ReferenceRow, ReplyRow
from bot.store.tables.mailbox import MessageRow, MessageStatus

_messages = MessageRow.__table__
_replies = ReplyRow.__table__
_references = ReferenceRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A message found; the attributes are those of `StoredMessage`, and its first reply's."""

    message_id: int
    status: MessageStatus
    kind: str
    sender: str
    subject: str
    received_at: dt.datetime
    reference: str | None
    state: str | None


class Finding:
    """`tx.finding`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, text: str, *, states: Collection[str] = (), limit: int = 50) -> list[Found]:
        """The messages that somebody may mean, the last received first.

        Args:
            text: part of a reference, sender or subject, in any case; the last two are searched for
                it as it stands.
            states: codes of the Member States that the text may name.
            limit: how many at the most.
        """
        m, r = _messages.c, _replies.c
        wanted = [
            select(_references.c.reply_id)
            .where(_references.c.reference.startswith(text.upper(), autoescape=True))
            .limit(limit),
        ]
        if states:
            wanted.append(
                select(r.id).where(r.state.in_(sorted(states))).order_by(r.id.desc()).limit(limit)
            )
        replies: set[int] = set()
        for each in wanted:
            replies.update(self._connection.execute(each).scalars())
        messages = set(
            self._connection.execute(select(r.message_id).where(r.id.in_(replies))).scalars()
        )
        words = or_(
            m.sender.icontains(text, autoescape=True), m.subject.icontains(text, autoescape=True)
        )
        messages.update(
            self._connection.execute(
                select(m.id).where(words).order_by(m.id.desc()).limit(limit)
            ).scalars()
        )
        statement = (
            select(
                m.id.label("message_id"),
                m.status,
                m.kind,
                m.sender,
                m.subject,
                m.received_at,
                r.reference,
                r.state,
            )
            .select_from(_messages.outerjoin(_replies, r.message_id == m.id))
            .where(m.id.in_(sorted(messages, reverse=True)[: limit * 3]))
            .order_by(m.received_at.desc(), m.id.desc())
            .limit(limit)
        )
        return [Found(**row._asdict()) for row in self._connection.execute(statement)]

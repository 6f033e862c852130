"""The queue: what waits for a person, the worst and oldest first, a page at a time."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    case,
    false,
    func,
    not_,
    or_,
    select,
)
from sqlalchemy import type_coerce as as_type

from bot.store.columns import Codes, canonical_json
from bot.store.tables.consultation import ReplyRow
from bot.store.tables.mailbox import MessageRow, MessageStatus

_messages = MessageRow.__table__
_replies = ReplyRow.__table__
_WAITING = (MessageStatus.HELD, MessageStatus.QUARANTINED)

#: What may be a forgery, or a change that another wanted: looked at before what is merely unclear.
_ALARMING = (
    "not-authenticated",
    "look-alike-domain",
    "display-name-address",
    "reply-to-elsewhere",
    "other-sender",
    "register-contradicts",
    "administration-differs",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing that waits: a reply, or a message that holds none.

    Attributes:
        message_id: of the message.
        status: HELD or QUARANTINED.
        sender, subject, received_at: of the message.
        reference: of the reply; None where there is none.
        circular: number; None where there is no reply.
        state: ISO 3166-1 alpha-3; None where nobody knows.
        reasons: stable codes.
    """

    message_id: int
    status: MessageStatus
    sender: str
    subject: str
    received_at: dt.datetime
    reference: str | None
    circular: int | None
    state: str | None
    reasons: tuple[str, ...]


class Queue:
    """`tx.queue`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def page(
        self,
        *,
        limit: int,
        offset: int = 0,
        reason: str | None = None,
        circular: int | None = None,
    ) -> list[Waiting]:
        """What waits, the worst and oldest first; for one reason, or of one circular, only."""
        m, r = _messages.c, _replies.c
        statement = (
            select(
                m.id.label("message_id"),
                m.status,
                m.sender,
                m.subject,
                m.received_at,
                r.reference,
                r.circular,
                r.state,
                as_type(_reasons(), Codes).label("reasons"),
            )
            .order_by(_rank(), m.received_at, m.id, r.id)
            .limit(limit)
            .offset(offset)
        )
        found = self._connection.execute(_among(statement, reason, circular))
        return [Waiting(**row._asdict()) for row in found]

    def order(self, *, limit: int = 2000) -> list[int]:
        """Ids of the messages in the order of the queue, each once."""
        m, r = _messages.c, _replies.c
        statement = select(m.id).order_by(_rank(), m.received_at, m.id, r.id).limit(limit)
        found = self._connection.execute(_among(statement, None, None)).scalars()
        return list(dict.fromkeys(found))

    def count(self, *, reason: str | None = None, circular: int | None = None) -> int:
        """How many wait."""
        statement = _among(select(func.count()), reason, circular)
        return int(self._connection.execute(statement).scalar_one())

    def reasons(self, circular: int | None = None) -> Counter[str]:
        """For how many of them each reason holds."""
        reasons = as_type(_reasons(), Codes).label("reasons")
        # Its rows are of two columns; `_among` changes nothing of that.
        counted: Any = select(reasons, func.count())
        statement = _among(counted, None, circular).group_by(_reasons())
        counts: Counter[str] = Counter()
        for codes, count in self._connection.execute(statement):
            counts.update(dict.fromkeys(codes, count))
        return counts


def _reasons() -> ColumnElement[str]:
    """Those of the reply, else of the message: as they lie in the column."""
    return func.coalesce(as_type(_replies.c.reasons, Text), as_type(_messages.c.reasons, Text))


def _has(code: str) -> ColumnElement[bool]:
    return _reasons().contains(canonical_json(code), autoescape=True)


def _rank() -> ColumnElement[int]:
    return case(
        (_messages.c.status == MessageStatus.QUARANTINED, 0),
        (or_(*map(_has, _ALARMING)), 1),
        else_=2,
    )


def _among(statement: Select[Any], reason: str | None, circular: int | None) -> Select[Any]:
    m, r = _messages.c, _replies.c
    # Said so that no index on it is taken: SQLite would search all that waits for each message.
    joined = _messages.outerjoin(
        _replies, and_(r.message_id == m.id, not_(r.needs_review == false()))
    )
    statement = statement.select_from(joined).where(m.status.in_(_WAITING))
    if reason is not None:
        statement = statement.where(_has(reason))
    if circular is not None:
        statement = statement.where(r.circular == circular)
    return statement

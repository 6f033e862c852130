"""Whose turn it is where several workers share the work: claims kept and given back, decisions in order."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, and_, or_, select, text, update

from bot.store.duties import LOCKS
from bot.store.messages import StoredMessage
from bot.store.statements import fetch
from bot.store.tables.correspondence import LetterRow, LetterStatus
from bot.store.tables.mailbox import MessageRow, MessageStatus

_messages = MessageRow.__table__
_letters = LetterRow.__table__
#: The second key of the advisory lock under which messages are decided.
_DECIDING = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A message that was received before another one and is not decided yet.

    Attributes:
        id: in the store.
        sender: address of From; empty where there is none.
        tries: how often working on it failed.
    """

    id: int
    sender: str
    tries: int


class Turns:
    """`tx.turns`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def wait(self) -> None:
        """Waits until no other unit of work decides on a message; until this one ends, none does.

        On SQLite every unit of work that writes is alone anyway.
        """
        if self._connection.dialect.name == "postgresql":
            statement = text("SELECT pg_advisory_xact_lock(:locks, :deciding)")
            self._connection.execute(statement, {"locks": LOCKS, "deciding": _DECIDING})

    def earlier(self, message: StoredMessage) -> list[Earlier]:
        """The messages received before that one on which nobody has decided, the first first."""
        c = _messages.c
        before = or_(
            c.received_at < message.received_at,
            and_(c.received_at == message.received_at, c.id < message.id),
        )
        statement = (
            select(c.id, c.sender, c.tries)
            .where(c.status == MessageStatus.RECEIVED, before)
            .order_by(c.received_at, c.id)
        )
        return fetch(self._connection, Earlier, statement)

    def keep(self, message_ids: Collection[int], until: dt.datetime) -> None:
        """Keeps messages that were claimed for longer."""
        self._set(message_ids, until)

    def give_back(self, message_ids: Collection[int]) -> None:
        """Gives messages that were claimed, and not decided, to whoever comes first."""
        self._set(message_ids, None)

    def forget_claims(self) -> None:
        """Gives back what a worker that is no more had claimed; what failed keeps its pause."""
        for table, open_ in (
            (_messages, _messages.c.status == MessageStatus.RECEIVED),
            (_letters, _letters.c.status == LetterStatus.QUEUED),
        ):
            claimed = and_(open_, table.c.tries == 0, table.c.next_try_at.is_not(None))
            self._connection.execute(update(table).where(claimed).values(next_try_at=None))

    def _set(self, message_ids: Collection[int], until: dt.datetime | None) -> None:
        if message_ids:
            c = _messages.c
            claimed = and_(c.id.in_(message_ids), c.status == MessageStatus.RECEIVED)
            self._connection.execute(update(_messages).where(claimed).values(next_try_at=until))

"""What the digest tells beside replies: bounces, absence notes, mail that is not counted."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from bot.store.statements import fetch, select_as
from bot.store.tables.chronicle import NoteRow

_notes = NoteRow.__table__


class NoteKind(StrEnum):
    """The kinds that the program writes; any other short code may stand there too."""

    BOUNCE = "bounce"
    ABSENCE = "absence"
    NOT_COUNTED = "not_counted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One event.

    Attributes:
        id: grows.
        kind: a `NoteKind`, or another short code.
        at: when it was noted.
        message_id: the message that it is about; None where there is none.
        text: in words.
        address: whom it concerns; None where that is nobody.
    """

    id: int
    kind: str
    at: dt.datetime
    message_id: int | None
    text: str
    address: str | None


class Notes:
    """`tx.notes`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        kind: str,
        *,
        at: dt.datetime,
        text: str,
        message_id: int | None = None,
        address: str | None = None,
    ) -> None:
        """Notes an event."""
        self._connection.execute(
            _notes.insert().values(
                kind=str(kind), at=at, text=text, message_id=message_id, address=address
            )
        )

    def since(
        self,
        moment: dt.datetime | None,
        *,
        until: dt.datetime | None = None,
        kind: str | None = None,
    ) -> list[Note]:
        """The events from that moment on (None: from the first), before `until`, in order."""
        c = _notes.c
        statement = select_as(Note, _notes).order_by(c.at, c.id)
        if moment is not None:
            statement = statement.where(c.at >= moment)
        if until is not None:
            statement = statement.where(c.at < until)
        if kind is not None:
            statement = statement.where(c.kind == str(kind))
        return fetch(self._connection, Note, statement)

    def of_message(self, message_id: int) -> list[Note]:
        """The events about a message, in order."""
        statement = select_as(Note, _notes).where(_notes.c.message_id == message_id)
        return fetch(self._connection, Note, statement.order_by(_notes.c.id))

"""What the program itself has trouble with: told once when it begins, once when it is over."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, or_, update

from bot.store.statements import fetch, insert_or_change, select_as
from bot.store.tables.chronicle import TroubleRow

_troubles = TroubleRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One trouble, from its beginning to its end.

    Attributes:
        id: grows.
        code: stable: "mailbox", "smtp", "register", ...
        text: one line for people.
        first_at, last_at: when it was seen first and last.
        count: how often it was seen.
        resolved_at: None while it lasts.
    """

    id: int
    code: str
    text: str
    first_at: dt.datetime
    last_at: dt.datetime
    count: int
    resolved_at: dt.datetime | None


class Troubles:
    """`tx.troubles`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, code: str, text: str, at: dt.datetime) -> bool:
        """Notes a trouble; True where it is a new one, False where it goes on."""
        c = _troubles.c
        row = insert_or_change(
            self._connection,
            _troubles,
            {"code": code, "text": text, "first_at": at, "last_at": at, "count": 1},
            key=("code", "text"),
            among=c.resolved_at.is_(None),
            change={"last_at": at, "count": c.count + 1},
            returning=("count",),
        )
        assert row is not None
        # By its place: `count` is a method of every row.
        return bool(row[0] == 1)

    def resolve(self, code: str, at: dt.datetime) -> list[Trouble]:
        """The troubles of that code are over; returns those that were open."""
        over = [trouble for trouble in self.open() if trouble.code == code]
        if over:
            self._connection.execute(
                update(_troubles)
                .where(_troubles.c.code == code, _troubles.c.resolved_at.is_(None))
                .values(resolved_at=at)
            )
        return over

    def open(self) -> list[Trouble]:
        """The troubles that last, the first seen first."""
        c = _troubles.c
        statement = select_as(Trouble, _troubles).where(c.resolved_at.is_(None))
        return fetch(self._connection, Trouble, statement.order_by(c.first_at, c.id))

    def since(self, moment: dt.datetime | None) -> list[Trouble]:
        """The troubles seen or resolved from that moment on (None: all), the first seen first."""
        c = _troubles.c
        statement = select_as(Trouble, _troubles).order_by(c.first_at, c.id)
        if moment is not None:
            statement = statement.where(or_(c.last_at >= moment, c.resolved_at >= moment))
        return fetch(self._connection, Trouble, statement)

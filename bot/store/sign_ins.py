"""Who is signed in to the review page: links for one use, and sessions that end on the server.

Both are kept under the SHA-256 of their secret, so that whoever reads the database opens no door.
"""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, delete, update

from bot.store.statements import fetch_one, select_as
from bot.store.tables.review import ReviewSessionRow, SignInLinkRow

_links = SignInLinkRow.__table__
_sessions = ReviewSessionRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A person signed in.

    Attributes:
        key: hash of its secret, in hexadecimal.
        who: address.
        began_at: when the link was used.
        seen_at: when a page was last asked for, to within some minutes.
        ended_at: when the person signed out; None while it lasts.
    """

    key: str
    who: str
    began_at: dt.datetime
    seen_at: dt.datetime
    ended_at: dt.datetime | None


class SignIns:
    """`tx.sign_ins`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_link(self, key: str, *, who: str, expires_at: dt.datetime) -> None:
        """Notes a link that is being mailed."""
        self._connection.execute(_links.insert().values(key=key, who=who, expires_at=expires_at))

    def use_link(self, key: str, now: dt.datetime) -> str | None:
        """Uses a link up: whose it is; None where it is unknown, used or too old."""
        statement = (
            update(_links)
            .where(_links.c.key == key, _links.c.used_at.is_(None), _links.c.expires_at > now)
            .values(used_at=now)
            .returning(_links.c.who)
        )
        who: str | None = self._connection.execute(statement).scalar()
        return who

    def begin(self, key: str, *, who: str, at: dt.datetime) -> None:
        """A person signed in."""
        self._connection.execute(
            _sessions.insert().values(key=key, who=who, began_at=at, seen_at=at)
        )

    def session(self, key: str) -> Session | None:
        """The session of that key, ended or not; None where there is none."""
        statement = select_as(Session, _sessions).where(_sessions.c.key == key)
        return fetch_one(self._connection, Session, statement)

    def seen(self, key: str, at: dt.datetime) -> None:
        """A page was asked for."""
        self._connection.execute(update(_sessions).where(_sessions.c.key == key).values(seen_at=at))

    def end(self, key: str, at: dt.datetime) -> None:
        """The person signed out."""
        self._connection.execute(
            update(_sessions)
            .where(_sessions.c.key == key, _sessions.c.ended_at.is_(None))
            .values(ended_at=at)
        )

    def forget(self, before: dt.datetime) -> None:
        """Removes links and sessions that nobody could use since then."""
        self._connection.execute(delete(_links).where(_links.c.expires_at < before))
        self._connection.execute(delete(_sessions).where(_sessions.c.seen_at < before))

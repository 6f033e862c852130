"""Tables of the review page: links that were mailed to sign in with, and sessions.

Neither holds what opens the door: a link and a session are known by the hash of their secret.
"""

import datetime as dt

from sqlalchemy import Index, PrimaryKeyConstraint
from sqlmodel import Field

from bot.store.columns import Moment, Words
from bot.store.tables.row import TableRow


class SignInLinkRow(TableRow, table=True):
    """A link to sign in with, good for one use."""

    __tablename__ = "sign_in_links"
    __table_args__ = (
        PrimaryKeyConstraint("key", name="pk_sign_in_links"),
        Index("ix_sign_in_links_expires", "expires_at"),
    )

    key: str = Field(sa_type=Words(64))
    who: str = Field(sa_type=Words(320))
    expires_at: dt.datetime = Field(sa_type=Moment)
    used_at: dt.datetime | None = Field(sa_type=Moment)


class ReviewSessionRow(TableRow, table=True):
    """A person who is, or was, signed in."""

    __tablename__ = "review_sessions"
    __table_args__ = (
        PrimaryKeyConstraint("key", name="pk_review_sessions"),
        Index("ix_review_sessions_seen", "seen_at"),
    )

    key: str = Field(sa_type=Words(64))
    who: str = Field(sa_type=Words(320))
    began_at: dt.datetime = Field(sa_type=Moment)
    seen_at: dt.datetime = Field(sa_type=Moment)
    ended_at: dt.datetime | None = Field(sa_type=Moment)

"""Tables of the correspondence: the outbox, the register's contacts, addresses that bounce."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import ForeignKeyConstraint, Index, PrimaryKeyConstraint, UniqueConstraint
from sqlmodel import Field

from bot.store.columns import BigNumber, Choice, Moment, Words
from bot.store.tables.row import TableRow


class LetterStatus(StrEnum):
    """Where a letter of the outbox stands."""

    #: Composed and recorded; goes out when its time comes.
    QUEUED = "queued"
    #: The SMTP server took it.
    SENT = "sent"
    #: The SMTP server refused it for good.
    REFUSED = "refused"
    #: Taken back before it went.
    WITHDRAWN = "withdrawn"


class LetterRow(TableRow, table=True):
    """One letter of the outbox."""

    __tablename__ = "letters"
    __table_args__ = (
        PrimaryKeyConstraint("id", name="pk_letters"),
        ForeignKeyConstraint(["reply_id"], ["replies.id"], name="fk_letters_reply"),
        ForeignKeyConstraint(["answers_message_id"], ["messages.id"], name="fk_letters_message"),
        UniqueConstraint("key", name="uq_letters_key"),
        UniqueConstraint("header_id", name="uq_letters_header_id"),
        Index("ix_letters_status", "status", "id"),
        Index("ix_letters_kind", "kind", "circular", "id"),
        Index("ix_letters_latest", "kind", "id"),
        Index("ix_letters_reply", "reply_id"),
        Index("ix_letters_answers", "answers_message_id"),
        Index("ix_letters_correspondent", "correspondent", "created_at"),
    )

    id: int = Field(sa_type=BigNumber)
    key: str = Field(sa_type=Words(500))
    header_id: str = Field(sa_type=Words(500))
    kind: str = Field(sa_type=Words(60))
    circular: int | None
    state: str | None = Field(sa_type=Words(3))
    reply_id: int | None = Field(sa_type=BigNumber)
    answers_message_id: int | None = Field(sa_type=BigNumber)
    recipient: str = Field(sa_type=Words(500))
    # The recipient in lower case: who has had how many letters does not hang on capitals.
    correspondent: str = Field(sa_type=Words(500))
    language: str = Field(sa_type=Words(20))
    subject: str = Field(sa_type=Words(1000))
    created_at: dt.datetime = Field(sa_type=Moment)
    status: LetterStatus = Field(sa_type=Choice(LetterStatus))
    tries: int
    next_try_at: dt.datetime | None = Field(sa_type=Moment)
    sent_at: dt.datetime | None = Field(sa_type=Moment)
    last_error: str | None = Field(sa_type=Words(2000))
    bounced_at: dt.datetime | None = Field(sa_type=Moment)
    bounce_diagnostic: str | None = Field(sa_type=Words(2000))
    # Last, so that SQLite need not walk through it to reach what lists show.
    raw: bytes


class ContactRow(TableRow, table=True):
    """One line of the register; its key has "" where the line has nothing (NULLs never clash)."""

    __tablename__ = "contacts"
    __table_args__ = (
        PrimaryKeyConstraint("id", name="pk_contacts"),
        UniqueConstraint("iso3", "email", "domain", name="uq_contacts_line"),
    )

    id: int = Field(sa_type=BigNumber)
    iso3: str = Field(sa_type=Words(3))
    email: str = Field(sa_type=Words(320))
    domain: str = Field(sa_type=Words(255))
    name: str = Field(sa_type=Words(500))
    role: str = Field(sa_type=Words(500))
    focal_point: bool
    language: str | None = Field(sa_type=Words(20))
    added_at: dt.datetime = Field(sa_type=Moment)
    changed_at: dt.datetime = Field(sa_type=Moment)


class BouncedAddressRow(TableRow, table=True):
    """An address that the last letter came back from."""

    __tablename__ = "bounced_addresses"
    __table_args__ = (PrimaryKeyConstraint("email", name="pk_bounced_addresses"),)

    email: str = Field(sa_type=Words(320))
    at: dt.datetime = Field(sa_type=Moment)
    diagnostic: str = Field(sa_type=Words(2000))

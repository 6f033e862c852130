"""Tables of what happened: the audit trail, notes for the digest, troubles, evidence, values."""

import datetime as dt

from sqlalchemy import ForeignKeyConstraint, Index, PrimaryKeyConstraint, text
from sqlmodel import Field

from bot.store.columns import BigNumber, Codes, Json, Moment, Words
from bot.store.tables.row import TableRow

_OPEN = text("resolved_at IS NULL")


class AuditRow(TableRow, table=True):
    """One entry of the audit trail; a trigger refuses any change to it."""

    __tablename__ = "audit"
    __table_args__ = (
        PrimaryKeyConstraint("seq", name="pk_audit"),
        Index("ix_audit_subject", "subject", "seq"),
    )

    seq: int = Field(sa_type=BigNumber)
    at: dt.datetime = Field(sa_type=Moment)
    who: str = Field(sa_type=Words(320))
    action: str = Field(sa_type=Words(60))
    subject: str = Field(sa_type=Words(200))
    detail: object = Field(sa_type=Json)
    previous_hash: str = Field(sa_type=Words(64))
    hash: str = Field(sa_type=Words(64))


class NoteRow(TableRow, table=True):
    """Something that the digest tells; a trigger refuses any change to it."""

    __tablename__ = "notes"
    __table_args__ = (
        PrimaryKeyConstraint("id", name="pk_notes"),
        ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_notes_message"),
        Index("ix_notes_at", "at", "id"),
        Index("ix_notes_message", "message_id"),
    )

    id: int = Field(sa_type=BigNumber)
    kind: str = Field(sa_type=Words(60))
    at: dt.datetime = Field(sa_type=Moment)
    message_id: int | None = Field(sa_type=BigNumber)
    text: str = Field(sa_type=Words(2000))
    address: str | None = Field(sa_type=Words(500))


class TroubleRow(TableRow, table=True):
    """Something that the program itself has trouble with; at most one open row for a trouble."""

    __tablename__ = "troubles"
    __table_args__ = (
        PrimaryKeyConstraint("id", name="pk_troubles"),
        Index(
            "uq_troubles_open",
            "code",
            "text",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_troubles_last", "last_at", "id"),
    )

    id: int = Field(sa_type=BigNumber)
    code: str = Field(sa_type=Words(60))
    text: str = Field(sa_type=Words(500))
    first_at: dt.datetime = Field(sa_type=Moment)
    last_at: dt.datetime = Field(sa_type=Moment)
    count: int
    resolved_at: dt.datetime | None = Field(sa_type=Moment)


class ReadingRow(TableRow, table=True):
    """What a reader said of one part of a message: the evidence for an opinion."""

    __tablename__ = "readings"
    __table_args__ = (
        PrimaryKeyConstraint("message_id", "part", name="pk_readings"),
        ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_readings_message"),
    )

    message_id: int = Field(sa_type=BigNumber)
    part: str = Field(sa_type=Words(500))
    filename: str | None = Field(sa_type=Words(500))
    sha256: str = Field(sa_type=Words(64))
    format: str = Field(sa_type=Words(60))
    doubts: tuple[str, ...] = Field(sa_type=Codes)
    document: object = Field(sa_type=Json)


class ValueRow(TableRow, table=True):
    """A value by its name: the hash of the imported register, the heartbeat."""

    __tablename__ = "named_values"
    __table_args__ = (PrimaryKeyConstraint("name", name="pk_named_values"),)

    name: str = Field(sa_type=Words(200))
    value: str = Field(sa_type=Words)

"""Tables of the consultation: replies, their names and attachments, the record of opinions."""

import datetime as dt

from sqlalchemy import ForeignKeyConstraint, Index, PrimaryKeyConstraint, UniqueConstraint
from sqlmodel import Field

from bot.consultation.opinion import Comments, Opinion, Status
from bot.consultation.record import Standing
from bot.store.columns import BigNumber, Choice, Codes, Moment, Words
from bot.store.tables.row import TableRow


class ReplyRow(TableRow, table=True):
    """One message's reply to one circular."""

    __tablename__ = "replies"
    __table_args__ = (
        PrimaryKeyConstraint("id", name="pk_replies"),
        ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_replies_message"),
        UniqueConstraint("message_id", "circular", name="uq_replies_message_circular"),
        UniqueConstraint("reference", name="uq_replies_reference"),
        Index("ix_replies_state", "circular", "state", "received_at"),
        Index("ix_replies_recorded", "circular", "recorded_at"),
        Index("ix_replies_waiting", "needs_review", "received_at", "id"),
    )

    id: int = Field(sa_type=BigNumber)
    message_id: int = Field(sa_type=BigNumber)
    circular: int
    state: str | None = Field(sa_type=Words(3))
    entity: str | None = Field(sa_type=Words(500))
    ordinal: int
    reference: str = Field(sa_type=Words(60))
    received_at: dt.datetime = Field(sa_type=Moment)
    recorded_at: dt.datetime = Field(sa_type=Moment)
    sender: str = Field(sa_type=Words(500))
    language: str = Field(sa_type=Words(20))
    standing: Standing = Field(sa_type=Choice(Standing))
    reasons: tuple[str, ...] = Field(sa_type=Codes)
    comments_missing: tuple[str, ...] = Field(sa_type=Codes)
    reasons_missing: tuple[str, ...] = Field(sa_type=Codes)
    needs_review: bool
    settled_by: str | None = Field(sa_type=Words(320))
    settled_at: dt.datetime | None = Field(sa_type=Moment)
    version: int


class ReferenceRow(TableRow, table=True):
    """Every reference that a reply ever had: a letter may name an older one."""

    __tablename__ = "reply_references"
    __table_args__ = (
        PrimaryKeyConstraint("reference", name="pk_reply_references"),
        ForeignKeyConstraint(["reply_id"], ["replies.id"], name="fk_reply_references_reply"),
        Index("ix_reply_references_reply", "reply_id"),
    )

    reference: str = Field(sa_type=Words(60))
    reply_id: int = Field(sa_type=BigNumber)


class OrdinalRow(TableRow, table=True):
    """The last number given out for a circular and a Member State (or "X")."""

    __tablename__ = "ordinals"
    __table_args__ = (PrimaryKeyConstraint("circular", "name", name="pk_ordinals"),)

    circular: int
    name: str = Field(sa_type=Words(20))
    last: int


class AttachmentRow(TableRow, table=True):
    """A file beside the form that was kept with a reply."""

    __tablename__ = "attachments"
    __table_args__ = (
        PrimaryKeyConstraint("id", name="pk_attachments"),
        ForeignKeyConstraint(["reply_id"], ["replies.id"], name="fk_attachments_reply"),
        UniqueConstraint("reply_id", "part", name="uq_attachments_reply_part"),
    )

    id: int = Field(sa_type=BigNumber)
    reply_id: int = Field(sa_type=BigNumber)
    part: str = Field(sa_type=Words(500))
    filename: str | None = Field(sa_type=Words(500))
    size: int = Field(sa_type=BigNumber)
    sha256: str = Field(sa_type=Words(64))
    format: str = Field(sa_type=Words(60))
    texts: tuple[str, ...] = Field(sa_type=Codes)


class OpinionRow(TableRow, table=True):
    """One line of the record of opinions; a trigger refuses any change to it."""

    __tablename__ = "opinions"
    __table_args__ = (
        PrimaryKeyConstraint("seq", name="pk_opinions"),
        ForeignKeyConstraint(["reply_id"], ["replies.id"], name="fk_opinions_reply"),
        Index("ix_opinions_state", "circular", "state", "seq"),
        Index("ix_opinions_circular", "circular", "seq"),
        Index("ix_opinions_reply", "reply_id", "seq"),
    )

    seq: int = Field(sa_type=BigNumber)
    recorded_at: dt.datetime = Field(sa_type=Moment)
    reply_id: int = Field(sa_type=BigNumber)
    circular: int
    state: str | None = Field(sa_type=Words(3))
    received_at: dt.datetime = Field(sa_type=Moment)
    text: str = Field(sa_type=Words(100))
    opinion: Opinion | None = Field(sa_type=Choice(Opinion))
    comments: Comments | None = Field(sa_type=Choice(Comments))
    status: Status = Field(sa_type=Choice(Status))
    reasons: tuple[str, ...] = Field(sa_type=Codes)
    confidence: float
    standing: Standing = Field(sa_type=Choice(Standing))
    who: str = Field(sa_type=Words(320))
    why: str = Field(sa_type=Words(2000))

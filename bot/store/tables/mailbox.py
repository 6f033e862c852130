"""Tables of the mailbox: every UID that was looked at, and the messages taken."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import ForeignKeyConstraint, Index, PrimaryKeyConstraint, UniqueConstraint
from sqlmodel import Field

from bot.store.columns import BigNumber, Choice, Codes, Moment, Words
from bot.store.tables.row import TableRow


class Verdict(StrEnum):
    """What became of a message that was looked at in the mailbox."""

    #: Nothing of ours: it stays as it was, and nothing of its content is kept.
    LEFT_ALONE = "left_alone"
    #: It may be a reply: archived and recorded.
    TAKEN = "taken"


class MessageStatus(StrEnum):
    """Where a message that was taken stands."""

    #: Archived and recorded; its turn comes.
    RECEIVED = "received"
    #: Done with.
    SETTLED = "settled"
    #: Waits for a person.
    HELD = "held"
    #: Failed so often that it is set aside; a person looks at it.
    QUARANTINED = "quarantined"
    #: Opened, and found to be nothing of ours.
    IGNORED = "ignored"


class EntryRow(TableRow, table=True):
    """One UID of one folder (RFC 3501, 2.3.1.1)."""

    __tablename__ = "mailbox_entries"
    __table_args__ = (
        PrimaryKeyConstraint("account", "folder", "uidvalidity", "uid", name="pk_mailbox_entries"),
        ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_mailbox_entries_message"),
        Index("ix_mailbox_entries_message", "message_id"),
        # The key is the row: every round asks for all UIDs of a folder, in one range of it.
        {"sqlite_with_rowid": False},
    )

    account: str = Field(sa_type=Words(200))
    folder: str = Field(sa_type=Words(300))
    uidvalidity: int = Field(sa_type=BigNumber)
    uid: int = Field(sa_type=BigNumber)
    verdict: Verdict = Field(sa_type=Choice(Verdict))
    message_id: int | None = Field(sa_type=BigNumber)
    at: dt.datetime = Field(sa_type=Moment)


class MessageRow(TableRow, table=True):
    """One message taken, by the hash of its bytes."""

    __tablename__ = "messages"
    __table_args__ = (
        PrimaryKeyConstraint("id", name="pk_messages"),
        UniqueConstraint("sha256", name="uq_messages_sha256"),
        Index("ix_messages_status", "status", "received_at", "id"),
        Index("ix_messages_header_id", "header_id"),
    )

    id: int = Field(sa_type=BigNumber)
    sha256: str = Field(sa_type=Words(64))
    size: int = Field(sa_type=BigNumber)
    received_at: dt.datetime = Field(sa_type=Moment)
    recorded_at: dt.datetime = Field(sa_type=Moment)
    sender: str = Field(sa_type=Words(500))
    subject: str = Field(sa_type=Words(1000))
    header_id: str | None = Field(sa_type=Words(500))
    status: MessageStatus = Field(sa_type=Choice(MessageStatus))
    kind: str = Field(sa_type=Words(60))
    reasons: tuple[str, ...] = Field(sa_type=Codes)
    tries: int
    next_try_at: dt.datetime | None = Field(sa_type=Moment)
    last_error: str | None = Field(sa_type=Words(2000))
    settled_at: dt.datetime | None = Field(sa_type=Moment)

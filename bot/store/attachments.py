"""The files beside the form that were kept with a reply; their bytes are in the archived message."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from sqlalchemy import Connection

from bot.store.statements import fetch, fetch_one, insert_all, select_as
from bot.store.tables.consultation import AttachmentRow, ReplyRow

_attachments = AttachmentRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAttachment:
    """A file beside the form.

    Attributes:
        part: where it was in the message (`bot.mail.message.Part.path`).
        filename: None where it had none.
        size: in bytes.
        sha256: of its bytes.
        format: by content.
        texts: designations that it names; empty where it names none.
    """

    part: str
    filename: str | None
    size: int
    sha256: str
    format: str
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAttachment:
    """A file kept; the attributes are those of `NewAttachment`, its id and its reply's."""

    id: int
    reply_id: int
    part: str
    filename: str | None
    size: int
    sha256: str
    format: str
    texts: tuple[str, ...]


class Attachments:
    """`tx.attachments`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, reply_id: int, attachments: Iterable[NewAttachment]) -> None:
        """Keeps files with a reply; a part that is kept already stays as it is."""
        rows = ({"reply_id": reply_id, **asdict(each)} for each in attachments)
        insert_all(self._connection, _attachments, rows, key=("reply_id", "part"))

    def get(self, attachment_id: int) -> StoredAttachment | None:
        """The file of that id; None where there is none."""
        statement = select_as(StoredAttachment, _attachments)
        return fetch_one(
            self._connection, StoredAttachment, statement.where(_attachments.c.id == attachment_id)
        )

    def of_reply(self, reply_id: int) -> list[StoredAttachment]:
        """A reply's files, in the order of the message."""
        c = _attachments.c
        statement = select_as(StoredAttachment, _attachments).where(c.reply_id == reply_id)
        return fetch(self._connection, StoredAttachment, statement.order_by(c.id))

    def of_circular(self, circular: int) -> list[StoredAttachment]:
        """The files of every reply to a circular, reply by reply, for the export."""
        c = _attachments.c
        replies = ReplyRow.__table__
        statement = (
            select_as(StoredAttachment, _attachments)
            .join(replies, replies.c.id == c.reply_id)
            .where(replies.c.circular == circular)
        )
        return fetch(self._connection, StoredAttachment, statement.order_by(c.reply_id, c.id))

"""A message opened: its headers as they were meant, and every part by content.

Terms: RFC 5322 (header fields), RFC 2045-2049 (parts), RFC 3464 (DSN), RFC 3834 (automatic mail).
"""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One mailbox of an address field.

    Attributes:
        name: the display name, decoded; empty where there is none.
        email: "local@domain", the domain in lower case and as U-label-free ASCII where possible;
            empty for an address that cannot be read.
    """

    name: str
    email: str

    @property
    def domain(self) -> str:
        """What follows the last "@", in lower case; empty where there is none."""
        return self.email.rpartition("@")[2].lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One leaf of a message: a body, an attachment, a file of an archive, whatever its disposition.

    Attributes:
        path: where it was: "1.2" as IMAP counts (RFC 3501, 6.4.5), "1.2/1" inside an attached
            message, "1.2!replies/form.docx" inside a zip archive.
        content_type: as declared, lower case; never trusted.
        filename: decoded, without any folder; None where there is none.
        data: decoded bytes.
        body: whether it is the message's own text (plain or HTML) rather than a file.
        content_id: without its angle brackets; None where there is none.
        charset: as declared, of a text; None where none was declared.
    """

    path: str
    content_type: str
    filename: str | None
    data: bytes
    body: bool = False
    content_id: str | None = None
    charset: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedMessage:
    """The header of a message that another one encloses; its parts are among those of the outer.

    Attributes:
        path: of the attachment: "2", or "2/3" within an enclosed message.
        headers: as those of a Message.
    """

    path: str
    headers: tuple[tuple[str, str], ...]

    def field(self, name: str) -> tuple[str, ...]:
        """Every value of a header field, in order; empty where it does not occur."""
        wanted = name.lower()
        return tuple(value for key, value in self.headers if key == wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message as opened.

    Attributes:
        message_id: with angle brackets, as sent; None where there is none.
        from_: every mailbox of every From field; empty where there is none.
        sender: of the Sender field; None where there is none.
        reply_to: of Reply-To; usually empty.
        to, cc: the recipients.
        subject: decoded, on one line; may be empty.
        date: of the Date field, aware; None where missing or unreadable (never used as the time
            of a reply).
        in_reply_to, references: Message-IDs with angle brackets, oldest first.
        headers: every top-level field as (name in lower case, unfolded value), in order; decoded
            where RFC 2047, 5 allows encoded-words, which is not in trace fields and identifiers.
        text: the message's own text, from plain or else HTML, joined; without attached messages.
        parts: every leaf in order.
        attached: the messages that it encloses, in order, those within them included.
        flaws: what was wrong or cut short, one stable code each ("too-many-parts",
            "nested-too-deep", "part-too-large", "archive-too-large", "broken-mime",
            "broken-archive", "encrypted-archive", "encrypted-message", "opaque-signature").
    """

    message_id: str | None
    from_: tuple[Address, ...]
    sender: Address | None
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    date: dt.datetime | None
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    headers: tuple[tuple[str, str], ...]
    text: str
    parts: tuple[Part, ...]
    flaws: tuple[str, ...] = ()
    attached: tuple[AttachedMessage, ...] = ()

    def field(self, name: str) -> tuple[str, ...]:
        """Every value of a header field, in order; empty where it does not occur."""
        wanted = name.lower()
        return tuple(value for key, value in self.headers if key == wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningLimits:
    """What opening a message may cost.

    Attributes:
        parts: leaves at the most; what is beyond is left out and said in `flaws`.
        depth: nesting of multiparts, attached messages and archives.
        part_bytes: of one decoded part.
        expanded_bytes: of all that archives unpack to, together.
    """

    parts: int = 200
    depth: int = 12
    part_bytes: int = 50 * 1024 * 1024
    expanded_bytes: int = 200 * 1024 * 1024

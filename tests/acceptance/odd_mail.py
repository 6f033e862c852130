"""Messages put together by hand, as odd programs put them: what `email` would not write by itself."""

import base64
import datetime as dt
import hashlib
import quopri
from collections.abc import Sequence
from email.header import Header
from email.utils import format_datetime
from enum import Enum

from bot.demo.messages import AUTHSERV_ID, DOCX_TYPE, PDF_TYPE


class Coding(Enum):
    """How a file is transferred (RFC 2045, 6)."""

    USUAL = "base64 in lines of 76"
    SHORT_LINES = "base64 in lines of 61, with blanks at their ends"
    ONE_LINE = "base64 in one line"
    CAPITALS = "BASE64, with empty lines within"
    QUOTED_PRINTABLE = "quoted-printable"


class Naming(Enum):
    """What is said of a file beside its bytes."""

    USUAL = "name, type and disposition as they are"
    NAMELESS = "no name at all"
    INLINE = "shown inline"
    WRONG_TYPE = "declared as a picture"
    WRONG_NAME = "called .dat, of no particular type"
    ENCODED_NAME = "a name in encoded-words within quotes (which RFC 2047 forbids)"
    RFC_2231 = "a name in pieces (RFC 2231)"


def file_part(
    data: bytes, *, coding: Coding = Coding.USUAL, naming: Naming = Naming.USUAL
) -> bytes:
    """A part that holds a form."""
    pdf = data.startswith(b"%PDF")
    real_type, suffix = (PDF_TYPE, "pdf") if pdf else (DOCX_TYPE, "docx")
    kind, disposition, name = real_type, "attachment", f'; filename="Annex 2.{suffix}"'
    match naming:
        case Naming.USUAL:
            pass
        case Naming.NAMELESS:
            name = ""
        case Naming.INLINE:
            disposition = "inline"
        case Naming.WRONG_TYPE:
            kind, name = "image/jpeg", '; filename="photo.jpg"'
        case Naming.WRONG_NAME:
            kind, name = "application/octet-stream", '; filename="reply.dat"'
        case Naming.ENCODED_NAME:
            encoded = Header(f"表格.{suffix}", "utf-8").encode()
            name = f'; filename="{encoded}"'
        case Naming.RFC_2231:
            name = f";\r\n filename*0*=utf-8''R%C3%A9ponse%20;\r\n filename*1*={suffix}.{suffix}"
    declared, coded = _coded(data, coding)
    head = (
        f"Content-Type: {kind}\r\nContent-Disposition: {disposition}{name}\r\n"
        f"Content-Transfer-Encoding: {declared}\r\n\r\n"
    )
    return head.encode() + coded


def text_part(text: str, subtype: str = "plain") -> bytes:
    """A part of words."""
    head = (
        f"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    return head.encode() + base64.encodebytes(text.encode()).replace(b"\n", b"\r\n")


def enclosed(raw: bytes) -> bytes:
    """A part that is a message (RFC 2046, 5.2.1)."""
    return b"Content-Type: message/rfc822\r\n\r\n" + raw


def mail(
    *,
    sender: str | None,
    subject: str,
    received: dt.datetime,
    recipient: str,
    message_id: str | None,
    parts: Sequence[bytes],
    vouched: str | None = "pass",
    dated: bool = True,
    fields: Sequence[tuple[str, str]] = (),
) -> bytes:
    """A message of parts; a single part is the message itself.

    Args:
        sender: address; None: there is no From at all.
        subject: in any language.
        received: when our server took it, aware.
        recipient: the mailbox.
        message_id: with angle brackets; None: without.
        parts: each with its own header.
        vouched: what our server's Authentication-Results says; None: it says nothing.
        dated: whether there is a Date.
        fields: further ones.
    """
    domain = (sender or "nobody@unknown.example").rpartition("@")[2]
    lines = [f"Received: from mail.{domain} by {AUTHSERV_ID}; {format_datetime(received)}"]
    if vouched is not None:
        lines.append(f"Authentication-Results: {AUTHSERV_ID}; dmarc={vouched} header.from={domain}")
    if sender is not None:
        lines.append(f"From: {sender}")
    lines += [
        f"To: {recipient}",
        f"Subject: {Header(subject, 'utf-8').encode(linesep=chr(13) + chr(10))}",
    ]
    if dated:
        lines.append(f"Date: {format_datetime(received)}")
    if message_id is not None:
        lines.append(f"Message-ID: {message_id}")
    lines += [f"{name}: {value}" for name, value in fields]
    lines.append("MIME-Version: 1.0")
    head = "\r\n".join(lines).encode()
    if len(parts) == 1:
        return head + b"\r\n" + parts[0]
    # An enclosed message has boundaries of its own.
    boundary = f"=_{hashlib.sha256(head).hexdigest()[:20]}".encode()
    body = b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)
    declared = b'Content-Type: multipart/mixed; boundary="' + boundary + b'"'
    return head + b"\r\n" + declared + b"\r\n\r\n" + body + b"--" + boundary + b"--\r\n"


def _coded(data: bytes, coding: Coding) -> tuple[str, bytes]:
    if coding is Coding.QUOTED_PRINTABLE:
        # Of bytes that are no text, line ends are encoded too (RFC 2045, 6.7).
        escaped = b"".join(b"=%02X" % byte for byte in data)
        lines = [escaped[at : at + 72] + b"=" for at in range(0, len(escaped), 72)]
        assert quopri.decodestring(b"\n".join(lines)) == data
        return "quoted-printable", b"\r\n".join(lines) + b"\r\n"
    plain = base64.b64encode(data)
    if coding is Coding.ONE_LINE:
        return "base64", plain + b"\r\n"
    width, end = (61, b"  \r\n") if coding is Coding.SHORT_LINES else (76, b"\r\n")
    rows = [plain[at : at + width] for at in range(0, len(plain), width)]
    if coding is Coding.CAPITALS:
        rows[3:3] = [b"", b""]
        return "BASE64", end.join(rows) + end
    return "base64", end.join(rows) + end

"""A letter written as a message: text and HTML with its pictures, marked as automatic.

RFC 5322, 2045-2047, 2387 (related), 3834 (automatic answers). The same arguments give the same
bytes, so that a letter that is sent again after a crash is the same message.
"""

import base64
import binascii
import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import format_datetime
from enum import StrEnum

from bot.mail.field_values import field_line, mailbox, unstructured
from bot.mail.message import Address, Message
from bot.mail.own_mark import LETTER_FIELD
from bot.mail.threads import message_ids

#: Of References; a longer list loses its middle (RFC 5322, 3.6.4 only asks for the parents).
_MOST_REFERENCES = 20
_LONGEST_ID = 250

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}")
_CONTENT_ID = re.compile(r"[A-Za-z0-9._-]{1,100}(?:@[A-Za-z0-9.-]{1,100})?")
_LINE_END = re.compile(r"\r\n|\r|\n")
_WRITTEN = frozenset(
    [
        "auto-submitted",
        "bcc",
        "cc",
        "content-language",
        "date",
        "from",
        "in-reply-to",
        "message-id",
        "mime-version",
        "references",
        "reply-to",
        "sender",
        "subject",
        "to",
        "x-auto-response-suppress",
        LETTER_FIELD.lower(),
    ]
)


class AutoSubmitted(StrEnum):
    """Why a letter goes out (RFC 3834, 5)."""

    #: It answers a message: an acknowledgement, a confirmation.
    REPLIED = "auto-replied"
    #: It goes out of itself: a reminder, the digest.
    GENERATED = "auto-generated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a letter says.

    Attributes:
        subject: on one line.
        text: plain text.
        html: a whole HTML document; empty for a letter of plain text alone.
        language: ISO 639-1, or any tag of RFC 5646.
        pictures: (Content-ID without angle brackets, PNG bytes) that `html` refers to by cid:.
    """

    subject: str
    text: str
    html: str
    language: str
    pictures: tuple[tuple[str, bytes], ...] = ()


def references_to(message: Message) -> tuple[str, ...]:
    """What an answer to a message puts into References (RFC 5322, 3.6.4), oldest first."""
    parents = message.references or message.in_reply_to[:1]
    own = (message.message_id,) if message.message_id else ()
    return tuple(dict.fromkeys((*parents, *own)))


def compose(
    content: Content,
    *,
    sender: Address,
    recipient: Address,
    message_id: str,
    date: dt.datetime,
    automatic: AutoSubmitted,
    in_reply_to: str | None = None,
    references: tuple[str, ...] = (),
    reply_to: Address | None = None,
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """The bytes of a letter, ready for SMTP: CRLF, ASCII, no line beyond 78 where words allow.

    Args:
        content: what it says.
        sender: of the From field.
        recipient: of the To field.
        message_id: as `message_id_for` makes it.
        date: aware.
        automatic: for Auto-Submitted.
        in_reply_to: Message-ID of what is answered; None where nothing is.
        references: as `references_to` gives it.
        reply_to: where people's answers go; None for the sender.
        headers: further fields; their values may hold anything.

    Raises:
        ValueError: an address, a Message-ID, a language, a Content-ID or the name of a further
            field cannot be written, or the date is naive.
    """
    own_id = message_ids(message_id)
    if len(own_id) != 1 or not own_id[0].isascii() or own_id[0] != message_id:
        raise ValueError(f"not a Message-ID: {message_id!r}")
    if date.tzinfo is None:
        raise ValueError("the date of a letter needs its zone")
    if not _LANGUAGE.fullmatch(content.language):
        raise ValueError(f"not a language: {content.language!r}")
    answered = _writable((in_reply_to,) if in_reply_to else ())
    fields = [
        ("Date", format_datetime(date.astimezone(dt.UTC))),
        ("From", mailbox(sender)),
        ("To", mailbox(recipient)),
        *([("Reply-To", mailbox(reply_to))] if reply_to else []),
        ("Subject", unstructured(content.subject)),
        ("Message-ID", message_id),
        *[("In-Reply-To", each) for each in answered[:1]],
        *[("References", each) for each in _references(references, answered)],
        ("Auto-Submitted", automatic.value),
        ("X-Auto-Response-Suppress", "All"),
        (LETTER_FIELD, "1"),
        ("Content-Language", content.language),
        *_further(headers or {}),
        ("MIME-Version", "1.0"),
    ]
    head = b"".join(field_line(name, value) for name, value in fields)
    return head + _body(content, hashlib.sha256(message_id.encode()).hexdigest()[:24])


def _further(headers: Mapping[str, str]) -> list[tuple[str, str]]:
    for name in headers:
        if name.lower() in _WRITTEN or name.lower().startswith("content-"):
            raise ValueError(f"the field {name} is written by the letter itself")
    return [(name, unstructured(value)) for name, value in headers.items()]


def _writable(ids: tuple[str, ...]) -> tuple[str, ...]:
    """The ids that can be written: what a sender put into the field may be anything."""
    found = (each for value in ids for each in message_ids(value))
    kept = (each for each in found if each.isascii() and each.isprintable())
    return tuple(dict.fromkeys(each for each in kept if len(each) <= _LONGEST_ID))


def _references(references: tuple[str, ...], answered: tuple[str, ...]) -> list[str]:
    """The value of References, in a list that is empty where there is none."""
    chain = [each for each in _writable(references) if each not in answered] + list(answered)
    if len(chain) > _MOST_REFERENCES:
        chain = [chain[0], *chain[-(_MOST_REFERENCES - 1) :]]
    return [" ".join(chain)] if chain else []


def _body(content: Content, mark: str) -> bytes:
    """The parts, with the content fields that belong to the header first."""
    text = _text("plain", content.text)
    if not content.html:
        return text
    page = _text("html", content.html)
    if content.pictures:
        pictures = [_picture(name, data) for name, data in content.pictures]
        page = _multipart("related", f"=_{mark}_related", [page, *pictures], ' type="text/html";')
    return _multipart("alternative", f"=_{mark}", [text, page])


def _multipart(kind: str, boundary: str, parts: list[bytes], parameter: str = "") -> bytes:
    # "=_" stands in no base64 and in no quoted-printable, so that no part can hold the boundary.
    delimiter = b"--" + boundary.encode("ascii")
    return b"".join(
        [
            field_line("Content-Type", f'multipart/{kind};{parameter} boundary="{boundary}"'),
            b"\r\n",
            *(delimiter + b"\r\n" + part for part in parts),
            delimiter + b"--\r\n",
        ]
    )


def _text(kind: str, words: str) -> bytes:
    data = _LINE_END.sub("\n", words).rstrip("\n").encode("utf-8", "replace") + b"\n"
    quoted = binascii.b2a_qp(data, istext=True)
    encoded = base64.encodebytes(data)
    # Latin scripts stay readable for whoever looks at the raw message; others would grow threefold.
    name, chosen = ("base64", encoded)
    if len(quoted) <= len(encoded) * 5 // 4:
        name, chosen = ("quoted-printable", quoted)
    return (
        field_line("Content-Type", f"text/{kind}; charset=utf-8")
        + field_line("Content-Transfer-Encoding", name)
        + b"\r\n"
        + chosen.replace(b"\n", b"\r\n")
    )


def _picture(content_id: str, data: bytes) -> bytes:
    if not _CONTENT_ID.fullmatch(content_id):
        raise ValueError(f"not a Content-ID: {content_id!r}")
    name = content_id.partition("@")[0]
    return (
        field_line("Content-Type", f'image/png; name="{name}.png"')
        + field_line("Content-Transfer-Encoding", "base64")
        + field_line("Content-ID", f"<{content_id}>")
        + field_line("Content-Disposition", f'inline; filename="{name}.png"')
        + b"\r\n"
        + base64.encodebytes(data).replace(b"\n", b"\r\n")
    )

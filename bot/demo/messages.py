"""Messages as a mail server would have received them (RFC 5322, RFC 2045, RFC 8601).

The same arguments give the same bytes: boundaries are counted, not drawn.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import format_datetime
from enum import Enum

#: Whose Authentication-Results the sample configuration believes (RFC 8601, 2.2).
AUTHSERV_ID = "mx.example.org"

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF_TYPE = "application/pdf"
ZIP_TYPE = "application/zip"
OCTETS_TYPE = "application/octet-stream"


class Authentication(Enum):
    """What the receiving server says of the sender."""

    PASS = "pass"  # noqa: S105 - a result of RFC 8601, 2.7, not a password
    FAIL = "fail"
    #: No Authentication-Results at all.
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with a message.

    Attributes:
        filename: as declared.
        data: its bytes; a whole message where `content_type` is "message/rfc822".
        content_type: as declared, right or wrong.
    """

    filename: str
    data: bytes
    content_type: str = DOCX_TYPE


def make_message(
    *,
    sender: str,
    subject: str,
    text: str,
    received: dt.datetime,
    recipient: str,
    message_id: str | None,
    attachments: Sequence[Attachment] = (),
    authentication: Authentication = Authentication.PASS,
    in_reply_to: str | None = None,
    html: str | None = None,
    headers: Sequence[tuple[str, str]] = (),
) -> bytes:
    """A message as it lies in the mailbox.

    Args:
        sender: address, or "Post <address>".
        subject: in any language.
        text: the plain body.
        received: when our server took it, aware; the Date field says a minute earlier.
        recipient: the mailbox.
        message_id: with angle brackets; None leaves the field out.
        attachments: in order.
        authentication: what our server's Authentication-Results says.
        in_reply_to: Message-ID of the message answered, also written to References.
        html: an alternative of the text.
        headers: further fields.
    """
    message = EmailMessage(policy=policy.SMTP)
    domain = sender.rpartition("@")[2].rstrip(">")
    message["Received"] = (
        f"from mail.{domain} (mail.{domain} [192.0.2.25]) by {AUTHSERV_ID} with ESMTPS; "
        + format_datetime(received)
    )
    if authentication is not Authentication.NONE:
        result = authentication.value
        message["Authentication-Results"] = (
            f"{AUTHSERV_ID}; dmarc={result} header.from={domain}; "
            f"dkim={result} header.d={domain}; spf={result} smtp.mailfrom={domain}"
        )
    message["From"] = sender
    message["To"] = recipient
    message["Subject"] = subject
    message["Date"] = format_datetime(received - dt.timedelta(minutes=1))
    if message_id is not None:
        message["Message-ID"] = message_id
    if in_reply_to is not None:
        message["In-Reply-To"] = in_reply_to
        message["References"] = in_reply_to
    for name, value in headers:
        message[name] = value
    message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    for attachment in attachments:
        _attach(message, attachment)
    return sealed(message)


def sealed(message: EmailMessage) -> bytes:
    """The message's bytes, with boundaries that are the same each time."""
    for number, part in enumerate(message.walk()):
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            part.set_boundary(f"=_part_{number}_of_this_message")
    return message.as_bytes()


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    maintype, _, subtype = attachment.content_type.partition("/")
    if maintype == "message":
        # RFC 2046, 5.2.1: an attached message is not encoded, so it is added as a message.
        inner = BytesParser(policy=policy.SMTP).parsebytes(attachment.data)
        message.add_attachment(inner)
        return
    message.add_attachment(
        attachment.data, maintype=maintype, subtype=subtype, filename=attachment.filename
    )

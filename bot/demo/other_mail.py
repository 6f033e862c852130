"""The sample's mail that is no reply: automatic mail, and what has nothing to do with it."""

import datetime as dt
from collections.abc import Iterator
from email.utils import format_datetime

from bot.consultation.circular import Circular
from bot.demo.comments import pdf_document
from bot.demo.contacts import ADMINISTRATIONS
from bot.demo.messages import AUTHSERV_ID, Attachment, make_message
from bot.demo.sample_message import Desk, Expected, SampleMessage

# RFC 5545: lines end with CR LF.
_INVITATION = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Sample//EN
METHOD:REQUEST
BEGIN:VEVENT
UID:coordination@secretariat.example
DTSTAMP:20260401T080000Z
DTSTART:20260408T130000Z
DTEND:20260408T140000Z
SUMMARY:Coordination meeting
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")


def other_mail(desk: Desk) -> Iterator[SampleMessage]:
    """What else lies in a Director's mailbox."""
    yield _other(
        desk,
        "invitation",
        "a meeting invitation",
        sender="assistant@secretariat.example",
        subject="Invitation: Coordination meeting",
        text="You are invited to the coordination meeting on Wednesday.",
        days=29,
        files=[
            Attachment(
                filename="invite.ics", data=_INVITATION.encode(), content_type="text/calendar"
            )
        ],
    )
    yield _other(
        desk,
        "newsletter",
        "a newsletter of a list",
        sender="news@standards-news.example",
        subject="This week in standards",
        text="Study groups meet in May. Read more on our site.",
        days=28,
        headers=[
            ("List-Id", "Standards news <weekly.standards-news.example>"),
            ("List-Unsubscribe", "<mailto:leave@standards-news.example>"),
            ("Precedence", "bulk"),
        ],
    )
    yield _other(
        desk,
        "personal",
        "a personal message",
        sender="old.friend@mail.example",
        subject="Dinner on Friday?",
        text="Are you in Geneva on Friday? The usual place at eight.",
        days=21,
    )
    yield _other(
        desk,
        "invoice",
        "spam with a PDF, and a number that means nothing",
        sender="billing@invoices-online.example",
        subject=f"Invoice {desk.circular.number} overdue",
        text="Your invoice is overdue. Please see the attached document.",
        days=19,
        files=[pdf_document("invoice.pdf", f"INVOICE {desk.circular.number}", "Total: 4 200.00")],
    )
    yield _other(
        desk,
        "absence",
        "an automatic note of absence that repeats our subject",
        sender=ADMINISTRATIONS["ITA"].focal_point,
        subject=f"Automatic reply: TSB Circular {desk.circular.number}: reminder",
        text="I am out of the office until 4 May.",
        days=14,
        expected=Expected.AUTOMATIC,
        state="ITA",
        headers=[("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")],
    )


def _other(
    desk: Desk,
    name: str,
    about: str,
    *,
    sender: str,
    subject: str,
    text: str,
    days: int,
    files: list[Attachment] | None = None,
    headers: list[tuple[str, str]] | None = None,
    expected: Expected = Expected.LEFT_ALONE,
    state: str | None = None,
) -> SampleMessage:
    received = desk.before(days=days, hours=16)
    raw = make_message(
        sender=sender,
        subject=subject,
        text=text,
        received=received,
        recipient=desk.circular.reply_address,
        message_id=desk.message_id(name, sender),
        attachments=files or [],
        headers=headers or [],
    )
    return SampleMessage(
        name=name, raw=raw, received_at=received, about=about, expected=expected, state=state
    )


def bounce_of(
    message_id: str, *, recipient: str, received_at: dt.datetime, circular: Circular
) -> SampleMessage:
    """The report that a letter of ours was not delivered (RFC 3464).

    Args:
        message_id: of the letter, with angle brackets.
        recipient: who could not be reached.
        received_at: when the report came, aware.
        circular: whose reply address the letter came from.
    """
    lines = (
        "Return-Path: <>",
        f"Received: from localhost by {AUTHSERV_ID}; {format_datetime(received_at)}",
        f"From: Mail Delivery System <MAILER-DAEMON@{AUTHSERV_ID}>",
        f"To: {circular.reply_address}",
        "Subject: Undelivered Mail Returned to Sender",
        f"Date: {format_datetime(received_at)}",
        f"Message-ID: <bounce.{message_id.strip('<>').replace('@', '.')}@{AUTHSERV_ID}>",
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=report",
        "",
        "--report",
        "Content-Type: text/plain; charset=us-ascii",
        "",
        f"Your message could not be delivered to <{recipient}>.",
        "The mailbox does not exist.",
        "--report",
        "Content-Type: message/delivery-status",
        "",
        f"Reporting-MTA: dns; {AUTHSERV_ID}",
        "",
        f"Final-Recipient: rfc822; {recipient}",
        "Action: failed",
        "Status: 5.1.1",
        f"Remote-MTA: dns; mail.{recipient.rpartition('@')[2]}",
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown",
        "--report",
        "Content-Type: text/rfc822-headers",
        "",
        f"From: {circular.reply_address}",
        f"To: {recipient}",
        f"Message-ID: {message_id}",
        "Subject: Reminder",
        "--report--",
        "",
    )
    return SampleMessage(
        name="bounce",
        raw="\r\n".join(lines).encode("ascii"),
        received_at=received_at,
        about="a reminder that could not be delivered",
        expected=Expected.BOUNCE,
    )

"""Messages as they are, to be damaged: replies, bounces, absences, lists, signed and sealed ones."""

import datetime as dt
from functools import cache

from bot.circulars.shipped import shipped_circulars
from bot.demo.contacts import ADMINISTRATIONS
from bot.demo.messages import AUTHSERV_ID, Attachment, Authentication
from bot.demo.other_mail import other_mail
from bot.demo.sample_message import Desk
from bot.mail.own_mark import message_id_for
from tests.fuzz.targets import TARGETS
from tests.support.bounces import NAMING, SILENT, Returned
from tests.support.signing import KeyServer, sealed, signed

RECEIVED = dt.datetime(2026, 4, 8, 9, 0, tzinfo=dt.UTC)
#: A letter of ours that many of them answer or report on.
OWN_KEY = "reminder/mutated"
OWN_ID = message_id_for(OWN_KEY, shipped_circulars()[-1].reply_address.rpartition("@")[2])
#: Who sends replies on, and is trusted.
SEALER = "lists.example"
#: Whom it went to.
REMINDED = ADMINISTRATIONS["MNG"].focal_point

SENDER = ADMINISTRATIONS["CHE"].focal_point
DOMAIN = SENDER.rpartition("@")[2]


@cache
def seeds() -> tuple[bytes, ...]:
    """Messages as they are: replies, bounces, notes of absence, lists, and what else comes."""
    circular = shipped_circulars()[-1]
    desk = Desk(circular=circular)
    form = Attachment(filename="Annex 2.docx", data=desk.word("CHE", "NNNNNDNNNN"))
    doubtful = Attachment(filename="réponse.docx", data=desk.word("FRA", "NXYN-NSNNC"))
    reply = desk.mail("CHE", "", RECEIVED, [form], in_reply_to=OWN_ID)
    letter = Returned(header_id=OWN_ID, recipient=REMINDED, to=circular.reply_address)
    forwarded = (
        head("Fwd: reply", 'Content-Type: multipart/mixed; boundary="f"')
        + b"--f\r\n\r\nSee below.\r\n--f\r\nContent-Type: message/rfc822\r\n\r\n"
        + reply.raw
        + b"\r\n--f--\r\n"
    )
    return (
        reply.raw,
        desk.mail("FRA", "", RECEIVED, [doubtful, form]).raw,
        desk.mail("ZAF", "", RECEIVED, [], text="Y.4241 [X] assigns authority").raw,
        *(make(letter) for make in {**NAMING, **SILENT}.values()),
        forwarded,
        *_signed(desk, form),
        _own_letter(),
        *(each.raw for each in other_mail(desk)),
        *TARGETS["message"].seeds,
        head("Y.4241", "Content-Type: application/ms-tnef; name=winmail.dat")
        + TARGETS["tnef"].seeds[0],
    )


def _signed(desk: Desk, form: Attachment) -> tuple[bytes, bytes]:
    """Replies that our server says nothing of: one signed, one that a list has sent on."""
    raw = desk.mail("CHE", "", RECEIVED, [form], authentication=Authentication.NONE).raw
    found = f"mx.{SEALER}; dmarc=pass header.from={DOMAIN}"
    return signed(raw, DOMAIN), sealed(raw, SEALER, found)


def key_server() -> KeyServer:
    """The keys of those who sign them."""
    server = KeyServer()
    server.publish(DOMAIN)
    server.publish(SEALER)
    return server


def _own_letter() -> bytes:
    lines = [
        "From: TSB <tsbdir@itu.example>",
        f"Message-ID: {OWN_ID}",
        "Auto-Submitted: auto-generated",
        "X-TSB-Letter: 1",
        "Subject: Reminder",
        "",
        "Words.",
        "",
    ]
    return "\r\n".join(lines).encode()


def head(subject: str, *fields: str) -> bytes:
    """The header of a message that our server vouches for, from one who is registered."""
    lines = [
        f"Authentication-Results: {AUTHSERV_ID}; dmarc=pass header.from={DOMAIN}",
        f"From: {SENDER}",
        f"Subject: {subject}",
        "MIME-Version: 1.0",
        *fields,
        "",
        "",
    ]
    return "\r\n".join(lines).encode()

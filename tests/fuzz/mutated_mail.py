"""Messages that nobody meant: real ones damaged, MIME trees of odd parts, and pieces in any order.

What hypothesis draws here goes the whole way of a message: see `tests.fuzz.sorting`.
"""

import base64
import datetime as dt
import quopri
from collections.abc import Callable
from functools import cache

from hypothesis import strategies as st

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

_SENDER = ADMINISTRATIONS["CHE"].focal_point
_DOMAIN = _SENDER.rpartition("@")[2]
#: Of one message, in bytes; longer ones are cut.
_LONGEST = 200_000


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
        _head("Fwd: reply", 'Content-Type: multipart/mixed; boundary="f"')
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
        _head("Y.4241", "Content-Type: application/ms-tnef; name=winmail.dat")
        + TARGETS["tnef"].seeds[0],
    )


def _signed(desk: Desk, form: Attachment) -> tuple[bytes, bytes]:
    """Replies that our server says nothing of: one signed, one that a list has sent on."""
    raw = desk.mail("CHE", "", RECEIVED, [form], authentication=Authentication.NONE).raw
    found = f"mx.{SEALER}; dmarc=pass header.from={_DOMAIN}"
    return signed(raw, _DOMAIN), sealed(raw, SEALER, found)


def key_server() -> KeyServer:
    """The keys of those who sign them."""
    server = KeyServer()
    server.publish(_DOMAIN)
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


def _head(subject: str, *fields: str) -> bytes:
    """The header of a message that our server vouches for, from one who is registered."""
    lines = [
        f"Authentication-Results: {AUTHSERV_ID}; dmarc=pass header.from={_DOMAIN}",
        f"From: {_SENDER}",
        f"Subject: {subject}",
        "MIME-Version: 1.0",
        *fields,
        "",
        "",
    ]
    return "\r\n".join(lines).encode()


#: Lines of headers, honest and not.
FIELDS = (
    b"From: ",
    b"From: " + _SENDER.encode(),
    b"From: a@b.example, c@d.example",
    b'From: "focal@admin.example" <x@y.example>',
    b"From: MAILER-DAEMON@b.example",
    b"From: =?utf-8?b?w6k=?= <\xe9@b\xfccher.example>",
    b"From: " + b"(" * 2000,
    b"Reply-To: tsbdir@itu.example",
    b"Sender: <>",
    b"Return-Path: <>",
    b"Message-ID: <a@b>\r\nMessage-ID: <a@b>",
    b"Message-ID: " + OWN_ID.encode(),
    b"In-Reply-To: " + OWN_ID.encode(),
    b"References: " + b"<a@b> " * 300 + OWN_ID.encode(),
    b"Subject: TSB Circular 106",
    b"Subject: =?utf-8?q?Y=2E4241?= =?iso-2022-cn?b?////?= =?x?q?=?=",
    b"Subject: " + "通函 التعميم 106 \U0001f3db\u202e".encode(),
    b"Subject: \xff\xfe\x00A",
    b"Automatic-Reply: yes\r\nSubject: Automatic reply: TSB Circular 106",
    b"Date: Tue, 99 Foo 99999 25:61:61 +99999",
    b"Date: Wed, 8 Apr 2026 09:00:00 -0000",
    b"Auto-Submitted: auto-replied",
    b"Precedence: bulk",
    b"List-Id: <l.example>",
    b"X-Autoreply: yes",
    b"X-Failed-Recipients: a@b, c@d",
    b"Authentication-Results: " + AUTHSERV_ID.encode() + b"; dmarc=fail",
    b'Authentication-Results: other.example; dmarc="pass(; spf=',
    b"Authentication-Results: " + AUTHSERV_ID.encode() + b"\r\n ;\r\n\tdmarc\r\n =\r\n pass",
    b"ARC-Seal: i=1; cv=none; a=rsa-sha256; d=b.example; s=s; b=AAAA",
    b"DKIM-Signature: v=1; a=rsa-sha256; d=b.example; s=s; h=from; bh=AAAA; b=AAAA",
    b"Content-Type: multipart/mixed; boundary=",
    b"Content-Type: multipart/report; report-type=delivery-status; boundary=x",
    b"Content-Type: text/html; charset=utf-7",
    b'Content-Type: ;;;=;"',
    b"Content-Transfer-Encoding: base64",
    b"Content-Transfer-Encoding: x-uuencode",
    b"Received: from a by b; never",
    b"X-TSB-Letter: 1",
    b"X: " + b"y" * 5000,
    b" folded onto what stands above",
    b"no field at all",
    b": nameless",
    b"\x00\x01\x02: \x03",
    b"",
)

_BYTES = st.sampled_from(
    [
        b"\0",
        b"\r",
        b"\n",
        b"\r\n\r\n",
        b"--",
        b"=",
        b"?=",
        b'"',
        b"\xff\xfe",
        b"<",
        b"%PDF-",
        b"PK\x03\x04",
    ]
) | st.binary(min_size=1, max_size=6)
_CUT = tuple[int, int, bytes]


def _overwritten(raw: bytes, at: int, length: int, new: bytes) -> bytes:
    return raw[:at] + new + raw[at + len(new) :]


def _cut_out(raw: bytes, at: int, length: int, new: bytes) -> bytes:
    return raw[:at] + raw[at + length :]


def _put_in(raw: bytes, at: int, length: int, new: bytes) -> bytes:
    return raw[:at] + new + raw[at:]


def _doubled(raw: bytes, at: int, length: int, new: bytes) -> bytes:
    return raw[: at + length] + raw[at:]


def _ended(raw: bytes, at: int, length: int, new: bytes) -> bytes:
    return raw[:at]


def _line_ends(raw: bytes, at: int, length: int, new: bytes) -> bytes:
    return raw[:at] + raw[at:].replace(b"\r\n", (b"\n", b"\r", b"\r\r\n", b"\n\n")[length % 4])


def _line_moved(raw: bytes, at: int, length: int, new: bytes) -> bytes:
    lines = raw.split(b"\r\n")
    line = lines.pop(at % len(lines))
    lines.insert(length % (len(lines) + 1), line)
    return b"\r\n".join(lines)


def _field_put_in(raw: bytes, at: int, length: int, new: bytes) -> bytes:
    lines = raw.split(b"\r\n")
    end = lines.index(b"") if b"" in lines else len(lines)
    lines.insert(at % (end + 1), FIELDS[length % len(FIELDS)])
    return b"\r\n".join(lines)


def _joined(raw: bytes, at: int, length: int, new: bytes) -> bytes:
    other = seeds()[length % len(seeds())]
    return raw[:at] + other[at % len(other) :]


_DAMAGES: tuple[Callable[[bytes, int, int, bytes], bytes], ...] = (
    _overwritten,
    _cut_out,
    _put_in,
    _doubled,
    _ended,
    _line_ends,
    _line_moved,
    _field_put_in,
    _field_put_in,
    _joined,
)


@st.composite
def _damaged(draw: st.DrawFn, raws: st.SearchStrategy[bytes], most: int) -> bytes:
    """One of them with some damage."""
    raw = draw(raws)
    for _ in range(draw(st.integers(1, most))):
        damage = draw(st.sampled_from(_DAMAGES))
        # The header is a small part of a message, and decides most.
        near = draw(st.booleans())
        at = draw(st.integers(0, min(len(raw), 1500) if near else len(raw)))
        raw = damage(raw, at, draw(st.integers(0, 300)), draw(_BYTES))[:_LONGEST]
    return raw


_NAMES = st.sampled_from(
    [
        b"",
        b"; name=a.docx",
        b"; name=\"a.docx\"; name*=utf-8''%FF%00.pdf",
        b'; name="..\\..\\x/y.zip"',
        b'; name="' + b"n" * 3000,
        b"; charset=unknown-8bit; format=flowed",
        b"; charset*0*=utf-16'; charset*1=le; boundary=x",
    ]
)
_TYPES = st.sampled_from(
    [
        b"text/plain",
        b"text/html",
        b"text/rfc822-headers",
        b"message/delivery-status",
        b"message/disposition-notification",
        b"application/octet-stream",
        b"application/pdf",
        b"application/ms-tnef",
        b"application/pkcs7-mime",
        b"application/zip",
        b"text/calendar",
        b"image/png",
        b"multipart/mixed",
        b"",
        b"a/b/c",
    ]
)
_REPORT = (
    b"Reporting-MTA: dns; b\r\n\r\nFinal-Recipient: rfc822; " + _SENDER.encode() + b"\r\n"
    b"Action: failed\r\nStatus: 5.1.1\r\n"
)
_CONTENTS = st.sampled_from(
    [
        b"",
        b"Y.4241 [X] assigns authority\r\n",
        "Мы не возражаем. نوافق 同意\r\n".encode(),
        b"begin 644 a.docx\r\n#86)C\r\nend\r\n",
        b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n",
        b"-----BEGIN PGP MESSAGE-----\r\n",
        b"Message-ID: " + OWN_ID.encode() + b"\r\n\r\n",
        _REPORT,
        _REPORT * 30,
        b"<html><style>" + b"<div>" * 200,
        b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80\x30\x80",
    ]
)


@cache
def _files() -> tuple[bytes, ...]:
    """What the readers are fuzzed with, but for what is read a second time by LibreOffice.

    That takes seconds each; damage to those is for their own targets.
    """
    left_out = {"identify", "odt", "rtf", "trust"}
    return tuple(
        seed for name, target in TARGETS.items() if name not in left_out for seed in target.seeds
    )


_DATA = (
    _CONTENTS
    | st.deferred(lambda: st.sampled_from(_files()))
    | st.deferred(lambda: _damaged(st.sampled_from(_files()), 3))
)


def _as_base64(data: bytes) -> bytes:
    return base64.encodebytes(data).replace(b"\n", b"\r\n")


_CODINGS: tuple[tuple[bytes, Callable[[bytes], bytes]], ...] = (
    (b"base64", _as_base64),
    (b"BASE64 ", base64.b64encode),
    (b"quoted-printable", quopri.encodestring),
    (b"8bit", bytes),
    (b"binary", bytes),
    # What it says is not what it is.
    (b"base64", bytes),
    (b"quoted-printable", _as_base64),
    (b"x-uuencode", bytes),
    (b"gzip", bytes),
)


@st.composite
def _leaf(draw: st.DrawFn) -> bytes:
    """A part, with its header."""
    coding, encode = draw(st.sampled_from(_CODINGS))
    head = b"Content-Type: " + draw(_TYPES) + draw(_NAMES)
    head += b"\r\nContent-Transfer-Encoding: " + coding
    return head + b"\r\n\r\n" + encode(draw(_DATA))


@st.composite
def _container(draw: st.DrawFn, inner: st.SearchStrategy[bytes]) -> bytes:
    """Parts in a multipart, or a message in a message; its boundary may be none, or another's."""
    kind = draw(st.sampled_from([b"mixed", b"alternative", b"related", b"report", b"digest", b""]))
    if not kind:
        return b"Content-Type: message/rfc822\r\n\r\n" + _head("inner") + draw(inner)
    boundary = draw(st.sampled_from([b"x", b"xx", b"y", b"=_z", b"-"]))
    said = draw(st.sampled_from([boundary, boundary, boundary, b"", b"other"]))
    body = b"".join(
        b"--" + boundary + b"\r\n" + part + b"\r\n" for part in draw(st.lists(inner, max_size=4))
    )
    end = draw(st.sampled_from([b"--" + boundary + b"--\r\n", b"", b"--" + boundary]))
    declared = b"Content-Type: multipart/" + kind + b'; report-type=delivery-status; boundary="'
    return declared + said + b'"\r\n\r\n' + body + end


_ENTITIES = st.recursive(_leaf(), _container, max_leaves=6)


@st.composite
def _grown(draw: st.DrawFn) -> bytes:
    """A header of any fields over a tree of any parts."""
    fields = draw(st.lists(st.sampled_from(FIELDS), max_size=5))
    vouched = _head("TSB Circular 106").removesuffix(b"\r\n") if draw(st.booleans()) else b""
    return (vouched + b"".join(each + b"\r\n" for each in fields) + draw(_ENTITIES))[:_LONGEST]


@st.composite
def _stirred(draw: st.DrawFn) -> bytes:
    """Lines of headers and bodies in any order."""
    pieces = draw(st.lists(st.sampled_from(FIELDS) | _CONTENTS | _BYTES, max_size=20))
    return b"\r\n".join(pieces)


def mutated_mail() -> st.SearchStrategy[bytes]:
    """A message, or what somebody took for one: any bytes at all."""
    real = st.deferred(lambda: st.sampled_from(seeds()))
    return st.one_of(
        _damaged(real, 6), _damaged(real, 2), _grown(), _damaged(_grown(), 3), _stirred()
    )

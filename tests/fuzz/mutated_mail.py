"""Messages that nobody meant: real ones damaged, MIME trees of odd parts, and pieces in any order.

What hypothesis draws here goes the whole way of a message: see `tests.fuzz.sorting`.
"""

import base64
import quopri
from collections.abc import Callable
from functools import cache

from hypothesis import strategies as st

from bot.demo.messages import AUTHSERV_ID
from tests.fuzz.seed_mail import OWN_ID, SENDER, head, seeds
from tests.fuzz.targets import TARGETS

#: Of one message, in bytes; longer ones are cut.
_LONGEST = 200_000

#: Lines of headers, honest and not.
FIELDS = (
    b"From: ",
    b"From: " + SENDER.encode(),
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
    b"Reporting-MTA: dns; b\r\n\r\nFinal-Recipient: rfc822; " + SENDER.encode() + b"\r\n"
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
        return b"Content-Type: message/rfc822\r\n\r\n" + head("inner") + draw(inner)
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
    vouched = head("TSB Circular 106").removesuffix(b"\r\n") if draw(st.booleans()) else b""
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

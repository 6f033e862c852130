"""Opening a message: every part by its content, each message written out."""

import base64
import datetime as dt

import pytest

from bot.mail.opening import open_header, open_message
from tests.mail.written import document, mail, zip_of

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
IN_BASE64 = base64.encodebytes(PDF).decode()


def _shapes(raw: bytes) -> list[tuple[str, str | None, bytes]]:
    return [(part.path, part.filename, part.data) for part in open_message(raw).parts]


def test_an_ordinary_message_is_opened_whole() -> None:
    message = open_message(
        mail(
            """\
Return-Path: <regulation@administration.example>
Received: from mail.administration.example by mx.example.org; Tue, 14 Apr 2026 08:00:00 +0000
From: =?utf-8?q?R=C3=A9gulation?= <Regulation@Administration.EXAMPLE>
Sender: post@administration.example
To: TSB <tsbdir@example.org>, "Other, the" <other@example.org>
Cc: third@example.org
Reply-To: answers@administration.example
Subject: =?utf-8?b?UsOpcG9uc2U=?= =?utf-8?q?_=C3=A0_la?=
 circulaire 106
Date: Tue, 14 Apr 2026 10:00:00 +0200
Message-ID: <reply.1@administration.example>
In-Reply-To: <letter@example.org>
References: <first@example.org>
\t<letter@example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="outer"

This is a multi-part message in MIME format.
--outer
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Veuillez trouver ci-joint la r=E9ponse.
--outer
Content-Type: application/pdf; name="reply.pdf"
Content-Disposition: attachment; filename*=utf-8''r%C3%A9ponse.pdf
Content-Transfer-Encoding: base64

"""
            + IN_BASE64
            + "--outer--\n"
        )
    )
    assert message.message_id == "<reply.1@administration.example>"
    assert [(each.name, each.email) for each in message.from_] == [
        ("Régulation", "Regulation@administration.example")
    ]
    assert message.sender is not None
    assert message.sender.email == "post@administration.example"
    assert [each.email for each in message.to] == ["tsbdir@example.org", "other@example.org"]
    assert message.to[1].name == "Other, the"
    assert [each.email for each in message.cc] == ["third@example.org"]
    assert [each.email for each in message.reply_to] == ["answers@administration.example"]
    assert message.subject == "Réponse à la circulaire 106"
    assert message.date == dt.datetime(2026, 4, 14, 8, tzinfo=dt.UTC)
    assert message.in_reply_to == ("<letter@example.org>",)
    assert message.references == ("<first@example.org>", "<letter@example.org>")
    assert message.text == "Veuillez trouver ci-joint la réponse."
    assert [(part.path, part.filename, part.body) for part in message.parts] == [
        ("1", None, True),
        ("2", "réponse.pdf", False),
    ]
    assert message.parts[0].charset == "iso-8859-1"
    assert message.parts[1].data == PDF
    assert message.flaws == ()


@pytest.mark.parametrize(
    ("raw", "paths"),
    [
        pytest.param(
            """\
From: a@b.example
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain

See attached.
--x
Content-Type: message/rfc822

From: c@d.example
Subject: The reply
Content-Type: multipart/mixed; boundary=y

--y

Words.
--y
Content-Type: application/pdf
Content-Transfer-Encoding: base64

{pdf}
--y--
--x--
""",
            ["1", "2/1", "2/2"],
            id="message/rfc822",
        ),
        pytest.param(
            """\
From: a@b.example
Content-Type: application/octet-stream; name=forwarded.eml

From: c@d.example
Content-Type: application/pdf
Content-Transfer-Encoding: base64

{pdf}
""",
            ["1/1"],
            id="octet stream named .eml",
        ),
        pytest.param(
            """\
From: a@b.example
Content-Type: application/octet-stream

Received: from somewhere; Tue, 14 Apr 2026 10:00:00 +0200
From: c@d.example
To: e@f.example
Subject: The reply
Content-Type: application/pdf
Content-Transfer-Encoding: base64

{pdf}
""",
            ["1/1"],
            id="nameless octet stream that looks like a message",
        ),
        pytest.param(
            """\
From: a@b.example
Content-Type: multipart/digest; boundary=x

--x

From: c@d.example
Content-Type: application/pdf
Content-Transfer-Encoding: base64

{pdf}
--x--
""",
            ["1/1"],
            id="a digest's parts are messages",
        ),
    ],
)
def test_an_enclosed_message_is_opened(raw: str, paths: list[str]) -> None:
    message = open_message(mail(raw.replace("{pdf}", IN_BASE64)))
    assert [part.path for part in message.parts] == paths
    assert message.parts[-1].data == PDF
    assert len(message.attached) == 1
    assert message.attached[0].field("From") == ("c@d.example",)
    assert not any(part.body for part in message.parts if "/" in part.path)
    assert "Words" not in message.text


def test_an_enclosed_message_in_base64_is_opened() -> None:
    inner = mail("From: c@d.example\nSubject: Inner\n\nWords.\n")
    message = open_message(
        b"From: a@b.example\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(inner)
    )
    assert [part.path for part in message.parts] == ["1/1"]
    assert message.attached[0].field("subject") == ("Inner",)


@pytest.mark.parametrize(
    ("data", "paths"),
    [
        pytest.param(zip_of({"replies/form.pdf": PDF}), ["1!replies/form.pdf"], id="zip"),
        pytest.param(
            zip_of({"inner.zip": zip_of({"form.pdf": PDF}), "b.pdf": PDF}),
            ["1!inner.zip!form.pdf", "1!b.pdf"],
            id="zip in zip",
        ),
        pytest.param(
            zip_of({"r.eml": b"From: c@d.example\nSubject: x\n\n" + PDF, "__MACOSX/._r": b"x"}),
            ["1!r.eml/1"],
            id="message in zip",
        ),
        pytest.param(document(), ["1"], id="a Word package is a document"),
        pytest.param(
            zip_of({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""}),
            ["1"],
            id="an ODF package is a document",
        ),
        pytest.param(zip_of({"form.docx": document()}), ["1!form.docx"], id="document in zip"),
        pytest.param(zip_of({}), ["1"], id="an empty archive is kept as it came"),
    ],
)
@pytest.mark.parametrize(
    "declared", ["application/zip; name=r.zip", "application/octet-stream", "image/png; name=a.png"]
)
def test_an_archive_is_told_by_its_content(data: bytes, paths: list[str], declared: str) -> None:
    raw = (
        f"From: a@b.example\nContent-Type: {declared}\nContent-Transfer-Encoding: base64\n\n"
    ).encode() + base64.encodebytes(data)
    message = open_message(raw)
    assert [part.path for part in message.parts] == paths
    assert message.flaws == ()


@pytest.mark.parametrize(
    ("fields", "flaw"),
    [
        pytest.param("Content-Disposition: inline; filename=form.pdf", (), id="inline"),
        pytest.param("Content-Type: application/pdf", (), id="nameless"),
        pytest.param("Content-Type: text/plain", (), id="declared as text"),
        pytest.param("Content-Type: text/html; charset=utf-8", (), id="declared as HTML"),
        pytest.param("Content-Type: nonsense", (), id="type that is none"),
        pytest.param("Content-Type:", (), id="empty type"),
        pytest.param("X-Nothing: declared", (), id="no declaration"),
        pytest.param("Content-Type: message/rfc822", (), id="declared as a message"),
        pytest.param("Content-ID: <form@x>", (), id="as a picture of the page"),
    ],
)
def test_a_file_is_a_file_whatever_is_declared(fields: str, flaw: tuple[str, ...]) -> None:
    message = open_message(
        mail(f"""\
From: a@b.example
Content-Type: multipart/mixed; boundary=x

--x

Words.
--x
{fields}
Content-Transfer-Encoding: base64

{IN_BASE64}
--x--
""")
    )
    assert [part.data for part in message.parts[1:]] == [PDF]
    assert not message.parts[1].body
    assert message.text == "Words."
    assert message.flaws == flaw


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        pytest.param("Subject: x\n\nWords.\n", "Words.", id="no MIME at all"),
        pytest.param("\nWords.\n", "Words.", id="no header"),
        pytest.param("Words alone.\n", "Words alone.", id="not even a blank line"),
        pytest.param(
            "Content-Type: text/html; charset=utf-8\n\n<p>Bon&eacute;<br>Deux</p>",
            "Boné\nDeux",
            id="HTML alone",
        ),
        pytest.param(
            "Content-Type: text/plain\n\n<!DOCTYPE html><html><body><p>Page</p></body></html>",
            "Page",
            id="HTML that says it is plain",
        ),
        pytest.param(
            "Content-Type: multipart/alternative; boundary=x\n\n--x\n\nPlain.\n--x\n"
            "Content-Type: text/html\n\n<p>Page</p>\n--x--\n",
            "Plain.",
            id="plain before HTML",
        ),
        pytest.param(
            "Content-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/html\n\n"
            "<p>Page</p>\n--x\n\nPlain.\n--x--\n",
            "Plain.",
            id="plain after HTML",
        ),
        pytest.param(
            "Content-Type: multipart/alternative; boundary=x\n\n--x\n\n \n--x\n"
            "Content-Type: text/html\n\n<p>Page</p>\n--x--\n",
            "Page",
            id="HTML where plain says nothing",
        ),
        pytest.param(
            "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nOne.\n--x\n\nTwo.\n--x--\n",
            "One.\n\nTwo.",
            id="two texts are joined",
        ),
        pytest.param(
            "Content-Type: text/plain; format=flowed\n\nWe assign \nauthority.\n> quoted \n> on\n-- \nS",
            "We assign authority.\n> quoted on\n-- \nS",
            id="flowed",
        ),
        pytest.param(
            "Content-Type: text/plain; format=flowed; delsp=yes\n\nпол \nномочия\n",
            "полномочия",
            id="flowed, blanks deleted",
        ),
        pytest.param(
            "Content-Transfer-Encoding: base64\n\nDear Sir, we assign authority.\n",
            "Dear Sir, we assign authority.",
            id="plain words declared as base64",
        ),
        pytest.param(
            "Content-Transfer-Encoding: quoted-printable; charset=utf-8\n\nr=C3=A9ponse=\n",
            "réponse",
            id="transfer encoding with a parameter",
        ),
        pytest.param(
            "Content-Type: text/plain; charset=no-such\n\nréponse\n",
            "réponse",
            id="no such charset",
        ),
        pytest.param(
            "Content-Type: text/plain; charset=us-ascii\n\nréponse\n",
            "réponse",
            id="8 bits as ASCII",
        ),
        pytest.param("From x Mon\nFrom: a@b\n\nWords.\n", "Words.", id="mbox line"),
        pytest.param(
            "From: a@b\nbroken line\nTo: c@d\n\nWords.\n", "Words.", id="line among fields"
        ),
    ],
)
def test_the_words_of_a_message_are_read(raw: str, text: str) -> None:
    assert open_message(mail(raw)).text == text


@pytest.mark.parametrize(
    "line_end", [b"\n", b"\r\n", b"\r", b"\r\r\n"], ids=["lf", "crlf", "cr", "crcrlf"]
)
def test_any_line_end_is_read(line_end: bytes) -> None:
    raw = (
        b"From: a@b.example\nContent-Type: multipart/mixed;\n boundary=x\n\n--x\n\nWords.\n--x\n"
        b"Content-Type: application/octet-stream; name=a.bin\n\ndata\n--x--\n"
    ).replace(b"\n", line_end)
    message = open_message(raw)
    assert message.text.strip() == "Words."
    assert [(part.filename, part.data) for part in message.parts[1:]] == [("a.bin", b"data")]


def test_mixed_line_ends_are_read() -> None:
    message = open_message(
        b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\n\r\n"
        b"--x\n\r\nOne.\r\nTwo.\nThree.\r\n--x  \nContent-Type: a/b\r\n\ndata\n--x--"
    )
    assert message.text == "One.\nTwo.\nThree."
    assert message.parts[1].data == b"data"
    assert message.flaws == ()


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(
            "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nWords.\n--x\n{part}",
            id="no closing delimiter",
        ),
        pytest.param(
            "Content-Type: multipart/mixed\n\n--x\nContent-Type: text/plain\n\nWords.\n"
            "--x\n{part}\n--x--\n",
            id="no boundary declared",
        ),
        pytest.param(
            "Content-Type: multipart/mixed; boundary=other\n\n--x\nContent-Type: text/plain\n\n"
            "Words.\n--x\n{part}\n--x--\n",
            id="another boundary declared",
        ),
        pytest.param(
            "Subject: x\n\n--x\nContent-Type: text/plain\n\nWords.\n--x\n{part}\n--x--\n",
            id="multipart without any declaration",
        ),
        pytest.param(
            "Content-Type: multipart/mixed; boundary=x\n\nContent-Type: text/plain\n\nWords.\n"
            "--x\n{part}\n",
            id="the first delimiter is lost",
        ),
    ],
)
def test_a_damaged_multipart_loses_no_part(raw: str) -> None:
    part = f"Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n{IN_BASE64}"
    message = open_message(mail(raw.replace("{part}", part)))
    assert message.text == "Words."
    assert [part.data for part in message.parts[1:]] == [PDF]
    assert message.flaws == ("broken-mime",)


def test_parts_after_a_closing_delimiter_that_came_too_early_are_found() -> None:
    message = open_message(
        mail(
            "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nWords.\n--x--\nfooter\n--x\n"
            f"Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n{IN_BASE64}\n--x--\n"
        )
    )
    assert [part.data for part in message.parts] == [b"Words.", PDF]


def test_a_boundary_that_begins_another_one_does_not_end_its_part() -> None:
    message = open_message(
        mail(
            "Content-Type: multipart/mixed; boundary=x\n\n--x\n"
            "Content-Type: multipart/mixed; boundary=xy\n\n--xy\n\nOne.\n--xy\n\nTwo.\n--xy--\n"
            "--x\n\nThree.\n--x--\n"
        )
    )
    assert [part.path for part in message.parts] == ["1.1", "1.2", "2"]
    assert message.flaws == ()


def test_a_multipart_in_base64_is_opened() -> None:
    body = base64.encodebytes(b"--x\n\nWords.\n--x--\n")
    message = open_message(
        b"Content-Type: multipart/mixed; boundary=x\nContent-Transfer-Encoding: base64\n\n" + body
    )
    assert message.text == "Words."


def test_base64_without_its_declaration_is_decoded() -> None:
    message = open_message(mail(f"Content-Type: application/pdf; name=a.pdf\n\n{IN_BASE64}"))
    assert message.parts[0].data == PDF


def test_a_uuencoded_file_is_taken_out_of_the_text() -> None:
    message = open_message(
        mail("From: a@b\n\nSee below.\nbegin 644 form.txt\n#86)C\n`\nend\nBye.\n")
    )
    assert message.text == "See below.\nBye."
    assert _shapes(mail("From: a@b\n\nbegin 644 form.txt\n#86)C\n`\nend\n"))[1:] == [
        ("1!form.txt", "form.txt", b"abc")
    ]


def test_a_clear_signed_message_is_read_and_its_signature_kept() -> None:
    message = open_message(
        mail(
            """\
From: a@b.example
Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=s

--s
Content-Type: multipart/mixed; boundary=m

--m

We assign authority.
--m
Content-Type: application/pdf
Content-Transfer-Encoding: base64

{pdf}
--m--
--s
Content-Type: application/pkcs7-signature; name=smime.p7s
Content-Transfer-Encoding: base64

MIIB
--s--
""".replace("{pdf}", IN_BASE64)
        )
    )
    assert message.text == "We assign authority."
    assert [part.content_type for part in message.parts] == [
        "text/plain",
        "application/pdf",
        "application/pkcs7-signature",
    ]
    assert message.flaws == ()


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(
            "Content-Type: multipart/encrypted; boundary=x\n\n--x\n"
            "Content-Type: application/pgp-encrypted\n\nVersion: 1\n--x\n"
            "Content-Type: application/octet-stream\n\n-----BEGIN PGP MESSAGE-----\n--x--\n",
            id="PGP/MIME",
        ),
        pytest.param(
            "Subject: x\n\n-----BEGIN PGP MESSAGE-----\n\nhQ==\n-----END PGP MESSAGE-----\n",
            id="PGP in the text",
        ),
        pytest.param(
            "Content-Type: application/pkcs7-mime; name=smime.p7m\n"
            "Content-Transfer-Encoding: base64\n\n"
            + base64.b64encode(b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03").decode(),
            id="S/MIME",
        ),
    ],
)
def test_an_encrypted_message_says_so_and_keeps_its_parts(raw: str) -> None:
    message = open_message(mail(raw))
    assert message.flaws == ("encrypted-message",)
    assert message.parts


def test_winmail_dat_is_kept_as_a_part() -> None:
    raw = b"From: a@b\nContent-Type: application/ms-tnef; name=winmail.dat\n\n\x78\x9f\x3e\x22rest"
    assert _shapes(raw) == [("1", "winmail.dat", b"\x78\x9f\x3e\x22rest")]


def test_a_letter_forwarded_by_hand_stays_a_text() -> None:
    raw = mail("From: a@b\n\nFrom: c@d\nTo: e@f\nSubject: g\nDate: today\n\nWords.\n")
    message = open_message(raw)
    assert message.attached == ()
    assert message.text.startswith("From: c@d")


def test_a_message_without_anything_has_nothing() -> None:
    message = open_message(b"")
    assert (message.message_id, message.from_, message.date) == (None, (), None)
    assert (message.subject, message.text, message.parts, message.flaws) == ("", "", (), ())


def test_a_header_alone_has_no_parts() -> None:
    message = open_header(mail("From: a@b.example\nSubject: =?utf-8?q?=C3=A9?=\n\n"))
    assert message.subject == "é"
    assert message.parts == ()


@pytest.mark.parametrize(
    "date",
    ["", "yesterday", "Mon, 99 Foo 99999 99:99:99 +9999", "31 Dec 9999 23:00:00 -1200", "\x00"],
)
def test_a_date_that_is_none_is_none(date: str) -> None:
    assert open_header(f"Date: {date}\n\n".encode()).date is None


def test_words_of_a_server_are_not_decoded_as_encoded_words() -> None:
    raw = mail(
        'Authentication-Results: mx; spf=none smtp.mailfrom="=?utf-8?q?=3B_dmarc=3Dpass?="\n\n'
    )
    assert "; dmarc" not in open_header(raw).field("authentication-results")[0]

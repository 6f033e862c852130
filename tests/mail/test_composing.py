"""Letters as messages: what is written can be read by anybody, and by ourselves."""

import datetime as dt
import email
from email import policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.mail.automatic import AutomaticKind, automatic
from bot.mail.composing import AutoSubmitted, Content, compose, references_to
from bot.mail.message import Address
from bot.mail.opening import open_header, open_message
from bot.mail.own_mark import is_own_id, message_id_for
from tests.mail.written import mail

SENDER = Address(name="Secrétariat du TSB", email="tsbdir@example.org")
RECIPIENT = Address(name='Regulator, "Post"', email="post@administration.example")
OWN_ID = message_id_for("ack-1", "example.org")
NOON = dt.datetime(2026, 4, 14, 12, tzinfo=dt.UTC)
CONTENT = Content(
    subject="Reply",
    text="Dear Sir,\nthe reply was received.\n",
    html="<html><body><p>Received <img src='cid:tally@letter'></p></body></html>",
    language="en",
    pictures=(("tally@letter", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),),
)


def _letter(
    *,
    subject: str = "Reply",
    text: str = "Words.\n",
    html: str = "",
    language: str = "en",
    sender: Address = SENDER,
    recipient: Address = RECIPIENT,
    in_reply_to: str | None = None,
    references: tuple[str, ...] = (),
    reply_to: Address | None = None,
    headers: dict[str, str] | None = None,
) -> bytes:
    return compose(
        Content(subject=subject, text=text, html=html, language=language),
        sender=sender,
        recipient=recipient,
        message_id=OWN_ID,
        date=NOON,
        automatic=AutoSubmitted.REPLIED,
        in_reply_to=in_reply_to,
        references=references,
        reply_to=reply_to,
        headers=headers,
    )


def _whole() -> bytes:
    return compose(
        CONTENT,
        sender=SENDER,
        recipient=RECIPIENT,
        message_id=OWN_ID,
        date=NOON,
        automatic=AutoSubmitted.GENERATED,
    )


def _parsed(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=policy.default)


def test_a_letter_says_what_it_is() -> None:
    letter = _parsed(_letter(reply_to=SENDER))
    assert letter["From"].addresses[0].display_name == SENDER.name
    assert letter["To"].addresses[0].display_name == RECIPIENT.name
    assert letter["To"].addresses[0].addr_spec == RECIPIENT.email
    assert letter["Reply-To"].addresses[0].addr_spec == SENDER.email
    assert letter["Date"].datetime == NOON
    assert letter["Message-ID"] == OWN_ID
    assert letter["Auto-Submitted"] == "auto-replied"
    assert letter["X-Auto-Response-Suppress"] == "All"
    assert letter["Content-Language"] == "en"
    assert letter.get_content_type() == "text/plain"


def test_text_page_and_pictures_stand_in_their_order() -> None:
    letter = _parsed(_whole())
    assert [part.get_content_type() for part in letter.walk()] == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
    ]
    picture = list(letter.walk())[-1]
    assert picture["Content-ID"] == "<tally@letter>"
    assert picture.get_payload(decode=True) == CONTENT.pictures[0][1]


def test_the_same_letter_has_the_same_bytes() -> None:
    assert _whole() == _whole()


def test_our_own_reader_reads_our_letters() -> None:
    message = open_message(_whole())
    assert message.text == CONTENT.text.strip()
    assert [part.body for part in message.parts] == [True, True, False]
    assert message.flaws == ()


def test_a_letter_that_comes_back_is_known() -> None:
    for message in (open_message(_whole()), open_header(_whole())):
        found = automatic(message, {SENDER.email})
        assert found is not None
        assert (found.kind, found.certain) == (AutomaticKind.OWN, True)


_WORDS = st.text(max_size=300)


@settings(max_examples=150, deadline=None)
@given(subject=_WORDS, text=_WORDS, html=_WORDS, name=_WORDS, value=_WORDS)
def test_whatever_a_letter_says_it_travels_and_injects_nothing(
    subject: str, text: str, html: str, name: str, value: str
) -> None:
    raw = _letter(
        subject=subject,
        text=text,
        html=html,
        recipient=Address(name=name, email=RECIPIENT.email),
        headers={"X-TSB-Circular": value},
    )
    assert raw.isascii()
    assert raw.replace(b"\r\n", b"").count(b"\n") == raw.replace(b"\r\n", b"").count(b"\r") == 0
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    message = open_message(raw)
    names = [key for key, _ in message.headers]
    assert len(names) == len(set(names))
    assert set(names) <= {
        "date",
        "from",
        "to",
        "subject",
        "message-id",
        "auto-submitted",
        "x-auto-response-suppress",
        "x-tsb-letter",
        "content-language",
        "x-tsb-circular",
        "mime-version",
        "content-type",
        "content-transfer-encoding",
    }
    assert [each.email for each in message.to] == [RECIPIENT.email]
    assert message.message_id == OWN_ID


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from("abcé中ш ى😀?=_"), min_size=1, max_size=200).map("".join))
def test_a_subject_comes_back_as_it_was(subject: str) -> None:
    raw = _letter(subject=subject)
    expected = " ".join(subject.split())
    assert open_header(raw).subject == expected or "=?" in subject
    head = raw.partition(b"\r\n\r\n")[0]
    assert all(len(line) <= 78 for line in head.split(b"\r\n"))
    assert (
        str(_parsed(raw)["Subject"]).replace(" ", "") == expected.replace(" ", "") or "=" in subject
    )


@pytest.mark.parametrize(
    "text",
    [
        "Réponse reçue.\n",
        "Ответ получен.\n" * 30,
        "已收到答复。\n",
        "تم استلام الرد\n",
        ".\n\nFrom x\n",
        "a" * 5000,
    ],
)
def test_a_text_comes_back_as_it_was(text: str) -> None:
    raw = _letter(text=text)
    assert open_message(raw).text == text.strip()
    assert all(len(line) <= 78 for line in raw.split(b"\r\n"))


def test_a_letter_hangs_on_what_it_answers() -> None:
    asked = open_message(
        mail("Message-ID: <b@x.example>\nReferences: <a@x.example>\n <0@x.example>\n\nWords.\n")
    )
    letter = open_message(_letter(in_reply_to=asked.message_id, references=references_to(asked)))
    assert letter.in_reply_to == ("<b@x.example>",)
    assert letter.references == ("<a@x.example>", "<0@x.example>", "<b@x.example>")


def test_an_answer_to_a_message_without_references_uses_what_it_answered() -> None:
    asked = open_message(b"Message-ID: <b@x.example>\nIn-Reply-To: <a@x.example>\n\nWords.\n")
    assert references_to(asked) == ("<a@x.example>", "<b@x.example>")
    assert references_to(open_message(b"")) == ()


def test_long_references_lose_their_middle() -> None:
    ids = tuple(f"<{number}@x.example>" for number in range(100))
    letter = open_message(_letter(in_reply_to=ids[-1], references=ids))
    assert letter.references == (ids[0], *ids[-19:])


def test_ids_that_cannot_be_written_are_left_out() -> None:
    letter = open_message(
        _letter(
            in_reply_to="<a\r\nBcc: x@y.example>", references=("<é@x>", "<" + "a" * 500 + "@x>")
        )
    )
    assert letter.references == letter.in_reply_to == ("<aBcc:x@y.example>",)
    assert not letter.field("bcc")


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"language": "en\r\nBcc: a@b.example"}, id="language"),
        pytest.param({"language": ""}, id="no language"),
        pytest.param({"headers": {"X-A: b\r\nBcc": "a@b.example"}}, id="field name"),
        pytest.param({"headers": {"Bcc": "a@b.example"}}, id="a field of the letter"),
        pytest.param({"headers": {"Content-Type": "text/html"}}, id="a field of the body"),
        pytest.param({"recipient": Address(name="", email="")}, id="no address"),
        pytest.param({"recipient": Address(name="", email="a b@c.example")}, id="a blank"),
        pytest.param(
            {"recipient": Address(name="", email="a@b.example>\r\nBcc: <c@d.example")}, id="lines"
        ),
        pytest.param({"recipient": Address(name="", email="é@b.example")}, id="not ASCII"),
    ],
)
def test_what_cannot_be_written_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        _letter(**wrong)  # type: ignore[arg-type] # each row is one wrong argument


@pytest.mark.parametrize("message_id", ["", "a@b", "<a@b>\r\nBcc: c@d", "<a@b> <c@d>"])
def test_a_message_id_that_is_none_is_refused(message_id: str) -> None:
    with pytest.raises(ValueError):
        compose(
            CONTENT,
            sender=SENDER,
            recipient=RECIPIENT,
            message_id=message_id,
            date=NOON,
            automatic=AutoSubmitted.REPLIED,
        )


def test_a_naive_date_and_a_wrong_content_id_are_refused() -> None:
    for content, date in (
        (CONTENT, NOON.replace(tzinfo=None)),
        (Content(subject="", text="", html="x", language="en", pictures=(("a b", b""),)), NOON),
    ):
        with pytest.raises(ValueError):
            compose(
                content,
                sender=SENDER,
                recipient=RECIPIENT,
                message_id=OWN_ID,
                date=date,
                automatic=AutoSubmitted.REPLIED,
            )


def test_the_id_of_a_letter_is_made_from_its_key() -> None:
    assert message_id_for("a", "example.org") == message_id_for("a", "EXAMPLE.org")
    assert message_id_for("a", "example.org") != message_id_for("b", "example.org")
    assert is_own_id(OWN_ID)
    assert is_own_id(OWN_ID.strip("<>").upper())
    assert not is_own_id("<tsb-letter.1@example.org>")
    for domain in ("", "a b", "a>\r\nBcc: c", "é.example"):
        with pytest.raises(ValueError):
            message_id_for("a", domain)

"""Messages as Outlook saves and sends them: opened into parts as any other, however hostile."""

import base64
import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.mail.message import Message, OpeningLimits
from bot.mail.opening import open_message, open_stored_message
from bot.mail.outlook.rich_text import decompressed
from tests.support.outlook import Attached, Note, compound, msg, winmail

FORM = Attached(name="форма.docx", data=b"PK-not-really a form")
LETTER = Note(body="Please find our reply.\r\n", attached=(FORM,))
#: [MS-OXRTFCP] 4.1.1 and 4.2.1.
EXAMPLE = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232 0af32068656c09002062770 5b06c647d0a800fa0".replace(" ", "")
)  # fmt: skip


def opened(note: Note) -> Message:
    message = open_stored_message(msg(note))
    assert message is not None
    return message


def mailed(data: bytes, name: str = "winmail.dat", body: str = "") -> Message:
    """A message that has the bytes attached."""
    text = f"--b\r\nContent-Type: text/plain\r\n\r\n{body}\r\n" if body else ""
    return open_message(
        (
            "From: desk@reg.example\r\nSubject: reply\r\nMIME-Version: 1.0\r\n"
            f"Content-Type: multipart/mixed; boundary=b\r\n\r\n{text}--b\r\n"
            f'Content-Type: application/octet-stream; name="{name}"\r\n'
            f"Content-Transfer-Encoding: base64\r\n\r\n{base64.encodebytes(data).decode()}\r\n--b--\r\n"
        ).encode()
    )


def files(message: Message) -> list[tuple[str | None, bytes]]:
    return [(part.filename, part.data) for part in message.parts if not part.body]


def test_a_saved_message_has_its_words_its_sender_and_its_files() -> None:
    message = opened(LETTER)
    assert message.subject == "Reply to TSB Circular 106"
    assert message.from_[0].email == "desk@reg.example"
    assert message.text.strip() == "Please find our reply."
    assert message.message_id == "<1@reg.example>"
    assert message.date is not None
    assert message.date.year == 2026
    assert files(message) == [("форма.docx", b"PK-not-really a form")]
    assert message.flaws == ()


def test_the_header_that_it_came_with_goes_before_what_outlook_made_of_it() -> None:
    headers = (
        "Received: from a.example\r\nFrom: Desk <other@reg.example>\r\nSubject: =?utf-8?q?=C3=89tat?=\r\n"
        "Content-Type: multipart/mixed;\r\n boundary=xyz\r\nMIME-Version: 1.0\r\n"
    )
    message = opened(Note(body="words", headers=headers, attached=(FORM,)))
    assert (message.subject, message.from_[0].email) == ("État", "other@reg.example")
    assert files(message) == [("форма.docx", b"PK-not-really a form")]


def test_a_page_and_a_text_are_one_letter() -> None:
    message = opened(Note(body="plain", html="<p>plain é</p>".encode()))
    assert message.text == "plain"
    assert [(part.content_type, part.body) for part in message.parts] == [
        ("text/plain", True),
        ("text/html", True),
    ]
    assert opened(Note(html="<p>Ünly</p>".encode())).text == "Ünly"


def test_a_rich_text_body_is_a_file_only_where_it_may_be_a_form() -> None:
    assert files(opened(Note(rtf=rb"{\rtf1 hello}"))) == []
    table = rb"{\rtf1\trowd\cellx100 a\cell\row}"
    assert files(opened(Note(body="a", rtf=table))) == [("body.rtf", table)]
    assert files(opened(Note(body="a", rtf=rb"{\rtf1\ansi\fromhtml1 \trowd}"))) == []


def test_messages_within_messages_are_opened() -> None:
    inner = Note(subject="inner", body="within", attached=(FORM,))
    message = opened(Note(body="outer", attached=(Attached(message=inner),)))
    assert [each.field("subject") for each in message.attached] == [("inner",)]
    assert files(message)[-1] == ("форма.docx", b"PK-not-really a form")
    assert message.text.strip() == "outer"


def test_a_saved_message_that_is_attached_is_an_attached_message() -> None:
    message = mailed(msg(LETTER), "reply.msg")
    assert message.attached[0].field("subject") == ("Reply to TSB Circular 106",)
    assert ("форма.docx", b"PK-not-really a form") in files(message)


def test_a_winmail_is_opened_into_the_message_that_it_came_with() -> None:
    message = mailed(winmail(LETTER), body="The same words.")
    assert message.text == "The same words."
    assert files(message) == [("форма.docx", b"PK-not-really a form")]
    assert message.attached == ()
    assert message.flaws == ()


def test_a_winmail_alone_has_the_words_too() -> None:
    assert mailed(winmail(LETTER)).text.strip() == "Please find our reply."


def test_an_old_winmail_names_its_files_in_its_code_page() -> None:
    message = mailed(winmail(LETTER, old=True), body="words")
    assert files(message) == [("форма.docx", b"PK-not-really a form")]


def test_a_message_in_a_winmail_is_opened() -> None:
    message = mailed(winmail(Note(attached=(Attached(message=LETTER),))), body="words")
    assert files(message)[-1] == ("форма.docx", b"PK-not-really a form")


def test_an_archive_in_a_winmail_is_opened() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a/form.pdf", b"%PDF-1.7")
    note = Note(attached=(Attached(name="reply.zip", data=data.getvalue()),))
    assert files(mailed(winmail(note), body="words")) == [("form.pdf", b"%PDF-1.7")]


def test_a_signed_message_that_was_saved_has_what_was_signed() -> None:
    entity = (
        b'Content-Type: multipart/signed; boundary="s"\r\n\r\n--s\r\nContent-Type: text/plain\r\n\r\n'
        b"We agree.\r\n--s\r\nContent-Type: application/pkcs7-signature\r\n\r\nxx\r\n--s--\r\n"
    )
    note = Note(
        message_class="IPM.Note.SMIME.MultipartSigned",
        attached=(Attached(name="smime.p7m", data=entity, content_type="multipart/signed"),),
    )
    assert opened(note).text == "We agree."


@pytest.mark.parametrize("make", [msg, winmail], ids=["msg", "winmail"])
def test_what_is_cut_short_stays_a_file_and_is_said(make: object) -> None:
    whole = make(Note(body="x" * 9000, attached=(FORM, Attached(data=bytes(1000)))))  # type: ignore[operator]
    part = whole[: len(whole) - 600]
    message = mailed(part, body="words")
    assert message.flaws == ("broken-archive",)
    assert files(message) == [("winmail.dat", part)]


def test_messages_within_messages_end_somewhere() -> None:
    note = LETTER
    for _ in range(40):
        note = Note(attached=(Attached(message=note),))
    assert "broken-archive" in mailed(winmail(note)).flaws
    assert open_stored_message(msg(note)) is None


def test_streams_that_share_their_bytes_do_not_multiply_them() -> None:
    note = Note(attached=[Attached(name=f"{n}.bin", data=bytes(100_000)) for n in range(30)])
    limits = OpeningLimits(expanded_bytes=1_000_000)
    assert open_stored_message(msg(note), limits) is None
    # Every directory entry that has a size of its own points to the same large stream.
    data = bytearray(msg(Note(body="a" * 3_000_000)))
    assert open_stored_message(bytes(data), limits) is None


def test_rich_text_is_decompressed_as_the_specification_shows() -> None:
    assert decompressed(EXAMPLE, most=1000) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert decompressed(EXAMPLE, most=10) is None
    assert decompressed(b"short", most=10) is None


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_damage_anywhere_never_raises(data: st.DataObject) -> None:
    whole = bytearray(data.draw(st.sampled_from(_SAMPLES)))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(whole) - 5))
        whole[at : at + 4] = data.draw(
            st.sampled_from([b"\0\0\0\0", b"\xff" * 4, struct.pack("<I", 1), b"\0\0\0\x80"])
        )
    open_stored_message(bytes(whole))
    mailed(bytes(whole), body="words")


_SAMPLES = [make(Note(body="a", html=b"<p>", rtf=b"{}", attached=(FORM, Attached(message=LETTER)))) for make in (msg, winmail)]  # fmt: skip


def test_a_compound_file_without_an_item_is_none() -> None:
    assert open_stored_message(compound({"__properties_version1.0": b""})) is not None
    assert open_stored_message(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") is None
    assert open_stored_message(b"") is None

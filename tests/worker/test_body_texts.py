"""A form in the message's own text reaches the readers, and what is none costs nothing."""

from email.message import EmailMessage

import pytest

from bot.intake.part_reading import Nature
from bot.mail.message import Part
from bot.mail.opening import open_message
from bot.worker.reading.body_texts import body_texts
from bot.worker.reading.part_reader import PartReader
from parsers.reading import Doubt
from parsers.sandbox import ReadingLimits, Sandbox
from tests.parsers.body.test_forms_in_text import OTHERS, T, page, rows, text
from tests.support.word import ASSIGNS_NONE, said

FORM = page(f"<table>{rows('Y.4241', (T, T, '☐', '☐'))}{OTHERS}</table>").decode()


def message(plain: str, html: str | None = None) -> bytes:
    made = EmailMessage()
    made["From"] = "desk@reg.example"
    made["Subject"] = "Reply to TSB Circular 106"
    made.set_content(plain)
    if html is not None:
        made.add_alternative(html, subtype="html")
    return made.as_bytes()


def body(content_type: str, data: bytes, path: str = "1", charset: str | None = None) -> Part:
    return Part(
        path=path, content_type=content_type, filename=None, data=data, body=True, charset=charset
    )


@pytest.fixture(scope="module")
def reader() -> PartReader:
    return PartReader(
        sandbox=Sandbox(ReadingLimits(processes=1)), known={"Y.dt-Sc": "Y.4241"}, most_bytes=10**7
    )


def test_a_form_in_a_page_is_a_form_and_its_plain_copy_is_none(reader: PartReader) -> None:
    typed = text(("Y.4241", ("[ ]", "[ ]", "[ ]", "[X]")))
    parts = reader.read(open_message(message(typed, FORM)))
    assert [part.nature for part in parts] == [Nature.ORNAMENT, Nature.FORM]
    assert said(parts[1].reading.rows[0]) == ASSIGNS_NONE


def test_a_typed_form_is_a_form_even_where_it_begins_as_a_header_does(reader: PartReader) -> None:
    typed = "To: the Director\nDate: today\n\n" + text(("Y.4241", ("[X]", "[X]", "[ ]", "[ ]")))
    (part,) = reader.read(open_message(message(typed)))
    assert (part.nature, said(part.reading.rows[0])) == (Nature.FORM, ASSIGNS_NONE)


def test_a_letter_that_is_no_form_is_the_letter(reader: PartReader) -> None:
    (part,) = reader.read(open_message(message("We support Y.4241 and tick ☒ no box.")))
    assert (part.nature, part.reading.doubts) == (Nature.ORNAMENT, (Doubt.NO_FORM,))


def test_only_what_may_be_a_form_is_handed_on_in_its_own_charset() -> None:
    plain = body("text/plain", "☒ Y.4241 désigne".encode("utf-16"), charset="utf-16")
    (handed,) = body_texts([plain], ()).values()
    assert "☒ Y.4241 désigne" in handed.decode()
    assert body_texts([body("text/plain", b"Dear Sir"), body("text/html", b"")], ()) == {}
    page_too = body("text/html", FORM.encode(), path="2", charset="utf-8")
    assert list(body_texts([plain, page_too], ())) == ["2"]

"""Word 97-2003 documents: converted, and their form fields held against what the file itself says."""

import re
import struct

import pytest

from bot.demo.form_letter import Answer
from bot.demo.word_forms import Layout, make_word_form
from bot.demo.word_marking import WordMarking
from parsers.document import NotReadableError
from parsers.office import doc
from parsers.office.conversion import to_docx
from parsers.reading import Doubt, Format, FormReading
from parsers.registry import read
from tests.support.office import written
from tests.support.word import (
    ASSIGNS_ATTACHED,
    ASSIGNS_NONE,
    BLANK,
    DENIES,
    circular,
    row_of,
    said,
)

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("office")]

ANSWERS = {
    "Y.4241": Answer.ASSIGN_NONE,
    "Y.4242": Answer.ASSIGN_ATTACHED,
    "Y.4243": Answer.DENY,
    "Y.4420": Answer.BLANK,
}
CLEAR = (ASSIGNS_NONE, ASSIGNS_ATTACHED, DENIES, BLANK)
FORMS = {
    marking.name: make_word_form(circular(), ANSWERS, marking=marking, layout=layout)
    for marking, layout in (
        (WordMarking.LEGACY_CHECKED, Layout.OFFICIAL),
        (WordMarking.LEGACY_DEFAULT, Layout.TWO_COLUMN),
        (WordMarking.CONTENT_CONTROL, Layout.NESTED_TABLE),
        (WordMarking.WINGDINGS_TEXT, Layout.ONE_COLUMN),
        (WordMarking.X_BESIDE, Layout.TEXT_BOX),
    )
}


@pytest.fixture(scope="module")
def documents(office: None) -> dict[str, bytes]:
    return written(FORMS, "doc")


def _says(reading: FormReading) -> tuple[object, ...]:
    return tuple(said(row_of(reading, name)) for name in ANSWERS)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_says_as_a_doc_what_it_said_as_a_docx(
    documents: dict[str, bytes], name: str
) -> None:
    reading = read(documents[name])
    assert (reading.format, reading.circular_number) == ("doc", 106)
    assert _says(reading) == CLEAR


def test_a_field_that_the_file_and_its_conversion_tell_differently_is_for_a_person(
    documents: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    document = documents["LEGACY_CHECKED"]
    converted = to_docx(document, Format.DOC)
    # The first ticked field, unticked after it was converted.
    ticked = re.search(rb"\x44\x00.{62}\xff{4}\x05", document, re.DOTALL)
    assert ticked is not None
    other = document[: ticked.end() - 1] + b"\x01" + document[ticked.end() :]
    monkeypatch.setattr(doc, "to_docx", lambda *_, **__: converted)
    row = row_of(read(other))
    assert row.doubts == (Doubt.FIELD_CONTRADICTS_ITSELF,)
    assert said(row_of(read(other), "Y.4242")) == ASSIGNS_ATTACHED


def test_a_document_behind_a_password_is_said_to_be(documents: dict[str, bytes]) -> None:
    data = documents["LEGACY_CHECKED"]
    at = data.index(b"\xec\xa5") + 10
    (flags,) = struct.unpack_from("<H", data, at)
    locked = data[:at] + struct.pack("<H", flags | 0x0100) + data[at + 2 :]
    assert read(locked).doubts == (Doubt.ENCRYPTED,)


@pytest.mark.parametrize("left", [600, 5_000, 20_000])
def test_a_document_that_is_cut_short_is_never_taken_for_a_letter_without_a_form(
    documents: dict[str, bytes], left: int
) -> None:
    with pytest.raises(NotReadableError) as raised:
        doc.read_passages(documents["LEGACY_CHECKED"][:left])
    assert raised.value.doubt is Doubt.UNREADABLE

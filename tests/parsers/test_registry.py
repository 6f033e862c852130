"""One way in for every format: what is read, what is kept for a person, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.document import Document
from parsers.passage import Passage
from parsers.reading import Doubt, Format
from parsers.registry import assemble, read
from tests.support.word import EMPTY, TICKED, form_about, rows

FORM = form_about(rows("Y.4241", (TICKED, TICKED, EMPTY, EMPTY)))


def test_a_form_names_its_circular_its_language_and_its_letter() -> None:
    reading = read(FORM)
    assert (reading.format, reading.circular_number, reading.language) == (Format.DOCX, 106, "en")
    assert reading.letter.startswith("Subject: Member State response")
    assert reading.remarks == "Yours faithfully,"
    assert reading.error is None
    assert len(reading.boxes) == 16


@pytest.mark.parametrize(
    ("data", "kind", "doubt"),
    [
        pytest.param(b"", Format.EMPTY, Doubt.EMPTY_FILE, id="empty"),
        pytest.param(b"7z\xbc\xaf\x27\x1c", Format.SEVEN_ZIP, Doubt.FORMAT_NOT_READ, id="7z"),
        pytest.param(b"Rar!\x1a\x07\x00", Format.RAR, Doubt.FORMAT_NOT_READ, id="RAR"),
        pytest.param(b"\x78\x9f\x3e\x22", Format.TNEF, Doubt.FORMAT_NOT_READ, id="winmail.dat"),
        pytest.param(b"II*\x00rest", Format.TIFF, Doubt.UNREADABLE, id="a damaged TIFF"),
        pytest.param(b"\xff\xd8\xffrest", Format.JPEG, Doubt.UNREADABLE, id="a damaged JPEG"),
    ],
)
def test_a_file_that_is_not_read_says_why(data: bytes, kind: Format, doubt: Doubt) -> None:
    reading = read(data)
    assert (reading.format, reading.doubts, reading.rows) == (kind, (doubt,), ())
    assert reading.error


@pytest.mark.parametrize(
    "data", [b"Dear Sir", b"<html>", b"\x01\x02\x00", b"PK\x05\x06" + b"\x00" * 18]
)
def test_a_file_that_can_hold_no_form_is_no_error(data: bytes) -> None:
    reading = read(data)
    assert reading.doubts == (Doubt.NO_FORM,)
    assert reading.error is None


def test_a_document_without_rows_is_all_letter() -> None:
    document = Document(
        passages=(Passage(items=("Circular 98",)), Passage(items=("and Circular 106",))),
        text="Circular 98\nand Circular 106",
    )
    reading = assemble(Format.PDF, document)
    assert reading.letter == document.text
    assert reading.circular_numbers == (98, 106)
    assert reading.doubts == (Doubt.NO_FORM,)


def test_a_scan_is_no_missing_form() -> None:
    reading = assemble(Format.PDF, Document(passages=(), text="", doubts=(Doubt.SCAN,)))
    assert reading.doubts == (Doubt.SCAN,)
    assert reading.error


@given(st.binary(max_size=400))
def test_any_bytes_are_read_without_an_exception(data: bytes) -> None:
    for head in (b"", b"PK\x03\x04", b"{\\rtf", b"From: "):
        reading = read(head + data)
        assert reading.doubts

"""Formats by content, whatever a file is called."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.word_package import word_package, zip_archive
from parsers.identify import identify
from parsers.reading import Format

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
TYPES = {"[Content_Types].xml": b"<Types/>"}
ODF = b"application/vnd.oasis.opendocument."


def stored(name: str, data: bytes, **others: bytes) -> bytes:
    return zip_archive({name: data, **others})


FILES = [
    pytest.param(b"", Format.EMPTY, id="no byte"),
    pytest.param(b" \r\n\x00", Format.EMPTY, id="blanks"),
    pytest.param(b"%PDF-1.7\n", Format.PDF, id="PDF"),
    pytest.param(b"\r\nContent-Type: x\r\n\r\n%PDF-1.4", Format.PDF, id="PDF after a header"),
    pytest.param(word_package(""), Format.DOCX, id="Word"),
    pytest.param(word_package("")[:500], Format.DOCX, id="Word, cut short"),
    pytest.param(zip_archive({**TYPES, "xl/a.xml": b""}), Format.SPREADSHEET, id="Excel"),
    pytest.param(zip_archive({**TYPES, "ppt/a.xml": b""}), Format.PRESENTATION, id="PowerPoint"),
    pytest.param(stored("mimetype", ODF + b"text"), Format.ODT, id="OpenDocument text"),
    pytest.param(
        stored("mimetype", ODF + b"spreadsheet"), Format.SPREADSHEET, id="OpenDocument sheet"
    ),
    pytest.param(stored("form.pdf", b"%PDF-"), Format.ZIP, id="zip"),
    pytest.param(b"PK\x03\x04junk", Format.ZIP, id="zip, damaged"),
    pytest.param(OLE + "WordDocument".encode("utf-16-le"), Format.DOC, id="Word 97"),
    pytest.param(OLE + "EncryptedPackage".encode("utf-16-le"), Format.DOCX, id="encrypted Word"),
    pytest.param(OLE + "__properties_version1.0".encode("utf-16-le"), Format.MSG, id="Outlook"),
    pytest.param(OLE + "Workbook".encode("utf-16-le"), Format.SPREADSHEET, id="Excel 97"),
    pytest.param(OLE, Format.UNKNOWN, id="compound file of something"),
    pytest.param(b"{\\rtf1\\ansi", Format.RTF, id="RTF"),
    pytest.param(b"II*\x00rest", Format.TIFF, id="TIFF, little-endian"),
    pytest.param(b"MM\x00*rest", Format.TIFF, id="TIFF, big-endian"),
    pytest.param(b"\x89PNG\r\n\x1a\nrest", Format.PNG, id="PNG"),
    pytest.param(b"\xff\xd8\xff\xe0rest", Format.JPEG, id="JPEG"),
    pytest.param(b"GIF89a", Format.GIF, id="GIF"),
    pytest.param(b"\x00\x00\x00\x18ftypheic", Format.HEIC, id="HEIC"),
    pytest.param(b"\x78\x9f\x3e\x22rest", Format.TNEF, id="winmail.dat"),
    pytest.param(b"7z\xbc\xaf\x27\x1c\x00\x04", Format.SEVEN_ZIP, id="7z"),
    pytest.param(b"Rar!\x1a\x07\x01\x00", Format.RAR, id="RAR"),
    pytest.param(b"<!DOCTYPE html><p>", Format.HTML, id="HTML"),
    pytest.param(b"\xef\xbb\xbf <html>", Format.HTML, id="HTML with a byte order mark"),
    pytest.param(b"Received: from mx.example.org\r\n", Format.EML, id="message"),
    pytest.param(b"Subject: TSB Circular 106\n\nDear Sir", Format.EML, id="message by its subject"),
    pytest.param(b"Dear Sir,\n", Format.TEXT, id="text"),
    pytest.param("Уважаемый".encode("utf-16"), Format.TEXT, id="text in UTF-16"),
    pytest.param(b"\x01\x02\x00\x03", Format.UNKNOWN, id="bytes"),
]


@pytest.mark.parametrize(("data", "kind"), FILES)
def test_a_file_is_what_its_content_is(data: bytes, kind: Format) -> None:
    assert identify(data) is kind


@given(st.binary(max_size=300))
def test_any_bytes_have_a_format(data: bytes) -> None:
    assert identify(data) in Format
    assert identify(b"PK\x03\x04" + data) in Format


@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=8))
def test_a_damaged_archive_has_a_format(place: int, junk: bytes) -> None:
    data = bytearray(word_package(""))
    place %= len(data)
    data[place : place + len(junk)] = junk
    assert identify(bytes(data)) in Format


def test_a_mimetype_that_is_encrypted_or_packed_oddly_stops_nothing() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", b"x")
    data = bytearray(packed.getvalue())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert identify(bytes(data)) is Format.ZIP
    data = bytearray(packed.getvalue())
    data[data.rindex(b"PK\x01\x02") + 10] = 97
    assert identify(bytes(data)) is Format.ZIP

"""Files that are damaged, hostile or something else: a doubt and one line, never an exception."""

import io
import re
import struct
import time
import zipfile

import pytest

from bot.demo.form_letter import Answer
from bot.demo.word_forms import make_word_form
from bot.demo.word_package import zip_archive
from parsers.document import NotReadableError
from parsers.reading import Doubt, Format
from parsers.registry import read
from parsers.word.archive import MOST_ENTRIES, Archive
from tests.support.word import ASSIGNS_NONE, circular, said

CIRCULAR = circular()
ANSWERS = dict.fromkeys((text.designation for text in CIRCULAR.texts), Answer.ASSIGN_NONE)
FORM = make_word_form(CIRCULAR, ANSWERS)
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def parts(data: bytes = FORM) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(**changed: bytes | None) -> bytes:
    """The form with some parts replaced, or left out; what is no letter in a name is "_"."""
    files = parts()
    names = {re.sub(r"\W+", "_", name.rpartition("/")[2]).strip("_"): name for name in files}
    for key, data in changed.items():
        if data is None:
            del files[names[key]]
        else:
            files[names[key]] = data
    return zip_archive(files)


def document(body: bytes, before: bytes = b"") -> bytes:
    return with_parts(
        document_xml=before
        + f'<w:document xmlns:w="{MAIN}"><w:body>'.encode()
        + body
        + b"</w:body></w:document>"
    )


LAUGHS = (
    b"<!DOCTYPE w [<!ENTITY a 'ha'>"
    + b"".join(
        f"<!ENTITY {chr(97 + n + 1)} '{f'&{chr(97 + n)};' * 10}'>".encode() for n in range(9)
    )
    + b"]>"
)


def bomb(size: int) -> bytes:
    """A package whose document expands to so many bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts().items():
            if name != "word/document.xml":
                archive.writestr(name, data)
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(size >> 20):
                part.write(b" " * (1 << 20))
    return packed.getvalue()


def lying_about_sizes() -> bytes:
    """A bomb whose directory says that it is small."""
    data = bytearray(bomb(200 << 20))
    place = data.rindex(b"word/document.xml") - 46
    assert data[place : place + 4] == b"PK\x01\x02"
    data[place + 24 : place + 28] = struct.pack("<I", 1000)
    return bytes(data)


def encrypted() -> bytes:
    """A compound file with the stream of an encrypted package (MS-OFFCRYPTO 2.3.4.4)."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + "EncryptedPackage".encode("utf-16-le")
    )


def flagged_as_encrypted() -> bytes:
    data = bytearray(FORM)
    place = -1
    while (place := data.find(b"PK\x01\x02", place + 1)) >= 0:
        data[place + 8] |= 1
    return bytes(data)


def part_twice() -> bytes:
    packed = io.BytesIO(FORM)
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("WORD/document.xml", parts()["word/document.xml"])
    return packed.getvalue()


BAD = [
    pytest.param(b"", Doubt.EMPTY_FILE, Format.EMPTY, id="no byte"),
    pytest.param(b"\x00" * 2000, Doubt.EMPTY_FILE, Format.EMPTY, id="zeros"),
    pytest.param(b"PK\x03\x04word/", Doubt.UNREADABLE, Format.DOCX, id="a zip header alone"),
    pytest.param(FORM[:600], Doubt.UNREADABLE, Format.DOCX, id="cut short"),
    pytest.param(FORM[:-30], Doubt.UNREADABLE, Format.DOCX, id="without its end"),
    pytest.param(with_parts(document_xml=b""), Doubt.UNREADABLE, Format.DOCX, id="empty document"),
    pytest.param(
        with_parts(document_xml=b"<w:document"), Doubt.UNREADABLE, Format.DOCX, id="broken XML"
    ),
    pytest.param(
        with_parts(document_xml=b"<html/>"), Doubt.UNREADABLE, Format.DOCX, id="another root"
    ),
    pytest.param(with_parts(document_xml=None), Doubt.UNREADABLE, Format.DOCX, id="no document"),
    pytest.param(
        with_parts(document_xml=b"\xff\xfe<\x00a"),
        Doubt.UNREADABLE,
        Format.DOCX,
        id="half a letter",
    ),
    pytest.param(
        with_parts(document_xml=b'<?xml version="1.0" encoding="x-unknown"?><a/>'),
        Doubt.UNREADABLE,
        Format.DOCX,
        id="unknown encoding",
    ),
    pytest.param(document(b"&i;", LAUGHS), Doubt.UNREADABLE, Format.DOCX, id="a billion laughs"),
    pytest.param(
        document(b"&x;", b"<!DOCTYPE w [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"),
        Doubt.UNREADABLE,
        Format.DOCX,
        id="an entity that reads a file",
    ),
    pytest.param(
        with_parts(
            document_xml=(
                '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w [<!ENTITY x "y">]>'
                f'<w:document xmlns:w="{MAIN}">&x;</w:document>'
            ).encode("utf-16")
        ),
        Doubt.UNREADABLE,
        Format.DOCX,
        id="an entity in UTF-16",
    ),
    pytest.param(
        document(b"<w:tbl><w:tr><w:tc>" * 5000), Doubt.UNREADABLE, Format.DOCX, id="never closed"
    ),
    pytest.param(
        document(b"<w:tbl><w:tr><w:tc>" * 5000 + b"</w:tc></w:tr></w:tbl>" * 5000),
        Doubt.UNREADABLE,
        Format.DOCX,
        id="nested 15000 deep",
    ),
    pytest.param(bomb(200 << 20), Doubt.TOO_LARGE, Format.DOCX, id="a zip bomb"),
    pytest.param(lying_about_sizes(), Doubt.UNREADABLE, Format.DOCX, id="a lying zip bomb"),
    pytest.param(encrypted(), Doubt.ENCRYPTED, Format.DOCX, id="protected by a password"),
    pytest.param(flagged_as_encrypted(), Doubt.ENCRYPTED, Format.DOCX, id="an encrypted archive"),
    pytest.param(part_twice(), Doubt.UNREADABLE, Format.DOCX, id="a part twice"),
    pytest.param(b"%PDF-1.7 " + FORM, Doubt.UNREADABLE, Format.PDF, id="called a PDF by its head"),
]


@pytest.mark.parametrize(("data", "doubt", "kind"), BAD)
def test_a_bad_file_comes_back_with_its_reason(data: bytes, doubt: Doubt, kind: Format) -> None:
    if kind is Format.PDF:
        pytest.importorskip("parsers.pdf.reader")
    began = time.perf_counter()
    reading = read(data)
    assert doubt in reading.doubts
    assert reading.format is kind
    assert reading.rows == ()
    assert reading.error
    assert "\n" not in reading.error
    assert len(reading.error) < 120
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(with_parts(styles_xml=None), id="no styles"),
        pytest.param(with_parts(document_xml_rels=None), id="no relations of the document"),
        pytest.param(with_parts(rels=None), id="no relations of the package"),
        pytest.param(with_parts(rels=b"<junk"), id="broken relations of the package"),
        pytest.param(
            with_parts(
                Content_Types_xml=parts()["[Content_Types].xml"].replace(
                    WORD_TYPE.encode(),
                    b"application/vnd.ms-word.document.macroEnabled.main+xml",
                )
            ),
            id="with macros (.docm)",
        ),
        pytest.param(
            with_parts(
                Content_Types_xml=parts()["[Content_Types].xml"].replace(
                    b"document.main+xml", b"template.main+xml"
                )
            ),
            id="a template (.dotx)",
        ),
        pytest.param(
            with_parts(
                document_xml=parts()["word/document.xml"].replace(
                    MAIN.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"
                )
            ),
            id="strict OOXML",
        ),
        pytest.param(
            with_parts(
                document_xml=parts()["word/document.xml"]
                .decode()
                .replace('encoding="UTF-8"', 'encoding="UTF-16"')
                .encode("utf-16")
            ),
            id="in UTF-16",
        ),
        pytest.param(FORM + b"\r\n-- \r\nscanned by a gateway", id="with bytes after its end"),
        pytest.param(
            zip_archive({name.replace("/", "\\"): data for name, data in parts().items()}),
            id="names with backslashes",
        ),
        pytest.param(
            zip_archive({name.replace("word", "Word"): data for name, data in parts().items()}),
            id="names in another case",
        ),
    ],
)
def test_an_unusual_package_is_read_all_the_same(data: bytes) -> None:
    reading = read(data)
    assert [said(row) for row in reading.rows] == [ASSIGNS_NONE] * 4
    assert reading.error is None


def test_a_damaged_part_beside_the_document_is_said_of_the_file() -> None:
    reading = read(with_parts(document_xml_rels=b"<junk"))
    assert Doubt.UNREADABLE in reading.doubts
    assert [said(row) for row in reading.rows] == [ASSIGNS_NONE] * 4


def test_a_document_that_draws_in_other_content_says_so() -> None:
    xml = parts()["word/document.xml"].replace(
        b"<w:sectPr>", b'<w:altChunk r:id="rId9"/><w:sectPr>'
    )
    assert Doubt.UNREADABLE in read(with_parts(document_xml=xml)).doubts


def test_deep_tables_within_the_bound_are_read() -> None:
    depth = 60
    inner = b"<w:tbl><w:tr><w:tc>" * depth + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * depth
    assert read(document(inner)).doubts == (Doubt.NO_FORM,)


@pytest.mark.parametrize(
    "piece", ["[ ] ", "( ", "(a) ", "X ", "_", "|X", "☐X ", "Y.4241 ", "9.Y", "circular 1 ", "v "]
)
def test_long_lines_of_marks_take_time_in_proportion(piece: str) -> None:
    def seconds(count: int) -> float:
        """The least of some runs: what the collector of garbage takes is not the reader's."""
        taken = []
        for _ in range(3):
            began = time.process_time()
            read(document(f"<w:p><w:r><w:t>{piece * count}</w:t></w:r></w:p>".encode()))
            taken.append(time.process_time() - began)
        return min(taken)

    seconds(10)
    assert seconds(4000) < max(20 * seconds(1000), 0.2)


def test_a_form_of_a_thousand_rows_that_all_differ_takes_seconds() -> None:
    rows = "".join(
        f"<w:tr><w:tc><w:p><w:r><w:t>Y.{number}</w:t></w:r></w:p></w:tc><w:tc>"
        + "".join(
            f"<w:p><w:r><w:t>☐ {'abc' * (number % 200)} {place}</w:t></w:r></w:p>"
            for place in range(4)
        )
        + "</w:tc></w:tr>"
        for number in range(1000, 2000)
    )
    began = time.process_time()
    assert len(read(document(f"<w:tbl>{rows}</w:tbl>".encode())).rows) == 1000
    assert time.process_time() - began < 10


def test_an_archive_of_too_many_parts_is_not_read() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(MOST_ENTRIES + 1):
            archive.writestr(zipfile.ZipInfo(f"word/{number}"), b"")
    with pytest.raises(NotReadableError) as caught:
        Archive(packed.getvalue())
    assert caught.value.doubt is Doubt.TOO_LARGE

"""The text of a circular's file, whatever it is; and what is no such file is refused."""

import contextlib
import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bot.circulars.source_text import text_of
from bot.errors import CircularError


def _saved(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined] # what docx.Document() gives has no type name
    return stream.getvalue()


def printed(*pages: list[tuple[float, float, str]], encrypted: bool = False) -> bytes:
    """A PDF with lines at places: points from the left and from the top."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, encrypt="secret" if encrypted else None)
    for page in pages:
        canvas.setFont("Helvetica", 10)
        for left, down, line in page:
            canvas.drawString(left, A4[1] - down, line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _lines(*lines: str, left: float = 72, first: float = 100) -> list[tuple[float, float, str]]:
    return [(left, first + 12 * number, line) for number, line in enumerate(lines)]


def test_word_gives_paragraphs_cells_and_controls_in_their_order() -> None:
    document = docx.Document()
    document.add_paragraph("before\tthe table")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "left", "right"
    document.add_paragraph("after")
    document.element.body.insert(
        3,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>controlled</w:t><w:br/>"
            "<w:t>line</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
    )

    assert text_of(_saved(document)).split("\n") == [
        "before\tthe table",
        "left",
        "right",
        "after",
        "controlled",
        "line",
    ]


_WIDE = "It is a line that goes on to the right margin of the page and cannot take another word"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        pytest.param(
            [_WIDE, "and ends here."], f"{_WIDE} and ends here.", id="a full line goes on"
        ),
        pytest.param(
            [_WIDE, "short.", "Next one."], f"{_WIDE} short.\nNext one.", id="a short one ends"
        ),
        pytest.param(
            [_WIDE, "Summary", _WIDE], f"{_WIDE}\nSummary\n{_WIDE}", id="a heading stands"
        ),
        pytest.param([_WIDE, "2 Two"], f"{_WIDE}\n2 Two", id="a number begins a paragraph"),
        pytest.param([_WIDE, "- to you"], f"{_WIDE}\n- to you", id="a dash begins a paragraph"),
        pytest.param(
            [_WIDE, "Draft new Recommendation ITU-T Y.4241 (ex Y.a)"],
            f"{_WIDE}\nDraft new Recommendation ITU-T Y.4241 (ex Y.a)",
            id="a draft text begins a paragraph",
        ),
        pytest.param(
            [f"{_WIDE} (IoT)-", "based things."], f"{_WIDE} (IoT)-based things.", id="own hyphen"
        ),
        pytest.param(
            [f"{_WIDE} city-", "level things."],
            f"{_WIDE} city-level things.",
            id="hyphen of a word",
        ),
        pytest.param(
            ["A consultation.", f"{_WIDE} consul-", "tation there."],
            f"A consultation.\n{_WIDE} consultation there.",
            id="a word that stands elsewhere unbroken",
        ),
    ],
)
def test_lines_of_print_become_paragraphs(lines: list[str], text: str) -> None:
    assert text_of(printed(_lines(*lines))) == text


def test_what_repeats_on_each_page_stands_once_and_not_within_a_paragraph() -> None:
    pages = [
        [
            (250, 30, "TSB Circular 5"),
            (280, 42, f"- {number} -"),
            *_lines(*body),
            (72, 800, "International Telecommunication Union"),
        ]
        for number, body in enumerate(
            [[_WIDE], ["goes on.", _WIDE], ["and on.", "ANNEX 1"]], start=1
        )
    ]
    assert text_of(printed(*pages)).split("\n") == [
        "TSB Circular 5",
        "- 1 -",
        f"{_WIDE} goes on.",
        f"{_WIDE} and on.",
        "ANNEX 1",
        "International Telecommunication Union",
    ]


def test_annexes_at_the_head_of_their_pages_are_no_furniture() -> None:
    text = text_of(printed(_lines("Letter."), _lines("ANNEX 1", "One."), _lines("ANNEX 2", "Two.")))
    assert text.split("\n") == ["Letter.", "ANNEX 1", "One.", "ANNEX 2", "Two."]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "the file is empty", id="empty"),
        pytest.param(b" \r\n\x00", "the file is empty", id="blank"),
        pytest.param(b"PK\x03\x04" + b"word/" * 9, "the Word file cannot be read", id="cut Word"),
        pytest.param(printed(_lines("a"))[:300], "the PDF is damaged", id="cut PDF"),
        pytest.param(printed(_lines("a"), encrypted=True), "protected by a password", id="secret"),
        pytest.param(printed([]), "pictures of text, but no text", id="scan"),
        pytest.param(printed(*[[]] * 301), "301 pages, too many", id="many pages"),
        pytest.param(b"{\\rtf1 Circular}", "is a rich text file, which is not read", id="RTF"),
        pytest.param(b"<html><p>Circular</html>", "is a web page, which is not read", id="HTML"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(99), "neither Word, PDF nor plain", id="picture"),
        pytest.param(b"MZ\x90\x00\x03\x00", "neither Word, PDF nor plain text", id="program"),
        pytest.param(b"\xff\xfea\x00\x00\xd8", "neither Word, PDF nor plain", id="half a pair"),
        pytest.param(b"a" * 2_000_001, "more text than any circular", id="long text"),
        pytest.param(b"%PDF-" + bytes(50_000_001), "50 MB, too much", id="large"),
        pytest.param(_saved(docx.Document()), "the file holds no text", id="Word without text"),
    ],
)
def test_what_is_no_circulars_file_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(CircularError, match=message) as error:
        text_of(data)

    assert error.value.mend


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param("Genève".encode(), "Genève", id="UTF-8"),
        pytest.param("Genève".encode("utf-8-sig"), "Genève", id="UTF-8 with its mark"),
        pytest.param("Genève – 2".encode("cp1252"), "Genève – 2", id="Windows-1252"),
        pytest.param("Женева".encode("utf-16"), "Женева", id="UTF-16 with its mark"),
        pytest.param("Geneva".encode("utf-16-le"), "Geneva", id="UTF-16 without"),
        pytest.param("Geneva".encode("utf-16-be"), "Geneva", id="UTF-16 the other way round"),
        pytest.param(b"To: the Director", "To: the Director", id="it looks like a message"),
        pytest.param(b"one\x0ctwo\x1a", "one\x0ctwo\x1a", id="marks of old systems"),
    ],
)
def test_plain_text_is_read_in_its_encoding(data: bytes, text: str) -> None:
    assert text_of(data) == text


_PDF = printed(_lines("Geneva, 13 February 2026", _WIDE))
_WORD = _saved(docx.Document())


@settings(deadline=None, max_examples=80)
@given(
    data=st.sampled_from([_PDF, _WORD, b"\xff\xfe", b"%PDF-1.4\n"]),
    put_in=st.binary(max_size=60),
    at=st.integers(0, 2000),
    cut=st.integers(0, 60),
)
def test_no_damage_gives_another_error(data: bytes, put_in: bytes, at: int, cut: int) -> None:
    with contextlib.suppress(CircularError):
        assert text_of(data[:at] + put_in + data[at + cut :]).strip()

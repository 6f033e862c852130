"""A circular's data is made of its text in six languages, and what is not found is said."""

import io
import re
from dataclasses import replace

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer

from bot.circulars.importing import import_circular, import_file
from bot.circulars.shipped import shipped_circulars
from bot.circulars.toml_file import dump_circular, parse_circular
from bot.consultation.circular import Circular, Revision
from bot.errors import CircularError
from tests.circulars.sample_circulars import CIRCULARS, ENGLISH, expected
from tests.support.office import require_office, written


def word_file(text: str) -> bytes:
    """The circular in Word: labels and what they say in a table, the rest in paragraphs."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "TSB Circular 233"
    for line in text.splitlines():
        label, tab, rest = line.partition("\t")
        if tab and label.endswith((":", "：")):
            cells = document.add_table(rows=1, cols=2).rows[0].cells
            cells[0].text, cells[1].text = label, rest
        else:
            document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def pdf_file(text: str) -> bytes:
    """The circular in print, wrapped, with a head and a foot on every page."""

    def furniture(canvas: Canvas, _: object) -> None:
        canvas.drawString(280, 810, "TSB Circular 233")
        canvas.drawString(280, 795, f"- {canvas.getPageNumber()} -")
        canvas.drawString(72, 40, "International Telecommunication Union • itumail@itu.int")

    style = getSampleStyleSheet()["Normal"]
    story: list[object] = []
    for line in text.splitlines():
        if re.match("ANNEX", line):
            story.append(PageBreak())
        shown = line.replace("\t", " ").replace("&", "&amp;").replace("<", "&lt;")
        story.append(Paragraph(shown, style) if line.strip() else Spacer(1, 12))
    stream = io.BytesIO()
    SimpleDocTemplate(stream, pagesize=A4).build(
        story, onFirstPage=furniture, onLaterPages=furniture
    )
    return stream.getvalue()


@pytest.mark.parametrize("language", CIRCULARS)
def test_a_circular_of_each_language_is_read_whole(language: str) -> None:
    result = import_circular(CIRCULARS[language])

    assert result.circular == expected(language)
    assert (result.missing, result.notes) == ((), ())


@pytest.mark.parametrize("language", CIRCULARS)
def test_its_word_file_gives_the_same(language: str) -> None:
    assert import_file(word_file(CIRCULARS[language])).circular == expected(language)


@pytest.fixture(scope="module")
def exported() -> dict[str, bytes]:
    """The circular of each language as Word's PDF, by way of LibreOffice."""
    require_office()
    return written({language: word_file(text) for language, text in CIRCULARS.items()}, "pdf")


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "zh"])
def test_its_export_as_pdf_gives_the_same(exported: dict[str, bytes], language: str) -> None:
    circular = import_file(exported[language]).circular

    assert circular is not None
    assert without_notes(circular) == without_notes(expected(language))
    # A PDF may lose the dash of a note.
    said = [each.ipr_note and each.ipr_note.replace(" –", "") for each in circular.texts]
    assert said == [
        each.ipr_note and each.ipr_note.replace(" –", "") for each in expected(language).texts
    ]


def test_a_pdf_whose_letters_stand_in_another_order_says_what_was_not_found(
    exported: dict[str, bytes],
) -> None:
    result = import_file(exported["ar"])

    assert result.circular is None
    assert any("no draft text was found" in each for each in result.missing)


def without_notes(circular: Circular) -> Circular:
    return replace(circular, texts=tuple(replace(each, ipr_note=None) for each in circular.texts))


def test_its_pdf_gives_the_same() -> None:
    result = import_file(pdf_file(ENGLISH))

    assert result.circular == expected("en")
    assert (result.missing, result.notes) == ((), ())


def test_a_pdf_with_narrow_lines_gives_the_same() -> None:
    narrow = ENGLISH.replace("Architecture of a network", "Architecture of a network " * 9)
    of_text, of_pdf = import_circular(narrow), import_file(pdf_file(narrow))

    assert of_pdf == of_text
    assert of_text.circular
    assert len(of_text.circular.texts[2].title) > 200


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_its_plain_text_gives_the_same_in_every_encoding(encoding: str) -> None:
    text = CIRCULARS["fr"].replace("\n", "\r\n")
    assert import_file(text.encode(encoding)).circular == expected("fr")


@pytest.mark.parametrize(
    ("taken_out", "missing"),
    [
        pytest.param(r"(?i)circular 233", "the circular's number was not found", id="number"),
        pytest.param(r"Study\s+Group 13", "the study group was not found", id="study group"),
        pytest.param("Geneva, 2 August 2027", "the circular's date was not found", id="date"),
        pytest.param("2359 hours UTC on ", "the deadline was not found", id="deadline"),
        pytest.param(" UTC", "the deadline cannot be told: 2027-10-15 23:59 is named", id="UTC"),
        pytest.param(
            "28 October (?:-|to) 6 November 2027",
            "the meeting's place and days were not found",
            id="meeting",
        ),
        pytest.param("Draft (?:new|revised) Rec", "no draft text was found", id="texts"),
        pytest.param(
            r"tsb\w+@itu.int|itumail@itu.int", "the address for replies was not found", id="address"
        ),
    ],
)
def test_what_is_missing_is_said_and_gives_no_circular(taken_out: str, missing: str) -> None:
    result = import_circular(re.sub(taken_out, "", ENGLISH))

    assert result.circular is None
    assert any(each.startswith(missing) for each in result.missing), result.missing


def test_a_title_that_is_missing_is_said_and_the_circular_made_all_the_same() -> None:
    result = import_circular(ENGLISH.replace("3\tDraft new Recommendation ITU-T X.1771", "3\tX"))

    assert result.circular
    assert result.circular.texts[0].title == ""
    assert result.missing == ("the title of X.1771 was not found in Annex 1",)
    assert result.notes == ("X.1771 stands in the form, but not in Annex 1",)


@pytest.mark.parametrize(
    ("instead_of", "stands", "note"),
    [
        pytest.param(
            "response to TSB Circular 233",
            "response to TSB Circular 231",
            "the letter calls itself Circular 233, but its form speaks of Circular 231",
            id="another circular's form",
        ),
        pytest.param(
            "1\tDraft new Recommendation ITU-T Y.3901 (ex Y.qn-arch)",
            "1\tDraft new Recommendation ITU-T Y.3901 (ex Y.qn-fr)",
            "Y.3901 was Y.qn-arch formerly by the form, Y.qn-fr by Annex 1",
            id="former name",
        ),
        pytest.param(
            "2\tDraft revised", "2\tDraft new", "Q.4102 is revised by the form, new", id="revision"
        ),
        pytest.param(
            "and X.1771",
            "and X.1772",
            "X.1772 stands in the subject, but not in the form",
            id="text",
        ),
        pytest.param(
            "2359 hours UTC on 15 October 2027",
            "2359 hours UTC on 15 November 2027",
            "the deadline 2027-11-15 is after the meeting's first day 2027-10-28",
            id="late deadline",
        ),
        pytest.param(
            "15 October 2027.\nYours",
            "15 October 2027.\nIt met last in Geneva, from 3 to 4 May 2027.\nYours",
            "several meetings are named; Geneva, 2027-10-28 to 2027-11-06, is taken",
            id="two meetings",
        ),
        pytest.param(
            "2\tMember States",
            "2\tStudy Group 17 and Member States",
            "Study Group 13 is named most often and taken; also named: 17",
            id="two study groups",
        ),
        pytest.param(
            "2\tDraft revised Recommendation ITU-T Q.4102",
            "2\tDraft revised Recommendation ITU-T Q.4103",
            "Q.4103 stands in Annex 1, but not in the form",
            id="another text in Annex 1",
        ),
        pytest.param(
            "2 August 2027", "2 November 2027", "the deadline 2027-10-15 is before", id="date"
        ),
    ],
)
def test_what_does_not_agree_is_said(instead_of: str, stands: str, note: str) -> None:
    assert instead_of in ENGLISH
    result = import_circular(ENGLISH.replace(instead_of, stands))

    assert result.circular
    assert any(each.startswith(note) for each in result.notes), result.notes


def test_a_text_that_is_neither_new_nor_revised_is_concluded_and_said() -> None:
    neither = re.sub("Draft (?:new|revised) Rec", "Draft Rec", ENGLISH)
    result = import_circular(neither)

    assert result.circular == expected("en")
    assert len(result.notes) == 3
    assert "Q.4102 is said to be neither new nor revised: revised is taken" in result.notes[1]


def test_a_note_over_several_lines_is_one() -> None:
    note = "TSB NOTE – As of the date of this Circular, two IPR statements"
    result = import_circular(ENGLISH.replace(note, note.replace("Circular, ", "Circular,\n")))
    assert result.circular == expected("en")


def test_a_meeting_that_ends_before_it_begins_is_none() -> None:
    result = import_circular(ENGLISH.replace("6 November 2027", "6 October 2027"))

    assert result.circular is None
    assert result.missing == ("the meeting's days cannot be right: 2027-10-28 to 2027-10-06",)


def test_an_address_only_in_the_letter_is_taken_and_said() -> None:
    moved = ENGLISH.replace("E-mail:\ttsbdir@itu.int", "").replace(
        "return the form in Annex 2", "return the form in Annex 2 to tsbdir@itu.int"
    )
    result = import_circular(moved)

    assert result.circular == expected("en")
    assert result.notes == ("the form names no address: tsbdir@itu.int, of the letter, is taken",)


def test_two_deadlines_are_none() -> None:
    twice = ENGLISH.replace(
        "Yours", "Late ones may come by 2359 hours UTC on 18 October 2027.\nYours"
    )
    result = import_circular(twice)

    assert result.circular is None
    assert "several are named (2027-10-15 23:59, 2027-10-18 23:59 UTC)" in result.missing[0]


def test_a_working_name_with_a_stray_space_is_mended() -> None:
    result = import_circular(ENGLISH.replace("(ex Y.data-gov)", "(ex  Y.data- gov)"))

    assert result.circular
    assert result.circular.texts[0].former_name == "Y.data-gov"


def test_an_amendment_keeps_its_number() -> None:
    amended = ENGLISH.replace(
        "Draft revised Recommendation ITU-T Q.4102",
        "Draft new Amendment 2 to Recommendation ITU-T Q.4102",
    )
    result = import_circular(amended)

    assert result.circular
    assert result.circular.texts[1].designation == "Q.4102 Amd.2"
    assert result.circular.texts[1].revision is Revision.NEW


def test_what_cannot_be_read_at_all_is_an_error() -> None:
    with pytest.raises(CircularError, match="the file is empty"):
        import_file(b"")


def test_a_text_that_is_no_circular_gives_none() -> None:
    result = import_circular("Dear colleagues, the coffee machine is back.")

    assert result.circular is None
    assert len(result.missing) >= 6


_PIECES = st.sampled_from(
    [line + "\n" for text in CIRCULARS.values() for line in text.splitlines()]
    + [
        "(",
        ")",
        "(ex ",
        "Y.1",
        "2359",
        " UTC",
        "30 February 2026",
        "ANNEX 2\n",
        "\x00",
        "12-1 May 2026",
    ]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(_PIECES, max_size=40).map("".join))
def test_whatever_is_made_of_lines_in_any_order_reads_back_from_its_file(text: str) -> None:
    circular = import_circular(text).circular
    if circular:
        assert parse_circular(dump_circular(circular), "a.toml") == circular


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    import_circular(text)


def test_the_circular_that_ships_is_complete() -> None:
    (circular,) = shipped_circulars()

    assert (circular.number, circular.study_group, len(circular.texts)) == (106, 20, 10)
    assert circular.texts[0].designation == "Y.4241"
    assert all(text.title and text.document for text in circular.texts)
    assert [text.designation for text in circular.texts if text.revision is Revision.REVISED] == [
        "Y.4420"
    ]
    assert [text.designation for text in circular.texts if text.ipr_note] == ["Y.4420"]

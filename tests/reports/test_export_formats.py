"""Each format, opened again by a library that did not write it."""

import csv
import datetime as dt
import io
import json
from typing import Any

import docx
import openpyxl  # type: ignore[import-untyped]  # it ships no py.typed
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.consultation.record import Standing
from bot.reports.export.compiling import Written
from bot.reports.export.content import HeldMessage, Results, Words
from bot.reports.export.csv_file import COLUMNS, csv_file, guarded
from bot.reports.export.json_file import json_file
from bot.reports.export.meeting_document import meeting_document
from bot.reports.export.word_setting import right_to_left
from bot.reports.export.workbook import LONGEST, workbook
from bot.reports.tally_report import tally_as_json
from tests.consultation.record_lines import NOON
from tests.reports.export_samples import (
    LANGUAGES,
    make_circular,
    make_file,
    make_register,
    make_reply,
    make_results,
    says,
)

FORMULAS = ("=1+1", "{=1+1}", "+1", "-1", "@SUM(1)", "\t=1", "http://host.example/", "  =1")


def sheets(results: Results) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook(results)))


def cells(sheet: Any) -> list[list[object]]:
    """The headings and what is below them."""
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]


def lines(results: Results) -> list[dict[str, str]]:
    text = csv_file(results).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def document_text(results: Results) -> str:
    document = docx.Document(io.BytesIO(meeting_document(results)))
    texts = [each.text for each in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(texts)


def hostile(text: str) -> Results:
    """A consultation in which everything that comes by mail or register is that text."""
    return make_results(
        says(1, "CHE", "DC"),
        says(2, None, "?.", Standing.PENDING),
        replies=(
            make_reply(1, "CHE", sender=text, language=text),
            make_reply(2, None, sender=text, entity=text, standing=Standing.PENDING),
        ),
        files=(make_file(1, 1, text, texts=("Y.1",)),),
        written={1: Written(words=(Words(source="form", text=text, texts=()),), unread=text)},
        register=make_register(FRA=text),
        held=(HeldMessage(id=1, received_at=NOON, sender=text, subject=text, reasons=(text,)),),
    )


FULL = make_results(
    says(1, "CHE", "NC"),
    says(2, "FRA", "DD"),
    says(3, "DEU", "?.", Standing.PENDING),
    files=(make_file(1, 2, "Motifs.docx", texts=("Y.1",)),),
    register=make_register(ITA="focal@admin.example"),
)
EMPTY = make_results()
NO_TEXTS = make_results(circular=make_circular(texts=()))


def test_the_workbook_has_a_sheet_for_each_question() -> None:
    book = sheets(FULL)
    assert book.sheetnames == ["Tally", "Replies", "Standing", "No reply", "Waiting"]
    for sheet in book:
        assert sheet.freeze_panes is not None
        assert sheet.auto_filter.ref.startswith("A4:")
        assert sheet.print_title_rows == "$4:$4"


def test_the_tally_sheet_has_the_numbers_and_the_outcome() -> None:
    heading, first, second = cells(sheets(FULL)["Tally"])
    assert heading[:5] == ["Text", "Title", "Replies", "Assign", "With comments"]
    assert first[:10] == ["Y.1", "Title of Y.1", 2, 1, 0, 1, 0, 1, 0.5, "not met"]
    assert second[4] == 1


def test_the_replies_sheet_has_moments_and_opinions() -> None:
    _, *rows = cells(sheets(FULL)["Replies"])
    assert [row[0] for row in rows] == ["C106-CHE-1", "C106-FRA-2", "C106-DEU-3"]
    assert rows[0][3] == dt.datetime(2026, 4, 10, 12, 0, 1)  # noqa: DTZ001 - Excel has no zones
    assert rows[1][7:9] == ["does not assign", "does not assign"]
    assert rows[1][12] == "attachments/01-Y.1/C106-FRA-2_Motifs.docx"
    assert rows[2][6:8] == ["under review", "cannot be told (under review)"]


def test_the_standing_sheet_colours_opinions_and_says_them() -> None:
    sheet = sheets(FULL)["Standing"]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=5)}
    assert len(rows) == 195
    assert [cell.value for cell in rows["FRA"][4:]] == ["does not assign", "does not assign"]
    fills = {code: rows[code][4].fill.fgColor.rgb for code in ("CHE", "FRA", "DEU", "ITA")}
    assert len(set(fills.values())) == 4


def test_the_no_reply_sheet_says_whom_to_ask() -> None:
    _, *rows = cells(sheets(FULL)["No reply"])
    assert len(rows) == 191
    asked = {row[1]: row[3] for row in rows}
    assert asked["ITA"] == "focal@admin.example"
    assert asked["ESP"] == "no address registered"


@pytest.mark.parametrize("text", FORMULAS)
def test_nothing_in_a_workbook_is_a_formula_or_a_link(text: str) -> None:
    book = sheets(hostile(text))
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in found} <= {"s", "n", "d"}
    assert not any(cell.hyperlink for cell in found)
    assert sum(cell.value == text for cell in found) >= 6


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "\x00=1"]
)
def test_csv_cells_are_guarded_against_formulas(text: str) -> None:
    assert guarded(text).startswith("'")


@pytest.mark.parametrize("text", ["Y.1", "", "a=1", "{=1}", *LANGUAGES])
def test_csv_cells_that_are_no_formulas_stay(text: str) -> None:
    assert guarded(text) == text


def test_csv_has_a_line_per_member_state_and_text() -> None:
    found = lines(FULL)
    assert tuple(found[0]) == COLUMNS
    assert len(found) == 195 * 2
    (french,) = (each for each in found if (each["iso3"], each["text"]) == ("FRA", "Y.1"))
    assert french["opinion"] == "does_not_assign"
    assert french["basis"] == "standing"
    assert french["received_at"] == "2026-04-10T12:00:02Z"
    assert french["in_percentage"] == "yes"


def test_csv_is_what_excel_takes_for_utf_8() -> None:
    assert csv_file(FULL).startswith(b"\xef\xbb\xbf")
    assert "Côte d'Ivoire" in {each["member_state"] for each in lines(FULL)}


def test_json_has_everything_under_its_keys() -> None:
    found = json.loads(json_file(FULL))
    assert found["tally"] == tally_as_json(FULL.tally)
    assert found["as_of"] == "2026-05-10T12:00:00Z"
    assert found["circular"]["meeting"]["first_day"] == "2026-05-12"
    assert [each["reference"] for each in found["replies"]] == [
        "C106-CHE-1",
        "C106-FRA-2",
        "C106-DEU-3",
    ]
    assert found["texts"][0]["does_not_assign"] == ["France"]
    assert found["texts"][0]["contributions"][0]["files"] == [
        "attachments/01-Y.1/C106-FRA-2_Motifs.docx"
    ]
    assert len(found["states"]) == 195
    assert len(found["no_reply"]) == 191


def test_the_document_tells_results_and_who_said_what() -> None:
    text = document_text(FULL)
    for said in (
        "Results of the consultation of Member States by TSB Circular 106",
        "Geneva, 12-21 May 2026",
        "2 of 194 Member States have given an opinion on at least one text.",
        "not in the count: 1 under review by the secretariat.",
        "1 of 2 replies (50 %) support it",
        "France (C106-FRA-2, does not assign)",
        "Attachment: C106-FRA-2_Motifs.docx (2 kB)",
        "Germany (C106-DEU-3)",
    ):
        assert said in text


def test_the_document_names_no_addresses() -> None:
    assert "@" not in document_text(FULL)


def test_the_document_repeats_its_headings_and_has_its_pictures() -> None:
    document = docx.Document(io.BytesIO(meeting_document(FULL)))
    assert len(document.inline_shapes) == 3
    assert document.element.body.findall(".//" + qn("w:tblHeader"))
    assert document.core_properties.author == "TSB"


@pytest.mark.parametrize("words", LANGUAGES)
def test_names_and_words_of_every_language_are_in_every_format(words: str) -> None:
    results = hostile(words)
    assert words in document_text(results)
    assert words in json_file(results).decode()
    assert any(words in row for row in cells(sheets(results)["No reply"]))


def test_words_from_right_to_left_are_set_so() -> None:
    document = docx.Document(io.BytesIO(meeting_document(hostile("أسباب الرأي: Y.1"))))
    backwards = document.element.body.findall(".//" + qn("w:bidi"))
    # Its reasons, on each of the two texts, and the name of the one under review.
    assert len(backwards) == 3
    for each in backwards:
        after = [element.tag for element in each.itersiblings()]
        assert qn("w:pStyle") not in after
        assert qn("w:keepNext") not in after
    assert not right_to_left("Y.1: أسباب")
    assert not right_to_left("123")


@pytest.mark.parametrize("results", [EMPTY, NO_TEXTS], ids=["no replies", "no texts"])
def test_an_empty_consultation_has_every_format(results: Results) -> None:
    assert len(sheets(results).sheetnames) == 5
    assert json.loads(json_file(results))["replies"] == []
    assert len(lines(results)) == 195 * len(results.texts)
    assert "0 of 194 Member States" in document_text(results)


def test_more_words_than_a_cell_holds_are_cut_and_it_is_said() -> None:
    results = make_results(
        says(1, "CHE", "DD"),
        written={1: Written(words=(Words(source="form", text="a" * 40_000, texts=()),))},
    )
    (row,) = cells(sheets(results)["Replies"])[1:]
    said = row[-1]
    assert isinstance(said, str)
    assert len(said) == LONGEST
    assert said.endswith("cut]")


def test_the_same_results_give_the_same_bytes() -> None:
    assert workbook(FULL) == workbook(FULL)
    assert csv_file(FULL) == csv_file(FULL)
    assert json_file(FULL) == json_file(FULL)


@settings(max_examples=5, deadline=None)
@given(st.text(st.characters(exclude_categories=[]), max_size=60))
def test_any_text_can_be_set_in_any_format(text: str) -> None:
    results = hostile(text)
    assert sheets(results)
    assert document_text(results)
    assert json.loads(json_file(results))
    assert lines(results)


@pytest.mark.parametrize("text", ["\x00\x08\x1b", "\ud800", "\ufffe", "a\x0bb", "\u202eevil"])
def test_what_no_document_can_hold_is_left_out(text: str) -> None:
    results = hostile(text)
    assert sheets(results)
    assert document_text(results)
    assert json.loads(json_file(results))

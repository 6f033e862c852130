"""The PDF form maker: digital forms hold their text and boxes, scans hold only pictures."""

import io
import re

import pikepdf
import pypdfium2
import pytest

from bot.consultation.circular import Circular
from bot.demo.form_letter import Answer
from bot.demo.pdf_forms import PDF_LANGUAGES, PdfLayout, PdfMarking, make_pdf_form
from bot.demo.scanned_forms import make_scanned_form


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return re.sub(r"\s+", " ", " ".join(pages))


def _answers(circular: Circular) -> dict[str, Answer]:
    kinds = (Answer.ASSIGN_NONE, Answer.ASSIGN_ATTACHED, Answer.DENY)
    return {
        text.designation: kinds[place % len(kinds)] for place, text in enumerate(circular.texts)
    }


def _operators(pdf: bytes, operator: str) -> list[list[object]]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [
            list(instruction.operands)
            for page in opened.pages
            for instruction in pikepdf.parse_content_stream(page)
            if str(instruction.operator) == operator
        ]


def _fields(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [str(field.get("/V")) for field in opened.Root.AcroForm.Fields.as_list()]


@pytest.mark.parametrize("layout", list(PdfLayout))
@pytest.mark.parametrize("language", PDF_LANGUAGES)
def test_a_form_names_the_circular_and_every_text(
    circular: Circular, language: str, layout: PdfLayout
) -> None:
    text = _text(make_pdf_form(circular, {}, language=language, layout=layout))
    assert "106" in text
    assert all(each.designation in text for each in circular.texts)


@pytest.mark.parametrize("layout", list(PdfLayout))
@pytest.mark.parametrize("keep_rows", [True, False], ids=["rows kept", "rows broken"])
def test_forty_boxes_are_drawn(circular: Circular, layout: PdfLayout, keep_rows: bool) -> None:
    pdf = make_pdf_form(circular, {}, layout=layout, keep_rows=keep_rows)
    assert len(_operators(pdf, "re")) == 40


@pytest.mark.parametrize(
    ("marking", "operator", "each"),
    [
        pytest.param(PdfMarking.DRAWN_CROSS, "l", 2, id="two lines"),
        pytest.param(PdfMarking.DRAWN_TICK, "l", 2, id="polyline of two"),
        pytest.param(PdfMarking.FILLED, "re", 1, id="filled square"),
        pytest.param(PdfMarking.DINGBAT_CROSS, "Tj", 1, id="dingbat cross"),
        pytest.param(PdfMarking.DINGBAT_TICK, "Tj", 1, id="dingbat tick"),
        pytest.param(PdfMarking.TYPED_X, "Tj", 1, id="letter"),
    ],
)
def test_a_tick_is_drawn_for_each_ticked_box(
    circular: Circular, marking: PdfMarking, operator: str, each: int
) -> None:
    ticked = make_pdf_form(circular, _answers(circular), marking=marking)
    empty = make_pdf_form(circular, {}, marking=marking)
    drawn = len(_operators(ticked, operator)) - len(_operators(empty, operator))
    assert drawn == 17 * each


def test_fields_say_what_is_ticked(circular: Circular) -> None:
    values = _fields(make_pdf_form(circular, _answers(circular), marking=PdfMarking.FIELD))
    assert (len(values), values.count("/Yes")) == (40, 17)


def test_rows_that_may_break_take_no_more_pages(circular: Circular) -> None:
    pages = [
        len(pypdfium2.PdfDocument(make_pdf_form(circular, {}, keep_rows=keep)))
        for keep in (False, True)
    ]
    assert 1 < pages[0] <= pages[1]


def test_a_language_that_the_fonts_cannot_show_is_refused(circular: Circular) -> None:
    with pytest.raises(ValueError, match="no PDF form in 'ru'"):
        make_pdf_form(circular, {}, language="ru")


def test_an_answer_without_ticks_is_refused(circular: Circular) -> None:
    with pytest.raises(ValueError, match="struck out"):
        make_pdf_form(circular, {"Y.4241": Answer.STRUCK})


def test_the_same_form_is_the_same_bytes(circular: Circular) -> None:
    for marking in (PdfMarking.DRAWN_CROSS, PdfMarking.FIELD):
        one, other = (
            make_pdf_form(circular, _answers(circular), marking=marking) for _ in range(2)
        )
        assert one == other


@pytest.mark.slow
def test_a_scan_holds_one_picture_a_page_and_no_text(circular: Circular) -> None:
    scan = make_scanned_form(circular, _answers(circular))
    assert _text(scan).strip() == ""
    with pikepdf.open(io.BytesIO(scan)) as opened:
        assert [len(page.get_images()) for page in opened.pages] == [1, 1, 1]
    assert scan == make_scanned_form(circular, _answers(circular))
    assert scan != make_scanned_form(circular, _answers(circular), seed=2)

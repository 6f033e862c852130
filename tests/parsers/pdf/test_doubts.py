"""Whatever a careful clerk would look at twice in a PDF form is left to a person, with its reason."""

from collections.abc import Callable, Mapping

import pytest
from pikepdf import Array, String
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from parsers.reading import Doubt
from parsers.registry import read
from tests.support.pdf import (
    LABELS,
    BoxPlace,
    annotated,
    cropped,
    cross,
    draw_form,
    figure,
    ink,
    typed,
    with_fields,
)
from tests.support.pdf_reading import doubts_of, rows_of

ANSWERS = {"Y.4241": {0, 1}, "Y.4242": {3}, "Y.4243": {0, 2}, "Y.4420": set()}
Places = Mapping[tuple[str, int], BoxPlace]


def _white_letter(canvas: Canvas, boxes: Places) -> None:
    at = boxes["Y.4420", 3]
    canvas.setFillGray(1)
    canvas.setFont("Helvetica-Bold", 9)
    canvas.drawString(at.left + 1, at.bottom + 1.4, "X")


def _tiny_letter(canvas: Canvas, boxes: Places) -> None:
    at = boxes["Y.4420", 3]
    canvas.setFont("Helvetica", 1)
    canvas.drawString(at.left + 4, at.bottom + 4, "X")


def _cover(canvas: Canvas, boxes: Places) -> None:
    at = boxes["Y.4241", 0]
    canvas.setFillGray(1)
    canvas.rect(at.left + 1, at.bottom + 1, 7, 7, stroke=0, fill=1)


def _cover_box(canvas: Canvas, boxes: Places) -> None:
    at = boxes["Y.4420", 0]
    canvas.setFillGray(1)
    canvas.rect(at.left - 2, at.bottom - 2, 14, 14, stroke=0, fill=1)


def _faint_cross(canvas: Canvas, boxes: Places) -> None:
    at = boxes["Y.4420", 0]
    canvas.setStrokeGray(0.9)
    cross(canvas, at.left, at.bottom)


def _dot(canvas: Canvas, boxes: Places) -> None:
    at = boxes["Y.4420", 0]
    canvas.circle(at.left + 4.5, at.bottom + 4.5, 0.7, fill=1)


def _dash(canvas: Canvas, boxes: Places) -> None:
    at = boxes["Y.4420", 0]
    canvas.line(at.left + 1, at.bottom + 4.5, at.left + 8, at.bottom + 4.5)


def _cross_twice(canvas: Canvas, boxes: Places) -> None:
    at = boxes["Y.4241", 0]
    for shift in (0, 0.7, 1.4):
        cross(canvas, at.left + shift, at.bottom)


def _wrong_letter(canvas: Canvas, boxes: Places) -> None:
    at = boxes["Y.4420", 0]
    canvas.setFont("Helvetica", 8)
    canvas.drawString(at.left + 2, at.bottom + 2, "N")


def _strike(canvas: Canvas, boxes: Places) -> None:
    at = boxes["Y.4242", 0]
    canvas.line(at.left + 10, at.bottom + 5, at.left + 290, at.bottom + 5)


def _strike_whole_row(canvas: Canvas, boxes: Places) -> None:
    at = boxes["Y.4242", 0]
    canvas.line(51, at.bottom + 5, 544, at.bottom + 5)


def _ring(canvas: Canvas, boxes: Places) -> None:
    at = boxes["Y.4242", 1]
    canvas.ellipse(at.left + 12, at.bottom - 5, at.left + 200, at.bottom + 14)


def _letter_after_label(canvas: Canvas, boxes: Places) -> None:
    at = boxes["Y.4242", 1]
    canvas.setFont("Helvetica", 9)
    canvas.drawString(at.left + 220, at.bottom + 2, "X")


def _image_mark(canvas: Canvas, boxes: Places) -> None:
    at = boxes["Y.4420", 0]
    canvas.drawImage(_stroke((60, 60)), at.left, at.bottom, 10, 10, mask="auto")


def _signature_over(canvas: Canvas, boxes: Places) -> None:
    at = boxes["Y.4242", 2]
    canvas.drawImage(_stroke((300, 100)), at.left + 30, at.bottom - 20, 200, 50, mask="auto")


def _stroke(size: tuple[int, int]) -> ImageReader:
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    width, height = size
    points = [(5, height // 2), (width // 3, height - 5), (width - 5, 5)]
    ImageDraw.Draw(image).line(points, fill=(0, 0, 120, 255), width=6)
    return ImageReader(image)


@pytest.mark.parametrize(
    ("after", "text", "doubt"),
    [
        pytest.param(_white_letter, "Y.4420", Doubt.TEXT_AND_PICTURE_DIFFER, id="white letter"),
        pytest.param(_tiny_letter, "Y.4420", Doubt.TEXT_AND_PICTURE_DIFFER, id="tiny letter"),
        pytest.param(_cover, "Y.4241", Doubt.TEXT_AND_PICTURE_DIFFER, id="mark painted over"),
        pytest.param(_cover_box, "Y.4420", Doubt.PICTURE_UNREADABLE, id="box painted over"),
        pytest.param(_faint_cross, "Y.4420", Doubt.PICTURE_UNREADABLE, id="faint cross"),
        pytest.param(_dot, "Y.4420", Doubt.AMBIGUOUS_MARK, id="dot"),
        pytest.param(_dash, "Y.4420", Doubt.AMBIGUOUS_MARK, id="dash"),
        pytest.param(_cross_twice, "Y.4241", Doubt.AMBIGUOUS_MARK, id="scribble"),
        pytest.param(_wrong_letter, "Y.4420", Doubt.AMBIGUOUS_MARK, id="letter N"),
        pytest.param(_strike, "Y.4242", Doubt.STRUCK_TEXT, id="struck label"),
        pytest.param(_strike_whole_row, "Y.4242", Doubt.STRUCK_TEXT, id="struck row"),
        pytest.param(_ring, "Y.4242", Doubt.DRAWING_OVER_FORM, id="ring round a label"),
        pytest.param(_letter_after_label, "Y.4242", Doubt.STRAY_MARK, id="X after a label"),
        pytest.param(_image_mark, "Y.4420", Doubt.TEXT_AND_PICTURE_DIFFER, id="picture of a tick"),
        pytest.param(_signature_over, "Y.4242", Doubt.DRAWING_OVER_FORM, id="signature over a row"),
    ],
)
def test_what_is_drawn_beside_the_rules_is_doubted(
    after: Callable[[Canvas, Places], None], text: str, doubt: Doubt
) -> None:
    found = doubts_of(draw_form(ANSWERS, after=after).data)
    assert list(found) == [text]
    assert doubt in found[text]


def _rect(
    at: BoxPlace, left: float, right: float, up: float = 0
) -> tuple[int, float, float, float, float]:
    return at.page, at.left + left, at.bottom + up, at.left + right, at.bottom + 10 + up


_EMPTY = draw_form({})
_AT = _EMPTY.boxes["Y.4242", 0]


@pytest.mark.parametrize(
    ("annotation", "doubt"),
    [
        pytest.param(typed(_AT, "no"), Doubt.AMBIGUOUS_MARK, id="a word typed into a box"),
        pytest.param(
            ink(_AT, stroke=[(1 + 7 * (i % 2), 1 + i * 0.3) for i in range(26)]),
            Doubt.AMBIGUOUS_MARK,
            id="scribble",
        ),
        pytest.param(
            ink(_AT, stroke=[(4, 12), (4, -60)]), Doubt.DRAWING_OVER_FORM, id="line through boxes"
        ),
        pytest.param(
            ink(_AT, stroke=[(30, 2), (80, 8), (100, 3)]),
            Doubt.DRAWING_OVER_FORM,
            id="ink over a label",
        ),
        pytest.param(
            ink(_AT, stroke=[(-185, 2), (-180, -3), (-170, 8)]),
            Doubt.DRAWING_OVER_FORM,
            id="tick in the margin",
        ),
        pytest.param(
            figure(_rect(_AT, 20, 200), "StrikeOut", "1 w 0 5 m 180 5 l S"),
            Doubt.STRUCK_TEXT,
            id="strike-out",
        ),
        pytest.param(
            figure(_rect(_AT, 20, 200), "Highlight", "1 1 0 rg 0 0 180 10 re f"),
            Doubt.HIGHLIGHTED_TEXT,
            id="highlight",
        ),
        pytest.param(
            figure(_rect(_AT, -190, -170), "Text", "", Contents=String("We object")),
            Doubt.WRITTEN_REMARK,
            id="note in the margin",
        ),
        pytest.param(
            typed(BoxPlace(0, _AT.left + 120, _AT.bottom - 18), "see letter"),
            Doubt.WRITTEN_REMARK,
            id="remark typed into a row",
        ),
        pytest.param(
            figure(_rect(_AT, 60, 180, -20), "Stamp", "2 w 0 0 m 120 10 l S"),
            Doubt.DRAWING_OVER_FORM,
            id="stamp over a row",
        ),
    ],
)
def test_an_annotation_that_is_no_plain_mark_is_doubted(
    annotation: tuple[int, dict[str, object]], doubt: Doubt
) -> None:
    found = doubts_of(annotated(_EMPTY.data, annotation))
    assert list(found) == ["Y.4242"]
    assert doubt in found["Y.4242"]


def test_a_letter_between_two_boxes_is_neithers() -> None:
    def letter(canvas: Canvas, boxes: Places) -> None:
        at = boxes["Y.4242", 1]
        canvas.rect(at.left, at.bottom - 9, 9, 9)
        canvas.setFont("Helvetica", 9)
        canvas.drawString(at.left + 1.5, at.bottom - 3, "X")

    found = doubts_of(draw_form({}, after=letter).data)
    assert Doubt.AMBIGUOUS_MARK in found["Y.4242"]


def test_a_tick_between_two_boxes_is_neithers() -> None:
    def box(canvas: Canvas, boxes: Places) -> None:
        at = boxes["Y.4242", 1]
        canvas.rect(at.left, at.bottom - 11, 9, 9)

    at = draw_form({}).boxes["Y.4242", 1]
    tick = ink(at, stroke=[(1, 2), (4, -5), (9, 4)])
    assert doubts_of(annotated(draw_form({}, after=box).data, tick))["Y.4242"]


def test_an_annotation_that_is_not_shown_changes_nothing() -> None:
    page, entries = ink(_AT)
    assert rows_of(annotated(_EMPTY.data, (page, {**entries, "F": 2})))["Y.4242"] == set()


def test_a_mark_over_a_mark_may_be_there_to_undo_it() -> None:
    form = draw_form(ANSWERS)
    found = doubts_of(annotated(form.data, ink(form.boxes["Y.4242", 3])))
    assert found == {"Y.4242": (Doubt.AMBIGUOUS_MARK,)}


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"state": lambda ticked: "/Off"}, id="value without appearance state"),
        pytest.param({"value": lambda ticked: "/Off"}, id="appearance state without value"),
        pytest.param({"value": lambda ticked: None}, id="no value"),
        pytest.param({"state": lambda ticked: None}, id="no appearance state"),
        pytest.param(
            {"value": lambda ticked: "/Other" if ticked else "/Off"}, id="value that names no state"
        ),
    ],
)
def test_a_field_that_contradicts_itself_is_doubted(
    said: dict[str, Callable[[bool], str | None]],
) -> None:
    found = doubts_of(with_fields(_EMPTY, ANSWERS, **said))  # type: ignore[arg-type]
    assert set(found) == {"Y.4241", "Y.4242", "Y.4243"}
    assert all(Doubt.FIELD_CONTRADICTS_ITSELF in doubts for doubts in found.values())


def test_a_field_that_says_other_than_what_is_drawn_under_it_is_doubted() -> None:
    found = doubts_of(with_fields(draw_form(ANSWERS), {}))
    assert set(found) == {"Y.4241", "Y.4242", "Y.4243"}


def test_a_form_with_a_text_twice_says_nothing_of_it() -> None:
    found = doubts_of(draw_form(ANSWERS, texts=["Y.4241", "Y.4242", "Y.4241"]).data)
    assert found == {"Y.4241": (Doubt.ROW_TWICE,)}


def test_texts_off_the_page_are_told() -> None:
    reading = read(cropped(draw_form(ANSWERS).data, 30, 600, 560, 820))
    assert Doubt.TEXT_AND_PICTURE_DIFFER in reading.doubts


@pytest.mark.parametrize(
    ("bottom", "height", "over"),
    [
        pytest.param(767, 12, 40, id="as high as its letters"),
        pytest.param(764, 15.5, 2, id="as high as its line, leading included"),
    ],
)
def test_a_highlighted_label_is_doubted(bottom: float, height: float, over: float) -> None:
    words = stringWidth(LABELS[0], "Helvetica", 9)

    def ground(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 1, 0)
        canvas.rect(229, bottom, words + over, height, stroke=0, fill=1)
        canvas.setFillGray(0)

    assert doubts_of(draw_form(ANSWERS, before=ground).data) == {
        "Y.4241": (Doubt.HIGHLIGHTED_TEXT,)
    }


def test_a_coloured_cell_is_no_highlight() -> None:
    def ground(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 1, 0.6)
        canvas.rect(200, 684, 345, 98, stroke=0, fill=1)
        canvas.setFillGray(0)

    found = doubts_of(draw_form(ANSWERS, before=ground).data)
    assert all(Doubt.HIGHLIGHTED_TEXT not in doubts for doubts in found.values())


@pytest.mark.parametrize("ruled", ["cells", "rows", "none"])
def test_another_order_of_the_boxes_is_read_or_doubted(ruled: str) -> None:
    labels = (
        "does not assign authority",
        "assigns authority to Study Group 20",
        "No comments or suggested changes",
        "Comments and suggested changes are attached",
    )
    form = draw_form({"Y.4241": {0}, "Y.4242": {1, 2}}, labels=labels, ruled=ruled)
    found = doubts_of(form.data)
    if ruled == "none":
        assert len(found) == 4
    else:
        assert rows_of(form.data) == {
            "Y.4241": {3},
            "Y.4242": {0, 1},
            "Y.4243": set(),
            "Y.4420": set(),
        }


def test_a_line_annotation_in_a_box_marks_it() -> None:
    at = _AT
    line = figure(
        _rect(at, 0, 9),
        "Line",
        "1.5 w 1 1 m 8 8 l S",
        L=Array([at.left + 1, at.bottom + 1, at.left + 8, at.bottom + 8]),
    )
    assert rows_of(annotated(_EMPTY.data, line))["Y.4242"] == {0}

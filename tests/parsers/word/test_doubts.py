"""What a row says beside its boxes: never a clear answer that a careful clerk would look at twice."""

from collections.abc import Sequence

import pytest

from bot.demo.word_package import word_package
from parsers.reading import Doubt
from parsers.registry import read
from tests.support.word import (
    ASSIGNS_NONE,
    BLANK,
    DENIES,
    DOWN,
    EMPTY,
    LABELS,
    ON,
    OTHERS,
    TICKED,
    cell,
    deleted,
    form,
    form_about,
    heading,
    inserted,
    options,
    p,
    row_of,
    rows,
    rows_of,
    said,
    t,
    table,
    tr,
    wrapped,
)

YES = (TICKED, TICKED, EMPTY, EMPTY)
NO = (EMPTY, EMPTY, EMPTY, TICKED)
NONE = (EMPTY, EMPTY, EMPTY, EMPTY)
PICTURE = (
    "<w:r><w:drawing><wp:anchor><wp:extent cx='100' cy='100'/><a:graphic>{}</a:graphic></wp:anchor>"
    "</w:drawing></w:r>"
)
LINE = PICTURE.format("<wps:wsp><wps:spPr><a:prstGeom prst='line'/></wps:spPr></wps:wsp>")
INK = "<w:r><w:contentPart/></w:r>"
NOTE = "<w:r><w:commentReference w:id='0'/></w:r>"
FOOTNOTE = "<w:r><w:footnoteReference w:id='2'/></w:r>"


def text_box(words: str) -> str:
    inner = f"<wps:wsp><wps:txbx><w:txbxContent>{p(t(words))}</w:txbxContent></wps:txbx></wps:wsp>"
    return PICTURE.format(inner)


def beside(*paragraphs: str, boxes: Sequence[str] = YES) -> str:
    """The row with a third column."""
    return tr(
        cell(p(t(heading("Y.4241"))), look=DOWN), cell(*options(boxes)[:3]), cell(*paragraphs)
    ) + tr(cell(look=ON), cell(options(boxes)[3]), cell())


def under_heading(*paragraphs: str, boxes: Sequence[str] = YES) -> str:
    return tr(
        cell(p(t(heading("Y.4241"))), *paragraphs, look=DOWN), cell(*options(boxes)[:3])
    ) + tr(cell(look=ON), cell(options(boxes)[3]))


def labelled(place: int, label: str, boxes: Sequence[str] = YES) -> str:
    labels = list(LABELS)
    labels[place] = label
    return rows("Y.4241", boxes, labels)


def after_label(place: int, content: str, boxes: Sequence[str] = YES) -> str:
    paragraphs = options(boxes)
    paragraphs[place] = paragraphs[place].removesuffix("</w:p>") + content + "</w:p>"
    return rows_of("Y.4241", paragraphs)


def looking(place: int, look: str, boxes: Sequence[str] = NONE) -> str:
    paragraphs = options(boxes)
    paragraphs[place] = p(boxes[place], t(LABELS[place], look))
    return rows_of("Y.4241", paragraphs)


def with_extra(place: int, paragraph: str, boxes: Sequence[str] = YES) -> str:
    paragraphs = options(boxes)
    paragraphs.insert(place, paragraph)
    return rows_of("Y.4241", paragraphs)


STRUCK = "<w:strike/>"
YELLOW = '<w:highlight w:val="yellow"/>'

REMARK = Doubt.WRITTEN_REMARK
DOUBTFUL = [
    # written in words
    pytest.param(with_extra(1, p(t("Yes"))), REMARK, id="a word in a line of its own"),
    pytest.param(with_extra(1, p(t("да"))), REMARK, id="a Russian word in a line of its own"),
    pytest.param(with_extra(1, p(t("同意"))), REMARK, id="a Chinese word in a line of its own"),
    pytest.param(labelled(0, f"{LABELS[0]} Yes", NONE), REMARK, id="a word after a label"),
    pytest.param(labelled(0, f"Yes {LABELS[0]}", NONE), REMARK, id="a word before a label"),
    pytest.param(labelled(1, f"{LABELS[1]} N/A"), REMARK, id="not applicable"),
    pytest.param(labelled(0, f"👍 {LABELS[0]}", NONE), REMARK, id="a picture character"),
    pytest.param(labelled(0, f"{LABELS[0]} *", NONE), REMARK, id="an asterisk"),
    pytest.param(labelled(1, f"{LABELS[1]} ?"), REMARK, id="a question mark"),
    pytest.param(
        labelled(0, LABELS[0].replace("this text", "parts of this text")), REMARK, id="in part"
    ),
    pytest.param(labelled(1, f"{LABELS[1]} for now"), REMARK, id="a condition"),
    pytest.param(
        rows("Y.4241", (t("→ ") + EMPTY, EMPTY, EMPTY, EMPTY)), REMARK, id="an arrow to a box"
    ),
    pytest.param(
        rows("Y.4241", (t("agreed ") + EMPTY, EMPTY, EMPTY, EMPTY)),
        REMARK,
        id="a word before a box",
    ),
    pytest.param(beside(p(t("Yes")), boxes=NONE), REMARK, id="a word in a cell beside"),
    pytest.param(
        beside(p(t("we do not agree"))), REMARK, id="words in a cell beside, against ticks"
    ),
    pytest.param(beside(wrapped(p(t("Agree"))), boxes=NONE), REMARK, id="a list's choice beside"),
    pytest.param(under_heading(p(t("Yes"))), REMARK, id="a word under the heading"),
    pytest.param(under_heading(p(t("Not approved"))), REMARK, id="words under the heading"),
    pytest.param(
        rows("Y.4241", YES)
        + tr(cell(p(t("We cannot accept this text.")), look='<w:gridSpan w:val="2"/>')),
        REMARK,
        id="a table row of words below",
    ),
    pytest.param(
        rows("Y.4241", YES)
        + tr(cell(p(t(heading("Y.4241")))), cell(p(t("does not assign authority")))),
        Doubt.ROW_TWICE,
        id="the text again, answered in words",
    ),
    pytest.param(labelled(3, f"{LABELS[3]} see also Y.4242"), REMARK, id="another text in a label"),
    pytest.param(labelled(1, f"o {LABELS[1]}", NONE), REMARK, id="a letter before a label"),
    pytest.param(labelled(1, f"{LABELS[1]} y", NONE), REMARK, id="a letter after a label"),
    pytest.param(labelled(1, f"1 {LABELS[1]}", NONE), REMARK, id="a number before a label"),
    pytest.param(labelled(1, f"+ {LABELS[1]}", NONE), REMARK, id="a plus before a label"),
    # marks that belong to no box
    pytest.param(labelled(0, f"{LABELS[0]} X", NONE), Doubt.STRAY_MARK, id="a mark after a label"),
    pytest.param(
        labelled(0, f"[x] {LABELS[0]}", NONE), Doubt.BOX_COUNT, id="a typed box beside a box"
    ),
    pytest.param(with_extra(1, p(t("X")), NONE), Doubt.BOX_COUNT, id="a mark in a line of its own"),
    pytest.param(beside(p(t("X")), boxes=NONE), Doubt.BOX_COUNT, id="a mark in a cell beside"),
    pytest.param(
        under_heading(p(t("✓")), boxes=NONE), Doubt.BOX_COUNT, id="a tick under the heading"
    ),
    pytest.param(
        rows_of(
            "Y.4241",
            [
                p(EMPTY, t(LABELS[0]), t(" X "), EMPTY, t(LABELS[1])),
                *options(NONE)[2:],
            ],
        ),
        Doubt.AMBIGUOUS_MARK,
        id="a mark between two boxes of a line",
    ),
    # struck, highlighted, set off
    pytest.param(looking(3, STRUCK), Doubt.STRUCK_TEXT, id="a label struck, nothing ticked"),
    pytest.param(looking(3, STRUCK, YES), Doubt.STRUCK_TEXT, id="a label struck beside ticks"),
    pytest.param(looking(0, YELLOW), Doubt.HIGHLIGHTED_TEXT, id="a label highlighted"),
    pytest.param(
        "".join(
            tr(
                cell(p(t(heading("Y.4241") if place == 0 else ""))),
                cell(p(EMPTY)),
                cell(p(t(label, YELLOW if place < 2 else ""))),
            )
            for place, label in enumerate(LABELS)
        ),
        Doubt.HIGHLIGHTED_TEXT,
        id="labels highlighted in cells beside their boxes",
    ),
    pytest.param(
        looking(3, YELLOW, YES), Doubt.HIGHLIGHTED_TEXT, id="highlighted against the ticks"
    ),
    pytest.param(
        looking(0, '<w:shd w:val="clear" w:fill="FFFF00"/>'), Doubt.HIGHLIGHTED_TEXT, id="shaded"
    ),
    pytest.param(looking(0, "<w:b/>"), Doubt.HIGHLIGHTED_TEXT, id="bold"),
    pytest.param(
        looking(0, '<w:rStyle w:val="Strong"/>'), Doubt.HIGHLIGHTED_TEXT, id="style Strong"
    ),
    pytest.param(looking(0, '<w:u w:val="single"/>'), Doubt.HIGHLIGHTED_TEXT, id="underlined"),
    pytest.param(looking(0, '<w:color w:val="FF0000"/>'), Doubt.HIGHLIGHTED_TEXT, id="red"),
    pytest.param(looking(0, '<w:bdr w:val="single"/>'), Doubt.HIGHLIGHTED_TEXT, id="framed"),
    pytest.param(
        tr(cell(p(t(heading("Y.4241"), STRUCK)), look=DOWN), cell(*options(YES)[:3]))
        + tr(cell(look=ON), cell(options(YES)[3])),
        Doubt.STRUCK_TEXT,
        id="the heading struck",
    ),
    pytest.param(
        labelled(3, "\u0336".join(LABELS[3]), YES), Doubt.STRUCK_TEXT, id="struck by characters"
    ),
    pytest.param(
        rows("Y.4241", (t("☐\u0338"), EMPTY, EMPTY, EMPTY)), Doubt.STRUCK_TEXT, id="a box struck so"
    ),
    # deleted, hidden, missing
    pytest.param(
        rows_of("Y.4241", [p(EMPTY, deleted(LABELS[0])), *options(NONE)[1:]]),
        Doubt.TEXT_DELETED,
        id="a label deleted, tracked",
    ),
    pytest.param(
        rows_of("Y.4241", [*options(YES)[:3], p(deleted(f"☐ {LABELS[3]}"))]),
        Doubt.TEXT_DELETED,
        id="a box with its label deleted, tracked",
    ),
    pytest.param(
        tr(cell(p(t(heading("Y.4241")))), cell(*options(YES)), look='<w:del w:id="1"/>'),
        Doubt.TEXT_DELETED,
        id="the table row deleted, tracked",
    ),
    pytest.param(labelled(3, ""), Doubt.TEXT_DELETED, id="a label gone"),
    pytest.param(
        labelled(0, LABELS[0].replace(" to Study Group 20", "")),
        Doubt.TEXT_DELETED,
        id="words gone",
    ),
    pytest.param(looking(3, "<w:vanish/>", YES), Doubt.TEXT_DELETED, id="a label hidden"),
    pytest.param(rows_of("Y.4241", options(YES)[:3]), Doubt.BOX_COUNT, id="a box gone"),
    pytest.param(rows_of("Y.4241", [*options(YES), p(EMPTY)]), Doubt.BOX_COUNT, id="a box more"),
    # drawn, noted
    pytest.param(after_label(0, LINE), Doubt.DRAWING_OVER_FORM, id="a line drawn at a label"),
    pytest.param(after_label(3, INK), Doubt.DRAWING_OVER_FORM, id="ink at a label"),
    pytest.param(under_heading(p(LINE)), Doubt.DRAWING_OVER_FORM, id="a line drawn at the heading"),
    pytest.param(
        after_label(0, text_box("X"), NONE), Doubt.DRAWING_OVER_FORM, id="a text box with X"
    ),
    pytest.param(after_label(0, text_box("We refuse")), REMARK, id="a text box with words"),
    pytest.param(after_label(0, NOTE), REMARK, id="a comment at a label"),
    pytest.param(under_heading(p(t("see note"), NOTE)), REMARK, id="a comment under the heading"),
    pytest.param(after_label(0, FOOTNOTE), REMARK, id="a footnote at a label"),
    # twice
    pytest.param(rows("Y.4241", YES) + rows("Y.4241", NO), Doubt.ROW_TWICE, id="the row twice"),
    pytest.param(rows("Y.4241", YES) * 2, Doubt.ROW_TWICE, id="the row twice, the same"),
    # order
    pytest.param(
        rows("Y.4241", (EMPTY, TICKED, TICKED, EMPTY), ["refuse", "accept", "nothing", "papers"]),
        REMARK,
        id="other words in another order",
    ),
    pytest.param(
        labelled(0, LABELS[3], NO), Doubt.LABELS_CONTRADICT_ORDER, id="the refusal's label twice"
    ),
    pytest.param(
        tr(
            cell(p(t(heading("Y.4241")))),
            cell(
                p(
                    t(LABELS[3]),
                    EMPTY,
                    t(LABELS[0]),
                    TICKED,
                    t(LABELS[1]),
                    TICKED,
                    t(LABELS[2]),
                    EMPTY,
                )
            ),
        ),
        Doubt.LABELS_CONTRADICT_ORDER,
        id="labels before their boxes, the refusal first, in one line",
    ),
    pytest.param(
        tr(cell(p(t(heading("Y.4241")))), *(cell(p(box)) for box in YES)),
        Doubt.LABELS_CONTRADICT_ORDER,
        id="boxes without any words",
    ),
]


@pytest.mark.parametrize(("row", "doubt"), DOUBTFUL)
def test_what_a_clerk_would_look_at_twice_is_left_to_a_person(row: str, doubt: Doubt) -> None:
    reading = read(form_about(row))
    assert doubt in row_of(reading).doubts


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(looking(1, YELLOW, YES), ASSIGNS_NONE, id="highlighted as it is ticked"),
        pytest.param(looking(0, "<w:b/>", YES), ASSIGNS_NONE, id="bold as it is ticked"),
        pytest.param(looking(0, '<w:color w:val="auto"/>', YES), ASSIGNS_NONE, id="usual colour"),
        pytest.param(looking(0, '<w:u w:val="none"/>', YES), ASSIGNS_NONE, id="no line"),
        pytest.param(
            rows("Y.4241 (revision of Y.4242)", YES), ASSIGNS_NONE, id="another text in parentheses"
        ),
        pytest.param(labelled(1, "No comment or suggested changes"), ASSIGNS_NONE, id="a slip"),
        pytest.param(labelled(1, "NO COMMENTS or suggested changes."), ASSIGNS_NONE, id="capitals"),
        pytest.param(rows("Y.4241", NONE), BLANK, id="nothing"),
        pytest.param(
            rows_of(
                "Y.4241",
                [*options(NO)[:3], p(TICKED, t(LABELS[3][:30]), inserted(t(LABELS[3][30:])))],
            ),
            DENIES,
            id="a label typed again with tracking",
        ),
        pytest.param(under_heading(p()), ASSIGNS_NONE, id="an empty line"),
        pytest.param(under_heading(p(t("12"))), ASSIGNS_NONE, id="a number"),
    ],
)
def test_what_says_nothing_more_is_no_doubt(row: str, expected: set[object]) -> None:
    assert said(row_of(read(form_about(row)))) == expected


def test_labels_set_off_in_a_form_without_any_mark_may_be_its_answers() -> None:
    bold = [p(EMPTY, t(LABELS[n], "<w:b/>" if n < 2 else "")) for n in range(4)]
    reading = read(
        form(table("".join(rows_of(name, bold) for name in ("Y.4241", "Y.4242", "Y.4243"))))
    )
    assert all(Doubt.HIGHLIGHTED_TEXT in row.doubts for row in reading.rows)


def test_words_that_the_form_sets_off_in_each_of_its_rows_are_no_answer() -> None:
    def emphatic(boxes: Sequence[str]) -> list[str]:
        return [p(box, t(LABELS[n][:7], "<w:b/>"), t(LABELS[n][7:])) for n, box in enumerate(boxes)]

    answers = {"Y.4241": YES, "Y.4242": NO, "Y.4243": YES}
    reading = read(form(table("".join(rows_of(n, emphatic(b)) for n, b in answers.items()))))
    assert [said(row) for row in reading.rows] == [ASSIGNS_NONE, DENIES, ASSIGNS_NONE]


FRAMED = '<w:framePr w:w="300" w:hAnchor="page" w:x="900" w:y="5000"/>'


@pytest.mark.parametrize("shape", [LINE, INK, text_box("X")], ids=["line", "ink", "mark in a box"])
def test_a_shape_anchored_just_over_the_table_may_run_over_any_row(shape: str) -> None:
    reading = read(form(p(shape), table(rows("Y.4241", YES) + OTHERS)))
    assert all(Doubt.DRAWING_OVER_FORM in row.doubts for row in reading.rows)


def test_a_mark_in_a_frame_may_lie_over_any_row() -> None:
    reading = read(form(p(t("X"), look=FRAMED), table(rows("Y.4241", YES) + OTHERS)))
    assert all(Doubt.DRAWING_OVER_FORM in row.doubts for row in reading.rows)


def rising(offset: int) -> str:
    position = f"<wp:positionV relativeFrom='paragraph'><wp:posOffset>{offset}</wp:posOffset></wp:positionV>"
    return LINE.replace("<wp:extent", f"{position}<wp:extent")


OLD_LINE = "<w:r><w:pict><v:line style='position:absolute;margin-top:-90pt;width:400pt;height:0'/></w:pict></w:r>"


@pytest.mark.parametrize(
    ("below", "doubted"),
    [
        pytest.param(p(rising(-2_000_000)), True, id="far up"),
        pytest.param(p(OLD_LINE), True, id="far up, the old way"),
        pytest.param(p() * 9 + p(rising(-1_000_000)), False, id="not so far up as the table"),
        pytest.param(p(rising(100_000)), False, id="down"),
    ],
)
def test_a_shape_anchored_under_the_table_may_rise_into_it(below: str, doubted: bool) -> None:
    reading = read(form(table(rows("Y.4241", YES) + OTHERS), below))
    assert (Doubt.DRAWING_OVER_FORM in row_of(reading).doubts) is doubted


def test_a_picture_over_the_letter_or_under_the_form_is_no_doubt() -> None:
    logo = PICTURE.format("<pic:pic xmlns:pic='urn:picture'/>")
    reading = read(form(p(logo), p(), p(), table(rows("Y.4241", YES) + OTHERS), p(INK)))
    assert said(row_of(reading)) == ASSIGNS_NONE
    assert reading.doubts == ()


def test_an_old_and_a_new_copy_of_the_form_leave_every_row_to_a_person() -> None:
    reading = read(form(table(rows("Y.4241", YES) + OTHERS), table(rows("Y.4241", NO) + OTHERS)))
    assert [Doubt.ROW_TWICE in row.doubts for row in reading.rows] == [True] * 4


@pytest.mark.parametrize(
    "elsewhere",
    [
        pytest.param(
            p(t("Our Administration does not assign authority for Y.4241.")), id="sentence"
        ),
        pytest.param(
            table(tr(cell(p(t("Y.4241"))), cell(p(t("We do not assign authority"))))), id="table"
        ),
    ],
)
def test_a_sentence_that_says_the_opposite_leaves_its_row_to_a_person(elsewhere: str) -> None:
    reading = read(form(table(rows("Y.4241", YES) + OTHERS), elsewhere))
    assert Doubt.WRITTEN_REMARK in row_of(reading).doubts
    assert said(row_of(reading, "Y.4242")) == ASSIGNS_NONE


REFUSAL = p(t("Our Administration does not assign authority for these texts."))


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_a_sentence_that_refuses_all_texts_is_held_against_each_tick(before: bool) -> None:
    rows_ = table("".join(rows(name, YES) for name in ("Y.4241", "Y.4242", "Y.4243")))
    reading = read(form(REFUSAL, rows_) if before else form(rows_, REFUSAL))
    assert [row.doubts for row in reading.rows] == [(Doubt.WRITTEN_REMARK,)] * 3


def test_a_sentence_that_refuses_is_about_the_text_that_is_refused() -> None:
    reading = read(form(table(rows("Y.4241", YES) + OTHERS), REFUSAL))
    assert [said(row) is None for row in reading.rows] == [False] * 4


def test_a_circular_round_its_form_is_no_answer() -> None:
    circular = p(t("A Member State that does not assign authority gives its reasons. ")) * 120
    rows_ = table("".join(rows(name, YES) for name in ("Y.4241", "Y.4242")))
    assert [said(row) for row in read(form(circular, rows_)).rows] == [ASSIGNS_NONE] * 2


def test_a_mark_in_the_head_of_the_form_is_noted() -> None:
    head = tr(cell(p(t("Text"))), cell(p(t("☒ yes"))))
    assert Doubt.BOXES_WITHOUT_TEXT in read(form(table(head + OTHERS))).doubts
    head = tr(cell(p(t("Text"))), cell(p(t("Mark your choice ☒"))))
    assert read(form(table(head + OTHERS))).doubts == ()


@pytest.mark.parametrize("boxes", [YES, NONE], ids=["ticked", "blank"])
@pytest.mark.parametrize("words", ["Yes", "we refuse", "除外"])
def test_a_form_of_one_row_has_no_other_to_be_held_against(
    words: str, boxes: Sequence[str]
) -> None:
    for row in (
        rows("Y.4241", boxes, [f"{LABELS[0]} {words}", *LABELS[1:]]) if words == "Yes" else None,
        beside(p(t(words)), boxes=boxes),
        under_heading(p(t(words)), boxes=boxes),
    ):
        if row is not None:
            assert said(row_of(read(form(table(row))))) is None
    assert said(row_of(read(form(table(rows("Y.4241", boxes)))))) is not None


def test_words_of_a_header_or_note_are_never_a_heading_of_boxes() -> None:
    reading = read(form(table(tr(cell(p(t(heading("Y.4241")))), cell(*options(YES)))), p(FOOTNOTE)))
    assert [row.designation for row in reading.rows] == ["Y.4241"]


@pytest.mark.parametrize(
    ("body", "doubt"),
    [
        pytest.param(
            p(PICTURE.replace("'100'", "'6000000'").format("<pic:pic xmlns:pic='urn:picture'/>")),
            Doubt.SCAN,
            id="a picture of a page",
        ),
        pytest.param(
            p("<w:r><w:pict><v:shape style='width:450pt;height:600pt'/></w:pict></w:r>"),
            Doubt.SCAN,
            id="an old picture of a page",
        ),
        pytest.param(
            p("<w:r><w:object><v:shape style='width:50pt;height:50pt'/></w:object></w:r>"),
            Doubt.FORMAT_NOT_READ,
            id="an embedded file",
        ),
        pytest.param(p(PICTURE.format("")), Doubt.NO_FORM, id="a logo"),
        pytest.param(p(t("Please find our reply attached.")), Doubt.NO_FORM, id="a letter"),
    ],
)
def test_a_document_without_boxes_says_what_it_is_instead(body: str, doubt: Doubt) -> None:
    reading = read(word_package(p(t("TSB Circular 106")) + body))
    assert reading.doubts == (doubt,)
    assert reading.rows == ()
    assert (reading.error is None) == (doubt is Doubt.NO_FORM)

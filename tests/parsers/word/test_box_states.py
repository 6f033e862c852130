"""Every way in which a box of a Word form says that it is marked: one row of a table each."""

import pytest

from parsers.reading import BoxRole, Doubt
from parsers.registry import read
from tests.support.word import (
    EMPTY,
    TICKED,
    control,
    deleted,
    font,
    form_about,
    form_field,
    inserted,
    row_of,
    rows,
    said,
    symbol,
    t,
    wrapped,
)

MARKED = [
    pytest.param(TICKED, id="w:checked without value, against w:default"),
    pytest.param(form_field('<w:checked w:val="1"/>'), id="w:checked 1"),
    pytest.param(form_field('<w:checked w:val="true"/>'), id="w:checked true"),
    pytest.param(form_field('<w:checked w:val="on"/>'), id="w:checked on"),
    pytest.param(form_field('<w:default w:val="1"/>'), id="w:default 1 alone"),
    pytest.param(form_field("<w:default/>"), id="w:default without value"),
    pytest.param(form_field("", result=t("X")), id="X typed into the field's result"),
    pytest.param(
        form_field("<w:checked/>", result=t("☒")), id="field whose result shows the cross"
    ),
    pytest.param(control("1", t("☒")), id="content control 1"),
    pytest.param(control("true", t("☒")), id="content control true"),
    pytest.param(control("1", t("☑")), id="content control with another ticked glyph"),
    pytest.param(control("1", t("☒", font("MS Gothic"))), id="content control with a font"),
    pytest.param(
        control("1", symbol("Wingdings", "F0FE"), states=("00FE", "00A8")),
        id="content control shown by Wingdings",
    ),
    pytest.param(wrapped(TICKED), id="field within a plain content control"),
    pytest.param(t("☒"), id="crossed ballot box"),
    pytest.param(t("☑"), id="ticked ballot box"),
    pytest.param(t("■"), id="filled square"),
    pytest.param(symbol("Wingdings", "F0FE"), id="w:sym of Wingdings, raised code"),
    pytest.param(symbol("Wingdings", "00FD"), id="w:sym of Wingdings, plain code"),
    pytest.param(symbol("Wingdings 2", "F052"), id="w:sym of Wingdings 2, tick"),
    pytest.param(symbol("Wingdings 2", "F054"), id="w:sym of Wingdings 2, cross"),
    pytest.param(t("\u00fe", font("Wingdings")), id="character in Wingdings"),
    pytest.param(t("R", font("Wingdings 2")), id="character in Wingdings 2"),
    pytest.param(t("X"), id="X in the place of the box"),
    pytest.param(t("✓"), id="tick in the place of the box"),
    pytest.param(symbol("Wingdings", "F0FC"), id="tick of Wingdings in the place of the box"),
    pytest.param(t("[X]"), id="[X]"),
    pytest.param(t("[ x ]"), id="[ x ]"),
    pytest.param(t("[") + t("X") + t("]"), id="[X] in three runs"),
    pytest.param(t("( x )"), id="( x )"),
    pytest.param(t("［Ｘ］"), id="full-width brackets"),
    pytest.param(t("[х]"), id="Cyrillic x in brackets"),
    pytest.param(t("[✓]"), id="tick in brackets"),
    pytest.param(t("__X__"), id="X on a rule"),
    pytest.param(EMPTY + t(" X"), id="X after an empty box"),
    pytest.param(t("X ") + EMPTY, id="X before an empty box"),
    pytest.param(t("X") + t("☐"), id="X before an empty character"),
    pytest.param(symbol("Wingdings", "F0FC") + EMPTY, id="tick of Wingdings beside an empty box"),
    pytest.param(EMPTY + inserted(t(" X")), id="X beside as a tracked insertion"),
    pytest.param(
        deleted("☐") + inserted(t("☒")), id="empty box replaced by a crossed one, tracked"
    ),
    pytest.param(
        control("1", deleted("☐") + inserted(t("☒"))), id="content control ticked while tracking"
    ),
    pytest.param(inserted(TICKED), id="field in a tracked insertion"),
]

EMPTY_ONES = [
    pytest.param(EMPTY, id="w:default 0"),
    pytest.param(form_field(""), id="neither w:checked nor w:default"),
    pytest.param(
        form_field('<w:default w:val="1"/><w:checked w:val="0"/>'), id="checked 0, default 1"
    ),
    pytest.param(form_field('<w:checked w:val="false"/>'), id="w:checked false"),
    pytest.param(form_field('<w:checked w:val="off"/>'), id="w:checked off"),
    pytest.param(control("0", t("☐")), id="content control 0"),
    pytest.param(control(None, t("☐")), id="content control without a state"),
    pytest.param(t("☐"), id="empty ballot box"),
    pytest.param(t("□"), id="white square"),
    pytest.param(symbol("Wingdings", "F0A8"), id="w:sym of Wingdings"),
    pytest.param(symbol("Wingdings", "F06F"), id="w:sym of Wingdings, another box"),
    pytest.param(symbol("Wingdings 2", "F0A3"), id="w:sym of Wingdings 2"),
    pytest.param(t("\u00a8", font("Wingdings")), id="character in Wingdings"),
    pytest.param(t("[ ]"), id="[ ]"),
    pytest.param(t("(   )"), id="(   )"),
    pytest.param(t("____"), id="a rule"),
]

DOUBTFUL = [
    pytest.param(
        form_field('<w:checked w:val="maybe"/>'),
        Doubt.FIELD_CONTRADICTS_ITSELF,
        id="w:checked maybe",
    ),
    pytest.param(
        form_field('<w:checked/><w:checked w:val="0"/>'),
        Doubt.FIELD_CONTRADICTS_ITSELF,
        id="w:checked twice",
    ),
    pytest.param(form_field(data=False), Doubt.FIELD_CONTRADICTS_ITSELF, id="field without data"),
    pytest.param(
        form_field("", result=t("☒")),
        Doubt.FIELD_CONTRADICTS_ITSELF,
        id="empty field showing a cross",
    ),
    pytest.param(
        control("1", t("☐")), Doubt.FIELD_CONTRADICTS_ITSELF, id="control 1 showing empty"
    ),
    pytest.param(
        control("0", t("☒")), Doubt.FIELD_CONTRADICTS_ITSELF, id="control 0 showing a cross"
    ),
    pytest.param(
        control("7", t("☒")), Doubt.FIELD_CONTRADICTS_ITSELF, id="control neither 0 nor 1"
    ),
    pytest.param(
        control("1", t("yes")), Doubt.FIELD_CONTRADICTS_ITSELF, id="control showing a word"
    ),
    pytest.param(control("1", t("☒")) + EMPTY, Doubt.BOX_COUNT, id="control beside a field"),
    pytest.param(control("1", TICKED), Doubt.BOX_COUNT, id="control round a field"),
    pytest.param(t("☒☐"), Doubt.BOX_COUNT, id="two characters"),
    pytest.param(t("●"), Doubt.AMBIGUOUS_MARK, id="round mark"),
    pytest.param(t("[yes]"), Doubt.AMBIGUOUS_MARK, id="answer in brackets"),
    pytest.param(EMPTY + t(" v"), Doubt.AMBIGUOUS_MARK, id="v beside an empty box"),
    pytest.param(t("X", font("Wingdings")), Doubt.AMBIGUOUS_MARK, id="X that shows another sign"),
    pytest.param(t("\uf0a8"), Doubt.AMBIGUOUS_MARK, id="private character without its font"),
    pytest.param(t("☒", "<w:strike/>"), Doubt.STRUCK_TEXT, id="struck cross"),
    pytest.param(t("☒", "<w:dstrike/>"), Doubt.STRUCK_TEXT, id="doubly struck cross"),
    pytest.param(
        form_field("<w:checked/>", look="<w:strike/>"), Doubt.STRUCK_TEXT, id="struck field"
    ),
    pytest.param(EMPTY + t(" X", "<w:strike/>"), Doubt.STRUCK_TEXT, id="struck X beside"),
    pytest.param(
        form_field("<w:checked/>", look="<w:vanish/>"), Doubt.AMBIGUOUS_MARK, id="hidden field"
    ),
    pytest.param(EMPTY + t("X", "<w:vanish/>"), Doubt.AMBIGUOUS_MARK, id="hidden X beside"),
    pytest.param(
        t("☒", "<w:vanish/>") + t("☐"), Doubt.AMBIGUOUS_MARK, id="hidden cross, empty shown"
    ),
    pytest.param(
        EMPTY + t(" X", '<w:color w:val="FFFFFF"/>'), Doubt.AMBIGUOUS_MARK, id="X in white"
    ),
    pytest.param(EMPTY + deleted(" X"), Doubt.TEXT_DELETED, id="X deleted again, tracked"),
    pytest.param(
        control("0", deleted("☒") + inserted(t("☐"))),
        Doubt.TEXT_DELETED,
        id="content control emptied while tracking",
    ),
    pytest.param(deleted("☒") + inserted(t("☐")), Doubt.TEXT_DELETED, id="cross replaced by empty"),
    pytest.param(
        f"<w:moveFrom>{t('☒')}</w:moveFrom><w:moveTo>{t('☐')}</w:moveTo>",
        Doubt.TEXT_DELETED,
        id="moved away",
    ),
    pytest.param(f"<w:del>{TICKED}</w:del>{EMPTY}", Doubt.TEXT_DELETED, id="ticked field deleted"),
    pytest.param(
        f"<w:del>{EMPTY}</w:del>", Doubt.TEXT_DELETED, id="field deleted, nothing instead"
    ),
    pytest.param(
        f"<w:del>{symbol('Wingdings', 'F0FE')}</w:del>{EMPTY}",
        Doubt.TEXT_DELETED,
        id="sign deleted",
    ),
    pytest.param("", Doubt.BOX_COUNT, id="no box at all"),
]


@pytest.mark.parametrize("box", MARKED)
def test_a_box_that_is_marked_in_any_usual_way_is_read_as_marked(box: str) -> None:
    row = row_of(read(form_about(rows("Y.4241", (box, EMPTY, TICKED, EMPTY)))))
    assert said(row) == {BoxRole.ASSIGNS, BoxRole.COMMENTS_ATTACHED}


@pytest.mark.parametrize("box", EMPTY_ONES)
def test_a_box_that_is_left_alone_is_read_as_empty(box: str) -> None:
    row = row_of(read(form_about(rows("Y.4241", (box, TICKED, EMPTY, TICKED)))))
    assert said(row) == {BoxRole.NO_COMMENTS, BoxRole.DOES_NOT_ASSIGN}


@pytest.mark.parametrize(("box", "doubt"), DOUBTFUL)
@pytest.mark.parametrize("place", range(4))
def test_a_box_that_nobody_can_be_sure_of_leaves_its_row_to_a_person(
    box: str, doubt: Doubt, place: int
) -> None:
    boxes = [EMPTY, EMPTY, EMPTY, EMPTY]
    boxes[place] = box
    reading = read(form_about(rows("Y.4241", boxes)))
    assert doubt in row_of(reading).doubts
    assert said(row_of(reading, "Y.4242")) == {BoxRole.ASSIGNS, BoxRole.NO_COMMENTS}


def test_the_evidence_names_what_was_seen_and_where() -> None:
    row = row_of(read(form_about(rows("Y.4241", (EMPTY + t(" X"), TICKED, EMPTY, EMPTY)))))
    (_, first), (_, second), *_ = row.boxes
    assert (first.kind, first.how) == ("legacy-field", "w:default val=0; X typed beside it")
    assert (second.kind, second.how) == ("legacy-field", "w:checked")
    assert first.place.path == "table 1, row 1, cell 2"
    assert second.label == "No comments or suggested changes"

"""Boxes and marks in one line of text, whatever the format that it came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.mark_characters import box_character, is_symbol_font, mark_character, shown_character
from parsers.marks import TextPiece, find_boxes
from parsers.reading import Box, Doubt, Mark
from parsers.stray_marks import stray_marks

EMPTY, MARKED, DOUBTFUL = Mark.EMPTY, Mark.MARKED, Mark.DOUBTFUL
FIELD = Box(mark=EMPTY, kind="field", how="a field")
TICKED = Box(mark=MARKED, kind="field", how="a ticked field")


def marks(*pieces: str | Box) -> list[Mark]:
    found = find_boxes([TextPiece(each) if isinstance(each, str) else each for each in pieces])
    return [item.mark for item in found if isinstance(item, Box)]


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        pytest.param(["☐ No comments"], [EMPTY], id="empty character"),
        pytest.param(["☒ No comments"], [MARKED], id="crossed character"),
        pytest.param(["☐ one ☒ two ☐ three"], [EMPTY, MARKED, EMPTY], id="three in a line"),
        pytest.param(["☐X No comments"], [MARKED], id="X grown to the box"),
        pytest.param(["☐ X No comments"], [MARKED], id="X after the box"),
        pytest.param(["X ☐ No comments"], [MARKED], id="X before the box"),
        pytest.param(["☐ ✓ No comments"], [MARKED], id="tick after the box"),
        pytest.param(["☐✓✓ No comments"], [MARKED], id="two ticks"),
        pytest.param(["☐XNo comments"], [DOUBTFUL], id="X grown to the label"),
        pytest.param(["☐ v No comments"], [DOUBTFUL], id="v after the box"),
        pytest.param(["☒ X No comments"], [MARKED], id="X beside a marked box"),
        pytest.param(["☐ one X ☐ two"], [DOUBTFUL, DOUBTFUL], id="X between two"),
        pytest.param(["☐ X ☐ two"], [DOUBTFUL, DOUBTFUL], id="X right between two"),
        pytest.param(["[ ] one"], [EMPTY], id="brackets"),
        pytest.param(["[] one"], [], id="brackets with nothing"),
        pytest.param(["[X] one [ ] two"], [MARKED, EMPTY], id="brackets in a line"),
        pytest.param(["[x]one"], [MARKED], id="brackets grown to the label"),
        pytest.param(["[\u00a0×\u00a0] one"], [MARKED], id="a sign in brackets"),
        pytest.param(["[V] one"], [MARKED], id="V in brackets"),
        pytest.param(["(v) one"], [DOUBTFUL], id="v in parentheses: a numeral"),
        pytest.param(["(x) one"], [MARKED], id="x in parentheses"),
        pytest.param(["( ) one"], [EMPTY], id="parentheses"),
        pytest.param(["comments (x) are welcome"], [], id="parentheses within a sentence"),
        pytest.param(["［✓］ 一"], [MARKED], id="full width"),
        pytest.param(["【X】 一"], [MARKED], id="lenticular"),
        pytest.param(["{x} one"], [MARKED], id="braces"),
        pytest.param(["[☒] one"], [MARKED], id="a box in brackets is one box"),
        pytest.param(["[", FIELD, "] one"], [EMPTY], id="a field in brackets is one box"),
        pytest.param(["[yes] one"], [DOUBTFUL], id="a word in brackets"),
        pytest.param(["[1] one"], [DOUBTFUL], id="a number in brackets"),
        pytest.param(["[see Annex 1] one"], [], id="a reference in brackets"),
        pytest.param(["|X| one"], [MARKED], id="between bars"),
        pytest.param(["|_| one"], [EMPTY], id="between bars, empty"),
        pytest.param(["__X__ one"], [MARKED], id="on a rule"),
        pytest.param(["____ one"], [EMPTY], id="a rule"),
        pytest.param(["Signature ________"], [], id="a rule for a signature"),
        pytest.param(["X No comments"], [MARKED], id="in the place of a box"),
        pytest.param(["✔ No comments"], [MARKED], id="a tick in the place of a box"),
        pytest.param(["- X No comments"], [MARKED], id="after a dash"),
        pytest.param(["a) X No comments"], [MARKED], id="after a letter"),
        pytest.param(["X.1060 No comments"], [], id="a Recommendation of the X series"),
        pytest.param(["X series Recommendations"], [], id="the X series"),
        pytest.param(["Annex X"], [], id="an annex"),
        pytest.param(["3 × 4"], [], id="a product"),
        pytest.param(["No comments X"], [], id="after a label"),
        pytest.param([FIELD, "X No comments"], [MARKED], id="beside a field"),
        pytest.param([TICKED, "No comments"], [MARKED], id="a ticked field"),
        pytest.param(["X", FIELD, "No comments"], [MARKED], id="before a field"),
        pytest.param(["\u200e☒\ufe0f No comments"], [MARKED], id="amid invisible characters"),
        pytest.param(["☐\u200f X\u200f تعليقات"], [MARKED], id="amid direction marks"),
        pytest.param(["◉ No comments"], [DOUBTFUL], id="a radio button"),
    ],
)
def test_boxes_of_a_line(pieces: list[str | Box], expected: list[Mark]) -> None:
    assert marks(*pieces) == expected


def test_the_label_is_what_follows_a_box() -> None:
    items = find_boxes([TextPiece("I. ☐ one  two ☒\tthree")])
    assert [item if isinstance(item, str) else (item.label, item.kind) for item in items] == [
        "I. ",
        ("one two", "character"),
        " one  two ",
        ("three", "character"),
        "\tthree",
    ]


def test_a_mark_keeps_the_doubts_of_its_text() -> None:
    struck = TextPiece(" X", doubts=(Doubt.STRUCK_TEXT,))
    (box,) = [each for each in find_boxes([FIELD, struck]) if isinstance(each, Box)]
    assert (box.mark, box.doubts) == (DOUBTFUL, (Doubt.STRUCK_TEXT,))
    assert box.how == "a field; X typed beside it"


@pytest.mark.parametrize(
    ("text", "stray"),
    [
        ("No comments X", True),
        ("No comments ✓", True),
        ("No comments (x)", True),
        ("No X comments", True),
        ("No comments v", True),
        ("No comments v. 2", False),
        ("Annex X", False),
        ("the X series", False),
        ("3 × 4", False),
        ("X.1060", False),
        ("Recommendation X. 1060", False),
        ("No comments", False),
        ("", False),
    ],
)
def test_marks_that_belong_to_no_box(text: str, stray: bool) -> None:
    assert stray_marks([text]) is stray
    assert stray_marks([FIELD]) is False


@pytest.mark.parametrize(
    ("char", "font", "state"),
    [
        ("þ", "Wingdings", MARKED),
        ("\uf0fe", "Wingdings", MARKED),
        ("\uf0fe", "wingdings-Regular", MARKED),
        ("þ", "ABCDEF+Wingdings-Regular", MARKED),
        ("¨", "Wingdings", EMPTY),
        ("o", "Wingdings", EMPTY),
        ("\uf06f", "Wingdings", EMPTY),
        ("R", "Wingdings 2", MARKED),
        ("T", "Wingdings2", MARKED),
        ("£", "Wingdings 2", EMPTY),
        ("n", "ZapfDingbats", MARKED),
        ("o", "ZapfDingbats", EMPTY),
        ("c", "Webdings", EMPTY),
        ("\ue73a", "Segoe MDL2 Assets", MARKED),
        ("þ", "Calibri", None),
        ("o", None, None),
        ("R", "Times New Roman", None),
        ("\uf0a8", None, DOUBTFUL),
        ("\uf06f", None, EMPTY),
        ("☑", "Wingdings", MARKED),
    ],
)
def test_a_font_may_make_a_box_of_a_letter(char: str, font: str | None, state: Mark | None) -> None:
    assert box_character(char, font) is state


def test_a_font_may_make_a_mark_of_a_letter_and_a_letter_of_a_mark() -> None:
    assert mark_character("ü", "Wingdings")
    assert not mark_character("ü", "Calibri")
    assert shown_character("X", "Wingdings") == "✠"
    assert shown_character("X", "Calibri") == "X"
    assert is_symbol_font("Wingdings 3")
    assert not is_symbol_font("Segoe UI")


texts = st.text(st.sampled_from("☐☒[]( )xXvV✓_|No\t\u200e\x00\ufffc.1é"), max_size=40)


@given(st.lists(st.one_of(texts, st.just(FIELD), st.just(TICKED)), max_size=6))
def test_any_line_keeps_its_boxes_and_never_raises(pieces: list[str | Box]) -> None:
    given_boxes = [each for each in pieces if isinstance(each, Box)]
    items = find_boxes([TextPiece(each) if isinstance(each, str) else each for each in pieces])
    found = [item for item in items if isinstance(item, Box)]
    assert sum(box.kind == "field" for box in found) == len(given_boxes)
    assert sum(box.kind == "field" and box.mark is MARKED for box in found) <= sum(
        isinstance(each, Box) for each in pieces
    )
    assert all((box.mark is DOUBTFUL) == bool(box.doubts) for box in found)
    stray_marks(items)

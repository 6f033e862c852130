"""The form maker: what it writes opens, has all boxes, and says what it was asked to say."""

import io
from collections.abc import Callable
from xml.etree import ElementTree as ET

import docx
import pytest
from docx.oxml.ns import qn

from bot.consultation.circular import Circular
from bot.demo.form_letter import Answer
from bot.demo.form_wording import WORDING
from bot.demo.word_forms import Layout, make_word_form
from bot.demo.word_marking import WordMarking

BOXES_OF_THE_FORM = 40


def _answers(circular: Circular) -> dict[str, Answer]:
    kinds = (Answer.ASSIGN_NONE, Answer.ASSIGN_ATTACHED, Answer.DENY)
    return {
        text.designation: kinds[place % len(kinds)] for place, text in enumerate(circular.texts)
    }


def _root(form: bytes) -> ET.Element:
    body = docx.Document(io.BytesIO(form)).element
    return ET.fromstring(body.xml)


def _words(element: ET.Element) -> str:
    return "".join(node.text or "" for node in element.iter(qn("w:t")))


@pytest.mark.parametrize("language", sorted(WORDING))
def test_a_form_in_each_language_names_the_circular_and_every_text(
    circular: Circular, language: str
) -> None:
    text = _words(_root(make_word_form(circular, {}, language=language)))
    assert "106" in text
    assert all(each.designation in text for each in circular.texts)
    assert all(each.former_name in text for each in circular.texts if each.former_name)
    assert "{" not in text


@pytest.mark.parametrize("layout", [layout for layout in Layout if layout is not Layout.TEXT_BOX])
def test_a_form_in_each_layout_has_four_boxes_a_text(circular: Circular, layout: Layout) -> None:
    root = _root(make_word_form(circular, {}, layout=layout))
    assert len(root.findall(f".//{qn('w:checkBox')}")) == BOXES_OF_THE_FORM


def test_a_text_box_holds_the_form_twice_as_word_writes_it(circular: Circular) -> None:
    root = _root(make_word_form(circular, {}, layout=Layout.TEXT_BOX))
    contents = root.findall(f".//{qn('w:txbxContent')}")
    assert [len(each.findall(f".//{qn('w:checkBox')}")) for each in contents] == [
        BOXES_OF_THE_FORM,
        BOXES_OF_THE_FORM,
    ]


# What a ticked box is, counted over a form with 3 x (2 + 2 + 1) + 2 = 17 ticks.
TICKS: dict[WordMarking, Callable[[ET.Element], int]] = {
    WordMarking.LEGACY_CHECKED: lambda root: len(root.findall(f".//{qn('w:checked')}")),
    WordMarking.LEGACY_CHECKED_VALUE: lambda root: sum(
        each.get(qn("w:val")) == "1" for each in root.iter(qn("w:checked"))
    ),
    WordMarking.LEGACY_DEFAULT: lambda root: sum(
        each.get(qn("w:val")) == "1" for each in root.iter(qn("w:default"))
    ),
    WordMarking.CONTENT_CONTROL: lambda root: _words(root).count("☒"),
    WordMarking.BALLOT_CROSS: lambda root: _words(root).count("☒"),
    WordMarking.BALLOT_TICK: lambda root: _words(root).count("☑"),
    WordMarking.WINGDINGS_SYMBOL: lambda root: sum(
        each.get(qn("w:char")) == "F0FE" for each in root.iter(qn("w:sym"))
    ),
    WordMarking.WINGDINGS_TEXT: lambda root: _words(root).count("\u00fe"),
    WordMarking.WINGDINGS_2: lambda root: sum(
        each.get(qn("w:char")) == "F052" for each in root.iter(qn("w:sym"))
    ),
    WordMarking.TYPED_X: lambda root: sum(node.text == "X" for node in root.iter(qn("w:t"))),
    WordMarking.SQUARE_BRACKETS: lambda root: _words(root).count("[X]"),
    WordMarking.ROUND_BRACKETS: lambda root: _words(root).count("( x )"),
    WordMarking.X_BESIDE: lambda root: _words(root).count(" X "),
    WordMarking.TICK: lambda root: _words(root).count("✓"),
    WordMarking.TRACKED_INSERTION: lambda root: len(root.findall(f".//{qn('w:ins')}")),
}


@pytest.mark.parametrize("layout", [Layout.OFFICIAL, Layout.ONE_COLUMN])
@pytest.mark.parametrize("marking", list(WordMarking))
def test_each_marking_ticks_the_boxes_that_the_answers_tick(
    circular: Circular, marking: WordMarking, layout: Layout
) -> None:
    form = make_word_form(circular, _answers(circular), marking=marking, layout=layout)
    assert TICKS[marking](_root(form)) == 17


@pytest.mark.parametrize(
    ("answer", "element", "count"),
    [
        pytest.param(Answer.STRUCK, "w:strike", 2, id="two labels struck"),
        pytest.param(Answer.HIGHLIGHTED, "w:highlight", 2, id="two labels highlighted"),
        pytest.param(Answer.DELETED, "w:checkBox", 38, id="two boxes gone"),
    ],
)
def test_a_choice_without_ticks_leaves_its_trace(
    circular: Circular, answer: Answer, element: str, count: int
) -> None:
    root = _root(make_word_form(circular, {"Y.4241": answer}))
    assert len(root.findall(f".//{qn(element)}")) == count
    assert not root.findall(f".//{qn('w:checked')}")


def test_some_rows_in_another_order(circular: Circular) -> None:
    root = _root(make_word_form(circular, {}, rows=["Y.4420", "Y.4241"]))
    text = _words(root)
    table = text[text.index("Select one") :]
    assert table.index("Y.4420") < table.index("Y.4241")
    assert len(root.findall(f".//{qn('w:checkBox')}")) == 8


def test_the_letter_names_the_administration_and_the_post(circular: Circular) -> None:
    text = _words(
        _root(
            make_word_form(
                circular,
                {},
                administration="Switzerland",
                signatory_title="Director of Regulation",
                place_date="Bern, 02.04.2026",
                remarks="Reasons follow.\nY.4241: none.",
            )
        )
    )
    assert "Administration of Switzerland" in text
    assert "[" not in text
    assert text.index("Reasons follow.") < text.index("Yours faithfully,")


def test_the_same_form_is_the_same_bytes(circular: Circular) -> None:
    assert make_word_form(circular, _answers(circular)) == make_word_form(
        circular, _answers(circular)
    )

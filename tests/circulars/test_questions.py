"""What a form asks is data of its circular: its boxes, their words, what the marked ones come to."""

import itertools
from dataclasses import replace

import pytest

from bot.circulars.toml_file import dump_circular, parse_circular
from bot.consultation.opinion import CONTRADICTION, Comments, Opinion, Status, opinion_of
from bot.consultation.question import four_boxes
from bot.errors import CircularError
from bot.intake.row_opinions import row_opinion
from bot.worker.reading.part_reader import reader_of
from parsers.reading import Doubt, FormReading
from parsers.registry import read
from tests.circulars.deletion_circular import DELETION, deletion_form

CIRCULAR = parse_circular(DELETION, "118.toml")


def _read(data: bytes) -> FormReading:
    reader = reader_of([CIRCULAR])
    assert reader is not None
    return reader(data, None)


@pytest.mark.parametrize("marks", list(itertools.product((False, True), repeat=4)))
def test_the_usual_question_is_the_table_of_opinions(marks: tuple[bool, ...]) -> None:
    question = four_boxes()
    marked = {role for role, is_marked in zip(question.roles, marks, strict=True) if is_marked}
    one, two, three, four = marks
    by_rule = opinion_of(
        assigns=one, no_comments=two, comments_attached=three, does_not_assign=four
    )
    assert question.meaning(marked) == by_rule


def test_a_question_of_its_own_reads_back_as_itself() -> None:
    assert CIRCULAR.question.roles == ("agrees", "agrees-with-remarks", "objects")
    assert parse_circular(dump_circular(CIRCULAR), "again.toml") == CIRCULAR


def test_the_usual_question_stays_out_of_the_file() -> None:
    usual = replace(CIRCULAR, question=four_boxes())
    assert "question" not in dump_circular(usual)
    assert parse_circular(dump_circular(usual), "usual.toml") == usual


@pytest.mark.parametrize(
    ("instead_of", "stands", "wrong"),
    [
        pytest.param('role = "objects"', 'role = "agrees"', "stands there twice", id="role"),
        pytest.param('role = "objects"', 'role = "No way"', "no short word", id="role's word"),
        pytest.param('marked = ["objects"]', 'marked = ["object"]', "not known", id="no such box"),
        pytest.param('marked = ["objects"]', "marked = []", "no list of words", id="nothing"),
        pytest.param('marked = ["objects"]', 'marked = ["agrees"]', "twice", id="set twice"),
        pytest.param('counts = "against"', 'counts = "no"', "not known", id="how it counts"),
        pytest.param('en = "No"', 'en = "yes"', "tell them apart", id="same words"),
        pytest.param('en = "No"', 'en = ""', "it is empty", id="no words"),
        pytest.param('en = "No"', 'de = "Nein"', "no such key", id="no such language"),
        pytest.param(
            'marked = ["agrees-with-remarks"]',
            'marked = ["objects", "agrees"]',
            "",
            id="a set that is odd, and allowed",
        ),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(
    instead_of: str, stands: str, wrong: str
) -> None:
    changed = DELETION.replace(instead_of, stands)
    assert changed != DELETION
    if not wrong:
        parse_circular(changed, "118.toml")
        return
    with pytest.raises(CircularError, match=wrong):
        parse_circular(changed, "118.toml")


def test_a_box_that_never_means_anything_is_refused() -> None:
    start = DELETION.index('[[question.meanings]]\nmarked = ["objects"]')
    end = DELETION.index("[[texts]]")
    with pytest.raises(CircularError, match="objects never means anything"):
        parse_circular(DELETION[:start] + DELETION[end:], "118.toml")


@pytest.mark.parametrize(
    ("signs", "opinion", "comments", "status"),
    [
        pytest.param("x..", Opinion.ASSIGNS, Comments.NONE, Status.CLEAR, id="yes"),
        pytest.param(".x.", Opinion.ASSIGNS, Comments.ATTACHED, Status.CLEAR, id="with remarks"),
        pytest.param("xx.", Opinion.ASSIGNS, Comments.ATTACHED, Status.CLEAR, id="both"),
        pytest.param("..x", Opinion.DOES_NOT_ASSIGN, None, Status.CLEAR, id="no"),
        pytest.param("...", None, None, Status.BLANK, id="blank"),
        pytest.param("x.x", None, None, Status.AMBIGUOUS, id="yes and no"),
        pytest.param("xxx", None, None, Status.AMBIGUOUS, id="all"),
    ],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_row_means_what_the_circular_says(
    language: str, signs: str, opinion: Opinion | None, comments: Comments | None, status: Status
) -> None:
    form = deletion_form({"Q.711": signs, "Q.712": "x..", "Q.713": "..x"}, "Switzerland", language)
    reading = _read(form)
    said = row_opinion(reading.rows[0], CIRCULAR)

    assert (reading.circular_number, reading.language) == (118, language)
    assert (said.text, said.opinion, said.comments, said.status) == (
        "Q.711",
        opinion,
        comments,
        status,
    )
    if status is Status.AMBIGUOUS:
        assert said.reasons == (CONTRADICTION,)


@pytest.mark.parametrize(
    ("words", "doubt"),
    [
        pytest.param(("Yes", "Yes, with remarks", "No"), Doubt.LABELS_CONTRADICT_ORDER, id="other"),
        pytest.param(
            ("Yes, but only later", "Yes, with the attached remarks", "No"),
            Doubt.LABELS_CONTRADICT_ORDER,
            id="a condition",
        ),
        pytest.param(("Yes", "Yes", "No"), Doubt.LABELS_CONTRADICT_ORDER, id="one twice"),
    ],
)
def test_a_row_whose_words_are_not_the_circulars_goes_to_a_person(
    words: tuple[str, ...], doubt: Doubt
) -> None:
    form = deletion_form({"Q.711": "x..", "Q.712": "x.."}, "Switzerland", words=words)
    for row in _read(form).rows:
        assert doubt in row.doubts
        assert row_opinion(row, CIRCULAR).status is Status.AMBIGUOUS


def test_boxes_in_another_order_are_told_by_their_words() -> None:
    words = ("No", "Yes, with the attached remarks", "Yes")
    form = deletion_form({"Q.711": "x..", "Q.712": "..x"}, "Switzerland", words=words)
    said = [row_opinion(row, CIRCULAR).opinion for row in _read(form).rows]
    assert said == [Opinion.DOES_NOT_ASSIGN, Opinion.ASSIGNS]


def test_without_the_circulars_data_nothing_of_its_form_is_clear() -> None:
    form = deletion_form({"Q.711": "x..", "Q.712": "..x"}, "Switzerland")
    assert all(row.doubts for row in read(form).rows)

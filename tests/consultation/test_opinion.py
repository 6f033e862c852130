"""The table of opinions, and what a reply owes beside them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.consultation.completeness import Missing, missing
from bot.consultation.opinion import Comments, Opinion, RowMeaning, Status, TextOpinion, opinion_of
from tests.consultation.record_lines import says

CLEAR, AMBIGUOUS = Status.CLEAR, Status.AMBIGUOUS
CONTRADICTS = RowMeaning(None, None, AMBIGUOUS, "contradiction")


@pytest.mark.parametrize(
    ("ticked", "meaning"),
    [
        pytest.param("", RowMeaning(None, None, Status.BLANK, None), id="no box"),
        pytest.param("A", RowMeaning(Opinion.ASSIGNS, None, CLEAR, None), id="assigns alone"),
        pytest.param(
            "AN", RowMeaning(Opinion.ASSIGNS, Comments.NONE, CLEAR, None), id="no comments"
        ),
        pytest.param(
            "AC", RowMeaning(Opinion.ASSIGNS, Comments.ATTACHED, CLEAR, None), id="comments"
        ),
        pytest.param("ANC", RowMeaning(Opinion.ASSIGNS, None, CLEAR, None), id="both options"),
        pytest.param("D", RowMeaning(Opinion.DOES_NOT_ASSIGN, None, CLEAR, None), id="does not"),
        pytest.param("AD", CONTRADICTS, id="both opinions"),
        pytest.param("AND", CONTRADICTS, id="both opinions, no comments"),
        pytest.param("ACD", CONTRADICTS, id="both opinions, comments"),
        pytest.param("ANCD", CONTRADICTS, id="all"),
        pytest.param("ND", CONTRADICTS, id="does not assign, no comments"),
        pytest.param("CD", CONTRADICTS, id="does not assign, comments"),
        pytest.param("NCD", CONTRADICTS, id="does not assign, both options"),
        pytest.param("N", CONTRADICTS, id="no comments alone"),
        pytest.param("C", CONTRADICTS, id="comments alone"),
        pytest.param("NC", CONTRADICTS, id="both options alone"),
    ],
)
def test_the_table_of_opinions(ticked: str, meaning: RowMeaning) -> None:
    assert meaning == opinion_of(
        assigns="A" in ticked,
        no_comments="N" in ticked,
        comments_attached="C" in ticked,
        does_not_assign="D" in ticked,
    )


def test_only_a_clear_row_has_an_opinion_and_only_an_ambiguous_one_a_reason() -> None:
    for assigns, none, attached, denies in itertools.product([False, True], repeat=4):
        found = opinion_of(
            assigns=assigns,
            no_comments=none,
            comments_attached=attached,
            does_not_assign=denies,
        )
        assert (found.opinion is not None) is (found.status is CLEAR)
        assert (found.reason is not None) is (found.status is AMBIGUOUS)
        assert found.comments is None or found.opinion is Opinion.ASSIGNS


ROWS = (says("C", "Y.1"), says("D", "Y.2"), says("N", "Y.3"), says("-", "Y.4"), says("C", "Y.5"))


@pytest.mark.parametrize(
    ("explained", "owed"),
    [
        pytest.param([], Missing(comments=("Y.1", "Y.5"), reasons=("Y.2",)), id="nothing came"),
        pytest.param([()], Missing(), id="an attachment that names none serves all"),
        pytest.param(
            [("Y.1",)], Missing(comments=("Y.5",), reasons=("Y.2",)), id="one serves what it names"
        ),
        pytest.param([("Y.1", "Y.5"), ("Y.2",)], Missing(), id="several serve together"),
        pytest.param([("Y.2",), ()], Missing(), id="one for a text and one for all"),
        pytest.param(
            [("Y.3",), ("Y.9",)],
            Missing(comments=("Y.1", "Y.5"), reasons=("Y.2",)),
            id="those of other texts serve none",
        ),
    ],
)
def test_comments_and_reasons_are_owed_until_something_speaks_of_the_text(
    explained: list[tuple[str, ...]], owed: Missing
) -> None:
    found = missing(ROWS, explained=explained)

    assert found == owed
    assert bool(found) is (owed != Missing())


@pytest.mark.parametrize("letter", ["A", "N", "-", "?"])
def test_other_rows_owe_nothing(letter: str) -> None:
    assert not missing([says(letter)], explained=[])


_NAMES = ("Y.1", "Y.2", "Y.3")


@given(
    rows=st.lists(st.builds(says, st.sampled_from("ANCD-?"), st.sampled_from(_NAMES)), max_size=5),
    explained=st.lists(st.frozensets(st.sampled_from(_NAMES)), max_size=3),
    more=st.frozensets(st.sampled_from(_NAMES)),
)
def test_one_more_attachment_never_makes_more_owed(
    rows: list[TextOpinion], explained: list[frozenset[str]], more: frozenset[str]
) -> None:
    before, after = missing(rows, explained=explained), missing(rows, explained=[*explained, more])

    assert set(after.comments) <= set(before.comments)
    assert set(after.reasons) <= set(before.reasons)

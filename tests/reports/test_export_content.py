"""What an export says, from records."""

import datetime as dt

import pytest

from bot.consultation.opinion import Opinion
from bot.consultation.record import Standing
from bot.register.states import member_states
from bot.reports.export.compiling import Written
from bot.reports.export.content import Basis, Position, Results, Words
from bot.reports.export.wording import outcome_words, position_words, row_words, state_of_play
from tests.consultation.record_lines import NOON
from tests.reports.export_samples import (
    LATER,
    make_circular,
    make_file,
    make_register,
    make_reply,
    make_results,
    says,
)


def position(results: Results, state: str, text: str = "Y.1") -> Position:
    (found,) = (each for each in results.states if each.iso3 == state)
    return next(each for each in found.positions if each.text == text)


@pytest.mark.parametrize(
    ("letters", "standing", "basis", "words"),
    [
        pytest.param("N.", Standing.COUNTED, Basis.STANDING, "assigns", id="assigns"),
        pytest.param("A.", Standing.COUNTED, Basis.STANDING, "assigns", id="does not say"),
        pytest.param(
            "C.", Standing.COUNTED, Basis.STANDING, "assigns, with comments", id="comments"
        ),
        pytest.param("D.", Standing.COUNTED, Basis.STANDING, "does not assign", id="against"),
        pytest.param("-.", Standing.COUNTED, Basis.BLANK, "left blank", id="blank"),
        pytest.param("?.", Standing.PENDING, Basis.PENDING, "under review", id="ambiguous"),
        pytest.param("D.", Standing.PENDING, Basis.PENDING, "under review", id="waits"),
        pytest.param("D.", Standing.LATE, Basis.LATE, "late", id="late"),
        pytest.param(".N", Standing.COUNTED, Basis.NOT_ANSWERED, "text not answered", id="absent"),
        pytest.param(".N", Standing.LATE, Basis.LATE, "late", id="absent from a late one"),
        pytest.param(".N", Standing.PENDING, Basis.PENDING, "under review", id="absent, waiting"),
        pytest.param("D.", Standing.REJECTED, Basis.NO_REPLY, "no reply", id="rejected"),
    ],
)
def test_a_member_states_place_on_a_text(
    letters: str, standing: Standing, basis: Basis, words: str
) -> None:
    found = position(make_results(says(1, "CHE", letters, standing)), "CHE")
    assert found.basis is basis
    assert position_words(found) == words


def test_every_member_state_has_a_place_on_every_text() -> None:
    results = make_results()
    assert {each.iso3 for each in results.states} == set(member_states())
    assert all(len(each.positions) == 2 for each in results.states)
    assert [each.iso3 for each in results.states if not each.counts] == ["PSE"]


def test_a_pending_change_leaves_the_opinion_and_is_told() -> None:
    results = make_results(says(1, "CHE", "NN"), says(2, "CHE", "D.", Standing.PENDING))
    found = position(results, "CHE")
    assert found.opinion is Opinion.ASSIGNS
    assert found.change_pending
    assert found.reference == "C106-CHE-1"
    assert results.texts[0].assigns == ("Switzerland",)
    assert results.texts[0].pending == ("Switzerland (a change)",)
    assert not position(results, "CHE", "Y.2").change_pending


def test_a_reply_that_was_taken_over_is_shown_as_superseded() -> None:
    results = make_results(says(1, "CHE", "NN"), says(2, "CHE", "D."))
    first, second = results.replies
    assert [row_words(each) for each in first.rows] == ["assigns (superseded)", "assigns"]
    assert [row_words(each) for each in second.rows] == ["does not assign"]


def test_it_is_as_of_the_moment() -> None:
    before = make_results(
        says(1, "CHE", "NN"), says(2, "CHE", "DD"), moment=NOON + dt.timedelta(seconds=11)
    )
    assert [each.reference for each in before.replies] == ["C106-CHE-1"]
    assert before.texts[0].assigns == ("Switzerland",)
    after = make_results(says(1, "CHE", "NN"), says(2, "CHE", "DD"))
    assert after.texts[0].does_not_assign == ("Switzerland",)


def test_what_was_settled_later_waits_as_of_then() -> None:
    reply = make_reply(1, "CHE", settled_at=LATER, settled_by="reviewer@example.org")
    results = make_results(replies=(reply,), moment=NOON + dt.timedelta(hours=1))
    assert results.replies[0].standing is Standing.PENDING
    assert position(results, "CHE").basis is Basis.PENDING


def test_those_outside_of_the_percentage_have_their_own_line() -> None:
    results = make_results(says(1, "PSE", "ND"))
    assert results.texts[0].tally.replies == 0
    assert results.texts[0].assigns == ()
    assert results.texts[0].outside == (("State of Palestine", Opinion.ASSIGNS),)
    assert "PSE" not in {each.iso3 for each in results.silent}


@pytest.mark.parametrize(
    ("standing", "silent"),
    [
        pytest.param(Standing.COUNTED, False, id="counted"),
        pytest.param(Standing.PENDING, False, id="waiting"),
        pytest.param(Standing.LATE, False, id="late"),
        pytest.param(Standing.REJECTED, True, id="rejected"),
    ],
)
def test_who_has_not_replied(standing: Standing, silent: bool) -> None:
    results = make_results(says(1, "CHE", "NN", standing))
    assert ("CHE" in {each.iso3 for each in results.silent}) is silent


def test_those_who_have_not_replied_come_with_whom_to_ask() -> None:
    register = make_register(CHE="focal@admin.example", FRA="gone@admin.example")
    results = make_results(register=register, bounced=frozenset({"gone@admin.example"}))
    contacts = {str(each.iso3): each.contacts for each in results.silent}
    assert [each.email for each in contacts["CHE"]] == ["focal@admin.example"]
    assert [each.bounced for each in contacts["FRA"]] == [True]
    assert contacts["DEU"] == ()


def test_one_who_is_not_asked_has_its_name_and_no_place() -> None:
    reply = make_reply(1, None, entity="A Sector Member", standing=Standing.NOT_COUNTED)
    results = make_results(says(1, None, "DD", Standing.NOT_COUNTED), replies=(reply,))
    assert results.replies[0].name == "A Sector Member"
    assert len(results.silent) == 194
    assert results.texts[0].contributions == ()


def test_reasons_are_told_in_words_while_it_waits() -> None:
    reply = make_reply(1, "CHE", reasons=("contradiction",), standing=Standing.PENDING)
    waiting = make_results(says(1, "CHE", "?.", Standing.PENDING), replies=(reply,))
    assert waiting.replies[0].reasons == ("boxes that exclude each other are ticked",)
    settled = make_results(says(1, "CHE", "N."), replies=(reply,))
    assert settled.replies[0].reasons == ()


# Who brings what on which text.

SPEAKS_OF_ONE = Words(source="message", text="Y.1 overlaps with other work.", texts=("Y.1",))
SPEAKS_OF_ALL = Words(source="form", text="The requirements are not mature.", texts=())


def test_words_go_to_the_text_that_they_name() -> None:
    results = make_results(says(1, "CHE", "DD"), written={1: Written(words=(SPEAKS_OF_ONE,))})
    first, second = results.texts
    assert [each.words for each in first.contributions] == [(SPEAKS_OF_ONE,)]
    assert [each.words for each in second.contributions] == [()]


def test_words_that_name_none_go_where_there_is_something_to_say() -> None:
    results = make_results(says(1, "CHE", "DN"), written={1: Written(words=(SPEAKS_OF_ALL,))})
    first, second = results.texts
    assert [each.words for each in first.contributions] == [(SPEAKS_OF_ALL,)]
    assert second.contributions == ()
    assert results.others == ()


def test_files_go_to_the_text_that_they_name() -> None:
    results = make_results(
        says(1, "CHE", "CC"), files=(make_file(1, 1, "on Y.2.docx", texts=("Y.2",)),)
    )
    assert [len(each.files) for text in results.texts for each in text.contributions] == [0, 1]


def test_comments_that_come_without_a_form_are_handed_on() -> None:
    results = make_results(
        says(1, "CHE", "CN"),
        replies=(make_reply(2, "CHE"),),
        files=(make_file(1, 2, "later.docx", texts=("Y.1",)),),
    )
    assert [each.reference for each in results.texts[0].contributions] == [
        "C106-CHE-1",
        "C106-CHE-2",
    ]


def test_what_no_text_shows_is_shown_at_the_end() -> None:
    results = make_results(says(1, "CHE", "NN"), files=(make_file(1, 1, "note.docx"),))
    assert [each.contributions for each in results.texts] == [(), ()]
    assert [each.reference for each in results.others] == ["C106-CHE-1"]


@pytest.mark.parametrize(
    ("standing", "folder"),
    [
        pytest.param(Standing.PENDING, "80-under-review", id="waiting"),
        pytest.param(Standing.LATE, "90-late", id="late"),
        pytest.param(Standing.NOT_COUNTED, "91-not-counted", id="not counted"),
        pytest.param(Standing.REJECTED, "92-not-a-reply", id="rejected"),
    ],
)
def test_what_does_not_count_brings_nothing_to_the_meeting_and_is_kept(
    standing: Standing, folder: str
) -> None:
    results = make_results(
        says(1, "CHE", "DD", standing),
        files=(make_file(1, 1, "reasons.docx", texts=("Y.1",)),),
        written={1: Written(words=(SPEAKS_OF_ALL,))},
    )
    assert [each.contributions for each in results.texts] == [(), ()]
    assert results.others == ()
    assert results.replies[0].files[0].place == f"attachments/{folder}/C106-CHE-1_reasons.docx"


def test_superseded_reasons_are_not_submitted() -> None:
    results = make_results(
        says(1, "CHE", "DD"),
        says(2, "CHE", "NN"),
        files=(make_file(1, 1, "reasons.docx", texts=("Y.1",)),),
        written={1: Written(words=(SPEAKS_OF_ONE,))},
    )
    assert results.texts[0].contributions == results.others == ()
    assert "/85-superseded/" in results.replies[0].files[0].place


def test_reasons_that_are_due_and_missing_are_said() -> None:
    reply = make_reply(1, "CHE", reasons_missing=("Y.1",))
    results = make_results(says(1, "CHE", "DN"), replies=(reply,))
    assert [each.missing for each in results.texts[0].contributions] == [True]


# Words.


@pytest.mark.parametrize(
    ("replies", "words"),
    [
        pytest.param(
            "NNNNNNNDDD",
            "Consideration may proceed: 7 of 10 replies (70 %) support it, at least the 70 % that"
            " are needed.",
            id="just met",
        ),
        pytest.param(
            "NNDD",
            "Consideration may not proceed at this meeting: 2 of 4 replies (50 %) support it, less"
            " than the 70 % that are needed.",
            id="not met",
        ),
        pytest.param("", "Consideration may proceed: there are no replies.", id="no replies"),
        pytest.param(
            "?",
            "Consideration may proceed: there are no replies. What is under review can still change"
            " this.",
            id="open",
        ),
    ],
)
def test_the_outcome_is_told_with_its_numbers(replies: str, words: str) -> None:
    states = list(member_states())
    lines = [
        says(
            number,
            states[number],
            f"{letter}.",
            Standing.PENDING if letter == "?" else Standing.COUNTED,
        )
        for number, letter in enumerate(replies, start=1)
    ]
    assert outcome_words(make_results(*lines).texts[0].tally) == words


def test_before_the_deadline_it_says_that_it_is_not_final() -> None:
    circular = make_circular()
    minute = circular.deadline + dt.timedelta(seconds=59)
    assert "not final" in state_of_play(circular, minute)
    assert "not final" not in state_of_play(circular, minute + dt.timedelta(seconds=1))

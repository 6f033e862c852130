"""A person's decision on a reply: what it changes, what it refuses, and that twice is once."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.consultation.opinion import Opinion, Status, TextOpinion
from bot.consultation.record import Standing
from bot.errors import ReviewError
from bot.intake.review import (
    VERDICTS,
    ReviewDecision,
    Settlement,
    UnderReview,
    Verdict,
    parse_verdict,
    settle,
    written,
)
from bot.intake.row_opinions import row_opinion
from tests.support.intake import CIRCULAR, DEADLINE, RECEIVED, TEXTS, letters_of, row

LATE = DEADLINE + dt.timedelta(hours=9)
STATES = ("CHE", "PER", "PSE")
WORTH = {
    "P": Standing.PENDING,
    "C": Standing.COUNTED,
    "L": Standing.LATE,
    "R": Standing.REJECTED,
    "-": Standing.NOT_COUNTED,
}


def under(
    letters: str = "NNN",
    worth: str = "PPP",
    *,
    state: str | None = "CHE",
    standing: Standing | None = None,
    received_at: dt.datetime = RECEIVED,
) -> UnderReview:
    """A reply under review: what its rows say and what they are worth."""
    pairs = zip(letters, worth, TEXTS, strict=False)
    rows = tuple(
        (row_opinion(row(letter, text), CIRCULAR), WORTH[each])
        for letter, each, text in pairs
        if letter != "."
    )
    worths = {each for _, each in rows}
    whole = Standing.PENDING if Standing.PENDING in worths else next(iter(worths), Standing.PENDING)
    return UnderReview(
        reference="C106-CHE-1",
        state=state,
        standing=standing or whole,
        rows=rows,
        received_at=received_at,
    )


def settled(reply: UnderReview, **decision: Any) -> Settlement:
    return settle(reply, ReviewDecision(**decision), CIRCULAR, STATES)


def after(reply: UnderReview, outcome: Settlement) -> UnderReview:
    """The reply as it stands after the decision."""
    rows = {each[0].text: each for each in reply.rows} | {
        each[0].text: each for each in outcome.rows
    }
    return UnderReview(
        reference=reply.reference,
        state=outcome.state,
        standing=outcome.standing,
        rows=tuple(rows[text] for text in TEXTS if text in rows),
        received_at=reply.received_at,
    )


def worth_of(reply: UnderReview) -> str:
    letters = {standing: letter for letter, standing in WORTH.items()}
    return "".join(letters[standing] for _, standing in reply.rows)


def set_to(**rows: str) -> dict[str, Verdict]:
    """Y4241="blank" as the rows of a decision."""
    return {f"{name[0]}.{name[1:]}": VERDICTS[verdict] for name, verdict in rows.items()}


DECIDED = [
    pytest.param(under(), {"accept": True}, "NNN", "CCC", True, id="accepted as read"),
    pytest.param(
        under("N--"), {"accept": True}, "N--", "CCC", True, id="accepted with rows left blank"
    ),
    pytest.param(under(state=None), {"state": "PER"}, "NNN", "CCC", True, id="whose it is"),
    pytest.param(
        under("NXN", "CPC"),
        {"rows": set_to(Y4242="does_not_assign")},
        "NDN",
        "CCC",
        True,
        id="the row that waited",
    ),
    pytest.param(
        under("XXN"),
        {"rows": set_to(Y4242="assigns,attached")},
        "?CN",
        "PCC",
        False,
        id="one of two rows that waited",
    ),
    pytest.param(
        under("NN."), {"rows": set_to(Y4420="assigns")}, "NNA", "CCC", True, id="a row more"
    ),
    pytest.param(
        under("DDD", "LLL", received_at=LATE),
        {"accept": True},
        "DDD",
        "LLL",
        True,
        id="a late one seen, not admitted",
    ),
    pytest.param(
        under("DX-", "LLL", received_at=LATE),
        {"accept": True},
        "D?-",
        "LLL",
        True,
        id="a late one that nobody needs to read",
    ),
    pytest.param(
        under("DDD", "LLL", received_at=LATE),
        {"admit": "the fax line was down"},
        "DDD",
        "CCC",
        True,
        id="a late one admitted",
    ),
    pytest.param(
        under("DDD", "CCC", received_at=LATE),
        {"rows": set_to(Y4241="blank")},
        "-DD",
        "CCC",
        True,
        id="one that was admitted stays so",
    ),
    pytest.param(under("NXN"), {"reject": True}, "N?N", "RRR", True, id="rejected"),
    pytest.param(
        under("NNN", "RRR"), {"accept": True}, "NNN", "CCC", True, id="accepted after all"
    ),
    pytest.param(
        under("NNN", "---", state=None),
        {"state": "CHE", "accept": True},
        "NNN",
        "CCC",
        True,
        id="an entity that wrote for its State",
    ),
]


@pytest.mark.parametrize(("reply", "decision", "rows", "worth", "whole"), DECIDED)
def test_a_decision_and_what_it_comes_to(
    reply: UnderReview, decision: dict[str, Any], rows: str, worth: str, whole: bool
) -> None:
    outcome = settled(reply, **decision)
    now = after(reply, outcome)
    assert letters_of([each for each, _ in now.rows]) == rows
    assert (worth_of(now), outcome.settled) == (worth, whole)
    assert all(each in {"C", "P", "L", "R"} for each in worth_of(now))


@pytest.mark.parametrize(("reply", "decision", "rows", "worth", "whole"), DECIDED)
def test_the_same_decision_again_changes_nothing_and_tells_nobody(
    reply: UnderReview, decision: dict[str, Any], rows: str, worth: str, whole: bool
) -> None:
    now = after(reply, settled(reply, **decision))
    if "admit" in decision:
        decision = {"accept": True}
    again = settled(now, **decision)
    assert (again.rows, again.confirm, again.state) == ((), False, now.state)
    assert again.standing is now.standing


CONFIRMED = [
    pytest.param(under(), {"accept": True}, True, False, id="accepted"),
    pytest.param(under("XNN"), {"rows": set_to(Y4241="blank")}, True, True, id="corrected"),
    pytest.param(under(), {"rows": set_to(Y4241="assigns,none")}, True, False, id="set as read"),
    pytest.param(under("XXN"), {"rows": set_to(Y4241="blank")}, False, True, id="half settled"),
    pytest.param(under(), {"reject": True}, False, False, id="rejected"),
    pytest.param(
        under("NNN", "LLL", received_at=LATE), {"accept": True}, False, False, id="still late"
    ),
    pytest.param(
        under("NNN", "LLL", received_at=LATE), {"admit": "why"}, True, False, id="admitted"
    ),
    pytest.param(
        under("NNN", "CCC"),
        {"rows": set_to(Y4241="blank")},
        True,
        True,
        id="settled, changed again",
    ),
]


@pytest.mark.parametrize(("reply", "decision", "confirm", "corrected"), CONFIRMED)
def test_the_sender_is_told_once_all_is_settled_and_whether_it_was_corrected(
    reply: UnderReview, decision: dict[str, Any], confirm: bool, corrected: bool
) -> None:
    outcome = settled(reply, **decision)
    assert (outcome.confirm, outcome.corrected) == (confirm, corrected)


def test_accepting_clears_the_reasons_of_rows() -> None:
    said = TextOpinion(
        text="Y.4241",
        opinion=Opinion.ASSIGNS,
        comments=None,
        status=Status.CLEAR,
        reasons=("other-sender",),
    )
    reply = UnderReview(
        reference="C106-CHE-2",
        state="CHE",
        standing=Standing.PENDING,
        rows=((said, Standing.PENDING),),
    )
    ((row_after, worth),) = settled(reply, accept=True).rows
    assert (row_after.reasons, worth) == ((), Standing.COUNTED)


def test_a_late_reply_does_not_count_by_being_rejected_first() -> None:
    late = under("DDD", "LLL", received_at=LATE)
    rejected = after(late, settled(late, reject=True))
    assert rejected.standing is Standing.REJECTED
    assert settled(rejected, accept=True).standing is Standing.LATE
    assert settled(rejected, admit="a reason").standing is Standing.COUNTED


REFUSED = [
    pytest.param(under(), {}, "nothing was decided", "--accept", id="nothing"),
    pytest.param(under(), {"why": "hm"}, "nothing was decided", "--accept", id="a remark alone"),
    pytest.param(
        under("XNN"),
        {"accept": True},
        "nobody has read Y.4241",
        "--set Y.4241=assigns,none",
        id="unread rows",
    ),
    pytest.param(
        under("XXN"),
        {"accept": True, "rows": set_to(Y4241="blank")},
        "nobody has read Y.4242",
        "--set Y.4242",
        id="some unread rows",
    ),
    pytest.param(
        under(state=None), {"accept": True}, "which Member State", "--state CHE", id="of nobody"
    ),
    pytest.param(under(), {"state": "XXX"}, '"XXX" is no Member State', "CHE", id="of no State"),
    pytest.param(
        under(),
        {"rows": {"Y.9": VERDICTS["blank"]}},
        "has no text Y.9",
        "Y.4241, Y.4242, Y.4420",
        id="a text of another circular",
    ),
    pytest.param(
        under(), {"reject": True, "accept": True}, "either", "--reject alone", id="both at once"
    ),
    pytest.param(
        under(), {"reject": True, "admit": "x"}, "either", "--reject alone", id="rejected, admitted"
    ),
    pytest.param(under(), {"admit": "x"}, "did not come late", "--accept", id="not late"),
    pytest.param(
        under("NNN", "LLL", received_at=LATE), {"admit": " "}, "a reason", "--admit", id="no reason"
    ),
    pytest.param(
        under("NXN", "LLL", received_at=LATE),
        {"admit": "x"},
        "nobody has read Y.4242",
        "--set",
        id="admitted unread",
    ),
    pytest.param(under("..."), {"accept": True}, "no row to accept", "--set", id="without rows"),
]


@pytest.mark.parametrize(("reply", "decision", "says", "mends"), REFUSED)
def test_what_cannot_be_decided_says_how_to_mend_it(
    reply: UnderReview, decision: dict[str, Any], says: str, mends: str
) -> None:
    with pytest.raises(ReviewError) as refused:
        settled(reply, **decision)
    assert says in str(refused.value)
    assert mends in f"{refused.value} {refused.value.mend}"


@pytest.mark.parametrize("name", VERDICTS)
def test_a_verdict_is_written_as_it_is_read(name: str) -> None:
    assert parse_verdict(f"Y.4241={name}") == ("Y.4241", VERDICTS[name])
    assert parse_verdict(f" Y.4241 = {name.upper().replace('_', '-')} ")[1] == VERDICTS[name]
    assert written(VERDICTS[name]) == name


@pytest.mark.parametrize("text", ["Y.4241", "=blank", "Y.4241=yes", "Y.4241=", "", "assigns,none"])
def test_what_is_no_verdict_is_refused(text: str) -> None:
    with pytest.raises(ReviewError, match="is no row of a reply") as refused:
        parse_verdict(text)
    assert "assigns,none" in f"{refused.value} {refused.value.mend}"


def test_the_decision_in_words() -> None:
    decision = ReviewDecision(
        accept=True, rows=set_to(Y4241="blank"), state="CHE", admit="fax", why="by telephone"
    )
    assert decision.words == (
        "accepted as read; Y.4241 set to blank; from CHE; admitted: fax; by telephone"
    )
    assert ReviewDecision(reject=True).words == "rejected"


ROWS = st.text("NCAD-X?.", min_size=3, max_size=3)
DECISIONS = st.builds(
    ReviewDecision,
    accept=st.booleans(),
    rows=st.dictionaries(st.sampled_from(TEXTS), st.sampled_from(list(VERDICTS.values()))),
    state=st.sampled_from([None, "CHE", "PER"]),
    reject=st.booleans(),
    admit=st.sampled_from([None, "a reason"]),
)


@given(ROWS, st.text("PCLR", min_size=3, max_size=3), DECISIONS, st.sampled_from([RECEIVED, LATE]))
@settings(max_examples=200, deadline=None)
def test_whatever_is_decided_leaves_a_reply_that_makes_sense(
    letters: str, worth: str, decision: ReviewDecision, received_at: dt.datetime
) -> None:
    reply = under(letters, worth, received_at=received_at)
    try:
        outcome = settle(reply, decision, CIRCULAR, STATES)
    except ReviewError:
        return
    now = after(reply, outcome)
    pending = [text for text, worth in now.rows if worth is Standing.PENDING]
    assert outcome.settled == (not pending)
    assert (outcome.standing is Standing.PENDING) == bool(pending)
    if decision.accept or decision.reject or decision.admit:
        assert outcome.settled
    for said, standing in now.rows:
        if said.status is Status.AMBIGUOUS:
            assert standing is not Standing.COUNTED
    if outcome.confirm:
        assert outcome.settled
        assert outcome.standing is Standing.COUNTED

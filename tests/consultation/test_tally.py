"""The tally counts one opinion per Member State and text, as of any moment."""

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.consultation.circular import Circular
from bot.consultation.opinion import Opinion, Status
from bot.consultation.record import OpinionRecord, Standing, as_of
from bot.consultation.tally import TextTally, standing_opinions, tally, threshold_met
from tests.consultation.record_lines import NOON, line, says

LATER = NOON + dt.timedelta(days=100)
PENDING, LATE, REJECTED = Standing.PENDING, Standing.LATE, Standing.REJECTED


def first(circular: Circular, records: Sequence[OpinionRecord], **others: object) -> TextTally:
    """The tally of Y.1."""
    return tally(circular, records, moment=LATER, **others).texts[0]  # type: ignore[arg-type]


def test_each_member_state_counts_once_with_what_it_said_last(circular: Circular) -> None:
    found = first(circular, [line(1, "CHE", "D"), line(2, "FRA", "N"), line(3, "CHE", "C")])

    assert (found.assigns, found.does_not_assign, found.with_comments) == (2, 0, 1)
    assert (found.replies, found.share) == (2, 1.0)


def test_a_later_reply_changes_only_the_texts_that_it_answers(circular: Circular) -> None:
    records = [
        line(1, "CHE", "N"),
        line(2, "CHE", "N", text="Y.2"),
        line(3, "CHE", "D", text="Y.2"),
    ]
    y1, y2 = tally(circular, records, moment=LATER).texts

    assert (y1.assigns, y1.does_not_assign) == (1, 0)
    assert (y2.assigns, y2.does_not_assign) == (0, 1)


def test_what_counts_is_when_a_reply_was_received_and_not_when_it_was_read(
    circular: Circular,
) -> None:
    records = [line(1, "CHE", "D", received=20), line(2, "CHE", "N", received=10)]
    assert first(circular, records).does_not_assign == 1


def test_within_one_second_the_reply_recorded_later_stands(circular: Circular) -> None:
    records = [line(1, "CHE", "N", received=5), line(2, "CHE", "D", received=5)]

    assert first(circular, records).does_not_assign == 1
    assert first(circular, records[::-1]).does_not_assign == 1


@pytest.mark.parametrize("letter", ["-", "?"])
def test_a_row_that_says_nothing_does_not_replace_an_opinion(
    circular: Circular, letter: str
) -> None:
    found = first(circular, [line(1, "CHE", "D"), line(2, "CHE", letter)])
    assert (found.does_not_assign, found.blank, found.pending) == (1, 0, 0)


def test_a_blank_row_alone_is_blank_and_no_reply(circular: Circular) -> None:
    result = tally(circular, [line(1, "CHE", "-")], moment=LATER)

    assert (result.texts[0].blank, result.texts[0].replies) == (1, 0)
    assert result.replied == ()


def test_a_late_reply_counts_once_it_is_admitted(circular: Circular) -> None:
    records = [line(1, "CHE", "N", LATE)]
    before = tally(circular, records, moment=LATER)
    after = tally(circular, [*records, line(2, "CHE", "N", reply=1, received=1)], moment=LATER)

    assert (before.late, before.replied, before.texts[0].replies) == (("CHE",), (), 0)
    assert (after.late, after.replied, after.texts[0].replies) == ((), ("CHE",), 1)


def test_a_rejected_reply_disappears_and_what_stood_before_stands_again(
    circular: Circular,
) -> None:
    records = [line(1, "CHE", "N"), line(2, "CHE", "D"), line(3, "CHE", "D", REJECTED, reply=2)]

    assert first(circular, records[:2]).does_not_assign == 1
    assert (first(circular, records).assigns, first(circular, records).does_not_assign) == (1, 0)


def test_another_circular_and_a_text_of_none_are_passed_over(circular: Circular) -> None:
    records = [line(1, "CHE", "N", circular=107), line(2, "FRA", "N", text="Y.9")]
    result = tally(circular, records, moment=LATER)

    assert (result.replied, [each.replies for each in result.texts]) == ((), [0, 0])


def test_no_replies_at_all_meet_the_threshold_without_a_share(circular: Circular) -> None:
    found = first(circular, [])
    assert (found.threshold_met, found.share, found.decided) == (True, None, True)


def test_what_is_not_counted_is_counted_by_reply(circular: Circular) -> None:
    records = [
        line(1, None, "N", Standing.NOT_COUNTED, reply=1),
        line(2, None, "N", Standing.NOT_COUNTED, reply=1, text="Y.2"),
        line(3, None, "N", Standing.NOT_COUNTED, reply=3),
    ]
    result = tally(circular, records, moment=LATER)

    assert (result.not_counted, result.replied, result.texts[0].replies) == (2, (), 0)


def test_what_waits_is_listed_by_member_state_or_as_unknown(circular: Circular) -> None:
    records = [
        line(1, "FRA", "?", PENDING),
        line(2, "FRA", "?", PENDING, text="Y.2", reply=1),
        line(3, None, "N", PENDING),
        line(4, "CHE", "N", PENDING),
        line(5, "CHE", "D", PENDING),
    ]
    result = tally(circular, records, moment=LATER)

    assert (result.pending, result.unknown, result.replied) == (("CHE", "FRA"), 1, ())
    assert [each.pending for each in result.texts] == [3, 1]


def test_what_waits_and_is_older_than_what_stands_changes_nothing(circular: Circular) -> None:
    found = first(circular, [line(1, "CHE", "D", PENDING), line(2, "CHE", "N")])
    assert (found.pending, found.decided) == (0, True)


def test_an_observer_is_listed_and_not_counted(circular: Circular) -> None:
    records = [line(1, "PSE", "D"), line(2, "CHE", "N"), line(3, "PSE", "-", text="Y.2")]
    outside = tally(circular, records, moment=LATER, observers=["PSE"])
    inside = tally(circular, records, moment=LATER)

    assert (outside.observers, outside.replied) == (("PSE",), ("CHE",))
    assert (outside.texts[0].replies, outside.texts[1].blank) == (1, 0)
    assert (inside.observers, inside.texts[0].replies) == ((), 2)


@pytest.mark.parametrize(
    ("support", "replies", "met"),
    [
        pytest.param(0, 0, True, id="no replies"),
        pytest.param(7, 10, True, id="exactly 70 per cent"),
        pytest.param(69, 100, False, id="one per cent below"),
        pytest.param(6999, 10_000, False, id="what rounds to 70 per cent"),
        pytest.param(2, 3, False, id="two of three"),
        pytest.param(0, 1, False, id="none of one"),
        pytest.param(133, 190, True, id="exactly 70 per cent of 190"),
        pytest.param(135, 194, False, id="69.6 per cent of 194"),
        pytest.param(136, 194, True, id="70.1 per cent of 194"),
    ],
)
def test_the_threshold_is_met_from_exactly_70_per_cent(
    support: int, replies: int, *, met: bool
) -> None:
    assert threshold_met(support, replies) is met


# ---------------------------------------------------------------------------------- properties


@st.composite
def histories(draw: st.DrawFn) -> list[OpinionRecord]:
    """Any record: replies received within a few seconds, each decided once or several times."""
    records: list[OpinionRecord] = []
    replies = draw(st.lists(st.integers(0, 4), max_size=6))
    for seq in range(1, draw(st.integers(0, 14)) + 1):
        if not replies:
            break
        reply = draw(st.integers(0, len(replies) - 1))
        standing = draw(st.sampled_from(Standing))
        records.append(
            line(
                seq,
                draw(
                    st.sampled_from(
                        ["CHE", "FRA", "PSE"] + ([] if standing is Standing.COUNTED else [None])
                    )
                ),
                draw(st.sampled_from("ANCD-?")),
                standing,
                text=draw(st.sampled_from(["Y.1", "Y.2"])),
                reply=reply,
                received=replies[reply],
                circular=draw(st.sampled_from([106, 106, 106, 107])),
            )
        )
    return records


def naive_count(records: Sequence[OpinionRecord], text: str) -> tuple[int, int]:
    """Support and opposition counted the long way round, Member State by Member State."""
    support = against = 0
    for state in ("CHE", "FRA"):
        newest: OpinionRecord | None = None
        for each in records:
            settled = max(
                (o for o in records if (o.reply, o.text) == (each.reply, each.text)),
                key=lambda other: other.seq,
            )
            if (
                each is settled
                and (each.state, each.text, each.circular) == (state, text, 106)
                and each.standing is Standing.COUNTED
                and each.opinion.status is Status.CLEAR
                and (
                    newest is None
                    or each.received_at > newest.received_at
                    or (each.received_at == newest.received_at and each.reply > newest.reply)
                )
            ):
                newest = each
        if newest is not None:
            support += newest.opinion.opinion is Opinion.ASSIGNS
            against += newest.opinion.opinion is Opinion.DOES_NOT_ASSIGN
    return support, against


@settings(deadline=None, max_examples=150)
@given(records=histories())
def test_the_tally_is_what_a_naive_count_gives(
    circular: Circular, records: list[OpinionRecord]
) -> None:
    for found in tally(circular, records, moment=LATER, observers=["PSE"]).texts:
        assert (found.assigns, found.does_not_assign) == naive_count(records, found.text)
        assert found.threshold_met is threshold_met(found.assigns, found.replies)
        assert found.with_comments <= found.assigns


@settings(deadline=None, max_examples=100)
@given(records=histories(), more=histories(), cut=st.integers(0, 14))
def test_what_is_recorded_later_never_changes_an_earlier_moment(
    circular: Circular, records: list[OpinionRecord], more: list[OpinionRecord], cut: int
) -> None:
    moment = NOON + dt.timedelta(seconds=cut)
    later = [
        replace(each, seq=each.seq + 100, recorded_at=moment + dt.timedelta(seconds=each.seq))
        for each in more
    ]
    assert tally(circular, records, moment=moment) == tally(
        circular, records + later, moment=moment
    )


@settings(deadline=None, max_examples=100)
@given(records=histories(), data=st.data())
def test_the_order_of_the_lines_does_not_matter(
    circular: Circular, records: list[OpinionRecord], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(records))

    assert tally(circular, shuffled, moment=LATER) == tally(circular, records, moment=LATER)
    assert as_of(shuffled, None) == as_of(records, None)


def _completions(pending: OpinionRecord, seq: int) -> list[OpinionRecord]:
    """Every way in which a person may settle a line that waits."""
    states = ["CHE", "FRA", "DEU", "N1", "N2"] if pending.state is None else [pending.state]
    counted = [
        replace(pending, seq=seq, state=state, opinion=says(letter), standing=Standing.COUNTED)
        for state, letter in itertools.product(states, "AD-")
    ]
    return [replace(pending, seq=seq, standing=REJECTED), *counted]


@st.composite
def small_cases(draw: st.DrawFn) -> list[OpinionRecord]:
    """Three Member States that may have an opinion, and up to two replies that wait."""
    records = [
        line(seq, state, letter, received=draw(st.integers(0, 3)))
        for seq, state in enumerate(["CHE", "FRA", "DEU"], 1)
        if (letter := draw(st.sampled_from(["A", "D", None])))
    ]
    for seq in range(4, 4 + draw(st.integers(0, 2))):
        state = draw(st.sampled_from([None, "CHE", "N1"]))
        received = draw(st.integers(0, 3))
        records.append(line(seq, state, "?", PENDING, received=received))
    # Others who have replied long ago, so that the outcome is not always open.
    others = draw(st.lists(st.sampled_from("AAD"), max_size=4))
    return records + [
        line(50 + place, f"X{place}", letter, received=9) for place, letter in enumerate(others)
    ]


@settings(deadline=None, max_examples=100)
@given(records=small_cases())
def test_decided_means_that_nothing_that_waits_can_turn_the_outcome(
    circular: Circular, records: list[OpinionRecord]
) -> None:
    found = first(circular, records)
    waiting = [each for each in records if each.standing is PENDING]
    ways = [_completions(each, 100 + number) for number, each in enumerate(waiting)]
    outcomes = {
        first(circular, [*records, *settled]).threshold_met for settled in itertools.product(*ways)
    }

    assert found.decided is (len(outcomes | {found.threshold_met}) == 1)


def test_an_unknown_reply_may_turn_an_opinion_that_stands(circular: Circular) -> None:
    records = [line(seq, f"S{seq}", "A" if seq <= 75 else "D") for seq in range(1, 107)]
    pending = line(200, None, "?", PENDING)
    assert threshold_met(75, 106)
    assert threshold_met(75, 107)
    assert not threshold_met(74, 106)

    assert not first(circular, [*records, pending]).decided
    assert first(circular, [*records, replace(pending, state="NEW")]).decided


def test_the_record_that_stands_says_which_reply_it_came_with(circular: Circular) -> None:
    records = [line(1, "CHE", "N", reply=7), line(2, "CHE", "D", reply=9)]
    assert standing_opinions(circular, records)["CHE", "Y.1"].reply == 9
    assert standing_opinions(circular, records, records[0].recorded_at)["CHE", "Y.1"].reply == 7

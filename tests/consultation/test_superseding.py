"""What a new reply would change of what stands, and with which reply that came."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.consultation.circular import Circular
from bot.consultation.record import Standing
from bot.consultation.superseding import changes
from bot.consultation.tally import standing_opinions
from tests.consultation.record_lines import NOON, line, says

LATER = NOON + dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        pytest.param("N", "D", True, id="the other opinion"),
        pytest.param("N", "C", True, id="now with comments"),
        pytest.param("A", "N", True, id="now it says which"),
        pytest.param("N", "N", False, id="the same again"),
        pytest.param("N", "-", False, id="left blank"),
        pytest.param("N", "?", False, id="not clear"),
        pytest.param("-", "N", False, id="nothing stood"),
    ],
)
def test_a_clear_row_that_says_something_else_is_a_change(
    circular: Circular, old: str, new: str, *, changed: bool
) -> None:
    found = changes(
        circular, [line(1, "CHE", old)], state="CHE", opinions=[says(new)], received_at=LATER
    )
    assert bool(found) is changed


def test_a_change_names_the_reply_of_what_it_would_replace(circular: Circular) -> None:
    records = [
        line(1, "CHE", "N", reply=5),
        line(2, "CHE", "N", text="Y.2", reply=5),
        line(3, "CHE", "C", text="Y.2", reply=8),
    ]
    rows = [says("D", "Y.2"), says("D", "Y.1")]
    found = changes(circular, records, state="CHE", opinions=rows, received_at=LATER)

    assert [(each.text, each.old_reply) for each in found] == [("Y.2", 8), ("Y.1", 5)]
    assert [(each.old.comments, each.new.opinion) for each in found] == [
        (each.standing.opinion.comments, says("D").opinion) for each in found
    ]


@pytest.mark.parametrize(
    "standing", [Standing.PENDING, Standing.LATE, Standing.REJECTED, Standing.NOT_COUNTED]
)
def test_what_does_not_count_is_not_replaced(circular: Circular, standing: Standing) -> None:
    records = [line(1, "CHE", "N", standing)]
    assert not changes(circular, records, state="CHE", opinions=[says("D")], received_at=LATER)


def test_another_member_state_and_another_circular_do_not_matter(circular: Circular) -> None:
    records = [line(1, "FRA", "N"), line(2, "CHE", "N", circular=107)]
    assert not changes(circular, records, state="CHE", opinions=[says("D")], received_at=LATER)


@pytest.mark.parametrize(
    ("seconds", "changed"),
    [
        pytest.param(-1, False, id="received before it"),
        pytest.param(0, True, id="received in the same second"),
        pytest.param(1, True, id="received after it"),
    ],
)
def test_only_what_was_received_later_takes_its_place(
    circular: Circular, seconds: int, *, changed: bool
) -> None:
    standing = line(1, "CHE", "N")
    found = changes(
        circular,
        [standing],
        state="CHE",
        opinions=[says("D")],
        received_at=standing.received_at + dt.timedelta(seconds=seconds),
    )
    assert bool(found) is changed


@given(
    before=st.lists(st.sampled_from("ANCD-?"), max_size=4),
    new=st.sampled_from("ANCD-?"),
    received=st.integers(0, 5),
)
def test_it_foretells_what_the_tally_will_say(
    circular: Circular, before: list[str], new: str, received: int
) -> None:
    records = [line(seq, "CHE", letter) for seq, letter in enumerate(before, 1)]
    added = line(99, "CHE", new, received=received)
    old = standing_opinions(circular, records).get(("CHE", "Y.1"))
    after = standing_opinions(circular, [*records, added]).get(("CHE", "Y.1"))
    found = changes(
        circular, records, state="CHE", opinions=[added.opinion], received_at=added.received_at
    )

    assert bool(found) is (
        old is not None
        and after is not None
        and (old.opinion.opinion, old.opinion.comments)
        != (after.opinion.opinion, after.opinion.comments)
    )

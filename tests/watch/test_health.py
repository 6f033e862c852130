"""Whether all is well, in one line."""

import datetime as dt

import pytest

from bot.watch.health import Facts, judge

NOW = dt.datetime(2026, 4, 9, 9, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def known(
    last_round: dt.datetime | None = NOW - MINUTE,
    troubles: tuple[str, ...] = (),
    quarantined: int = 0,
    stuck_letters: int = 0,
) -> Facts:
    """A healthy worker, but for what is said."""
    return Facts(
        last_round=last_round,
        troubles=troubles,
        quarantined=quarantined,
        waiting=3,
        stuck_letters=stuck_letters,
        queued_letters=2,
    )


def test_a_healthy_worker_says_how_it_is() -> None:
    health = judge(known(), NOW, max_age=15 * MINUTE)
    assert health.well
    assert health.line == "last round 1 min ago, 3 for a person, 2 letters to go"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        pytest.param(known(None), "no round was ever done", id="never"),
        pytest.param(known(NOW - 16 * MINUTE), "the last round was 16 min ago", id="late"),
        pytest.param(known(NOW - 300 * MINUTE), "the last round was 5 hours ago", id="hours"),
        pytest.param(known(NOW - 9000 * MINUTE), "the last round was 6 days ago", id="days"),
        pytest.param(known(troubles=("away;\nagain later",)), "away; again later", id="a trouble"),
        pytest.param(known(quarantined=2), "2 messages in quarantine", id="quarantine"),
        pytest.param(known(stuck_letters=1), "1 letters have waited", id="letters"),
    ],
)
def test_what_is_wrong_is_said_on_one_line(facts: Facts, said: str) -> None:
    health = judge(facts, NOW, max_age=15 * MINUTE)
    assert not health.well
    assert said in health.line
    assert "\n" not in health.line


def test_a_round_of_exactly_that_age_is_not_late() -> None:
    assert judge(known(NOW - 15 * MINUTE), NOW, max_age=15 * MINUTE).well

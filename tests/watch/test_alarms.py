"""Which troubles are told: once, when they last, and again when they are over."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.troubles import Trouble
from bot.watch.alarms import Alarm, Lasting, alarms_due, follow, told

NOW = dt.datetime(2026, 4, 9, 9, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
AFTER = 15 * MINUTE


def trouble(code: str = "mailbox", text: str = "the mailbox is away", minutes: int = 0) -> Trouble:
    """An open one that began so many minutes after NOW."""
    at = NOW + minutes * MINUTE
    return Trouble(id=1, code=code, text=text, first_at=at, last_at=at, count=1, resolved_at=None)


def played(rounds: dict[int, list[Trouble]]) -> list[tuple[int, str, bool]]:
    """What is told over rounds at those minutes: (minute, code, over)."""
    lasting: tuple[Lasting, ...] = ()
    said = []
    for minute, troubles in rounds.items():
        now = NOW + minute * MINUTE
        lasting = follow(lasting, troubles, now)
        for alarm in alarms_due(lasting, troubles, now, after=AFTER):
            said.append((minute, alarm.code, alarm.over))
            lasting = told(lasting, alarm, now)
    return said


MAILBOX = trouble()
SMTP = trouble("smtp", "no letters")

PLAYS = [
    pytest.param({0: []}, [], id="no trouble"),
    pytest.param({0: [MAILBOX], 14: [MAILBOX], 15: []}, [], id="it mends itself"),
    pytest.param(
        {0: [MAILBOX], 15: [MAILBOX], 16: [MAILBOX], 60: [MAILBOX]},
        [(15, "mailbox", False)],
        id="told once",
    ),
    pytest.param(
        {0: [MAILBOX], 20: [MAILBOX], 21: [], 22: []},
        [(20, "mailbox", False), (21, "mailbox", True)],
        id="told when it is over, once",
    ),
    pytest.param(
        {0: [MAILBOX], 20: [MAILBOX], 21: [], 30: [trouble(minutes=30)], 45: [trouble(minutes=30)]},
        [(20, "mailbox", False), (21, "mailbox", True), (45, "mailbox", False)],
        id="and when it comes again",
    ),
    pytest.param(
        {0: [MAILBOX], 10: [trouble(text="other words", minutes=10)], 15: [trouble(minutes=15)]},
        [(15, "mailbox", False)],
        id="in other words it is the same",
    ),
    pytest.param(
        {0: [MAILBOX], 5: [MAILBOX, trouble("smtp", minutes=5)], 20: [MAILBOX, SMTP], 21: [SMTP]},
        [(20, "mailbox", False), (20, "smtp", False), (21, "mailbox", True)],
        id="two of them",
    ),
    pytest.param({90: [MAILBOX]}, [(90, "mailbox", False)], id="it lasted before the start"),
]


@pytest.mark.parametrize(("rounds", "said"), PLAYS)
def test_what_is_told(rounds: dict[int, list[Trouble]], said: list[tuple[int, str, bool]]) -> None:
    assert played(rounds) == said


@given(st.lists(st.sets(st.sampled_from(["mailbox", "smtp", "gap"])), max_size=40))
def test_each_kind_is_told_and_called_off_in_turn(rounds: list[set[str]]) -> None:
    said = played(
        {
            minute * 5: [trouble(code, minutes=minute * 5) for code in sorted(codes)]
            for minute, codes in enumerate(rounds)
        }
    )
    for code in ("mailbox", "smtp", "gap"):
        overs = [over for _, each, over in said if each == code]
        assert overs == [bool(turn % 2) for turn in range(len(overs))]


def test_an_alarm_is_one_line_and_a_few_words() -> None:
    alarm = Alarm(code="mailbox", text="the mailbox is away", since=NOW, over=False)
    assert alarm.subject == "tsbbot: mailbox has trouble"
    assert "Since 2026-04-09 09:00 UTC" in alarm.words(NOW)
    over = Alarm(code="mailbox", text="the mailbox is away", since=NOW, over=True)
    assert over.subject == "tsbbot: mailbox works again"
    assert "lasted 30 minutes" in over.words(NOW + 30 * MINUTE)

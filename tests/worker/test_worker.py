"""The worker's loop: it goes on whatever fails, and ends when it is told to."""

import dataclasses
import datetime as dt
import threading

import pytest

from bot.edges.system_clock import SystemClock
from bot.errors import StoreError
from bot.store.messages import Messages, StoredMessage
from bot.store.troubles import Troubles
from bot.worker.worker import Round
from tests.worker.workroom import Workroom


def test_it_reconnects_ever_more_patiently_and_works_meanwhile(room: Workroom) -> None:
    room.mailbox.deliver(room.reply())
    room.mailbox.be_unreachable(*["the mailbox server is away"] * 4)
    begun = room.now
    told = room.run()
    assert [each.haul is None for each in told] == [True] * 4 + [False]
    # 1 + 2 + 4 + 8 seconds, each between half and all of it.
    waited = (room.now - begun).total_seconds()
    assert 7.5 <= waited <= 15
    assert len(room.submission.taken) == 1


def test_the_outbox_and_the_calendar_go_on_without_the_mailbox(room: Workroom) -> None:
    room.mailbox.deliver(room.reply())
    room.fetch()
    room.mailbox.be_unreachable("the mailbox server is away")
    done = room.round()
    assert done.trouble == ["the mailbox server is away"]
    assert done.worked.settled == 1
    assert done.sent.sent == 1


def test_a_trouble_that_lasts_is_noted_once_and_resolved_once(room: Workroom) -> None:
    room.mailbox.be_unreachable(*["the mailbox server is away"] * 3)
    room.run()
    (told,) = room.troubles()
    assert (told.code, told.text, told.count) == ("mailbox", "the mailbox server is away", 3)
    assert told.resolved_at is not None

    room.mailbox.be_unreachable("the mailbox server is away", "another reason")
    room.run()
    assert [(each.text, each.count) for each in room.troubles()[1:]] == [
        ("the mailbox server is away", 1),
        ("another reason", 1),
    ]
    assert all(each.resolved_at is not None for each in room.troubles())


def test_a_full_archive_is_one_trouble_as_long_as_it_lasts(
    room: Workroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.mailbox.deliver(room.reply())

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("bot.edges.archive.tempfile.mkstemp", full)
        for _ in range(3):
            done = room.round()
            assert "No space left on device" in done.trouble[0]
    (told,) = room.troubles()
    assert (told.code, told.count, told.resolved_at) == ("archive", 3, None)
    room.round()
    assert room.troubles()[0].resolved_at is not None
    assert len(room.replies()) == 1


def test_a_database_that_fails_for_a_while_ends_no_loop(
    room: Workroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.mailbox.deliver(room.reply())
    failures = [StoreError("the database cannot be used: disk is full")] * 3
    due = Messages.due

    def fails_first(messages: Messages, now: dt.datetime, limit: int) -> list[StoredMessage]:
        if failures:
            raise failures.pop()
        return due(messages, now, limit)

    monkeypatch.setattr(Messages, "due", fails_first)
    told = room.run()
    assert [each.trouble for each in told] == [
        ["the database cannot be used: disk is full"],
        ["the database cannot be used: disk is full"],
        ["the database cannot be used: disk is full"],
        [],
    ]
    assert len(room.replies()) == 1


def test_mailbox_and_database_failing_together_end_no_loop(
    room: Workroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk: the trouble with the mailbox cannot even be noted."""
    room.mailbox.be_unreachable(*["the mailbox server is away"] * 2)
    failures = [StoreError("the database cannot be used: disk is full")] * 2
    note = Troubles.note

    def fails_first(troubles: Troubles, code: str, text: str, at: dt.datetime) -> bool:
        if failures:
            raise failures.pop()
        return note(troubles, code, text, at)

    monkeypatch.setattr(Troubles, "note", fails_first)
    told = room.run()
    assert len(told) == 3
    assert told[-1].trouble == []


def test_a_step_with_a_fault_of_its_own_does_not_stop_the_others(
    room: Workroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.mailbox.deliver(room.reply())

    def faulty(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr("bot.worker.calendar.scheduling.Scheduler.digest", faulty)
        done = room.round()
    assert done.trouble == ["the step 'letters' failed (ZeroDivisionError); see the log"]
    assert done.sent.sent == 1
    assert room.round().trouble == []


@pytest.mark.parametrize("idle", [True, False], ids=["IDLE", "polling"])
def test_the_stop_event_ends_it_promptly(room: Workroom, idle: bool) -> None:
    room.mailbox.wait_for_real()
    worker = dataclasses.replace(room.worker, clock=SystemClock(), poll_seconds=3600, idle=idle)
    stop, told = threading.Event(), threading.Event()
    loop = threading.Thread(target=worker.run, args=(stop, lambda _: told.set()))
    loop.start()
    assert told.wait(30)
    stop.set()
    loop.join(30)
    assert not loop.is_alive()


def test_the_stop_event_ends_the_wait_for_a_server_that_is_away(room: Workroom) -> None:
    room.mailbox.be_unreachable(*["the mailbox server is away"] * 1000)
    worker = dataclasses.replace(room.worker, clock=SystemClock())
    stop = threading.Event()
    rounds: list[Round] = []

    def told(done: Round) -> None:
        rounds.append(done)
        if len(rounds) == 2:
            stop.set()

    loop = threading.Thread(target=worker.run, args=(stop, told))
    loop.start()
    loop.join(30)
    assert not loop.is_alive()
    assert len(rounds) == 2


def test_a_round_in_which_nothing_happens_has_nothing_to_tell(room: Workroom) -> None:
    assert room.round().did_something is False


def test_mail_that_comes_while_it_waits_is_worked_on_over_the_same_connection(
    room: Workroom,
) -> None:
    told = room.run(waits=3)
    assert len(told) == 3
    assert room.mailbox.visits == 1

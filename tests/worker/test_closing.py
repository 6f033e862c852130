"""The closing report is made once, by the worker's calendar, when all that came is recorded."""

import datetime as dt

from bot.consultation.closing import ClosingReport
from bot.reports.closing_report import closing_entry, closing_of
from tests.worker.workroom import Workroom

MINUTE = dt.timedelta(minutes=1)


def _to_the_deadline(room: Workroom) -> None:
    room.clock.advance(room.circular.deadline - room.now)


def _closed(room: Workroom) -> ClosingReport | None:
    with room.desk.store.snapshot() as tx:
        return closing_of(tx, room.circular.number)


def test_none_is_made_in_the_last_minute_and_one_in_the_first_round_after(room: Workroom) -> None:
    room.mailbox.deliver(room.reply("CHE"))
    _to_the_deadline(room)
    assert room.round().closed == 0
    assert _closed(room) is None

    room.later(minutes=1)
    assert room.round().closed == 1
    report = _closed(room)
    assert report is not None
    assert report.tally.replied == ("CHE",)
    assert report.tally == room.tally()


def test_it_is_made_once_and_stays_as_it_was(room: Workroom) -> None:
    _to_the_deadline(room)
    room.later(minutes=1)
    room.round()
    before = _closed(room)

    room.mailbox.deliver(room.reply("FRA", received_at=room.now), received_at=room.now)
    room.later(minutes=5)
    assert room.round().closed == 0
    assert _closed(room) == before
    with room.desk.store.snapshot() as tx:
        assert len([e for e in tx.audit.all() if e.action == "close"]) == 1
        assert tx.audit.verify() is None


def test_mail_of_the_last_minute_is_waited_for(room: Workroom) -> None:
    _to_the_deadline(room)
    received = room.now + MINUTE / 2
    room.mailbox.deliver(room.reply("CHE", received_at=received), received_at=received)
    room.mailbox.be_unreachable("no route to host")
    room.later(minutes=10)
    assert room.round().closed == 0

    room.later(minutes=1)
    assert room.round().closed == 1
    report = _closed(room)
    assert report is not None
    assert report.tally.replied == ("CHE",)


def test_the_report_that_is_kept_is_the_report_that_was_made(room: Workroom) -> None:
    room.mailbox.deliver(room.reply("CHE", "NNCCDD--NN"))
    _to_the_deadline(room)
    room.later(minutes=1, microseconds=7)
    room.round()
    report = _closed(room)
    assert report is not None
    assert report.tally.as_of == room.now
    with room.desk.store.snapshot() as tx:
        entry = closing_entry(tx, room.circular.number)
    assert entry is not None
    assert isinstance(entry.detail, dict)
    assert entry.detail["threshold_per_cent"] == 70

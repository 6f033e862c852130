"""The plan can be read before anything is sent, and says what became of each day."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.consultation.reminder_plan import Stage
from bot.worker.calendar.reminder_calendar import CalendarLine, Progress, reminder_calendar
from tests.worker.workroom import Workroom, open_workroom

REGISTER = (
    "iso3,name,language,region,email,role,focal_point,domain\n"
    "CHE,,fr,,focal@ofcom.example,Focal point,yes,ofcom.example\n"
    "MNG,,en,,focal@crc.example,Focal point,yes,\n"
    "NOR,,en,,,,no,nkom.example\n"
)
#: Half past eight in Geneva on the thirtieth day before the deadline's.
BEGIN = dt.datetime(2026, 3, 31, 6, 30, tzinfo=dt.UTC)


@pytest.fixture
def room(tmp_path: Path, model_database: Path) -> Iterator[Workroom]:
    sections: dict[str, dict[str, object]] = {"reminders": {"days_before": [30, 12, 2]}}
    with open_workroom(tmp_path, model_database, sections, now=BEGIN) as opened:
        assert opened.desk.settings.members.file is not None
        opened.desk.settings.members.file.write_text(REGISTER)
        yield opened


def lines(room: Workroom) -> tuple[CalendarLine, ...]:
    with room.desk.store.snapshot() as tx:
        return reminder_calendar(tx, room.desk.office, room.register, room.now)


def progress(room: Workroom) -> list[tuple[Progress, int]]:
    return [(line.progress, line.states) for line in lines(room)]


def remind(room: Workroom) -> None:
    room.desk.scheduler.remind(room.register, room.now)


def test_each_day_is_named_with_its_stage(room: Workroom) -> None:
    told = [(line.day.day.isoformat(), line.day.days_left, line.stage) for line in lines(room)]
    assert told == [
        ("2026-03-31", 30, Stage.FIRST),
        # The twelfth day before is a Saturday.
        ("2026-04-17", 13, Stage.AGAIN),
        ("2026-04-28", 2, Stage.LAST),
    ]


def test_a_day_is_to_come_then_due_then_sent(room: Workroom) -> None:
    assert progress(room) == [(Progress.COMING, 3)] * 3
    room.later(minutes=30)
    assert progress(room)[0] == (Progress.DUE, 3)
    remind(room)
    # Norway has no address: it stays due, and the table of what is due says so.
    assert progress(room)[0] == (Progress.DUE, 1)
    room.later(hours=12)
    assert progress(room)[0] == (Progress.SENT, 2)


def test_who_has_replied_or_waits_is_not_among_those_to_come(room: Workroom) -> None:
    room.mailbox.deliver(room.reply("CHE", sender="focal@ofcom.example"), room.now)
    room.mailbox.deliver(room.reply("MNG", "XNNNNNNNNN", sender="focal@crc.example"), room.now)
    room.fetch()
    room.decide()
    assert progress(room) == [(Progress.COMING, 1)] * 3


def test_a_day_that_another_has_overtaken_was_missed(room: Workroom) -> None:
    room.later(days=17, hours=1)
    assert progress(room) == [(Progress.MISSED, 0), (Progress.DUE, 3), (Progress.COMING, 3)]


def test_after_the_deadline_there_is_no_plan(room: Workroom) -> None:
    room.later(days=31)
    assert lines(room) == ()

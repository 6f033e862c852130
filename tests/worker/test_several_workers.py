"""Several workers on PostgreSQL: each message and letter once, in order; a dead one's work taken over."""

import contextlib
import datetime as dt
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store.duties import Duty
from bot.store.store import open_store
from bot.worker.caught_up import LAST_VISIT, caught_up
from bot.worker.worker import Round
from tests.store.samples import NOW, taken
from tests.support.postgresql import Postgresql, postgresql
from tests.worker.crew import ROOT, Crew, open_crew
from tests.worker.workroom import Workroom

__all__ = ["postgresql"]

pytestmark = [pytest.mark.integration]


@pytest.fixture
def crew(tmp_path: Path, postgresql: Postgresql) -> Iterator[Crew]:
    """A crew without workers yet."""
    with open_crew(tmp_path, postgresql) as opened:
        yield opened


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """The URL of a database of either kind."""
    if request.param == "sqlite":
        return lambda: f"sqlite:///{tmp_path}/tsbbot.db"
    server: Postgresql = request.getfixturevalue("postgresql")
    return lambda: server.url(server.new_database())


def test_two_workers_decide_each_message_once_and_in_order(crew: Crew) -> None:
    crew.give(200)
    with crew.at_work(2, "--seconds", "0.02") as begun:
        for each in begun:
            assert each.wait(150) == 0
    made = crew.made()
    assert (made.decided, made.twice, made.out_of_order) == (200, 0, 0)
    assert (made.letters, made.again) == (10, 0)
    # One of them visits the mailbox, and one does what the calendar says.
    logs = [crew.log(0), crew.log(1)]
    assert sum("visits=True" in log for log in logs) >= 1
    assert "[]" in logs[0]


@pytest.mark.timeout(300)
def test_a_worker_that_is_killed_leaves_its_work_and_its_duties_to_the_other(crew: Crew) -> None:
    crew.give(60)
    with crew.at_work(2, "--seconds", "0.05", "--lease", "3", "--stay") as (first, second):
        crew.until(0, "visits=")
        crew.until(1, "visits=")
        visitor = 0 if "visits=True" in crew.log(0) else 1
        dead, alive = (first, second) if visitor == 0 else (second, first)
        crew.deliver("FRA")
        os.kill(dead.pid, signal.SIGKILL)
        dead.wait()
        crew.until(1 - visitor, "visits=True calendar=True")
        crew.until_decided(61)
        assert alive.poll() is None
    made = crew.made()
    assert (made.decided, made.twice, made.out_of_order) == (61, 0, 0)
    assert made.letters == 4


def test_a_duty_is_one_workers_until_it_ends(new_url: Callable[[], str]) -> None:
    url = new_url()
    with open_store(url) as one, open_store(url) as other, other.duties() as waiting:
        with one.duties() as held:
            assert held.take(Duty.VISIT)
            assert held.take(Duty.VISIT)
            assert not waiting.take(Duty.VISIT)
        assert waiting.take(Duty.VISIT)


def test_a_duty_goes_with_the_connection(postgresql: Postgresql) -> None:
    database = postgresql.new_database()
    url = postgresql.url(database)
    with (
        open_store(url) as one,
        open_store(url) as other,
        one.duties() as held,
        other.duties() as waiting,
    ):
        assert held.take(Duty.CALENDAR)
        assert not waiting.take(Duty.CALENDAR)
        postgresql.cut_off(database)
        with pytest.raises(StoreError):
            waiting.take(Duty.CALENDAR)
        assert waiting.take(Duty.CALENDAR)
        # Whoever lost it learns so before doing any more of it.
        with pytest.raises(StoreError):
            held.take(Duty.CALENDAR)
        assert not held.take(Duty.CALENDAR)


def test_a_second_worker_on_a_file_says_so_and_leaves(room: Workroom) -> None:
    with room.desk.store.duties() as held:
        assert held.take(Duty.WORK)
        config = room.desk.settings.archive.path.parent / "config.toml"
        done = subprocess.run(
            [sys.executable, "-m", "bot", "run", "--once", "--config", str(config)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 1
    assert "another worker is at work on the database" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_second_worker_in_the_loop_waits_for_the_first(room: Workroom) -> None:
    room.mailbox.deliver(room.reply())
    told: list[Round] = []
    stop = threading.Event()
    room.mailbox.stop_after(1, stop)
    with contextlib.ExitStack() as first:
        assert first.enter_context(room.desk.store.duties()).take(Duty.WORK)

        def hear(done: Round) -> None:
            told.append(done)
            if len(told) == 2:
                first.close()

        room.worker.run(stop, hear)
    assert ["another worker" in " ".join(each.trouble) for each in told] == [True, True, False]
    assert len(room.replies()) == 1


def test_claims_of_a_dead_worker_are_forgotten_where_there_can_be_no_other(room: Workroom) -> None:
    room.mailbox.deliver(room.reply())
    room.fetch()
    with room.desk.store.transaction() as tx:
        assert tx.messages.claim(room.now, room.now + dt.timedelta(minutes=5))
    assert room.round().worked.settled == 1


@pytest.mark.parametrize(
    ("visited", "codes", "waiting", "reminds"),
    [
        pytest.param(None, (), False, False, id="never visited"),
        pytest.param(0, (), False, True, id="just visited"),
        pytest.param(2, (), False, False, id="visited two hours ago"),
        pytest.param(0, (), True, False, id="a message waits"),
        pytest.param(0, (("mailbox", 1),), False, False, id="no mailbox for an hour"),
        pytest.param(0, (("archive", 1),), False, False, id="no archive for an hour"),
        pytest.param(9, (("mailbox", 7),), False, True, id="no mailbox for hours"),
        pytest.param(0, (("smtp", 1),), False, True, id="trouble of another kind"),
    ],
)
def test_nobody_is_reminded_while_a_reply_may_lie_unread(
    tmp_path: Path,
    visited: int | None,
    codes: tuple[tuple[str, int], ...],
    waiting: bool,
    reminds: bool,
) -> None:
    with open_store(f"sqlite:///{tmp_path}/tsbbot.db") as store:
        with store.transaction() as tx:
            if visited is not None:
                tx.values.set(LAST_VISIT, (NOW - dt.timedelta(hours=visited)).isoformat())
            for code, hours in codes:
                tx.troubles.note(code, "away", NOW - dt.timedelta(hours=hours))
            if waiting:
                taken(tx, 1)
        with store.snapshot() as tx:
            assert caught_up(tx, NOW, poll_seconds=60) is reminds

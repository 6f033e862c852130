"""Servers, disks and files that fail: one clear line, the rest goes on, nothing is lost."""

import datetime as dt
import os
import queue
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bot.circulars.shipped import shipped_circulars
from bot.consultation.record import Standing
from bot.demo.consultation import sample_mailbox
from bot.demo.sample_message import Expected, SampleMessage
from bot.demo.smtp_server import EmbeddedSubmission
from bot.edges.system_clock import SystemClock
from bot.errors import ConfigurationError, StoreError
from bot.settings import load_settings
from bot.worker.worker import Round
from tests.acceptance.mail_folder import deliver
from tests.support.dovecot import Dovecot
from tests.support.served_mailbox import ServedMailbox
from tests.support.workplace import Workplace

pytestmark = [pytest.mark.acceptance, pytest.mark.integration]

CIRCULAR = shipped_circulars()[-1]
NOW = CIRCULAR.deadline - dt.timedelta(days=3)
ROOT = Path(__file__).parents[2]
QUIET: Mapping[str, Mapping[str, object]] = {
    "reminders": {"days_before": []},
    "secretariat": {"digest_to": []},
}

#: Runs the command line with a limit on how large a file may grow: a disk that is full.
_SMALL_DISK = """
import resource, runpy, sys
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
runpy.run_module("bot", run_name="__main__")
"""


def replies(*states: str) -> list[SampleMessage]:
    """Clear replies of the sample."""
    sample = {each.name: each for each in sample_mailbox(CIRCULAR)}
    chosen = [sample[state] for state in states]
    assert all(each.expected is Expected.COUNTED for each in chosen)
    return chosen


def closed_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def counted(workplace: Workplace) -> list[str]:
    """Whose replies count."""
    with workplace.desk() as desk, desk.store.snapshot() as tx:
        found = tx.replies.all(CIRCULAR.number)
    assert {each.standing for each in found} <= {Standing.COUNTED}
    return sorted(str(each.state) for each in found)


def with_sections(**changed: Mapping[str, object]) -> dict[str, Mapping[str, object]]:
    """The quiet configuration with some keys changed."""
    return {**QUIET, **changed}


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        pytest.param({"password": "wrong"}, "refuses the user name or password", id="password"),
        pytest.param({"port": "closed"}, "Connection refused", id="unreachable"),
        pytest.param({"folder": "No such folder"}, "No such folder", id="folder"),
    ],
)
def test_a_mailbox_that_cannot_be_opened_is_one_line_and_the_outbox_goes_on(
    mailbox: ServedMailbox,
    tmp_path: Path,
    submission: EmbeddedSubmission,
    keys: dict[str, object],
    words: str,
) -> None:
    deliver(mailbox, replies("CHE"))
    workplace = Workplace(tmp_path, CIRCULAR, mailbox, closed_port(), QUIET)
    workplace.round(NOW)
    unsent = submission.letters
    assert unsent == ()

    wrong = {key: closed_port() if value == "closed" else value for key, value in keys.items()}
    Workplace(tmp_path, CIRCULAR, mailbox, submission.port, with_sections(mailbox=wrong))
    done = workplace.round(NOW + dt.timedelta(hours=1))
    (line,) = done.trouble
    assert words in line
    assert "\n" not in line
    assert "wrong" not in line
    assert done.haul is None
    # What waited in the outbox has gone meanwhile.
    assert len(submission.letters) == 1

    Workplace(tmp_path, CIRCULAR, mailbox, submission.port, QUIET)
    deliver(mailbox, replies("FRA"))
    assert workplace.round(NOW + dt.timedelta(hours=2)).trouble == []
    assert counted(workplace) == ["CHE", "FRA"]
    with workplace.desk() as desk, desk.store.snapshot() as tx:
        assert tx.troubles.open() == []


def test_letters_wait_for_an_smtp_server_that_is_down(
    mailbox: ServedMailbox, tmp_path: Path, submission: EmbeddedSubmission
) -> None:
    deliver(mailbox, replies("CHE", "FRA", "MEX"))
    workplace = Workplace(tmp_path, CIRCULAR, mailbox, closed_port(), QUIET)
    done = workplace.round(NOW)
    (line,) = done.trouble
    assert "the submission server 127.0.0.1" in line
    assert counted(workplace) == ["CHE", "FRA", "MEX"]

    Workplace(tmp_path, CIRCULAR, mailbox, submission.port, QUIET)
    assert workplace.round(NOW + dt.timedelta(minutes=5)).trouble == []
    assert len({each.recipients for each in submission.letters}) == len(submission.letters) == 3


def test_a_server_that_is_restarted_under_the_worker_is_connected_to_again(
    dovecot: Dovecot, tmp_path: Path, submission: EmbeddedSubmission
) -> None:
    mailbox = dovecot.new_mailbox()
    deliver(mailbox, replies("CHE"))
    workplace = Workplace(tmp_path, CIRCULAR, mailbox, submission.port, QUIET)
    workplace.round(NOW)
    dovecot.stop()
    try:
        assert "Connection refused" in workplace.round(NOW).trouble[0]
    finally:
        dovecot.start()
    deliver(mailbox, replies("FRA"))
    assert workplace.round(NOW).trouble == []
    assert counted(workplace) == ["CHE", "FRA"]


def test_the_loop_goes_on_when_its_server_is_restarted(
    dovecot: Dovecot, tmp_path: Path, submission: EmbeddedSubmission
) -> None:
    mailbox = dovecot.new_mailbox()
    sections = with_sections(mailbox={"poll_seconds": 1})
    workplace = Workplace(tmp_path, CIRCULAR, mailbox, submission.port, sections)
    stop = threading.Event()
    rounds: queue.SimpleQueue[Round] = queue.SimpleQueue()

    def until(holds: Callable[[Round], bool]) -> Round:
        while not holds(done := rounds.get(timeout=60)):
            pass
        return done

    with workplace.at_work(SystemClock()) as at_work:
        loop = threading.Thread(target=at_work.worker.run, args=(stop, rounds.put))
        loop.start()
        try:
            until(lambda done: done.haul is not None)
            dovecot.stop()
            try:
                until(lambda done: done.haul is None)
            finally:
                dovecot.start()
            deliver(mailbox, replies("CHE"))
            until(lambda done: done.sent.sent == 1)
        finally:
            stop.set()
            loop.join(60)
        assert not loop.is_alive()
    assert counted(workplace) == ["CHE"]
    with workplace.desk() as desk, desk.store.snapshot() as tx:
        troubles = tx.troubles.since(None)
    assert {each.code for each in troubles} == {"mailbox"}
    assert all(each.resolved_at is not None for each in troubles)


def run_once(workplace: Workplace, limit: int | None = None) -> subprocess.CompletedProcess[str]:
    """`tsbbot run --once` in a process of its own, on a disk that takes no larger file."""
    program = [sys.executable, "-c", _SMALL_DISK, str(limit)]
    if limit is None:
        program = [sys.executable, "-m", "bot"]
    return subprocess.run(
        [*program, "run", "--once", "--config", str(workplace.config), "--now", NOW.isoformat()],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "400"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        # A reply has some 20 kB, the database's journal more.
        pytest.param(5_000, "", id="not even the journal of the database"),
        pytest.param(40_000, "the database", id="the database"),
    ],
)
def test_a_full_disk_loses_nothing(
    mailbox: ServedMailbox,
    tmp_path: Path,
    submission: EmbeddedSubmission,
    limit: int,
    words: str,
) -> None:
    workplace = Workplace(tmp_path, CIRCULAR, mailbox, submission.port, QUIET)
    workplace.round(NOW)
    deliver(mailbox, replies("CHE", "FRA", "MEX", "KAZ"))
    failed = run_once(workplace, limit)
    assert failed.returncode == 1
    assert failed.stderr.startswith("tsbbot: ")
    assert failed.stderr.count("\n") == 1
    assert words in failed.stderr
    assert "Traceback" not in failed.stderr

    assert workplace.round(NOW).trouble == []
    assert counted(workplace) == ["CHE", "FRA", "KAZ", "MEX"]
    ids = [str(each.message()["Message-ID"]) for each in submission.letters]
    assert len(set(ids)) == 4
    with workplace.desk() as desk:
        desk.store.check()
        with desk.store.snapshot() as tx:
            assert tx.audit.verify() is None


def test_a_message_that_the_archive_has_no_room_for_is_taken_once_it_has(
    mailbox: ServedMailbox, tmp_path: Path, submission: EmbeddedSubmission
) -> None:
    workplace = Workplace(tmp_path, CIRCULAR, mailbox, submission.port, QUIET)
    workplace.round(NOW)
    large = replies("CHE")[0]
    # What stands before the first part is shown by no program (RFC 2046, 5.1.1).
    raw = large.raw.replace(b"\r\n\r\n", b"\r\n\r\n" + b"preamble\r\n" * 150_000, 1)
    mailbox.deliver(raw, large.received_at)
    failed = run_once(workplace, 1_000_000)
    assert failed.returncode == 1
    assert "cannot take a message (File too large); free space" in failed.stderr
    assert counted(workplace) == []
    assert workplace.round(NOW).trouble == []
    assert counted(workplace) == ["CHE"]


def test_a_database_that_somebody_holds_is_one_line_and_loses_nothing(
    mailbox: ServedMailbox,
    tmp_path: Path,
    submission: EmbeddedSubmission,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.store.database.PATIENCE", 0.2)
    deliver(mailbox, replies("CHE"))
    workplace = Workplace(tmp_path, CIRCULAR, mailbox, submission.port, QUIET)
    with workplace.desk():
        pass
    other = sqlite3.connect(tmp_path / "tsbbot.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StoreError, match="database is locked; another program") as caught:
            workplace.round(NOW)
        assert "\n" not in str(caught.value)
    finally:
        other.close()
    assert workplace.round(NOW).trouble == []
    assert counted(workplace) == ["CHE"]
    assert len(submission.letters) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("circulars = [", "is not valid TOML", id="no TOML"),
        pytest.param('circulars = ["circular.toml"]', "[mailbox]|mailbox", id="no mailbox"),
        pytest.param(None, "cannot be read", id="missing"),
    ],
)
def test_a_broken_configuration_is_one_line(
    mailbox: ServedMailbox, tmp_path: Path, text: str | None, words: str
) -> None:
    workplace = Workplace(tmp_path, CIRCULAR, mailbox, 9, QUIET)
    if text is None:
        workplace.config.unlink()
    else:
        workplace.config.write_text(text)
    with pytest.raises(ConfigurationError) as caught:
        load_settings(workplace.config)
    assert any(each in str(caught.value) for each in words.split("|"))
    assert "\n" not in str(caught.value)


def test_what_a_command_cannot_do_is_one_line_on_stderr_and_status_1(
    mailbox: ServedMailbox, tmp_path: Path
) -> None:
    workplace = Workplace(tmp_path, CIRCULAR, mailbox, 9, with_sections(mailbox={"port": 9}))
    failed = run_once(workplace)
    assert failed.returncode == 1
    assert failed.stdout.count("\n") == 1
    *_, last = failed.stderr.splitlines()
    assert last.startswith("tsbbot: the mailbox server 127.0.0.1:9 cannot be used")
    assert "Traceback" not in failed.stderr

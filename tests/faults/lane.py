"""One trial after another: a fresh workplace, a worker stopped, started again, and what it left looked at."""

import contextlib
import datetime as dt
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from bot.demo.smtp_server import EmbeddedSubmission
from tests.acceptance.mail_folder import deliver
from tests.faults.account import Account, account_of, faults_of
from tests.faults.edges import Kind, Stop
from tests.faults.life import CROSSED
from tests.faults.scenario import CIRCULAR, FIRST, MOMENT, SECRETARIAT, messages, register
from tests.support.dovecot import Dovecot
from tests.support.postgresql import Postgresql
from tests.support.served_mailbox import ServedMailbox
from tests.support.workplace import Workplace

ROOT = Path(__file__).parents[2]
#: Seconds in which what is left of a killed worker's session ends by itself: a process that was just
#: importing what it reads with notices only after that, and on a busy machine late.
_LEAVE = 60.0
#: The folder to which settled replies are moved, where they are.
_PROCESSED = "Processed"
#: Where a person moves messages to for a moment, and how many.
_ELSEWHERE = "Elsewhere"
_MOVED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What is done to a worker.

    Attributes:
        stops: one a life; after them it is left alone until nothing is left to do.
        files: whether it moves settled replies to another folder.
        sandbox: whether files are read in processes of their own, as they are for real.
        renumbered: whether the folder gets another UIDVALIDITY after the first stop.
        moved: whether a person moves messages to another folder and back after the first stop.
    """

    stops: tuple[Stop, ...] = ()
    files: bool = False
    sandbox: bool = False
    renumbered: bool = False
    moved: bool = False


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What came of a trial.

    Attributes:
        trial: as it was.
        stopped: names of the edges at which it was stopped, with how.
        crossings: of the last life: (name, how it can be stopped).
        account: what it left.
        faults: what must not be; empty where all is well.
        lives: how often it was started.
        seconds: how long the trial took.
    """

    trial: Trial
    stopped: list[tuple[str, Kind]] = field(default_factory=list)
    crossings: list[tuple[str, tuple[Kind, ...]]] = field(default_factory=list)
    account: Account
    faults: list[str] = field(default_factory=list)
    lives: int = 0
    seconds: float = 0.0


class Lane:
    """A warm process, an SMTP server and a folder: trials are run in it one after the other."""

    def __init__(
        self, dovecot: Dovecot, folder: Path, postgresql: Postgresql | None = None
    ) -> None:
        """Names what it works with.

        Args:
            dovecot: running.
            folder: empty; for the workplaces.
            postgresql: running; None: the record is kept in SQLite.
        """
        self._postgresql = postgresql
        self._databases: list[str] = []
        self._dovecot = dovecot
        self._folder = folder
        self._messages = messages()
        self._submission = EmbeddedSubmission()
        self._nursery: subprocess.Popen[str] | None = None
        self._count = 0

    def __enter__(self) -> Self:
        self._submission.__enter__()
        self._model = self._folder / "model"
        mailbox = self._dovecot.new_mailbox()
        with mailbox.client() as client:
            client.select_folder("INBOX", readonly=True)
        # What the thirtieth day left: reminders that were sent, and may bounce.
        assert self._workplace(self._model, mailbox, Trial()).round(FIRST).trouble == []
        self._mailbox = self._delivered()
        self._nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.life"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        warm = self._prepared(self._folder / "warm", self._mailbox, Trial())
        self._ask({"warm": True, "config": str(warm.config), "moment": MOMENT.isoformat()})
        return self

    def __exit__(self, *_: object) -> None:
        if self._nursery is not None:
            assert self._nursery.stdin is not None
            assert self._nursery.stdout is not None
            self._nursery.stdin.close()
            self._nursery.wait(_LEAVE)
            self._nursery.stdout.close()
        self._submission.__exit__(None, None, None)

    def run(self, trial: Trial) -> Outcome:
        """One trial in a workplace of its own, which is removed where all is well."""
        begun = time.monotonic()
        self._count += 1
        folder = self._folder / str(self._count)
        mailbox = self._mailbox
        if trial.files or trial.renumbered or trial.moved:
            mailbox = self._delivered()
        workplace = self._prepared(folder, mailbox, trial)
        before = len(self._submission.letters)
        lives = self._lives(workplace, mailbox, trial)
        letters = self._submission.letters[before:]
        outcome = Outcome(
            trial=trial,
            account=account_of(workplace, mailbox, letters),
            faults=[*lives.faults, *faults_of(workplace, mailbox, letters)],
            stopped=lives.stopped,
            crossings=lives.crossings,
            lives=lives.count,
        )
        outcome.seconds = time.monotonic() - begun
        return outcome

    def clear(self) -> None:
        """Removes the workplace of the last trial."""
        shutil.rmtree(self._folder / str(self._count))
        if self._postgresql is not None:
            self._postgresql.drop(self._databases.pop())

    def _lives(self, workplace: Workplace, mailbox: ServedMailbox, trial: Trial) -> "_Lives":
        lives = _Lives()
        moment = MOMENT
        for stop in (*trial.stops, None):
            pid, ended = self._live(workplace, moment, stop, sandbox=trial.sandbox)
            lives.count += 1
            lives.pids.append(pid)
            lives.crossings = _crossings(workplace.folder / CROSSED)
            if (
                stop is not None
                and (ended == "-9") == (stop.kind is Kind.KILL)
                and _reached(stop, lives.crossings)
            ):
                lives.stopped.append((lives.crossings[stop.at][0], stop.kind))
            elif ended != "0":
                lives.faults.append(f"a life that was not stopped ended with {ended}")
            if stop is None or ended == "0":
                # A failure that the worker lived through: there is nothing left to do for another.
                break
            moment += dt.timedelta(minutes=1)
            if lives.count == 1:
                self._meanwhile(mailbox, trial)
        for pid in lives.pids:
            if not _has_left(pid):
                lives.faults.append(f"something is left of process {pid}")
        return lives

    def _meanwhile(self, mailbox: ServedMailbox, trial: Trial) -> None:
        """What people and servers do while no worker runs."""
        if trial.renumbered:
            self._dovecot.change_uidvalidity(mailbox)
        if trial.moved:
            with mailbox.client() as client:
                client.create_folder(_ELSEWHERE)
                for here, there in (("INBOX", _ELSEWHERE), (_ELSEWHERE, "INBOX")):
                    client.select_folder(here)
                    client.move(client.search(["ALL"])[:_MOVED], there)
                client.unselect_folder()
                client.delete_folder(_ELSEWHERE)

    def _live(
        self, workplace: Workplace, moment: dt.datetime, stop: Stop | None, *, sandbox: bool
    ) -> tuple[int, str]:
        answer = self._ask(
            {
                "config": str(workplace.config),
                "moment": moment.isoformat(),
                "stop": None if stop is None else [stop.at, stop.kind],
                "sandbox": sandbox,
            }
        )
        return int(str(answer["pid"])), str(answer["ended"])

    def _ask(self, job: dict[str, object]) -> dict[str, object]:
        assert self._nursery is not None
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        self._nursery.stdin.write(json.dumps(job) + "\n")
        self._nursery.stdin.flush()
        answer: dict[str, object] = json.loads(self._nursery.stdout.readline())
        return answer

    def _delivered(self) -> ServedMailbox:
        mailbox = self._dovecot.new_mailbox()
        deliver(mailbox, self._messages)
        return mailbox

    def _prepared(self, folder: Path, mailbox: ServedMailbox, trial: Trial) -> Workplace:
        workplace = self._workplace(folder, mailbox, trial)
        if self._postgresql is None:
            shutil.copy(self._model / "tsbbot.db", folder / "tsbbot.db")
        return workplace

    def _workplace(self, folder: Path, mailbox: ServedMailbox, trial: Trial) -> Workplace:
        keys: dict[str, object] = {"idle": False, "poll_seconds": 60}
        if trial.files:
            keys["processed_folder"] = _PROCESSED
        database: dict[str, object] = {}
        if self._postgresql is not None:
            model = self._databases[0] if self._databases else "template1"
            self._databases.append(self._postgresql.new_database(like=model))
            database["url"] = self._postgresql.url(self._databases[-1])
        sections: dict[str, dict[str, object]] = {
            "mailbox": keys,
            "database": database,
            "secretariat": {"digest_to": [SECRETARIAT]},
            "limits": {"processes": 1},
        }
        port = self._submission.port
        return Workplace(folder, CIRCULAR, mailbox, port, sections, register=register())


@dataclass(slots=True)
class _Lives:
    count: int = 0
    pids: list[int] = field(default_factory=list)
    stopped: list[tuple[str, Kind]] = field(default_factory=list)
    crossings: list[tuple[str, tuple[Kind, ...]]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def _crossings(path: Path) -> list[tuple[str, tuple[Kind, ...]]]:
    crossings = [(name, tuple(map(Kind, kinds))) for name, kinds in json.loads(path.read_text())]
    path.unlink()
    return crossings


def _reached(stop: Stop, crossings: Sequence[tuple[str, tuple[Kind, ...]]]) -> bool:
    return stop.at < len(crossings) and stop.kind in crossings[stop.at][1]


def _has_left(pid: int) -> bool:
    """Whether nothing is left of its session, and ends it where something is: it is nobody else's."""
    deadline = time.monotonic() + _LEAVE
    while time.monotonic() < deadline:
        try:
            os.killpg(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    return False


@contextlib.contextmanager
def open_lanes(
    dovecot: Dovecot, folder: Path, count: int, postgresql: Postgresql | None = None
) -> Iterator[list[Lane]]:
    """So many lanes, each in a folder of its own, on SQLite or on that PostgreSQL."""
    with contextlib.ExitStack() as stack:
        lanes = []
        for number in range(count):
            place = folder / f"lane{number}"
            place.mkdir()
            lanes.append(stack.enter_context(Lane(dovecot, place, postgresql)))
        yield lanes

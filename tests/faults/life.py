"""One life of the worker, in a process of its own: from its start until nothing is left to do.

The process that runs this module is warm: everything is imported and every form read. For each life
it forks, so that a start costs milliseconds. It is told by one JSON object a line what to live
through, and answers so.
"""

import contextlib
import datetime as dt
import hashlib
import json
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType

import bot.wiring.desk
import bot.wiring.worker
from bot.edges.clock import FixedClock
from bot.errors import TsbbotError
from bot.letters.rendering import Letters
from bot.settings import load_settings
from bot.store.tables.mailbox import MessageStatus
from bot.wiring.desk import Desk, open_desk
from bot.wiring.worker import open_worker
from bot.worker.worker import Round
from parsers.reading import FormReading
from parsers.registry import read
from parsers.sandbox import Sandbox
from tests.faults.edges import Edges, Kind, Stop

#: Seconds after which a life that does not end is a failure.
PATIENCE = 120.0
#: Rounds after which one that finds no rest is one.
_MOST_ROUNDS = 500
#: Where a life leaves what it crossed.
CROSSED = "crossed.json"

_read: dict[str, FormReading] = {}
#: Templates are compiled once for all lives.
_letters: dict[tuple[Path, ...], Letters] = {}


class _Reader(Sandbox):
    """Reads files here, each once for all lives; reading is an edge too."""

    edges = Edges()

    def read_all(
        self, files: Iterable[bytes], known: Mapping[str, str] | None = None
    ) -> Iterator[FormReading]:
        """See `Sandbox`."""
        for data in files:
            self.edges.fails("reader", RuntimeError("the reader has a fault"))
            yield _reading(data, known)


def _reading(data: bytes, known: Mapping[str, str] | None) -> FormReading:
    sha256 = hashlib.sha256(data).hexdigest()
    if sha256 not in _read:
        _read[sha256] = read(data, known)
    return _read[sha256]


def _put(module: ModuleType, name: str, instead: object) -> None:
    """Has the worker put together with something else than usual."""
    # Where it was moved elsewhere, the worker would be put together with the usual one in silence.
    assert hasattr(module, name), f"{module.__name__} has no {name}"
    setattr(module, name, instead)


def live(config: Path, moment: dt.datetime) -> None:
    """Opens what the configuration describes and works until nothing is left to do.

    Raises:
        RuntimeError: it finds no rest.
        TsbbotError: it cannot even begin; `tsbbot run` ends with that line.
    """
    ends, rounds = threading.Event(), 0
    with open_desk(load_settings(config)) as desk:

        def told(done: Round) -> None:
            nonlocal rounds
            rounds += 1
            if done.trouble:
                print(json.dumps({"round": rounds, "trouble": done.trouble}), flush=True)
            if done.haul is not None and not done.did_something and _is_done(desk):
                ends.set()
            if rounds > _MOST_ROUNDS:
                raise RuntimeError("the worker finds no rest")

        with open_worker(desk, FixedClock(moment)) as worker:
            worker.run(ends, told)


def _is_done(desk: Desk) -> bool:
    with desk.store.snapshot() as tx:
        waiting = tx.messages.count_by_status()[MessageStatus.RECEIVED]
        return not waiting and not tx.letters.count_queued()


def _kept_letters(folders: Sequence[Path] = ()) -> Letters:
    key = tuple(folders)
    if key not in _letters:
        _letters[key] = Letters(folders)
    return _letters[key]


def _be_born(job: Mapping[str, object]) -> None:
    """The child's whole life; does not return."""
    config = Path(str(job["config"]))
    os.setsid()
    log = os.open(config.parent / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    stop = job["stop"]
    edges = Edges(path=config.parent / CROSSED)
    if isinstance(stop, list):
        edges.stop = Stop(at=int(stop[0]), kind=Kind(stop[1]))
    print(json.dumps({"life": job}), flush=True)
    _Reader.edges = edges
    if job["sandbox"]:
        _put(bot.wiring.worker, "Sandbox", Sandbox)
    edges.wrap()
    status = 0
    try:
        live(config, dt.datetime.fromisoformat(str(job["moment"])))
    except TsbbotError as error:
        print(f"tsbbot: {error}", flush=True)
        status = 1
    edges.note()
    os._exit(status)


def _wait_for(pid: int) -> str:
    """How the child ended: "0", "1", "9" for SIGKILL as a signal's number below zero, or "hung"."""
    handle = os.pidfd_open(pid)
    try:
        ended, _, _ = select.select([handle], [], [], PATIENCE)
    finally:
        os.close(handle)
    if not ended:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    return str(os.waitstatus_to_exitcode(status)) if ended else "hung"


def main() -> None:
    """Lives through what it is told, line by line; the first life is its own, and makes it warm."""
    _put(bot.wiring.worker, "Sandbox", _Reader)
    _put(bot.wiring.desk, "Letters", _kept_letters)
    for line in sys.stdin:
        job = json.loads(line)
        if job.get("warm"):
            with contextlib.redirect_stdout(sys.stderr):
                live(Path(job["config"]), dt.datetime.fromisoformat(job["moment"]))
            print(json.dumps({"warm": True}), flush=True)
            continue
        begun = time.monotonic()
        pid = os.fork()
        if pid == 0:
            try:
                _be_born(job)
            except BaseException:  # noqa: BLE001 - it must not live on as its parent
                sys.excepthook(*sys.exc_info())
                os._exit(3)
        ended = _wait_for(pid)
        answer = {"ended": ended, "pid": pid, "seconds": time.monotonic() - begun}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()

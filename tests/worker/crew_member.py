"""One of several workers on a shared database, as a program: `python -m tests.worker.crew_member`.

It is the real worker, but for what reads files: that takes as long as it is told, as a form on another
core would, and says what the real reader said of the same bytes before.
"""

import argparse
import datetime as dt
import hashlib
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bot.edges.system_clock import SystemClock
from bot.settings import load_settings
from bot.store.tables.mailbox import MessageStatus
from bot.wiring.desk import Desk, open_desk
from bot.wiring.worker import open_worker
from bot.worker.worker import Round
from parsers.reading import FormReading
from parsers.registry import read
from parsers.sandbox import Sandbox


class SlowReader(Sandbox):
    """Reads each file once, and takes its time over each."""

    seconds = 0.0
    _read: dict[str, FormReading] = {}  # noqa: RUF012 - of this process

    def read_all(
        self, files: Iterable[bytes], known: Mapping[str, str] | None = None
    ) -> Iterator[FormReading]:
        """See `Sandbox`."""
        for data in files:
            time.sleep(self.seconds)
            sha256 = hashlib.sha256(data).hexdigest()
            if sha256 not in self._read:
                self._read[sha256] = read(data, known)
            yield self._read[sha256]


def main() -> None:
    """Works until it is killed, or nothing is left and it is told to end then."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("--seconds", type=float, default=0.0, help="that each file takes to read")
    parser.add_argument("--lease", type=float, default=300.0, help="seconds that a claim holds")
    parser.add_argument("--stay", action="store_true", help="goes on when nothing is left")
    arguments = parser.parse_args()
    SlowReader.seconds = arguments.seconds
    lease = dt.timedelta(seconds=arguments.lease)
    for module, name, instead in (
        ("bot.wiring", "Sandbox", SlowReader),
        ("bot.worker.claiming", "LEASE", lease),
        ("bot.worker.sending", "_LEASE", lease),
    ):
        setattr(sys.modules[module], name, instead)
    ends = threading.Event()
    with open_desk(load_settings(arguments.config)) as desk:

        def told(done: Round) -> None:
            print(
                f"visits={not done.elsewhere} calendar={done.calendar} {done.trouble}", flush=True
            )
            if not arguments.stay and not done.worked.waiting and _is_done(desk):
                ends.set()

        with open_worker(desk, SystemClock()) as worker:
            print("ready", flush=True)
            sys.stdin.readline()
            worker.run(ends, told)


def _is_done(desk: Desk) -> bool:
    with desk.store.snapshot() as tx:
        waiting = tx.messages.count_by_status()[MessageStatus.RECEIVED]
        return not waiting and not tx.letters.count_queued()


if __name__ == "__main__":
    main()

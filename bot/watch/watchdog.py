"""Ends the process when a round gets nowhere, so that the service manager starts it anew.

Every step of the worker is a transaction, so that being ended anywhere loses nothing. What counts
as getting somewhere is a commit: a long backlog is worked through for hours, message by message.
"""

import contextlib
import faulthandler
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator

#: EX_SOFTWARE of sysexits.h.
STATUS = 70


class Watchdog:
    """A thread that looks on; asleep while no round is under way."""

    def __init__(self, seconds: float, end: Callable[[str], None] | None = None) -> None:
        """Sets the limit.

        Args:
            seconds: that may pass within a round without a commit.
            end: what is done then; None: the process is ended at once.
        """
        self._seconds = seconds
        self._end = end or _end_process
        self._changed = threading.Condition()
        #: By the monotonic clock; None between rounds.
        self._fed: float | None = None
        self._over = False
        self._thread = threading.Thread(target=self._look_on, name="watchdog", daemon=True)

    @contextlib.contextmanager
    def on_guard(self) -> Iterator[None]:
        """Looks on while the context lasts."""
        self._thread.start()
        try:
            yield
        finally:
            with self._changed:
                self._over = True
                self._changed.notify()
            self._thread.join()

    @contextlib.contextmanager
    def round(self) -> Iterator[None]:
        """One round: within it something has to happen."""
        self._set(time.monotonic())
        try:
            yield
        finally:
            self._set(None)

    def feed(self) -> None:
        """Something was committed."""
        with self._changed:
            if self._fed is not None:
                self._fed = time.monotonic()

    def _set(self, moment: float | None) -> None:
        with self._changed:
            self._fed = moment
            self._changed.notify()

    def _look_on(self) -> None:
        with self._changed:
            while not self._over:
                if self._fed is None:
                    self._changed.wait()
                    continue
                left = self._fed + self._seconds - time.monotonic()
                if left > 0:
                    self._changed.wait(left)
                    continue
                self._fed = None
                self._end(
                    f"tsbbot: a round has got nowhere for {self._seconds:g} seconds; the process"
                    " ends, to be started anew ([limits] round_seconds)"
                )


def _end_process(line: str) -> None:
    # Where it hangs, by file and line alone: no values.
    faulthandler.dump_traceback(all_threads=True)
    sys.stderr.write(f"{line}\n")
    for stream in (sys.stderr, sys.stdout):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(STATUS)

"""The clock of this machine: the only place that asks it."""

import datetime as dt
import threading


class SystemClock:
    """See `Clock`."""

    def now(self) -> dt.datetime:
        """See `Clock`."""
        return dt.datetime.now(dt.UTC)

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """See `Clock`; measured by a clock that nobody sets, so a changed system time is harmless."""
        # An event would wait for ever on None, and refuses numbers beyond its own limit.
        return stop.wait(min(max(seconds, 0), threading.TIMEOUT_MAX))

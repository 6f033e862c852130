"""The time, as whoever needs it asks for it: handed in, aware, UTC."""

import datetime as dt
import threading
from typing import Protocol


class Clock(Protocol):
    """Tells the time and waits; the only source of both."""

    def now(self) -> dt.datetime:
        """The present moment, aware, in UTC."""
        ...

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """Waits, or less where it is told to stop.

        Args:
            seconds: how long; nothing is waited for zero or less.
            stop: ends the wait once it is set.

        Returns:
            Whether `stop` is set.
        """
        ...


class FixedClock:
    """A clock that stands still until it is moved: for `--now`, rehearsals and tests.

    Waiting takes no time: it moves the clock on and comes back.
    """

    def __init__(self, moment: dt.datetime) -> None:
        """Sets the clock.

        Args:
            moment: aware; kept in UTC.

        Raises:
            ValueError: the moment has no time zone.
        """
        if moment.tzinfo is None:
            raise ValueError("a moment without a time zone is not a moment")
        self._moment = moment.astimezone(dt.UTC)
        self._lock = threading.Lock()

    def now(self) -> dt.datetime:
        """The moment that it was set to, and moved on by waiting."""
        with self._lock:
            return self._moment

    def advance(self, by: dt.timedelta) -> None:
        """Moves the clock on."""
        with self._lock:
            self._moment += by

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """Moves on by so many seconds at once, unless `stop` is set already."""
        if not stop.is_set():
            self.advance(dt.timedelta(seconds=max(seconds, 0)))
        return stop.is_set()

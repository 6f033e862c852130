"""How often somebody tried something of late."""

import datetime as dt
import threading
from collections import deque


class Attempts:
    """Counts attempts by name within a span of time, in memory; forgets the oldest names first."""

    def __init__(self, most: int, within: dt.timedelta, *, names: int = 10_000) -> None:
        """Says how many are allowed, within what span, and how many names are held at once."""
        self._most = most
        self._within = within
        self._names = names
        self._made: dict[str, deque[dt.datetime]] = {}
        self._lock = threading.Lock()

    def allow(self, name: str, now: dt.datetime) -> bool:
        """Counts an attempt; False where there were too many. One that is refused counts too."""
        with self._lock:
            made = self._made.pop(name, None)
            if made is None:
                made = deque(maxlen=self._most + 1)
            # Whoever tried last stands last, so that the first is the longest idle.
            self._made[name] = made
            while len(self._made) > self._names:
                del self._made[next(iter(self._made))]
            while made and now - made[0] > self._within:
                made.popleft()
            made.append(now)
            return len(made) <= self._most

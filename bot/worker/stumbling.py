"""Messages at which the connection broke: the others go first, and they are tried more seldom."""

import datetime as dt
from collections.abc import Iterable

#: So often in a row it may have been the network.
_BENEFIT = 3
#: Then it is tried again after so long.
_REST = dt.timedelta(hours=1)


class StumblingBlocks:
    """Remembers them in this process alone: after a restart each is tried again.

    A message that breaks the connection whenever it is fetched must not keep those behind it from
    their turn.
    """

    def __init__(self) -> None:
        self._met: dict[tuple[int, int], tuple[int, dt.datetime]] = {}

    def order(self, uidvalidity: int, uids: Iterable[int]) -> list[int]:
        """The UIDs in order, those at which the connection broke last."""
        return sorted(uids, key=lambda uid: (self._met.get((uidvalidity, uid), (0,))[0], uid))

    def rests(self, uidvalidity: int, uid: int, now: dt.datetime) -> bool:
        """Whether the message is not to be tried now."""
        times, last = self._met.get((uidvalidity, uid), (0, now))
        return times >= _BENEFIT and now - last < _REST

    def met(self, uidvalidity: int, uid: int, now: dt.datetime) -> None:
        """The connection broke at that message."""
        times, _ = self._met.get((uidvalidity, uid), (0, now))
        self._met[uidvalidity, uid] = (times + 1, now)

    def passed(self, uidvalidity: int, uid: int) -> None:
        """The message was had after all."""
        self._met.pop((uidvalidity, uid), None)

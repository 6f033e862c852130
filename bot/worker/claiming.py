"""Messages claimed by one worker: nobody else reads them meanwhile, and a dead one's come free again.

A claim is no more than a courtesy among workers, which spares them from reading the same files: what
keeps a message from being decided twice is that its status is looked at in the transaction that
decides.
"""

import contextlib
import datetime as dt
from collections.abc import Iterator
from typing import Final

from bot.edges.clock import Clock
from bot.errors import StoreError
from bot.store.messages import StoredMessage
from bot.store.store import Store

#: How long a claim holds: a message may have several files, each of which may take a minute.
LEASE: Final = dt.timedelta(minutes=5)
#: Claimed together. More would wait for one worker while another has nothing to do.
_AT_ONCE = 8
#: How many bytes of them lie in memory at once.
_BYTES = 50_000_000


class Claims:
    """The claims of one pass over the messages."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Begins without any.

        Args:
            store: where the messages are.
            clock: for when claims run out.
        """
        self._store = store
        self._clock = clock
        self._held: dict[int, StoredMessage] = {}
        self._until = clock.now()

    def more(self) -> list[StoredMessage]:
        """Claims some more, the first received first: as many as fit into memory, one in any case."""
        now = self._clock.now()
        with self._store.snapshot() as tx:
            if not tx.messages.due(now, limit=1):
                return []
        with self._store.transaction() as tx:
            claimed = tx.messages.claim(now, now + LEASE, _AT_ONCE)
            fit = _that_fit(claimed)
            tx.turns.give_back([each.id for each in claimed[fit:]])
        if not self._held:
            self._until = now + LEASE
        self._held |= {each.id: each for each in claimed[:fit]}
        return claimed[:fit]

    def renew(self) -> None:
        """Keeps what is held for longer, where the time of it is half over."""
        now = self._clock.now()
        if self._held and self._until - now < LEASE / 2:
            self._until = now + LEASE
            with self._store.transaction() as tx:
                tx.turns.keep(list(self._held), self._until)

    def done(self, message: StoredMessage) -> None:
        """That one is decided, or set back."""
        self._held.pop(message.id, None)

    @contextlib.contextmanager
    def given_back(self) -> Iterator[None]:
        """Gives what is left back at the end."""
        try:
            yield
        finally:
            held, self._held = list(self._held), {}
            if held:
                # Where the database fails they come free by themselves, later.
                with contextlib.suppress(StoreError), self._store.transaction() as tx:
                    tx.turns.give_back(held)


def _that_fit(claimed: list[StoredMessage]) -> int:
    size = 0
    for place, message in enumerate(claimed):
        size += message.size
        if place and size > _BYTES:
            return place
    return len(claimed)

"""The messages looked at last, opened: a page and its pictures ask for the same one many times."""

import threading
from collections import OrderedDict

from bot.edges.archive import Archive
from bot.mail.message import Message
from bot.mail.opening import open_message

_MOST = 8
_MOST_BYTES = 60_000_000


class OpenedMessages:
    """Opens messages of the archive, and holds a few."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._held: OrderedDict[str, tuple[int, Message]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, sha256: str) -> Message:
        """The message of that hash.

        Raises:
            ArchiveError: it is not there, or damaged.
        """
        with self._lock:
            if sha256 in self._held:
                self._held.move_to_end(sha256)
                return self._held[sha256][1]
        raw = self._archive.get(sha256)
        message = open_message(raw)
        with self._lock:
            self._held[sha256] = (len(raw), message)
            while len(self._held) > 1 and (
                len(self._held) > _MOST
                or sum(size for size, _ in self._held.values()) > _MOST_BYTES
            ):
                self._held.popitem(last=False)
        return message

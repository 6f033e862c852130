"""Readings made while looking, kept for the step that needs them next: nothing is read twice."""

import hashlib
from collections import OrderedDict

from bot.intake.part_reading import PartReading
from bot.mail.message import Message

#: Messages at the most, and bytes of them together; older ones are read again.
_MOST = 64
_MOST_BYTES = 100_000_000


class ReadingsAtHand:
    """A few messages with their readings, by the hash of their bytes, in this process alone."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[Message, tuple[PartReading, ...]]] = OrderedDict()
        self._sizes: dict[str, int] = {}

    def leave(self, raw: bytes, message: Message, parts: tuple[PartReading, ...]) -> None:
        """Leaves what was read of a message."""
        self.put_back(hashlib.sha256(raw).hexdigest(), len(raw), message, parts)

    def put_back(
        self, sha256: str, size: int, message: Message, parts: tuple[PartReading, ...]
    ) -> None:
        """Leaves again what was picked up.

        Args:
            sha256: of the message's bytes.
            size: how many they are.
            message: opened.
            parts: read.
        """
        self._kept[sha256] = (message, parts)
        self._sizes[sha256] = size
        while len(self._kept) > _MOST or sum(self._sizes.values()) > _MOST_BYTES:
            oldest, _ = self._kept.popitem(last=False)
            del self._sizes[oldest]

    def pick_up(self, sha256: str) -> tuple[Message, tuple[PartReading, ...]] | None:
        """What was left of that message; None where nothing was. It can be picked up once."""
        self._sizes.pop(sha256, None)
        return self._kept.pop(sha256, None)

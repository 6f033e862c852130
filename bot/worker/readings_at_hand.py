"""Readings made while looking, kept for the step that needs them next: nothing is read twice."""

import hashlib
from collections import OrderedDict

from bot.intake.part_reading import PartReading
from bot.mail.message import Message

#: Messages at the most; older ones are read again.
_MOST = 64


class ReadingsAtHand:
    """A few messages with their readings, by the hash of their bytes, in this process alone."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[Message, tuple[PartReading, ...]]] = OrderedDict()

    def leave(self, raw: bytes, message: Message, parts: tuple[PartReading, ...]) -> None:
        """Leaves what was read of a message."""
        self._kept[hashlib.sha256(raw).hexdigest()] = (message, parts)
        while len(self._kept) > _MOST:
            self._kept.popitem(last=False)

    def pick_up(self, sha256: str) -> tuple[Message, tuple[PartReading, ...]] | None:
        """What was left of that message; None where nothing was. It can be picked up once."""
        return self._kept.pop(sha256, None)

"""What every reader hands on, and how every reader says that it cannot read."""

from dataclasses import dataclass

from parsers.passage import Passage
from parsers.reading import Doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document brought to passages, whatever its format.

    Attributes:
        passages: in reading order.
        text: all of its text, for names and numbers.
        doubts: of the file as a whole: UNREADABLE where a part of it could not be read, SCAN where
            it holds pictures of pages.
        signed: whether a signature or stamp is in it; None where its reader cannot tell.
    """

    passages: tuple[Passage, ...]
    text: str
    doubts: tuple[Doubt, ...] = ()
    signed: bool | None = None


class NotReadableError(Exception):
    """A file that its reader cannot read.

    Attributes:
        doubt: the reason's stable code; the message says it to people, in one line.
    """

    def __init__(self, doubt: Doubt, message: str) -> None:
        super().__init__(message)
        self.doubt = doubt

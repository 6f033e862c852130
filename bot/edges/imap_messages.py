"""What the mailbox tells of its folder and of its messages."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.edges.body_structure import LeafPart, leaf_parts

#: A literal8 (RFC 3516, 4), which imapclient leaves unread: its content is lost.
_LITERAL8 = re.compile(rb"~\{\d+\+?\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A folder as it was when it was opened.

    Attributes:
        uidvalidity: UIDs mean the same messages as long as this stays the same (RFC 3501, 2.3.1.1).
        uidnext: no message that comes later has a lower UID; None where the server does not say.
        exists: how many messages are in it.
    """

    uidvalidity: int
    uidnext: int | None
    exists: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What can be known of a message without reading it.

    Attributes:
        uid: its number in the folder.
        header: its header block, as it is; cut at 256 KiB.
        structure: its leaf parts as declared; None where the server cannot say them.
        received_at: when the server received it (INTERNALDATE), UTC; None where it does not say.
        size: octets as a whole (RFC822.SIZE).
        trouble: what the server said when it would tell nothing of this message; then the header
            is empty, the size 0 and the rest None. None is the rule.
    """

    uid: int
    header: bytes
    structure: tuple[LeafPart, ...] | None
    received_at: dt.datetime | None
    size: int
    trouble: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A message, byte for byte.

    Attributes:
        raw: the whole of it, or its header alone where that was asked for.
        received_at: when the server received it (INTERNALDATE), UTC; None where it does not say.
    """

    raw: bytes
    received_at: dt.datetime | None


class OddAnswerError(ValueError):
    """An answer of the server lacks what was asked for."""


#: An answer to FETCH as imapclient gives it: item in upper case -> value.
Answer = Mapping[bytes, Any]


def glance(uid: int, answer: Answer, structure: Answer | None) -> Glance:
    """Makes one of the answers for a message.

    Args:
        uid: its number.
        answer: to the header, INTERNALDATE and RFC822.SIZE.
        structure: the answer to BODYSTRUCTURE; None where there was none.

    Raises:
        OddAnswerError: the header or the size is missing.
    """
    size = answer.get(b"RFC822.SIZE")
    if not isinstance(size, int):
        raise OddAnswerError("no RFC822.SIZE")
    return Glance(
        uid=uid,
        header=section(answer, b"BODY[HEADER]", missing=b""),
        structure=leaf_parts(structure.get(b"BODYSTRUCTURE")) if structure else None,
        received_at=received_at(answer),
        size=size,
    )


def section(answer: Answer, name: bytes, *, missing: bytes | None = None) -> bytes:
    """The content of a section, whole or in part ("BODY[HEADER]<0>").

    Args:
        answer: to FETCH.
        name: "BODY[...]".
        missing: what NIL means; None: that it is an error.

    Raises:
        OddAnswerError: it is missing, or came in a form that was not asked for.
    """
    found = [value for key, value in answer.items() if key.partition(b"<")[0] == name]
    if not found:
        raise OddAnswerError(f"no {name.decode()}")
    value = missing if found[0] is None else found[0]
    if not isinstance(value, bytes) or _LITERAL8.fullmatch(value):
        raise OddAnswerError(f"{name.decode()} is not text")
    return value


def received_at(answer: Answer) -> dt.datetime | None:
    """INTERNALDATE in UTC; None where it is missing or unreadable."""
    moment = answer.get(b"INTERNALDATE")
    if not isinstance(moment, dt.datetime):
        return None
    # "-0000" comes without a zone: it means UTC (RFC 5322, 3.3).
    if moment.tzinfo is None:
        return moment.replace(tzinfo=dt.UTC)
    try:
        return moment.astimezone(dt.UTC)
    except OverflowError:
        # At the edge of the calendar.
        return None

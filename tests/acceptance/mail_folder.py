"""What people see of a mailbox: every message of every folder, with its flags."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from email import policy
from email.parser import BytesHeaderParser
from typing import Protocol

from bot.demo.smtp_server import SentLetter
from tests.support.served_mailbox import ServedMailbox

#: Flags that people and their programs set; message by message another one.
_FLAGS: tuple[tuple[str, ...], ...] = (
    (),
    ("\\Seen",),
    ("\\Flagged",),
    (),
    ("\\Seen", "\\Answered"),
    ("$Important",),
    ("\\Draft",),
)


class Delivered(Protocol):
    """A message with the time at which the server received it."""

    @property
    def raw(self) -> bytes:
        """Its bytes."""
        ...

    @property
    def received_at(self) -> dt.datetime:
        """Becomes its INTERNALDATE."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Lying:
    """A message as it lies there."""

    folder: str
    uid: int
    flags: frozenset[bytes]
    received_at: dt.datetime
    raw: bytes


def deliver(mailbox: ServedMailbox, messages: Iterable[Delivered]) -> None:
    """Puts messages into the INBOX, in turn unread, read, flagged, answered by people."""
    with mailbox.client() as client:
        for number, message in enumerate(messages):
            flags = _FLAGS[number % len(_FLAGS)]
            client.append("INBOX", message.raw, flags=flags, msg_time=message.received_at)


def everything(mailbox: ServedMailbox) -> list[Lying]:
    """Every message of every folder."""
    found = []
    with mailbox.client() as client:
        for _, _, folder in client.list_folders():
            client.select_folder(folder, readonly=True)
            answers = client.fetch(client.search(["ALL"]), ["BODY.PEEK[]", "INTERNALDATE", "FLAGS"])
            found += [
                Lying(
                    folder=folder,
                    uid=uid,
                    # \Recent is of a connection only.
                    flags=frozenset(answer[b"FLAGS"]) - {b"\\Recent"},
                    received_at=answer[b"INTERNALDATE"],
                    raw=answer[b"BODY[]"],
                )
                for uid, answer in sorted(answers.items())
            ]
    return found


def field_of(raw: bytes, name: str) -> str | None:
    """A header field of a message as it is written there; None where it has none."""
    value = BytesHeaderParser(policy=policy.compat32).parsebytes(raw)[name]
    return None if value is None else str(value)


def answers(letters: Iterable[SentLetter]) -> list[SentLetter]:
    """The letters that answer a message (RFC 3834, 3.1.7)."""
    return [
        letter
        for letter in letters
        if (field_of(letter.raw, "Auto-Submitted") or "").startswith("auto-replied")
    ]

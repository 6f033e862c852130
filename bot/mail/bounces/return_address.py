"""Where a letter returns to if it cannot be delivered: one address for all, or one for each letter.

An address of its own (a variable envelope return path, VERP) says which letter a bounce is about
however little the bounce says itself. The server must deliver such sub-addresses (RFC 5233) to the
mailbox that is read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.mail.addresses import normal_email, parse_addresses
from bot.mail.message import Message
from bot.mail.own_mark import mark_of, message_id_of_mark

#: Stands in the pattern where the letter's own mark goes.
LETTER = "{letter}"
#: RFC 5321, 4.5.3.1.1: of a local part.
_LONGEST_LOCAL = 64
#: Where the address that a message was delivered to may be found, whatever its To says.
_DELIVERED = (
    "delivered-to",
    "x-original-to",
    "envelope-to",
    "x-envelope-to",
    "x-delivered-to",
    "x-rcpt-to",
    "x-forwarded-to",
)
_FOR = re.compile(r"\bfor\s{1,4}<([^<>\s]{3,320})>", re.IGNORECASE)
_MOST_FIELDS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnAddress:
    """Where letters return to.

    Attributes:
        address: of the mailbox: what a letter goes out under without a pattern.
        pattern: "tsbdir+b-{letter}@example.org": an address for each letter; empty: none.
    """

    address: str
    pattern: str = ""

    def __post_init__(self) -> None:
        """Checks the pattern.

        Raises:
            ValueError: no address can be made of it.
        """
        if self.pattern:
            made = self.pattern.replace(LETTER, "0" * 32)
            local = made.rpartition("@")[0]
            if self.pattern.count(LETTER) != 1 or LETTER not in self.pattern.rpartition("@")[0]:
                raise ValueError(f"{LETTER} must stand once, before the @")
            if not made.isascii() or normal_email(made) != made or len(local) > _LONGEST_LOCAL:
                raise ValueError("no address comes of it, or one that is too long")

    def of(self, header_id: str) -> str:
        """The envelope address of the letter with that Message-ID."""
        mark = mark_of(header_id)
        return self.pattern.replace(LETTER, mark) if self.pattern and mark else self.address

    def letter(self, message: Message) -> str | None:
        """The Message-ID of the letter whose own address a message came to; None where to none."""
        if not self.pattern:
            return None
        before, after = self.pattern.lower().split(LETTER)
        for address in _recipients(message):
            folded = address.lower()
            if folded.startswith(before) and folded.endswith(after):
                mark = folded.removeprefix(before).removesuffix(after)
                if found := message_id_of_mark(mark, self.address.rpartition("@")[2]):
                    return found
        return None


def _recipients(message: Message) -> Iterator[str]:
    yield from (address.email for address in (*message.to, *message.cc))
    for name, value in message.headers[:500]:
        if name in _DELIVERED:
            yield from (address.email for address in parse_addresses(value)[:_MOST_FIELDS])
        elif name == "received":
            yield from (normal_email(each[1]) for each in _FOR.finditer(value))

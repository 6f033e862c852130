"""Messages within a message: forwarded ones, and earlier ones of the sender's own."""

import datetime as dt
from collections.abc import Iterable, Sequence
from email.utils import parsedate_to_datetime

from bot.intake.part_reading import PartReading
from bot.mail.addresses import parse_addresses
from bot.mail.authentication.alignment import aligned
from bot.mail.charsets import decode_text
from bot.mail.html_text import text_of_html
from bot.mail.message import AttachedMessage, Message
from bot.mail.own_text import is_page

#: Of one text, in bytes.
_LONGEST = 200_000


def enclosing(message: Message, path: str) -> AttachedMessage | None:
    """The innermost message that a part came in; None for a part of the message itself."""
    around = [each for each in message.attached if path.startswith(f"{each.path}/")]
    return max(around, key=lambda each: len(each.path), default=None)


def older_parts(message: Message, parts: Sequence[PartReading]) -> frozenset[str]:
    """Paths of the parts that came in an earlier message of the sender's own.

    Both the address and the date are only what the messages say of themselves; that is enough to
    tell which of his forms one sender means, and whether he is the sender is asked elsewhere.
    """
    return frozenset(
        part.path
        for part in parts
        if (around := enclosing(message, part.path)) is not None
        and _senders(around) == {address.email for address in message.from_}
        and _is_before(_date(around), message.date)
    )


def words_around(message: Message, parts: Iterable[PartReading]) -> str:
    """The text of the enclosed messages that these parts came in; empty for the message's own."""
    within = {around.path for part in parts if (around := enclosing(message, part.path))}
    texts = []
    for leaf in message.parts:
        around = enclosing(message, leaf.path)
        nameless = leaf.filename is None and leaf.content_type in {"text/plain", "text/html"}
        if nameless and around is not None and around.path in within:
            text = decode_text(leaf.data[:_LONGEST], leaf.charset)
            page = leaf.content_type == "text/html" or is_page(leaf.data)
            texts.append(text_of_html(text) if page else text.replace("\r\n", "\n"))
    return "\n\n".join(texts)


def is_foreign(message: Message, part: PartReading) -> bool:
    """Whether a part came in a message of another organisation than the sender's."""
    around = enclosing(message, part.path)
    if around is None:
        return False
    outer = {address.domain for address in message.from_}
    return not any(
        aligned(email.rpartition("@")[2], domain) for email in _senders(around) for domain in outer
    )


def _senders(enclosed: AttachedMessage) -> set[str]:
    return {address.email for value in enclosed.field("from") for address in parse_addresses(value)}


def _is_before(one: dt.datetime | None, other: dt.datetime | None) -> bool:
    return one is not None and other is not None and one < other


def _date(enclosed: AttachedMessage) -> dt.datetime | None:
    text = next(iter(enclosed.field("date")), "")[:200]
    try:
        date = parsedate_to_datetime(text)
        return date.replace(tzinfo=date.tzinfo or dt.UTC).astimezone(dt.UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None

"""Whether a message may be a reply: by its header and outline first, by its content if need be.

The mailbox is the Director's own. What is left alone here is neither kept nor touched; what may be
a reply and cannot be told is never left alone.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from bot.consultation.circular import Circular
from bot.intake.part_reading import Nature, PartReading
from bot.mail.automatic import AutomaticKind, automatic
from bot.mail.delivery_status import delivery_reports
from bot.mail.message import Message
from bot.mail.threads import answers
from bot.register.domains import domain_of
from bot.register.register import Register
from parsers.designation import circular_numbers, designations
from parsers.reading import Format


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One leaf of a message as its server describes it, not yet fetched.

    Attributes:
        content_type: as declared, lower case: "application/pdf".
        filename: decoded; None where it has none.
        size: bytes as encoded.
        attached: whether it is declared an attachment.
    """

    content_type: str
    filename: str | None
    size: int
    attached: bool


class Screening(Enum):
    """What the header and outline say."""

    #: May be a reply: keep it.
    TAKE = auto()
    #: Cannot be told without its content: look, and keep nothing if it is none.
    LOOK = auto()
    #: Nothing to do with a consultation.
    LEAVE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What screening needs to know.

    Attributes:
        circulars: those configured.
        register: of contacts.
        own_ids: Message-IDs of our letters among those that the message refers to.
        own_addresses: that our letters are sent from, lower case.
    """

    circulars: tuple[Circular, ...]
    register: Register
    own_ids: frozenset[str]
    own_addresses: frozenset[str]


#: Types of a leaf that hold no form: the words of a message, and what programs add to it.
_PLAIN = ("text/plain", "text/html", "text/calendar", "text/x-amp-html", "text/enriched")


def screen(header: Message, leaves: Sequence[Leaf] | None, known: Known) -> Screening:
    """Judges by the header and outline.

    Args:
        header: the message with its header alone.
        leaves: None where the server could not describe the message.
        known: see `Known`.
    """
    found = automatic(header, known.own_addresses)
    if found is not None and found.kind is AutomaticKind.OWN:
        return Screening.LEAVE
    numbers = {circular.number for circular in known.circulars}
    if answers(header, known.own_ids) or numbers & set(circular_numbers(header.subject)):
        return Screening.TAKE
    files = leaves is None or any(
        leaf.attached or leaf.filename or not leaf.content_type.startswith(_PLAIN)
        for leaf in leaves
    )
    if found is not None and found.certain and found.kind is AutomaticKind.LIST and not files:
        return Screening.LEAVE
    return Screening.LOOK


def keep(message: Message, parts: Sequence[PartReading], known: Known) -> bool:
    """Judges by the content, for what `screen` wanted to look at.

    Args:
        message: opened.
        parts: its leaves, read.
        known: see `Known`.
    """
    found = automatic(message, known.own_addresses)
    if found is not None and found.certain and found.kind is not AutomaticKind.LIST:
        return any(
            report.original_message_id in known.own_ids for report in delivery_reports(message)
        ) or any(part.nature is Nature.FORM for part in parts)
    texts = {text.designation for circular in known.circulars for text in circular.texts}
    if any(_concerns(part, texts) for part in parts):
        return True
    numbers = {circular.number for circular in known.circulars}
    own_text = f"{message.subject}\n{message.text}"
    if numbers & set(circular_numbers(own_text)):
        return found is None or not found.certain
    unread = [part for part in parts if part.nature is Nature.UNREAD]
    if not unread:
        return False
    registered = any(is_registered(known.register, address.email) for address in message.from_)
    named = any(each.name in texts for each in designations(own_text))
    return registered or named or any(_may_be_fax(message, part) for part in unread)


def is_registered(register: Register, email: str) -> bool:
    """Whether the register knows an address, or the domain that it is at."""
    return register.known_address(email) or register.domain_entry(domain_of(email)) is not None


def _concerns(part: PartReading, texts: Collection[str]) -> bool:
    """Whether a part is a form, of ours or, to be told so, of another circular."""
    if part.nature is Nature.FORM:
        reading = part.reading
        return reading.circular_number is not None or any(
            row.designation in texts for row in reading.rows
        )
    return part.nature is Nature.ROWS_ONLY and any(
        row.designation in texts for row in part.reading.rows
    )


def _may_be_fax(message: Message, part: PartReading) -> bool:
    """A picture of pages with hardly a word beside it, as a fax gateway or scanner mails it."""
    return part.reading.format in {Format.TIFF, Format.PDF} and len(message.text) < 400

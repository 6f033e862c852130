"""Whether a message may be a reply: by its header and outline first, by its content if need be.

The mailbox is the Director's own. What is left alone here is neither kept nor touched; what may be
a reply and cannot be told is never left alone.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from bot.consultation.circular import Circular
from bot.intake.bearing import texts_named
from bot.intake.part_reading import Nature, PartReading
from bot.mail.automatic import AutomaticKind, automatic
from bot.mail.bounces.delivery_status import reported_id
from bot.mail.message import Message
from bot.mail.threads import answers
from bot.register.domains import domain_of
from bot.register.register import Register
from parsers.designation import circular_numbers
from parsers.reading import Format
from parsers.wording import fold, roles_in


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
        returned: whether it came to the return address of a letter of ours.
    """

    circulars: tuple[Circular, ...]
    register: Register
    own_ids: frozenset[str]
    own_addresses: frozenset[str]
    returned: bool = False


#: Types of a leaf that hold no form: the words of a message, and what programs add to it.
_PLAIN = ("text/plain", "text/html", "text/calendar", "text/x-amp-html", "text/enriched")


#: A wrong clock somewhere is no reason to miss a reply.
_LONG_BEFORE = dt.timedelta(days=365)
#: Of a message's or a document's words, in characters.
_LONGEST = 50_000
#: Who writes to many at once: what names a circular there only tells of it.
_PUBLISHED = frozenset({AutomaticKind.LIST, AutomaticKind.NO_REPLY, AutomaticKind.OTHER})
#: Flaws that hide what a message holds; merely broken ones are read all the same.
_HIDING = frozenset(
    {
        "archive-too-large",
        "broken-archive",
        "encrypted-archive",
        "encrypted-message",
        "nested-too-deep",
        "opaque-signature",
        "part-too-large",
        "too-many-parts",
    }
)
#: Formats of which no reader says anything, and in which an answer may stand.
_NOT_LOOKED_INTO = frozenset(
    {
        Format.HTML,
        Format.PRESENTATION,
        Format.SPREADSHEET,
        Format.TEXT,
        Format.UNKNOWN,
        Format.ZIP,
    }
)
#: Words by which a file that nobody has read may belong to a consultation, folded.
_HINT = re.compile(
    r"circulai?r|\bannexe? 2|\banexo 2|consult(?:ation|a)\b|determined draft|\bmember states?\b"
    r"|\betats? membres?|\bestados? miembros?|\badministracion|\badministration (?:of|de)\b"
    r"|recommendation itu|\bstudy group\b|commission d'etudes|comision de estudio|\bsg ?20\b"
    r"|циркуляр|консультаци|государств\w* ?- ?член|администрац|исследовательск"
    r"|通函|成员国|建议书|研究组|主管部门|المعمم|التعميم|الدول الاعضاء|التوصي|لجنة الدراسات|الادار"
)
#: Fewer characters of text than these only accompany a file.
_SHORT = 400


def screen(
    header: Message,
    leaves: Sequence[Leaf] | None,
    known: Known,
    received: dt.datetime | None = None,
) -> Screening:
    """Judges by the header and outline.

    Args:
        header: the message with its header alone.
        leaves: None where the server could not describe the message.
        known: see `Known`.
        received: by the server; None where it does not say.
    """
    found = automatic(header, known.own_addresses)
    certain = found is not None and found.certain
    files = leaves is None or any(
        leaf.attached or leaf.filename or not leaf.content_type.startswith(_PLAIN)
        for leaf in leaves
    )
    if found is not None and found.kind is AutomaticKind.OWN:
        # A letter of ours that somebody sent on with a file of his own keeps our marks.
        return Screening.LOOK if files or not certain else Screening.LEAVE
    if _is_own(header, known):
        return Screening.LOOK
    if known.returned or answers(header, known.own_ids):
        return Screening.TAKE
    published = found is not None and certain and found.kind in _PUBLISHED
    if not published and _numbers(known) & set(circular_numbers(header.subject)):
        return Screening.TAKE
    if published and found is not None and found.kind is AutomaticKind.LIST and not files:
        return Screening.LEAVE
    if received is not None and _long_before(received, known):
        return Screening.LEAVE
    return Screening.LOOK


def _long_before(received: dt.datetime, known: Known) -> bool:
    """Whether a message came so long before any circular that its content cannot answer one.

    On its first day the program meets all that the mailbox ever got; to look into each would take
    hours, and be nobody's business.
    """
    if not known.circulars:
        return False
    first = min(circular.date for circular in known.circulars)
    return received.astimezone(dt.UTC).date() < first - _LONG_BEFORE


def keep(message: Message, parts: Sequence[PartReading], known: Known) -> bool:
    """Judges by the content, for what `screen` wanted to look at.

    Args:
        message: opened.
        parts: its leaves, read.
        known: see `Known`.
    """
    found = automatic(message, known.own_addresses)
    if found is not None and found.certain:
        if found.kind is AutomaticKind.OWN:
            return False
        return known.returned or reported_id(message) in known.own_ids
    unread = [part for part in parts if part.nature is Nature.UNREAD]
    forms = [part for part in parts if _concerns(part, known)]
    own_text = f"{message.subject}\n{message.text}"
    numbered = bool(_numbers(known) & set(circular_numbers(own_text)))
    if _is_own(message, known):
        # The circular itself, or an answer to somebody; but a fax may be sent on like this.
        return any(part.answers for part in forms) or (bool(unread) and numbered)
    if forms or numbered:
        return True
    registered = any(is_registered(known.register, address.email) for address in message.from_)
    if _speaks(own_text, known, registered=registered):
        return True
    if any(_file_speaks(part, known, registered=registered) for part in parts):
        return True
    hinted = _hinted(message, parts)
    if registered:
        return (
            bool(unread)
            or not _HIDING.isdisjoint(message.flaws)
            or (hinted and any(_is_unlooked(part) for part in parts))
        )
    return bool(unread) and (hinted or any(_may_be_fax(message, part) for part in unread))


def is_registered(register: Register, email: str) -> bool:
    """Whether the register knows an address, or has others at the same domain."""
    domain = domain_of(email)
    return (
        register.known_address(email)
        or register.domain_entry(domain) is not None
        or register.contact_domain(domain) is not None
    )


def _numbers(known: Known) -> set[int]:
    return {circular.number for circular in known.circulars}


def _is_own(message: Message, known: Known) -> bool:
    return any(address.email.lower() in known.own_addresses for address in message.from_)


def _concerns(part: PartReading, known: Known) -> bool:
    """Whether a part is a form, of ours or, to be told so, of another circular.

    A form as it was issued is no reply to another circular; to one of ours it may be meant as one.
    """
    texts = {text.designation for circular in known.circulars for text in circular.texts}
    ours = any(row.designation in texts for row in part.reading.rows)
    if part.nature is Nature.FORM:
        return ours or (part.answers and part.reading.circular_number is not None)
    return part.nature is Nature.ROWS_ONLY and ours


def _speaks(words: str, known: Known, *, registered: bool) -> bool:
    """Whether words that name no circular are about our texts, and more than news of them."""
    words = words[:_LONGEST]
    return bool(texts_named(words, known.circulars)) and (registered or bool(roles_in(words)))


def _file_speaks(part: PartReading, known: Known, *, registered: bool) -> bool:
    """The same of a document; it may name the circular instead."""
    if part.body:
        return False
    words = f"{part.filename or ''}\n{part.reading.letter[:_LONGEST]}"
    if _speaks(words, known, registered=registered):
        return True
    named = bool(_numbers(known) & set(circular_numbers(words)))
    return named and (registered or bool(roles_in(words)))


def _hinted(message: Message, parts: Sequence[PartReading]) -> bool:
    words = (message.subject, message.text[:_LONGEST], *(part.filename or "" for part in parts))
    return _HINT.search(fold("\n".join(words).replace("_", " "))) is not None


def _is_unlooked(part: PartReading) -> bool:
    return part.nature is Nature.FILE and part.reading.format in _NOT_LOOKED_INTO


def _may_be_fax(message: Message, part: PartReading) -> bool:
    """A picture of pages with hardly a word beside it, as a fax gateway or scanner mails it."""
    return part.reading.format in {Format.TIFF, Format.PDF} and len(message.text) < _SHORT

"""What a header says, decoded: addresses, subject, date, identifiers (RFC 5322, 3.6)."""

import datetime as dt
from email.utils import parsedate_to_datetime

from bot.mail.addresses import MOST_MAILBOXES, parse_addresses
from bot.mail.charsets import codec_for
from bot.mail.fields import HeaderBlock, decode_words, parameters, undecoded
from bot.mail.message import Address, AttachedMessage, Message, Part
from bot.mail.threads import message_ids

#: Where RFC 2047, 5 allows no encoded-word, none is decoded: a sender could otherwise write
#: "; dmarc=pass" in one, and have it read as the words of the server that quotes it.
_VERBATIM = frozenset(
    {
        "arc-authentication-results",
        "arc-message-signature",
        "arc-seal",
        "authentication-results",
        "auto-submitted",
        "date",
        "dkim-signature",
        "in-reply-to",
        "list-id",
        "message-id",
        "original-message-id",
        "precedence",
        "received",
        "received-spf",
        "references",
        "return-path",
    }
)


#: Where one program ends an address at a NUL and another passes over it, they see two domains.
_CONTROLS = bytes(0x20 if code < 0x20 or code == 0x7F else code for code in range(256))


def message_of(
    block: HeaderBlock,
    *,
    text: str = "",
    parts: tuple[Part, ...] = (),
    attached: tuple[AttachedMessage, ...] = (),
    flaws: tuple[str, ...] = (),
) -> Message:
    """A message of a header and what was found below it."""
    hint = _charset(block)
    return Message(
        message_id=next(iter(_ids(block, "message-id")), None),
        from_=_addresses(block, "from", hint),
        sender=next(iter(_addresses(block, "sender", hint)), None),
        reply_to=_addresses(block, "reply-to", hint),
        to=_addresses(block, "to", hint),
        cc=_addresses(block, "cc", hint),
        subject=_subject(block, hint),
        date=_date(block),
        in_reply_to=_ids(block, "in-reply-to"),
        references=_ids(block, "references"),
        headers=headers_of(block),
        text=text,
        parts=parts,
        flaws=flaws,
        attached=attached,
    )


def headers_of(block: HeaderBlock) -> tuple[tuple[str, str], ...]:
    """Every field, unfolded, and decoded where it may be."""
    hint = _charset(block)
    return tuple((name, _readable(name, undecoded(value, hint))) for name, value in block.fields)


def _readable(name: str, value: str) -> str:
    return value if name in _VERBATIM or "=?" not in value else decode_words(value)


def _charset(block: HeaderBlock) -> str | None:
    declared = block.raw("content-type")
    if declared is None:
        return None
    label = parameters(undecoded(declared)).parameters.get("charset")
    return label if codec_for(label) else None


def _addresses(block: HeaderBlock, name: str, hint: str | None) -> tuple[Address, ...]:
    found: list[Address] = []
    for key, value in block.fields:
        if key == name and len(found) < MOST_MAILBOXES:
            found += parse_addresses(undecoded(value.translate(_CONTROLS), hint))
    return tuple(found[:MOST_MAILBOXES])


def _subject(block: HeaderBlock, hint: str | None) -> str:
    said = (value for key, value in block.fields if key == "subject" and value)
    return decode_words(undecoded(next(said, b""), hint))


def _ids(block: HeaderBlock, name: str) -> tuple[str, ...]:
    values = [undecoded(value) for key, value in block.fields if key == name]
    return message_ids(" ".join(values))


def _date(block: HeaderBlock) -> dt.datetime | None:
    """The Date field in UTC; a time without any zone is taken as UTC (RFC 5322, 3.3, "-0000")."""
    text = undecoded(block.raw("date") or b"")[:200]
    try:
        date = parsedate_to_datetime(text)
        return date.replace(tzinfo=date.tzinfo or dt.UTC).astimezone(dt.UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None

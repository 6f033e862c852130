"""Why something waits for a person, in words: one table from stable codes to plain English.

The codes come from the readers (`parsers.reading.Doubt`), from the register, from the mail and from
the rules; each room names its own. A code that is not in the table is shown as it is.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

#: Code -> a phrase that can follow a dash or stand in a list.
REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # Of a box.
        "ambiguous-mark": "a mark is neither clearly there nor clearly not",
        "struck-text": "an answer was given by striking text out",
        "highlighted-text": "an answer was given by highlighting text",
        "text-and-picture-differ": "the text of the page and its picture say different things",
        "picture-unreadable": "the picture of the page could not be read",
        "field-contradicts-itself": "a form field contradicts itself",
        "drawing-over-form": "something is drawn over the form",
        # Of a row.
        "contradiction": "boxes that exclude each other are ticked",
        "option-without-assigns": "an option on comments is ticked without the box above it",
        "stray-mark": "there is a mark outside the boxes",
        "box-count": "a row has more or fewer than four boxes",
        "labels-contradict-order": "the words beside the boxes are not in the usual order",
        "row-twice": "a text stands in the form twice",
        "former-name-differs": "a text's former name is not that of the circular",
        "several-texts-in-row": "one row names several texts",
        "boxes-without-text": "there are boxes that belong to no text",
        "text-deleted": "an answer was given by deleting text",
        "written-remark": "a remark is written into the form",
        "unknown-text": "the form names a text that the circular does not have",
        "blank": "no box is ticked",
        # Of a file.
        "no-form": "no form was found in the message",
        "unreadable": "a file could not be read",
        "encrypted": "a file is encrypted",
        "scan": "the form is a scan or a photograph",
        "format-not-read": "a file is in a format that is not read",
        "too-large": "a file is too large",
        "took-too-long": "reading a file took too long",
        "empty-file": "a file is empty",
        "other-circular": "the form belongs to another circular",
        "several-circulars": "more than one circular is named",
        "several-forms": "more than one form is attached",
        "forms-differ": "two forms in the message say different things",
        "form-in-body": "the opinion is in the text of the message, not in a form",
        # Of the sender.
        "sender-not-registered": "the sender's address is not registered",
        "sender-unknown": "it is not known which Member State the sender writes for",
        "no-state": "it is not known which Member State this is from",
        "several-states": "more than one Member State comes into question",
        "administration-differs": "the form names another Administration than the sender's",
        "administration-not-named": "the form does not name its Administration",
        "country-differs": "the country of the sender's domain is another one",
        "look-alike-domain": "the sender's domain looks like a registered one, but is not",
        "shared-domain": "the sender's domain is one that anybody can have",
        "not-authenticated": "the receiving server does not vouch for the sender",
        "authentication-failed": "the sender failed authentication",
        "no-sender": "the message names no sender",
        "other-sender": "it would change the opinion that another sender gave",
        # Of the reply.
        "late": "it was received after the deadline",
        "not-counted": "it is not from the Administration of a Member State",
        "comments-missing": "comments are announced, but not attached",
        "reasons-missing": "authority is not assigned, and no reasons are given",
        "not-sure-a-reply": "it cannot be told whether it is a reply",
        "forwarded": "the form was forwarded by somebody else",
        "recalled": "the sender asks to withdraw the message",
        "duplicate": "the same message came before",
        "too-many-parts": "the message has too many parts",
        "quarantined": "the message could not be worked through and was set aside",
    }
)


def reason(code: str) -> str:
    """A reason in words; the code itself where the table has none."""
    return REASONS.get(code, code)


def reasons(codes: Iterable[str]) -> tuple[str, ...]:
    """Reasons in words, each once, in the order in which they came."""
    return tuple(dict.fromkeys(map(reason, codes)))

"""Why something waits for a person, in words: one table from stable codes to plain English.

The codes come from the readers (`parsers.reading.Doubt`), from the register, from the mail and from
the rules; each room names its own. A code that is not in the table is shown as it is.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from bot.register.attribution import DOUBT_WORDS

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
        "blank": "no box is ticked",
        # Of a file.
        "no-form": "no form of a circular was found in it",
        "unreadable": "a file could not be read",
        "encrypted": "a file is encrypted",
        "scan": "the form is a scan or a photograph",
        "read-from-picture": "it was read off a scan, and a person confirms what was read",
        "format-not-read": "a file is in a format that is not read",
        "too-large": "a file is too large",
        "took-too-long": "reading a file took too long",
        "empty-file": "a file is empty",
        "unread-file": "a file beside the form may be another form and was not read",
        # Of the circular.
        "other-circular": "the form belongs to another circular",
        "several-circulars": "the form names more than one circular",
        "number-and-texts-differ": "the form's number and its texts belong to different circulars",
        "circular-not-known": "it cannot be said which circular it answers",
        "unknown-text": "the form names a text that the circular does not have",
        "forms-differ": "two forms in the message say different things",
        "words-differ": "the message says in words something else than the form",
        "subject-differs": "the subject names another circular than the form",
        "forwarded-form": "the form is in a message of somebody else that was forwarded",
        # Of the message and its sender; the register has its own words.
        "not-authenticated": "the receiving server does not vouch for the sender",
        "several-senders": "it says that it is from more than one address",
        "state-not-known": "nobody knows which Member State it is from",
        "other-sender": "it would change an opinion that another sender gave",
        "automatic-with-form": "it says that it is automatic, and yet holds a form",
        "parts-left-out": "a part of the message was too large, too deep or broken",
        "message-too-large": "the message is larger than what is fetched",
        "too-many-answers": "more letters went to this address in a day than are allowed",
        "too-many-in-all": "more answers went out in a day than are allowed, to all together",
        "cannot-be-answered": "no letter can be addressed to its sender",
        "late": "it was received after the deadline",
        "quarantined": "working on it failed again and again, so that it was set aside",
        **{doubt.value: words for doubt, words in DOUBT_WORDS.items()},
    }
)


def reason(code: str) -> str:
    """A reason in words; the code itself where the table has none."""
    return REASONS.get(code, code)


def reasons(codes: Iterable[str]) -> tuple[str, ...]:
    """Reasons in words, each once, in the order in which they came."""
    return tuple(dict.fromkeys(map(reason, codes)))

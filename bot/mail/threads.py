"""Which message of ours another one answers: In-Reply-To and References (RFC 5322, 3.6.4)."""

import re
from collections.abc import Collection

from bot.mail.message import Message

#: A reference list that grew over years; more than that says nothing.
MOST_IDS = 200

_BRACKETED = re.compile(r"<([^<>]{1,998})>")
_BETWEEN = re.compile(r"[\s<>\"',;()]+")


def message_ids(value: str) -> tuple[str, ...]:
    """Every Message-ID of a value, each in angle brackets, in order, none twice.

    Blanks that folding left inside of the brackets are taken out; an id that lost one bracket or
    both is known by its "@".
    """
    found: dict[str, None] = {}
    at = 0
    for match in _BRACKETED.finditer(value):
        found |= _bare_ids(value[at : match.start()])
        if inner := re.sub(r"\s+", "", match[1]):
            found[f"<{inner}>"] = None
        at = match.end()
    found |= _bare_ids(value[at:])
    ids = tuple(found)
    # The first starts the conversation, the last ones are what is answered.
    return ids if len(ids) <= MOST_IDS else (ids[0], *ids[-(MOST_IDS - 1) :])


def _bare_ids(text: str) -> dict[str, None]:
    words = (word for word in _BETWEEN.split(text) if len(word) <= 998)
    return {f"<{word}>": None for word in words if "@" in word[1:-1]}


def answers(message: Message, own_ids: Collection[str]) -> str | None:
    """The Message-ID of ours that a message answers; None where it answers none.

    In-Reply-To comes first, then References from the newest to the oldest.

    Args:
        message: as opened.
        own_ids: Message-IDs of letters that we sent, with or without their angle brackets.
    """
    ours = {_bare(each): each for each in own_ids}
    folded = {key.casefold(): each for key, each in ours.items()}
    asked = [_bare(each) for each in (*message.in_reply_to, *reversed(message.references))]
    for key in asked:
        if key in ours:
            return ours[key]
    # Some gateways change the case of an id on its way back.
    return next((folded[key.casefold()] for key in asked if key.casefold() in folded), None)


def _bare(message_id: str) -> str:
    return message_id.strip().strip("<>").strip()

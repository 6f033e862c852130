"""Which letters of ours a message may be about: what it answers, reports on, or was returned to."""

from dataclasses import dataclass

from bot.mail.bounces.delivery_status import delivery_reports, from_mail_system, reported_id
from bot.mail.bounces.return_address import ReturnAddress
from bot.mail.message import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterReferences:
    """What a message says itself; whether these are letters of ours, the outbox knows.

    Attributes:
        ids: Message-IDs of the letters, with angle brackets.
        returned: that of the letter to whose own return address it came; None where to none.
    """

    ids: frozenset[str]
    returned: str | None


def letter_references(message: Message, returns: ReturnAddress) -> LetterReferences:
    """What a message refers to.

    Args:
        message: as opened, or its header alone.
        returns: where letters return to.
    """
    returned = returns.letter(message)
    ids = {*message.in_reply_to, *message.references}
    ids |= {each.original_message_id or "" for each in delivery_reports(message)}
    if returned or from_mail_system(message):
        # A bounce that cannot be read may still enclose the letter.
        ids |= {returned or "", reported_id(message) or ""}
    return LetterReferences(ids=frozenset(ids - {""}), returned=returned)

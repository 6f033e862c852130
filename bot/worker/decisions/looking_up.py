"""What a person means by the name that a decision is about."""

from bot.consultation.circular import Circular
from bot.errors import ReviewError
from bot.office import Office
from bot.store.messages import StoredMessage
from bot.store.replies import StoredReply
from bot.store.transaction import Transaction


def found(tx: Transaction, name: str) -> tuple[StoredMessage, StoredReply | None]:
    """The message that is called so, and the reply that it holds; None where it holds none.

    Args:
        tx: what is read.
        name: id of a message, or reference of a reply ("C106-CHE-1").

    Raises:
        ReviewError: there is none, or the name leaves it open which.
    """
    reply = tx.replies.find(name)
    if reply is not None:
        message = tx.messages.get(reply.message_id)
        assert message is not None
        return message, reply
    found = tx.messages.find(name)
    if not found:
        raise ReviewError(f'nothing is called "{name}"', mend="`tsbbot status` lists what waits")
    if len(found) > 1:
        ids = ", ".join(str(each.id) for each in found)
        raise ReviewError(f'several messages are called "{name}"', mend=f"give one id: {ids}")
    replies = tx.replies.of_message(found[0].id)
    if len(replies) > 1:
        names = ", ".join(each.reference for each in replies)
        raise ReviewError(
            f"message {found[0].id} answers several circulars", mend=f"give one of {names}"
        )
    return found[0], replies[0] if replies else None


def circular_of(office: Office, number: int) -> Circular:
    """The configured circular of that number.

    Raises:
        ReviewError: there is none.
    """
    circular = office.circular(number)
    if circular is None:
        raise ReviewError(
            f"circular {number} is not configured",
            mend="add its file to the list `circulars`",
        )
    return circular

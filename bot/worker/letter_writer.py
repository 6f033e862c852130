"""From a letter's words to what the outbox keeps: addressed, numbered, threaded, composed."""

import datetime as dt
from dataclasses import dataclass

from bot.letters.letter import Letter
from bot.mail.composing import AutoSubmitted, Content, compose, references_to
from bot.mail.field_values import mailbox
from bot.mail.message import Address, Message
from bot.mail.own_mark import message_id_for
from bot.store.letters import NewLetter


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The message that a letter answers.

    Attributes:
        id: in the store.
        header_id: its Message-ID; None where it has none, and cannot be threaded.
        references: for the References of the answer, oldest first.
    """

    id: int
    header_id: str | None
    references: tuple[str, ...]


def answering(message_id: int, message: Message) -> Answered:
    """What an answer to a message refers to.

    Args:
        message_id: id in the store.
        message: opened.
    """
    return Answered(id=message_id, header_id=message.message_id, references=references_to(message))


def can_be_written_to(address: str) -> bool:
    """Whether a letter can be addressed so: RFC 6531 is not used, and some addresses are none."""
    try:
        mailbox(Address(name="", email=address))
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWriter:
    """Addresses letters.

    Attributes:
        sender: whom they are from; answers reach a person there.
    """

    sender: Address

    def write(
        self,
        letter: Letter,
        *,
        key: str,
        kind: str,
        recipient: str,
        now: dt.datetime,
        circular: int | None = None,
        state: str | None = None,
        reply_id: int | None = None,
        answers: Answered | None = None,
        automatic: AutoSubmitted | None = None,
    ) -> NewLetter:
        """Makes a letter ready for the outbox.

        Args:
            letter: its words.
            key: what it means; its Message-ID is made from it, so that a second sending of the
                same letter is the same message.
            kind: "acknowledgement", "confirmation", "reminder", "request", "question" or "digest".
            recipient: address.
            now: becomes its Date.
            circular: number.
            state: that it is written to.
            reply_id: that it acknowledges.
            answers: the message that it answers; None for one that begins a conversation.
            automatic: how it came about (RFC 3834, 5); None: an answer, where it answers.
        """
        header_id = message_id_for(key, self.sender.domain)
        raw = compose(
            Content(
                subject=letter.subject,
                text=letter.text,
                html=letter.html,
                language=letter.language,
                pictures=letter.pictures,
            ),
            sender=self.sender,
            recipient=Address(name="", email=recipient),
            message_id=header_id,
            date=now,
            in_reply_to=answers.header_id if answers else None,
            references=answers.references if answers else (),
            automatic=automatic or (AutoSubmitted.REPLIED if answers else AutoSubmitted.GENERATED),
        )
        return NewLetter(
            key=key,
            header_id=header_id,
            kind=kind,
            circular=circular,
            state=state,
            reply_id=reply_id,
            answers_message_id=answers.id if answers else None,
            recipient=recipient,
            language=letter.language,
            subject=letter.subject,
            raw=raw,
            created_at=now,
        )

"""What the store and the archive have of a circular, read as one moment."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.consultation.circular import Circular
from bot.edges.archive import Archive
from bot.errors import ArchiveError
from bot.intake.enclosures import own_words, texts_explained
from bot.letters.reasons import reasons
from bot.mail.opening import open_message
from bot.office import Office
from bot.register.register import Register
from bot.reports.closing_report import closing_of
from bot.reports.export.compiling import Record, Written, results_of
from bot.reports.export.content import HeldMessage, Results, Words
from bot.store.messages import StoredMessage
from bot.store.readings import PartReading
from bot.store.replies import StoredReply
from bot.store.store import Store
from bot.store.transaction import Transaction

#: Characters of somebody's words that are set; the archived message has them all.
LONGEST: Final = 20_000
_CUT = "\n[... cut; see the message itself]"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sources:
    """What the words of a reply are read from."""

    reply: StoredReply
    readings: tuple[PartReading, ...]
    message: str


def gather(
    circular: Circular,
    moment: dt.datetime,
    *,
    store: Store,
    archive: Archive,
    office: Office,
    register: Register,
) -> Results:
    """Everything that an export says of a circular.

    A message that the archive cannot give is no failure: its reply says so (`unread`).

    Raises:
        StoreError: the database failed.
    """
    with store.snapshot() as tx:
        replies = tx.replies.all(circular.number)
        messages = {each.id: each for each in _messages(tx, replies)}
        sources = [
            _Sources(
                reply=each,
                readings=tuple(tx.readings.of_message(each.message_id)),
                message=messages[each.message_id].sha256,
            )
            for each in replies
        ]
        files = tx.attachments.of_circular(circular.number)
        held = _held(tx, moment)
        bounced = tx.contacts.bounced()
        decided = tx.opinions.decided(circular.number)
        closing = closing_of(tx, circular.number)
    texts = tuple(text.designation for text in circular.texts)
    record = Record(
        records=[each.record for each in decided],
        replies=replies,
        files=files,
        messages={each.id: each.sha256 for each in messages.values()},
        written={each.reply.id: _written(each, archive, texts) for each in sources},
        held=held,
        bounced=frozenset(bounced),
        closing=closing,
        decided=decided,
    )
    return results_of(
        circular, record, register=register, observers=office.observers, moment=moment
    )


def _messages(tx: Transaction, replies: Iterable[StoredReply]) -> Iterable[StoredMessage]:
    for message_id in dict.fromkeys(each.message_id for each in replies):
        message = tx.messages.get(message_id)
        assert message is not None
        yield message


def _held(tx: Transaction, moment: dt.datetime) -> tuple[HeldMessage, ...]:
    return tuple(
        HeldMessage(
            id=each.id,
            received_at=each.received_at,
            sender=each.sender,
            subject=each.subject,
            reasons=reasons(each.reasons),
        )
        for each in tx.messages.waiting()
        if each.recorded_at <= moment and not tx.replies.of_message(each.id)
    )


def _written(sources: _Sources, archive: Archive, texts: tuple[str, ...]) -> Written:
    remarks = (_remarks(each.document, sources.reply.circular) for each in sources.readings)
    words = [_words("form", each, texts) for each in remarks]
    unread = None
    try:
        words.append(_words("message", open_message(archive.get(sources.message)).text, texts))
    except ArchiveError as error:
        unread = str(error)
    return Written(words=tuple(dict.fromkeys(filter(None, words))), unread=unread)


def _words(source: str, text: str, texts: tuple[str, ...]) -> Words | None:
    """What of a text is reasons or comments; None where nothing is."""
    named = texts_explained(text, texts)
    if named is None:
        return None
    own = own_words(text).strip()
    cut = own[:LONGEST] + _CUT if len(own) > LONGEST else own
    return Words(source=source, text=cut, texts=named)


def _remarks(document: object, circular: int) -> str:
    """What was written under the table of a form of that circular; empty where nothing was."""
    if not isinstance(document, Mapping) or not document.get("rows"):
        return ""
    remarks = document.get("remarks")
    if document.get("circular_number") not in {None, circular} or not isinstance(remarks, str):
        return ""
    return remarks

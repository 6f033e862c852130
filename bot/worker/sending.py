"""The outbox emptied: each letter handed to the SMTP server, and noted after."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from bot.errors import RecipientRefusedError, SubmissionError
from bot.store.notes import NoteKind
from bot.store.store import Store

#: Minutes until a letter that could not go for the time being is tried again; then the last.
_RETRY_MINUTES = (1, 5, 15, 60, 240)


class Outgoing(Protocol):
    """What sending needs of the SMTP side (`bot.edges.smtp.Submission`)."""

    def send(self, raw: bytes, *, envelope_from: str, recipient: str) -> None:
        """Hands a letter over."""
        ...


@dataclass(slots=True, kw_only=True)
class Sent:
    """What one pass over the outbox did.

    Attributes:
        sent: letters that the server took.
        refused: letters that it refused for good.
        trouble: why the rest waits; None where nothing does.
    """

    sent: int = 0
    refused: int = 0
    trouble: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Empties the outbox.

    Attributes:
        store: where the letters are.
        envelope_from: where bounces go: our own mailbox.
    """

    store: Store
    envelope_from: str

    def send_due(self, outgoing: Outgoing, now: dt.datetime) -> Sent:
        """Sends what is due.

        A crash between sending and noting it sends the same Message-ID again, never another letter.

        Raises:
            StoreError: the database failed.
        """
        result = Sent()
        while result.trouble is None:
            with self.store.snapshot() as tx:
                due = tx.letters.due(now, limit=20)
            if not due:
                break
            for letter in due:
                with self.store.snapshot() as tx:
                    raw = tx.letters.raw(letter.id)
                try:
                    outgoing.send(raw, envelope_from=self.envelope_from, recipient=letter.recipient)
                except RecipientRefusedError as error:
                    with self.store.transaction() as tx:
                        tx.letters.mark_refused(letter.id, error.message, now)
                        tx.contacts.mark_bounced(letter.recipient, error.message, now)
                        tx.notes.add(
                            NoteKind.BOUNCE,
                            at=now,
                            text=f"{error.message}\n{letter.subject}",
                            address=letter.recipient,
                        )
                    result.refused += 1
                except SubmissionError as error:
                    minutes = _RETRY_MINUTES[min(letter.tries, len(_RETRY_MINUTES) - 1)]
                    with self.store.transaction() as tx:
                        tx.letters.note_try(
                            letter.id, error.message, now + dt.timedelta(minutes=minutes)
                        )
                    # The server itself has trouble: the others wait for the next round.
                    result.trouble = str(error)
                    break
                else:
                    with self.store.transaction() as tx:
                        tx.letters.mark_sent(letter.id, now)
                        tx.audit.append(
                            at=now,
                            who="worker",
                            action="send",
                            subject=f"letter/{letter.id}",
                            detail={"kind": letter.kind, "message_id": letter.header_id},
                        )
                    result.sent += 1
        return result

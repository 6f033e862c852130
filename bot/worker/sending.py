"""The outbox emptied: each letter handed to the SMTP server, and noted after.

Any number of workers may do so: each letter is claimed before it goes.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from bot.edges.clock import Clock
from bot.errors import LetterDeferredError, RecipientRefusedError, SubmissionError
from bot.mail.bounces.return_address import ReturnAddress
from bot.store.letters import StoredLetter
from bot.store.notes import NoteKind
from bot.store.store import Store

#: Minutes until a letter that could not go for the time being is tried again; then the last.
_RETRY_MINUTES = (1, 5, 15, 60, 240)
#: How long a letter is kept from other workers: each answer of a server may take a minute.
_LEASE = dt.timedelta(minutes=15)
#: So many refusals for now in a row are about the server, not about the letters.
_MOST_DEFERRED = 5


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
        deferred: letters that it refused for now; they are tried again.
        trouble: why the rest waits; None where nothing does.
    """

    sent: int = 0
    refused: int = 0
    deferred: int = 0
    trouble: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Empties the outbox.

    Attributes:
        store: where the letters are.
        returns: where bounces go: our own mailbox.
    """

    store: Store
    returns: ReturnAddress

    def send_due(self, outgoing: Outgoing, clock: Clock) -> Sent:
        """Sends what is due, and what becomes due meanwhile.

        A crash between sending and noting it sends the same Message-ID again, never another letter.

        Raises:
            StoreError: the database failed.
        """
        result = Sent()
        deferred = 0
        while result.trouble is None and (letter := self._claimed(clock.now())) is not None:
            try:
                self._hand_over(outgoing, letter)
            except RecipientRefusedError as error:
                self._refused(letter, error.message, clock.now())
                result.refused += 1
            except SubmissionError as error:
                self._later(letter, error.message, clock.now())
                deferred += 1
                if isinstance(error, LetterDeferredError):
                    result.deferred += 1
                    if deferred < _MOST_DEFERRED:
                        continue
                # The server itself has trouble: the others wait for the next round.
                result.trouble = str(error)
            else:
                self._sent(letter, clock.now())
                result.sent += 1
                deferred = 0
        return result

    def _claimed(self, now: dt.datetime) -> StoredLetter | None:
        with self.store.snapshot() as tx:
            if not tx.letters.due(now, limit=1):
                return None
        with self.store.transaction() as tx:
            return next(iter(tx.letters.claim(now, now + _LEASE)), None)

    def _hand_over(self, outgoing: Outgoing, letter: StoredLetter) -> None:
        with self.store.snapshot() as tx:
            raw = tx.letters.raw(letter.id)
        envelope_from = self.returns.of(letter.header_id)
        outgoing.send(raw, envelope_from=envelope_from, recipient=letter.recipient)

    def _sent(self, letter: StoredLetter, now: dt.datetime) -> None:
        with self.store.transaction() as tx:
            tx.letters.mark_sent(letter.id, now)
            tx.audit.append(
                at=now,
                who="worker",
                action="send",
                subject=f"letter/{letter.id}",
                detail={"kind": letter.kind, "message_id": letter.header_id},
            )

    def _refused(self, letter: StoredLetter, said: str, now: dt.datetime) -> None:
        with self.store.transaction() as tx:
            tx.letters.mark_refused(letter.id, said, now)
            tx.contacts.mark_bounced(letter.recipient, said, now)
            tx.notes.add(
                NoteKind.BOUNCE,
                at=now,
                text=f"{said}\n{letter.subject}",
                address=letter.recipient,
            )

    def _later(self, letter: StoredLetter, said: str, now: dt.datetime) -> None:
        minutes = _RETRY_MINUTES[min(letter.tries, len(_RETRY_MINUTES) - 1)]
        with self.store.transaction() as tx:
            tx.letters.note_try(letter.id, said, now + dt.timedelta(minutes=minutes))

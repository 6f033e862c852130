"""What goes out by the calendar: reminders, requests for what is missing, the digest of the day."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.letters.contexts import DigestContext
from bot.letters.letter import Letter
from bot.letters.rendering import Letters
from bot.office import Office
from bot.register.register import Register
from bot.reports.digest import digest_of
from bot.store.store import Store
from bot.store.transaction import Transaction
from bot.worker.calendar.closing import Closer
from bot.worker.calendar.reminding import PlannedReminder, Reminders
from bot.worker.calendar.requesting import Requests
from bot.worker.calendar.unreachable import note_unreachable, unreachable
from bot.worker.letter_writer import LetterWriter

__all__ = ["PlannedReminder", "Scheduler"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduler:
    """Queues what is due.

    Attributes:
        office: what is known of the consultation.
        store: where to.
        letters, writer: the words and their address.
        announced: what the digest announces as trouble to come, at a moment.
    """

    office: Office
    store: Store
    letters: Letters
    writer: LetterWriter
    announced: Callable[[dt.datetime], tuple[str, ...]] = lambda _: ()

    @property
    def reminders(self) -> Reminders:
        """Plans and writes the reminders."""
        return Reminders(office=self.office, letters=self.letters, writer=self.writer)

    def planned(
        self, tx: Transaction, register: Register, now: dt.datetime
    ) -> list[PlannedReminder]:
        """The reminders that are due now, with nothing done about them."""
        return self.reminders.planned(tx, register, now)

    def remind(self, register: Register, now: dt.datetime) -> int:
        """Queues the reminders that are due; how many letters that makes. None twice."""
        queued = 0
        with self.store.transaction() as tx:
            due = self.planned(tx, register, now)
            note_unreachable(tx, due)
            for planned in due:
                for letter in self.reminders.write(planned, register, now):
                    queued += tx.letters.queue(letter) is not None
        return queued

    def close(self, now: dt.datetime) -> int:
        """Makes the closing reports that are due; how many. Never two of one circular."""
        return Closer(office=self.office, store=self.store).close(now)

    @property
    def requests(self) -> Requests:
        """Plans and writes the requests for reasons and comments."""
        return Requests(office=self.office, letters=self.letters, writer=self.writer)

    def ask_again(self, now: dt.datetime) -> int:
        """Queues the requests that are due; how many letters that makes. One for each reply."""
        queued = 0
        with self.store.transaction() as tx:
            for planned in self.requests.planned(tx, now):
                queued += tx.letters.queue(self.requests.write(planned, now)) is not None
        return queued

    def digest(self, now: dt.datetime) -> int:
        """Queues the digest of the day once its time has come; how many letters that makes."""
        local = now.astimezone(self.office.zone)
        if not self.office.digest_to or (local.hour, local.minute) < self.office.digest_at:
            return 0
        return self.digest_now(now, local.date())

    def digest_now(self, now: dt.datetime, day: dt.date) -> int:
        """Queues the digest of a day; never two for the same one."""
        missing = self._without_digest(day)
        if not missing:
            return 0
        queued = 0
        with self.store.transaction() as tx:
            letter = self._digest(tx, now, day)
            for recipient in missing:
                written = self.writer.write(
                    letter,
                    key=_digest_key(day, recipient),
                    kind="digest",
                    recipient=recipient,
                    now=now,
                )
                queued += tx.letters.queue(written) is not None
        return queued

    def told(self, tx: Transaction, now: dt.datetime, day: dt.date) -> DigestContext:
        """What the digest of a day would tell now."""
        last = tx.letters.last("digest")
        context = digest_of(
            tx,
            self.office,
            day=day,
            since=last.created_at if last else None,
            now=now,
            announced=self.announced(now),
        )
        nobody = tuple(unreachable(tx, self.office))
        failures = tuple(f"{said}; the one that ships was used" for said in self.letters.failures)
        return replace(
            context,
            unreachable=nobody,
            trouble=(*context.trouble, *failures),
            quiet=context.quiet and not nobody and not failures,
        )

    def _digest(self, tx: Transaction, now: dt.datetime, day: dt.date) -> Letter:
        """The digest, which tells of a template of its own too that failed in writing it."""
        before = self.letters.failures
        letter = self.letters.digest(self.told(tx, now, day))
        if self.letters.failures == before:
            return letter
        return self.letters.digest(self.told(tx, now, day))

    def _without_digest(self, day: dt.date) -> tuple[str, ...]:
        with self.store.snapshot() as tx:
            return tuple(
                each
                for each in self.office.digest_to
                if not tx.letters.exists(_digest_key(day, each))
            )


def _digest_key(day: dt.date, recipient: str) -> str:
    return f"digest/{day.isoformat()}/{recipient.lower()}"

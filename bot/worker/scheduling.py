"""What goes out by the calendar: reminders to those who have not replied, the digest of the day."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.consultation.circular import Circular
from bot.consultation.record import OpinionRecord, Standing
from bot.consultation.reminder_plan import DueReminder, due_reminders
from bot.consultation.tally import standing_opinions
from bot.letters.contexts import ReminderContext
from bot.letters.rendering import Letters
from bot.office import Office
from bot.register.member_state import Contact, Iso3
from bot.register.register import Register
from bot.reports.digest import digest_of
from bot.store.letters import NewLetter
from bot.store.replies import StoredReply
from bot.store.store import Store
from bot.store.transaction import Transaction
from bot.worker.letter_writer import LetterWriter, can_be_written_to


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedReminder:
    """A reminder with whom it goes to.

    Attributes:
        circular: number.
        reminder: due.
        contacts: addresses; empty where the register has none that can be written to.
    """

    circular: int
    reminder: DueReminder
    contacts: tuple[Contact, ...]


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

    def planned(
        self, tx: Transaction, register: Register, now: dt.datetime
    ) -> list[PlannedReminder]:
        """The reminders that are due now, with nothing done about them."""
        bounced = set(tx.contacts.bounced())
        return [
            PlannedReminder(
                circular=circular.number,
                reminder=each,
                contacts=_recipients(register, Iso3(each.state), bounced),
            )
            for circular in self.office.circulars
            for each in self._due(tx, circular, register, now)
        ]

    def remind(self, register: Register, now: dt.datetime) -> int:
        """Queues the reminders that are due; how many letters that makes. None twice."""
        queued = 0
        with self.store.transaction() as tx:
            for planned in self.planned(tx, register, now):
                for letter in self._reminders(planned, register, now):
                    queued += tx.letters.queue(letter) is not None
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
            last = tx.letters.last("digest")
            context = digest_of(
                tx,
                self.office,
                day=day,
                since=last.created_at if last else None,
                now=now,
                announced=self.announced(now),
            )
            letter = self.letters.digest(context)
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

    def _without_digest(self, day: dt.date) -> tuple[str, ...]:
        with self.store.snapshot() as tx:
            return tuple(
                each
                for each in self.office.digest_to
                if not tx.letters.exists(_digest_key(day, each))
            )

    def _due(
        self, tx: Transaction, circular: Circular, register: Register, now: dt.datetime
    ) -> tuple[DueReminder, ...]:
        if not circular.in_time(now) or not self.office.days_before:
            return ()
        records = tx.opinions.records(circular.number)
        replies = tx.replies.all(circular.number)
        return due_reminders(
            circular,
            now=now,
            days_before=self.office.days_before,
            at=dt.time(self.office.reminder_hour),
            timezone=self.office.zone,
            states=[str(code) for code in register.states if register.contacts_of(code)],
            standing=set(standing_opinions(circular, records)),
            waiting=_waiting(records, replies),
            sent=_sent(tx, circular),
        )

    def _reminders(
        self, planned: PlannedReminder, register: Register, now: dt.datetime
    ) -> Iterator[NewLetter]:
        circular = self.office.circular(planned.circular)
        assert circular is not None
        reminder = planned.reminder
        code = Iso3(reminder.state)
        for contact in planned.contacts:
            assert contact.email is not None
            language = register.language_of(code, contact.email)
            context = ReminderContext(
                circular=circular,
                state_name=register.states[code].name(language),
                days_left=reminder.days_left,
                missing=reminder.missing,
                replied=reminder.replied,
            )
            yield self.writer.write(
                self.letters.reminder(context, language),
                key=f"reminder/{circular.number}/{code}/{reminder.days_before}/{contact.email}",
                kind="reminder",
                recipient=contact.email,
                now=now,
                circular=circular.number,
                state=reminder.state,
            )


def _digest_key(day: dt.date, recipient: str) -> str:
    return f"digest/{day.isoformat()}/{recipient.lower()}"


def _recipients(register: Register, code: Iso3, bounced: set[str]) -> tuple[Contact, ...]:
    """The focal points that can be written to; where there is none, the other contacts."""
    focal = [each for each in register.focal_points(code) if _reachable(each, bounced)]
    others = [each for each in register.contacts_of(code) if _reachable(each, bounced)]
    return tuple({each.email: each for each in focal or others}.values())


def _reachable(contact: Contact, bounced: set[str]) -> bool:
    address = contact.email
    return address is not None and address.lower() not in bounced and can_be_written_to(address)


def _waiting(records: list[OpinionRecord], replies: list[StoredReply]) -> set[str]:
    """Member States of which something waits for a person."""
    last = {(each.reply, each.text): each for each in sorted(records, key=lambda each: each.seq)}
    pending = {each.state for each in last.values() if each.standing is Standing.PENDING}
    pending |= {each.state for each in replies if each.standing is Standing.PENDING}
    return {state for state in pending if state}


def _sent(tx: Transaction, circular: Circular) -> set[tuple[str, int]]:
    """(Member State, days before) of the reminders that were queued, whatever became of them."""
    found = set()
    for letter in tx.letters.of_kind("reminder", circular.number):
        _, _, state, days, _ = letter.key.split("/", 4)
        found.add((state, int(days)))
    return found

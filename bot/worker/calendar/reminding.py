"""Reminders: to the focal points of those who have not replied, on the days of the plan.

One that comes back goes to the next contacts within the same day's turn, or the next working day's.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from bot.consultation.circular import Circular
from bot.consultation.record import OpinionRecord, Standing
from bot.consultation.reminder_plan import DueReminder, Stage, due_reminders
from bot.consultation.tally import standing_opinions
from bot.letters.contexts import ReminderContext
from bot.letters.rendering import Letters
from bot.office import Office
from bot.register.member_state import Contact, Iso3
from bot.register.register import Register
from bot.reports.owing import Owing, owing
from bot.store.letters import NewLetter
from bot.store.replies import StoredReply
from bot.store.transaction import Transaction
from bot.worker.calendar.reminder_history import REMINDER, ReminderHistory, history_of, reminder_key
from bot.worker.letter_writer import LetterWriter, can_be_written_to

#: So long nobody is reminded of what the acknowledgement asks for; then the day is made up.
_PAUSE = dt.timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedReminder:
    """A reminder with whom it goes to.

    Attributes:
        circular: number.
        reminder: due.
        contacts: addresses; empty where the register has none that can be written to.
        last_written: when the Member State was reminded last; None: never.
        owing: what its replies announce and do not bring.
    """

    circular: int
    reminder: DueReminder
    contacts: tuple[Contact, ...]
    last_written: dt.datetime | None
    owing: tuple[Owing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminders:
    """Plans and writes reminders.

    Attributes:
        office: what is known of the consultation.
        letters, writer: the words and their address.
    """

    office: Office
    letters: Letters
    writer: LetterWriter

    def planned(
        self, tx: Transaction, register: Register, now: dt.datetime
    ) -> list[PlannedReminder]:
        """The reminders that are due now, with nothing done about them."""
        bounced = set(tx.contacts.bounced())
        return [
            planned
            for circular in self.office.circulars
            for planned in self._of(tx, circular, register, bounced, now)
        ]

    def write(
        self, planned: PlannedReminder, register: Register, now: dt.datetime
    ) -> Iterator[NewLetter]:
        """One letter for each of its contacts, in the contact's language."""
        circular = self.office.circular(planned.circular)
        assert circular is not None
        reminder = planned.reminder
        code = Iso3(reminder.state)
        state = register.states[code]
        last = planned.last_written
        for contact in planned.contacts:
            assert contact.email is not None
            language = register.language_of(code, contact.email)
            context = ReminderContext(
                circular=circular,
                state_name=state.name(language),
                days_left=reminder.days_left,
                missing=reminder.missing,
                replied=reminder.replied,
                stage=reminder.stage,
                last_written=last.astimezone(self.office.zone).date() if last else None,
                comments_missing=_each_once(each.comments for each in planned.owing),
                reasons_missing=_each_once(each.reasons for each in planned.owing),
                iso2=state.iso2,
            )
            yield self.writer.write(
                self.letters.reminder(context, language),
                key=reminder_key(circular.number, code, reminder.days_before, contact.email),
                kind=REMINDER,
                recipient=contact.email,
                now=now,
                circular=circular.number,
                state=reminder.state,
            )

    def _of(
        self,
        tx: Transaction,
        circular: Circular,
        register: Register,
        bounced: set[str],
        now: dt.datetime,
    ) -> Iterator[PlannedReminder]:
        if not circular.in_time(now) or not self.office.days_before:
            return
        records = tx.opinions.records(circular.number)
        replies = tx.replies.all(circular.number)
        history = history_of(tx, circular)
        owed = owing(circular, records, replies, tx.attachments.of_reply)
        for each in due_reminders(
            circular,
            now=now,
            days_before=self.office.days_before,
            hours=self.office.hours,
            states=[str(code) for code in register.states if register.contacts_of(code)],
            standing=set(standing_opinions(circular, records)),
            waiting=waiting_states(records, replies),
            sent=history.reached,
        ):
            if _just_acknowledged(each, replies, now):
                continue
            yield PlannedReminder(
                circular=circular.number,
                reminder=each,
                contacts=_recipients(register, each, bounced, history),
                last_written=history.last.get(each.state),
                owing=tuple(one for one in owed if one.reply.state == each.state),
            )


def waiting_states(records: list[OpinionRecord], replies: list[StoredReply]) -> set[str]:
    """Member States of which something waits for a person."""
    last = {(each.reply, each.text): each for each in sorted(records, key=lambda each: each.seq)}
    pending = {each.state for each in last.values() if each.standing is Standing.PENDING}
    pending |= {each.state for each in replies if each.standing is Standing.PENDING}
    return {state for state in pending if state}


def _just_acknowledged(reminder: DueReminder, replies: list[StoredReply], now: dt.datetime) -> bool:
    """Whether the Member State has just read, in the acknowledgement, what it has not answered."""
    return (
        reminder.replied
        and reminder.stage is not Stage.LAST
        and any(
            each.state == reminder.state and now - each.received_at < _PAUSE for each in replies
        )
    )


def _recipients(
    register: Register, reminder: DueReminder, bounced: set[str], history: ReminderHistory
) -> tuple[Contact, ...]:
    """The focal points that can be written to; where there is none, the other contacts."""
    code = Iso3(reminder.state)
    tried = history.addressed.get((reminder.state, reminder.days_before), frozenset())
    unreachable = bounced | tried
    focal = [each for each in register.focal_points(code) if _reachable(each, unreachable)]
    others = [each for each in register.contacts_of(code) if _reachable(each, unreachable)]
    return tuple({each.email: each for each in focal or others}.values())


def _reachable(contact: Contact, unreachable: set[str]) -> bool:
    address = contact.email
    return address is not None and address.lower() not in unreachable and can_be_written_to(address)


def _each_once(texts: Iterator[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for some in texts for text in some))

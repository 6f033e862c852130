"""The request for reasons or comments that a reply announces and has not brought.

The acknowledgement asks first. What has not come some days after the last letter on the reply is
asked for once more, by a letter of its own, within the secretariat's working hours: once for each
reply, and not while a reminder has to go to the same Member State anyway, which says it too.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.consultation.circular import Circular
from bot.consultation.tally import standing_opinions
from bot.letters.contexts import RequestContext
from bot.letters.rendering import Letters
from bot.mail.composing import AutoSubmitted
from bot.office import Office
from bot.register.states import member_states
from bot.reports.owing import Owing, owing
from bot.store.letters import NewLetter, StoredLetter
from bot.store.replies import StoredReply
from bot.store.tables.correspondence import LetterStatus
from bot.store.transaction import Transaction
from bot.worker.calendar.reminding import waiting_states
from bot.worker.letter_writer import Answered, LetterWriter

#: The kind of these letters.
REQUEST: Final = "request"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRequest:
    """A request that is to go out.

    Attributes:
        circular: which.
        owing: what is asked for, and the reply that announces it.
        after: the last letter on that reply, to whose recipient it goes, and which it follows.
    """

    circular: Circular
    owing: Owing
    after: StoredLetter


@dataclass(frozen=True, slots=True, kw_only=True)
class Requests:
    """Plans and writes requests.

    Attributes:
        office: what is known of the consultation.
        letters, writer: the words and their address.
    """

    office: Office
    letters: Letters
    writer: LetterWriter

    def planned(self, tx: Transaction, now: dt.datetime) -> list[PlannedRequest]:
        """The requests that are due now, with nothing done about them."""
        if not self.office.ask_again_days or not self.office.hours.open_at(now):
            return []
        bounced = set(tx.contacts.bounced())
        return [
            planned
            for circular in self.office.circulars
            if circular.in_time(now)
            for planned in self._of(tx, circular, bounced, now)
        ]

    def write(self, planned: PlannedRequest, now: dt.datetime) -> NewLetter:
        """The letter, in the language of the reply and in the thread of what was written on it."""
        circular, reply, after = planned.circular, planned.owing.reply, planned.after
        state = member_states()[reply.state]  # type: ignore[index]
        context = RequestContext(
            circular=circular,
            reference=reply.reference,
            state_name=state.name(reply.language),
            received_at=reply.received_at,
            comments_missing=planned.owing.comments,
            reasons_missing=planned.owing.reasons,
            iso2=state.iso2,
        )
        return self.writer.write(
            self.letters.request(context, reply.language),
            key=_key(circular, reply),
            kind=REQUEST,
            recipient=after.recipient,
            now=now,
            circular=circular.number,
            state=reply.state,
            reply_id=reply.id,
            answers=Answered(
                id=reply.message_id, header_id=after.header_id, references=(after.header_id,)
            ),
            # It is in the conversation, but the calendar wrote it: nobody has just sent anything.
            automatic=AutoSubmitted.GENERATED,
        )

    def _of(
        self, tx: Transaction, circular: Circular, bounced: set[str], now: dt.datetime
    ) -> Iterator[PlannedRequest]:
        records = tx.opinions.records(circular.number)
        replies = tx.replies.all(circular.number)
        waiting = waiting_states(records, replies)
        standing = standing_opinions(circular, records)
        with_opinion = {each.reply for each in records if each.opinion.opinion is not None}
        for owed in owing(circular, records, replies, tx.attachments.of_reply):
            reply = owed.reply
            if reply.state is None or reply.state in waiting:
                continue
            if any((reply.state, text.designation) not in standing for text in circular.texts):
                # The reminders ask for the rest, and for this.
                continue
            if any(each.id not in with_opinion for each in _followers(reply, replies)):
                # Words or files without a form came after it: a person has dealt with them.
                continue
            after = _last_letter(tx, reply)
            if (
                after is None
                or after.recipient.lower() in bounced
                or now - after.created_at < dt.timedelta(days=self.office.ask_again_days)
                or tx.letters.exists(_key(circular, reply))
            ):
                continue
            yield PlannedRequest(circular=circular, owing=owed, after=after)


def _key(circular: Circular, reply: StoredReply) -> str:
    return f"{REQUEST}/{circular.number}/{reply.reference}"


def _followers(reply: StoredReply, replies: list[StoredReply]) -> list[StoredReply]:
    """What came from the same Member State after a reply, whatever became of it."""
    return [
        each
        for each in replies
        if each.state == reply.state and (each.received_at, each.id) > (reply.received_at, reply.id)
    ]


def _last_letter(tx: Transaction, reply: StoredReply) -> StoredLetter | None:
    """The last letter on a reply that went out and did not come back; None: nobody was written to.

    Whoever may not be written to without a person (RFC 3834; a sender that nobody vouches for) has
    got none.
    """
    letters = tx.letters.of_reply(reply.id)
    reached = [
        each for each in letters if each.status is LetterStatus.SENT and each.bounced_at is None
    ]
    return reached[-1] if reached else None

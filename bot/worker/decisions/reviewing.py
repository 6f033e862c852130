"""A person's decision carried out: the record, the message, the letter and the audit trail at once."""

import datetime as dt
from dataclasses import dataclass

from bot.edges.archive import Archive
from bot.errors import ReviewError
from bot.intake.review import ReviewDecision, UnderReview, settle
from bot.letters.rendering import Letters
from bot.office import Office
from bot.register.states import member_states
from bot.store.messages import StoredMessage
from bot.store.replies import StoredReply
from bot.store.store import Store
from bot.store.tables.mailbox import MessageStatus
from bot.store.transaction import Transaction
from bot.worker.decisions.by_hand import reply_by_hand
from bot.worker.decisions.looking_up import circular_of, found
from bot.worker.decisions.settling import Settler, audit
from bot.worker.decisions.undoing import (
    before_decision,
    keep,
    last_words,
    register_sender,
    take_back,
)
from bot.worker.letter_writer import LetterWriter


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """Takes people's decisions; the review page and the command line alike.

    Attributes:
        office: what is known of the consultation.
        store, archive: where replies and messages are.
        letters, writer: for the confirmation.
    """

    office: Office
    store: Store
    archive: Archive
    letters: Letters
    writer: LetterWriter

    def decide(
        self,
        name: str,
        decision: ReviewDecision,
        *,
        who: str,
        now: dt.datetime,
        version: int | None = None,
    ) -> StoredReply | None:
        """Takes a decision on one reply, or on a message that holds none.

        Args:
            name: id of a message, or reference of a reply ("C106-CHE-1").
            decision: what was decided.
            who: address or name of the person, for the record.
            now: for the record.
            version: of the reply that the person looked at; None: whatever it is.

        Returns:
            The reply as it stands now; None where a message that holds none was rejected.

        Raises:
            ReviewError: there is no such reply, or it cannot be decided so.
        """
        with self.store.transaction() as tx:
            message, reply = found(tx, name)
            if reply is None:
                reply = self._without_reply(tx, message, decision, who=who, now=now)
                if reply is None:
                    return None
                version = None
            elif decision.circular not in {None, reply.circular}:
                raise ReviewError(
                    f"{reply.reference} answers circular {reply.circular}",
                    mend="--circular is for a message that holds no reply yet",
                )
            circular = circular_of(self.office, reply.circular)
            rows = last_words(tx, reply)
            settlement = settle(
                UnderReview(
                    reference=reply.reference,
                    state=reply.state,
                    standing=reply.standing,
                    rows=rows,
                    received_at=reply.received_at,
                ),
                decision,
                circular,
                tuple(str(each) for each in member_states()),
            )
            before = before_decision(tx, message, reply)
            settler = Settler(
                office=self.office,
                archive=self.archive,
                letters=self.letters,
                writer=self.writer,
            )
            settled = settler.record(
                tx, reply, settlement, decision, who=who, now=now, version=version
            )
            added = decision.register and register_sender(tx, settled, now)
            letter = (
                settler.confirm(tx, message, settled, settlement, now)
                if settlement.confirm
                else None
            )
            keep(tx, before, settled, letter=letter, contact=added)
            return settled

    def undo(
        self, reference: str, *, who: str, now: dt.datetime, version: int | None = None
    ) -> StoredReply:
        """Takes the last decision on a reply back, as long as nobody was told of it.

        A confirmation that still waits in the outbox is withdrawn; the rows stand again as before,
        in new lines of the record.

        Raises:
            ReviewError: there is nothing to take back, or the confirmation has gone.
        """
        with self.store.transaction() as tx:
            reply = tx.replies.find(reference)
            if reply is None:
                raise ReviewError(f'no reply is called "{reference}"')
            return take_back(tx, reply, who=who, now=now, version=version)

    def _without_reply(
        self,
        tx: Transaction,
        message: StoredMessage,
        decision: ReviewDecision,
        *,
        who: str,
        now: dt.datetime,
    ) -> StoredReply | None:
        """What a person makes of a message that holds no reply: one, or none."""
        if message.status not in {MessageStatus.HELD, MessageStatus.QUARANTINED}:
            raise ReviewError(f"message {message.id} does not wait for anybody")
        if not decision.reject:
            return reply_by_hand(tx, self.office, message, decision, now)
        tx.messages.settle(
            message.id,
            status=MessageStatus.SETTLED,
            kind=message.kind,
            reasons=message.reasons,
            at=now,
        )
        audit(tx, f"message/{message.id}", decision, who=who, now=now)
        return None

"""A decision written down, and the sender told of it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.consultation.circular import Circular
from bot.consultation.completeness import Missing, missing
from bot.consultation.opinion import TextOpinion
from bot.consultation.record import Standing
from bot.consultation.tally import standing_opinions
from bot.edges.archive import Archive
from bot.intake.enclosures import texts_explained
from bot.intake.purpose import Purpose
from bot.intake.review import ReviewDecision, Settlement
from bot.letters.rendering import Letters
from bot.mail.automatic import automatic
from bot.mail.message import Message
from bot.mail.opening import open_message
from bot.office import Office
from bot.store.messages import StoredMessage
from bot.store.replies import StoredReply
from bot.store.tables.mailbox import MessageStatus
from bot.store.transaction import Transaction
from bot.worker.acknowledging import acknowledgement_of
from bot.worker.decisions.looking_up import circular_of
from bot.worker.decisions.undoing import last_words
from bot.worker.letter_writer import LetterWriter, answering, can_be_written_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Settler:
    """Writes decisions down.

    Attributes:
        office: what is known of the consultation.
        archive: where messages are.
        letters, writer: for the confirmation.
    """

    office: Office
    archive: Archive
    letters: Letters
    writer: LetterWriter

    def record(
        self,
        tx: Transaction,
        reply: StoredReply,
        settlement: Settlement,
        decision: ReviewDecision,
        *,
        who: str,
        now: dt.datetime,
        version: int | None,
    ) -> StoredReply:
        """Writes down what was decided: the reply, its rows, the message, the audit entry.

        Returns:
            The reply as it stands now.

        Raises:
            ReviewError: somebody decided on it meanwhile.
        """
        waiting = tuple(each for each in reply.reasons if not settlement.settled)
        lacking = self._lacking(tx, reply, settlement)
        # The version is looked at first: whoever decided on an older one changes nothing.
        tx.replies.update_standing(
            reply.id,
            standing=settlement.standing,
            needs_review=not settlement.settled,
            reasons=waiting,
            comments_missing=lacking.comments,
            reasons_missing=lacking.reasons,
            settled_by=who,
            at=now,
            version=version,
        )
        current = (
            tx.replies.assign_state(reply.id, settlement.state)
            if settlement.state != reply.state
            else tx.replies.get(reply.id)
        )
        assert current is not None
        rows = settlement.rows
        if settlement.state != reply.state:
            # Every row stands under the State that it is from.
            said = {row.text for row, _ in rows}
            rows = (*rows, *(each for each in last_words(tx, reply) if each[0].text not in said))
        tx.opinions.append(current, rows, at=now, who=who, why=decision.words)
        audit(tx, f"reply/{reply.id}", decision, who=who, now=now)
        others = [each for each in tx.replies.of_message(reply.message_id) if each.needs_review]
        message = tx.messages.get(reply.message_id)
        assert message is not None
        if not others and message.status in {MessageStatus.HELD, MessageStatus.QUARANTINED}:
            tx.messages.settle(
                message.id,
                status=MessageStatus.SETTLED,
                kind=message.kind,
                reasons=message.reasons,
                at=now,
            )
        return current

    def _purpose(
        self,
        tx: Transaction,
        reply: StoredReply,
        rows: Sequence[tuple[TextOpinion, Standing]],
        circular: Circular,
    ) -> Purpose:
        """What there is to confirm: opinions, or files that belong to opinions given before."""
        says_something = any(row.opinion is not None for row, _ in rows)
        if says_something or reply.state is None or not tx.attachments.of_reply(reply.id):
            return Purpose.CONFIRMED
        standing = standing_opinions(
            circular, tx.opinions.records(circular.number, state=reply.state)
        )
        return Purpose.SUPPLEMENTED if standing else Purpose.CONFIRMED

    def _lacking(self, tx: Transaction, reply: StoredReply, settlement: Settlement) -> Missing:
        """What is missing, judged anew on the rows as they stand now."""
        if settlement.standing is Standing.REJECTED:
            return Missing()
        rows = {row.text: row for row, _ in last_words(tx, reply)}
        rows |= {row.text: row for row, _ in settlement.rows}
        texts = tuple(text.designation for text in circular_of(self.office, reply.circular).texts)
        stored = tx.messages.get(reply.message_id)
        assert stored is not None
        written = (
            texts_explained(words, texts)
            for words in (self._opened(stored).text, *_remarks(tx, reply.message_id))
        )
        attached = (each.texts for each in tx.attachments.of_reply(reply.id))
        return missing(
            rows.values(), explained=[*attached, *(each for each in written if each is not None)]
        )

    def confirm(
        self,
        tx: Transaction,
        message: StoredMessage,
        reply: StoredReply,
        settlement: Settlement,
        now: dt.datetime,
    ) -> str | None:
        """Queues the confirmation; its key, or None where the sender is told nothing."""
        opened = self._opened(message)
        sender = reply.sender
        if (
            not can_be_written_to(sender)
            or automatic(opened, self.office.own_addresses) is not None
        ):
            return None
        circular = circular_of(self.office, reply.circular)
        rows = last_words(tx, reply)
        letter = self.letters.acknowledgement(
            acknowledgement_of(
                reply,
                rows,
                tx.attachments.of_reply(reply.id),
                circular,
                purpose=self._purpose(tx, reply, rows, circular),
                language=reply.language,
                now=now,
                corrected=settlement.corrected,
                outside=reply.state in self.office.observers,
            ),
            reply.language,
        )
        # A later decision on the same reply is another letter.
        key = f"confirmation/{circular.number}/{message.sha256}/{reply.version}"
        tx.letters.queue(
            self.writer.write(
                letter,
                key=key,
                kind="confirmation",
                recipient=sender,
                now=now,
                circular=circular.number,
                state=reply.state,
                reply_id=reply.id,
                answers=answering(message.id, opened),
            )
        )
        return key

    def _opened(self, message: StoredMessage) -> Message:
        return open_message(self.archive.get(message.sha256))


def audit(
    tx: Transaction, subject: str, decision: ReviewDecision, *, who: str, now: dt.datetime
) -> None:
    """Writes into the audit trail what a person decided."""
    action = "reject" if decision.reject else "admit" if decision.admit is not None else "accept"
    tx.audit.append(
        at=now, who=who, action=action, subject=subject, detail={"said": decision.words}
    )


def _remarks(tx: Transaction, message_id: int) -> list[str]:
    """What the readers found written under the tables of a message's forms."""
    documents = (reading.document for reading in tx.readings.of_message(message_id))
    return [
        str(each["remarks"]) for each in documents if isinstance(each, dict) and each["remarks"]
    ]

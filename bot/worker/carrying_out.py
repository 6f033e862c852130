"""Effects carried out: everything that follows from one message, in one transaction."""

import datetime as dt
from dataclasses import asdict, dataclass

from bot.consultation.opinion import Status
from bot.consultation.record import Standing
from bot.consultation.tally import standing_opinions
from bot.intake.considering import Considered
from bot.intake.effects import Acknowledge, NoteAbsence, NoteBounce, Outcome, RecordReply, Then
from bot.intake.part_reading import Nature, PartReading
from bot.intake.reasons import Reason
from bot.letters.rendering import Letters
from bot.office import Office
from bot.store.attachments import NewAttachment
from bot.store.messages import StoredMessage
from bot.store.notes import NoteKind
from bot.store.readings import PartReading as KeptReading
from bot.store.replies import NewReply, StoredReply
from bot.store.tables.mailbox import MessageStatus
from bot.store.transaction import Transaction
from bot.worker.acknowledging import acknowledgement_of
from bot.worker.letter_writer import LetterWriter, answering, can_be_written_to

#: Who the record names where the program decided.
WORKER = "worker"

#: A message that was not answered for one of these is answered by a person.
_UNANSWERED = (
    Reason.TOO_MANY_ANSWERS,
    Reason.TOO_MANY_IN_ALL,
    Reason.CANNOT_BE_ANSWERED,
)
_STATUS = {
    Then.SETTLED: MessageStatus.SETTLED,
    Then.HELD: MessageStatus.HELD,
    Then.IGNORED: MessageStatus.IGNORED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clerk:
    """Carries effects out.

    Attributes:
        office: what is known of the consultation.
        letters: the words.
        writer: addresses them.
    """

    office: Office
    letters: Letters
    writer: LetterWriter

    def carry_out(
        self,
        tx: Transaction,
        message: StoredMessage,
        considered: Considered,
        outcome: Outcome,
        now: dt.datetime,
    ) -> None:
        """Records what a message comes to, and queues what it is answered with.

        Args:
            tx: the unit of work; nothing is visible before it commits.
            message: as it was recorded when it came.
            considered: understood.
            outcome: decided.
            now: for the record.
        """
        tx.readings.keep(
            message.id,
            (
                _kept(part)
                for part in considered.parts
                if not part.body or part.nature is Nature.FORM
            ),
        )
        reasons = list(outcome.reasons)
        replies: dict[int, tuple[StoredReply, RecordReply]] = {}
        for effect in outcome.effects:
            match effect:
                case RecordReply():
                    replies[effect.circular] = (self._record(tx, message, effect, now), effect)
                case Acknowledge():
                    reply, recorded = replies[effect.circular]
                    unanswered = self._acknowledge(tx, considered, reply, recorded, effect, now=now)
                    reasons += [unanswered.value] if unanswered else []
                case NoteBounce():
                    self._bounced(tx, message, effect, now)
                case NoteAbsence():
                    tx.notes.add(
                        NoteKind.ABSENCE,
                        at=now,
                        text=effect.subject,
                        message_id=message.id,
                        address=effect.sender,
                    )
        to_answer = any(each.value in reasons for each in _UNANSWERED)
        tx.messages.settle(
            message.id,
            status=MessageStatus.HELD if to_answer else _STATUS[outcome.then],
            kind=outcome.kind.value,
            reasons=reasons,
            at=now,
        )
        tx.audit.append(
            at=now,
            who=WORKER,
            action="decide",
            subject=f"message/{message.id}",
            detail={
                "kind": outcome.kind.value,
                "then": outcome.then.value,
                "reasons": reasons,
                "replies": [reply.reference for reply, _ in replies.values()],
            },
        )

    def _record(
        self, tx: Transaction, message: StoredMessage, effect: RecordReply, now: dt.datetime
    ) -> StoredReply:
        reply = tx.replies.add(
            NewReply(
                message_id=message.id,
                circular=effect.circular,
                state=effect.state,
                entity=effect.entity,
                received_at=message.received_at,
                recorded_at=now,
                sender=effect.sender,
                language=effect.language or "en",
                standing=effect.standing,
                reasons=effect.reasons,
                comments_missing=effect.comments_missing,
                reasons_missing=effect.reasons_missing,
                needs_review=bool(effect.reasons) and effect.standing is not Standing.NOT_COUNTED,
                attachments=tuple(
                    NewAttachment(
                        part=each.path,
                        filename=each.filename,
                        size=each.size,
                        sha256=each.sha256,
                        format=each.format,
                        texts=each.texts,
                    )
                    for each in effect.files
                ),
            )
        )
        why = "; ".join((*effect.why, *effect.reasons))
        tx.opinions.append(reply, effect.rows, at=now, who=WORKER, why=why)
        if effect.standing is Standing.NOT_COUNTED:
            tx.notes.add(
                NoteKind.NOT_COUNTED,
                at=now,
                text=effect.entity or "",
                message_id=message.id,
                address=effect.sender,
            )
        return reply

    def _acknowledge(
        self,
        tx: Transaction,
        considered: Considered,
        reply: StoredReply,
        recorded: RecordReply,
        effect: Acknowledge,
        *,
        now: dt.datetime,
    ) -> Reason | None:
        """Queues the answer; why a person has to give it, where it cannot be."""
        if not can_be_written_to(effect.recipient):
            return Reason.CANNOT_BE_ANSWERED
        day = dt.timedelta(days=1)
        if tx.letters.sent_since(effect.recipient, now - day) >= self.office.answers_a_day:
            return Reason.TOO_MANY_ANSWERS
        if tx.letters.at_least_since("acknowledgement", self.office.answers_in_all, now - day):
            return Reason.TOO_MANY_IN_ALL
        circular = self.office.circular(effect.circular)
        assert circular is not None
        context = acknowledgement_of(
            reply,
            recorded.rows,
            tx.attachments.of_reply(reply.id),
            circular,
            purpose=effect.purpose,
            language=effect.language,
            now=now,
            outside=reply.state in self.office.observers,
            role=effect.role,
            superseded=_superseded(tx, reply, recorded, self.office),
        )
        # The key names the message by its bytes, so that a database restored from a backup
        # sends the same letter under the same Message-ID.
        stored = tx.messages.get(reply.message_id)
        assert stored is not None
        letter = self.writer.write(
            self.letters.acknowledgement(context, effect.language),
            key=f"acknowledgement/{circular.number}/{stored.sha256}",
            kind="acknowledgement",
            recipient=effect.recipient,
            now=now,
            circular=circular.number,
            state=reply.state,
            reply_id=reply.id,
            answers=answering(reply.message_id, considered.message),
        )
        tx.letters.queue(letter)
        return None

    def _bounced(
        self, tx: Transaction, message: StoredMessage, effect: NoteBounce, now: dt.datetime
    ) -> None:
        letter = tx.letters.own([effect.letter]).get(effect.letter) if effect.letter else None
        if letter is None:
            # Somebody else's bounce, or one that names no letter of ours: nothing is marked.
            return
        tx.letters.mark_bounced(letter.id, effect.diagnostic, now)
        if effect.permanent:
            tx.contacts.mark_bounced(letter.recipient, effect.diagnostic, now)
        tx.notes.add(
            NoteKind.BOUNCE,
            at=now,
            text=f"{effect.diagnostic or 'no reason given'}\n{letter.subject}",
            message_id=message.id,
            address=letter.recipient,
        )


def _superseded(
    tx: Transaction, reply: StoredReply, recorded: RecordReply, office: Office
) -> frozenset[str]:
    """Texts on which this reply now stands where another of the same State stood before."""
    circular = office.circular(reply.circular)
    if reply.state is None or circular is None:
        return frozenset()
    records = tx.opinions.records(reply.circular, state=reply.state)
    before = standing_opinions(circular, (each for each in records if each.reply != reply.id))
    return frozenset(
        row.text
        for row, standing in recorded.rows
        if standing is Standing.COUNTED
        and row.status is Status.CLEAR
        and (reply.state, row.text) in before
    )


def _kept(part: PartReading) -> KeptReading:
    return KeptReading(
        part=part.path,
        filename=part.filename,
        sha256=part.sha256,
        format=part.reading.format.value,
        doubts=tuple(doubt.value for doubt in part.reading.doubts),
        document=asdict(part.reading),
    )

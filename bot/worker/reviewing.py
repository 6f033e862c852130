"""A person's decision carried out: the record, the message, the letter and the audit trail at once."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from bot.consultation.circular import Circular
from bot.consultation.completeness import Missing, missing
from bot.consultation.record import Standing
from bot.edges.archive import Archive
from bot.errors import ReviewError
from bot.intake.enclosures import texts_explained
from bot.intake.purpose import Purpose
from bot.intake.review import ReviewDecision, Settlement, UnderReview, settle
from bot.letters.letter import Letter
from bot.letters.rendering import Letters
from bot.mail.automatic import automatic
from bot.mail.message import Message
from bot.mail.opening import open_message
from bot.office import Office
from bot.register.member_state import Iso3
from bot.register.states import member_states
from bot.store.messages import StoredMessage
from bot.store.replies import NewReply, StoredReply
from bot.store.store import Store
from bot.store.tables.mailbox import MessageStatus
from bot.store.transaction import Transaction
from bot.worker.acknowledging import acknowledgement_of
from bot.worker.asking import question_on
from bot.worker.letter_writer import LetterWriter, answering, can_be_written_to
from bot.worker.undoing import before_decision, keep, last_words, register_sender, take_back


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
            message, reply = self._found(tx, name)
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
            circular = self._circular(reply.circular)
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
            settled = self._record(
                tx, reply, settlement, decision, who=who, now=now, version=version
            )
            added = decision.register and register_sender(tx, settled, now)
            letter = (
                self._confirm(tx, message, settled, settlement, now) if settlement.confirm else None
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

    def question(
        self, name: str, remark: str = "", *, language: str | None = None, now: dt.datetime
    ) -> Letter:
        """The letter that asks the sender for what could not be read, as it would go.

        Args:
            name: as of `decide`.
            remark: the reviewer's own words; may be empty.
            language: None: that of the form.
            now: when it would go.

        Raises:
            ReviewError: there is no such reply, or its circular is not known.
        """
        with self.store.snapshot() as tx:
            message, reply = self._found(tx, name)
            return self._question(tx, message, reply, remark, language=language, now=now)

    def ask(
        self,
        name: str,
        remark: str = "",
        *,
        language: str | None = None,
        who: str,
        now: dt.datetime,
    ) -> None:
        """Sends that letter; the reply waits on.

        Raises:
            ReviewError: as of `question`, or no letter can be addressed to the sender, or the same
                question was asked before.
        """
        with self.store.transaction() as tx:
            message, reply = self._found(tx, name)
            letter = self._question(tx, message, reply, remark, language=language, now=now)
            if not can_be_written_to(message.sender):
                raise ReviewError(f'no letter can be addressed to "{message.sender}"')
            words = hashlib.sha256(letter.text.encode()).hexdigest()[:16]
            queued = tx.letters.queue(
                self.writer.write(
                    letter,
                    key=f"question/{message.sha256}/{words}",
                    kind="question",
                    recipient=message.sender,
                    now=now,
                    circular=reply.circular if reply else None,
                    state=reply.state if reply else None,
                    reply_id=reply.id if reply else None,
                    answers=answering(message.id, self._opened(message)),
                )
            )
            if queued is None:
                raise ReviewError("the same question was asked before", mend="word it otherwise")
            tx.audit.append(
                at=now,
                who=who,
                action="ask",
                subject=f"reply/{reply.id}" if reply else f"message/{message.id}",
                detail={"letter": queued.id, "said": remark},
            )

    def _question(
        self,
        tx: Transaction,
        message: StoredMessage,
        reply: StoredReply | None,
        remark: str,
        *,
        language: str | None,
        now: dt.datetime,
    ) -> Letter:
        circulars = self.office.circulars
        circular = self._circular(reply.circular) if reply else circulars[-1]
        spoken = language or (reply.language if reply else "en")
        return self.letters.question(
            question_on(
                message,
                reply,
                last_words(tx, reply) if reply else (),
                circular,
                remark=remark,
                language=spoken,
                now=now,
            ),
            spoken,
        )

    def _found(self, tx: Transaction, name: str) -> tuple[StoredMessage, StoredReply | None]:
        reply = tx.replies.find(name)
        if reply is not None:
            message = tx.messages.get(reply.message_id)
            assert message is not None
            return message, reply
        found = tx.messages.find(name)
        if not found:
            raise ReviewError(
                f'nothing is called "{name}"', mend="`tsbbot status` lists what waits"
            )
        if len(found) > 1:
            ids = ", ".join(str(each.id) for each in found)
            raise ReviewError(f'several messages are called "{name}"', mend=f"give one id: {ids}")
        replies = tx.replies.of_message(found[0].id)
        if len(replies) > 1:
            names = ", ".join(each.reference for each in replies)
            raise ReviewError(
                f"message {found[0].id} answers several circulars", mend=f"give one of {names}"
            )
        return found[0], replies[0] if replies else None

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
            return self._made_by_hand(tx, message, decision, now)
        tx.messages.settle(
            message.id,
            status=MessageStatus.SETTLED,
            kind=message.kind,
            reasons=message.reasons,
            at=now,
        )
        self._audit(tx, f"message/{message.id}", decision, who=who, now=now)
        return None

    def _made_by_hand(
        self, tx: Transaction, message: StoredMessage, decision: ReviewDecision, now: dt.datetime
    ) -> StoredReply:
        """A reply without rows, for the decision to fill: of a letter, an unread file, a scan."""
        if not decision.rows or decision.state is None:
            raise ReviewError(
                f"message {message.id} holds no reply that could be accepted",
                mend="say whose it is and what it says (--state CHE --set Y.4241=assigns,none),"
                " or answer it by hand and settle it with --reject",
            )
        circulars = self.office.circulars
        if decision.circular is None and len(circulars) > 1:
            numbers = ", ".join(str(each.number) for each in circulars)
            raise ReviewError(
                f"message {message.id} may answer any of circulars {numbers}",
                mend="say which one, as --circular 106",
            )
        circular = self._circular(decision.circular or circulars[0].number)
        state = member_states().get(Iso3(decision.state))
        return tx.replies.add(
            NewReply(
                message_id=message.id,
                circular=circular.number,
                state=decision.state,
                received_at=message.received_at,
                recorded_at=now,
                sender=message.sender,
                language=state.language if state else "en",
                standing=Standing.PENDING,
                reasons=message.reasons,
                needs_review=True,
            )
        )

    def _circular(self, number: int) -> Circular:
        circular = self.office.circular(number)
        if circular is None:
            raise ReviewError(
                f"circular {number} is not configured",
                mend="add its file to the list `circulars`",
            )
        return circular

    def _record(
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
        self._audit(tx, f"reply/{reply.id}", decision, who=who, now=now)
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

    def _lacking(self, tx: Transaction, reply: StoredReply, settlement: Settlement) -> Missing:
        """What is missing, judged anew on the rows as they stand now."""
        if settlement.standing is Standing.REJECTED:
            return Missing()
        rows = {row.text: row for row, _ in last_words(tx, reply)}
        rows |= {row.text: row for row, _ in settlement.rows}
        texts = tuple(text.designation for text in self._circular(reply.circular).texts)
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

    def _confirm(
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
        circular = self._circular(reply.circular)
        letter = self.letters.acknowledgement(
            acknowledgement_of(
                reply,
                last_words(tx, reply),
                tx.attachments.of_reply(reply.id),
                circular,
                purpose=Purpose.CONFIRMED,
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

    @staticmethod
    def _audit(
        tx: Transaction, subject: str, decision: ReviewDecision, *, who: str, now: dt.datetime
    ) -> None:
        action = (
            "reject" if decision.reject else "admit" if decision.admit is not None else "accept"
        )
        tx.audit.append(
            at=now, who=who, action=action, subject=subject, detail={"said": decision.words}
        )


def _remarks(tx: Transaction, message_id: int) -> list[str]:
    """What the readers found written under the tables of a message's forms."""
    documents = (reading.document for reading in tx.readings.of_message(message_id))
    return [
        str(each["remarks"]) for each in documents if isinstance(each, dict) and each["remarks"]
    ]

"""The question to the sender of a reply: shown before it goes, and sent."""

import datetime as dt
import hashlib
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from bot.consultation.circular import Circular
from bot.consultation.opinion import Status, TextOpinion
from bot.consultation.record import Standing
from bot.edges.archive import Archive
from bot.errors import ReviewError
from bot.letters.contexts import QuestionContext
from bot.letters.letter import Letter
from bot.letters.rendering import Letters
from bot.mail.opening import open_message
from bot.office import Office
from bot.register.states import member_states
from bot.store.messages import StoredMessage
from bot.store.replies import StoredReply
from bot.store.store import Store
from bot.store.transaction import Transaction
from bot.worker.decisions.looking_up import circular_of, found
from bot.worker.decisions.undoing import last_words
from bot.worker.letter_writer import LetterWriter, answering, can_be_written_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Asks senders.

    Attributes:
        office: what is known of the consultation.
        store, archive: where replies and messages are.
        letters, writer: of the question.
    """

    office: Office
    store: Store
    archive: Archive
    letters: Letters
    writer: LetterWriter

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
            message, reply = found(tx, name)
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
            message, reply = found(tx, name)
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
                    answers=answering(message.id, open_message(self.archive.get(message.sha256))),
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
        circular = circular_of(self.office, reply.circular) if reply else circulars[-1]
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


def question_on(
    message: StoredMessage,
    reply: StoredReply | None,
    rows: Sequence[tuple[TextOpinion, Standing]],
    circular: Circular,
    *,
    remark: str,
    language: str,
    now: dt.datetime,
) -> QuestionContext:
    """What the letter asks.

    Args:
        message: that is asked about.
        reply: that it holds; None: it holds none.
        rows: the last word on each text.
        circular: that it answers.
        remark: the reviewer's own words; may be empty.
        language: of the letter.
        now: after the deadline none is given.
    """
    state = member_states().get(reply.state) if reply and reply.state else None  # type: ignore[call-overload]
    return QuestionContext(
        circular=circular,
        reference=reply.reference if reply else None,
        state_name=state.name(language) if state else None,
        received_at=message.received_at,
        unclear=tuple(row.text for row, _ in rows if row.status is Status.AMBIGUOUS),
        comments_missing=reply.comments_missing if reply else (),
        reasons_missing=reply.reasons_missing if reply else (),
        no_form=reply is None,
        remark=tuple(
            # In pieces that no letter cuts short.
            tuple(textwrap.wrap(line, 250))
            for line in remark.splitlines()
            if line.strip()
        ),
        iso2=state.iso2 if state else None,
        open=circular.in_time(now),
    )

"""A reply that a person reads where the program could not."""

import datetime as dt

from bot.consultation.record import Standing
from bot.errors import ReviewError
from bot.intake.review import ReviewDecision
from bot.office import Office
from bot.register.member_state import Iso3
from bot.register.states import member_states
from bot.store.messages import StoredMessage
from bot.store.replies import NewReply, StoredReply
from bot.store.transaction import Transaction
from bot.worker.decisions.looking_up import circular_of


def reply_by_hand(
    tx: Transaction,
    office: Office,
    message: StoredMessage,
    decision: ReviewDecision,
    now: dt.datetime,
) -> StoredReply:
    """A reply without rows, for the decision to fill: of a letter, an unread file, a scan.

    Raises:
        ReviewError: the decision does not say whose it is, what it says, or to which circular.
    """
    if not decision.rows or decision.state is None:
        raise ReviewError(
            f"message {message.id} holds no reply that could be accepted",
            mend="say whose it is and what it says (--state CHE --set Y.4241=assigns,none),"
            " or answer it by hand and settle it with --reject",
        )
    circulars = office.circulars
    if decision.circular is None and len(circulars) > 1:
        numbers = ", ".join(str(each.number) for each in circulars)
        raise ReviewError(
            f"message {message.id} may answer any of circulars {numbers}",
            mend="say which one, as --circular 106",
        )
    circular = circular_of(office, decision.circular or circulars[0].number)
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

"""What is otherwise than at the last digest: the tally, what people settled, what was sent."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Final

from bot.consultation.circular import Circular
from bot.consultation.record import OpinionRecord, Standing
from bot.consultation.tally import tally
from bot.letters.contexts import SettledShown, TextChange
from bot.register.states import member_states
from bot.store.replies import StoredReply
from bot.store.transaction import Transaction

#: The kinds of letters to Administrations, as the digest lists them.
KINDS: Final = ("acknowledgement", "confirmation", "question", "reminder", "request")


def text_changes(
    circular: Circular,
    records: Sequence[OpinionRecord],
    since: dt.datetime | None,
    now: dt.datetime,
    *,
    observers: Collection[str],
) -> tuple[TextChange, ...]:
    """The texts whose tally is another now than then; none for the first digest.

    Args:
        circular: which.
        records: append-only, so that the tally of then can be counted again.
        since: when the last digest was made; None: there was none.
        now: when this one is.
        observers: outside of the percentage.
    """
    if since is None:
        return ()
    then, today = (
        tally(circular, records, moment=moment, observers=observers).texts
        for moment in (since, now)
    )
    return tuple(
        TextChange(before=before, now=after)
        for before, after in zip(then, today, strict=True)
        if before != after
    )


def settled_since(
    circular: Circular,
    replies: Sequence[StoredReply],
    since: dt.datetime | None,
    now: dt.datetime,
) -> tuple[SettledShown, ...]:
    """What people decided on meanwhile, in the order of the replies."""
    return tuple(
        SettledShown(
            reference=reply.reference,
            state_name=name_of(reply),
            outcome=_outcome(circular, reply),
            by=reply.settled_by or "",
        )
        for reply in replies
        if reply.settled_at is not None
        and (since is None or reply.settled_at >= since)
        and reply.settled_at < now
    )


def letters_sent(
    tx: Transaction, circular: Circular, since: dt.datetime | None, now: dt.datetime
) -> dict[str, int]:
    """Kind -> how many letters the SMTP server took meanwhile; only kinds of which it took any."""
    counts = {
        kind: sum(
            letter.sent_at is not None
            and (since is None or letter.sent_at >= since)
            and letter.sent_at < now
            for letter in tx.letters.of_kind(kind, circular.number)
        )
        for kind in KINDS
    }
    return {kind: count for kind, count in counts.items() if count}


def name_of(reply: StoredReply) -> str | None:
    """Whose a reply is; None while nobody knows."""
    if reply.state is None:
        return reply.entity
    state = member_states().get(reply.state)  # type: ignore[call-overload]
    return state.name() if state else reply.state


def _outcome(circular: Circular, reply: StoredReply) -> str:
    if reply.needs_review:
        return "waits on in part"
    if reply.standing is Standing.COUNTED:
        return "counted" if circular.in_time(reply.received_at) else "late, admitted"
    return {
        Standing.REJECTED: "rejected",
        Standing.LATE: "stays late",
        Standing.NOT_COUNTED: "not counted",
    }.get(reply.standing, "waits on")

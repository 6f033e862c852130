"""The daily digest, from the record: what came in, what stands, what waits, what went wrong."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.consultation.circular import Circular
from bot.consultation.record import OpinionRecord, Standing, as_of
from bot.consultation.reminder_plan import planned_days
from bot.consultation.tally import tally
from bot.letters.contexts import CameIn, CircularDigest, DigestContext, OwedShown, WaitingShown
from bot.letters.reasons import reason
from bot.office import Office
from bot.register.states import member_states
from bot.reports.digest_changes import letters_sent, name_of, settled_since, text_changes
from bot.reports.overview_chart import overview_chart
from bot.reports.owing import owing
from bot.store.notes import NoteKind
from bot.store.replies import StoredReply
from bot.store.tables.mailbox import MessageStatus
from bot.store.transaction import Transaction

#: How long a closed consultation still has its place in the digest.
_AFTERWARDS = dt.timedelta(days=14)


def digest_of(
    tx: Transaction,
    office: Office,
    *,
    day: dt.date,
    since: dt.datetime | None,
    now: dt.datetime,
    announced: Sequence[str] = (),
) -> DigestContext:
    """What the digest of a day tells.

    Args:
        tx: a snapshot.
        office: what is known of the consultation.
        day: in the secretariat's time zone.
        since: when the last digest was made; None for the first.
        now: when this one is made.
        announced: what will be trouble one day, one line each: a secret that expires.
    """
    # One that is configured before its date is not out yet: there is nothing to tell of it.
    shown = [
        each for each in office.circulars if each.date <= day and now < each.deadline + _AFTERWARDS
    ]
    circulars = tuple(_circular(tx, office, each, since, now) for each in shown)
    waiting = waiting_of(tx, office)
    notes = tx.notes.since(since, until=now)
    bounces = tuple(
        (note.address or "", *_two(note.text)) for note in notes if note.kind == NoteKind.BOUNCE
    )
    absences = tuple(
        (note.address or "", note.text) for note in notes if note.kind == NoteKind.ABSENCE
    )
    not_counted = tuple(
        " ".join(part for part in (note.text, f"({note.address})" if note.address else "") if part)
        for note in notes
        if note.kind == NoteKind.NOT_COUNTED
    )
    trouble = tuple(each.text for each in tx.troubles.since(since)) + _set_aside(tx)
    trouble += tuple(announced)
    happened = bounces or absences or not_counted or trouble or waiting
    return DigestContext(
        day=day,
        timezone=office.zone.key,
        since=since,
        circulars=circulars,
        waiting=waiting,
        bounces=bounces,
        absences=absences,
        not_counted=not_counted,
        trouble=trouble,
        quiet=not happened
        and not any(each.came_in or each.changes or each.settled for each in circulars),
    )


def _circular(
    tx: Transaction, office: Office, circular: Circular, since: dt.datetime | None, now: dt.datetime
) -> CircularDigest:
    records = tx.opinions.records(circular.number)
    replies = tx.replies.all(circular.number)
    counted = tally(circular, records, moment=now, observers=office.observers)
    names = member_states()
    return CircularDigest(
        circular=circular,
        tally=counted,
        days_left=(circular.deadline.date() - now.date()).days,
        came_in=tuple(
            CameIn(
                reference=reply.reference,
                state_name=name_of(reply),
                received_at=reply.received_at,
                note=_note(reply),
            )
            for reply in replies
            if (since is None or reply.recorded_at >= since) and reply.recorded_at < now
        ),
        late=tuple(
            (name_of(reply) or reply.sender, reply.received_at)
            for reply in replies
            if reply.standing is Standing.LATE
        ),
        missing=tuple(_missing(tx, office, circular, records, replies)),
        without_reply=_without_reply(office, _answered(records, replies)),
        regions=Counter(
            state.region for code, state in names.items() if code not in office.observers
        ),
        changes=text_changes(circular, records, since, now, observers=office.observers),
        settled=settled_since(circular, replies, since, now),
        letters=letters_sent(tx, circular, since, now),
        next_reminders=_next_reminders(office, circular, now),
        observers=tuple(names[code].name() for code in counted.observers),  # type: ignore[index]
        chart=overview_chart(circular, records, counted, observers=office.observers),
    )


def _missing(
    tx: Transaction,
    office: Office,
    circular: Circular,
    records: Sequence[OpinionRecord],
    replies: Sequence[StoredReply],
) -> Iterator[OwedShown]:
    """What is still due, and when it was asked for once more."""
    for owed in owing(circular, records, replies, tx.attachments.of_reply):
        reply = owed.reply
        asked = [
            each.created_at for each in tx.letters.of_reply(reply.id) if each.kind == "request"
        ]
        yield OwedShown(
            state_name=name_of(reply) or reply.sender,
            comments=owed.comments,
            reasons=owed.reasons,
            asked_again=max(asked).astimezone(office.zone).date() if asked else None,
        )


def _next_reminders(office: Office, circular: Circular, now: dt.datetime) -> dt.date | None:
    """The next day of the plan, today's among them while its hours last."""
    here = now.astimezone(office.zone)
    days = planned_days(circular, days_before=office.days_before, hours=office.hours)
    closes = office.hours.closes
    over = closes is not None and here.time() >= closes
    return next(
        (
            each.day
            for each in days
            if circular.in_time(now)
            and (each.day > here.date() or (each.day == here.date() and not over))
        ),
        None,
    )


def _answered(records: Sequence[OpinionRecord], replies: Sequence[StoredReply]) -> frozenset[str]:
    """Member States of which there is anything, be it a reply without a row that could be read."""
    recorded = [(each.state, each.standing) for each in as_of(records, None)]
    received = [(each.state, each.standing) for each in replies]
    return frozenset(
        state
        for state, standing in (*recorded, *received)
        if state and standing is not Standing.REJECTED
    )


def _without_reply(office: Office, answered: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Region -> names of the Member States of which there is nothing at all, not even pending."""
    regions: dict[str, list[str]] = {}
    for code, state in member_states().items():
        if code not in answered and code not in office.observers:
            regions.setdefault(state.region, []).append(state.name())
    return {region: tuple(sorted(names)) for region, names in sorted(regions.items())}


def _note(reply: StoredReply) -> str:
    if reply.standing is Standing.LATE:
        return "late"
    if reply.standing is Standing.NOT_COUNTED:
        return "not counted"
    if reply.needs_review:
        return "; ".join(reason(each) for each in reply.reasons) or "waits for review"
    return "recorded"


def waiting_of(tx: Transaction, office: Office) -> tuple[WaitingShown, ...]:
    """Everything that waits for a person, the first received first."""
    shown: list[WaitingShown] = []
    for message in tx.messages.waiting():
        replies = [each for each in tx.replies.of_message(message.id) if each.needs_review]
        base = office.base_url.rstrip("/")
        for reply in (*replies,) or (None,):
            reasons = message.reasons if reply is None else reply.reasons
            if message.status is MessageStatus.QUARANTINED:
                reasons = ("quarantined", *reasons)
            shown.append(
                WaitingShown(
                    message=message.id,
                    reference="" if reply is None else reply.reference,
                    sender=message.sender,
                    state_name=None if reply is None else name_of(reply),
                    subject=message.subject,
                    since=message.received_at,
                    reasons=tuple(reason(each) for each in reasons),
                    link=f"{base}/messages/{message.id}" if base else None,
                )
            )
    return tuple(shown)


def _set_aside(tx: Transaction) -> tuple[str, ...]:
    count = tx.messages.count_by_status()[MessageStatus.QUARANTINED]
    if not count:
        return ()
    return (f"{count} message(s) could not be worked on and were set aside; see what waits",)


def _two(text: str) -> tuple[str, str]:
    first, _, second = text.partition("\n")
    return first, second

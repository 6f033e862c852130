"""The contents of a closed circular taken away, once its time is over.

When: a number of days after the deadline, or earlier for a reason that the audit trail keeps; never
before the deadline. What: see `bot.store.purging`. The database first, the raw messages after: cut
short in between, the next purge removes what is left.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from bot.consultation.circular import Circular
from bot.edges.archive import Archive
from bot.errors import PurgeError
from bot.keeping.progress import Progress, untold
from bot.store.purging import Belongings, Span
from bot.store.store import Store
from bot.store.transaction import Transaction

#: What is of no circular is kept for so long at least.
_RECENT = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a purge takes away.

    Attributes:
        circular: number.
        belongings: of the database.
        raw: SHA-256 of the raw messages.
        raw_bytes: of them together.
    """

    circular: int
    belongings: Belongings
    raw: tuple[str, ...]
    raw_bytes: int

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to take away."""
        gone = self.belongings
        return not (gone.messages or gone.letters or gone.notes or self.raw)


def may_be_purged(circular: Circular, now: dt.datetime, *, days: int, reason: str | None) -> None:
    """Whether the time has come.

    Args:
        circular: which.
        now: the present moment.
        days: that its contents are kept after the deadline.
        reason: why earlier; None where there is none.

    Raises:
        PurgeError: it has not; says when it will have.
    """
    if circular.in_time(now):
        raise PurgeError(
            f"{circular.name} is open until {circular.deadline:%d %b %Y %H:%M} UTC",
            mend="its replies are still to come",
        )
    free = circular.deadline + dt.timedelta(days=days)
    if now < free and not (reason or "").strip():
        raise PurgeError(
            f"the contents of {circular.name} are kept until {free:%d %b %Y}"
            f" ({days} days after its deadline)",
            mend='give a reason for removing them now: --force "REASON"',
        )


def span_of(
    circular: Circular,
    circulars: Iterable[Circular],
    *,
    recorded: frozenset[int],
    purged: frozenset[int],
    now: dt.datetime,
) -> Span:
    """The time whose bounces, absence notes and digests can be of no other circular's.

    From the circular's date until the first other one that is still kept was issued; nothing where
    one is in the record of which nobody knows any more when that was.

    Args:
        circular: that is purged.
        circulars: those configured.
        recorded: numbers of all that the record knows.
        purged: numbers of those purged before.
        now: the present moment; the last days are left out: the key of a digest tells whether
            that of the day was written.
    """
    since = _day(circular.date)
    kept = [
        each for each in circulars if each.number != circular.number and each.number not in purged
    ]
    unknown = recorded - purged - {circular.number} - {each.number for each in kept}
    if unknown:
        return Span(since=since, until=since)
    until = min(_day(each.date) for each in kept) if kept else now
    return Span(since=since, until=min(until, now - _RECENT))


def plan_purge(
    store: Store,
    archive: Archive,
    circular: Circular,
    circulars: Iterable[Circular],
    now: dt.datetime,
) -> Plan:
    """What would go; nothing is changed.

    Raises:
        StoreError: the database cannot be read.
    """
    with store.snapshot() as tx:
        belongings = _belongings(tx, circular, circulars, now)
        left = tx.messages.purged()
    return _plan(archive, circular, belongings, left)


def purge(
    store: Store,
    archive: Archive,
    circular: Circular,
    circulars: Iterable[Circular],
    *,
    who: str,
    reason: str | None,
    now: dt.datetime,
    progress: Progress = untold,
) -> Plan:
    """Takes it away; returns what went.

    Args:
        store: the record.
        archive: the raw messages.
        circular: closed, and its time over (`may_be_purged`).
        circulars: those configured.
        who: for the audit trail.
        reason: why before its time; None where the time has come.
        now: the present moment.
        progress: is told how far it is.

    Raises:
        StoreError: the database failed; nothing was removed.
        ArchiveError: a raw message cannot be removed; purging again goes on.
    """
    with store.transaction() as tx:
        belongings = _belongings(tx, circular, circulars, now)
        left = tx.messages.purged()
        plan = _plan(archive, circular, belongings, left)
        tx.purging.remove(circular.number, belongings, now)
        tx.audit.append(
            at=now,
            who=who,
            action="purge",
            subject=f"circular/{circular.number}",
            detail={
                "messages": len(belongings.messages),
                "replies": belongings.replies,
                "readings": belongings.readings,
                "attachments": belongings.attachments,
                "letters": len(belongings.letters),
                "notes": len(belongings.notes),
                "reason": reason,
            },
        )
    for number, sha256 in enumerate(plan.raw):
        progress("messages", number, len(plan.raw))
        archive.remove(sha256)
    progress("messages", len(plan.raw), len(plan.raw))
    store.forget()
    return plan


def _belongings(
    tx: Transaction, circular: Circular, circulars: Iterable[Circular], now: dt.datetime
) -> Belongings:
    recorded, purged = tx.purging.circulars(), tx.purging.purged()
    span = span_of(circular, circulars, recorded=recorded, purged=purged, now=now)
    return tx.purging.belongings(circular.number, span)


def _plan(
    archive: Archive, circular: Circular, belongings: Belongings, left: Iterable[str]
) -> Plan:
    # With those that an earlier purge could not remove, or that came into the archive again.
    raw = [sha256 for _, sha256 in belongings.messages] + list(left)
    there = tuple(sha256 for sha256 in raw if sha256 in archive)
    return Plan(
        circular=circular.number,
        belongings=belongings,
        raw=there,
        raw_bytes=sum(archive.path(sha256).stat().st_size for sha256 in there),
    )


def _day(date: dt.date) -> dt.datetime:
    return dt.datetime.combine(date, dt.time(), tzinfo=dt.UTC)

"""Whether the trail and the record are as they were written, and still come to the same numbers."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.consultation.circular import Circular
from bot.consultation.closing import close
from bot.consultation.record import OpinionRecord
from bot.edges.archive import Archive
from bot.errors import ArchiveError
from bot.office import Office
from bot.reports.closing_report import closing_of
from bot.store.seals import SealsChecked
from bot.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailReport:
    """What the check found.

    Attributes:
        entries: of the audit trail.
        head: hash of its last entry, to be compared with what an earlier check said.
        broken: place of the first entry that is not as it was written; None where all are.
        seals: what they say of the record of opinions.
        replies: whose place in the record was compared.
        messages: whose bytes were found in the archive as they came; None: nobody looked.
        closings: numbers of the circulars whose closing report was counted again.
        faults: what does not agree, one line each.
    """

    entries: int
    head: str
    broken: int | None
    seals: SealsChecked
    replies: int
    messages: int | None
    closings: tuple[int, ...]
    faults: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return self.broken is None and not self.faults


def check_trail(tx: Transaction, office: Office, archive: Archive | None = None) -> TrailReport:
    """Reads the whole trail and record; nothing is changed.

    Args:
        tx: a snapshot.
        office: whose circulars.
        archive: to be read through too; None: not.

    Raises:
        StoreError: the database failed.
    """
    entries, head = tx.audit.head()
    broken = tx.audit.verify()
    seals = tx.seals.check()
    faults = [] if broken is None else [f"entry {broken} of the trail is not as it was written"]
    faults += [f"{each.reply}: {each.wrong}" for each in seals.faults]
    closings, replies = [], 0
    for circular in office.circulars:
        records = tx.opinions.records(circular.number)
        replies += len({each.reply for each in records})
        faults += _other_state(tx, circular, records)
        said = _closing_fault(tx, circular, records)
        if said is not None:
            closings.append(circular.number)
            faults += [said] if said else []
    messages = None
    if archive is not None:
        damaged = list(_damaged(tx, archive))
        faults += damaged
        messages = len(tx.messages.kept_raw()) - len(damaged)
    return TrailReport(
        entries=entries,
        head=head,
        broken=broken,
        seals=seals,
        replies=replies,
        messages=messages,
        closings=tuple(closings),
        faults=tuple(faults),
    )


def _damaged(tx: Transaction, archive: Archive) -> Iterator[str]:
    """Messages that the archive cannot give as they came; those that were purged are none."""
    for sha256 in tx.messages.kept_raw():
        try:
            archive.get(sha256)
        except ArchiveError as error:
            yield str(error)


def _other_state(
    tx: Transaction, circular: Circular, records: list[OpinionRecord]
) -> Iterator[str]:
    """Replies whose row says something else than the record's last line of them."""
    last = {each.reply: each for each in records}
    for reply in tx.replies.all(circular.number):
        line = last.pop(reply.id, None)
        if line is None:
            continue  # A reply without any row that could be read.
        if (reply.state, reply.received_at) != (line.state, line.received_at):
            yield f"{reply.reference}: the record has it as one of {line.state or 'nobody'}"
    for line in last.values():
        yield f"reply {line.reply}: the record has lines of it, and it is gone"


def _closing_fault(tx: Transaction, circular: Circular, records: list[OpinionRecord]) -> str | None:
    """What is wrong with a closing report; empty where it is right, None where there is none."""
    report = closing_of(tx, circular.number)
    if report is None:
        return None
    known = [each for each in records if each.seq <= report.last]
    again = close(circular, known, moment=report.tally.as_of, observers=report.outside)
    if again == report:
        return ""
    return f"{circular.name}: its closing report does not come out of the record again"

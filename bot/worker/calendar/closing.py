"""The closing report, made once when a circular's deadline is past and all that came is recorded."""

import datetime as dt
from dataclasses import dataclass

from bot.consultation.circular import Circular
from bot.consultation.closing import close
from bot.office import Office
from bot.reports.closing_report import CLOSE, closing_as_json, closing_entry, closing_subject
from bot.store.store import Store
from bot.store.transaction import Transaction
from bot.worker.carrying_out import WORKER
from bot.worker.caught_up import LAST_VISIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Closer:
    """Freezes what a consultation has come to.

    Attributes:
        office: what is known of the consultations.
        store: where the reports are kept.
    """

    office: Office
    store: Store

    def close(self, now: dt.datetime) -> int:
        """Makes the reports that are due; how many. Never two of one circular.

        Call it only when what came is recorded (`bot.worker.caught_up`).
        """
        with self.store.snapshot() as tx:
            due = [each for each in self.office.circulars if _is_due(tx, each, now)]
        for circular in due:
            with self.store.transaction() as tx:
                if closing_entry(tx, circular.number) is not None:
                    continue
                report = close(
                    circular,
                    tx.opinions.records(circular.number),
                    moment=now,
                    observers=self.office.observers,
                )
                tx.audit.append(
                    at=now,
                    who=WORKER,
                    action=CLOSE,
                    subject=closing_subject(circular.number),
                    detail=closing_as_json(report),
                )
        return len(due)


def _is_due(tx: Transaction, circular: Circular, now: dt.datetime) -> bool:
    """Whether the mailbox was visited since the deadline: what came in its last minute counts."""
    if circular.in_time(now):
        return False
    visited = tx.values.get(LAST_VISIT)
    if visited is None or circular.in_time(dt.datetime.fromisoformat(visited)):
        return False
    return closing_entry(tx, circular.number) is None

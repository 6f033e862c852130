"""The closing report as it is kept in the audit trail, and read from there.

It is an entry of the trail ("close", "circular/106"): chained to all before it, so that it can be
neither changed nor made twice without being found.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from bot.consultation.circular import Circular
from bot.consultation.closing import Amendment, ClosingReport, amendments
from bot.consultation.outlook import THRESHOLD_PER_CENT
from bot.consultation.tally import CircularTally, TextTally
from bot.reports.tally_report import moment, tally_as_json
from bot.store.audit import AuditEntry
from bot.store.transaction import Transaction

#: The entry's action.
CLOSE: Final = "close"
_NUMBERS = ("assigns", "does_not_assign", "with_comments", "blank", "pending")


def closing_subject(circular: int) -> str:
    """What the entry is about."""
    return f"circular/{circular}"


def closing_as_json(report: ClosingReport) -> dict[str, Any]:
    """What is kept: the tally as others read it, the rule, and how far the record went."""
    return {
        **tally_as_json(report.tally),
        # To the microsecond: what was recorded in the same second is counted or is not.
        "as_of": report.tally.as_of.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "number": report.tally.number,
        "threshold_per_cent": THRESHOLD_PER_CENT,
        "last": report.last,
        "outside": list(report.outside),
    }


def closing_entry(tx: Transaction, circular: int) -> AuditEntry | None:
    """The entry that keeps a circular's report; None where it was not closed yet."""
    found = (each for each in tx.audit.of(closing_subject(circular)) if each.action == CLOSE)
    return next(found, None)


def closing_of(tx: Transaction, circular: int) -> ClosingReport | None:
    """The report as it was made; None where there is none yet."""
    entry = closing_entry(tx, circular)
    return None if entry is None or not isinstance(entry.detail, dict) else _read(entry.detail)


def amended(
    tx: Transaction,
    circular: Circular,
    report: ClosingReport,
    *,
    until: dt.datetime | None = None,
) -> tuple[Amendment, ...]:
    """What was decided since the report that changes its numbers."""
    decided = tx.opinions.decided(circular.number)
    return amendments(circular, decided, report, moment=until)


def amendment_as_json(each: Amendment, reference: str) -> dict[str, Any]:
    """One amendment for other programs."""
    return {
        "at": moment(each.at),
        "by": each.who,
        "why": each.why,
        "reference": reference,
        "state": each.state,
        "received_at": moment(each.received_at),
        "late": each.late,
        "standing": each.standing.value,
        "texts": [
            {
                "text": text.after.text,
                "before": _numbers(text.before),
                "after": _numbers(text.after),
            }
            for text in each.texts
        ],
    }


def _numbers(text: TextTally) -> dict[str, Any]:
    return {
        "replies": text.replies,
        **{name: getattr(text, name) for name in _NUMBERS},
        "threshold_met": text.threshold_met,
        "decided": text.decided,
    }


def _read(kept: Mapping[str, Any]) -> ClosingReport:
    return ClosingReport(
        tally=CircularTally(
            circular=kept["circular"],
            number=kept["number"],
            as_of=dt.datetime.fromisoformat(kept["as_of"]),
            deadline=dt.datetime.fromisoformat(kept["deadline"]),
            texts=tuple(
                TextTally(
                    text=each["text"],
                    **{name: each[name] for name in _NUMBERS},
                    threshold_met=each["threshold_met"],
                    decided=each["decided"],
                )
                for each in kept["texts"]
            ),
            replied=tuple(kept["replied"]),
            pending=tuple(kept["pending"]),
            late=tuple(kept["late"]),
            not_counted=kept["not_counted"],
            unknown=kept["unknown"],
            observers=tuple(kept["observers"]),
        ),
        last=kept["last"],
        outside=tuple(kept["outside"]),
    )

"""What a consultation had come to at its deadline, and what was amended since; pure.

The closing report is frozen: it is counted once, from the record as far as it went then, and never
changed. A late reply that is admitted afterwards, or a decision on what waited, is an amendment to
it, with its reason.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby

from bot.consultation.circular import Circular
from bot.consultation.record import DecidedOpinion, OpinionRecord, Standing
from bot.consultation.tally import CircularTally, TextTally, tally


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingReport:
    """The frozen count.

    Attributes:
        tally: of the record up to `last`; its `as_of` is when the report was made.
        last: place of the last line of the record that it counts; 0 where there was none.
        outside: ISO codes that were outside of the percentage (Res. 99), sorted.
    """

    tally: CircularTally
    last: int
    outside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendedText:
    """One text's numbers around a decision that was taken after the report."""

    before: TextTally
    after: TextTally


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A decision taken after the report that changes what it says.

    Attributes:
        at: when.
        who: "worker", or the address of the reviewer.
        why: in words; may be empty.
        reply: id.
        state: ISO 3166-1 alpha-3 of the Member State; None while nobody knows whose it is.
        received_at: when the reply was received.
        standing: what the reply's lines are worth since: COUNTED for an admission.
        late: whether the reply was received after the deadline.
        texts: whose numbers it changes, in the circular's order; never empty.
    """

    at: dt.datetime
    who: str
    why: str
    reply: int
    state: str | None
    received_at: dt.datetime
    standing: Standing
    late: bool
    texts: tuple[AmendedText, ...]


def close(
    circular: Circular,
    records: Collection[OpinionRecord],
    *,
    moment: dt.datetime,
    observers: Collection[str] = (),
) -> ClosingReport:
    """The report over what is recorded.

    Args:
        circular: whose deadline is past.
        records: its record; all that was received in time is in it.
        moment: now.
        observers: ISO codes outside of the percentage.
    """
    return ClosingReport(
        tally=tally(circular, records, moment=moment, observers=observers),
        last=max((each.seq for each in records), default=0),
        outside=tuple(sorted(observers)),
    )


def amendments(
    circular: Circular,
    decided: Iterable[DecidedOpinion],
    report: ClosingReport,
    *,
    moment: dt.datetime | None = None,
) -> tuple[Amendment, ...]:
    """What changed the numbers since, in the order of the decisions.

    A reply that came after the deadline and was only recorded as late changes nothing.

    Args:
        circular: which.
        decided: its whole record, with who and why.
        report: made before.
        moment: what was recorded later is not looked at; None: all is.
    """
    lines = sorted(
        (e for e in decided if moment is None or e.record.recorded_at <= moment),
        key=lambda each: each.record.seq,
    )
    known = [each.record for each in lines if each.record.seq <= report.last]
    before = {each.text: each for each in report.tally.texts}
    found: list[Amendment] = []
    later = (each for each in lines if each.record.seq > report.last)
    for _, group in groupby(later, key=_decision):
        together = list(group)
        known += [each.record for each in together]
        last = together[-1]
        after = tally(circular, known, moment=last.record.recorded_at, observers=report.outside)
        changed = tuple(
            AmendedText(before=before[new.text], after=new)
            for new in after.texts
            if new.text in before and before[new.text] != new
        )
        before |= {each.text: each for each in after.texts if each.text in before}
        if changed:
            found.append(
                Amendment(
                    at=last.record.recorded_at,
                    who=last.who,
                    why=last.why,
                    reply=last.record.reply,
                    state=last.record.state,
                    received_at=last.record.received_at,
                    standing=last.record.standing,
                    late=not circular.in_time(last.record.received_at),
                    texts=changed,
                )
            )
    return tuple(found)


def _decision(line: DecidedOpinion) -> tuple[int, dt.datetime, str, str]:
    return line.record.reply, line.record.recorded_at, line.who, line.why

"""The tallies, counted anew only when a line was added to the record."""

import datetime as dt
import threading
from dataclasses import dataclass

from bot.consultation.circular import Circular
from bot.consultation.record import OpinionRecord
from bot.consultation.tally import CircularTally, standing_opinions, tally
from bot.office import Office
from bot.reports.overview_chart import overview_chart
from bot.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A consultation as it stands.

    Attributes:
        last: place of the record's last line.
        tally: see `CircularTally`.
        standing: (Member State, designation) -> the line that stands.
        chart: PNG.
    """

    last: int
    tally: CircularTally
    standing: dict[tuple[str, str], OpinionRecord]
    chart: bytes


class Tallies:
    """Holds the last count of each circular."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._held: dict[int, Counted] = {}
        self._lock = threading.Lock()

    def of(self, tx: Transaction, circular: Circular, now: dt.datetime) -> Counted:
        """The count; the same as before where nothing was recorded since."""
        last = tx.opinions.last(circular.number)
        held = self._held.get(circular.number)
        if held is not None and held.last == last:
            return held
        # One counts, the others wait for it instead of counting too.
        with self._lock:
            held = self._held.get(circular.number)
            if held is not None and held.last == last:
                return held
            records = tx.opinions.records(circular.number)
            counted = tally(circular, records, moment=now, observers=self._office.observers)
            found = Counted(
                last=last,
                tally=counted,
                standing=standing_opinions(circular, records),
                chart=overview_chart(circular, records, counted, observers=self._office.observers),
            )
            self._held[circular.number] = found
            return found

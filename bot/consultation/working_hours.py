"""When the secretariat is at work: letters that nobody asked for go out then, and at no other time.

What answers a message goes at once; a reminder at night or on a Sunday looks like a machine's, and
whoever answers it finds nobody there.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

#: Monday to Friday, as `datetime.date.weekday` counts.
MONDAY_TO_FRIDAY: Final = frozenset(range(5))
#: However many holidays are configured in a row, a working day is found or given up.
_LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingHours:
    """The hours of the days on which the secretariat works.

    Attributes:
        timezone: of the secretariat.
        opens, closes: times of its day, the second not taken in; `closes` None: midnight.
        days: days of the week, 0 being Monday.
        holidays: days that are none of them all the same.
    """

    timezone: dt.tzinfo
    opens: dt.time
    closes: dt.time | None = None
    days: frozenset[int] = MONDAY_TO_FRIDAY
    holidays: frozenset[dt.date] = frozenset()

    def is_working_day(self, day: dt.date) -> bool:
        """Whether anybody works on that day."""
        return day.weekday() in self.days and day not in self.holidays

    def open_at(self, now: dt.datetime) -> bool:
        """Whether it is a working day there, and within its hours.

        Args:
            now: aware.
        """
        here = now.astimezone(self.timezone)
        closed = self.closes is not None and here.time() >= self.closes
        return self.is_working_day(here.date()) and here.time() >= self.opens and not closed

    def on_or_before(self, day: dt.date) -> dt.date:
        """That day, or the last working day before it; the day itself where there is none."""
        return self._nearest(day, -1)

    def after(self, day: dt.date) -> dt.date:
        """The next working day after that day; the day after it where there is none."""
        return self._nearest(day + dt.timedelta(days=1), 1)

    def _nearest(self, day: dt.date, step: int) -> dt.date:
        tried = (day + dt.timedelta(days=step * each) for each in range(_LONGEST))
        return next((each for each in tried if self.is_working_day(each)), day)

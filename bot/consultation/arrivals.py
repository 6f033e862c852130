"""How many Member States had an opinion standing, day by day; pure."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.consultation.circular import Circular
from bot.consultation.opinion import Status
from bot.consultation.record import OpinionRecord, Standing, as_of

#: So long after the deadline the picture still grows.
_AFTERWARDS = dt.timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """When Member States replied.

    Attributes:
        first_day: from which it is shown: that of the circular, or of the first reply if earlier.
        last_day: of the deadline; later where replies came later, or, for two weeks, the moment is.
        today: day of the moment that is shown, UTC.
        deadline: the day of the deadline, UTC.
        replied: (day, Member States that had a counted opinion by its end), only days on which
            there were more than before.
        late: days on which replies came that are late; one entry a reply.
    """

    first_day: dt.date
    last_day: dt.date
    today: dt.date
    deadline: dt.date
    replied: tuple[tuple[dt.date, int], ...]
    late: tuple[dt.date, ...]

    @property
    def total(self) -> int:
        """Member States with a counted opinion in the end."""
        return self.replied[-1][1] if self.replied else 0


def arrivals(
    circular: Circular,
    records: Iterable[OpinionRecord],
    *,
    moment: dt.datetime,
    observers: Collection[str] = (),
) -> Arrivals:
    """The days on which Member States replied first, by when our server received the reply.

    Args:
        circular: which; records of others are passed over.
        records: the append-only record.
        moment: what was recorded later is not looked at.
        observers: ISO codes outside of the percentage.
    """
    known = [each for each in as_of(records, moment) if each.circular == circular.number]
    first: dict[str, dt.date] = {}
    late: dict[int, dt.date] = {}
    for each in sorted(known, key=lambda each: each.received_at):
        day = each.received_at.astimezone(dt.UTC).date()
        if each.standing is Standing.LATE:
            late[each.reply] = day
        elif (
            each.standing is Standing.COUNTED
            and each.opinion.status is Status.CLEAR
            and each.state is not None
            and each.state not in observers
        ):
            first.setdefault(each.state, day)
    days = sorted(first.values())
    replied = {day: number for number, day in enumerate(days, start=1)}
    today = moment.astimezone(dt.UTC).date()
    deadline = circular.deadline.astimezone(dt.UTC).date()
    return Arrivals(
        first_day=min([circular.date, today, *days]),
        last_day=max([deadline, min(today, deadline + _AFTERWARDS), *days, *late.values()]),
        today=today,
        deadline=deadline,
        replied=tuple(replied.items()),
        late=tuple(sorted(late.values())),
    )

"""The first page: where each consultation stands, what waits, whether all is well."""

import datetime as dt

from starlette.responses import Response

from bot.consultation.circular import Circular
from bot.review.views.queue import shown_queue
from bot.review.visit import NotThereError, Visit
from bot.store.tables.mailbox import MessageStatus
from bot.watch.health import facts, judge

_SHOWN = 5


def overview(visit: Visit) -> Response:
    """Tally with its picture, days left, the head of the queue, health."""
    with visit.desk.store.snapshot() as tx:
        circulars = [
            {
                "circular": circular,
                "counted": visit.house.tallies.of(tx, circular, visit.now),
                "days_left": (circular.deadline.date() - visit.now.date()).days,
            }
            for circular in visit.desk.office.circulars
        ]
        known = facts(tx, visit.now)
        waiting = tx.queue.count()
        first = shown_queue(tx.queue.page(limit=_SHOWN))
        set_aside = tx.messages.count_by_status()[MessageStatus.QUARANTINED]
    poll = dt.timedelta(seconds=visit.desk.settings.mailbox.poll_seconds)
    return visit.house.pages.show(
        visit,
        "overview.html",
        {
            "circulars": circulars,
            "facts": known,
            "health": judge(known, visit.now, max_age=3 * poll + dt.timedelta(minutes=10)),
            "waiting": waiting,
            "first": first,
            "set_aside": set_aside,
        },
    )


def chart(visit: Visit) -> Response:
    """The picture of a tally."""
    circular = circular_of(visit)
    with visit.desk.store.snapshot() as tx:
        counted = visit.house.tallies.of(tx, circular, visit.now)
    return Response(counted.chart, media_type="image/png")


def circular_of(visit: Visit) -> Circular:
    """The circular that the path names.

    Raises:
        NotThereError: it is not configured.
    """
    circular = visit.desk.office.circular(visit.number("circular"))
    if circular is None:
        raise NotThereError
    return circular

"""The queue: what waits, a page at a time."""

from collections.abc import Sequence

from starlette.responses import Response

from bot.letters.reasons import REASONS
from bot.review.visit import Visit
from bot.store.queue import Waiting

PAGE = 25


def queue(visit: Visit) -> Response:
    """The worst and oldest first; by reason and by circular."""
    page = max(1, visit.asked_number("page", 1))
    numbers = [circular.number for circular in visit.desk.office.circulars]
    number = visit.asked_number("circular", 0)
    circular = number if number in numbers else None
    asked = visit.query.get("reason", "")
    with visit.desk.store.snapshot() as tx:
        reasons = tx.queue.reasons(circular)
        reason = asked if asked in reasons or asked in REASONS else None
        total = tx.queue.count(reason=reason, circular=circular)
        waiting = tx.queue.page(
            limit=PAGE, offset=(page - 1) * PAGE, reason=reason, circular=circular
        )
    return visit.house.pages.show(
        visit,
        "queue.html",
        {
            "waiting": shown_queue(waiting),
            "total": total,
            "page": page,
            "pages": max(1, -(-total // PAGE)),
            "reasons": reasons.most_common(),
            "reason_chosen": reason,
            "circular_chosen": circular,
            "circulars": visit.desk.office.circulars,
        },
    )


def shown_queue(waiting: Sequence[Waiting]) -> tuple[Waiting, ...]:
    """As it is shown."""
    return tuple(waiting)

"""Whether what came is in the record: before that, somebody who has replied might be reminded."""

import datetime as dt
from typing import Final

from bot.store.tables.mailbox import MessageStatus
from bot.store.transaction import Transaction

#: `tx.values`: when the mailbox was visited last, by whichever worker.
LAST_VISIT: Final = "last visit"
#: A visit holds for so long.
_RECENT = dt.timedelta(hours=1)
#: After so long of trouble the reminders go nevertheless: a deadline does not wait.
_PATIENCE = dt.timedelta(hours=6)
#: The troubles in which a reply may lie there unread.
_UNREAD = frozenset({"mailbox", "archive", "reading"})


def caught_up(tx: Transaction, now: dt.datetime, *, poll_seconds: float) -> bool:
    """Whether the replies that came are recorded, as far as anybody can tell.

    The mailbox was visited a while ago at the most, nothing of it waits for its turn, and nothing
    stands in the way; or something has stood in the way for hours.
    """
    in_the_way = [each for each in tx.troubles.open() if each.code in _UNREAD]
    if in_the_way:
        return now - min(each.first_at for each in in_the_way) >= _PATIENCE
    visited = tx.values.get(LAST_VISIT)
    recent = max(_RECENT, 3 * dt.timedelta(seconds=poll_seconds))
    if visited is None or now - dt.datetime.fromisoformat(visited) > recent:
        return False
    return not tx.messages.count_by_status()[MessageStatus.RECEIVED]

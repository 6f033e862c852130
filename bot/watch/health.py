"""Whether all is well with the worker, in one line."""

import datetime as dt
from dataclasses import dataclass

from bot.store.tables.mailbox import MessageStatus
from bot.store.transaction import Transaction

#: `tx.values`: when the last round ended.
LAST_ROUND = "last round"
#: A letter that waits longer in the outbox is stuck.
_LETTER_PATIENCE = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of the worker.

    Attributes:
        last_round: when one ended last; None where none ever did.
        troubles: open ones, in words.
        quarantined: messages set aside after failing several times.
        waiting: messages and replies that wait for a person; no sign of ill health.
        stuck_letters: that wait in the outbox for more than an hour.
        queued_letters: all that wait there.
    """

    last_round: dt.datetime | None
    troubles: tuple[str, ...]
    quarantined: int
    waiting: int
    stuck_letters: int
    queued_letters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """The judgement.

    Attributes:
        well: whether nobody has to do anything.
        line: why, on one line.
    """

    well: bool
    line: str


def facts(tx: Transaction, now: dt.datetime) -> Facts:
    """What the record knows."""
    said = tx.values.get(LAST_ROUND)
    messages = tx.messages.count_by_status()
    return Facts(
        last_round=dt.datetime.fromisoformat(said) if said else None,
        troubles=tuple(trouble.text for trouble in tx.troubles.open()),
        quarantined=messages[MessageStatus.QUARANTINED],
        waiting=messages[MessageStatus.HELD] + tx.replies.count_waiting(),
        stuck_letters=tx.letters.count_queued(before=now - _LETTER_PATIENCE),
        queued_letters=tx.letters.count_queued(),
    )


def judge(known: Facts, now: dt.datetime, *, max_age: dt.timedelta) -> Health:
    """Whether all is well.

    Args:
        known: the facts.
        now: the present moment.
        max_age: that the last round may have.
    """
    wrong = []
    if known.last_round is None:
        wrong.append("no round was ever done: start `tsbbot run`")
    elif now - known.last_round > max_age:
        wrong.append(f"the last round was {_ago(now - known.last_round)}: see whether it runs")
    wrong += [" ".join(text.split())[:300] for text in known.troubles]
    if known.quarantined:
        wrong.append(f"{known.quarantined} messages in quarantine: tsbbot review")
    if known.stuck_letters:
        wrong.append(f"{known.stuck_letters} letters have waited for more than an hour")
    if wrong:
        return Health(well=False, line="; ".join(wrong))
    assert known.last_round is not None
    return Health(
        well=True,
        line=f"last round {_ago(now - known.last_round)}, {known.waiting} for a person,"
        f" {known.queued_letters} letters to go",
    )


def _ago(age: dt.timedelta) -> str:
    minutes = max(0, int(age.total_seconds() // 60))
    if minutes < 120:
        return f"{minutes} min ago"
    hours = minutes // 60
    return f"{hours} hours ago" if hours < 72 else f"{hours // 24} days ago"

"""What was written to remind of a circular, and whom it reached, as the outbox has it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from bot.consultation.circular import Circular
from bot.store.letters import StoredLetter
from bot.store.transaction import Transaction

#: The kind of these letters.
REMINDER: Final = "reminder"


def reminder_key(circular: int, state: str, days_before: int, email: str) -> str:
    """What a reminder means; there is never a second one of the same key."""
    return f"{REMINDER}/{circular}/{state}/{days_before}/{email}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderHistory:
    """The reminders of one circular.

    Attributes:
        reached: (Member State, days before) of those that came to somebody, as far as anybody knows.
        addressed: the same -> the addresses written to, lower case, whether they came back or not.
        last: Member State -> when the last of its reminders was written that did not come back.
    """

    reached: frozenset[tuple[str, int]]
    addressed: dict[tuple[str, int], frozenset[str]]
    last: dict[str, dt.datetime]

    def count(self, days_before: int) -> int:
        """How many Member States the reminders of a day reached."""
        return sum(days == days_before for _, days in self.reached)


def history_of(tx: Transaction, circular: Circular) -> ReminderHistory:
    """What the outbox has of a circular's reminders, sent or still to go."""
    return _history(tx.letters.of_kind(REMINDER, circular.number))


def _history(letters: Collection[StoredLetter]) -> ReminderHistory:
    reached: set[tuple[str, int]] = set()
    addressed: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    last: dict[str, dt.datetime] = {}
    for letter in letters:
        _, _, state, days, email = letter.key.split("/", 4)
        addressed[state, int(days)].add(email.lower())
        if letter.bounced_at is None:
            reached.add((state, int(days)))
            last[state] = max(letter.created_at, last.get(state, letter.created_at))
    return ReminderHistory(
        reached=frozenset(reached),
        addressed={key: frozenset(found) for key, found in addressed.items()},
        last=last,
    )

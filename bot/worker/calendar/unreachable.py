"""Member States that a reminder was due to and nobody of which can be written to.

No letter says so, and none comes back: the digest tells it, until they reply or have an address.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Final

from bot.consultation.tally import standing_opinions
from bot.office import Office
from bot.register.states import member_states
from bot.store.transaction import Transaction
from bot.worker.calendar.reminding import PlannedReminder

_NAME: Final = "unreachable"


def note_unreachable(tx: Transaction, planned: Sequence[PlannedReminder]) -> None:
    """Keeps who could not be reminded, in the place of who could not before.

    Args:
        tx: that of the reminders.
        planned: those that are due; where none are nothing is known anew.
    """
    if not planned:
        return
    found = _kept(tx)
    for number in {each.circular for each in planned}:
        of_circular = [each for each in planned if each.circular == number]
        found[number] = [each.reminder.state for each in of_circular if not each.contacts]
    written = json.dumps({str(number): found[number] for number in sorted(found)})
    if written != tx.values.get(_NAME):
        tx.values.set(_NAME, written)


def unreachable(tx: Transaction, office: Office) -> Iterator[tuple[str, str]]:
    """(circular, Member State), by name, of those that have not replied meanwhile."""
    names = {str(code): state.name() for code, state in member_states().items()}
    for number, states in _kept(tx).items():
        circular = office.circular(number)
        if circular is None:
            continue
        standing = standing_opinions(circular, tx.opinions.records(number))
        replied = {state for state, _ in standing}
        for state in states:
            if state not in replied:
                yield circular.name, names.get(state, state)


def _kept(tx: Transaction) -> dict[int, list[str]]:
    kept = tx.values.get(_NAME)
    return {int(number): states for number, states in json.loads(kept).items()} if kept else {}

"""The order of decisions: those on one Member State's messages follow the order in which they came.

A later reply takes the place of an earlier one, and where another sender changes an opinion a person
looks first. Both are decided against what is recorded, so the earlier message must be in the record
before the later one is decided, however many workers read at the same time.

Why that holds: messages are read in any order, but decided one at a time (`tx.turns.wait`), and under
that lock a message waits as long as one received before it, perhaps of the same Member State, is not
decided. Of which State a message is counts without a person only where the sender's address or
domain is registered for it, so those alone are compared: a sender registered for none is never
counted before a person has looked, and nothing that stands depends on when the program did. What is
waited for is always earlier than what waits, so two workers never wait for each other; and it ends,
since a claim runs out, and a message that fails is tried twice more and then set aside.
"""

from collections.abc import Collection

from bot.register.domains import domain_of
from bot.register.member_state import Iso3
from bot.register.register import Register
from bot.store.messages import StoredMessage
from bot.store.transaction import Transaction
from bot.store.turns import Earlier


def waits_for(
    tx: Transaction, message: StoredMessage, register: Register, passed_over: Collection[int]
) -> Earlier | None:
    """The first message that must be decided before this one; None where its turn has come.

    Args:
        tx: in which it would be decided.
        message: to be decided.
        register: whose a sender is.
        passed_over: messages that cannot be worked on for a reason that is not theirs, such as a
            damaged disk: nobody knows for how long, so they keep no other one waiting.
    """
    states = _states(register, message.sender)
    if not states:
        return None
    for each in tx.turns.earlier(message):
        if each.id not in passed_over and states & _states(register, each.sender):
            return each
    return None


def _states(register: Register, sender: str) -> frozenset[Iso3]:
    address = sender.strip().lower()
    entry = register.domain_entry(domain_of(address))
    states = {each.iso3 for each in register.contacts_at(address)}
    states |= set(entry.states) if entry else set()
    return frozenset(each for each in states if each is not None)

"""Several at once on the same database: one of them does it, and nobody does it again."""

import threading
from collections.abc import Callable
from typing import TypeVar

from bot.errors import StoreError
from bot.store.letters import NewLetter
from bot.store.store import Store, open_store
from tests.store.samples import MINUTE, NOW, arrival, letter, reply_to, taken

_Outcome = TypeVar("_Outcome")


def _at_once(count: int, work: Callable[[int], _Outcome]) -> list[_Outcome]:
    """What that many threads, let go together, came back with."""
    outcomes: list[_Outcome] = []
    errors: list[StoreError] = []
    gate = threading.Barrier(count)

    def run(number: int) -> None:
        gate.wait()
        try:
            outcomes.append(work(number))
        except StoreError as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    return outcomes


def test_of_many_that_queue_the_same_letter_one_does(store: Store) -> None:
    def queue(number: int) -> bool:
        with store.transaction() as tx:
            return tx.letters.queue(letter("digest/1", raw=b"%d" % number)) is not None

    assert sorted(_at_once(8, queue)) == [False] * 7 + [True]

    with store.snapshot() as tx:
        assert len(tx.letters.due(NOW)) == 1


def test_programs_that_do_not_share_a_store_queue_the_same_letter_once(
    store: Store, url: str
) -> None:
    def queue(_number: int) -> NewLetter | None:
        with open_store(url) as own, own.transaction() as tx:
            return letter() if tx.letters.queue(letter()) else None

    assert sum(each is not None for each in _at_once(6, queue)) == 1


def test_of_many_that_take_the_same_message_one_is_the_first(store: Store) -> None:
    def take(uid: int) -> tuple[bool, int]:
        with store.transaction() as tx:
            outcome = tx.messages.take(arrival(uid, content="same"))
        return outcome.new, outcome.message_id

    outcomes = _at_once(8, take)

    assert sum(new for new, _ in outcomes) == 1
    assert len({message_id for _, message_id in outcomes}) == 1


def test_references_given_at_once_are_all_different(store: Store) -> None:
    with store.transaction() as tx:
        ids = [taken(tx, uid) for uid in range(8)]

    def add(number: int) -> str:
        with store.transaction() as tx:
            return tx.replies.add(reply_to(ids[number])).reference

    assert sorted(_at_once(8, add)) == [f"C106-CHE-{number}" for number in range(1, 9)]


def test_workers_never_claim_the_same_message(store: Store) -> None:
    with store.transaction() as tx:
        ids = {taken(tx, uid) for uid in range(24)}

    def work(_number: int) -> list[int]:
        mine: list[int] = []
        while True:
            with store.transaction() as tx:
                claimed = tx.messages.claim(NOW, NOW + MINUTE, 2)
            if not claimed:
                return mine
            mine.extend(each.id for each in claimed)

    # A worker may see nothing due while others hold the last ones; together they have them all.
    claimed = [each for mine in _at_once(4, work) for each in mine]
    assert sorted(claimed) == sorted(ids)


def test_the_audit_trail_stays_one_chain(store: Store) -> None:
    def act(number: int) -> None:
        for _ in range(5):
            with store.transaction() as tx:
                tx.audit.append(at=NOW, who="worker", action="act", subject=f"message/{number}")

    _at_once(6, act)

    with store.snapshot() as tx:
        assert tx.audit.head()[0] == 30
        assert tx.audit.verify() is None

"""The audit trail: chained, and broken where somebody changed it behind the program's back."""

import pytest
from sqlalchemy import create_engine, text

from bot.errors import StoreError
from bot.store.audit import GENESIS
from bot.store.store import Store
from tests.store.samples import NOW


def _fill(store: Store, count: int = 5) -> None:
    for number in range(1, count + 1):
        with store.transaction() as tx:
            tx.audit.append(
                at=NOW,
                who="reviewer@mail.example",
                action="accept",
                subject=f"reply/{number}",
                detail={"why": "tick \x00 \ud800 ✓", "number": number, "share": 0.1},
            )


def test_an_empty_trail_is_whole(store: Store) -> None:
    with store.snapshot() as tx:
        assert tx.audit.verify() is None
        assert tx.audit.head() == (0, GENESIS)


def test_a_trail_that_nobody_touched_is_whole(store: Store) -> None:
    _fill(store)

    with store.snapshot() as tx:
        entries = tx.audit.all()
        assert tx.audit.verify() is None
        assert tx.audit.head() == (5, entries[-1].hash)
        assert tx.audit.of("reply/3") == [entries[2]]
        assert tx.audit.all(after=3, limit=1) == [entries[3]]

    assert [each.seq for each in entries] == [1, 2, 3, 4, 5]
    assert [each.previous_hash for each in entries] == [GENESIS, *(e.hash for e in entries[:-1])]


def test_entries_of_one_unit_of_work_are_chained_in_their_order(store: Store) -> None:
    with store.transaction() as tx:
        for action in ("take", "read"):
            tx.audit.append(at=NOW, who="worker", action=action, subject="message/1")
        assert [each.action for each in tx.audit.of("message/1")] == ["take", "read"]
        tx.audit.append(at=NOW, who="worker", action="settle", subject="message/1")

    with store.snapshot() as tx:
        assert [each.action for each in tx.audit.all()] == ["take", "read", "settle"]
        assert tx.audit.verify() is None


def test_what_is_rolled_back_leaves_no_entry_and_no_gap(store: Store) -> None:
    def fail() -> None:
        with store.transaction() as tx:
            tx.audit.append(at=NOW, who="worker", action="take", subject="message/1")
            tx.audit.head()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    _fill(store, 1)

    with store.snapshot() as tx:
        assert [each.seq for each in tx.audit.all()] == [1]


def test_an_entry_in_a_snapshot_is_refused_not_forgotten(store: Store) -> None:
    with pytest.raises(StoreError), store.snapshot() as tx:
        tx.audit.append(at=NOW, who="worker", action="take", subject="message/1")


@pytest.mark.parametrize(
    ("tampering", "broken"),
    [
        pytest.param("UPDATE audit SET who = 'somebody' WHERE seq = 3", 3, id="a changed entry"),
        pytest.param("UPDATE audit SET detail = '{}' WHERE seq = 1", 1, id="a changed detail"),
        pytest.param("DELETE FROM audit WHERE seq = 2", 2, id="a removed entry"),
        pytest.param("UPDATE audit SET seq = 9 WHERE seq = 5", 5, id="a moved entry"),
        pytest.param("UPDATE audit SET hash = previous_hash WHERE seq = 4", 4, id="another hash"),
    ],
)
def test_tampering_breaks_the_chain_at_its_place(
    store: Store, url: str, database: str, tampering: str, broken: int
) -> None:
    _fill(store)
    drops = (
        ["ALTER TABLE audit DISABLE TRIGGER ALL"]
        if database == "postgresql"
        else ["DROP TRIGGER audit_append_only_update", "DROP TRIGGER audit_append_only_delete"]
    )
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in (*drops, tampering):
            connection.execute(text(statement))
    engine.dispose()

    with store.snapshot() as tx:
        assert tx.audit.verify() == broken

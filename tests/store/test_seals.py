"""Lines of the record and their seals in the audit trail: whatever is changed behind it is found."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.consultation.record import Standing
from bot.store.store import Store, open_store
from tests.store.samples import MINUTE, NOW, added, assigns

#: Once sealed, always so: an older database must fit its seals with a newer program.
EXPECTED = "277c456177b842fa4962ff9d43652028d0e72068576b9659fbe531c035201f85"


@pytest.fixture
def recorded(tmp_path: Path) -> Store:
    """A SQLite database with three replies, the first of them decided on again."""
    store = open_store(f"sqlite:///{tmp_path}/tsbbot.db")
    with store.transaction() as tx:
        for uid in (1, 2, 3):
            reply = added(tx, uid)
            rows = [(assigns(), Standing.COUNTED), (assigns("Y.4242"), Standing.PENDING)]
            tx.opinions.append(reply, rows, at=NOW, who="worker", why="Registered Address")
    with store.transaction() as tx:
        reply = tx.replies.of_message(1)[0]
        rows = [(assigns("Y.4242"), Standing.COUNTED)]
        tx.opinions.append(reply, rows, at=NOW + MINUTE, who="a@itu.example", why="asked \ud800")
    return store


def test_a_record_that_nobody_touched_fits_its_seals(recorded: Store) -> None:
    with recorded as store, store.snapshot() as tx:
        checked = tx.seals.check()
        assert (checked.sealed, checked.unsealed, checked.faults) == (7, 0, ())
        assert tx.audit.verify() is None


def _changes(file: Path, *statements: str) -> None:
    """Whoever has the file can drop the triggers that guard it."""
    with closing(sqlite3.connect(file)) as connection:
        names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in connection.execute(names).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for each in statements:
            connection.execute(each)
        connection.commit()


@pytest.mark.parametrize(
    ("statement", "wrong"),
    [
        pytest.param(
            "UPDATE opinions SET opinion = 'does_not_assign' WHERE seq = 3",
            "lines 3-4 are not those",
            id="changed",
        ),
        pytest.param(
            "UPDATE opinions SET why = 'because' WHERE seq = 3", "lines 3-4 are not", id="why"
        ),
        pytest.param("DELETE FROM opinions WHERE seq = 4", "lines are missing", id="removed"),
        pytest.param("DELETE FROM opinions WHERE reply_id = 2", "lines are missing", id="all"),
        pytest.param(
            "INSERT INTO opinions SELECT 99, recorded_at, reply_id, circular, state, received_at,"
            " text, opinion, comments, status, reasons, confidence, standing, who, why"
            " FROM opinions WHERE seq = 4",
            "lines from 99 on have no seal",
            id="inserted",
        ),
    ],
)
def test_a_line_that_was_tampered_with_is_named(
    recorded: Store, tmp_path: Path, statement: str, wrong: str
) -> None:
    with recorded as store:
        _changes(tmp_path / "tsbbot.db", statement)
        with store.snapshot() as tx:
            (fault,) = tx.seals.check().faults
    assert fault.reply == "C106-CHE-2"
    assert wrong in fault.wrong


def test_a_record_begun_before_there_were_seals_is_counted_as_such(
    recorded: Store, tmp_path: Path
) -> None:
    with recorded as store:
        _changes(
            tmp_path / "tsbbot.db",
            "DELETE FROM audit WHERE action = 'record' AND seq <= 3",
            "UPDATE opinions SET recorded_at = '2026-03-01 00:00:00.000000' WHERE seq <= 6",
        )
        with store.snapshot() as tx:
            checked = tx.seals.check()
    assert (checked.sealed, checked.unsealed, checked.faults) == (1, 6, ())


def test_the_seals_are_the_same_on_both_kinds_of_database(store: Store) -> None:
    with store.transaction() as tx:
        rows = [(assigns(), Standing.LATE)]
        tx.opinions.append(added(tx), rows, at=NOW + MINUTE / 7, who="worker")
    with store.snapshot() as tx:
        (seal,) = tx.audit.all()
        assert tx.seals.check().faults == ()
    assert seal.detail == {"lines": 1, "sha256": EXPECTED}

"""Opening a database, and units of work on it."""

import datetime as dt
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, text

from bot.errors import StoreError
from bot.store import schema
from bot.store.store import Store, open_store
from bot.store.tables import TABLES
from tests.store.samples import MINUTE, NOW, taken


@contextmanager
def _connection(url: str) -> Iterator[Connection]:
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def test_an_empty_database_gets_its_tables_and_keeps_what_is_written(empty_url: str) -> None:
    with open_store(empty_url) as store, store.transaction() as tx:
        tx.values.set("name", "value")

    with open_store(empty_url) as store, store.snapshot() as tx:
        assert tx.values.get("name") == "value"


def test_the_migrations_make_the_tables_that_the_program_knows(empty_url: str) -> None:
    open_store(empty_url).close()

    with _connection(empty_url) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, TABLES) == []


def test_the_newest_migration_is_the_one_that_the_program_asks_for() -> None:
    folder = Path(schema.__file__).parent / "migrations" / "versions"
    numbers = sorted(path.name.split("_")[0] for path in folder.glob("[0-9]*.py"))

    assert numbers[-1] == schema.HEAD


def test_a_database_that_is_up_to_date_is_opened_by_one_question(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(url).close()
    monkeypatch.delattr(schema, "migrate")

    open_store(url).close()


def test_programs_that_start_together_make_the_tables_once(empty_url: str) -> None:
    failures: list[Exception] = []

    def start() -> None:
        try:
            open_store(empty_url).close()
        except StoreError as error:
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []


def test_a_database_of_a_newer_version_is_left_as_it_is(store: Store, url: str) -> None:
    with _connection(url) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StoreError, match=r"made by a newer version .* install that version"):
        open_store(url)


def test_a_migration_that_fails_leaves_nothing_half_made(empty_url: str) -> None:
    with _connection(empty_url) as connection:
        connection.execute(text("CREATE TABLE opinions (seq INTEGER)"))

    with pytest.raises(StoreError, match="already exists"):
        open_store(empty_url)

    with _connection(empty_url) as connection:
        connection.execute(text("DROP TABLE opinions"))
    open_store(empty_url).close()


def test_an_exception_undoes_the_whole_unit_of_work(store: Store) -> None:
    def fail() -> None:
        with store.transaction() as tx:
            taken(tx)
            raise KeyError("a fault of the program")

    with pytest.raises(KeyError):
        fail()

    with store.snapshot() as tx:
        assert tx.messages.due(NOW) == []


def test_a_database_error_undoes_the_whole_unit_of_work(store: Store) -> None:
    def fail() -> None:
        with store.transaction() as tx:
            taken(tx)
            tx.readings.keep(99, [])
            tx.notes.add("bounce", at=NOW, text="", message_id=99)

    with pytest.raises(StoreError):
        fail()

    with store.snapshot() as tx:
        assert tx.messages.due(NOW) == []


def test_a_snapshot_sees_one_moment_and_holds_up_nobody(store: Store) -> None:
    with store.snapshot() as before:
        assert before.messages.due(NOW) == []
        with store.transaction() as tx:
            taken(tx)
        assert before.messages.due(NOW) == []

    with store.snapshot() as after:
        assert len(after.messages.due(NOW)) == 1


def test_nothing_can_be_written_in_a_snapshot(store: Store) -> None:
    with pytest.raises(StoreError), store.snapshot() as tx:
        tx.values.set("name", "value")

    with store.transaction() as tx:
        tx.values.set("name", "after that, writing works again")


def test_a_moment_without_a_zone_is_a_fault_of_the_program(store: Store) -> None:
    naive = NOW.replace(tzinfo=None)

    with pytest.raises(ValueError, match="without time zone"), store.transaction() as tx:
        tx.troubles.note("mailbox", "refused", naive)


def test_a_sound_database_passes_its_check(store: Store) -> None:
    store.check()


def test_a_sqlite_database_is_its_owners_and_survives_a_power_cut(tmp_path: Path) -> None:
    path = tmp_path / "tsbbot.db"
    with open_store(f"sqlite:///{path}") as store, store.transaction() as tx:
        connection = tx.values._connection
        pragmas = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
        modes = {stat.S_IMODE(each.stat().st_mode) for each in tmp_path.glob("tsbbot.db*")}

    assert pragmas == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 20_000,
    }  # fmt: skip
    assert modes == {0o600}


def test_times_sort_as_time_does(store: Store) -> None:
    """Whole seconds and fractions, before and after a day's end."""
    moments = [NOW, NOW + dt.timedelta(microseconds=1), NOW + MINUTE, NOW + dt.timedelta(hours=17)]
    with store.transaction() as tx:
        for moment in reversed(moments):
            tx.notes.add("absence", at=moment, text="")

        assert [each.at for each in tx.notes.since(None)] == moments

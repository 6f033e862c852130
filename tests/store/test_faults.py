"""A database that cannot be used: one line that says what, where, how to mend it, and no secret."""

import os
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store import database
from bot.store.store import Store, open_store
from tests.support.postgresql import HOST, Postgresql

SECRET = "s3cret-word"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        pytest.param("nonsense", "cannot be read", id="no URL"),
        pytest.param(f"mysql://me:{SECRET}@h/d", "not supported", id="another database"),
        pytest.param(f"postgresql+asyncpg://me:{SECRET}@h/d", "not supported", id="another driver"),
        pytest.param(f"postgresql://me:{SECRET}@h:port/d", "cannot be read", id="no port number"),
        pytest.param("sqlite://", "in memory", id="in memory"),
        pytest.param("sqlite:///:memory:", "in memory", id="in memory by name"),
    ],
)
def test_a_url_that_cannot_be_used_is_said_to_be_so(url: str, said: str) -> None:
    with pytest.raises(StoreError, match=said) as caught:
        open_store(url)

    assert SECRET not in str(caught.value)
    assert "sqlite:///tsbbot.db" in caught.value.mend


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No such file or directory; create its folder") as caught:
        open_store(f"sqlite:///{tmp_path}/nowhere/tsbbot.db")

    assert f"{tmp_path}/nowhere/tsbbot.db" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"this is a text file\n" * 400, "not a database", id="another file"),
        pytest.param(b"SQLite format 3\x00" + bytes(4000), "database", id="a broken file"),
    ],
)
def test_a_file_that_is_no_database_is_left_as_it_is(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "tsbbot.db"
    path.write_bytes(content)

    with pytest.raises(StoreError, match=said) as caught:
        open_store(f"sqlite:///{path}")

    assert caught.value.mend
    assert path.read_bytes() == content


def test_a_database_that_another_program_holds_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/tsbbot.db"
    open_store(url).close()
    monkeypatch.setattr(database, "PATIENCE", 0.1)

    with (
        open_store(url) as one,
        open_store(url) as other,
        one.transaction(),
        pytest.raises(StoreError, match="locked; another program is writing"),
        other.transaction(),
    ):
        pass


def test_a_full_disk_loses_only_what_did_not_fit(tmp_path: Path) -> None:
    def fill(store: Store) -> None:
        with store.transaction() as tx:
            tx.values.set("large", "x" * 90_000)

    with open_store(f"sqlite:///{tmp_path}/tsbbot.db") as store:
        with store.transaction() as tx:
            tx.values.set("kept", "before")
            # A file that may not grow answers as a full disk does.
            ask = tx.values._connection.exec_driver_sql
            ask(f"PRAGMA max_page_count = {ask('PRAGMA page_count').scalar()}")

        with pytest.raises(StoreError, match="full; free some space"):
            fill(store)

        with store.snapshot() as tx:
            assert tx.values.get("kept") == "before"
            assert tx.values.get("large") is None


def test_a_number_that_no_column_holds_is_refused_in_one_line(store: Store) -> None:
    with pytest.raises(StoreError, match="ask for something smaller"), store.snapshot() as tx:
        tx.messages.get(10**30)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_file_that_may_not_be_written_says_so(tmp_path: Path) -> None:
    path = tmp_path / "tsbbot.db"
    open_store(f"sqlite:///{path}").close()
    path.chmod(0o400)

    with pytest.raises(StoreError, match="let this user write there"):
        open_store(f"sqlite:///{path}")


@pytest.mark.integration
def test_a_wrong_password_is_refused_and_not_shown(postgresql: Postgresql) -> None:
    with pytest.raises(StoreError, match="correct the user name and password") as caught:
        open_store(postgresql.url("postgres", password=SECRET))

    assert SECRET not in str(caught.value)
    assert f"{HOST}:{postgresql.port}/postgres" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.integration
@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_the_short_names_of_postgresql_do_as_well(postgresql: Postgresql, scheme: str) -> None:
    url = postgresql.url(postgresql.new_database())

    with open_store(url.replace("postgresql+psycopg", scheme)) as store:
        assert store.name.startswith(f"{HOST}:{postgresql.port}/test")


@pytest.mark.integration
def test_a_database_that_is_not_there_is_named(postgresql: Postgresql) -> None:
    with pytest.raises(StoreError, match='"nowhere" does not exist; create the database'):
        open_store(postgresql.url("nowhere"))


def test_a_server_that_does_not_run_is_named() -> None:
    with pytest.raises(StoreError, match=r"the database 127\.0\.0\.1:1/d .* start the server"):
        open_store(f"postgresql+psycopg://me:{SECRET}@127.0.0.1:1/d")


@pytest.mark.integration
def test_a_server_that_was_restarted_is_used_again(postgresql: Postgresql) -> None:
    with open_store(postgresql.url(postgresql.new_database())) as store:
        with store.transaction() as tx:
            tx.values.set("kept", "before")
        postgresql.stop()
        with pytest.raises(StoreError, match="start the server"), store.transaction():
            pass
        postgresql.start()

        with store.snapshot() as tx:
            assert tx.values.get("kept") == "before"

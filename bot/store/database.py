"""The engine of either database: how a connection is set up and how a transaction begins."""

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import StoreError

#: How long a transaction waits for another one's lock, in seconds.
PATIENCE = 20

#: Execution option of a connection: whether its transactions write.
WRITES = "store_writes"

_EXAMPLES = 'it is like "sqlite:///tsbbot.db" or "postgresql+psycopg://user:password@host/name"'


def read_url(url: str) -> URL:
    """The URL of [database] taken apart.

    Raises:
        StoreError: it is none, or of another kind of database. Never shows it: it may hold a
            password.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise StoreError("the url in [database] cannot be read", mend=_EXAMPLES) from error
    if parsed.drivername in {"postgres", "postgresql"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in {"sqlite", "sqlite+pysqlite", "postgresql+psycopg"}:
        raise StoreError(
            f"the url in [database] names {parsed.drivername!r}, which is not supported",
            mend=_EXAMPLES,
        )
    if parsed.get_backend_name() == "sqlite" and parsed.database in {None, "", ":memory:"}:
        raise StoreError(
            "the url in [database] names a database in memory, which keeps nothing", mend=_EXAMPLES
        )
    return parsed


def make_engine(url: URL) -> Engine:
    """An engine for a URL of `read_url`; nothing is opened yet."""
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": PATIENCE})
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        return create_engine(
            url,
            # A server that was restarted in between is noticed before work is given to it.
            pool_pre_ping=True,
            connect_args={
                "connect_timeout": PATIENCE,
                # What a machine that went away had locked is free again after a minute.
                "options": f"-c lock_timeout={PATIENCE}s -c timezone=UTC"
                " -c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3",
                "keepalives_idle": 30,
                "keepalives_interval": 10,
                "keepalives_count": 3,
            },
        )
    except ModuleNotFoundError as error:
        raise StoreError(
            "PostgreSQL needs psycopg, which is not installed",
            mend="install it: pip install 'tsbbot[postgresql]'",
        ) from error


def create_file(url: URL) -> None:
    """Creates a SQLite file that is not there, for its owner only (its journals follow it)."""
    if url.get_backend_name() != "sqlite" or url.database is None:
        return
    path = Path(url.database)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(
            f"the database {path} cannot be opened: {error.strerror}",
            mend="create its folder, let this user write there, or correct url in [database]",
        ) from error


def _set_up_sqlite(connection: Any, _record: object) -> None:
    assert isinstance(connection, sqlite3.Connection)
    # The driver must not begin transactions by its own rules: `_begin_sqlite` does.
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later would fail where another one wrote in
    # between; one that takes the write lock at once only waits.
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")

"""A database made from the rows of a backup: wholly or not at all, and checked before it counts."""

import contextlib
import datetime as dt
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, MetaData, Table, func, select, text
from sqlalchemy.exc import DBAPIError

from bot.errors import StoreError
from bot.store.audit import AuditTrail
from bot.store.contents import from_json, reflect
from bot.store.database import WRITES, create_file, make_engine, read_url
from bot.store.faults import shown, translated
from bot.store.schema import migrate, revision
from bot.store.tables import TABLES

_AT_ONCE = 100
#: Seconds that another program's lock is waited for before a file is replaced.
_PATIENCE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """What a restored database must come to.

    Attributes:
        revision: the migration that its tables stood at.
        rows: how many each table had; in the order in which they can be filled.
        audit_head: place and hash of the audit trail's last entry.
    """

    revision: str
    rows: Mapping[str, int]
    audit_head: tuple[int, str]


def holds_anything(url: str) -> bool:
    """Whether there is a database of ours with rows in it, or a file that is no database at all.

    Raises:
        StoreError: a server does not answer.
    """
    parsed = read_url(url)
    if parsed.get_backend_name() == "sqlite":
        path = _file(parsed)
        if not path.exists() or path.stat().st_size == 0:
            return False
    engine = make_engine(parsed)
    try:
        with translated(parsed):
            return _any_row(engine)
    except StoreError:
        if parsed.get_backend_name() == "sqlite":
            return True
        raise
    finally:
        engine.dispose()


def restore(
    url: str,
    original: Original,
    rows: Iterable[tuple[str, Iterator[Mapping[str, object]]]],
    *,
    replace: bool,
    now: dt.datetime,
) -> Path | None:
    """Makes the database anew from rows; what was there stays until all of it is there and checked.

    Args:
        url: as in [database].
        original: what it must come to.
        rows: of each table, in the order of `original.rows`.
        replace: whether a database that holds anything gives way.
        now: names the file that a replaced SQLite database is kept as.

    Returns:
        where a replaced SQLite database is kept; None where nothing was, or PostgreSQL replaced it.

    Raises:
        StoreError: the database cannot be used, is not to be replaced, or does not come to what
            it was: it is then as before.
    """
    parsed = read_url(url)
    if not replace and holds_anything(url):
        raise StoreError(
            f"the database {shown(parsed)} is not empty",
            mend="restore --into another folder, or say --replace to give it up",
        )
    if parsed.get_backend_name() != "sqlite":
        with _engine(parsed) as engine:
            _fill(engine, parsed, original, rows)
        return None
    path = _file(parsed)
    aside = path.with_name(f"{path.name}.restoring")
    for leftover in _files(aside):
        leftover.unlink(missing_ok=True)
    at = parsed.set(database=str(aside))
    create_file(at)
    try:
        with _engine(at) as engine:
            _fill(engine, at, original, rows)
        _close(aside)
        return _put_in_place(aside, path, now)
    finally:
        for leftover in _files(aside):
            leftover.unlink(missing_ok=True)


def _fill(
    engine: Engine,
    url: URL,
    original: Original,
    rows: Iterable[tuple[str, Iterator[Mapping[str, object]]]],
) -> None:
    """One transaction, from no tables to checked ones."""
    with (
        translated(url),
        engine.connect().execution_options(**{WRITES: True}) as connection,
        connection.begin(),
    ):
        _clear(connection)
        migrate(connection, shown(url), original.revision)
        counts: dict[str, int] = {}
        try:
            for name, cells in rows:
                (table,) = reflect(connection, [name])
                counts[name] = _insert(connection, table, cells)
        except (ValueError, KeyError) as error:
            raise StoreError(
                f"the backup does not fit the tables of version {original.revision} ({error})",
                mend="use another backup",
            ) from error
        if connection.dialect.name == "postgresql":
            _continue_numbers(connection)
        migrate(connection, shown(url), "head")
        _check(connection, original, counts)


def _check(connection: Connection, original: Original, counts: Mapping[str, int]) -> None:
    if dict(counts) != dict(original.rows):
        raise StoreError(
            "the restored tables have not as many rows as the backup says",
            mend="use another backup",
        )
    trail = AuditTrail(connection)
    broken = trail.verify()
    if broken is not None or trail.head() != original.audit_head:
        where = "its end" if broken is None else f"entry {broken}"
        raise StoreError(
            f"the audit trail of the backup was changed at {where}", mend="use another backup"
        )


def _insert(connection: Connection, table: Table, cells: Iterator[Mapping[str, object]]) -> int:
    count = 0
    while chunk := [from_json(each, table) for each in islice(cells, _AT_ONCE)]:
        connection.execute(table.insert(), chunk)
        count += len(chunk)
    return count


def _clear(connection: Connection) -> None:
    """Takes our tables away, within the transaction; a new SQLite file has none."""
    if connection.dialect.name == "sqlite":
        return
    there = MetaData()
    names = {*TABLES.tables, "alembic_version"}
    there.reflect(connection, only=lambda name, _: name in names)
    there.drop_all(connection)
    # The functions of the triggers, which a migration makes anew.
    for function in ("refuse_change", "refuse_rewording"):
        connection.execute(text(f"DROP FUNCTION IF EXISTS {function}()"))


def _continue_numbers(connection: Connection) -> None:
    """Lets the next row take the number after the last one."""
    for table in TABLES.sorted_tables:
        key = table.primary_key.columns.values()[0].name
        sequence = connection.execute(
            text("SELECT pg_get_serial_sequence(:name, :key)"), {"name": table.name, "key": key}
        ).scalar()
        (reflected,) = reflect(connection, [table.name])
        last = connection.execute(select(func.max(reflected.c[key]))).scalar()
        if sequence is not None and last is not None:
            connection.execute(select(func.setval(sequence, last)))


def _any_row(engine: Engine) -> bool:
    if revision(engine) is None:
        return False
    with engine.connect() as connection:
        for name in TABLES.tables:
            try:
                row = connection.execute(text(f"SELECT 1 FROM {name} LIMIT 1")).first()  # noqa: S608 - a name of ours
            except DBAPIError:
                # Of an older version that had no such table, or a newer one: it is no empty one.
                return True
            if row is not None:
                return True
    return False


@contextlib.contextmanager
def _engine(url: URL) -> Iterator[Engine]:
    engine = make_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


# A SQLite file.


def _file(url: URL) -> Path:
    assert url.database is not None
    return Path(url.database)


def _files(path: Path) -> tuple[Path, ...]:
    """A database and its journals."""
    return (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal")))


def _close(path: Path) -> None:
    """Brings the whole database into its one file, on the disk."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _put_in_place(aside: Path, path: Path, now: dt.datetime) -> Path | None:
    """Gives the new file the name, in one step; the old one is kept under another."""
    kept: Path | None = None
    if path.exists():
        _set_free(path)
        kept = path.with_name(f"{path.name}.before-restore-{now:%Y%m%dT%H%M%SZ}")
        try:
            kept.hardlink_to(path)
        except OSError:
            # A disk without hard links.
            shutil.copy2(path, kept)
    aside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return kept


def _set_free(path: Path) -> None:
    """Takes the old file's journals in, which must not be taken for the new one's.

    Raises:
        StoreError: another program has it open.
    """
    try:
        with contextlib.closing(
            sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        ) as connection:
            connection.execute("PRAGMA journal_mode = DELETE").fetchall()
    except sqlite3.OperationalError as error:
        raise StoreError(
            f"the database {path} is in use ({error})",
            mend="end `tsbbot run` and whatever else has it open",
        ) from error
    except sqlite3.DatabaseError:
        # No database any more: its journals go with it.
        for journal in _files(path)[1:]:
            journal.unlink(missing_ok=True)

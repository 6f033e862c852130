"""The few forms of statement that every module here uses, in the dialect of either database."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, select
from sqlalchemy.dialects import postgresql, sqlite

#: Placeholders in one statement; SQLite before 3.32 takes 999.
CHUNK = 500

_Value = TypeVar("_Value")


def select_as(value: type[Any], table: Table) -> Select[Any]:
    """Selects what that dataclass holds: its fields are named as the columns are."""
    return select(*(table.c[field.name] for field in dataclasses.fields(value)))


def fetch(connection: Connection, value: type[_Value], statement: Select[Any]) -> list[_Value]:
    """The rows of a `select_as` statement as values."""
    return [value(**row._asdict()) for row in connection.execute(statement)]


def fetch_one(connection: Connection, value: type[_Value], statement: Select[Any]) -> _Value | None:
    """The first row of a `select_as` statement; None where there is none."""
    row = connection.execute(statement).first()
    return None if row is None else value(**row._asdict())


def insert_new(
    connection: Connection,
    table: Table,
    row: Mapping[str, object],
    *,
    key: Sequence[str],
    returning: Sequence[str],
) -> Row[Any] | None:
    """Inserts a row whose key is not there yet.

    Where another transaction is just inserting the same key, PostgreSQL waits for its end (and
    SQLite has one writer), so that of any number of attempts exactly one inserts.

    Returns:
        the columns of `returning`, or None where the key was there.
    """
    statement = _insert(connection, table).values(**row).on_conflict_do_nothing(index_elements=key)
    return connection.execute(
        statement.returning(*(table.c[name] for name in returning))
    ).one_or_none()


def insert_all(
    connection: Connection,
    table: Table,
    rows: Iterable[Mapping[str, object]],
    *,
    key: Sequence[str],
) -> None:
    """Inserts those rows whose key is not there yet."""
    listed = [dict(row) for row in rows]
    if listed:
        connection.execute(
            _insert(connection, table).on_conflict_do_nothing(index_elements=key), listed
        )


def insert_or_change(
    connection: Connection,
    table: Table,
    row: Mapping[str, object],
    *,
    key: Sequence[str],
    change: Mapping[str, object],
    where: ColumnElement[bool] | None = None,
    among: ColumnElement[bool] | None = None,
    returning: Sequence[str] = (),
) -> Row[Any] | None:
    """Inserts a row, or changes the one that has its key.

    Args:
        connection: of the transaction.
        table: which.
        row: what is inserted.
        key: columns of the unique key.
        change: what is changed of a row that is there; may refer to its columns.
        where: only rows that meet this are changed.
        among: the condition of a partial index, where the key is one.
        returning: columns wanted of the row as it is now.

    Returns:
        the columns of `returning`; None where nothing was asked for or nothing changed.
    """
    statement = (
        _insert(connection, table)
        .values(**row)
        .on_conflict_do_update(index_elements=key, index_where=among, set_=change, where=where)
    )
    if not returning:
        connection.execute(statement)
        return None
    return connection.execute(
        statement.returning(*(table.c[name] for name in returning))
    ).one_or_none()


def _insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    # The two dialects write ON CONFLICT the same way, each with a class of its own.
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)

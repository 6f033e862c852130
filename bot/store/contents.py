"""The tables as they lie in the database, row by row: what a backup writes and a restore reads.

Rows are JSON objects of the columns' bare values, so that they are the same whichever database
they come from or go to: moments as ISO 8601 in UTC, bytes in base64.
"""

import base64
import binascii
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Column, Connection, MetaData, Table, select, text

from bot.store.tables import TABLES

#: What a cell of a row is in JSON.
Cell = str | int | float | bool | None
Cells = dict[str, Cell]

#: Who is signed in is no part of the record: a restored backup must open no door again.
_PASSING = frozenset({"sign_in_links", "review_sessions"})
#: Rows that are held in memory at once; a letter may be a megabyte.
_AT_ONCE = 50


class Contents:
    """`tx.contents`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def revision(self) -> str:
        """The migration that the tables stand at."""
        found = self._connection.execute(text("SELECT version_num FROM alembic_version"))
        return str(found.scalar_one())

    def tables(self) -> tuple[str, ...]:
        """The names of those that are the record; one that others refer to stands before them."""
        return tuple(table.name for table in TABLES.sorted_tables if table.name not in _PASSING)

    def count(self, table: str) -> int:
        """How many rows it has."""
        found = self._connection.execute(text(f"SELECT count(*) FROM {_known(table)}"))  # noqa: S608 - a name of ours
        return int(found.scalar_one())

    def rows(self, table: str) -> Iterator[Cells]:
        """Its rows in the order of its key, a few at a time."""
        (reflected,) = reflect(self._connection, [_known(table)])
        statement = select(reflected).order_by(*reflected.primary_key.columns)
        found = self._connection.execution_options(yield_per=_AT_ONCE).execute(statement)
        for row in found:
            yield {name: _to_json(value) for name, value in row._mapping.items()}  # noqa: SLF001 - its public name


def reflect(connection: Connection, names: Sequence[str]) -> tuple[Table, ...]:
    """Tables as the database has them: bare columns, without what this program makes of them.

    So rows of an older version can be put into the tables of that version.
    """
    metadata = MetaData()
    metadata.reflect(connection, only=list(names), resolve_fks=False)
    return tuple(metadata.tables[name] for name in names)


def from_json(cells: Mapping[str, object], table: Table) -> dict[str, object]:
    """A row for the table.

    Raises:
        ValueError: it has other columns than the table, or a value that its column does not take.
    """
    if cells.keys() != {column.name for column in table.columns}:
        raise ValueError(f"a row of {table.name} has other columns than the table")
    return {column.name: _cell(cells[column.name], column) for column in table.columns}


def _cell(value: object, column: Column[object]) -> object:
    if value is None:
        return None
    kind = column.type.python_type
    if kind is dt.datetime and isinstance(value, str):
        moment = dt.datetime.fromisoformat(value).astimezone(dt.UTC)
        # A column with a time zone is PostgreSQL's; SQLite keeps text without one.
        return moment if getattr(column.type, "timezone", False) else moment.replace(tzinfo=None)
    if kind is bytes and isinstance(value, str):
        try:
            return base64.b64decode(value, validate=True)
        except binascii.Error as error:
            raise ValueError(f"{column} holds no base64") from error
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not kind:
        raise ValueError(f"{column} holds {type(value).__name__}")
    return value


def _to_json(value: object) -> Cell:
    if isinstance(value, dt.datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
        return aware.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode("ascii")
    assert value is None or isinstance(value, str | int | float)
    return value


def _known(table: str) -> str:
    if table not in TABLES.tables:
        raise ValueError(f"there is no table {table!r}")
    return table

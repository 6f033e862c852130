"""Single values by name: the hash of the register file last imported, the worker's heartbeat."""

from sqlalchemy import Connection, select

from bot.store.statements import insert_or_change
from bot.store.tables.chronicle import ValueRow

_values = ValueRow.__table__


class NamedValues:
    """`tx.values`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> str | None:
        """The value of that name; None where it was never set."""
        statement = select(_values.c.value).where(_values.c.name == name)
        value: str | None = self._connection.execute(statement).scalar()
        return value

    def set(self, name: str, value: str) -> None:
        """Sets it, whatever it was."""
        insert_or_change(
            self._connection,
            _values,
            {"name": name, "value": value},
            key=("name",),
            change={"value": value},
        )

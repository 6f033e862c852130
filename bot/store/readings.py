"""The evidence: what the readers said of each part of a message, kept as it was said."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from sqlalchemy import Connection

from bot.store.statements import fetch, insert_or_change, select_as
from bot.store.tables.chronicle import ReadingRow

_readings = ReadingRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class PartReading:
    """What a reader said of one part.

    Attributes:
        part: where it was in the message (`bot.mail.message.Part.path`).
        filename: None where it had none.
        sha256: of its bytes.
        format: by content.
        doubts: stable codes, of the file as a whole.
        document: the whole reading as JSON values.
    """

    part: str
    filename: str | None
    sha256: str
    format: str
    doubts: tuple[str, ...] = ()
    document: object


class Readings:
    """`tx.readings`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, message_id: int, readings: Iterable[PartReading]) -> None:
        """Keeps what was read; a part that is read again has its later reading."""
        for each in readings:
            reading = asdict(each)
            insert_or_change(
                self._connection,
                _readings,
                {"message_id": message_id, **reading},
                key=("message_id", "part"),
                change=reading,
            )

    def of_message(self, message_id: int) -> list[PartReading]:
        """What was read of a message, part by part."""
        statement = select_as(PartReading, _readings).where(_readings.c.message_id == message_id)
        return fetch(self._connection, PartReading, statement.order_by(_readings.c.part))

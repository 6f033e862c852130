"""What every table is made of."""

from typing import ClassVar

from sqlalchemy import Table
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

#: Of this program's tables only: another library's SQLModel classes are not ours to create.
_REGISTRY = registry()

TABLES = _REGISTRY.metadata


class TableRow(SQLModel, registry=_REGISTRY):
    """A row of one of our tables.

    The classes say what the columns are. Statements name their columns (`__table__.c`) and return
    the values of this package, so that nothing outside holds a row that changes under its hands.
    """

    metadata = TABLES
    __table__: ClassVar[Table]

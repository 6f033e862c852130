"""Brings a database to the tables of this version: one query where it has them already."""

from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from bot.errors import StoreError
from bot.store.database import WRITES

#: The newest migration; a test holds it to bot/store/migrations/versions.
HEAD = "0003"

#: Of pg_advisory_xact_lock: one program migrates, the others wait and find it done.
_MIGRATION_LOCK = 0x7C1106


def upgrade(engine: Engine, name: str) -> None:
    """Creates or upgrades the tables, in one transaction: wholly or not at all.

    Args:
        engine: of the database.
        name: of the database, for errors.

    Raises:
        StoreError: the database was written by a newer version of the program.
    """
    if revision(engine) == HEAD:
        return
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(
                text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK}
            )
        migrate(connection, name)


def revision(engine: Engine) -> str | None:
    """The migration that the database stands at; None for an empty one."""
    with engine.connect() as connection:
        try:
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        except DBAPIError as error:
            if error.connection_invalidated or not _says_no_table(error):
                raise
            return None


def _says_no_table(error: DBAPIError) -> bool:
    # SQLSTATE 42P01: undefined_table.
    return getattr(error.orig, "sqlstate", None) == "42P01" or "no such table" in str(error.orig)


def migrate(connection: Connection, name: str, to: str = "head") -> None:
    """Brings the tables to a revision, within the transaction that the connection is in.

    Args:
        connection: in a transaction that writes.
        name: of the database, for errors.
        to: the revision; a backup's own before its rows come in.

    Raises:
        StoreError: the database, or the revision, is of a newer version of the program.
    """
    # Imported here: a worker or command that finds its tables as they should be never needs it.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, to)
    except CommandError as error:
        raise StoreError(
            f"the database {name} was made by a newer version of this program",
            mend="install that version, or give another url in [database]",
        ) from error

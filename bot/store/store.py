"""The store: opened once, asked through units of work."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from sqlalchemy import URL, Engine, text

from bot.errors import StoreError
from bot.store.database import WRITES, create_file, make_engine, read_url
from bot.store.duties import Duties
from bot.store.faults import shown, translated
from bot.store.schema import upgrade
from bot.store.transaction import Transaction


class Store:
    """A database that is open. Threads may share it; each unit of work has its own connection."""

    def __init__(self, engine: Engine, url: URL) -> None:
        self._engine = engine
        self._url = url
        self._after_commit: Callable[[], None] | None = None

    @property
    def name(self) -> str:
        """The database as people know it: a path, or host and name; without secrets."""
        return shown(self._url)

    def tell_commits(self, listener: Callable[[], None]) -> None:
        """Calls that after each unit of work that was kept: the worker's watchdog sees it moving."""
        self._after_commit = listener

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """One unit of work that writes: committed at the end, undone by any exception.

        On SQLite it holds the write lock from its beginning: keep it short, and read files or
        send letters outside of it.

        Raises:
            StoreError: the database failed; nothing of the unit was kept.
        """
        with translated(self._url), self._engine.connect() as plain:
            connection = plain.execution_options(**{WRITES: True})
            with connection.begin():
                unit = Transaction(connection)
                yield unit
                unit.finish()
        if self._after_commit is not None:
            self._after_commit()

    @contextmanager
    def snapshot(self) -> Iterator[Transaction]:
        """One unit of work that only reads, and sees one moment; it holds up nobody.

        Raises:
            StoreError: the database failed, or something was to be written.
        """
        with translated(self._url), self._engine.connect() as plain:
            connection = plain
            if plain.dialect.name == "postgresql":
                connection = plain.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            with connection.begin():
                unit = Transaction(connection)
                yield unit
                unit.finish()

    def duties(self) -> Duties:
        """What only one worker does at a time, for a worker that begins; none is taken yet."""
        return Duties(self._engine, self._url)

    def check(self) -> None:
        """Asks the database whether it is sound, for `doctor`; reads a SQLite file through.

        Raises:
            StoreError: it does not answer, or is damaged.
        """
        with translated(self._url), self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT 1"))
                return
            said = connection.execute(text("PRAGMA quick_check(1)")).scalar()
        if said != "ok":
            raise StoreError(
                f"the database {self.name} is damaged: {said}",
                mend="keep a copy of it and restore a backup",
            )

    def forget(self) -> None:
        """Lets nothing that was removed remain in a SQLite database's journal.

        On PostgreSQL its own vacuum does that in time. Where another program is just reading, the
        journal is taken in later, with the next one.
        """
        with translated(self._url), self._engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").close()

    def close(self) -> None:
        """Closes every connection."""
        with translated(self._url):
            self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_store(url: str) -> Store:
    """Opens a database, creating it or bringing its tables up to date first.

    Args:
        url: "sqlite:///path" (four slashes for an absolute path) or
            "postgresql+psycopg://user:password@host/name".

    Raises:
        StoreError: it cannot be opened, or is of a newer version.
    """
    parsed = read_url(url)
    create_file(parsed)
    engine = make_engine(parsed)
    try:
        with translated(parsed):
            upgrade(engine, shown(parsed))
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, parsed)

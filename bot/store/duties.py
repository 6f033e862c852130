"""What only one worker does at a time: the duty is its as long as it lives, and nobody's after."""

import fcntl
import os
from contextlib import suppress
from enum import IntEnum
from types import TracebackType
from typing import Self

from sqlalchemy import URL, Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from bot.errors import StoreError
from bot.store.faults import shown, translated

#: The first key of our advisory locks, so that they clash with nobody else's on that database.
LOCKS = 0x545342
_TAKE = text("SELECT pg_try_advisory_lock(:locks, :duty)")
_ASK = text("SELECT 1")
_LEAVE = text("SELECT pg_advisory_unlock_all()")


class Duty(IntEnum):
    """A duty, by the second key of its advisory lock."""

    #: To read and answer at all: any number of workers on PostgreSQL, one on SQLite.
    WORK = 1
    #: To visit the mailbox.
    VISIT = 2
    #: To queue what is due by the calendar, and to tell people of trouble.
    CALENDAR = 3


class Duties:
    """The duties of one worker, as a context in which it keeps those that it took.

    On PostgreSQL each is an advisory lock of a connection of its own: it goes with the connection,
    so that a worker that dies, or whose machine does, leaves its duties to the others. On SQLite a
    lock on a file beside the database gives all of them to one worker; it goes with the process.
    """

    def __init__(self, engine: Engine, url: URL) -> None:
        self._engine = engine
        self._url = url
        self._connection: Connection | None = None
        self._file: int | None = None
        self._held: set[Duty] = set()

    @property
    def alone(self) -> bool:
        """Whether no other worker can be at work meanwhile."""
        return self._url.get_backend_name() == "sqlite"

    def take(self, duty: Duty) -> bool:
        """Whether that duty is this worker's, now or already.

        Raises:
            StoreError: the database does not answer; the duties that were held may be another's.
        """
        if self.alone:
            return self._file is not None or self._lock_file()
        if duty is Duty.WORK:
            return True
        with translated(self._url):
            try:
                connection = self._connected()
                if duty in self._held:
                    # Whoever lost the connection lost the duty.
                    connection.execute(_ASK)
                elif connection.execute(_TAKE, {"locks": LOCKS, "duty": duty}).scalar():
                    self._held.add(duty)
            except BaseException:
                self._drop()
                raise
        return duty in self._held

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._drop()
        file, self._file = self._file, None
        if file is not None:
            os.close(file)

    def _connected(self) -> Connection:
        if self._connection is None:
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            # Given back to the pool, it would keep its locks.
            connection.detach()
            self._connection = connection
        return self._connection

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        self._held.clear()
        if connection is not None:
            # The server notices a closed connection in its own time. A broken one it has noticed.
            with suppress(DBAPIError):
                connection.execute(_LEAVE)
            with translated(self._url):
                connection.close()

    def _lock_file(self) -> bool:
        path = f"{self._url.database}.worker"
        try:
            # Not inherited by the processes that read files: they may outlive this one for a moment.
            file = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StoreError(
                f"the file {path} cannot be opened: {error.strerror}",
                mend=f"let this user write to the folder of {shown(self._url)}",
            ) from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(file)
            if isinstance(error, BlockingIOError):
                return False
            raise StoreError(
                f"the file {path} cannot be locked: {error.strerror}",
                mend="keep the database on a disk of this machine",
            ) from error
        self._file = file
        return True

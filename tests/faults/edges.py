"""The edges at which the worker meets the system: counted as it crosses them, and cut where it is told.

Nothing of the worker is changed: what it calls is wrapped in the process that is to be stopped -
the socket, the folder, the database driver. So the same work crosses the same edges in the same
order, and every place can be named by its number.
"""

import errno
import imaplib
import json
import os
import pathlib
import signal
import smtplib
import socket
import sqlite3
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy.engine.default import DefaultDialect

#: What a server says that means "not now".
_LATER = (451, b"4.3.0 try again later")
_WRITES = frozenset({"INSERT", "UPDATE", "DELETE"})


class Kind(StrEnum):
    """How it is stopped."""

    #: SIGKILL: nothing of the process runs after that.
    KILL = "killed"
    #: The system fails there, once, and the worker goes on as well as it can.
    FAIL = "failed"
    #: The SMTP server asks to try again later.
    DEFER = "deferred"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One stop.

    Attributes:
        at: number of the crossing, from 0.
        kind: how.
    """

    at: int
    kind: Kind


@dataclass(slots=True)
class Edges:
    """Counts the crossings of one process.

    Attributes:
        stop: where it is stopped; None: nowhere.
        crossed: names of the edges, in the order of crossing.
        kinds: for each crossing how it can be stopped.
        path: of the file in which they are noted; None: nowhere.
    """

    stop: Stop | None = None
    crossed: list[str] = field(default_factory=list)
    kinds: list[tuple[Kind, ...]] = field(default_factory=list)
    path: pathlib.Path | None = None

    def cross(self, name: str, *kinds: Kind) -> Kind | None:
        """Crosses an edge; how it is to fail there, None where it is not. Does not return from a kill."""
        at = len(self.crossed)
        self.crossed.append(name)
        self.kinds.append((Kind.KILL, *kinds))
        if self.stop is None or self.stop.at != at:
            return None
        if self.stop.kind is Kind.KILL:
            self.note()
            os.kill(os.getpid(), signal.SIGKILL)
        return self.stop.kind if self.stop.kind in kinds else None

    def note(self) -> None:
        """Writes down what was crossed, as JSON."""
        if self.path is not None:
            names = zip(self.crossed, self.kinds, strict=True)
            self.path.write_text(json.dumps([[name, list(kinds)] for name, kinds in names]))

    def wrap(self) -> None:
        """Puts itself round the edges of this process, for good."""
        self._wrap_network()
        self._wrap_archive()
        self._wrap_database()

    def fails(self, name: str, error: Exception) -> None:
        """Crosses an edge that fails with that error where it is told to."""
        if self.cross(name, Kind.FAIL) is Kind.FAIL:
            raise error

    def _wrap_network(self) -> None:
        connect = socket.create_connection

        def connecting(*words: Any, **more: Any) -> socket.socket:
            self.fails("connect", ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"))
            return connect(*words, **more)

        _put(socket, "create_connection", connecting)
        for owner, protocol, names in (
            (imaplib.IMAP4, "IMAP", ("send", "readline", "read")),
            (smtplib.SMTP, "SMTP", ("send",)),
        ):
            for name in names:
                self._wrap_talk(owner, name, f"{protocol} {name}")
        self._wrap_replies()

    def _wrap_talk(self, owner: type, method: str, name: str) -> None:
        """What goes over a connection: it is really cut there."""
        talk: Callable[..., Any] = getattr(owner, method)

        def talking(client: Any, *words: Any) -> Any:
            if self.cross(name, Kind.FAIL) is Kind.FAIL:
                client.sock.shutdown(socket.SHUT_RDWR)
            return talk(client, *words)

        _put(owner, method, talking)

    def _wrap_replies(self) -> None:
        get = smtplib.SMTP.getreply

        def getting(client: smtplib.SMTP) -> tuple[int, bytes]:
            if self.cross("SMTP reply awaited", Kind.FAIL) is Kind.FAIL:
                assert client.sock is not None
                client.sock.shutdown(socket.SHUT_RDWR)
            reply = get(client)
            deferred = self.cross("SMTP reply there", Kind.DEFER) is Kind.DEFER
            return _LATER if deferred else reply

        _put(smtplib.SMTP, "getreply", getting)

    def _wrap_archive(self) -> None:
        make, flush, rename = tempfile.mkstemp, os.fsync, pathlib.Path.replace

        def making(*words: Any, **more: Any) -> Any:
            self.fails("archive create", OSError(errno.ENOSPC, "No space left on device"))
            return make(*words, **more)

        def flushing(handle: int) -> None:
            self.fails("archive fsync", OSError(errno.EIO, "Input/output error"))
            flush(handle)

        def renaming(path: pathlib.Path, target: Any) -> pathlib.Path:
            self.fails("archive rename", OSError(errno.ENOSPC, "No space left on device"))
            renamed = rename(path, target)
            self.cross("archive renamed")
            return renamed

        _put(tempfile, "mkstemp", making)
        _put(os, "fsync", flushing)
        _put(pathlib.Path, "replace", renaming)

    def _wrap_database(self) -> None:
        execute: Callable[..., None] = DefaultDialect.do_execute
        commit: Callable[..., None] = DefaultDialect.do_commit
        rollback: Callable[..., None] = DefaultDialect.do_rollback
        writing = [False]

        def failing(name: str, connection: Any, words: str) -> None:
            if self.cross(name, Kind.FAIL) is not Kind.FAIL:
                return
            if isinstance(connection, sqlite3.Connection):
                raise sqlite3.OperationalError(words)
            # The server is gone: what is said next on that connection fails.
            connection.close()

        def executing(dialect: Any, cursor: Any, statement: str, *more: Any) -> None:
            verb = statement.split(None, 1)[0].upper()
            writing[0] |= verb in _WRITES or "BEGIN IMMEDIATE" in statement
            if "BEGIN IMMEDIATE" in statement:
                failing("database begin", cursor.connection, "database is locked")
            elif verb in _WRITES:
                failing("database write", cursor.connection, "database or disk is full")
            elif "advisory" in statement:
                failing("database lock", cursor.connection, "")
            execute(dialect, cursor, statement, *more)

        def committing(dialect: Any, connection: Any) -> None:
            counts, writing[0] = writing[0], False
            if counts:
                failing("database commit", _plain(connection), "disk I/O error")
            commit(dialect, connection)
            # As a server does that goes away before it can say that it has committed.
            if counts:
                failing("database committed", _plain(connection), "connection lost")

        def rolling_back(dialect: Any, connection: Any) -> None:
            writing[0] = False
            rollback(dialect, connection)

        _put(DefaultDialect, "do_execute", executing)
        _put(DefaultDialect, "do_commit", committing)
        _put(DefaultDialect, "do_rollback", rolling_back)


def _plain(connection: Any) -> Any:
    """The driver's own connection."""
    return getattr(connection, "driver_connection", None) or connection


def _put(owner: object, name: str, wrapped: Callable[..., Any]) -> None:
    setattr(owner, name, wrapped)

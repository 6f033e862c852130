"""An IMAP server that says what the test tells it to: what no good server would say."""

import contextlib
import re
import socket
import threading
import time
from enum import Enum
from types import TracebackType
from typing import Self

from bot.edges.imap_connection import ImapAccount
from bot.settings import Security

HOST = "127.0.0.1"
_TAGGED = re.compile(rb"(\S+) (?:UID )?(\S+)(.*)")


class Fault(Enum):
    """What it does instead of answering."""

    DROP = "drop"
    SILENCE = "silence"


class ScriptedImap:
    """Serves a folder with as many messages as it is told, and answers FETCH from a script.

    Attributes:
        port: chosen by the system when the context is entered.
        answers: command in capitals ("GREETING", "CAPABILITY", "AUTHENTICATE", "EXAMINE",
            "SEARCH", "FETCH", "IDLE", "LOGOUT") -> untagged lines and, where it starts with "NO",
            "BAD" or "OK", the tagged one as the last; or a fault. FETCH may be narrowed:
            "FETCH 2" for a set of UIDs, "FETCH BODYSTRUCTURE" for an item, "FETCH 2 BODYSTRUCTURE".
        commands: all that was said to it.
        connections: how many there have been.
    """

    def __init__(self, **answers: bytes | Fault) -> None:
        self.port = 0
        self.answers: dict[str, bytes | Fault] = {
            "GREETING": b"* OK ready",
            "CAPABILITY": b"* CAPABILITY IMAP4rev1 AUTH=PLAIN",
            "AUTHENTICATE": b"OK [CAPABILITY IMAP4rev1] in",
            "EXAMINE": b"* 2 EXISTS\r\n* OK [UIDVALIDITY 7] v\r\n* OK [UIDNEXT 3] n",
            "SEARCH": b"* SEARCH 1 2",
            "LOGOUT": b"* BYE bye",
            **answers,
        }
        self.commands: list[bytes] = []
        self.connections = 0
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []

    def account(self, *, timeout: float = 5) -> ImapAccount:
        """How to sign in."""
        return ImapAccount(
            host=HOST, port=self.port, security=Security.PLAIN, username="somebody",
            password="guess-of-mine", timeout=timeout,
        )  # fmt: skip

    def __enter__(self) -> Self:
        self._listener = socket.create_server((HOST, 0))
        self.port = self._listener.getsockname()[1]
        self._start(threading.Thread(target=self._listen))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for each in (self._listener, *self._open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        for thread in self._threads:
            thread.join(10)

    def _start(self, thread: threading.Thread) -> None:
        self._threads.append(thread)
        thread.start()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.connections += 1
                self._open.append(connection)
                self._start(threading.Thread(target=self._serve, args=(connection,)))

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection, connection.makefile("rb") as lines:
            if not self._say(connection, b"*", "GREETING"):
                return
            for line in lines:
                self.commands.append(line.strip())
                tagged = _TAGGED.match(line)
                if tagged is None:
                    continue
                tag, command, rest = tagged[1], tagged[2].decode().upper(), tagged[3]
                if command == "AUTHENTICATE":
                    connection.sendall(b"+ \r\n")
                    self.commands.append(lines.readline().strip())
                key = self._fetch_key(rest.decode()) if command == "FETCH" else command
                if not self._say(connection, tag, key) or command == "LOGOUT":
                    return

    def _fetch_key(self, rest: str) -> str:
        uids, _, items = rest.strip().partition(" ")
        item = "BODYSTRUCTURE" if "BODYSTRUCTURE" in items else ""
        narrowed = [f"FETCH {uids} {item}".strip(), f"FETCH {item}".strip(), f"FETCH {uids}"]
        return next((key for key in narrowed if key in self.answers), "FETCH")

    def _say(self, connection: socket.socket, tag: bytes, command: str) -> bool:
        answer = self.answers.get(command, b"")
        if answer is Fault.DROP:
            return False
        if answer is Fault.SILENCE:
            # Until the other side goes away.
            while connection.recv(4096):
                time.sleep(0.01)
            return False
        assert isinstance(answer, bytes)
        if command == "GREETING":
            connection.sendall(answer + b"\r\n")
            return True
        untagged, _, last = answer.rpartition(b"\r\n") if b"\r\n" in answer else (b"", b"", answer)
        if not last.startswith((b"OK", b"NO", b"BAD")):
            untagged, last = answer, b"OK done"
        connection.sendall((untagged + b"\r\n" if untagged else b"") + tag + b" " + last + b"\r\n")
        return True

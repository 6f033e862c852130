"""Submission servers that ask for a password, and submission servers that fail.

The one that takes everything is `bot.demo.smtp_server.EmbeddedSubmission`.
"""

import asyncio
import contextlib
import socket
import ssl
import threading
from base64 import b64decode
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.support.certificates import write_certificates

HOST = "127.0.0.1"


class _FreePortController(Controller):
    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


class _Keeper:
    def __init__(self) -> None:
        self.letters: list[bytes] = []

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name for it
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if not session.authenticated:
            return "530 Sign in first"
        assert isinstance(envelope.content, bytes)
        self.letters.append(envelope.content)
        return "250 Kept"


class _TokenKeeper(_Keeper):
    """Lets in whoever shows a good token, as Exchange Online does (XOAUTH2)."""

    def __init__(self, username: str, is_good: Callable[[str], bool]) -> None:
        super().__init__()
        self.signs_in = 0
        self._username = username
        self._is_good = is_good

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802
        self.signs_in += 1
        user, _, rest = b64decode(args[1]).decode().partition("\1")
        token = rest.removesuffix("\1\1").removeprefix("auth=Bearer ")
        if user == f"user={self._username}" and self._is_good(token):
            return AuthResult(success=True)
        # The client answers with nothing, and is refused then.
        await server.challenge_auth(b'{"status":"401","schemes":"bearer"}')
        return AuthResult(success=False, handled=False)


class SecureSubmission:
    """aiosmtpd with TLS and a sign-in.

    Attributes:
        host: the loopback address.
        port: chosen by the system when the context is entered.
        username, password: the only ones that are let in; the password is not ASCII.
        ca_file: vouches for the server under 127.0.0.1 and under no other name.
    """

    def __init__(
        self, folder: Path, *, starttls: bool, is_good: Callable[[str], bool] | None = None
    ) -> None:
        """Says how it is protected.

        Args:
            folder: for its certificates; empty.
            starttls: else TLS from the first byte.
            is_good: whether a token lets in; None: the password does, and nothing else.
        """
        self.host = HOST
        self.port = 0
        self.username = "bot@example.org"
        self.password = "Schlüssel-7"
        self.ca_file = folder / "ca.pem"
        write_certificates(folder)
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(folder / "server.pem", folder / "server.key")
        self._starttls = starttls
        self._keeper = _Keeper() if is_good is None else _TokenKeeper(self.username, is_good)
        self._shut = [] if is_good is None else ["PLAIN", "LOGIN"]

    @property
    def letters(self) -> list[bytes]:
        """What was handed over so far."""
        return self._keeper.letters

    def __enter__(self) -> Self:
        self._controller = _FreePortController(
            self._keeper,
            hostname=self.host,
            port=0,
            server_hostname="submission.example.org",
            ssl_context=None if self._starttls else self._context,
            tls_context=self._context if self._starttls else None,
            require_starttls=self._starttls,
            # aiosmtpd takes no notice of TLS that was there from the first byte.
            auth_require_tls=self._starttls,
            authenticator=self._let_in,
            auth_exclude_mechanism=self._shut,
        )
        self._controller.start()
        self.port = self._controller.port
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._controller.stop()

    def _let_in(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object
    ) -> AuthResult:
        right = isinstance(given, LoginPassword) and (
            (given.login, given.password) == (self.username.encode(), self.password.encode())
        )
        # Not handled: aiosmtpd then says 535 by itself.
        return AuthResult(success=right, handled=False)


class Fault(Enum):
    """What a server does instead of answering."""

    #: It hangs up.
    DROP = "drop"
    #: It says nothing, and keeps the connection.
    SILENCE = "silence"


#: What to answer to a command: a whole reply ("550 No such mailbox") or a fault.
Answer = str | Fault


class FailingSubmission:
    """A server that answers as the test says, and otherwise takes everything.

    Attributes:
        host: the loopback address.
        port: chosen by the system when the context is entered.
        answers: command -> answer. The commands are "CONNECT", "EHLO", "AUTH", "MAIL", "RCPT",
            "DATA", "NOOP", "QUIT", and "." for the end of a letter; may be changed at any time.
        extensions: that EHLO tells of.
        connections: how many there have been.
        commands: all that was said to it, over all connections, the verbs in capitals.
        letters: what it took.
    """

    def __init__(self, extensions: tuple[str, ...] = ("8BITMIME",), **answers: Answer) -> None:
        self.host = HOST
        self.port = 0
        self.answers: dict[str, Answer] = dict(answers)
        self.extensions = extensions
        self.connections = 0
        self.commands: list[str] = []
        self.letters: list[bytes] = []
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        self._listener = socket.create_server((HOST, 0))
        self.port = self._listener.getsockname()[1]
        self._start(self._listen)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # Closing alone wakes nobody who waits for a connection.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.hang_up()
        for thread in self._threads:
            thread.join(10)

    def hang_up(self) -> None:
        """Ends every connection, as after some idle minutes."""
        for connection in self._open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        self._open.clear()

    def _start(self, work: Callable[..., None], *given: object) -> None:
        thread = threading.Thread(target=work, args=given)
        self._threads.append(thread)
        thread.start()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.connections += 1
                self._open.append(connection)
                self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection, connection.makefile("rwb") as stream:
            if not self._say(stream, "CONNECT", "220 submission.example.org"):
                return
            for line in stream:
                command = line.decode(errors="replace").strip()
                verb = command.partition(" ")[0].upper()
                self.commands.append(verb + command[len(verb) :])
                if verb == "EHLO":
                    lines = ["submission.example.org", *self.extensions]
                    usual = "\r\n".join(
                        f"250{' ' if at == len(lines) else '-'}{text}"
                        for at, text in enumerate(lines, 1)
                    )
                else:
                    usual = {"DATA": "354 Go ahead", "AUTH": "235 Welcome"}.get(verb, "250 OK")
                if not self._say(stream, verb, usual) or verb == "QUIT":
                    return
                if verb == "DATA" and "DATA" not in self.answers:
                    self.letters.append(self._letter(stream))
                    if not self._say(stream, ".", "250 Kept"):
                        self.letters.pop()
                        return

    def _letter(self, stream: object) -> bytes:
        lines: list[bytes] = []
        for line in stream:  # type: ignore[attr-defined]
            if line == b".\r\n":
                break
            lines.append(line.removeprefix(b"."))
        return b"".join(lines)

    def _say(self, stream: object, verb: str, usual: str) -> bool:
        answer = self.answers.get(verb, usual)
        if answer is Fault.DROP:
            return False
        if isinstance(answer, str):
            stream.write(answer.encode() + b"\r\n")  # type: ignore[attr-defined]
            stream.flush()  # type: ignore[attr-defined]
        return True

"""An SMTP server in a thread of this process that takes every letter and keeps it."""

import asyncio
import threading
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLetter:
    """A letter as it was handed over.

    Attributes:
        sender: of the envelope (RFC 5321, 4.1.1.2); empty for the null sender.
        recipients: of the envelope.
        raw: the message.
    """

    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    def message(self) -> EmailMessage:
        """The message, opened."""
        return BytesParser(policy=policy.default).parsebytes(self.raw)


class _Recorder:
    """aiosmtpd's handler: keeps what comes, refuses whom it was told to refuse."""

    def __init__(self, refused: frozenset[str]) -> None:
        self.letters: list[SentLetter] = []
        self.lock = threading.Lock()
        self._refused = refused

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name for it
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        rcpt_options: list[str],
    ) -> str:
        """Takes a recipient unless it is among the refused (RFC 5321, 4.2.3: 550)."""
        del server, session
        if address.lower() in self._refused:
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(rcpt_options)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keeps a letter."""
        del server, session
        assert isinstance(envelope.content, bytes)
        letter = SentLetter(
            # aiosmtpd writes the null sender as "<>".
            sender=(envelope.mail_from or "").strip("<>"),
            recipients=tuple(envelope.rcpt_tos),
            raw=envelope.content,
        )
        with self.lock:
            self.letters.append(letter)
        return "250 Kept"


class _FreePortController(Controller):
    """aiosmtpd's controller, which learns the port that the system chose before it tries it."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd annotates it not


class EmbeddedSubmission:
    """An SMTP server on a free port of the loopback address while the context lasts.

    Attributes:
        host: the loopback address.
        port: chosen by the system when the context is entered; 0 before.
    """

    def __init__(self, *, refused: frozenset[str] = frozenset()) -> None:
        """Says whom to refuse.

        Args:
            refused: recipients in lower case that are refused for good.
        """
        self.host = "127.0.0.1"
        self.port = 0
        self._recorder = _Recorder(refused)
        self._controller: _FreePortController | None = None

    @property
    def letters(self) -> tuple[SentLetter, ...]:
        """What was handed over so far, in order; stays after the server has stopped."""
        with self._recorder.lock:
            return tuple(self._recorder.letters)

    def __enter__(self) -> Self:
        controller = _FreePortController(
            self._recorder, hostname=self.host, port=0, server_hostname="submission.example.org"
        )
        controller.start()
        self._controller = controller
        self.port = controller.port
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._controller is not None:
            self._controller.stop()
        self.port = 0

"""An IMAP server in a thread of this process, on a free port of the loopback address.

pymap's in-memory backend behind a listener of our own: pymap's one waits for signals of the main
thread, asks a name server for this machine's name, and leaves its connections' tasks behind.
"""

import asyncio
import contextlib
import datetime as dt
import ssl
import threading
from argparse import Namespace
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self

from proxyprotocol.sock import SocketInfoLocal
from pymap.backend.dict import Config, Login
from pymap.concurrent import Subsystem
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.user import UserMetadata
from pysasl.hashing import Cleartext

_HOST = "127.0.0.1"
_USERNAME = "mailbox"
_PASSWORD = "sample"  # noqa: S105 - opens nothing but the sample mailbox inside this process
#: Seconds that starting, delivering or stopping may take.
_PATIENCE = 30.0


class _Settings(Config):
    """pymap's settings, with a greeting that needs no name server."""

    @property
    def greeting(self) -> bytes:
        """What the server says first (RFC 3501, 7.1.1)."""
        return b"Sample mailbox ready"


class EmbeddedMailbox:
    """A mailbox that can be signed in to by plain IMAP while the context lasts.

    Attributes:
        host: the loopback address.
        port: chosen by the system when the context is entered; 0 before.
        username: to sign in with.
        password: to sign in with.
    """

    def __init__(self) -> None:
        self.host = _HOST
        self.port = 0
        self.username = _USERNAME
        self.password = _PASSWORD

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._connections: set[asyncio.Task[Any]] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, name="sample-imap")
        self._thread.start()
        try:
            self._wait(self._start())
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._wait(self._stop())
        finally:
            self._close()

    def append(self, raw: bytes, received_at: dt.datetime) -> None:
        """Delivers a message to the INBOX; clients that idle there are told.

        Args:
            raw: the message, kept byte for byte.
            received_at: becomes its INTERNALDATE (RFC 3501, 2.3.3), which has whole seconds; aware.
        """
        self._wait(self._append(AppendMessage(raw, received_at.astimezone(dt.UTC))))

    def _wait(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(_PATIENCE)

    async def _start(self) -> None:
        # What pymap's command line would say; without TLS, a plain LOGIN is allowed.
        arguments = Namespace(
            host=_HOST,
            port=0,
            debug=False,
            cert=None,
            key=None,
            tls=False,
            proxy_protocol=None,
            passlib_cfg=None,
            demo_data=False,
            demo_user=_USERNAME,
            demo_password=_PASSWORD,
        )
        settings = _Settings.from_args(
            arguments,
            # Passwords are by default checked in threads that pymap never stops.
            cpu_subsystem=Subsystem.for_asyncio(),
            hash_context=Cleartext(),
            ssl_context=ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER),
        )
        settings.apply_context()
        login = Login(settings)
        self._identity = login.demo_user_identity
        await self._identity.set(UserMetadata(settings, _USERNAME, password=_PASSWORD))
        self._imap = IMAPServer(login, settings)
        self._server = await asyncio.start_server(self._serve, host=_HOST, port=0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            await self._imap(reader, writer, SocketInfoLocal(writer.transport))
        finally:
            self._connections.discard(task)
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _append(self, message: AppendMessage) -> None:
        async with self._identity.new_session() as session:
            await session.append_messages("INBOX", [message])

    async def _stop(self) -> None:
        self._server.close()
        open_connections = list(self._connections)
        for task in open_connections:
            task.cancel()
        # A connection that failed has told its client so (BYE, RFC 3501, 7.1.5).
        await asyncio.gather(*open_connections, return_exceptions=True)
        await self._server.wait_closed()

    def _close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_PATIENCE)
        self._loop.close()
        self.port = 0

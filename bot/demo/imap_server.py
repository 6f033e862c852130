"""An IMAP server in a thread of this process, on a free port of the loopback address.

pymap's in-memory backend behind its own connection handler. Its service is not used, because that
one answers to signals, resolves this machine's name and leaves the connections' tasks behind.
"""

import asyncio
import contextlib
import datetime as dt
import logging
import threading
from argparse import Namespace
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self, TypeVar

from proxyprotocol.sock import SocketInfoLocal
from pymap.backend.dict import Config, DictBackend
from pymap.concurrent import Subsystem
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage

_Result = TypeVar("_Result")

_HOST = "127.0.0.1"
_USERNAME = "mailbox"
_PASSWORD = "sample"  # noqa: S105 - opens nothing but the sample mailbox inside this process
#: Seconds that any step of starting, appending or stopping may take.
_PATIENCE = 30.0


class _EmbeddedConfig(Config):
    """pymap's settings, with a greeting that asks no name server for this machine's name."""

    @property
    def greeting(self) -> bytes:
        return b"Sample mailbox ready"


class EmbeddedMailbox:
    """A mailbox to sign in to by IMAP while the context lasts.

    Attributes:
        host: always the loopback address.
        port: of plain IMAP, chosen by the system.
        username, password: what to sign in with.
    """

    def __init__(self) -> None:
        self.host = _HOST
        self.port = 0
        self.username = _USERNAME
        self.password = _PASSWORD
        self._loop = asyncio.new_event_loop()
        self._executor = ThreadPoolExecutor(max_workers=1)
        self._thread = threading.Thread(target=self._loop.run_forever, name="sample-imap")
        self._tasks: set[asyncio.Task[None]] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        self._do(self._start())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._do(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_PATIENCE)
        self._executor.shutdown()
        self._loop.close()

    def append(self, raw: bytes, received_at: dt.datetime, folder: str = "INBOX") -> None:
        """Delivers a message.

        Args:
            raw: the message; kept byte for byte.
            received_at: becomes its INTERNALDATE (RFC 3501, 2.3.3), to the second; aware.
            folder: where to.
        """
        self._do(self._append(raw, received_at, folder))

    def _do(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(_PATIENCE)

    async def _start(self) -> None:
        # What pymap's command line would have given; no TLS, so that signing in by LOGIN is
        # allowed on the plain port.
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
        config = _EmbeddedConfig.from_args(
            arguments, cpu_subsystem=Subsystem.for_threading(self._executor)
        )
        ...

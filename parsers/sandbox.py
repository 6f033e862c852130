"""A reader in its own process, with limits of wall-clock time, processor time and memory.

What came by mail is hostile until read. A process that hangs, eats memory or dies takes no other
reading with it: its file is flagged, and the pool starts another process.
"""

import resource
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from parsers.identify import identify
from parsers.reading import Doubt, FormReading


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """What reading one file may cost.

    Attributes:
        seconds: wall-clock; the processor time allowed to a process is far above one file's.
        memory_mb: address space of a reading process.
        processes: how many read at once.
    """

    seconds: float = 60.0
    memory_mb: int = 2048
    processes: int = 2


def _limit(memory_mb: int) -> None:
    limit = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(data: bytes, known: Mapping[str, str] | None) -> FormReading:
    # Imported in the reading process, so that the engines load there and nowhere else.
    from parsers.registry import read  # noqa: PLC0415

    return read(data, known)


class Sandbox:
    """Reads files in processes of their own; a context manager that ends them.

    The processes start with the first file, are used again, and are ended on leaving.
    """

    def __init__(self, limits: ReadingLimits | None = None) -> None:
        self._limits = limits or ReadingLimits()
        self._pool: object | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the processes, busy or not."""
        from pebble import ProcessPool  # noqa: PLC0415  (not for commands that read nothing)

        if isinstance(self._pool, ProcessPool):
            self._pool.stop()  # type: ignore[no-untyped-call]  # pebble's own
            self._pool.join()
        self._pool = None

    def read(self, data: bytes, known: Mapping[str, str] | None = None) -> FormReading:
        """Reads one file; a broken limit comes back as a reading that says so."""
        return next(self.read_all([data], known))

    def read_all(
        self, files: Iterable[bytes], known: Mapping[str, str] | None = None
    ) -> Iterator[FormReading]:
        """Reads files on all processes and yields their readings in the order given."""
        from multiprocessing import get_context  # noqa: PLC0415

        from pebble import ProcessPool  # noqa: PLC0415

        if not isinstance(self._pool, ProcessPool):
            # A fresh interpreter that inherits neither threads nor open files of this one.
            self._pool = ProcessPool(
                max_workers=self._limits.processes,
                max_tasks=500,
                initializer=_limit,
                initargs=(self._limits.memory_mb,),
                context=get_context("forkserver"),
            )
        waiting = [
            (data, self._pool.schedule(_read, args=(data, known), timeout=self._limits.seconds))
            for data in files
        ]
        for data, future in waiting:
            yield self._result(data, future)

    def _result(self, data: bytes, future: object) -> FormReading:
        from pebble import ProcessExpired, ProcessFuture  # noqa: PLC0415

        assert isinstance(future, ProcessFuture)
        try:
            reading = future.result()
        except FutureTimeoutError:
            return FormReading(
                format=identify(data),
                doubts=(Doubt.TOOK_TOO_LONG,),
                error=f"reading it took more than {self._limits.seconds:g} seconds",
            )
        except (ProcessExpired, CancelledError, MemoryError, RecursionError) as error:
            return FormReading(
                format=identify(data),
                doubts=(Doubt.UNREADABLE,),
                error=f"reading it broke the reader ({type(error).__name__})",
            )
        assert isinstance(reading, FormReading)
        return reading

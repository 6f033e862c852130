"""A reader in its own process, with limits of time and memory.

What came by mail is hostile until read. A process that hangs, eats memory or dies takes no other
reading with it: its file is flagged, and the pool starts another process.
"""

import resource
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from multiprocessing import get_context
from types import TracebackType
from typing import Self

from pebble import ProcessFuture, ProcessPool

from parsers.identify import identify
from parsers.reading import Doubt, FormReading

#: What reads a file: its bytes, and known names as `parsers.registry.read` takes them.
Reader = Callable[[bytes, Mapping[str, str] | None], FormReading]
#: Files handed to the pool ahead of the readings taken from it, for each process.
_AHEAD = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """What reading one file may cost.

    Attributes:
        seconds: wall-clock, from when a process takes the file up.
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


def _call(reader: Reader | None, data: bytes, known: Mapping[str, str] | None) -> FormReading:
    if reader is not None:
        return reader(data, known)
    # Imported in the reading process, so that the engines load there and nowhere else.
    from parsers.registry import read  # noqa: PLC0415

    return read(data, known)


class Sandbox:
    """Reads files in processes of their own; a context manager that ends them.

    The processes start with the first file, are used again, and are ended on leaving.
    """

    def __init__(self, limits: ReadingLimits | None = None, reader: Reader | None = None) -> None:
        """Sets the limits.

        Args:
            limits: what reading one file may cost.
            reader: a function of a module's top level; None for `parsers.registry.read`.
        """
        self._limits = limits or ReadingLimits()
        self._reader = reader
        self._pool: ProcessPool | None = None

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
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]  # pebble's own
            self._pool.join()
        self._pool = None

    def read(self, data: bytes, known: Mapping[str, str] | None = None) -> FormReading:
        """Reads one file; a broken limit comes back as a reading that says so."""
        return next(self.read_all([data], known))

    def read_all(
        self, files: Iterable[bytes], known: Mapping[str, str] | None = None
    ) -> Iterator[FormReading]:
        """Reads files on all processes and yields their readings in the order given.

        No more files are taken from `files` ahead of the readings than keep the processes busy.
        """
        pool = self._started()
        waiting: deque[tuple[bytes, ProcessFuture[FormReading]]] = deque()
        for data in files:
            args = (self._reader, data, known)
            waiting.append((data, pool.schedule(_call, args=args, timeout=self._limits.seconds)))
            if len(waiting) > _AHEAD * self._limits.processes:
                yield self._result(*waiting.popleft())
        while waiting:
            yield self._result(*waiting.popleft())

    def _started(self) -> ProcessPool:
        if self._pool is None:
            # A fresh interpreter that inherits neither threads nor open files of this one.
            self._pool = ProcessPool(
                max_workers=self._limits.processes,
                max_tasks=500,
                initializer=_limit,
                initargs=(self._limits.memory_mb,),
                context=get_context("forkserver"),
            )
        return self._pool

    def _result(self, data: bytes, future: ProcessFuture[FormReading]) -> FormReading:
        error = future.exception()
        if error is None:
            return future.result()
        if isinstance(error, FutureTimeoutError):
            return FormReading(
                format=identify(data),
                doubts=(Doubt.TOOK_TOO_LONG,),
                error=f"reading it took more than {self._limits.seconds:g} seconds",
            )
        # Whatever it is, a fault of a reader is one file's trouble: said, seen, and no other's.
        return FormReading(
            format=identify(data),
            doubts=(Doubt.UNREADABLE,),
            error=f"reading it broke the reader ({type(error).__name__})",
        )

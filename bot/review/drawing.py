"""Pictures of pages, drawn by us in a process of their own: what came by mail is hostile there too."""

import resource
import threading
from collections import OrderedDict
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from multiprocessing import get_context

from pebble import ProcessPool

from parsers.page_picture import Area, Outline, draw

_SECONDS = 30.0
_MEMORY = 2048 * 1024 * 1024
_HELD = 24


class UndrawableError(Exception):
    """No picture can be made of it; says why, for people."""


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which picture.

    Attributes:
        sha256: of the file.
        page: from 1.
        scanned: whether the page is shown as the reader of scans brought it upright.
        outlines: of its boxes.
        crop: the part wanted; None: the whole page.
    """

    sha256: str
    page: int
    scanned: bool
    outlines: tuple[Outline, ...]
    crop: Area | None = None


class Drawing:
    """Draws pages; holds the pictures drawn last. A context is not needed: `close` ends it."""

    def __init__(self) -> None:
        self._pool: ProcessPool | None = None
        self._held: OrderedDict[Asked, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def draw(self, data: bytes, asked: Asked) -> bytes:
        """A page, or part of one, as a PNG of our own making.

        Raises:
            UndrawableError: it is damaged, too large, or took too long.
        """
        with self._lock:
            held = self._held.get(asked)
            if held is not None:
                self._held.move_to_end(asked)
                return held
            pool = self._started()
        future = pool.schedule(
            draw,
            args=(data, asked.page),
            kwargs={"scanned": asked.scanned, "outlines": asked.outlines, "crop": asked.crop},
            timeout=_SECONDS,
        )
        error = future.exception()
        if isinstance(error, FutureTimeoutError):
            raise UndrawableError("drawing it took too long")
        if error is not None:
            raise UndrawableError("it is damaged, or of a kind that is not drawn") from error
        drawn: bytes = future.result()
        with self._lock:
            self._held[asked] = drawn
            while len(self._held) > _HELD:
                self._held.popitem(last=False)
        return drawn

    def close(self) -> None:
        """Ends the processes."""
        with self._lock:
            if self._pool is not None:
                self._pool.stop()  # type: ignore[no-untyped-call]  # pebble's own
                self._pool.join()
            self._pool = None

    def _started(self) -> ProcessPool:
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=1, max_tasks=200, initializer=_limit, context=get_context("forkserver")
            )
        return self._pool

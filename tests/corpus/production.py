"""Makes documents on several processes, and has them read on several others."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context

from bot.worker.reading.part_reader import working_names
from parsers.reading import FormReading
from parsers.sandbox import ReadingLimits, Sandbox
from tests.corpus.circulars import circulars
from tests.corpus.documents import at_once, make_documents
from tests.corpus.truth import Document

#: Batches of documents made ahead of those taken, for each process.
_AHEAD = 2


def documents(seed: int, family: str, *, rows: int, processes: int) -> Iterator[Document]:
    """Documents of a family in order, until they hold so many rows.

    Args:
        seed: of all.
        family: of `tests.corpus.documents.FAMILIES`.
        rows: after which no more is made.
        processes: that make them.
    """
    with ProcessPoolExecutor(processes, mp_context=get_context("forkserver")) as pool:
        waiting: deque[Future[list[Document]]] = deque()
        made, index = 0, 0
        while made < rows:
            while len(waiting) < _AHEAD * processes:
                indices = range(index, index + at_once(family))
                waiting.append(pool.submit(make_documents, seed, family, indices))
                index = indices.stop
            for document in waiting.popleft().result():
                if made >= rows:
                    break
                made += len(document.rows)
                yield document
        for future in waiting:
            future.cancel()


def readings(
    seed: int, family: str, *, rows: int, processes: int
) -> Iterator[tuple[Document, FormReading]]:
    """The same documents, each with what the readers say of it."""
    begun: deque[Document] = deque()

    def files() -> Iterator[bytes]:
        for document in documents(seed, family, rows=rows, processes=processes):
            begun.append(document)
            yield document.data

    with Sandbox(ReadingLimits(processes=processes)) as sandbox:
        for reading in sandbox.read_all(files(), working_names(circulars(seed))):
            yield begun.popleft(), reading

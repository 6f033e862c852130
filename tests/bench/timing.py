"""One contender in a process of its own: its time, and the most memory that it took."""

import multiprocessing
import resource
import time
from multiprocessing.connection import Connection

from tests.bench.contenders import OURS, PEERS


def _run(place: int, kind: str, files: list[bytes], answer: Connection) -> None:
    """In a child: reads one file to warm up, then all of them against the clock."""
    contender = (OURS, *PEERS[kind])[place]
    read = contender.load()
    if read is None:
        answer.send(None)
        return
    read(files[0])
    begun = time.perf_counter()
    for data in files:
        read(data)
    seconds = (time.perf_counter() - begun) / len(files)
    answer.send((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def measured(place: int, kind: str, files: list[bytes]) -> tuple[float, float] | None:
    """Seconds per file and MB at most; None where the contender is not installed.

    Args:
        place: 0 for our reader, then its peers in their order.
        kind: of file.
        files: all that are read, one after the other.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_run, args=(place, kind, files, theirs))
    child.start()
    theirs.close()
    try:
        found: tuple[float, float] | None = ours.recv()
    except EOFError:
        found = None
    child.join()
    return found

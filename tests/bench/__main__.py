"""`make bench`: ratios, since seconds belong to the machine of the day.

Each contender reads the same files in a process of its own, in turns with the others; the middle one
of its runs stands.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from tests.bench.contenders import OURS, PEERS, Contender
from tests.bench.files import make_files
from tests.bench.timing import measured


def _many(files: Sequence[bytes], processes: int) -> float:
    """Seconds that `tsbbot read` takes over files of this machine, its start included."""
    from bot.circulars.shipped import shipped_circulars  # noqa: PLC0415 - not for the help
    from bot.worker.reading.file_reader import read_files  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, data in enumerate(files):
            paths.append(Path(folder) / f"{number:03}")
            paths[-1].write_bytes(data)
        begun = time.perf_counter()
        for _ in read_files(
            paths, shipped_circulars(), processes=processes, most_bytes=100_000_000
        ):
            pass
        return time.perf_counter() - begun


def main(words: Sequence[str] | None = None) -> int:
    """Prints the table; with `--json` the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", type=int, default=20, help="of each kind (a fourth of scans)")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--mixed", type=int, default=200, help="files for one and two processes")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args(words)
    errors, output = Console(stderr=True), Console()
    files = make_files(arguments.seed, arguments.files)
    rounds = [
        (kind, place, contender)
        for _ in range(arguments.runs)
        for kind, peers in PEERS.items()
        for place, contender in enumerate((OURS, *peers))
    ]
    figures: dict[tuple[str, str], list[tuple[float, float]]] = {}
    absent: dict[str, Contender] = {}
    with Progress(console=errors, transient=True) as progress:
        for kind, place, contender in progress.track(rounds, description="Reading"):
            found = measured(place, kind, files[kind])
            if found is None:
                absent[contender.name] = contender
            else:
                figures.setdefault((kind, contender.name), []).append(found)
    table = Table(title="per file, the middle of the runs", title_justify="left")
    for column in ("kind", "reader", "ms", "MB at most", "tsbbot takes"):
        table.add_column(column, justify="left" if column in {"kind", "reader"} else "right")
    rows = []
    for (kind, name), runs in figures.items():
        seconds = statistics.median(each[0] for each in runs)
        ours = statistics.median(each[0] for each in figures[kind, OURS.name])
        ratio = ours / seconds
        memory = max(each[1] for each in runs)
        rows.append(
            {"kind": kind, "reader": name, "seconds": seconds, "ratio": ratio, "mb": memory}
        )
        shown = "" if name == OURS.name else f"{ratio:.2f} of its time"
        table.add_row(kind, name, f"{seconds * 1000:.1f}", f"{memory:.0f}", shown)
    mixed = [data for group in files.values() for data in group]
    many = [mixed[number % len(mixed)] for number in range(arguments.mixed)]
    one, two = _many(many, 1), _many(many, 2)
    if arguments.json:
        sys.stdout.write(json.dumps({"rows": rows, "one": one, "two": two}) + "\n")
        return 0
    output.print(table)
    for each in absent.values():
        output.print(f"{each.name} is not installed: {each.missing}")
    output.print(
        f"{len(many)} mixed files: {one:.1f} s in one process, {two:.1f} s in two:"
        f" {one / two:.2f} times as fast"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())

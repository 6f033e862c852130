"""`python -m tests.corpus make` and `python -m tests.corpus accuracy`."""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tests.corpus.breakdown import reasons, reliability, shares_by_trait
from tests.corpus.documents import FAMILIES, families_here, languages_left_out, make_document
from tests.corpus.production import documents, readings
from tests.corpus.report import bars, page, table, worst
from tests.corpus.scoring import Case, Score, Verdict, cases


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.corpus", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("make", help="writes documents and truth.jsonl into a folder")
    make.add_argument("--out", type=Path, default=Path("corpus"))
    make.add_argument("--index", type=int, help="one document alone, of the family named")
    accuracy = commands.add_parser("accuracy", help="reads what it makes, and counts")
    accuracy.add_argument("--page", type=Path, help="writes the worst rows into an HTML file")
    accuracy.add_argument("--json", type=Path, help="writes every row's outcome, one a line")
    accuracy.add_argument(
        "--traits",
        action="store_true",
        help="says why rows were not read, and of what they were made",
    )
    for command, rows in ((make, 200), (accuracy, 1000)):
        command.add_argument("--seed", type=int, default=1)
        command.add_argument("--family", action="append", choices=list(FAMILIES))
        command.add_argument("--rows", type=int, default=rows, help="of each family, at least")
        command.add_argument("--processes", type=int, default=2)
    return parser.parse_args(words)


def _make(arguments: argparse.Namespace) -> int:
    folder: Path = arguments.out
    folder.mkdir(parents=True, exist_ok=True)
    families = arguments.family or families_here()
    if arguments.index is not None:
        document = make_document(arguments.seed, families[0], arguments.index)
        (folder / document.name).write_bytes(document.data)
        print(json.dumps(document.as_json(), ensure_ascii=False, indent=1))
        return 0
    with (folder / "truth.jsonl").open("w", encoding="utf-8") as truths, _progress() as progress:
        for family in families:
            task = progress.add_task(family, total=arguments.rows)
            for document in documents(
                arguments.seed, family, rows=arguments.rows, processes=arguments.processes
            ):
                (folder / document.name).write_bytes(document.data)
                truths.write(json.dumps(document.as_json(), ensure_ascii=False) + "\n")
                progress.advance(task, len(document.rows))
    return 0


def _accuracy(arguments: argparse.Namespace) -> int:
    scores: dict[str, Score] = {}
    found: list[Case] = []
    with _progress() as progress:
        for family in arguments.family or families_here():
            score = scores[family] = Score()
            task = progress.add_task(family, total=arguments.rows)
            begun = time.monotonic()
            for document, reading in readings(
                arguments.seed, family, rows=arguments.rows, processes=arguments.processes
            ):
                rows = cases(document, reading)
                score.add(rows)
                found += rows
                progress.advance(task, len(rows))
            score.seconds = time.monotonic() - begun
    console = Console(width=max(Console().width, 150))
    console.print(table(scores))
    console.print(bars(scores), highlight=False)
    if arguments.family is None and len(families_here()) < len(FAMILIES):
        console.print("LibreOffice is not installed: no forms in other formats were made.")
    for language in languages_left_out():
        console.print(f"No font on this machine shows {language!r}: no scans were made in it.")
    for case in found:
        if case.verdict in {Verdict.WRONG, Verdict.MISSED}:
            console.print(
                f"{case.verdict.value}: {case.file} {case.truth.designation}: "
                f"{case.truth.answer.value} read as {case.words}",
                highlight=False,
            )
    if arguments.traits:
        for family in scores:
            console.print(reasons(family, found))
            console.print(shares_by_trait(family, found))
    if any(case.said is not None for case in found):
        console.print(reliability(found))
    if arguments.json is not None:
        with arguments.json.open("w", encoding="utf-8") as lines:
            lines.writelines(
                json.dumps(_as_json(case), ensure_ascii=False) + "\n" for case in found
            )
    if arguments.page is not None:
        arguments.page.parent.mkdir(parents=True, exist_ok=True)
        arguments.page.write_text(page(worst(found)), encoding="utf-8")
        console.print(f"The worst rows: {arguments.page}", highlight=False)
    return int(any(score.rows[Verdict.WRONG] for score in scores.values()))


def _as_json(case: Case) -> dict[str, object]:
    return {
        "file": case.file,
        "family": case.family,
        "language": case.language,
        "traits": dict(case.traits),
        "text": case.truth.designation,
        "truth": case.truth.answer.value,
        "plain": case.truth.plain,
        "note": case.truth.note,
        "said": case.words,
        "confidence": case.said.confidence if case.said is not None else None,
        "why": list(case.why),
        "verdict": case.verdict.value,
    }


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description:12}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("rows"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )


def main(words: Sequence[str] | None = None) -> int:
    """Runs a command, that of the command line unless told; returns the exit status.

    `accuracy` fails (1) where a row was read wrongly and marked clear, and only there.
    """
    arguments = _arguments(words)
    return _make(arguments) if arguments.command == "make" else _accuracy(arguments)


if __name__ == "__main__":
    sys.exit(main())

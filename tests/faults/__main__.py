"""`python -m tests.faults`: stops the worker at every edge, and proves that nothing is lost or twice.

Dovecot and an SMTP server run beside it; the worker is the real one. What an undisturbed worker
leaves is what every stopped one must leave in the end.
"""

import argparse
import contextlib
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from tests.faults.account import Account
from tests.faults.edges import Kind
from tests.faults.lane import Outcome, Trial, open_lanes
from tests.faults.plan import places, trials
from tests.faults.running import Result, run_trials
from tests.support.dovecot import running_dovecot
from tests.support.postgresql import running_postgresql

_SHOWN = 10


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--stops", type=int, default=1000, help="how many, at least")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--lanes", type=int, default=2, help="workers stopped at once")
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> int:
    """Runs the trials; 0 where all is well, 1 where something was lost or came twice."""
    arguments = _arguments(words)
    console = Console()
    begun = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    with contextlib.ExitStack() as stack:
        dovecot = stack.enter_context(running_dovecot())
        postgresql = None
        if arguments.database == "postgresql":
            postgresql = stack.enter_context(running_postgresql())
        lanes = stack.enter_context(open_lanes(dovecot, folder, arguments.lanes, postgresql))
        undisturbed = lanes[0].run(Trial())
        usual = {False: undisturbed.account, True: lanes[0].run(Trial(files=True)).account}
        planned = trials(undisturbed.crossings, arguments.stops, arguments.seed)

        def account(trial: Trial) -> Account:
            return usual[trial.files]

        with Progress(
            TextColumn("stops"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
        ) as progress:
            task = progress.add_task("", total=arguments.stops)

            def told(outcome: Outcome, wrong: list[str]) -> None:
                progress.advance(task, len(outcome.stopped))
                if wrong:
                    console.print(f"{outcome.trial}: {wrong[0]}", markup=False)

            result = run_trials(lanes, planned, arguments.stops, account, told)
    console.print(_table(result, Counter(name for name, _ in undisturbed.crossings)))
    stops = sum(result.stops.values())
    console.print(
        f"{stops} stops at {len(places(undisturbed.crossings))} places, {result.lives} lives in"
        f" {time.monotonic() - begun:.0f} s: {result.lost} lost, {result.twice} twice,"
        f" {len(result.failed)} of {result.trials} trials not as they should be."
    )
    for trial, wrong in result.failed[:_SHOWN]:
        console.print(f"{trial}", *(f"    {each}" for each in wrong), sep="\n", markup=False)
    if result.failed:
        console.print(f"What they left is in {folder}.")
        return 1
    shutil.rmtree(folder)
    return 0


def _table(result: Result, crossed: Counter[str]) -> Table:
    table = Table("edge", "crossed in a life", *(kind.value for kind in Kind))
    for name, times in sorted(crossed.items()):
        counts = [result.stops[name, kind] for kind in Kind]
        table.add_row(name, str(times), *(str(each) if each else "" for each in counts))
    totals = [sum(n for (_, each), n in result.stops.items() if each is kind) for kind in Kind]
    table.add_row("all", str(crossed.total()), *map(str, totals), style="bold")
    return table


if __name__ == "__main__":
    sys.exit(main())

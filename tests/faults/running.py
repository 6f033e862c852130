"""Trials run in several lanes at once, and what came of them added up."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from tests.faults.account import Account
from tests.faults.edges import Kind
from tests.faults.lane import Lane, Outcome, Trial


@dataclass(slots=True)
class Result:
    """What came of all trials.

    Attributes:
        stops: (edge, how) -> how often a worker was stopped so.
        failed: the trials in which something was not as it should be, with what.
        trials: how many there were.
        lives: how often a worker was started.
        lost: messages or letters that were missing in the end.
        twice: recorded or said twice in meaning.
    """

    stops: Counter[tuple[str, Kind]] = field(default_factory=Counter)
    failed: list[tuple[Trial, list[str]]] = field(default_factory=list)
    trials: int = 0
    lives: int = 0
    lost: int = 0
    twice: int = 0

    def add(self, outcome: Outcome, usual: Account) -> list[str]:
        """Adds a trial; what was wrong with it."""
        wrong = [*outcome.faults, *outcome.account.differences(usual)]
        self.stops.update(outcome.stopped)
        self.trials += 1
        self.lives += outcome.lives
        if wrong:
            self.failed.append((outcome.trial, wrong))
        self.lost += sum(each.startswith(("missing", "UID")) for each in wrong)
        self.twice += sum(
            each.startswith(("too much", "two letters")) or "twice" in each for each in wrong
        )
        return wrong


def run_trials(
    lanes: Sequence[Lane],
    trials: Iterator[Trial],
    stops: int,
    usual: Callable[[Trial], Account],
    told: Callable[[Outcome, list[str]], None],
) -> Result:
    """Runs trials until the worker was stopped so often.

    Args:
        lanes: open; each does one at a time.
        trials: without end.
        stops: how many at least.
        usual: what an undisturbed worker leaves in such a trial.
        told: is handed each outcome with what was wrong.

    Raises:
        RuntimeError: a lane could not go on.
    """
    result, lock = Result(), threading.Lock()
    broken: list[BaseException] = []

    def work(lane: Lane) -> None:
        while True:
            with lock:
                if broken or result.stops.total() >= stops:
                    return
                trial = next(trials)
            try:
                outcome = lane.run(trial)
            except BaseException as error:  # noqa: BLE001 - handed to whoever waits for the lanes
                broken.append(error)
                return
            with lock:
                wrong = result.add(outcome, usual(trial))
                told(outcome, wrong)
            if not wrong:
                lane.clear()

    threads = [threading.Thread(target=work, args=(lane,)) for lane in lanes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if broken:
        raise RuntimeError("a lane cannot go on") from broken[0]
    return result

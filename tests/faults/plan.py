"""Which trials are run: every place of an undisturbed life in turn, then several stops by chance."""

import random
from collections.abc import Iterator, Sequence

from tests.faults.edges import Kind, Stop
from tests.faults.lane import Trial

#: So much of the stops go to places in turn; the others to lives that are stopped again and again.
_IN_TURN = 0.75
#: The kinds in a chain, as often as they are drawn.
_DRAWN = (Kind.KILL, Kind.KILL, Kind.KILL, Kind.FAIL, Kind.DEFER)


def places(crossings: Sequence[tuple[str, tuple[Kind, ...]]]) -> list[Stop]:
    """Every way to stop that life."""
    return [Stop(at=at, kind=kind) for at, (_, kinds) in enumerate(crossings) for kind in kinds]


def trials(
    crossings: Sequence[tuple[str, tuple[Kind, ...]]], stops: int, seed: int
) -> Iterator[Trial]:
    """Trials without end: most of the stops in turn, then chains of them.

    Args:
        crossings: of an undisturbed life.
        stops: how many there are to be at least.
        seed: of chance; the same makes the same trials.
    """
    chance = random.Random(seed)
    every = places(crossings)
    chance.shuffle(every)
    # The edges that are crossed seldom come first: a short run meets each kind of edge.
    seldom: dict[tuple[str, Kind], int] = {}
    ranked = []
    for stop in every:
        edge = (crossings[stop.at][0], stop.kind)
        seldom[edge] = seldom.get(edge, 0) + 1
        ranked.append((seldom[edge] > 1, stop))
    ranked.sort(key=lambda each: each[0])
    in_turn = [stop for _, stop in ranked][: round(stops * _IN_TURN)]
    for number, stop in enumerate(in_turn):
        yield Trial(stops=(stop,), files=number % 8 == 7)
    while True:
        chain = tuple(
            Stop(at=int(chance.triangular(0, len(crossings), 0)), kind=chance.choice(_DRAWN))
            for _ in range(chance.randint(2, 5))
        )
        yield Trial(
            stops=chain,
            files=chance.random() < 0.3,
            sandbox=chance.random() < 0.05,
            renumbered=chance.random() < 0.2,
            moved=chance.random() < 0.2,
        )

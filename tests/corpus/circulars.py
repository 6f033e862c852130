"""Circulars that never were: other numbers, study groups, series letters and texts."""

import datetime as dt
import random
from collections.abc import Callable
from functools import lru_cache

from bot.consultation.circular import Circular, DraftText, Meeting, Revision

#: Circulars in the pool of one seed.
POOL = 24

_SERIES = "ADEFGHIJKLMNOPQRSTUVXYZ"
_STEMS = ("arch", "sec", "qos", "dlt", "ai", "iot", "scs", "fmc", "tr", "EMF", "Data", "Twin", "5G")


@lru_cache(maxsize=8)
def circulars(seed: int) -> tuple[Circular, ...]:
    """The pool of a seed; no designation and no working name occurs twice in it."""
    chance = random.Random(f"circulars/{seed}")
    taken: set[str] = set()
    numbers = chance.sample(range(12, 420), POOL)
    return tuple(_circular(chance, number, taken) for number in numbers)


def _circular(chance: random.Random, number: int, taken: set[str]) -> Circular:
    count = chance.choice((1, 2, 3, 4, 6, 7, 8, 10, 10, 12, 15))
    series = chance.sample(_SERIES, chance.choice((1, 1, 1, 2, 3)))
    first = dt.date(2026, 1, 5) + dt.timedelta(days=chance.randrange(700))
    return Circular(
        number=number,
        study_group=chance.choice((2, 3, 5, 11, 12, 13, 15, 17, 20, 21)),
        study_group_title="",
        date=first,
        deadline=dt.datetime.combine(first + dt.timedelta(days=90), dt.time(23, 59), tzinfo=dt.UTC),
        meeting=Meeting(
            place="Geneva",
            first_day=first + dt.timedelta(days=100),
            last_day=first + dt.timedelta(days=110),
        ),
        reply_address="replies@example.org",
        contact_address=None,
        texts=tuple(_text(chance, chance.choice(series), taken) for _ in range(count)),
    )


def _text(chance: random.Random, letter: str, taken: set[str]) -> DraftText:
    designation = _fresh(taken, lambda: _designation(chance, letter))
    supplement = " " in designation
    former = None
    if not supplement and chance.random() < 0.7:
        former = _fresh(taken, lambda: _working_name(chance, letter))
    return DraftText(
        designation=designation,
        former_name=former,
        revision=chance.choice((Revision.NEW, Revision.NEW, Revision.REVISED)),
        title="",
    )


def _fresh(taken: set[str], make: Callable[[], str]) -> str:
    while (name := make()).casefold() in taken:
        pass
    taken.add(name.casefold())
    return name


def _designation(chance: random.Random, letter: str) -> str:
    number = str(chance.choice((chance.randrange(10, 1000), chance.randrange(1000, 10_000))))
    for _ in range(chance.choice((0,) * 20 + (1,) * 6 + (2,))):
        number += f".{chance.randrange(1, 30)}"
    ending = chance.choice(("",) * 8 + ("Amd", "Cor"))
    return f"{letter}.{number}" + (f" {ending}.{chance.randrange(1, 6)}" if ending else "")


def _working_name(chance: random.Random, letter: str) -> str:
    parts = [chance.choice(_STEMS)]
    parts += [
        "".join(chance.choices("abcdefghiklmnoprstuvABCDMS", k=chance.randrange(2, 7)))
        for _ in range(chance.choice((1, 1, 2)))
    ]
    return f"{letter}.{'-'.join(parts)}"

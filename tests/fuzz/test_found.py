"""Every reader takes its seeds, damage to them, and all that fuzzing ever found."""

import random
from pathlib import Path

import pytest

from tests.fuzz.targets import FOUND, TARGETS

_FOUND = sorted((Path(__file__).parent / FOUND).glob("*/*"))


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_takes_its_seeds_and_damage_to_them(name: str) -> None:
    target = TARGETS[name]
    chance = random.Random(name)
    for seed in target.seeds:
        target.run(seed)
        for _ in range(20):
            damaged = bytearray(seed)
            for _ in range(chance.randint(1, 8)):
                at = chance.randrange(len(damaged))
                damaged[at : at + chance.randint(0, 4)] = chance.randbytes(chance.randint(0, 4))
            target.run(bytes(damaged))


@pytest.mark.parametrize("path", _FOUND, ids=lambda path: f"{path.parent.name}-{path.name[:20]}")
@pytest.mark.timeout(20)
def test_what_fuzzing_found_harms_nothing_any_more(path: Path) -> None:
    TARGETS[path.parent.name].run(path.read_bytes())

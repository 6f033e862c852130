"""The delays after failures in a row."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.edges.backoff import Backoff


class _Chance(random.Random):
    """Chance whose outcome is known."""

    def __init__(self, outcome: float) -> None:
        super().__init__(0)
        self._outcome = outcome

    def random(self) -> float:
        return self._outcome


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [
        pytest.param(0, 1, id="none yet"),
        pytest.param(1, 1, id="first"),
        pytest.param(2, 2, id="second"),
        pytest.param(9, 256, id="ninth"),
        pytest.param(10, 300, id="the longest"),
        pytest.param(1_000_000, 300, id="away for weeks"),
    ],
)
def test_a_delay_doubles_up_to_five_minutes(failures: int, seconds: float) -> None:
    assert Backoff().delay(failures, _Chance(1.0)) == seconds
    assert Backoff().delay(failures, _Chance(0.0)) == seconds / 2


@given(st.integers(), st.integers(0, 2**32), st.floats(0.001, 1e6), st.floats(0.001, 1e6))
def test_no_delay_is_without_bounds(failures: int, seed: int, first: float, longest: float) -> None:
    delay = Backoff(first=first, longest=longest).delay(failures, random.Random(seed))
    assert 0 < delay <= longest
    assert delay >= min(first, longest) / 2

"""How long to leave a server alone that has just failed."""

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Backoff:
    """Delays that double with each failure in a row, up to the longest.

    Attributes:
        first: seconds after the first failure.
        longest: seconds that no delay exceeds.
    """

    first: float = 1.0
    longest: float = 300.0

    def delay(self, failures: int, chance: random.Random) -> float:
        """Seconds to wait now: between half of the full delay and all of it.

        Chance spreads them, so that several workers don't come back in step.

        Args:
            failures: in a row, this one included; 1 or less counts as the first.
            chance: handed in, so that a test can foresee the outcome.
        """
        # A float overflows at 2 ** 1024; a server may be away for longer than that many tries.
        doublings = min(max(failures, 1) - 1, 64)
        full = min(self.first * 2.0**doublings, self.longest)
        return full * (0.5 + 0.5 * chance.random())

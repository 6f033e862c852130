"""How many Member States of each region replied."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.consultation.tally import CircularTally
from bot.register.states import member_states


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionCoverage:
    """One region.

    Attributes:
        region: of ITU.
        asked: Member States within the percentage.
        replied: those with at least one opinion that stands.
        pending: those of which something waits for a person, and nothing stands yet.
    """

    region: str
    asked: int
    replied: int
    pending: int

    @property
    def silent(self) -> int:
        """Those of which there is nothing that counts or may count."""
        return self.asked - self.replied - self.pending


def coverage(
    tally: CircularTally, *, observers: Collection[str] = ()
) -> tuple[RegionCoverage, ...]:
    """The regions by name.

    Args:
        tally: says who replied.
        observers: ISO codes outside of the percentage.
    """
    regions: dict[str, list[str]] = {}
    for code, state in member_states().items():
        if code not in observers and state.votes:
            regions.setdefault(state.region, []).append(code)
    replied, waiting = set(tally.replied), set(tally.pending) - set(tally.replied)
    return tuple(
        RegionCoverage(
            region=region,
            asked=len(codes),
            replied=len(replied & set(codes)),
            pending=len(waiting & set(codes)),
        )
        for region, codes in sorted(regions.items())
    )

"""Who may come in, and what each may do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum


class Role(IntEnum):
    """What a person may do; a higher one may do what a lower one may."""

    #: Nobody: the pages of the entrance only.
    STRANGER = 0
    #: Looks at everything and decides nothing.
    READER = 1
    #: Decides.
    REVIEWER = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who asks for a page.

    Attributes:
        address: as it is listed; empty for a stranger.
        role: see `Role`.
    """

    address: str = ""
    role: Role = Role.STRANGER


STRANGER = Person()


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Those who are listed in the configuration."""

    _listed: Mapping[str, Person]

    @classmethod
    def listed(cls, reviewers: Iterable[str], readers: Iterable[str]) -> "People":
        """From `[secretariat]`; who is in both lists is a reviewer."""
        people = {_key(each): Person(address=each.strip(), role=Role.READER) for each in readers}
        people |= {
            _key(each): Person(address=each.strip(), role=Role.REVIEWER) for each in reviewers
        }
        return cls(_listed=people)

    def find(self, address: str) -> Person:
        """The person of that address, in any case; a stranger where nobody is listed so."""
        return self._listed.get(_key(address), STRANGER)


def _key(address: str) -> str:
    return address.strip().lower()

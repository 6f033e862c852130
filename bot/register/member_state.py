"""Member States, their contacts, and what the register knows of a sender."""

from dataclasses import dataclass
from typing import NewType

#: ISO 3166-1 alpha-3: "CHE".
Iso3 = NewType("Iso3", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberState:
    """A Member State of the Union (or the State of Palestine, Res. 99).

    Attributes:
        iso3: ISO 3166-1 alpha-3.
        iso2: alpha-2, which is also its country-code domain but for a few (`domains`).
        names: ISO 639-1 language -> names, the short name first, then official and other names.
        region: "Africa", "Americas", "Arab States", "Asia and the Pacific", "CIS" or "Europe".
        language: preferred language of correspondence, one of the six.
        domains: country-code top-level domains ("gb" has "uk").
        votes: False for the State of Palestine: recorded and shown, outside the percentage.
    """

    iso3: Iso3
    iso2: str
    names: dict[str, tuple[str, ...]]
    region: str
    language: str
    domains: tuple[str, ...]
    votes: bool = True

    def name(self, language: str = "en") -> str:
        """Its short name in that language (English where there is none)."""
        return (self.names.get(language) or self.names["en"])[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One line of the register.

    Attributes:
        iso3: whose contact; None for one that is copied for information only (a Sector Member, an
            Associate, Academia): `role` says which.
        name: of the person or post; may be empty.
        email: lower case; None for a line that only gives a domain.
        role: "Focal point", "Ministry", ...; may be empty.
        focal_point: whether reminders go there.
        domain: a domain of the Administration; None for a line that only gives an address.
        language: its preferred language; None: the Member State's.
    """

    iso3: Iso3 | None
    name: str
    email: str | None
    role: str
    focal_point: bool
    domain: str | None
    language: str | None = None

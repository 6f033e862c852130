"""The register: the Member States, whom to write to, and whose an address or a domain is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.register.domains import domain_of, is_public, parents
from bot.register.member_state import Contact, Iso3, MemberState
from bot.register.states import member_states


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainEntry:
    """A registered domain.

    Attributes:
        domain: as registered, the longest of which an address' domain is part.
        states: whose it is, in the order of their codes; more than one for a regional body.
        not_asked: whether an entity that is asked for information only has it too.
    """

    domain: str
    states: tuple[Iso3, ...]
    not_asked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Who may reply, and what is known of each.

    Attributes:
        contacts: the lines of the register; those of a code that is not in `states` are ignored.
        states: by ISO 3166-1 alpha-3; by default those of ITU.
    """

    contacts: tuple[Contact, ...] = ()
    states: Mapping[Iso3, MemberState] = field(default_factory=member_states)
    _by_address: Mapping[str, tuple[Contact, ...]] = field(init=False, repr=False, compare=False)
    _by_state: Mapping[Iso3 | None, tuple[Contact, ...]] = field(
        init=False, repr=False, compare=False
    )
    _by_domain: Mapping[str, tuple[Contact, ...]] = field(init=False, repr=False, compare=False)
    _by_mail_domain: Mapping[str, tuple[Contact, ...]] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        known = [each for each in self.contacts if each.iso3 is None or each.iso3 in self.states]
        addressed = [(each.email.lower(), each) for each in known if each.email]
        domains = [(each.domain.lower(), each) for each in known if each.domain]
        mail = [(domain_of(email), each) for email, each in addressed]
        # The dataclass is frozen: its indices are computed once, here.
        for name, pairs in (
            ("_by_address", addressed),
            ("_by_domain", [pair for pair in domains if not is_public(pair[0])]),
            ("_by_mail_domain", [pair for pair in mail if not is_public(pair[0])]),
        ):
            object.__setattr__(self, name, _grouped(pairs))
        by_state: defaultdict[Iso3 | None, list[Contact]] = defaultdict(list)
        for each in known:
            by_state[each.iso3].append(each)
        object.__setattr__(
            self, "_by_state", {code: tuple(group) for code, group in by_state.items()}
        )

    def contacts_of(self, iso3: Iso3) -> tuple[Contact, ...]:
        """Every line of that Member State, in the order of the register."""
        return self._by_state.get(iso3, ())

    def focal_points(self, iso3: Iso3) -> tuple[Contact, ...]:
        """The contacts that reminders go to: each address once."""
        found = {each.email: each for each in reversed(self.contacts_of(iso3)) if each.focal_point}
        return tuple(each for each in reversed(found.values()) if each.email)

    def contacts_at(self, email: str) -> tuple[Contact, ...]:
        """The lines with that address, whatever its case; several where it serves several."""
        return self._by_address.get(email.strip().lower(), ())

    def known_address(self, email: str) -> bool:
        """Whether the address is registered, be it of a Member State or of another entity."""
        return bool(self.contacts_at(email))

    def domain_entry(self, domain: str) -> DomainEntry | None:
        """The longest registered domain that this one is, or is part of; None where none is."""
        return _entry(domain, self._by_domain)

    def contact_domain(self, domain: str) -> DomainEntry | None:
        """The same for domains that are not registered, but at which registered addresses are."""
        return _entry(domain, self._by_mail_domain)

    @property
    def known_domains(self) -> Mapping[str, tuple[Iso3, ...]]:
        """Every domain registered or of a registered address, and whose; none that is public."""
        return {
            domain: _codes(contacts)
            for index in (self._by_mail_domain, self._by_domain)
            for domain, contacts in index.items()
        }

    def language_of(self, iso3: Iso3, email: str | None = None) -> str:
        """In which of the six languages to write.

        That of the contact with this address; else that of the Member State's focal points, of
        its other contacts, or else its own.
        """
        contacts = self.contacts_of(iso3)
        wanted = (email or "").strip().lower()
        for group in (
            [each for each in contacts if each.email and each.email.lower() == wanted],
            [each for each in contacts if each.focal_point],
            contacts,
        ):
            for each in group:
                if each.language:
                    return each.language
        return self.states[iso3].language


def _grouped(pairs: Iterable[tuple[str, Contact]]) -> Mapping[str, tuple[Contact, ...]]:
    groups: defaultdict[str, list[Contact]] = defaultdict(list)
    for key, contact in pairs:
        groups[key].append(contact)
    return {key: tuple(group) for key, group in groups.items()}


def _codes(contacts: Iterable[Contact]) -> tuple[Iso3, ...]:
    return tuple(sorted({each.iso3 for each in contacts if each.iso3 is not None}))


def _entry(domain: str, index: Mapping[str, tuple[Contact, ...]]) -> DomainEntry | None:
    for parent in parents(domain.lower()):
        if contacts := index.get(parent):
            return DomainEntry(
                domain=parent,
                states=_codes(contacts),
                not_asked=any(each.iso3 is None for each in contacts),
            )
    return None

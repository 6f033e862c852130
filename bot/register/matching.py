"""Whose a reply is: the register, the form's letter and the sender's domain, weighed.

Only what is registered can make it certain, and only where nothing contradicts it. Everything else
is a proposal for a person. Nothing here raises, whatever the message says.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from bot.register.attribution import (
    Attribution,
    AttributionDoubt,
    Ground,
    GroundKind,
    Standing,
)
from bot.register.domains import GOVERNMENT_LABELS, domain_of, is_public
from bot.register.letter_places import Where
from bot.register.look_alikes import resembled
from bot.register.member_state import Iso3
from bot.register.naming import Naming, namings
from bot.register.register import Register

# Country codes that people elsewhere take for what they spell, or because they cost nothing: they
# say nothing of the country, unless below a label of its government.
_GENERIC: Final = frozenset(
    {
        *("ad", "ag", "ai", "am", "bz", "cc", "cd", "cf", "co", "dj", "fm", "ga", "gg", "gq", "im"),
        *("io", "la", "ly", "me", "md", "ml", "mu", "nu", "pw", "sc", "sh", "st", "tk", "to", "tv"),
        *("vc", "ws"),
    }
)
_SHOWN_ADDRESS = re.compile(r"[\w.+'-]{1,64}\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
#: Names that say who writes, and not only where.
_GOVERNED: Final = frozenset({Where.ADMINISTRATION, Where.MINISTRY})
#: Weak names that still speak against another Member State.
_NEARLY: Final = frozenset({Where.AMBIGUOUS, Where.NEAR_MISS})


def attribute(
    register: Register,
    *,
    sender: str,
    sender_name: str = "",
    reply_to: Sequence[str] = (),
    letter: str = "",
    extra_texts: Sequence[str] = (),
) -> Attribution:
    """Says whose a reply is.

    Args:
        register: the Member States, their contacts and domains.
        sender: the address of From; empty where it cannot be read.
        sender_name: its display name.
        reply_to: the addresses of Reply-To.
        letter: the text round the form's table; empty where there is no form.
        extra_texts: what else may say it, as the text of the message: weighs less.
    """
    sender = sender.strip().lower()
    domain = domain_of(sender)
    named = namings(letter)
    in_message = [each for text in extra_texts for each in namings(text)]
    by_sender = _registered(register, sender, domain)
    grounds = (
        *by_sender,
        *_from_letter(named, in_message),
        *_from_domain(register, domain),
    )
    doubts = [] if domain else [AttributionDoubt.NO_SENDER]
    doubts += _of_names(sender, sender_name)
    resembles = None
    states = tuple(dict.fromkeys(each.state for each in by_sender if each.state is not None))
    entity = any(each.state is None for each in by_sender)
    state: Iso3 | None
    if states:
        doubts += _contradictions(register, by_sender, domain, states, entity=entity)
        state = states[0] if len(states) == 1 else _named_among(states, named)
        doubts += _against(states, named, in_message)
        standing = _standing(register, state)
    elif entity:
        state, standing = None, Standing.NOT_ASKED
        if any(each.where in _GOVERNED for each in named):
            doubts.append(AttributionDoubt.ENTITY_NAMES_ADMINISTRATION)
    else:
        resembles = resembled(domain, register.known_domains)
        if resembles is not None:
            doubts.append(AttributionDoubt.LOOK_ALIKE_DOMAIN)
        if domain:
            doubts.append(AttributionDoubt.SENDER_NOT_REGISTERED)
        if len({each.iso3 for each in named if each.strong}) > 1:
            doubts.append(AttributionDoubt.SEVERAL_ADMINISTRATIONS)
        state = _likeliest(named, grounds)
        standing = _standing(register, state)
    if _elsewhere(register, sender, reply_to, by_sender):
        doubts.append(AttributionDoubt.REPLY_TO_ELSEWHERE)
    return Attribution(
        state=state,
        standing=standing,
        certain=bool(by_sender) and not doubts,
        grounds=grounds,
        doubts=tuple(dict.fromkeys(doubts)),
        resembles=resembles,
    )


def _registered(register: Register, sender: str, domain: str) -> tuple[Ground, ...]:
    """What the register says: of the address, or where it does not know that, of the domain."""
    contacts = register.contacts_at(sender)
    if contacts:
        owners = dict.fromkeys(each.iso3 for each in contacts)
        return tuple(
            Ground(kind=GroundKind.REGISTERED_ADDRESS, state=owner, detail=sender)
            for owner in owners
        )
    entry = register.domain_entry(domain)
    if entry is None:
        return ()
    owners_of_domain = (*entry.states, *([None] if entry.not_asked else []))
    return tuple(
        Ground(kind=GroundKind.REGISTERED_DOMAIN, state=owner, detail=entry.domain)
        for owner in owners_of_domain
    )


def _from_letter(named: Iterable[Naming], in_message: Iterable[Naming]) -> Iterable[Ground]:
    for each in named:
        kind = GroundKind.NAMED_IN_FORM if each.strong else GroundKind.MENTIONED_IN_FORM
        yield Ground(kind=kind, state=each.iso3, detail=each.words)
    for each in in_message:
        if each.strong:
            yield Ground(kind=GroundKind.NAMED_IN_MESSAGE, state=each.iso3, detail=each.words)


def _from_domain(register: Register, domain: str) -> Iterable[Ground]:
    if register.domain_entry(domain) is None:
        entry = register.contact_domain(domain)
        for state in entry.states if entry else ():
            yield Ground(kind=GroundKind.CONTACT_DOMAIN, state=state, detail=domain)
    labels = domain.split(".")
    country = labels[-1]
    for_anybody = country in _GENERIC and not GOVERNMENT_LABELS.intersection(labels[:-1])
    if for_anybody or is_public(domain):
        return
    for code, member in register.states.items():
        if country in member.domains:
            yield Ground(kind=GroundKind.COUNTRY_DOMAIN, state=code, detail=domain)


def _contradictions(
    register: Register,
    by_sender: Sequence[Ground],
    domain: str,
    states: Sequence[Iso3],
    *,
    entity: bool,
) -> Iterable[AttributionDoubt]:
    """Where the register does not say one thing."""
    if len(states) > 1:
        yield AttributionDoubt.SEVERAL_STATES_REGISTERED
    entry = register.domain_entry(domain)
    by_address = by_sender[0].kind is GroundKind.REGISTERED_ADDRESS
    other_domain = by_address and entry is not None and not set(states) & set(entry.states)
    if entity or other_domain:
        yield AttributionDoubt.REGISTER_CONTRADICTS


def _against(
    states: Sequence[Iso3], named: Sequence[Naming], in_message: Sequence[Naming]
) -> Iterable[AttributionDoubt]:
    """What the letter and the message say against the sender's Member State."""
    strong = {each.iso3 for each in named if each.strong}
    if strong and not strong & set(states):
        yield AttributionDoubt.ADMINISTRATION_DIFFERS
    elif len(strong) > 1:
        yield AttributionDoubt.SEVERAL_ADMINISTRATIONS
    elif not strong:
        nearly = {each.iso3 for each in named if each.where in _NEARLY}
        if nearly and not nearly & set(states):
            yield AttributionDoubt.ADMINISTRATION_DIFFERS
    said = {each.iso3 for each in in_message if each.where is Where.ADMINISTRATION}
    if said - set(states):
        yield AttributionDoubt.MESSAGE_NAMES_ANOTHER


def _named_among(states: Sequence[Iso3], named: Sequence[Naming]) -> Iso3 | None:
    """Of several registered, the one that the form names; None where it names none, or more."""
    found = {each.iso3 for each in named if each.strong} & set(states)
    return found.pop() if len(found) == 1 else None


def _likeliest(named: Sequence[Naming], grounds: Sequence[Ground]) -> Iso3 | None:
    """The Member State to propose for a sender that is not registered; None if it is ambiguous."""
    by_domain = {
        each.state
        for each in grounds
        if each.kind in {GroundKind.COUNTRY_DOMAIN, GroundKind.CONTACT_DOMAIN}
    }
    by_form: set[Iso3 | None] = set()
    for places in (set(Where) - _NEARLY - {Where.TEXT}, _NEARLY):
        of_these = [each for each in named if each.where in places]
        if of_these:
            # The weightiest place only: an embassy's form also names the country of its address.
            by_form = {each.iso3 for each in of_these if each.where is of_these[0].where}
            break
    by_message = {each.state for each in grounds if each.kind is GroundKind.NAMED_IN_MESSAGE}
    for evidence in (by_form, by_message):
        if evidence:
            agreed = evidence & by_domain if by_domain else evidence
            return agreed.pop() if len(agreed) == 1 else None
    return by_domain.pop() if len(by_domain) == 1 else None


def _standing(register: Register, state: Iso3 | None) -> Standing:
    if state is None:
        return Standing.UNKNOWN
    return Standing.MEMBER_STATE if register.states[state].votes else Standing.OBSERVER


def _of_names(sender: str, sender_name: str) -> list[AttributionDoubt]:
    # What cannot be seen, as a blank of no width, parts nothing for who reads it.
    visible = "".join(each for each in sender_name[:500] if unicodedata.category(each) != "Cf")
    shown = unicodedata.normalize("NFKC", visible).lower()
    addresses = {"".join(found[0].split()) for found in _SHOWN_ADDRESS.finditer(shown)}
    return [AttributionDoubt.DISPLAY_NAME_ADDRESS] if addresses - {sender} else []


def _elsewhere(
    register: Register, sender: str, reply_to: Sequence[str], by_sender: Sequence[Ground]
) -> bool:
    """Whether an answer would go to a domain that is neither the sender's nor registered for it."""
    own = domain_of(sender)
    states = {each.state for each in by_sender}
    for written in reply_to:
        address = written.strip().lower()
        domain = domain_of(address)
        if not domain or address == sender:
            continue
        related = domain == own or domain.endswith(f".{own}") or own.endswith(f".{domain}")
        if own and related and not is_public(own) and not is_public(domain):
            continue
        registered = {each.state for each in _registered(register, address, domain)}
        if not registered or not registered <= states:
            return True
    return False

"""The chain of seals of a message that was sent on: who handled it, and what each found (RFC 8617).

Taken apart only: whether the chain holds is for the receiving server to say, or for
`bot.mail.authentication.signatures` to check.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.mail.authentication.authentication_results import AuthenticationResults, parse_results
from bot.mail.message import Message

#: RFC 8617, 4.2.1 allows 50; no honest message comes through as many hands.
MOST_SEALS = 10
_LONGEST = 16 * 1024

_SET = ("arc-authentication-results", "arc-message-signature", "arc-seal")
_INSTANCE = re.compile(r"\s*i\s*=\s*(\d{1,2})\s*;")
_DOMAIN = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){1,10}")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What one of those who handled a message set down.

    Attributes:
        instance: its number in the chain, from 1.
        sealer: the domain that signs the seal, lower case.
        results: what that one found when the message came to it.
        from_signed: whether its signature of the message covers the From field.
    """

    instance: int
    sealer: str
    results: AuthenticationResults
    from_signed: bool


def seals(message: Message) -> tuple[Seal, ...]:
    """The chain, the last seal first; empty where there is none, or not a whole one."""
    sets: dict[int, dict[str, str]] = {}
    for name, value in message.headers:
        if name not in _SET:
            continue
        instance = _instance(name, value[:_LONGEST])
        if instance is None or name in sets.setdefault(instance, {}):
            return ()
        sets[instance][name] = value[:_LONGEST]
    whole = all(len(each) == len(_SET) for each in sets.values())
    if not whole or sorted(sets) != list(range(1, len(sets) + 1)) or len(sets) > MOST_SEALS:
        return ()
    found = [_seal(number, sets[number]) for number in sorted(sets, reverse=True)]
    return tuple(each for each in found if each is not None) if None not in found else ()


def tags(value: str) -> dict[str, str]:
    """A tag list (RFC 6376, 3.2) without its blanks; empty for one that is none."""
    found: dict[str, str] = {}
    for each in value.strip().removesuffix(";").split(";"):
        name, equals, said = (_BLANKS.sub("", part) for part in each.partition("="))
        if not equals or not name or name in found:
            return {}
        found[name] = said
    return found


def signed_fields(found: dict[str, str]) -> Iterable[str]:
    """The names of the fields that a signature covers, lower case."""
    return found.get("h", "").lower().split(":")


def is_domain(name: str) -> bool:
    """Whether a name, in lower case, can be asked about."""
    return len(name) < 254 and _DOMAIN.fullmatch(name) is not None


def _instance(name: str, value: str) -> int | None:
    if name == _SET[0]:
        leading = _INSTANCE.match(value)
        said = leading[1] if leading else ""
    else:
        said = tags(value).get("i", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 2 else None


def _seal(number: int, values: dict[str, str]) -> Seal | None:
    said, signature, seal = (values[name] for name in _SET)
    sealer = tags(seal).get("d", "").lower()
    leading = _INSTANCE.match(said)
    if leading is None or not is_domain(sealer):
        return None
    return Seal(
        instance=number,
        sealer=sealer,
        results=parse_results(said[leading.end() :]),
        from_signed="from" in signed_fields(tags(signature)),
    )

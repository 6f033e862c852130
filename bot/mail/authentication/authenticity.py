"""Whether the receiving server vouches for the sender (RFC 8601, RFC 7489).

Only fields of the configured authserv-id are believed. A sender can write that id as well; the
server must remove such fields (RFC 8601, 5), and one that does not is caught only in part: the
fields that stand together nearest the top are taken, down to the next Received, and where they
contradict each other the sender is not believed. Fields that lie further down are not read: servers
write theirs above or below their own Received, so its place says no more than that.

Sending a message on breaks DMARC, and those who do so say in seals what they found before
(RFC 8617). Their word counts where the chain of seals holds and the secretariat trusts the sealer.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.mail.authentication.alignment import aligned
from bot.mail.authentication.authentication_results import Result, parse_results
from bot.mail.authentication.seals import seals
from bot.mail.message import Message

_MOST_FIELDS = 20


class Verdict(StrEnum):
    """Whether the sender is who the From field says."""

    PASS = "pass"  # noqa: S105 - a result of RFC 8601, 2.7, not a password
    FAIL = "fail"
    NOT_SAID = "not_said"


@dataclass(frozen=True, slots=True, kw_only=True)
class Authenticity:
    """What the receiving server says of the sender.

    Attributes:
        verdict: PASS only where it vouches for the domain of the From address.
        ground: what it said, for people: "dmarc=pass".
        domain: of the From address; None where there is not exactly one.
    """

    verdict: Verdict
    ground: str
    domain: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found here, by `bot.mail.authentication.signatures`.

    Attributes:
        signers: domains whose signature holds, lower case, in alignment with the From domain.
        chain: whether the chain of seals holds.
        unavailable: whether a key could not be had, so that it may hold another time.
    """

    signers: tuple[str, ...] = ()
    chain: bool = False
    unavailable: bool = False


NOTHING_CHECKED = Checked()


def authenticity(
    message: Message,
    authserv_id: str,
    sealers: Collection[str] = (),
    checked: Checked = NOTHING_CHECKED,
) -> Authenticity:
    """Judges a message by DMARC, else by DKIM or SPF in alignment with the From domain.

    Args:
        message: as opened, or its header alone.
        authserv_id: of our server (RFC 8601, 2.5), any case; empty trusts nobody.
        sealers: domains whose seals are trusted (RFC 8617), lower case.
        checked: what was found here; nothing where nothing was looked at.
    """
    domain = _from_domain(message)
    if domain is None:
        return Authenticity(
            verdict=Verdict.NOT_SAID, ground="not exactly one From address", domain=None
        )
    results = _results(message, authserv_id)
    if results is None:
        ground = f"no Authentication-Results of {authserv_id or 'any server'}"
        verdict = Verdict.NOT_SAID
    else:
        verdict, ground = _judge(results if _is_plain(message) else _named(results), domain)
    if verdict is Verdict.NOT_SAID and checked.signers:
        verdict, ground = Verdict.PASS, f"dkim=pass of {checked.signers[0]}, checked here"
    chain = checked.chain or _says_of_chain(results or ())
    if verdict is not Verdict.PASS and chain and (sealed := _sealed(message, domain, sealers)):
        verdict, ground = Verdict.PASS, sealed
    if verdict is not Verdict.PASS and checked.unavailable:
        ground += "; a key could not be had"
    return Authenticity(verdict=verdict, ground=ground, domain=domain)


def _from_domain(message: Message) -> str | None:
    if len(message.from_) != 1 or len(message.field("from")) != 1:
        return None
    return message.from_[0].domain or None


def _results(message: Message, authserv_id: str) -> list[Result] | None:
    """The results of our server nearest the top; None where it wrote none."""
    wanted = authserv_id.strip().lower()
    found: list[Result] = []
    fields = 0
    for name, value in message.headers:
        if name == "received" and fields:
            break
        if name != "authentication-results" or not wanted or fields >= _MOST_FIELDS:
            continue
        parsed = parse_results(value)
        if _is_same_name(parsed.authserv_id, wanted):
            fields += 1
            found += parsed.results
    return found if fields else None


def _is_same_name(name: str, wanted: str) -> bool:
    """Exactly: a name with a final full stop, or with letters that only fold to ours, is another.

    A server that removes what a sender wrote in its name would leave those.
    """
    return name.isascii() and name.lower() == wanted


def _is_plain(message: Message) -> bool:
    """Whether every program sees the same address in From: no group, no route, one "@"."""
    (value,) = message.field("from")
    return value.count("@") == 1 and not {":", ";"} & set(value)


def _named(results: Sequence[Result]) -> list[Result]:
    """Without what DMARC says of nobody by name: it may be about another address of From."""
    return [
        each
        for each in results
        if each.method != "dmarc" or each.value != "pass" or "header.from" in each.properties
    ]


def _says_of_chain(results: Sequence[Result]) -> bool:
    """Whether a server found that the chain of seals holds, and nothing else."""
    return {each.value for each in results if each.method == "arc"} == {"pass"}


def _sealed(message: Message, domain: str, sealers: Collection[str]) -> str | None:
    """What a trusted sealer vouched for before the message was sent on; None where none did."""
    for seal in seals(message):
        if seal.sealer not in sealers or not seal.from_signed:
            return None
        verdict, ground = _judge(_named(seal.results.results), domain)
        if verdict is Verdict.PASS:
            return f"arc=pass, sealed by {seal.sealer}: {ground}"
        if not _says_of_chain(seal.results.results):
            return None
    return None


def _judge(results: Sequence[Result], domain: str) -> tuple[Verdict, str]:
    dmarc = {
        each.value
        for each in results
        if each.method == "dmarc" and _is_about(each.properties.get("header.from"), domain)
    }
    if dmarc & {"fail", "hardfail"}:
        contradicted = " beside dmarc=pass" if "pass" in dmarc else ""
        return Verdict.FAIL, f"dmarc=fail{contradicted}"
    if "pass" in dmarc:
        return Verdict.PASS, "dmarc=pass"
    ours = [each for each in results if aligned(_signer(each) or "", domain)]
    for method in ("dkim", "spf"):
        values = {each.value for each in ours if each.method == method}
        # Several signatures may differ, and one that holds is enough (RFC 7489, 6.6.2); of SPF
        # there is one result.
        failed = values & {"fail", "hardfail"} if method == "spf" else set()
        if "pass" in values and not failed:
            return Verdict.PASS, f"{method}=pass in alignment with {domain}"
    for each in ours:
        if each.value in {"fail", "hardfail"}:
            return Verdict.FAIL, f"{each.method}={each.value} of {_signer(each)}"
    said = ", ".join(dict.fromkeys(f"{each.method}={each.value}" for each in results[:10]))
    return Verdict.NOT_SAID, f"nothing in alignment with {domain}: {said or 'no result'}"


def _is_about(header_from: str | None, domain: str) -> bool:
    return header_from is None or aligned(header_from.rpartition("@")[2], domain)


def _signer(result: Result) -> str | None:
    """The domain that a DKIM or SPF result is about; None for other methods, or without one."""
    properties = result.properties
    if result.method == "dkim":
        said = properties.get("header.d") or properties.get("header.i")
    elif result.method == "spf":
        said = properties.get("smtp.mailfrom") or properties.get("smtp.mail")
    else:
        return None
    return said.rpartition("@")[2].strip("<>") or None if said else None

"""Signatures and seals checked here: DKIM (RFC 6376, 8301) and ARC (RFC 8617), by dkimpy.

Only for those that would vouch for the sender. What dkimpy lets pass and RFC 8301 or good sense do
not is refused before: SHA-1, keys below 1024 bits, and signatures of a part of the text.
"""

import logging
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

import dkim

from bot.mail.authentication.alignment import aligned
from bot.mail.authentication.authenticity import Checked
from bot.mail.authentication.seals import is_domain, seals, signed_fields, tags
from bot.mail.message import Message

#: Finds the text of a DNS record by its name; None where there is none.
KeyRecord = Callable[[str], bytes | None]

#: Of one message; the first ones that are in alignment.
_MOST_SIGNATURES = 5
#: An honest signature with an RSA key of 4096 bits has fewer than 2,000 characters.
_LONGEST_SIGNATURE = 8 * 1024
#: Runs of blanks cost dkimpy the square of their length.
_RUN = re.compile(rb"[\t ]{16,}")
_MOST_BLANKS = 100_000_000
#: It keeps a list of them; the largest message that is fetched has fewer than a million.
_MOST_LINES = 1_500_000
_BLANKS = re.compile(r"\s+")
_ALGORITHMS = frozenset({"rsa-sha256"})
#: What it does not expect, it stumbles over in these ways.
_STUMBLES = (dkim.DKIMException, ValueError, LookupError, TypeError, AttributeError)


class KeyUnavailableError(Exception):
    """The record cannot be had now: whether there is one is not known."""


@dataclass(slots=True)
class _Keys:
    """The records that one message needs, each asked for once."""

    record: KeyRecord
    unavailable: bool = False
    _known: dict[str, bytes | None] = field(default_factory=dict)

    def __call__(self, name: bytes, timeout: float = 0) -> bytes | None:
        """As dkimpy asks for them; how long that may take is the source's to say."""
        del timeout
        asked = name.decode("ascii", "replace").lower().rstrip(".")
        if not is_domain(asked):
            return None
        if asked not in self._known:
            try:
                self._known[asked] = self.record(asked)
            except KeyUnavailableError as error:
                self.unavailable = True
                raise dkim.DnsTimeoutError(asked) from error
        return self._known[asked]


def check_signatures(
    raw: bytes, message: Message, sealers: Collection[str], record: KeyRecord
) -> Checked:
    """Checks what would vouch for the sender.

    Args:
        raw: the message as it came.
        message: opened.
        sealers: domains whose seals are trusted, lower case; a chain of others is not looked at.
        record: finds public keys.
    """
    if len(message.from_) != 1 or not _is_bearable(raw):
        return Checked()
    keys = _Keys(record)
    places = list(_in_alignment(message))[:_MOST_SIGNATURES]
    signers = filter(None, (_held_signer(raw, place, message, keys) for place in places))
    chain = seals(message)
    sealed = bool(chain) and chain[0].sealer in sealers and _short(message, "arc-")
    return Checked(
        signers=tuple(dict.fromkeys(signers)),
        chain=sealed and _chain_holds(raw, keys),
        unavailable=keys.unavailable,
    )


def _is_bearable(raw: bytes) -> bool:
    """Whether dkimpy can go through it in little time and memory."""
    if raw.count(b"\n") > _MOST_LINES:
        return False
    cost = 0
    for run in _RUN.finditer(raw):
        cost += (run.end() - run.start()) ** 2
        if cost > _MOST_BLANKS:
            return False
    return True


def _in_alignment(message: Message) -> Iterator[int]:
    """The places, among the signatures, of those that would count."""
    for place, value in enumerate(message.field("dkim-signature")):
        if len(value) <= _LONGEST_SIGNATURE and _signer(tags(value), message):
            yield place


def _signer(found: dict[str, str], message: Message) -> str | None:
    """Who signs, where that would count for the From domain; else None."""
    domain = found.get("d", "").lower()
    counts = (
        aligned(domain, message.from_[0].domain)
        and found.get("a", "").lower() in _ALGORITHMS
        and "from" in signed_fields(found)
        and "l" not in found
    )
    return domain if counts else None


def _short(message: Message, prefix: str) -> bool:
    return all(
        len(value) <= _LONGEST_SIGNATURE
        for name, value in message.headers
        if name.startswith(prefix)
    )


def _held_signer(raw: bytes, place: int, message: Message, keys: _Keys) -> str | None:
    """Who signed, where the signature holds."""
    signature = dkim.DKIM(logger=_silent(), minkey=1024)
    try:
        signature.set_message(raw)
        if not signature.verify(place, dnsfunc=keys):
            return None
        checked = {
            name.decode("ascii"): _BLANKS.sub("", value.decode("ascii", "replace"))
            for name, value in signature.signature_fields.items()
        }
    except _STUMBLES:
        return None
    # By what was checked: where the two readers of a header differ, it is another signature.
    return _signer(checked, message)


def _chain_holds(raw: bytes, keys: _Keys) -> bool:
    try:
        verdict, _, _ = dkim.ARC(raw, logger=_silent(), minkey=1024).verify(dnsfunc=keys)
    except _STUMBLES:
        return False
    return bool(verdict == dkim.CV_Pass)


def _silent() -> logging.Logger:
    """It would log what messages say."""
    logger = logging.Logger("signatures")  # noqa: LOG001 - one that nobody else can listen to
    logger.disabled = True
    return logger

"""What a letter needs of the server that carries it: line ends, 8-bit text, addresses (RFC 6531)."""

import re
from collections.abc import Iterable

_LINE_END = re.compile(rb"\r\n|\r|\n")
#: What would end the address within its command.
_ENDING = re.compile(r"[\x00-\x20\x7f<>]")


class UntransferableError(ValueError):
    """The letter cannot go through this server, now or later."""


def with_line_ends(raw: bytes) -> bytes:
    """The letter with CR LF at every line end (RFC 5321, 2.3.8).

    A lone CR or LF before a full stop could end the letter early for some servers, and start
    another one that nobody wrote.
    """
    return _LINE_END.sub(b"\r\n", raw)


def ascii_domain(address: str) -> str:
    """An address whose domain is written in ASCII (RFC 5891), so that any server can carry it.

    Raises:
        UntransferableError: it is no address.
    """
    if _ENDING.search(address):
        raise UntransferableError("the address holds blanks, brackets or control characters")
    local, at, domain = address.rpartition("@")
    if not (local and at and domain):
        raise UntransferableError("the address has no domain")
    try:
        return f"{local}@{domain if domain.isascii() else domain.encode('idna').decode('ascii')}"
    except UnicodeError as error:
        raise UntransferableError("the domain of the address is not one") from error


def mail_options(
    letter: bytes, addresses: Iterable[str], features: frozenset[str]
) -> tuple[str, ...]:
    """What to say with MAIL FROM so that the letter arrives as it is.

    Args:
        letter: with its header.
        addresses: of the envelope.
        features: extensions that the server offers, in lower case.

    Raises:
        UntransferableError: the letter needs an extension that the server does not offer.
    """
    header = letter.partition(b"\r\n\r\n")[0]
    international = not header.isascii() or not all(each.isascii() for each in addresses)
    if international and "smtputf8" not in features:
        raise UntransferableError("its addresses need SMTPUTF8, which the server does not offer")
    if letter.isascii():
        return ("SMTPUTF8",) if international else ()
    if "8bitmime" not in features:
        raise UntransferableError("its text needs 8BITMIME, which the server does not offer")
    return ("BODY=8BITMIME", "SMTPUTF8") if international else ("BODY=8BITMIME",)

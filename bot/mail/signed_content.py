"""The content inside an opaque signature (RFC 8551, 3.5.2; RFC 5652, 5.1).

Only what is needed to read the letter: nothing is verified here, and nothing is decrypted. DER and
BER both occur, indefinite lengths and octet strings in pieces included (X.690, 8.1.3.6, 8.7.3).
"""

from collections.abc import Iterator
from enum import Enum

_OID = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07"
_AUTH_ENVELOPED = b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17"
_SEQUENCE, _SET, _OCTETS, _OCTETS_IN_PIECES, _FIRST = 0x30, 0x31, 0x04, 0x24, 0xA0
#: Octet strings in pieces come nested twice at the most.
_DEEPEST = 4
_MOST_PIECES = 200_000


class Sealed(Enum):
    """What a CMS object is, told by its first bytes."""

    SIGNED = "signed-data"
    ENCRYPTED = "enveloped-data"


def sealed(data: bytes) -> Sealed | None:
    """What a CMS object is; None for anything else."""
    head = data[:32]
    if not head.startswith(b"\x30"):
        return None
    if _OID + b"\x02" in head:
        return Sealed.SIGNED
    if _OID + b"\x03" in head or _OID + b"\x06" in head or _AUTH_ENVELOPED in head:
        return Sealed.ENCRYPTED
    return None


def signed_content(data: bytes) -> bytes | None:
    """The MIME entity that a SignedData holds; None for a detached signature or damage."""
    try:
        at = _inside(data, 0, _SEQUENCE)
        at = _inside(data, _after(data, at, 0), _FIRST)
        at = _inside(data, at, _SEQUENCE)
        at = _after(data, at, 0)  # version
        at = _after(data, at, 0)  # digestAlgorithms
        at = _inside(data, at, _SEQUENCE)
        at = _inside(data, _after(data, at, 0), _FIRST)
        return b"".join(_octets(data, at, 0))
    except (IndexError, ValueError):
        return None


def _head(data: bytes, at: int) -> tuple[int, int, int | None]:
    """Tag, where the content begins, and its length; None for an indefinite one."""
    tag, first = data[at], data[at + 1]
    if tag & 0x1F == 0x1F:
        raise ValueError("no such tag in CMS")
    if first < 0x80:
        return tag, at + 2, first
    if first == 0x80:
        return tag, at + 2, None
    size = first & 0x7F
    if size > 4 or at + 2 + size > len(data):
        raise ValueError("length out of range")
    return tag, at + 2 + size, int.from_bytes(data[at + 2 : at + 2 + size], "big")


def _inside(data: bytes, at: int, wanted: int) -> int:
    tag, begin, _ = _head(data, at)
    if tag != wanted:
        raise ValueError("not the expected element")
    return begin


def _after(data: bytes, at: int, depth: int) -> int:
    """Where the next element begins."""
    _, begin, length = _head(data, at)
    if length is not None:
        return begin + length
    if depth > _DEEPEST:
        raise ValueError("nested too deep")
    for _ in range(_MOST_PIECES):
        if data[begin : begin + 2] == b"\0\0":
            return begin + 2
        begin = _after(data, begin, depth + 1)
    raise ValueError("too many pieces")


def _octets(data: bytes, at: int, depth: int) -> Iterator[bytes]:
    tag, begin, length = _head(data, at)
    if tag == _OCTETS and length is not None:
        yield data[begin : begin + length]
        return
    if tag != _OCTETS_IN_PIECES or depth > _DEEPEST:
        raise ValueError("not an octet string")
    end = len(data) if length is None else min(begin + length, len(data))
    for _ in range(_MOST_PIECES):
        if begin >= end or (length is None and data[begin : begin + 2] == b"\0\0"):
            return
        yield from _octets(data, begin, depth + 1)
        begin = _after(data, begin, depth + 1)
    raise ValueError("too many pieces")

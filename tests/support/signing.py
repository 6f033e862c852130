"""Messages signed and sealed for tests, with keys of their own; a key server that does as it is told."""

import base64
import functools
import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import dkim
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from bot.mail.authentication.signatures import KeyUnavailableError

SELECTOR = "s1"
BITS = 2048


@functools.cache
def key_pair(bits: int) -> tuple[bytes, bytes]:
    """A private key (PEM, as dkimpy takes it) and the record that publishes the other half."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    public = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )

    return pem, b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)


@dataclass(slots=True)
class KeyServer:
    """Says what is published under a name.

    Attributes:
        records: name -> text.
        asked: names, in order.
    """

    records: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    _down: set[str] = field(default_factory=set)

    def publish(self, domain: str, record: bytes | None = None) -> None:
        """The usual key, or that record, of a domain."""
        self.records[f"{SELECTOR}._domainkey.{domain}"] = record or key_pair(BITS)[1]

    def be_down(self, domain: str) -> None:
        """Nobody answers for that domain."""
        self._down.add(f"{SELECTOR}._domainkey.{domain}")

    def __call__(self, name: str) -> bytes | None:
        self.asked.append(name)
        if name in self._down:
            raise KeyUnavailableError(name)
        return self.records.get(name)


def signed(
    raw: bytes,
    domain: str,
    *,
    covers: Sequence[bytes] = (b"from", b"subject", b"message-id"),
    algorithm: bytes = b"rsa-sha256",
    whole: bool = True,
    bits: int = BITS,
) -> bytes:
    """A message under a signature of that domain.

    Args:
        raw: with CRLF.
        domain: that signs.
        covers: the fields that are signed; `from` is put in, as dkimpy asks for it.
        algorithm: of RFC 6376 or 8301.
        whole: False: it covers only the text that is there now (l=).
        bits: of the key.
    """
    signer = dkim.DKIM(raw, signature_algorithm=algorithm)
    field_ = signer.sign(
        SELECTOR.encode(),
        domain.encode(),
        key_pair(bits)[0],
        canonicalize=(b"relaxed", b"relaxed"),
        include_headers=list(covers),
        length=not whole,
    )
    return bytes(field_) + raw


def sealed(raw: bytes, sealer: str, results: str, *, held: str = "none") -> bytes:
    """A message that somebody sends on, with what he found and his seal over it (RFC 8617).

    Written here: dkimpy seals too, but takes the results from another package.

    Args:
        raw: with CRLF; may be sealed already.
        sealer: domain.
        results: of the Authentication-Results that he found: "mx.list.example; dmarc=pass ...".
        held: whether the chain so far held: "none" for the first seal, "pass", "fail".
    """
    number = raw.count(b"ARC-Seal:") + 1
    now = int(time.time())
    found = f"ARC-Authentication-Results: i={number}; {results}\r\n".encode()
    message = _tagged(
        raw,
        b"ARC-Message-Signature",
        f"i={number}; a=rsa-sha256; c=relaxed/relaxed; d={sealer}; s={SELECTOR}; t={now};"
        f" h=from:subject:message-id; bh={_body_hash(raw)}; b=",
        [b"from", b"subject", b"message-id"],
    )
    chain = [*_sets(raw), found, message]
    seal_tags = f"i={number}; a=rsa-sha256; cv={held}; d={sealer}; s={SELECTOR}; t={now}; b="
    seal = _signature(b"ARC-Seal", seal_tags, chain)
    return seal + message + found + raw


def _sets(raw: bytes) -> list[bytes]:
    """The ARC fields that are there, in the order in which a seal covers them."""
    lines = raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
    names = (b"ARC-Authentication-Results", b"ARC-Message-Signature", b"ARC-Seal")
    of = {
        (int(line.split(b"i=", 1)[1].split(b";")[0]), names.index(line.partition(b":")[0])): line
        for line in lines
        if line.partition(b":")[0] in names
    }
    return [of[place] + b"\r\n" for place in sorted(of)]


def _body_hash(raw: bytes) -> str:

    body = raw.partition(b"\r\n\r\n")[2].rstrip(b"\r\n") + b"\r\n"
    return base64.b64encode(hashlib.sha256(body).digest()).decode()


def _tagged(raw: bytes, name: bytes, tags: str, covers: Sequence[bytes]) -> bytes:
    lines = raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
    fields = []
    for each in covers:
        found = [line for line in lines if line.lower().startswith(each + b":")]
        fields += [line + b"\r\n" for line in found[-1:]]
    return _signature(name, tags, fields)


def _signature(name: bytes, tags: str, fields: Sequence[bytes]) -> bytes:

    unsigned = name + b": " + tags.encode()
    data = b"".join(map(_relaxed, fields)) + _relaxed(unsigned).rstrip(b"\r\n")
    private = serialization.load_pem_private_key(key_pair(BITS)[0], None)
    assert isinstance(private, rsa.RSAPrivateKey)
    value = private.sign(data, padding.PKCS1v15(), hashes.SHA256())
    return unsigned + base64.b64encode(value) + b"\r\n"


def _relaxed(line: bytes) -> bytes:
    name, _, value = line.partition(b":")
    return name.lower().strip() + b":" + b" ".join(value.split()) + b"\r\n"

"""Opaque signatures: the letter inside is read, nothing is verified."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.mail.opening import open_message
from bot.mail.signed_content import Sealed, sealed, signed_content

SIGNED = bytes.fromhex("06092a864886f70d010702")
DATA = bytes.fromhex("06092a864886f70d010701")
LETTER = (
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nWe assign authority.\r\n--x\r\n"
    b"Content-Type: application/pdf; name=form.pdf\r\n\r\n%PDF-1.7\r\n--x--\r\n"
)


def _tlv(tag: int, *inner: bytes) -> bytes:
    content = b"".join(inner)
    size = len(content)
    length = bytes([size]) if size < 128 else b"\x82" + size.to_bytes(2, "big")
    return bytes([tag]) + length + content


def _open(tag: int, *inner: bytes) -> bytes:
    return bytes([tag, 0x80]) + b"".join(inner) + b"\0\0"


def _der(content: bytes | None) -> bytes:
    inside = [DATA] if content is None else [DATA, _tlv(0xA0, _tlv(0x04, content))]
    signed = _tlv(0x30, _tlv(0x02, b"\x01"), _tlv(0x31), _tlv(0x30, *inside), _tlv(0x31))
    return _tlv(0x30, SIGNED, _tlv(0xA0, signed))


def _ber(content: bytes) -> bytes:
    pieces = [_tlv(0x04, content[at : at + 50]) for at in range(0, len(content), 50)]
    inside = _open(0x30, DATA, _open(0xA0, _open(0x24, *pieces)))
    signed = _open(0x30, _tlv(0x02, b"\x01"), _open(0x31), inside, _tlv(0x31))
    return _open(0x30, SIGNED, _open(0xA0, signed))


@pytest.mark.parametrize("made", [_der(LETTER), _ber(LETTER)], ids=["DER", "BER in pieces"])
@pytest.mark.parametrize(
    "declared", ["application/pkcs7-mime; smime-type=signed-data", "application/octet-stream"]
)
def test_the_letter_inside_is_opened(made: bytes, declared: str) -> None:
    raw = (
        f"From: a@b.example\nContent-Type: {declared}; name=smime.p7m\n"
        "Content-Transfer-Encoding: base64\n\n"
    ).encode() + base64.encodebytes(made)
    message = open_message(raw)
    assert message.text == "We assign authority."
    assert [(part.path, part.filename) for part in message.parts] == [
        ("1.1", None),
        ("1.2", "form.pdf"),
    ]
    assert message.flaws == ()


def test_one_that_cannot_be_read_is_told_and_kept() -> None:
    message = open_message(b"From: a@b\nContent-Type: application/pkcs7-mime\n\n" + _der(None))
    assert message.flaws == ("opaque-signature",)
    assert message.parts[0].data == _der(None)


@pytest.mark.parametrize(
    "declared",
    [
        "application/octet-stream; name=smime.p7s",
        "application/x-pkcs7-signature",
        "application/pkcs7-mime; smime-type=certs-only",
    ],
)
def test_a_detached_signature_is_only_a_part(declared: str) -> None:
    raw = f"From: a@b\nContent-Type: {declared}\n\n".encode() + _der(None)
    assert open_message(raw).flaws == ()


def test_what_is_no_cms_object_is_none() -> None:
    assert sealed(b"%PDF-1.7") is None
    assert sealed(_der(LETTER)) is Sealed.SIGNED


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 70), st.integers(0, 255)), max_size=6), st.integers(0, 400)
)
def test_damage_never_raises(changes: list[tuple[int, int]], size: int) -> None:
    for made in (_der(LETTER), _ber(LETTER)):
        data = bytearray(made)
        for at, byte in changes:
            data[at] = byte
        signed_content(bytes(data[:size]))
        open_message(b"From: a@b\nContent-Type: application/pkcs7-mime\n\n" + bytes(data))

"""Values of header fields as they are sent: encoded, folded, and on one field whatever is in them.

RFC 5322 (3.2, 2.2.3), RFC 2047. Every value goes through `one_line`, so that no line end of a name
or a subject can begin another field.
"""

import base64
import re

from bot.mail.addresses import normal_email
from bot.mail.fields import one_line
from bot.mail.message import Address

#: RFC 5322, 2.1.1: what a line should and must not pass, without its end.
LINE = 78
#: RFC 2047, 2: a line with encoded-words has 76 characters at the most; 39 bytes make 52 of them.
_BYTES_A_WORD = 39
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,75}")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")
_SURROGATES = re.compile("[\ud800-\udfff]")


def field_line(name: str, value: str) -> bytes:
    """A field, folded at blanks, with CRLF.

    Args:
        name: of the field.
        value: encoded: ASCII on one line.

    Raises:
        ValueError: the name is none, or the value is not ASCII on one line.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"not the name of a field: {name!r}")
    if not value.isascii() or not value.isprintable():
        raise ValueError(f"not an encoded value of {name}")
    lines: list[str] = []
    line = f"{name}:"
    for word in value.split(" "):
        if len(line) + 1 + len(word) > LINE and line.strip() and line != f"{name}:":
            lines.append(line)
            line = ""
        line += f" {word}"
    return "\r\n".join([*lines, line]).encode("ascii") + b"\r\n"


def unstructured(text: str) -> str:
    """A subject, or any text: as it is where it is short-worded ASCII, else in encoded-words."""
    text = _SURROGATES.sub("\ufffd", one_line(text))
    plain = text.isascii() and "=?" not in text
    if plain and all(len(word) < LINE for word in text.split(" ")):
        return text
    return encoded_words(text)


def encoded_words(text: str) -> str:
    """UTF-8 in base64, each word whole in itself (RFC 2047, 5: no character is cut)."""
    pieces: list[bytes] = [b""]
    for char in text:
        data = char.encode("utf-8", "replace")
        if len(pieces[-1]) + len(data) > _BYTES_A_WORD:
            pieces.append(b"")
        pieces[-1] += data
    return " ".join(f"=?utf-8?b?{base64.b64encode(piece).decode('ascii')}?=" for piece in pieces)


def mailbox(address: Address) -> str:
    """A name and an address, as an address field has them.

    Raises:
        ValueError: the address cannot be written in ASCII (RFC 6531 is not used), or is none.
    """
    email = address.email
    if not email.isascii() or not _is_address(email):
        raise ValueError(f"not an address to write to: {email!r}")
    name = _SURROGATES.sub("\ufffd", one_line(address.name))
    if not name:
        return f"<{email}>"
    return f"{_phrase(name)} <{email}>"


def _is_address(email: str) -> bool:
    return 0 < len(email) <= 254 and normal_email(email).lower() == email.lower()


def _phrase(name: str) -> str:
    if name.isascii() and len(name) < 60 and "=?" not in name:
        if _ATOMS.fullmatch(name):
            return name
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return encoded_words(name)

"""Content-Transfer-Encoding undone (RFC 2045, 6), and files uuencoded into a text.

Every function gives bytes for any bytes, and says whether it had to guess.
"""

import binascii
import re
from dataclasses import dataclass

_NOT_BASE64 = bytes(
    set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
)
_SPACE = b" \t\r\n\x0b\x0c\x00"
#: How well-known file types begin once they are in base64.
_BASE64_BEGINNINGS = (
    b"JVBERi0",
    b"UEsDB",
    b"0M8R4KGx",
    b"SUkqA",
    b"TU0AK",
    b"iVBORw0",
    b"/9j/",
    b"e1xydG",
)
_BEGIN = re.compile(
    rb"(?:\A|(?<=[\r\n]))begin(?P<base64>-base64)? [0-7]{3,4} (?P<name>[^\r\n]{1,255})\r{0,2}\n"
)
_LINE = re.compile(rb"([^\n]*)(?:\n|\Z)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Uuencoded:
    """A file found inside a text.

    Attributes:
        name: as written after "begin"; raw bytes, since nothing says its charset.
        data: decoded.
        whole: False where the block has no end or a line of it was damaged.
    """

    name: bytes
    data: bytes
    whole: bool


def decode_base64(raw: bytes) -> tuple[bytes, bool]:
    """Base64 with stray characters, missing padding or several blocks; and whether it was sound."""
    packed = raw.translate(None, _SPACE)
    if not packed:
        return b"", True
    clean = packed.translate(None, _NOT_BASE64)
    stray = len(packed) - len(clean)
    if stray * 4 > len(packed) or raw.strip().count(b" ") * 20 > len(packed):
        # A quarter of it is no base64, or it has blanks as words have: declared wrongly.
        return raw, False
    head, _, tail = clean.partition(b"=")
    rest = tail.lstrip(b"=")
    sound = stray == 0 and len(clean) % 4 == 0 and not rest
    pieces = [head]
    # Blocks encoded one by one are joined; words that a scanner put under the block are not.
    if len(rest) >= 40 and stray == 0:
        pieces += [piece for piece in rest.split(b"=") if piece]
    return b"".join(_quads(piece) for piece in pieces), sound


def _quads(piece: bytes) -> bytes:
    if len(piece) % 4 == 1:
        piece = piece[:-1]
    return binascii.a2b_base64(piece + b"=" * (-len(piece) % 4))


def decode_transfer(raw: bytes, encoding: str) -> tuple[bytes, bool]:
    """Undoes a declared encoding; and whether the bytes were as declared.

    Args:
        raw: the body of the part.
        encoding: as declared, any case; empty where none was declared.
    """
    name = re.split(r"[(;]", encoding, maxsplit=1)[0].strip(" \t\"';").lower().replace("_", "-")
    if name in {"base64", "base-64", "b"}:
        return decode_base64(raw)
    if name in {"quoted-printable", "quotedprintable", "q"}:
        return binascii.a2b_qp(raw), True
    if name in {"x-uuencode", "uuencode", "x-uue", "uue"}:
        _, files, whole = cut_uuencoded(raw)
        return (files[0].data, whole) if files else (raw, False)
    if raw[:16].lstrip().startswith(_BASE64_BEGINNINGS):
        # Base64 whose header line went missing on the way.
        data, sound = decode_base64(raw)
        return (data, False) if sound else (raw, True)
    return raw, True


def cut_uuencoded(text: bytes) -> tuple[bytes, tuple[Uuencoded, ...], bool]:
    """A text without its "begin 644 name ... end" blocks, the files, and whether all were whole."""
    kept: list[bytes] = []
    files: list[Uuencoded] = []
    at = 0
    while begin := _BEGIN.search(text, at):
        data, end, whole = _uu_block(text, begin.end(), base64=begin["base64"] is not None)
        if not data:
            # Words that happen to look like the first line of a block.
            kept.append(text[at : begin.end()])
            at = begin.end()
            continue
        kept.append(text[at : begin.start()])
        files.append(Uuencoded(name=begin["name"].strip(), data=data, whole=whole))
        at = end
    kept.append(text[at:])
    return b"".join(kept), tuple(files), all(each.whole for each in files)


def _uu_block(text: bytes, start: int, *, base64: bool) -> tuple[bytes, int, bool]:
    decoded: list[bytes] = []
    at = start
    whole = True
    previous = b"begin"
    while at < len(text):
        match = _LINE.match(text, at)
        assert match is not None
        line = match[1].rstrip(b"\r")
        stop = line.strip()
        if stop == (b"====" if base64 else b"end"):
            return b"".join(decoded), match.end(), whole
        piece = _uu_base64(line) if base64 else _uu_line(line)
        if piece is None or (not stop and not previous):
            # The block breaks off here; what follows is text again.
            return b"".join(decoded), at, False
        decoded.append(piece)
        previous = stop
        at = match.end()
    return b"".join(decoded), at, False


def _uu_base64(line: bytes) -> bytes | None:
    data, sound = decode_base64(line)
    return data if sound and line.strip() else None


def _uu_line(line: bytes) -> bytes | None:
    """One line: its first character says how many bytes it holds; None where it is no such line."""
    if not line.strip():
        return b""
    size = (line[0] - 32) & 63
    needed = (size + 2) // 3 * 4
    if (
        not 32 <= line[0] <= 96
        or size > 45
        or len(line) - 1 < needed - 3
        or len(line) - 1 > needed + 2
    ):
        return None
    try:
        return binascii.a2b_uu(line[: needed + 1])
    except binascii.Error:
        return None

"""Compressed RTF, in which Outlook keeps a body (MS-OXRTFCP)."""

import struct

_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_COMPRESSED, _STORED = b"LZFu", b"MELA"
_SIZE = 4096


def decompressed(data: bytes, *, most: int) -> bytes | None:
    """The RTF; None for bytes that are none, or more than `most` bytes of it."""
    if len(data) < 16:
        return None
    _, raw_size, kind = struct.unpack_from("<II4s", data)
    if raw_size > most:
        return None
    if kind == _STORED:
        return data[16 : 16 + raw_size]
    if kind != _COMPRESSED:
        return None
    window = bytearray(_DICTIONARY.ljust(_SIZE, b"\0"))
    write = len(_DICTIONARY)
    out = bytearray()
    at = 16
    while at < len(data) and len(out) < raw_size:
        control = data[at]
        at += 1
        for bit in range(8):
            if at >= len(data):
                break
            if not control >> bit & 1:
                piece = data[at : at + 1]
                at += 1
            else:
                if at + 1 >= len(data):
                    return bytes(out)
                offset, length = data[at] << 4 | data[at + 1] >> 4, (data[at + 1] & 0xF) + 2
                at += 2
                if offset == write:
                    return bytes(out)  # the end (3.1.1.2)
                piece = b""
                for step in range(length):
                    # What is being written may be read again in the same run.
                    byte = window[(offset + step) % _SIZE]
                    window[(write + step) % _SIZE] = byte
                    piece += bytes((byte,))
            for byte in piece:
                window[write] = byte
                write = (write + 1) % _SIZE
            out += piece
    return bytes(out[:raw_size])

"""Zip archives as senders attach them: told apart from Office packages, opened within limits.

PKWARE APPNOTE 6.3.10. Only the listing and the reading of members; what they hold is judged by the
caller, as any other part of the message.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from bot.mail.charsets import decode_text
from bot.mail.fields import one_line

#: What zipfile raises for damaged, hostile or exotic archives.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,  # NotImplementedError (an unknown compression) is one
    ValueError,
    OverflowError,
    LookupError,
)
_CHUNK = 1024 * 1024
#: Other methods are not used in mail, and zipfile unpacks them without any bound on memory.
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
#: Of one archive; a listing of millions takes minutes and gigabytes to read.
MOST_MEMBERS = 10_000
_LISTED = b"PK\x01\x02"
_ENCRYPTED = 0x1
_UTF8 = 0x800
_UNICODE_PATH = 0x7075


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file of an archive.

    Attributes:
        name: with its folders, "/" between them.
        data: unpacked; None where it could not be.
        flaw: why not: "encrypted-archive", "archive-too-large", "broken-archive"; None otherwise.
    """

    name: str
    data: bytes | None
    flaw: str | None = None


@dataclass(slots=True)
class Allowance:
    """How many bytes the archives of one message may still unpack to, those within them included."""

    left: int

    def spend(self, size: int) -> None:
        """Takes what is unpacked off, kept or not: unpacking takes the time."""
        self.left -= size


def looks_like_zip(data: bytes) -> bool:
    """Whether the bytes begin as a zip archive does (APPNOTE 4.3.7; an empty one: 4.3.16)."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def members(data: bytes, *, allowance: Allowance, most_bytes_each: int) -> Iterator[Member] | None:
    """The files of an archive, in order; None for an Office package, which is a document.

    A damaged archive gives one nameless member that says so.

    Args:
        data: the archive.
        allowance: of all members together, spent as they are unpacked.
        most_bytes_each: of one member.
    """
    if data.count(_LISTED) > MOST_MEMBERS:
        return iter([Member(name="", data=None, flaw="archive-too-large")])
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        listing = archive.infolist()
    except _DAMAGE:
        return iter([Member(name="", data=None, flaw="broken-archive")])
    if is_document({info.filename for info in listing}):
        return None
    return _unpack(archive, listing, allowance, most_bytes_each)


def is_document(names: set[str]) -> bool:
    """Whether the names are those of an Office package (OPC), an ODF document or an iWork one."""
    return (
        "[Content_Types].xml" in names
        or "mimetype" in names
        or "Index/Document.iwa" in names
        or "word/document.xml" in names
    )


def _unpack(
    archive: zipfile.ZipFile, listing: list[zipfile.ZipInfo], allowance: Allowance, each: int
) -> Iterator[Member]:
    for info in listing:
        name = _name(info)
        base = name.rpartition("/")[2]
        if (
            info.filename.endswith("/")
            or name.startswith("__MACOSX/")
            or base in {".DS_Store", "Thumbs.db"}
        ):
            continue
        if info.flag_bits & _ENCRYPTED:
            yield Member(name=name, data=None, flaw="encrypted-archive")
            continue
        if info.compress_type not in _METHODS:
            yield Member(name=name, data=None, flaw="broken-archive")
            continue
        try:
            content = _read(archive, info, allowance, each)
        except _DAMAGE:
            yield Member(name=name, data=None, flaw="broken-archive")
            continue
        if content is None:
            yield Member(name=name, data=None, flaw="archive-too-large")
            continue
        yield Member(name=name, data=content)


def _read(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, allowance: Allowance, each: int
) -> bytes | None:
    """A member's bytes; None where they are more than allowed, whatever its header claims."""
    if info.file_size > min(allowance.left, each):
        return None
    # Spent whether it can be read or not; zipfile gives no more than the size that is claimed.
    allowance.spend(info.file_size)
    pieces: list[bytes] = []
    with archive.open(info) as stream:
        # In pieces, since reading all at once unpacks beyond that size before it is cut.
        while piece := stream.read(_CHUNK):
            pieces.append(piece)
    return b"".join(pieces)


def _name(info: zipfile.ZipInfo) -> str:
    """The name as it was meant: archives of other systems do not say their charset."""
    if info.flag_bits & _UTF8:
        return _tidy(info.filename)
    if meant := _unicode_path(info.extra):
        return _tidy(meant)
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return _tidy(info.filename)
    if raw.isascii():
        return _tidy(info.filename)
    try:
        return _tidy(raw.decode("utf-8"))
    except UnicodeDecodeError:
        high = [byte for byte in raw if byte >= 0x80]
        letters = sum(65 <= byte <= 122 for byte in raw)
        # Whole words of high bytes are Cyrillic or Chinese; single ones are accented Latin.
        if len(high) <= letters:
            return _tidy(info.filename)
        cyrillic = all(byte <= 0xAF or 0xE0 <= byte <= 0xF1 for byte in high)
        return _tidy(decode_text(raw, "cp866" if cyrillic else "gb18030"))


def _unicode_path(extra: bytes) -> str | None:
    """The Info-ZIP Unicode Path extra field (APPNOTE 4.6.9)."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind == _UNICODE_PATH and size > 5:
            return decode_text(extra[at + 9 : at + 4 + size], "utf-8")
        at += 4 + size
    return None


def _tidy(name: str) -> str:
    return one_line(name.replace("\\", "/"))[-300:]

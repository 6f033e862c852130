"""The zip archive of a Word package (ECMA-376 Part 2, Annex B), read within limits.

zipfile reads it and not python-docx, whose reader expands a part whole before anyone can ask how
large it is, stops at parts that a form does without, and takes longer to import than a form to read.
"""

import io
import zipfile
import zlib

from parsers.document import NotReadableError
from parsers.reading import Doubt

#: Bytes that are expanded at most, over all parts together: a form has well under one million.
MOST_EXPANDED = 100_000_000
#: Entries at most: a document with a hundred pictures has a few hundred.
MOST_ENTRIES = 20_000
_CHUNK = 1 << 20
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class Archive:
    """The parts of a package by name; names are the same whatever their case (Part 2, 6.2.2.3)."""

    def __init__(self, data: bytes) -> None:
        """Reads the archive's directory.

        Raises:
            NotReadableError: UNREADABLE, where there is none or it names a part twice; TOO_LARGE.
        """
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _ZIP_ERRORS as error:
            raise NotReadableError(Doubt.UNREADABLE, "the file is damaged or cut short") from error
        self._left = MOST_EXPANDED
        self._entries: dict[str, zipfile.ZipInfo] = {}
        entries = self._archive.infolist()
        if len(entries) > MOST_ENTRIES:
            raise NotReadableError(Doubt.TOO_LARGE, f"the file holds {len(entries)} parts")
        for entry in entries:
            name = _key(entry.filename.replace("\\", "/"))
            if name in self._entries and name.endswith((".xml", ".rels")):
                raise NotReadableError(
                    Doubt.UNREADABLE,
                    f"the file holds {name[:80]!r} twice; programs differ on which counts",
                )
            self._entries[name] = entry

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._entries

    def names(self) -> tuple[str, ...]:
        """The names of all parts, in lower case and without the leading slash."""
        return tuple(self._entries)

    def read(self, name: str) -> bytes:
        """A part's bytes.

        Raises:
            NotReadableError: UNREADABLE, where it is missing or damaged; ENCRYPTED; TOO_LARGE, once
                all that was read comes to more than `MOST_EXPANDED`.
        """
        entry = self._entries.get(_key(name))
        if entry is None:
            raise NotReadableError(Doubt.UNREADABLE, f"the document lacks its part {name[:80]!r}")
        if entry.flag_bits & 0x1:
            raise NotReadableError(Doubt.ENCRYPTED, "the document's archive is encrypted")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotReadableError(
                Doubt.UNREADABLE, "the document is packed in a way that Word cannot read"
            )
        if entry.file_size > self._left:
            raise _too_large()
        pieces: list[bytes] = []
        try:
            with self._archive.open(entry) as part:
                # What the directory says of a part's size may be a lie: it is expanded in pieces.
                while piece := part.read(_CHUNK):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise _too_large()
                    pieces.append(piece)
        except _ZIP_ERRORS as error:
            raise NotReadableError(Doubt.UNREADABLE, "the file is damaged or cut short") from error
        return b"".join(pieces)


def _key(name: str) -> str:
    return name.lstrip("/").casefold()


def _too_large() -> NotReadableError:
    return NotReadableError(
        Doubt.TOO_LARGE, f"the document expands to more than {MOST_EXPANDED // 1_000_000} MB"
    )

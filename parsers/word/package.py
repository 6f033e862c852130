"""A Word package: the main document, and the parts that it relates to (ECMA-376 Part 2, 6.5)."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from parsers.document import NotReadableError
from parsers.reading import Doubt
from parsers.word.archive import Archive
from parsers.word.names import W
from parsers.word.part import parse_part

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN_TYPE = "main+xml"
#: What ends the reading wherever it comes up; any other fault of a part beside the main one is
#: noted, and the rest is read.
_FINAL = (Doubt.TOO_LARGE, Doubt.ENCRYPTED)


@dataclass(slots=True, kw_only=True)
class Package:
    """An opened package.

    Attributes:
        document: the root of the main part (w:document).
        damaged: whether a part beside the main one could not be read so far.
    """

    document: etree._Element
    damaged: bool = False
    _archive: Archive
    _relations: list[tuple[str, str]]

    def related(self, kind: str) -> Iterator[etree._Element]:
        """Roots of the parts that the document relates to by a type's last word ("header").

        Raises:
            NotReadableError: TOO_LARGE, ENCRYPTED.
        """
        for blob in self._blobs(kind):
            try:
                yield parse_part(blob)
            except NotReadableError:
                self.damaged = True

    def related_bytes(self, kind: str) -> bytes | None:
        """The unparsed bytes of the first such part; None where there is none that can be read.

        Raises:
            NotReadableError: TOO_LARGE, ENCRYPTED.
        """
        return next(self._blobs(kind), None)

    def _blobs(self, kind: str) -> Iterator[bytes]:
        for type_, name in self._relations:
            if type_ != kind:
                continue
            try:
                blob = self._archive.read(name)
            except NotReadableError as error:
                if error.doubt in _FINAL:
                    raise
                self.damaged = True
            else:
                yield blob


def open_package(data: bytes) -> Package:
    """Opens a .docx, .docm or .dotx, strict or transitional.

    Raises:
        NotReadableError: for any bytes that are no readable Word document (ENCRYPTED, TOO_LARGE,
            EMPTY_FILE, UNREADABLE).
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise NotReadableError(Doubt.EMPTY_FILE, "the file is empty")
    if data.startswith(_OLE):
        # An encrypted package is a compound file with this stream (MS-OFFCRYPTO 2.3.4.4).
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise NotReadableError(
                Doubt.ENCRYPTED, "the document is protected by a password; ask for it unprotected"
            )
        raise NotReadableError(Doubt.UNREADABLE, "the file is no .docx, whatever its name says")
    archive = Archive(data)
    main = _main_part(archive)
    document = parse_part(archive.read(main))
    if document.tag != W + "document":
        raise NotReadableError(Doubt.UNREADABLE, "the file's main part is no Word document")
    try:
        relations, damaged = _relations(archive, main), False
    except NotReadableError as error:
        if error.doubt in _FINAL:
            raise
        relations, damaged = [], True
    return Package(document=document, damaged=damaged, _archive=archive, _relations=relations)


def _relations(archive: Archive, source: str) -> list[tuple[str, str]]:
    """A part's relations to other parts: the last word of their type, and the part's name.

    Args:
        archive: the package.
        source: the part's name; empty for the relations of the package itself.
    """
    folder, name = posixpath.split(source)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in archive:
        return []
    found: list[tuple[str, str]] = []
    for relation in parse_part(archive.read(relations)):
        if relation.get("TargetMode") == "External":
            continue
        target = (relation.get("Target") or "").replace("\\", "/")
        kind = (relation.get("Type") or "").rpartition("/")[2]
        if target and kind:
            path = posixpath.normpath(posixpath.join("/", folder, target))
            found.append((kind, path.lstrip("/")))
    return found


def _main_part(archive: Archive) -> str:
    """The main document: by relation, by content type, or by the name that Word gives it."""
    try:
        for kind, name in _relations(archive, ""):
            if kind == "officeDocument" and name in archive:
                return name
    except NotReadableError as error:
        if error.doubt in _FINAL:
            raise
    usual = "word/document.xml"
    if usual in archive:
        return usual
    types = "[Content_Types].xml"
    if types in archive:
        for override in parse_part(archive.read(types)):
            name = override.get("PartName") or ""
            if (override.get("ContentType") or "").endswith(_MAIN_TYPE) and name in archive:
                return name
    raise NotReadableError(Doubt.UNREADABLE, "the file holds no Word document")

"""A Word package opened with care: the zip archive, its relations and its XML parts.

python-docx opens the archive and knows its part names; `docx.Document` itself is not asked, for it
reads every part (a form's 350 KB of styles, pictures) and refuses packages whose text is sound.
Parts are parsed here, where no entity is resolved, nothing is fetched and depth is bounded.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from docx.opc.packuri import PACKAGE_URI, PackURI
from docx.opc.phys_pkg import PhysPkgReader
from lxml import etree

from parsers.document import NotReadableError
from parsers.reading import Doubt
from parsers.word.names import MAIN, STRICT_NAMESPACES, W

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Bytes of XML that are expanded at most, over all parts together.
_MOST_EXPANDED = 100_000_000
#: Deflate cannot expand further than this (RFC 1951: 258 bytes from two bits).
_DEFLATE_RATIO = 1032
_CHUNK = 1 << 16
_MAIN_TYPE = b"wordprocessingml.document.main+xml"
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
_PARSER = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
)


@dataclass(slots=True, kw_only=True)
class Package:
    """An opened package.

    Attributes:
        document: the root of the main part (w:document).
        damaged: whether a part beside the main one could not be read so far.
    """

    document: etree._Element
    damaged: bool = False
    _archive: "_Archive"
    _relations: list[tuple[str, PackURI]]

    def related(self, kind: str) -> Iterator[etree._Element]:
        """Roots of the parts that the document relates to by a type's last word ("header")."""
        for type_, name in self._relations:
            if type_ != kind:
                continue
            try:
                yield parse_part(self._archive.read(name))
            except NotReadableError as error:
                if error.doubt is Doubt.TOO_LARGE:
                    raise
                self.damaged = True

    def related_bytes(self, kind: str) -> bytes | None:
        """The unparsed bytes of the first such part; None where there is none that can be read."""
        for type_, name in self._relations:
            if type_ == kind:
                try:
                    return self._archive.read(name)
                except NotReadableError as error:
                    if error.doubt is Doubt.TOO_LARGE:
                        raise
                    self.damaged = True
        return None


def open_package(data: bytes) -> Package:
    """Opens a .docx, .docm or .dotx, strict or transitional.

    Raises:
        NotReadableError: for any bytes that are no readable Word document (ENCRYPTED, TOO_LARGE,
            EMPTY_FILE, UNREADABLE).
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise NotReadableError(Doubt.EMPTY_FILE, "the file is empty")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise NotReadableError(
                Doubt.ENCRYPTED, "the document is protected by a password; ask for it unprotected"
            )
        raise NotReadableError(Doubt.UNREADABLE, "the file is no .docx, whatever its name says")
    archive = _Archive(data)
    main = archive.main_part()
    document = parse_part(archive.read(main))
    if document.tag != W + "document":
        raise NotReadableError(Doubt.UNREADABLE, "the file's main part is no Word document")
    try:
        relations, damaged = archive.relations(main), False
    except NotReadableError as error:
        if error.doubt is Doubt.TOO_LARGE:
            raise
        relations, damaged = [], True
    return Package(document=document, damaged=damaged, _archive=archive, _relations=relations)


class _Archive:
    """The zip archive, read within limits."""

    def __init__(self, data: bytes) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                entries = archive.infolist()
            self._parts = PhysPkgReader(io.BytesIO(data))
        except _ZIP_ERRORS as error:
            raise NotReadableError(Doubt.UNREADABLE, "the file is damaged or cut short") from error
        self._data = data
        self._left = _MOST_EXPANDED
        # Part names are the same whatever their case (ECMA-376 Part 2, 6.2.2.3).
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            name = entry.filename.replace("\\", "/").lstrip("/").casefold()
            if name in self._entries and name.endswith((".xml", ".rels")):
                raise NotReadableError(
                    Doubt.UNREADABLE,
                    f"the file holds {name[:80]} twice; programs differ on which counts",
                )
            self._entries[name] = entry

    def __contains__(self, name: PackURI) -> bool:
        return str(name).lstrip("/").casefold() in self._entries

    def read(self, name: PackURI) -> bytes:
        entry = self._entries.get(str(name).lstrip("/").casefold())
        if entry is None:
            raise NotReadableError(
                Doubt.UNREADABLE, f"the document lacks its part {str(name)[:80]}"
            )
        if entry.flag_bits & 0x1:
            raise NotReadableError(Doubt.ENCRYPTED, "the document's archive is encrypted")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotReadableError(
                Doubt.UNREADABLE, "the document is packed in a way that Word cannot read"
            )
        try:
            if max(entry.file_size, entry.compress_size * _DEFLATE_RATIO) > self._left:
                self._measure(entry)
            blob: bytes = self._parts.blob_for(PackURI("/" + entry.filename.lstrip("/")))
        except _ZIP_ERRORS as error:
            raise NotReadableError(Doubt.UNREADABLE, "the file is damaged or cut short") from error
        self._left -= len(blob)
        return blob

    def _measure(self, entry: zipfile.ZipInfo) -> None:
        """Expands a part piece by piece: what its directory says of its size may be a lie."""
        if entry.file_size > self._left:
            raise NotReadableError(Doubt.TOO_LARGE, "the document expands to more than 100 MB")
        packed = io.BytesIO(self._data)
        with zipfile.ZipFile(packed) as archive, archive.open(entry) as part:
            size = 0
            while piece := part.read(_CHUNK):
                size += len(piece)
                if size > self._left:
                    raise NotReadableError(
                        Doubt.TOO_LARGE, "the document expands to more than 100 MB"
                    )

    def relations(self, source: PackURI) -> list[tuple[str, PackURI]]:
        """A part's relations to other parts: the last word of their type, and the part's name."""
        name = source.rels_uri
        if name not in self:
            return []
        found: list[tuple[str, PackURI]] = []
        for relation in parse_part(self.read(name)):
            if relation.get("TargetMode") == "External":
                continue
            target = (relation.get("Target") or "").replace("\\", "/")
            kind = (relation.get("Type") or "").rpartition("/")[2]
            if target and kind:
                found.append((kind, PackURI.from_rel_ref(source.baseURI, target)))
        return found

    def main_part(self) -> PackURI:
        """The main document: by relation, by content type, or by the name that Word gives it."""
        try:
            for kind, name in self.relations(PACKAGE_URI):
                if kind == "officeDocument" and name in self:
                    return name
        except NotReadableError as error:
            if error.doubt in (Doubt.TOO_LARGE, Doubt.ENCRYPTED):
                raise
        usual = PackURI("/word/document.xml")
        if usual in self:
            return usual
        types = PackURI("/[Content_Types].xml")
        if types in self:
            for override in parse_part(self.read(types)):
                if _MAIN_TYPE in (override.get("ContentType") or "").encode():
                    name = override.get("PartName") or ""
                    if name.startswith("/") and PackURI(name) in self:
                        return PackURI(name)
        raise NotReadableError(Doubt.UNREADABLE, "the file holds no Word document")


def parse_part(blob: bytes) -> etree._Element:
    """Parses one XML part; strict names come back as transitional ones.

    Raises:
        NotReadableError: UNREADABLE, for XML that is damaged or declares entities.
    """
    # A package's XML must hold no document type declaration (ECMA-376 Part 2, 6.2.5): without one
    # there is no entity to expand. The zero bytes are those of UTF-16.
    if b"<!DOCTYPE" in blob.replace(b"\x00", b""):
        raise NotReadableError(
            Doubt.UNREADABLE, "the document declares entities, which Word never does"
        )
    try:
        root = etree.fromstring(blob, _PARSER)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise NotReadableError(Doubt.UNREADABLE, "the document's XML is damaged") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotReadableError(
            Doubt.UNREADABLE, "the document declares entities, which Word never does"
        )
    if etree.QName(root).namespace in STRICT_NAMESPACES:
        _to_transitional(root)
    return root


def _to_transitional(root: etree._Element) -> None:
    """Renames strict names: the vocabularies are the same but for their namespaces."""
    renamed = {f"{{{old}}}": f"{{{new}}}" for old, new in STRICT_NAMESPACES.items()}
    assert f"{{{MAIN}}}" in renamed.values()
    for element in root.iter(etree.Element):
        for old, new in renamed.items():
            if str(element.tag).startswith(old):
                element.tag = new + str(element.tag)[len(old) :]
            for key in [str(key) for key in element.attrib]:
                if key.startswith(old):
                    element.set(new + key[len(old) :], element.attrib.pop(key) or "")

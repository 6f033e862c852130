"""What a file is, by its content: never by its name or by the type that somebody declared."""

import io
import zipfile
import zlib

from parsers.reading import Format

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

#: (offset, magic bytes, format), tried in order.
_MAGIC: tuple[tuple[int, bytes, Format], ...] = (
    (0, b"{\\rtf", Format.RTF),
    (0, b"II*\x00", Format.TIFF),
    (0, b"MM\x00*", Format.TIFF),
    (0, b"II+\x00", Format.TIFF),
    (0, b"MM\x00+", Format.TIFF),
    (0, b"\x89PNG\r\n\x1a\n", Format.PNG),
    (0, b"\xff\xd8\xff", Format.JPEG),
    (0, b"GIF8", Format.GIF),
    (4, b"ftypheic", Format.HEIC),
    (4, b"ftypheix", Format.HEIC),
    (4, b"ftypmif1", Format.HEIC),
    (4, b"ftypmsf1", Format.HEIC),
    (0, b"\x78\x9f\x3e\x22", Format.TNEF),
    (0, b"7z\xbc\xaf\x27\x1c", Format.SEVEN_ZIP),
    (0, b"Rar!\x1a\x07", Format.RAR),
)

#: Stream names of an OLE compound file, as they stand in its directory (UTF-16).
_OLE_STREAMS: tuple[tuple[str, Format], ...] = (
    ("WordDocument", Format.DOC),
    ("__properties_version1.0", Format.MSG),
    ("Workbook", Format.SPREADSHEET),
    ("PowerPoint Document", Format.PRESENTATION),
    # An encrypted OOXML package is an OLE file with this stream (MS-OFFCRYPTO, 2.3).
    ("EncryptedPackage", Format.DOCX),
)


def identify(data: bytes) -> Format:
    """The format of a file; cheap, and never raises.

    A PDF's header may stand anywhere in its first 1024 bytes (ISO 32000-1, Annex H.3.4.1); an
    encrypted Word package is told as DOCX, and its reader says that it is encrypted.
    """
    if not data.strip(b"\x00 \t\r\n"):
        return Format.EMPTY
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    for offset, magic, kind in _MAGIC:
        if data.startswith(magic, offset):
            return kind
    if data.startswith(b"PK"):
        return _package(data)
    if data.startswith(_OLE):
        return _compound(data)
    return _text(data)


def _package(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            mimetype = b""
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                mimetype = archive.read("mimetype")
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
        EOFError,
        zlib.error,
    ):
        # Cut short or damaged: the local headers at its beginning still tell what it was.
        head = data[:4096]
        return Format.DOCX if b"word/" in head or b"[Content_Types]" in head else Format.ZIP
    if "[Content_Types].xml" in names:
        if any(name.startswith("xl/") for name in names):
            return Format.SPREADSHEET
        if any(name.startswith("ppt/") for name in names):
            return Format.PRESENTATION
        return Format.DOCX
    if mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
        return Format.ODT
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        return Format.SPREADSHEET
    return Format.ZIP


def _compound(data: bytes) -> Format:
    for name, kind in _OLE_STREAMS:
        if name.encode("utf-16-le") in data:
            return kind
    return Format.UNKNOWN


def _text(data: bytes) -> Format:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")) or (
        head.startswith(b"<?xml") and b"<html" in head
    ):
        return Format.HTML
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Format.UNKNOWN
    first = head.split(b"\n", 1)[0]
    names = (
        b"received:",
        b"from:",
        b"return-path:",
        b"date:",
        b"message-id:",
        b"subject:",
        b"delivered-to:",
        b"mime-version:",
        b"to:",
        b"x-",
        b"dkim-signature:",
        b"authentication-results:",
        b"content-type:",
        b"reply-to:",
        b"sender:",
    )
    if first.startswith(names) and b":" in first:
        return Format.EML
    return Format.TEXT

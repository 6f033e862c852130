"""From an OpenDocument text's bytes to passages."""

from lxml import etree

from parsers.document import Document, NotReadableError
from parsers.office.odt.document import to_wordprocessing
from parsers.office.second_reading import read_twice
from parsers.reading import Doubt, Format
from parsers.word.archive import Archive
from parsers.word.part import parse_part
from parsers.word.reader import read_passages as read_word

_ENCRYPTED = b"encryption-data"


def read_passages(data: bytes) -> Document:
    """Reads an .odt or .ott, twice where LibreOffice is at hand.

    Raises:
        NotReadableError: for any bytes that are no readable OpenDocument text.
    """
    return read_twice(read_natively(data), data, Format.ODT)


def read_natively(data: bytes) -> Document:
    """Reads an .odt or .ott from its own text.

    Raises:
        NotReadableError: for any bytes that are no readable OpenDocument text.
    """
    archive = Archive(data)
    if "META-INF/manifest.xml" in archive and _ENCRYPTED in archive.read("META-INF/manifest.xml"):
        raise NotReadableError(
            Doubt.ENCRYPTED, "the document is protected by a password; ask for it unprotected"
        )
    content = parse_part(archive.read("content.xml"))
    common: etree._Element | None = None
    if "styles.xml" in archive:
        common = parse_part(archive.read("styles.xml"))
    try:
        package = to_wordprocessing(content, common)
    except RecursionError as error:
        raise NotReadableError(Doubt.UNREADABLE, "the document is nested too deeply") from error
    return read_word(package)

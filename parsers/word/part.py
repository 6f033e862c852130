"""One XML part of a Word package, parsed with care.

No entity is resolved, nothing is fetched, and depth is bounded (256 elements, libxml2's own limit).
"""

from lxml import etree

from parsers.document import NotReadableError
from parsers.reading import Doubt
from parsers.word.names import STRICT_NAMESPACES

_PARSER = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
)
_RENAMED = tuple((f"{{{old}}}", f"{{{new}}}") for old, new in STRICT_NAMESPACES.items())


def parse_part(blob: bytes) -> etree._Element:
    """Parses one XML part; strict names come back as transitional ones.

    Raises:
        NotReadableError: UNREADABLE, for XML that is damaged or declares entities.
    """
    # A package's XML must hold no document type declaration (ECMA-376 Part 2, 6.2.5): without one
    # there is no entity to expand. The zero bytes are those of UTF-16.
    if b"<!DOCTYPE" in blob.replace(b"\x00", b""):
        raise _declares_entities()
    try:
        root = etree.fromstring(blob, _PARSER)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise NotReadableError(Doubt.UNREADABLE, "the document's XML is damaged") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _declares_entities()
    # Taken apart by hand: lxml's own way refuses a name whose prefix nothing declares.
    if str(root.tag).partition("}")[0].removeprefix("{") in STRICT_NAMESPACES:
        _to_transitional(root)
    return root


def _declares_entities() -> NotReadableError:
    return NotReadableError(
        Doubt.UNREADABLE, "the document declares entities, which Word never does"
    )


def _to_transitional(root: etree._Element) -> None:
    """Renames strict names: the vocabularies are the same but for their namespaces."""
    for element in root.iter(etree.Element):
        for old, new in _RENAMED:
            if str(element.tag).startswith(old):
                element.tag = new + str(element.tag)[len(old) :]
            for key in [str(key) for key in element.attrib]:
                if key.startswith(old):
                    element.set(new + key[len(old) :], element.attrib.pop(key) or "")

"""Names of OpenDocument as lxml spells them, and lengths."""

import re

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
OFFICE = f"{{{_OASIS}:office:1.0}}"
STYLE = f"{{{_OASIS}:style:1.0}}"
TEXT = f"{{{_OASIS}:text:1.0}}"
TABLE = f"{{{_OASIS}:table:1.0}}"
DRAW = f"{{{_OASIS}:drawing:1.0}}"
FORM = f"{{{_OASIS}:form:1.0}}"
FO = f"{{{_OASIS}:xsl-fo-compatible:1.0}}"
SVG = f"{{{_OASIS}:svg-compatible:1.0}}"
#: Fields that OpenDocument took over from Word; no part of the standard.
FIELD = "{urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0}"
#: LibreOffice's own additions.
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

_LENGTH = re.compile(r"(-?\d{1,6}(?:\.\d{1,6})?)(in|cm|mm|pt|pc|px)")
_POINTS = {"in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pt": 1.0, "pc": 12.0, "px": 0.75}


def points(length: str | None) -> float:
    """A length (ODF 18.3.18) in points; 0 for none and for any other unit."""
    match = _LENGTH.fullmatch((length or "").strip())
    return float(match[1]) * _POINTS[match[2]] if match else 0.0


def number(value: str | None, usual: int = 1) -> int:
    """A count from 1 up to what a form's table can have."""
    said = value or ""
    return (
        max(1, min(int(said), 1000))
        if said.isascii() and said.isdigit() and len(said) < 8
        else usual
    )

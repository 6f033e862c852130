"""The interactive form's fields (AcroForm): what each says, apart from how it looks.

A check box says its state twice, in the field's value (/V, often kept by a parent of the widget)
and in the widget's appearance state (/AS, ISO 32000-1, 12.7.4.2.3); the names of the states are
anybody's choice but for /Off. PDFium tells only the second, so the file's objects are asked.
"""

import io
import logging
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psexceptions import PSException
from pdfminer.psparser import PSLiteral
from pdfminer.utils import decode_text

from parsers.pdf.document import MOST_PAGES
from parsers.reading import Mark

#: What a file that breaks the rules makes this library raise, beside its own errors.
_BROKEN = (
    PDFException,
    PSException,
    AssertionError,
    AttributeError,
    IndexError,
    KeyError,
    OverflowError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)
# Its complaints about broken files go to people through `Doubt`, not through the log.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

_MOST_PARENTS = 16
#: Bits of /Ff (ISO 32000-1, table 226).
_RADIO, _PUSH_BUTTON = 1 << 15, 1 << 16


class FieldKind(Enum):
    """What a field is for."""

    CHECK_BOX = "check box"
    RADIO = "radio button"
    TEXT = "text"
    CHOICE = "choice"
    #: A button or a signature: nothing to read.
    OTHER = "other"
    #: Its field cannot be found or has no type.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One widget.

    Attributes:
        kind: of its field.
        mark: of a check box or radio button: DOUBTFUL where it contradicts itself.
        how: the evidence in words, as "/V Yes, /AS Yes".
        text: of a text or choice field, as it was filled in.
    """

    kind: FieldKind
    mark: Mark = Mark.EMPTY
    how: str = ""
    text: str = ""


def read_fields(data: bytes) -> Mapping[tuple[int, int], Field] | None:
    """Page number from 1 and place among the page's annotations from 0 -> the widget there.

    None where the file's objects cannot be read.
    """
    try:
        return dict(_fields(data))
    except _BROKEN:
        return None


def _fields(data: bytes) -> Iterator[tuple[tuple[int, int], Field]]:
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    for number, page in enumerate(islice(PDFPage.create_pages(document), MOST_PAGES), start=1):
        annotations = resolve1(page.annots) or ()
        for index, each in enumerate(annotations):
            widget = resolve1(each)
            if isinstance(widget, dict) and _name(widget.get("Subtype")) == "Widget":
                yield (number, index), _field(widget)


def _field(widget: Mapping[str, object]) -> Field:
    kind = _name(_inherited(widget, "FT"))
    flags = _inherited(widget, "Ff")
    flags = flags if isinstance(flags, int) else 0
    if kind == "Btn" and not flags & _PUSH_BUTTON:
        return _button(widget, FieldKind.RADIO if flags & _RADIO else FieldKind.CHECK_BOX)
    if kind in ("Tx", "Ch"):
        return Field(
            kind=FieldKind.TEXT if kind == "Tx" else FieldKind.CHOICE,
            text=_text(_inherited(widget, "V")),
        )
    return Field(kind=FieldKind.OTHER if kind in ("Btn", "Sig") else FieldKind.UNKNOWN)


def _button(widget: Mapping[str, object], kind: FieldKind) -> Field:
    value, state = _name(_inherited(widget, "V")), _name(widget.get("AS"))
    names = _states(widget)
    by_state = state not in ("", "Off")
    # The value of a field with several widgets names the state of the one that is ticked.
    alone = "T" in widget
    by_value = value not in ("", "Off") and (not names or value in names or alone)
    unknown = value not in ("", "Off") and bool(names) and value not in names and alone
    how = f"/V {value or 'missing'}, /AS {state or 'missing'}"
    if by_state != by_value or (unknown and by_value):
        return Field(kind=kind, mark=Mark.DOUBTFUL, how=how)
    return Field(kind=kind, mark=Mark.MARKED if by_state else Mark.EMPTY, how=how)


def _states(widget: Mapping[str, object]) -> frozenset[str]:
    """The names of the widget's states but for /Off: the keys of its appearances."""
    appearance = resolve1(widget.get("AP"))
    if not isinstance(appearance, dict):
        return frozenset()
    names: set[str] = set()
    for mode in ("N", "D"):
        states = resolve1(appearance.get(mode))
        if isinstance(states, dict):
            names.update(states)
    return frozenset(names - {"Off"})


def _inherited(widget: Mapping[str, object], key: str) -> object:
    """An entry of the widget or of the nearest of its parents that has it."""
    current: object = widget
    for _ in range(_MOST_PARENTS):
        if not isinstance(current, dict):
            return None
        if key in current:
            return resolve1(current[key])
        current = resolve1(current.get("Parent"))
    return None


def _name(value: object) -> str:
    value = resolve1(value)
    if isinstance(value, PSLiteral):
        return value.name if isinstance(value.name, str) else value.name.decode("utf-8", "replace")
    return _text(value)


def _text(value: object) -> str:
    if isinstance(value, PDFStream):
        value = value.get_data()
    if isinstance(value, list):
        return " ".join(_text(resolve1(each)) for each in value)
    if isinstance(value, PSLiteral):
        return _name(value)
    return decode_text(value) if isinstance(value, bytes) else ""

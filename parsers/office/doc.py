"""Word 97-2003 documents (MS-DOC): converted, and their form fields read a second time natively."""

import re
import struct
from dataclasses import dataclass

from parsers.document import Document, NotReadableError
from parsers.office.agreement import held_against
from parsers.office.compound import streams
from parsers.office.conversion import to_docx
from parsers.reading import Box, Doubt, Format, Mark
from parsers.word.reader import read_passages as read_word

#: FibBase (MS-DOC 2.5.2): wIdent, nFib, and the flags.
_IDENT = 0xA5EC
_ENCRYPTED = 0x0100
#: nFib of Word 6 and 95; later ones are Word 97's and up.
_WORD_6 = range(101, 106)
#: NilPICFAndBinData (2.9.157): its cbHeader, 62 bytes that say nothing, and the version with which
#: FFData begins (2.9.78).
_FIELD_DATA = re.compile(rb"(?=\x44\x00.{62}\xff\xff\xff\xff)", re.DOTALL)
_TO_BITS = 2 + 62 + 4
_CHECK_BOX = 1
#: An iRes that says: the default counts.
_UNDEFINED = 25


def read_passages(data: bytes) -> Document:
    """Reads a .doc.

    Raises:
        NotReadableError: for any bytes that are no readable Word document, and for all of them where
            LibreOffice is not installed.
    """
    found = streams(data, "WordDocument", "Data")
    head = found.get("WordDocument", b"")
    if len(head) < 12:
        raise NotReadableError(Doubt.UNREADABLE, "the file is damaged or cut short")
    ident, version, flags = struct.unpack_from("<HH6xH", head)
    if ident != _IDENT and version not in _WORD_6:
        raise NotReadableError(Doubt.UNREADABLE, "the file holds no Word document")
    if flags & _ENCRYPTED:
        raise NotReadableError(
            Doubt.ENCRYPTED, "the document is protected by a password; ask for it unprotected"
        )
    old = version in _WORD_6
    document = read_word(to_docx(data, Format.DOC, reading="MS WinWord 6" if old else None))
    fields = tuple(_field_states(found.get("Data", b"")))
    return held_against(document, fields, counts=_is_field, agrees=_says)


def _is_field(box: Box) -> bool:
    return box.kind == "legacy-field"


def _says(box: Box, field: Mark) -> bool:
    """Whether a box says what its field does, if it is not a mark typed beside the field that does."""
    typed = field is Mark.EMPTY and "typed beside it" in box.how
    return box.mark in (field, Mark.DOUBTFUL) or typed


@dataclass(frozen=True, slots=True)
class _FieldData:
    """FFData of a check box, as far as it says the state (MS-DOC 2.9.78)."""

    result: int
    default: int

    @property
    def mark(self) -> Mark:
        state = self.default if self.result == _UNDEFINED else self.result
        return {0: Mark.EMPTY, 1: Mark.MARKED}.get(state, Mark.DOUBTFUL)


def _field_states(data: bytes) -> list[Mark]:
    """The states of the check boxes whose data a document's Data stream holds, in its order."""
    states: list[Mark] = []
    for match in _FIELD_DATA.finditer(data):
        at = match.start() + _TO_BITS
        try:
            bits, _, _, name = struct.unpack_from("<HHHH", data, at)
            if bits & 0x3 != _CHECK_BOX:
                continue
            # The name's characters and the zero after it (Xstz, 2.9.355).
            (default,) = struct.unpack_from("<H", data, at + 8 + 2 * name + 2)
        except struct.error:
            states.append(Mark.DOUBTFUL)
            continue
        states.append(_FieldData(result=bits >> 2 & 0x1F, default=default).mark)
    return states

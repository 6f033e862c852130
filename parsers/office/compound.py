"""Streams of an OLE compound file (MS-CFB), in which Word 97-2003 keeps a document."""

import io

import olefile  # type: ignore[import-untyped]  # ships no py.typed

from parsers.document import NotReadableError
from parsers.reading import Doubt

#: What olefile raises for damaged or hostile files, beside its own errors, which are OSErrors.
_DAMAGE = (
    OSError,
    ValueError,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
    ArithmeticError,
)


def streams(data: bytes, *names: str) -> dict[str, bytes]:
    """The streams of these names at the root of a compound file; those that there are.

    Raises:
        NotReadableError: UNREADABLE, for a damaged file.
    """
    found: dict[str, bytes] = {}
    try:
        # A stream is no longer than its chain of sectors, and that no longer than the file.
        with olefile.OleFileIO(
            io.BytesIO(data), raise_defects=olefile.DEFECT_INCORRECT
        ) as compound:
            for name in names:
                if compound.exists(name) and compound.get_size(name) <= len(data):
                    with compound.openstream(name) as stream:
                        found[name] = stream.read()
    except _DAMAGE as error:
        raise NotReadableError(Doubt.UNREADABLE, "the file is damaged or cut short") from error
    return found

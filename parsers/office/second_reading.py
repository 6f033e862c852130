"""A document that we read ourselves, read a second time by way of LibreOffice where that is at hand."""

from dataclasses import replace

from parsers.designation import designations
from parsers.document import Document, NotReadableError
from parsers.office.agreement import held_against
from parsers.office.conversion import office_program, to_docx
from parsers.reading import Box, Doubt, Format, Mark
from parsers.word.reader import read_passages as read_word


def read_twice(document: Document, data: bytes, kind: Format) -> Document:
    """The document, its boxes doubtful where LibreOffice's conversion of the file says otherwise.

    A document that can be no form is not converted. Where LibreOffice is missing, one reading does.

    Args:
        document: our own reading.
        data: the file.
        kind: its format.
    """
    boxed = any(passage.boxes for passage in document.passages)
    if office_program() is None or not (boxed or designations(document.text)):
        return document
    try:
        converted = read_word(to_docx(data, kind))
    except NotReadableError as error:
        return replace(document, doubts=tuple(dict.fromkeys((*document.doubts, error.doubt))))
    marks = [box.mark for passage in converted.passages for box in passage.boxes]
    if marks and not boxed:
        return replace(document, doubts=(*document.doubts, Doubt.UNREADABLE))
    return held_against(document, marks, agrees=_agrees)


def _agrees(box: Box, mark: Mark) -> bool:
    """Whether a conversion says what a box does; it need not, of one that is doubtful already."""
    return box.mark in (mark, Mark.DOUBTFUL)

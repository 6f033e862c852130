"""The readers in order: which format is read by what, and what is said of the others.

Readers are imported when the first file of their format comes: reading Word starts no PDF engine.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from parsers.asked import AskedBoxes
from parsers.designation import circular_numbers
from parsers.document import Document, NotReadableError
from parsers.form import find_rows
from parsers.identify import identify
from parsers.reading import Doubt, Format, FormReading, Signatory
from parsers.signatory import signatory_of
from parsers.wording import language_of


def _word(data: bytes) -> Document:
    from parsers.word.reader import read_passages  # noqa: PLC0415  (only for a Word file)

    return read_passages(data)


def _pdf(data: bytes, known: Mapping[str, str] | None) -> Document:
    from parsers.pdf.reader import read_passages  # noqa: PLC0415  (only for a PDF)

    document = read_passages(data)
    if Doubt.SCAN not in document.doubts or any(each.boxes for each in document.passages):
        # Boxes on digital pages beside pages that are pictures: a person has to put them together.
        return document
    from parsers.scan.reader import read_pdf_passages  # noqa: PLC0415  (only for a scan)

    return _with_doubts(read_pdf_passages(data, known), document.doubts)


def _with_doubts(seen: Document, doubts: Iterable[Doubt]) -> Document:
    """What the pictures say; that they are pictures is no doubt where they could be read."""
    kept = [doubt for doubt in doubts if doubt is not Doubt.SCAN]
    return replace(seen, doubts=tuple(dict.fromkeys((*kept, *seen.doubts))))


def _scan(data: bytes, known: Mapping[str, str] | None) -> Document:
    from parsers.scan.reader import read_passages  # noqa: PLC0415  (only for a picture)

    return read_passages(data, known)


def _doc(data: bytes) -> Document:
    from parsers.office.doc import read_passages  # noqa: PLC0415  (only for a Word 97 file)

    return read_passages(data)


def _odt(data: bytes) -> Document:
    from parsers.office.odt.reader import read_passages  # noqa: PLC0415  (only for OpenDocument)

    return read_passages(data)


def _rtf(data: bytes) -> Document:
    from parsers.office.rtf.reader import read_passages  # noqa: PLC0415  (only for Rich Text)

    return read_passages(data)


def _page(data: bytes) -> Document:
    from parsers.body.reader import read_page  # noqa: PLC0415  (only for a page)

    return read_page(data)


def _text(data: bytes) -> Document:
    from parsers.body.reader import read_text  # noqa: PLC0415  (only for a text)

    return read_text(data)


#: Format -> its reader, where what is known helps to read what a picture shows.
_SEEN: Mapping[Format, Callable[[bytes, Mapping[str, str] | None], Document]] = {
    Format.PDF: _pdf,
    Format.TIFF: _scan,
    Format.PNG: _scan,
    Format.JPEG: _scan,
    Format.GIF: _scan,
    Format.HEIC: _scan,
}
#: Format -> its reader.
_READERS: Mapping[Format, Callable[[bytes], Document]] = {
    Format.DOCX: _word,
    Format.DOC: _doc,
    Format.ODT: _odt,
    Format.RTF: _rtf,
    Format.HTML: _page,
    Format.TEXT: _text,
}

#: Formats that may hold a form but have no reader: kept and flagged with this doubt.
_FLAGGED: Mapping[Format, tuple[Doubt, str]] = {
    Format.SEVEN_ZIP: (Doubt.FORMAT_NOT_READ, "a 7z archive; a person has to open it"),
    Format.RAR: (Doubt.FORMAT_NOT_READ, "a RAR archive; a person has to open it"),
    Format.MSG: (
        Doubt.FORMAT_NOT_READ,
        "an Outlook message that is damaged; a person has to open it",
    ),
    Format.TNEF: (Doubt.FORMAT_NOT_READ, "a winmail.dat that is damaged; a person has to open it"),
}

#: What a document without any row may be the wrapping of.
_WRAPPED = (
    (Doubt.SCAN, "pictures of pages; a person has to read them"),
    (Doubt.FORMAT_NOT_READ, "a document round an embedded file; a person has to open it"),
)


def _reader_of(kind: Format, known: Mapping[str, str] | None) -> Callable[[bytes], Document] | None:
    if seen := _SEEN.get(kind):
        return lambda data: seen(data, known)
    return _READERS.get(kind)


def read(
    data: bytes,
    known: Mapping[str, str] | None = None,
    asked: Mapping[int, AskedBoxes] | None = None,
) -> FormReading:
    """Reads one file; what cannot be read comes back as a reading that says so.

    Args:
        data: the file.
        known: working names of draft texts -> designation, to find rows that give no number, and
            to read badly printed names; a text without a working name stands under its designation.
        asked: number of a circular -> the boxes of its form, where they are not the usual four.
    """
    kind = identify(data)
    if kind is Format.EMPTY:
        return FormReading(format=kind, doubts=(Doubt.EMPTY_FILE,), error="the file is empty")
    reader = _reader_of(kind, known)
    if reader is None:
        if kind in _FLAGGED:
            doubt, error = _FLAGGED[kind]
            return FormReading(format=kind, doubts=(doubt,), error=error)
        return FormReading(format=kind, doubts=(Doubt.NO_FORM,))
    try:
        document = reader(data)
    except NotReadableError as error:
        return FormReading(format=kind, doubts=(error.doubt,), error=str(error))
    return assemble(kind, document, known, asked)


def assemble(
    kind: Format,
    document: Document,
    known: Mapping[str, str] | None = None,
    asked: Mapping[int, AskedBoxes] | None = None,
) -> FormReading:
    """From passages to a reading: the rows, the language, the circular, the letter."""
    numbers = circular_numbers(document.text)
    boxes = asked.get(numbers[0]) if asked and numbers else None
    found = find_rows(document.passages, known, boxes)
    doubts = list(dict.fromkeys((*document.doubts, *found.doubts)))
    error = None
    if not found.rows:
        error = next((words for doubt, words in _WRAPPED if doubt in doubts), None)
        if error is None:
            doubts.append(Doubt.NO_FORM)
    return FormReading(
        format=kind,
        circular_number=numbers[0] if numbers else None,
        circular_numbers=numbers,
        language=(boxes.language_of(box.label for box in found.boxes) if boxes else None)
        or language_of((box.label for box in found.boxes), document.text),
        rows=found.rows,
        boxes=found.boxes,
        letter="\n".join(p.text.strip() for p in found.outside if p.text.strip())
        if found.rows
        else document.text,
        signatory=replace(
            signatory_of([p.text for p in found.outside], [p.text for p in found.after]),
            signed=document.signed,
        )
        if found.rows
        else Signatory(),
        remarks="\n".join(p.text.strip() for p in found.after if p.text.strip()),
        doubts=tuple(doubts),
        error=error,
    )

"""From a PDF's bytes to passages: what each page says, held against how it looks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from parsers.document import Document
from parsers.passage import Passage
from parsers.pdf.area import Area
from parsers.pdf.document import open_document
from parsers.pdf.fields import read_fields
from parsers.pdf.judgement import judge
from parsers.pdf.layout import Layout
from parsers.pdf.regions import PageLayout
from parsers.pdf.sheet import Sheet, read_sheet
from parsers.pdf.writing import Token, is_leftwards, rounded
from parsers.reading import Box, Doubt


def read_passages(data: bytes) -> Document:
    """Reads a digital PDF.

    A page that is a picture adds no passages; its hidden text, if any, is part of the text only.

    Raises:
        NotReadableError: a file that needs a password or cannot be opened.
    """
    with open_document(data) as document:
        fields = read_fields(data) if document.has_fields else {}
        sheets = [read_sheet(page, fields) for page in document.pages()]
        doubts = list(document.doubts)
        signed = True if document.is_signed else None
    if fields is None:
        doubts.append(Doubt.UNREADABLE)
    doubts.extend(doubt for sheet in sheets for doubt in sheet.doubts)
    boxes = judge([seen for sheet in sheets for seen in sheet.seen])
    passages = (*_laid_out(sheets, boxes), *_notes(sheets))
    text = [passage.text.strip() for passage in passages]
    text.extend(sheet.behind.strip() for sheet in sheets)
    return Document(
        passages=passages,
        text="\n".join(part for part in text if part),
        doubts=tuple(dict.fromkeys(doubts)),
        # On a digital page a signature may be any picture.
        signed=signed,
    )


def _laid_out(sheets: Sequence[Sheet], boxes: Mapping[int, Box]) -> tuple[Passage, ...]:
    layout = Layout(leftwards=is_leftwards(word for sheet in sheets for word in sheet.words))
    for sheet in sheets:
        tokens = [Token(word.area, word) for word in sheet.words]
        tokens.extend(Token(seen.spot.area, boxes[id(seen.spot)]) for seen in sheet.seen)
        layout.add(
            PageLayout(
                number=sheet.number,
                tokens=tokens,
                tables=list(sheet.tables),
                remarks=list(sheet.remarks),
                is_stained=sheet.is_stained,
            )
        )
    turned = {sheet.number: sheet for sheet in sheets if sheet.frame != sheet.shown}
    if not turned:
        return tuple(layout.passages)
    return tuple(
        replace(
            passage,
            items=tuple(
                item if isinstance(item, str) else _as_shown(item, turned) for item in passage.items
            ),
        )
        for passage in layout.passages
    )


def _as_shown(box: Box, turned: Mapping[int, Sheet]) -> Box:
    """The box with its place on the page as a viewer shows it, though it was read another way up."""
    sheet = turned.get(box.place.page or 0)
    if sheet is None or box.place.at is None:
        return box
    area = sheet.shown.area(*sheet.frame.own(Area(*box.place.at)))
    return replace(box, place=replace(box.place, at=rounded(area)))


def _notes(sheets: Sequence[Sheet]) -> tuple[Passage, ...]:
    return tuple(Passage(items=(note,)) for sheet in sheets for note in sheet.notes)

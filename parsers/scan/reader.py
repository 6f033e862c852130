"""From pictures of pages to passages: the rows of a scanned form and what a pen did in its boxes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from parsers.designation import circular_numbers, designations
from parsers.document import Document
from parsers.passage import Cell, Passage
from parsers.reading import Box, Doubt
from parsers.scan.between_boxes import marked_between
from parsers.scan.known_texts import settled
from parsers.scan.lattice import complete
from parsers.scan.pages import FormPage, FormRow, open_page, rows_of, with_boxes_of
from parsers.scan.pdf_pages import PdfPictures
from parsers.scan.pictures import PagePicture, Pictures
from parsers.scan.print_lines import PrintLine, crop
from parsers.scan.recogniser import recognise
from parsers.scan.signature import is_signed
from parsers.scan.squares import usual_size
from parsers.scan.tears import unsure_tears
from parsers.scan.verdicts import FOUR, PlacedBox, judged

#: Lines of print that are read of the letter's beginning and end, and of the sentence over the table.
_MOST_LETTER_LINES, _MOST_OPENING_LINES = 8, 4
_DOES_NOT = re.compile(r"\bdoes\s*not\s*", re.IGNORECASE)
#: Widths of a line of print that says anything, in its heights.
_WORD = 3
#: The label of a box whose words could not be read: the order alone says what the box is.
UNREAD = "(words)"


def read_passages(data: bytes, known: Mapping[str, str] | None = None) -> Document:
    """Reads a picture, or several in one file, as a form.

    Args:
        data: the file.
        known: working names of the open draft texts -> designation, see `read_pages`.

    Raises:
        NotReadableError: a file that is no picture, or damaged.
    """
    pictures = Pictures(data)
    return read_pages(pictures.pages(), pictures.doubts, known or {})


def read_pdf_passages(data: bytes, known: Mapping[str, str] | None = None) -> Document:
    """Reads a PDF by what its pages show, whatever its text says.

    Args:
        data: the file.
        known: working names of the open draft texts -> designation, see `read_pages`.

    Raises:
        NotReadableError: a file that cannot be opened.
    """
    pictures = PdfPictures(data)
    return read_pages(pictures.pages(), pictures.doubts, known or {})


def read_pages(
    pictures: Iterable[PagePicture],
    doubts: Sequence[Doubt] = (),
    known: Mapping[str, str] = MappingProxyType({}),
) -> Document:
    """Reads pictures of pages as a form; SCAN is doubted where no row of one was found in them.

    A row is a cell row of table 0: the name of its text in column 0, its boxes in column 1. The
    words beside the boxes are read in one row and taken for those of all; where the recogniser does
    not know their script they are `UNREAD`.

    Args:
        pictures: of its pages, in order.
        doubts: why something was not looked at; may grow while the pictures are taken.
        known: working names of the open draft texts -> designation, for names badly read; a text
            without a working name stands under its designation.
    """
    opened = [open_page(each) for each in pictures]
    size = usual_size([page.found for page in opened])
    if size is None:
        return Document(passages=(), text="", doubts=(*dict.fromkeys(doubts), Doubt.SCAN))
    tabled = [rows_of(page, size) for page in opened]
    pages = [page for page, _ in tabled]
    rows = [row for _, found in tabled for row in found]
    changed = complete(rows)
    pages = [with_boxes_of(page, rows) if id(page) in changed else page for page in pages]
    for row, name in zip(rows, settled([row.name for row in rows], known), strict=True):
        row.name = name
    unsure = dict.fromkeys(unsure_tears(rows), Doubt.BOX_COUNT)
    unsure |= dict.fromkeys(marked_between(rows), Doubt.STRAY_MARK)
    groups = _grouped(rows)
    passages = [
        *_letter(pages, before=True),
        *_table(rows, groups, _labels(groups), unsure),
        *_letter(pages, before=False),
    ]
    readable = any(len(group) == FOUR for group in groups)
    return Document(
        passages=tuple(passages),
        text="\n".join(text for each in passages if (text := each.text.strip())),
        doubts=tuple(dict.fromkeys([*doubts, *([] if readable else [Doubt.SCAN])])),
        signed=is_signed(pages),
    )


def _grouped(rows: Sequence[FormRow]) -> list[list[PlacedBox]]:
    """The boxes of each text, in order, across page breaks."""
    groups: list[list[PlacedBox]] = []
    for row in rows:
        if designations(row.name.text) or not groups:
            groups.append([])
        groups[-1].extend((row.page, box) for box in row.boxes)
    return groups


def _labels(groups: Sequence[Sequence[PlacedBox]]) -> tuple[str, ...]:
    """What stands beside the boxes of the first row that has all four, and words beside most."""
    best: list[tuple[FormPage, PrintLine | None]] = []
    for group in groups:
        if len(group) != FOUR:
            continue
        lines = [(page, page.table.labels.get(box) if page.table else None) for page, box in group]
        if not best or sum(line is not None for _, line in lines) > sum(
            line is not None for _, line in best
        ):
            best = lines
    return tuple(_label(page, line) for page, line in best) or (UNREAD,) * FOUR


def _label(page: FormPage, line: PrintLine | None) -> str:
    """The words beside a box, as far as they may be held against the wording of forms."""
    text = recognise(crop(page.sheet.flat, line)).text if line else ""
    # Narrow gaps are lost; single letters are what is left of words, or dirt.
    text = _DOES_NOT.sub("does not ", text)
    words = [word for word in text.split() if len(word) > 1 or not word.isalpha()]
    return " ".join(words) if any(map(str.isalpha, "".join(words))) else UNREAD


def _table(
    rows: Sequence[FormRow],
    groups: Sequence[Sequence[PlacedBox]],
    labels: Sequence[str],
    unsure: Mapping[int, Doubt],
) -> Iterable[Passage]:
    """The rows as passages of one table, each box with its label."""
    boxes: dict[int, Box] = {}
    found = judged(groups)
    for group in groups:
        words = labels if len(group) == FOUR else ("",) * len(group)
        for (_, box), label in zip(group, words, strict=True):
            boxes[id(box)] = replace(found[id(box)][0], label=label)
    for index, row in enumerate(rows):
        cell = Cell(table=0, row=index, column=0, origin_row=index)
        if row.name.text:
            misread = () if row.name.sure else (Doubt.PICTURE_UNREADABLE,)
            yield Passage(items=(row.name.text,), cell=cell, doubts=misread)
        doubts = (unsure[index],) if index in unsure else ()
        for box in row.boxes:
            yield Passage(items=(boxes[id(box)],), cell=replace(cell, column=1), doubts=doubts)


def _letter(pages: Sequence[FormPage], *, before: bool) -> Iterable[Passage]:
    """The lines of print round the table that say whose form it is, and of which circular.

    Those are the first of the letter and, where they name no circular, the last ones over the
    table; under it the first ones, where the Administration signs.
    """
    lines = [
        (page, line)
        for page in pages
        if page.table is not None
        for line in (page.table.above if before else page.table.below)
        # Shadows at a photograph's edges and parts of a stamp are no words.
        if line.right - line.left > _WORD * line.height
    ]
    said = [_said(page, line) for page, line in lines[:_MOST_LETTER_LINES]]
    if before and not circular_numbers("\n".join(said)):
        rest = lines[_MOST_LETTER_LINES:]
        said.extend(_said(page, line) for page, line in rest[-_MOST_OPENING_LINES:])
    for text in said:
        if text.strip():
            yield Passage(items=(text,))


def _said(page: FormPage, line: PrintLine) -> str:
    return recognise(crop(page.sheet.flat, line)).text

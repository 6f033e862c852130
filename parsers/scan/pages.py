"""A page of a scanned form while it is being read: its picture, its lines, its boxes, its table."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from parsers.scan.boxes import boxes
from parsers.scan.label_lines import words_alone
from parsers.scan.names import Name, read_name, read_names
from parsers.scan.pictures import PagePicture
from parsers.scan.print_lines import PrintLine, crop, print_lines
from parsers.scan.recogniser import upside_down
from parsers.scan.row_pattern import groups_by_pattern
from parsers.scan.ruling import Ruling
from parsers.scan.squares import Square, holes
from parsers.scan.straightening import straightened
from parsers.scan.table import Band, PageTable, find_table
from parsers.scan.upright import Sheet, upright

#: Lines of print by which it is told which way up a page is.
_LINES_TO_TELL = 9
#: Share of a page's rows whose text is told for sure where the page surely stands upright.
_MOST_NAMED = 0.6
#: The boxes of a draft text.
_BOXES = 4
#: Lines of a page that are read for names where no ruling lines part its rows.
_MOST_LINES = 40


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FormPage:
    """One page, upright.

    Attributes:
        sheet: its picture.
        ruling: the long lines on it.
        lines: its lines of print, outside of the boxes.
        found: its hollow squares.
        table: what of the form's table is on it; None until the size of the boxes is known.
        pieces: what stands in the columns of the boxes, in none of them: parts of words, or marks.
    """

    sheet: Sheet
    ruling: Ruling
    lines: Sequence[PrintLine]
    found: Sequence[Square]
    table: PageTable | None = None
    pieces: Sequence[PrintLine] = ()


@dataclass(slots=True, kw_only=True, eq=False)
class FormRow:
    """A band of a page's table that has boxes or names a text.

    Attributes:
        page: that it is on.
        boxes: from top to bottom.
        name: of the text; empty where the band goes on with what a page break tore.
    """

    page: FormPage
    boxes: list[Square] = field(default_factory=list)
    name: Name = field(default_factory=Name)


def open_page(picture: PagePicture) -> FormPage:
    """Brings a page upright and finds what is square on it."""
    sheet, ruling = straightened(upright(picture))
    lines = print_lines(sheet, ruling)
    longest = sorted(lines, key=lambda line: line.left - line.right)[:_LINES_TO_TELL]
    if upside_down([crop(sheet.flat, line) for line in longest]):
        sheet = sheet.turned_over()
        ruling = Ruling(sheet)
        lines = print_lines(sheet, ruling)
    return FormPage(sheet=sheet, ruling=ruling, lines=lines, found=holes(sheet))


def rows_of(page: FormPage, size: tuple[float, float]) -> tuple[FormPage, list[FormRow]]:
    """A page with its table, and the rows of it.

    Where few of its texts can be told, it may stand on its head: then it is tried the other way.

    Args:
        page: as it was opened.
        size: the usual sides of the form's boxes.
    """
    page, rows = _tabled(page, size)
    boxed = sum(bool(row.boxes) for row in rows)
    best = (page, rows)
    if not boxed or _named(rows)[0] >= _MOST_NAMED * boxed:
        return best
    other = _tabled(_opened(page.sheet.turned_over()), size)
    if _named(other[1]) > _named(best[1]):
        best = other
    if _named(best[1])[1] or len(page.found) < _BOXES:
        return best
    # Lines of Chinese stand as close together as their letters: up may be a side.
    aside = straightened(page.sheet.turned_aside())[0]
    for sheet in (aside, aside.turned_over()):
        other = _tabled(_opened(sheet), size)
        if _named(other[1]) > _named(best[1]):
            best = other
    return best


def _opened(sheet: Sheet) -> FormPage:
    return FormPage(sheet=sheet, ruling=Ruling(sheet), lines=(), found=holes(sheet))


def _tabled(page: FormPage, size: tuple[float, float]) -> tuple[FormPage, list[FormRow]]:
    page, table = _laid_out(page, boxes(page.sheet, page.ruling, page.found, size))
    rows = [row for band in table.bands for row in _rows_in(page, band, leftwards=table.leftwards)]
    return page, [row for row in rows if row.boxes or row.name.text]


def _laid_out(page: FormPage, found: Sequence[Square]) -> tuple[FormPage, PageTable]:
    """A page with the table that some boxes make."""
    sheet, ruling = page.sheet, page.ruling
    lines = print_lines(sheet, ruling, found)
    table = find_table(sheet, ruling, found, lines)
    lines, pieces = words_alone(lines, table.labels, sheet.ink, leftwards=table.leftwards)
    return (
        replace(page, lines=lines, table=table, pieces=pieces),
        table,
    )


def with_boxes_of(page: FormPage, rows: Sequence[FormRow]) -> FormPage:
    """A page laid out anew with the boxes that its rows have by now; the rows are put on it."""
    here = [row for row in rows if row.page is page]
    found = [box for row in here for box in row.boxes]
    page, _ = _laid_out(page, sorted(found, key=lambda box: (box.top, box.left)))
    for row in here:
        row.page = page
    return page


def _rows_in(page: FormPage, band: Band, *, leftwards: bool) -> list[FormRow]:
    """The row of a band; several where the lines between them were lost, or never printed."""
    flat = page.sheet.flat
    if len(band.boxes) <= _BOXES:
        return [FormRow(page=page, boxes=list(band.boxes), name=read_name(flat, band.names))]
    names = list(read_names(flat, band.names[:_MOST_LINES]))
    groups = groups_by_pattern(band.boxes, names, leftwards=leftwards)
    if groups is None:
        return [FormRow(page=page, boxes=list(band.boxes), name=names[0][1] if names else Name())]
    rows = []
    for group in groups:
        if len(group.names) == 1 or not group.names:
            rows.append(FormRow(page=page, boxes=group.boxes, name=next(iter(group.names), Name())))
            continue
        # Whose the boxes are cannot be told: none of these texts gets any of them.
        rows.extend(FormRow(page=page, name=name) for name in group.names[:-1])
        last = Name(text=group.names[-1].text, sure=False)
        rows.append(FormRow(page=page, boxes=group.boxes, name=last))
    return rows


def _named(rows: Sequence[FormRow]) -> tuple[int, int]:
    """How many rows' texts are told for sure, and at all."""
    named = [row.name for row in rows if row.name.text]
    return sum(name.sure for name in named), len(named)

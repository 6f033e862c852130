"""From pictures of pages to passages: the rows of a scanned form and what a pen did in its boxes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from parsers.designation import designations
from parsers.document import Document
from parsers.passage import Cell, Passage
from parsers.reading import Box, Doubt, Mark, Place
from parsers.scan.judgement import hand_of, held_together, judge
from parsers.scan.marks import Windows, grounds, measure
from parsers.scan.names import read_name
from parsers.scan.pdf_pages import PdfPictures
from parsers.scan.pictures import PagePicture, Pictures
from parsers.scan.print_lines import PrintLine, crop, print_lines
from parsers.scan.recogniser import recognise, upside_down
from parsers.scan.ruling import Ruling
from parsers.scan.squares import Square, boxes, holes, usual_size
from parsers.scan.straightening import straightened
from parsers.scan.table import Band, PageTable, find_table
from parsers.scan.upright import Sheet, upright

#: Lines of print of the letter that are read, on all pages together.
_MOST_LETTER_LINES = 36
#: The label of a box whose words could not be read: the order alone says what the box is.
UNREAD = "(words)"
_FOUR = 4
#: Share of a page's rows whose text is told for sure where the page surely stands upright.
_MOST_NAMED = 0.6


@dataclass(slots=True, kw_only=True)
class _Page:
    sheet: Sheet
    ruling: Ruling
    lines: list[PrintLine]
    found: list[Square]
    table: PageTable | None = None


@dataclass(slots=True, kw_only=True)
class _Row:
    """A band with boxes or a name, while the form is being put together."""

    page: _Page
    band: Band
    name: str = ""
    sure: bool = True
    boxes: list[Square] = field(default_factory=list)


def read_passages(data: bytes) -> Document:
    """Reads a picture, or several in one file, as a form.

    Raises:
        NotReadableError: a file that is no picture, or damaged.
    """
    pictures = Pictures(data)
    return read_pages(pictures.pages(), pictures.doubts)


def read_pdf_passages(data: bytes) -> Document:
    """Reads a PDF by what its pages show, whatever its text says.

    Raises:
        NotReadableError: a file that cannot be opened.
    """
    pictures = PdfPictures(data)
    return read_pages(pictures.pages(), pictures.doubts)


def read_pages(pictures: Iterable[PagePicture], doubts: Sequence[Doubt] = ()) -> Document:
    """Reads pictures of pages as a form.

    Args:
        pictures: of its pages, in order.
        doubts: why something was not looked at; may grow while the pictures are taken.
    """
    pages = [_page(straightened(upright(each))) for each in pictures]
    size = usual_size([page.found for page in pages])
    if size is None:
        return Document(passages=(), text="", doubts=(*dict.fromkeys(doubts), Doubt.SCAN))
    rows = [row for page in pages for row in _rows_either_way(page, size)]
    groups = _grouped(rows)
    labels = _labels(groups)
    judged = _judged(groups)
    passages: list[Passage] = []
    passages.extend(_letter(pages, before=True))
    for index, row in enumerate(rows):
        passages.extend(_passages(index, row, groups, labels, judged))
    passages.extend(_letter(pages, before=False))
    complete = any(len(group) == _FOUR for group in groups)
    return Document(
        passages=tuple(passages),
        text="\n".join(text for each in passages if (text := each.text.strip())),
        doubts=tuple(dict.fromkeys([*doubts, *([] if complete else [Doubt.SCAN])])),
    )


def _page(sheet: Sheet) -> _Page:
    ruling = Ruling(sheet)
    lines = print_lines(sheet, ruling)
    wide = sorted(lines, key=lambda line: line.left - line.right)[:9]
    if upside_down([crop(sheet.flat, line) for line in wide]):
        sheet = sheet.turned_over()
        ruling = Ruling(sheet)
        lines = print_lines(sheet, ruling)
    return _Page(sheet=sheet, ruling=ruling, lines=lines, found=holes(sheet))


def _rows_either_way(page: _Page, size: tuple[float, float]) -> list[_Row]:
    """The rows of a page; where few of its texts can be told, it may stand on its head."""
    rows = _rows(page, size)
    boxed = [row for row in rows if row.boxes]
    named = _named(rows)
    if not boxed or named >= _MOST_NAMED * len(boxed):
        return rows
    before = (page.sheet, page.ruling, page.lines, page.found, page.table)
    page.sheet = page.sheet.turned_over()
    page.ruling = Ruling(page.sheet)
    page.found = holes(page.sheet)
    turned = _rows(page, size)
    if _named(turned) > named:
        return turned
    page.sheet, page.ruling, page.lines, page.found, page.table = before
    return rows


def _named(rows: Sequence[_Row]) -> int:
    return sum(bool(row.name) and row.sure for row in rows)


def _rows(page: _Page, size: tuple[float, float]) -> list[_Row]:
    """The bands of a page, each with the name of its text where it names one."""
    found = boxes(page.sheet, page.ruling, page.found, size)
    page.lines = print_lines(page.sheet, page.ruling, found)
    page.table = find_table(page.sheet, page.ruling, found, page.lines)
    rows: list[_Row] = []
    for band in page.table.bands:
        row = _Row(page=page, band=band, boxes=list(band.boxes))
        name = read_name(page.sheet.flat, band.names)
        row.name, row.sure = name.text, name.sure
        if row.boxes or row.name:
            rows.append(row)
    return rows


def _grouped(rows: Sequence[_Row]) -> list[list[tuple[_Page, Square]]]:
    """The boxes of each text, in order, across page breaks."""
    groups: list[list[tuple[_Page, Square]]] = []
    for row in rows:
        if designations(row.name) or not groups:
            groups.append([])
        groups[-1].extend((row.page, box) for box in row.boxes)
    return groups


def _labels(groups: Sequence[Sequence[tuple[_Page, Square]]]) -> tuple[str, ...]:
    """What stands beside the boxes of one row that has all four, in order."""
    for group in groups:
        if len(group) != _FOUR:
            continue
        texts = []
        for page, box in group:
            line = page.table.labels.get(box) if page.table else None
            texts.append(recognise(crop(page.sheet.flat, line)).text if line else "")
        return tuple(text if any(map(str.isalpha, text)) else UNREAD for text in texts)
    return (UNREAD,) * _FOUR


def _judged(groups: Sequence[Sequence[tuple[_Page, Square]]]) -> dict[int, Box]:
    """Box by the identity of its square."""
    full = [[(page.sheet, box) for page, box in group] for group in groups if len(group) == _FOUR]
    windows = Windows(full)
    cuts = {id(box): windows.cut(page.sheet, box) for group in groups for page, box in group}
    ground = grounds(cuts)
    everything = [each for group in groups for each in group]
    inks = {}
    for group in groups:
        for role, (page, box) in enumerate(group):
            common = windows.print_at(role if len(group) == _FOUR else None)
            common = windows.with_ruling(common, page.ruling, page.lines, box)
            near = [
                (
                    (other.middle[0] - box.middle[0]) / box.width,
                    (other.middle[1] - box.middle[1]) / box.height,
                )
                for there, other in everything
                if other is not box
                and there is page
                and abs(other.middle[1] - box.middle[1]) < 3 * box.height
            ]
            inks[id(box)] = measure(cuts[id(box)], common, ground, near)
    hand = hand_of(list(inks.values()))
    result = {}
    for group in groups:
        verdicts = [judge(inks[id(box)], hand) for _, box in group]
        if len(group) == _FOUR:
            verdicts = held_together(verdicts)
        for (page, box), verdict in zip(group, verdicts, strict=True):
            result[id(box)] = Box(
                mark=verdict.mark,
                kind="scanned-box",
                how=verdict.how,
                place=_place(page.sheet, box),
                doubts=(Doubt.AMBIGUOUS_MARK,) if verdict.mark is Mark.DOUBTFUL else (),
            )
    return result


def _place(sheet: Sheet, box: Square) -> Place:
    return Place(
        page=sheet.number,
        at=(
            round(box.left / sheet.scale, 1),
            round(box.top / sheet.scale, 1),
            round(box.right / sheet.scale, 1),
            round(box.bottom / sheet.scale, 1),
        ),
    )


def _passages(
    index: int,
    row: _Row,
    groups: Sequence[Sequence[tuple[_Page, Square]]],
    labels: Sequence[str],
    judged: dict[int, Box],
) -> list[Passage]:
    cell = Cell(table=0, row=index, column=0, origin_row=index)
    result = []
    if row.name:
        doubts = () if row.sure else (Doubt.PICTURE_UNREADABLE,)
        result.append(Passage(items=(row.name,), cell=cell, doubts=doubts))
    for box in row.boxes:
        group = next(each for each in groups if any(one is box for _, one in each))
        place = next(i for i, (_, one) in enumerate(group) if one is box)
        label = labels[place] if len(group) == _FOUR else ""
        result.append(
            Passage(
                items=(replace(judged[id(box)], label=label),),
                cell=replace(cell, column=1),
            )
        )
    return result


def _letter(pages: Sequence[_Page], *, before: bool) -> list[Passage]:
    """Lines of print of the letter round the table."""
    result: list[Passage] = []
    budget = _MOST_LETTER_LINES
    for page in pages:
        table = page.table
        assert table is not None
        for line in table.above if before else table.below:
            if budget <= 0:
                return result
            budget -= 1
            text = recognise(crop(page.sheet.flat, line)).text
            if text.strip():
                result.append(Passage(items=(text,)))
    return result

"""Forms on paper: printed, filled in by hand, signed, stamped, and scanned, faxed or photographed."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tests.corpus import hands, ink
from tests.corpus.containers import ScannedPage, as_jpeg, as_pdf, as_png, as_tiff
from tests.corpus.desks import Desk
from tests.corpus.forms import Form
from tests.corpus.hands import Habit
from tests.corpus.layouts import lay_out_letter
from tests.corpus.looks import Look
from tests.corpus.pictures import Picture, Printed, draw, warped
from tests.corpus.scanners import Scanner
from tests.corpus.scanning import Matrix, scan
from tests.corpus.sheets import RowBand, Sheet, Words
from tests.corpus.truth import RowPlace, RowTruth

_PAPER = ((255, 255, 255), (253, 252, 248), (246, 246, 244), (244, 240, 228))


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What else happens to a form on its way.

    Attributes:
        rough: whether hands are hurried and the desk untidy.
        over: chance of a stamp or signature over the table, of a hundred.
        note: chance of a note by hand beside a row, of a hundred.
        hidden: chance of a hidden text layer, of a hundred.
        shuffled: chance that pages are out of order, of a hundred.
        around: chance of a covering page, and of a page of comments, of a hundred.
    """

    rough: bool
    over: int = 0
    note: int = 0
    hidden: int = 0
    shuffled: int = 0
    around: int = 0


@dataclass(slots=True, kw_only=True)
class Paper:
    """A file of scanned pages with what became of the rows."""

    data: bytes
    suffix: str
    truths: tuple[RowTruth, ...]
    places: dict[str, tuple[RowPlace, ...]]
    traits: dict[str, str]


def paper(
    chance: random.Random,
    form: Form,
    sheets: list[Sheet],
    *,
    look: Look,
    scanner: Scanner,
    circumstances: Circumstances,
) -> Paper:
    """Fills the form in by hand and scans it.

    Args:
        chance: draws whatever is not said.
        form: with the answers.
        sheets: its pages, as printed.
        look: their layout.
        scanner: what makes the pictures.
        circumstances: what else happens.
    """
    hand = hands.a_hand(chance, rough=circumstances.rough)
    printed = chance.choice(list(Printed)) if chance.random() < 0.15 else None
    desk = Desk(chance=chance, form=form, hand=hand, printed=printed)
    ticked = {
        (row.designation, place)
        for row in form.rows
        for place in row.truth.answer.ticked
        if printed is not None
    }
    if printed is None and (hand.pen.name == "pencil" or hand.habit is Habit.CIRCLE):
        for row in form.rows:
            desk.spoil(row.designation, f"{hand.habit.value} by {hand.pen.name}")
    colour = chance.choice(_PAPER)
    scale = scanner.dpi / 72
    signed = len(sheets) - 1
    stamped = chance.random() < 0.6
    over = chance.randrange(100) < circumstances.over
    noted = chance.randrange(100) < circumstances.note
    pages: list[ScannedPage] = []
    placed: list[dict[str, RowPlace]] = []
    hidden = chance.randrange(100) < circumstances.hidden and not scanner.turn
    for number, sheet in enumerate(sheets):
        picture = draw(
            sheet,
            scanner.dpi,
            colour,
            colour=scanner.colour,
            ticked=ticked,
            printed=printed or Printed.CROSS,
        ).copy()
        strokes = desk.fill_in(sheet)
        if number == signed:
            strokes += desk.sign(sheet, look.margin)
        if noted and sheet.bands:
            strokes += desk.note(sheet, look.margin)
        if over and sheet.bands and chance.random() < 0.7:
            desk.put_over(sheet, picture, strokes, scale)
        ink.draw(picture, strokes, hand.pen, scale)
        if number == signed and stamped:
            desk.stamp(sheet, picture, scale)
        page, matrix = _scanned(picture, scanner, chance)
        if hidden:
            page = replace(page, hidden=_hidden(chance, sheet))
        pages.append(page)
        placed.append(_places(sheet, matrix, page.picture, scale, scanner.turn))
    pages, placed = _arranged(
        chance,
        form,
        look,
        scanner=scanner,
        circumstances=circumstances,
        pages=pages,
        placed=placed,
    )
    suffix, data = _contained(chance, pages, hidden=hidden)
    places: dict[str, tuple[RowPlace, ...]] = {}
    for number, rows in enumerate(placed):
        for name, place in rows.items():
            places[name] = (*places.get(name, ()), replace(place, page=number))
    truths = tuple(
        replace(truth, plain=False, note=desk.spoilt[truth.designation])
        if truth.designation in desk.spoilt
        else truth
        for truth in form.truths
    )
    return Paper(
        data=data,
        suffix=suffix,
        truths=truths,
        places=places,
        traits={
            **({"mark": printed.value} if printed is not None else hand.traits),
            **scanner.traits,
            "hidden text": "some" if hidden else "none",
            "file": suffix,
        },
    )


def _scanned(
    picture: Picture, scanner: Scanner, chance: random.Random
) -> tuple[ScannedPage, Matrix]:
    shot, matrix = scan(picture, scanner, chance)
    upright = scanner.turn % 2 == 0
    page = ScannedPage(
        picture=shot,
        dpi=scanner.dpi if upright else scanner.dpi_down,
        dpi_down=scanner.dpi_down if upright else scanner.dpi,
        bitonal=scanner.bitonal,
        quality=scanner.quality,
    )
    return page, matrix


def _hidden(chance: random.Random, sheet: Sheet) -> tuple[Words, ...]:
    """What a program read on the page, rightly or not; of the boxes it made what it liked."""
    if chance.random() < 0.4:
        return tuple(sheet.words)
    return tuple(
        replace(words, text=_misread(chance, words.text)) for words in sheet.words
    ) + tuple(
        Words(
            left=box.left,
            baseline=box.top + box.size,
            size=box.size,
            text=chance.choice(("X", "o", "[ ]", "[X]", "D")),
        )
        for box in sheet.boxes
        if chance.random() < 0.5
    )


def _misread(chance: random.Random, text: str) -> str:
    letters = list(text)
    for index in range(len(letters)):
        if chance.random() < 0.04:
            letters[index] = chance.choice("lI1O0rnmcea5S8B")
    return "".join(letters)


def _places(
    sheet: Sheet, matrix: Matrix, picture: Picture, scale: float, turn: int
) -> dict[str, RowPlace]:
    """Where the rows of a page came to lie in its picture."""
    bands: dict[str, RowBand] = {}
    for band in sheet.bands:
        known = bands.get(band.designation, band)
        bands[band.designation] = RowBand(
            designation=band.designation,
            top=min(known.top, band.top),
            bottom=max(known.bottom, band.bottom),
        )
    height, width = picture.shape[:2]
    found = {}
    for name, band in bands.items():
        edges = (20.0, sheet.width - 20)
        corners = np.array([(x, y) for x in edges for y in (band.top, band.bottom)]) * scale
        moved = warped(corners, matrix) / (width, height)
        (left, top), (right, bottom) = moved.min(axis=0), moved.max(axis=0)
        found[name] = RowPlace(
            page=0, at=(float(left), float(top), float(right), float(bottom)), turn=turn
        )
    return found


def _arranged(
    chance: random.Random,
    form: Form,
    look: Look,
    *,
    scanner: Scanner,
    circumstances: Circumstances,
    pages: list[ScannedPage],
    placed: list[dict[str, RowPlace]],
) -> tuple[list[ScannedPage], list[dict[str, RowPlace]]]:
    """A covering page before, comments after, pages out of order."""
    together = list(zip(pages, placed, strict=True))
    if chance.randrange(100) < circumstances.shuffled and len(together) > 1:
        chance.shuffle(together)
    number = form.circular.number
    for words, before in ((form.wording.cover, True), (form.wording.comments, False)):
        if chance.randrange(100) >= circumstances.around or not form.rows:
            continue
        text = words.format(number=number, designation=form.rows[0].designation)
        letter = lay_out_letter([text] * chance.randrange(1, 5), form, look)
        page, _ = _scanned(
            draw(letter, scanner.dpi, (255, 255, 255), colour=scanner.colour).copy(),
            scanner,
            chance,
        )
        together.insert(0 if before else len(together), (page, {}))
    return [page for page, _ in together], [rows for _, rows in together]


def _contained(
    chance: random.Random, pages: Sequence[ScannedPage], *, hidden: bool
) -> tuple[str, bytes]:
    kind = chance.choices(("pdf", "tiff", "picture"), (7, 3, 3))[0]
    if hidden or (kind == "picture" and len(pages) > 1):
        kind = "pdf"
    if kind == "tiff" and (pages[0].bitonal or len(pages) < 3):
        return ".tiff", as_tiff(pages)
    if kind == "picture":
        if pages[0].bitonal or chance.random() < 0.3:
            return ".png", as_png(pages[0])
        return ".jpg", as_jpeg(pages[0])
    return ".pdf", as_pdf(pages)

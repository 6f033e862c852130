"""Forms on paper: printed, filled in by hand, signed, stamped, and scanned, faxed or photographed."""

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tests.corpus import hands
from tests.corpus.containers import ScannedPage, as_jpeg, as_pdf, as_png, as_tiff
from tests.corpus.forms import Form
from tests.corpus.hands import Habit, Hand, Stroke
from tests.corpus.layouts import Look, lay_out_letter
from tests.corpus.pictures import Picture, draw, warped
from tests.corpus.scanners import Matrix, Scanner, scan
from tests.corpus.sheets import BoxPlace, RowBand, Sheet, Words
from tests.corpus.truth import Answer, RowPlace, RowTruth

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
    words: str


@dataclass(slots=True, kw_only=True)
class _Desk:
    """Where the form is filled in: the strokes on each page, and the rows that are no longer plain."""

    chance: random.Random
    form: Form
    sheets: list[Sheet]
    hand: Hand
    spoilt: dict[str, str]

    def fill_in(self, sheet: Sheet) -> list[Stroke]:
        answers = {row.designation: row.truth.answer for row in self.form.rows}
        strokes: list[Stroke] = []
        for box in sheet.boxes:
            drawn = self.strokes(box, answers[box.designation])
            for other in sheet.boxes:
                if other is not box and _enters(drawn, other):
                    self.spoil(box.designation, "a mark that enters another box")
                    self.spoil(other.designation, "a mark that enters from another box")
            strokes += drawn
        return strokes

    def strokes(self, box: BoxPlace, answer: Answer) -> list[Stroke]:
        chance, hand = self.chance, self.hand
        if answer is Answer.CORRECTED:
            # Assigned with no comments; then taken back, for the other option or altogether.
            other = hash_of(box.designation) % 2
            wrong, right = ((1,), (0, 2)) if other else ((0, 1), (3,))
            if box.place in wrong:
                first = hands.mark(chance, hand, box)
                return [*first, *hands.scribble(chance, hand, box)]
            return hands.mark(chance, hand, box) if box.place in right else []
        if answer is Answer.OUTSIDE:
            return hands.beside(chance, hand, box) if box.place in {0, 1} else []
        return hands.mark(chance, hand, box) if box.place in answer.ticked else []

    def spoil(self, designation: str, note: str) -> None:
        self.spoilt.setdefault(designation, note)

    def spoil_between(self, sheet: Sheet, top: float, bottom: float, note: str) -> None:
        for band in sheet.bands:
            if band.bottom > top and band.top < bottom:
                self.spoil(band.designation, note)


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
    desk = _Desk(chance=chance, form=form, sheets=sheets, hand=hand, spoilt={})
    if hand.pen.name == "pencil" or hand.habit is Habit.CIRCLE:
        for row in form.rows:
            desk.spoil(row.designation, hand.words)
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
        picture = draw(sheet, scanner.dpi, colour, colour=scanner.colour).copy()
        strokes = desk.fill_in(sheet)
        lowest = max((words.baseline for words in sheet.words), default=sheet.height / 2)
        if number == signed:
            width = chance.uniform(90, 170)
            top = min(sheet.height - 45, lowest + chance.uniform(18, 50))
            strokes += hands.signature(chance, look.margin + 20, top, width)
        if noted and sheet.bands:
            band = chance.choice(sheet.bands)
            left = look.margin + chance.uniform(4, 40)
            top = band.bottom - chance.uniform(3, 8)
            strokes += hands.handwriting(chance, left, top, chance.uniform(30, 90))
            desk.spoil_between(sheet, top - 5, top + 5, "a note by hand")
        if over and sheet.bands and chance.random() < 0.7:
            _over(chance, desk, sheet, picture=picture, strokes=strokes, scale=scale)
        hands.draw(picture, strokes, hand.pen, scale)
        if number == signed and stamped:
            at = (sheet.width * chance.uniform(0.45, 0.75), min(sheet.height - 60, lowest + 40))
            stamp = hands.a_stamp(chance, at)
            desk.spoil_between(sheet, at[1] - stamp.radius, at[1] + stamp.radius, "a stamp")
            hands.press(picture, stamp, scale)
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
        words=f"{hand.words}; {scanner.words}{'; hidden text' if hidden else ''}",
    )


def hash_of(designation: str) -> int:
    """A number that is the same in every run, unlike that of `hash`."""
    return sum(designation.encode())


def _enters(strokes: Sequence[Stroke], box: BoxPlace) -> bool:
    slack = 0.08 * box.size
    return any(
        box.left - slack <= x <= box.left + box.size + slack
        and box.top - slack <= y <= box.top + box.size + slack
        for stroke in strokes
        for x, y in _between(stroke)
    )


def _between(stroke: Stroke) -> list[tuple[float, float]]:
    points = list(stroke)
    for (a, b), (c, d) in itertools.pairwise(stroke):
        points += [(a + (c - a) * t, b + (d - b) * t) for t in (0.2, 0.4, 0.6, 0.8)]
    return points


def _over(
    chance: random.Random,
    desk: _Desk,
    sheet: Sheet,
    *,
    picture: Picture,
    strokes: list[Stroke],
    scale: float,
) -> None:
    """A stamp or a signature over the table."""
    top, bottom = sheet.bands[0].top, sheet.bands[-1].bottom
    at = (sheet.width * chance.uniform(0.15, 0.85), chance.uniform(top, bottom))
    if chance.random() < 0.5:
        stamp = hands.a_stamp(chance, at)
        hands.press(picture, stamp, scale)
        desk.spoil_between(sheet, at[1] - stamp.radius, at[1] + stamp.radius, "a stamp over it")
        return
    drawn = hands.signature(chance, at[0] - 50, at[1], 110)
    heights = [y for stroke in drawn for _, y in stroke]
    desk.spoil_between(sheet, min(heights), max(heights), "a signature over it")
    strokes += drawn


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

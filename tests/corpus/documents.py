"""The families of the corpus: from a seed, a family and an index to one returned form."""

import random
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from bot.consultation.circular import Circular
from tests.corpus import scanners
from tests.corpus.circulars import circulars
from tests.corpus.fonts import faces
from tests.corpus.forms import TICKS, Form, Odds, make_form
from tests.corpus.layouts import Look, a_look, lay_out
from tests.corpus.pdf_files import a_tick, pdf_file
from tests.corpus.scan_files import Circumstances, paper
from tests.corpus.scanners import Scanner
from tests.corpus.sheets import Sheet
from tests.corpus.truth import Answer, Document, RowPlace
from tests.corpus.word_files import demo_word_file, retyped_word_file
from tests.corpus.wordings import WORDINGS, a_language

_WORD_ODDS = Odds(
    odd=(*TICKS, (Answer.STRUCK, 1), (Answer.HIGHLIGHTED, 1), (Answer.DELETED, 1))
)
_PDF_ODDS = Odds(
    odd=(
        *TICKS,
        (Answer.CORRECTED, 2),
        (Answer.OUTSIDE, 1),
        (Answer.STRUCK, 1),
        (Answer.HIGHLIGHTED, 1),
    )
)
_SCAN_ODDS = Odds(odd=(*TICKS, (Answer.CORRECTED, 4), (Answer.OUTSIDE, 1)))

#: What happens to the pages of each family on paper.
_PAPERS: Mapping[str, tuple[Callable[[random.Random], Scanner], Circumstances]] = {
    "scan_clean": (scanners.clean_scanner, Circumstances(rough=False, hidden=12, around=8)),
    "scan_hard": (
        scanners.hard_scanner,
        Circumstances(rough=True, over=20, note=12, hidden=20, shuffled=15, around=15),
    ),
    "fax": (
        scanners.fax_machine,
        Circumstances(rough=True, over=8, note=6, shuffled=5, around=25),
    ),
    "photo": (scanners.camera, Circumstances(rough=True, over=8, note=6, shuffled=8, around=4)),
}


def _word(chance: random.Random, seed: int, index: int) -> Document:
    form = _a_form(chance, seed, tuple(WORDINGS), _WORD_ODDS)
    make = demo_word_file if chance.random() < 0.35 else retyped_word_file
    variant, data = make(chance, form)
    return _document("word", seed, index, ".docx", data, form, variant)


def _pdf(chance: random.Random, seed: int, index: int) -> Document:
    languages = tuple(
        each
        for each, wording in WORDINGS.items()
        if not wording.right_to_left and any(face.outlines for face in faces(each))
    )
    form = _a_form(chance, seed, languages, _PDF_ODDS)
    look = a_look(chance, form.language, outlines=True)
    sheets = lay_out(form, look)
    tick = a_tick(chance, look)
    data = pdf_file(chance, form, sheets, look, tick)
    places: dict[str, tuple[RowPlace, ...]] = {}
    for number, sheet in enumerate(sheets):
        for name, place in _bands(sheet, number).items():
            places[name] = (*places.get(name, ()), place)
    variant = f"{tick.value}; {look.words}"
    return _document("pdf", seed, index, ".pdf", data, form, variant, places)


def _bands(sheet: Sheet, page: int) -> dict[str, RowPlace]:
    spans: dict[str, tuple[float, float]] = {}
    for band in sheet.bands:
        top, bottom = spans.get(band.designation, (band.top, band.bottom))
        spans[band.designation] = min(top, band.top), max(bottom, band.bottom)
    return {
        name: RowPlace(page=page, at=(0.03, top / sheet.height, 0.97, bottom / sheet.height))
        for name, (top, bottom) in spans.items()
    }


def _on_paper(family: str) -> Callable[[random.Random, int, int], Document]:
    draw_scanner, circumstances = _PAPERS[family]

    def make(chance: random.Random, seed: int, index: int) -> Document:
        languages = tuple(each for each in WORDINGS if faces(each))
        form = _a_form(chance, seed, languages, _SCAN_ODDS)
        scanner = draw_scanner(chance)
        large = min(scanner.dpi, scanner.dpi_down) < 150
        look: Look = a_look(chance, form.language, outlines=False, large=large)
        made = paper(chance, form, lay_out(form, look), look, scanner, circumstances)
        return Document(
            family=family,
            seed=seed,
            index=index,
            suffix=made.suffix,
            data=made.data,
            circular=form.circular,
            language=form.language,
            variant=f"{made.words}; {look.words}",
            rows=made.truths,
            places=made.places,
        )

    return make


def _a_form(chance: random.Random, seed: int, languages: tuple[str, ...], odds: Odds) -> Form:
    circular: Circular = chance.choice(circulars(seed))
    return make_form(chance, circular, a_language(chance, languages), odds)


def _document(
    family: str,
    seed: int,
    index: int,
    suffix: str,
    data: bytes,
    form: Form,
    variant: str,
    places: dict[str, tuple[RowPlace, ...]] | None = None,
) -> Document:
    return Document(
        family=family,
        seed=seed,
        index=index,
        suffix=suffix,
        data=data,
        circular=form.circular,
        language=form.language,
        variant=variant,
        rows=form.truths,
        places=places or {},
    )


#: Family -> what makes one of its documents.
FAMILIES: Final[Mapping[str, Callable[[random.Random, int, int], Document]]] = MappingProxyType(
    {
        "word": _word,
        "pdf": _pdf,
        **{family: _on_paper(family) for family in _PAPERS},
    }
)


def make_document(seed: int, family: str, index: int) -> Document:
    """One document; the same arguments make the same bytes and the same truth.

    Raises:
        KeyError: no such family.
    """
    return FAMILIES[family](random.Random(f"{seed}/{family}/{index}"), seed, index)


def languages_left_out() -> tuple[str, ...]:
    """Languages that this machine has no font for: no scans are made in them."""
    return tuple(each for each in WORDINGS if not faces(each))

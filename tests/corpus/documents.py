"""The families of the corpus: from a seed, a family and an index to one returned form."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from bot.consultation.circular import Circular
from tests.corpus import office_files, scanners
from tests.corpus.circulars import circulars
from tests.corpus.demo_files import demo_word_file
from tests.corpus.fonts import faces
from tests.corpus.forms import TICKS, Form, Odds, make_form
from tests.corpus.layouts import lay_out
from tests.corpus.looks import Look, a_look
from tests.corpus.pdf_files import a_tick, pdf_file
from tests.corpus.pdf_notes import PDF_NOTES
from tests.corpus.pdf_pages import a_turn, turned
from tests.corpus.retyped_files import WORD_NOTES, retyped_word_file
from tests.corpus.scan_files import Circumstances, paper
from tests.corpus.scanners import Scanner
from tests.corpus.sheets import Sheet
from tests.corpus.truth import Answer, Document, RowPlace
from tests.corpus.wordings import WORDINGS, a_language

_DEMO_ODDS = Odds(odd=(*TICKS, (Answer.STRUCK, 1), (Answer.HIGHLIGHTED, 1), (Answer.DELETED, 1)))
_WORD_ODDS = Odds(
    odd=(*_DEMO_ODDS.odd, (Answer.CORRECTED, 2)),
    notes=tuple((note, 1) for note in WORD_NOTES),
)
_PDF_ODDS = Odds(
    odd=(
        *TICKS,
        (Answer.CORRECTED, 2),
        (Answer.OUTSIDE, 1),
        (Answer.DOUBTFUL, 1),
        (Answer.STRUCK, 1),
        (Answer.HIGHLIGHTED, 1),
    ),
    notes=tuple((note, 1) for note in PDF_NOTES),
)
_SCAN_ODDS = Odds(odd=(*TICKS, (Answer.CORRECTED, 4), (Answer.OUTSIDE, 1), (Answer.DOUBTFUL, 1)))

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
    return _converted("word", (".docx",))(chance, seed, index)


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
    sides = a_turn(chance, tick)
    data = turned(data, sides)
    places: dict[str, tuple[RowPlace, ...]] = {}
    for number, sheet in enumerate(sheets):
        for name, place in _bands(sheet, number).items():
            places[name] = (*places.get(name, ()), place)
    traits = {"tick": tick.value, "page": sides.value, **look.traits}
    return _document(
        ("pdf", seed, index), form, suffix=".pdf", data=data, traits=traits, places=places
    )


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
        look: Look = a_look(chance, form.language, outlines=False, large=large, ruled=True)
        made = paper(
            chance,
            form,
            lay_out(form, look),
            look=look,
            scanner=scanner,
            circumstances=circumstances,
        )
        document = _document(
            (family, seed, index),
            form,
            suffix=made.suffix,
            data=made.data,
            traits={**made.traits, **look.traits},
            places=made.places,
        )
        return replace(document, rows=made.truths)

    return make


def _a_form(chance: random.Random, seed: int, languages: tuple[str, ...], odds: Odds) -> Form:
    circular: Circular = chance.choice(circulars(seed))
    return make_form(chance, circular, a_language(chance, languages), odds)


def _document(
    made_from: tuple[str, int, int],
    form: Form,
    *,
    suffix: str,
    data: bytes,
    traits: Mapping[str, str],
    places: dict[str, tuple[RowPlace, ...]] | None = None,
) -> Document:
    return Document(
        family=made_from[0],
        seed=made_from[1],
        index=made_from[2],
        suffix=suffix,
        data=data,
        circular=form.circular,
        language=form.language,
        traits=traits,
        rows=form.truths,
        places=places or {},
    )


def _converted(
    family: str, suffixes: tuple[str, ...]
) -> Callable[[random.Random, int, int], Document]:
    """Word forms that are to be saved in another format: the suffix says which, `finished` does it."""

    def make(chance: random.Random, seed: int, index: int) -> Document:
        suffix = chance.choice(suffixes)
        demo = chance.random() < 0.35
        odds = _DEMO_ODDS if demo else _WORD_ODDS
        form = _a_form(chance, seed, tuple(WORDINGS), odds)
        truths = form.truths
        if demo:
            traits, data = demo_word_file(chance, form, printed=suffix == ".pdf")
        else:
            traits, data, truths = retyped_word_file(chance, form, printed=suffix == ".pdf")
        document = _document((family, seed, index), form, suffix=suffix, data=data, traits=traits)
        return replace(document, rows=truths)

    return make


#: Families that LibreOffice finishes, with the formats that it saves them in.
_OFFICE: Mapping[str, tuple[str, ...]] = {
    "office": (".doc", ".odt", ".rtf", ".docx"),
    "pdf_word": (".pdf",),
}

#: Family -> what makes one of its documents.
FAMILIES: Final[Mapping[str, Callable[[random.Random, int, int], Document]]] = MappingProxyType(
    {
        "word": _word,
        **{family: _converted(family, suffixes) for family, suffixes in _OFFICE.items()},
        "pdf": _pdf,
        **{family: _on_paper(family) for family in _PAPERS},
    }
)


def make_document(seed: int, family: str, index: int) -> Document:
    """One document.

    The same arguments make the same truth, and the same bytes; but what LibreOffice writes holds
    the time of writing.

    Raises:
        KeyError: no such family.
    """
    return make_documents(seed, family, (index,))[0]


def make_documents(seed: int, family: str, indices: Sequence[int]) -> list[Document]:
    """Several documents, which is quicker than one by one where LibreOffice makes them."""
    made = [
        FAMILIES[family](random.Random(f"{seed}/{family}/{index}"), seed, index)
        for index in indices
    ]
    for suffix in _OFFICE.get(family, ()):
        numbers = [place for place, each in enumerate(made) if each.suffix == suffix]
        if not numbers:
            continue
        saved = office_files.converted([made[number].data for number in numbers], suffix)
        for place, data in zip(numbers, saved, strict=True):
            names = [row.designation for row in made[place].rows]
            places = office_files.row_places(data, names) if suffix == ".pdf" else {}
            rows = made[place].rows
            if suffix == ".rtf" and _lost_its_state(data, made[place].traits):
                rows = tuple(replace(each, plain=False, note=STATE_LOST) for each in rows)
            made[place] = replace(made[place], data=data, places=places, rows=rows)
    return made


STATE_LOST = "the state of its fields was lost in saving"


def _lost_its_state(rtf: bytes, traits: Mapping[str, str]) -> bool:
    """Whether LibreOffice left out the state of check boxes that said all: nobody could read it."""
    return traits["marking"].startswith("form field") and b"\\*\\formfield" not in rtf


def families_here() -> tuple[str, ...]:
    """The families that this machine can make: some need LibreOffice."""
    return tuple(each for each in FAMILIES if each not in _OFFICE or office_files.installed())


def at_once(family: str) -> int:
    """How many documents of a family are best made together."""
    return 24 if family in _OFFICE else 2


def languages_left_out() -> tuple[str, ...]:
    """Languages that this machine has no font for: no scans are made in them."""
    return tuple(each for each in WORDINGS if not faces(each))

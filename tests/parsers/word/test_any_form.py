"""Any answers, marked in any way, in any layout and language: read exactly, or left to a person."""

import io
import random
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.demo.form_letter import Answer
from bot.demo.form_wording import WORDING
from bot.demo.word_forms import Layout, make_word_form
from bot.demo.word_marking import WordMarking
from bot.demo.word_package import zip_archive
from parsers.reading import BoxRole, FormReading
from parsers.registry import read
from tests.support.word import circular, said

CIRCULAR = circular()
NAMES = [text.designation for text in CIRCULAR.texts]
ORDER = tuple(BoxRole)
#: Answered by striking, highlighting or deleting text: never without a person.
WITHOUT_TICKS = (Answer.STRUCK, Answer.HIGHLIGHTED, Answer.DELETED)
WORDING_OF = list(WORDING)

answers = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(Answer), max_size=len(NAMES))
some_rows = st.permutations(NAMES).flatmap(
    lambda names: st.integers(1, len(names)).map(lambda count: list(names)[:count])
)


def wanted(answer: Answer) -> set[BoxRole] | None:
    """What a reading should say of a row that was answered so; None where a person has to."""
    if answer in WITHOUT_TICKS:
        return None
    return {ORDER[place] for place in answer.ticked}


def check(reading: FormReading, given_answers: dict[str, Answer], rows: list[str]) -> None:
    assert [row.designation for row in reading.rows] == rows
    for row in reading.rows:
        assert said(row) == wanted(given_answers.get(row.designation, Answer.BLANK))


@pytest.mark.parametrize("layout", Layout, ids=lambda each: each.value)
@pytest.mark.parametrize("marking", WordMarking, ids=lambda each: each.value)
def test_each_marking_in_each_layout_reads_back_in_every_language(
    marking: WordMarking, layout: Layout
) -> None:
    kinds = list(Answer)
    for number, language in enumerate(WORDING_OF):
        # Each language answers with other kinds, so that every kind meets every marking.
        given_answers = {
            name: kinds[(number * len(NAMES) + place) % len(kinds)]
            for place, name in enumerate(NAMES)
        }
        form = make_word_form(
            CIRCULAR, given_answers, language=language, marking=marking, layout=layout
        )
        reading = read(form)
        check(reading, given_answers, NAMES)
        assert (reading.language, reading.circular_number) == (language, 106)


@settings(max_examples=60, deadline=None)
@given(
    given_answers=answers,
    rows=some_rows,
    language=st.sampled_from(WORDING_OF),
    marking=st.sampled_from(WordMarking),
    layout=st.sampled_from(Layout),
)
def test_any_form_reads_back_exactly(
    given_answers: dict[str, Answer],
    rows: list[str],
    language: str,
    marking: WordMarking,
    layout: Layout,
) -> None:
    form = make_word_form(
        CIRCULAR,
        given_answers,
        language=language,
        marking=marking,
        layout=layout,
        rows=rows,
        administration="Freedonia",
    )
    check(read(form), given_answers, rows)


def _document(form: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(form)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


FORM_ANSWERS = {
    "Y.4241": Answer.ASSIGN_NONE,
    "Y.4242": Answer.DENY,
    "Y.4243": Answer.ASSIGN_ATTACHED,
    "Y.4420": Answer.BLANK,
}
FORMS = [
    make_word_form(CIRCULAR, FORM_ANSWERS, marking=marking, layout=layout)
    for marking, layout in (
        (WordMarking.LEGACY_CHECKED, Layout.OFFICIAL),
        (WordMarking.CONTENT_CONTROL, Layout.TWO_COLUMN),
        (WordMarking.BALLOT_CROSS, Layout.NESTED_BOXES),
        (WordMarking.SQUARE_BRACKETS, Layout.ONE_COLUMN),
    )
]


def _pieces(xml: bytes) -> list[bytes]:
    """A part cut between its tags."""
    return xml.replace(b"<", b"\x00<").split(b"\x00")


@settings(max_examples=150, deadline=None)
@given(form=st.sampled_from(FORMS), seed=st.integers(0, 1 << 32), removed=st.integers(1, 3))
def test_a_document_that_lost_pieces_never_raises(form: bytes, seed: int, removed: int) -> None:
    chance = random.Random(seed)
    files = _document(form)
    pieces = _pieces(files["word/document.xml"])
    for _ in range(removed):
        del pieces[chance.randrange(len(pieces))]
    files["word/document.xml"] = b"".join(pieces)
    read(zip_archive(files))


@settings(max_examples=150, deadline=None)
@given(form=st.sampled_from(FORMS), seed=st.integers(0, 1 << 32))
def test_a_document_that_lost_an_element_never_ticks_what_nobody_ticked(
    form: bytes, seed: int
) -> None:
    """Removing one whole element takes a mark away at most: it puts none anywhere."""
    chance = random.Random(seed)
    files = _document(form)
    files["word/document.xml"] = _without_one_element(files["word/document.xml"], chance)
    for row in read(zip_archive(files)).rows:
        marked = said(row)
        ticked = wanted(FORM_ANSWERS[row.designation]) if row.designation in FORM_ANSWERS else None
        if marked is not None:
            assert ticked is not None
            assert marked <= ticked


def _without_one_element(xml: bytes, chance: random.Random) -> bytes:
    from lxml import etree  # noqa: PLC0415

    root = etree.fromstring(xml)
    elements = list(root.iter(etree.Element))[2:]
    chosen = elements[chance.randrange(len(elements))]
    parent = chosen.getparent()
    assert parent is not None
    parent.remove(chosen)
    return etree.tostring(root)


@settings(max_examples=100, deadline=None)
@given(
    form=st.sampled_from(FORMS),
    at=st.floats(0, 1, exclude_max=True),
    junk=st.binary(min_size=1, max_size=40),
)
@example(form=FORMS[0], at=0.5, junk=b"\x00" * 40)
def test_a_damaged_file_is_read_as_it_was_or_not_at_all(
    form: bytes, at: float, junk: bytes
) -> None:
    place = int(len(form) * at)
    reading = read(form[:place] + junk + form[place + len(junk) :])
    for row in reading.rows:
        marked = said(row)
        assert marked is None or marked == wanted(FORM_ANSWERS[row.designation])
    assert reading.rows or reading.doubts


@settings(max_examples=50, deadline=None)
@given(form=st.sampled_from(FORMS), kept=st.floats(0, 1, exclude_max=True))
def test_a_file_cut_short_says_so(form: bytes, kept: float) -> None:
    reading = read(form[: int(len(form) * kept)])
    assert reading.rows == ()
    assert reading.doubts

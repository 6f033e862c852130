"""Documents can be made again, and their truths are whole."""

import dataclasses

import pytest

from tests.corpus.documents import make_document
from tests.corpus.fonts import faces
from tests.corpus.pictures import crop, pages
from tests.corpus.truth import Answer
from tests.corpus.wordings import WORDINGS

NATIVE = ("word", "pdf", "scan_clean", "scan_hard", "fax", "photo")


@pytest.fixture(autouse=True)
def _fonts() -> None:
    if not faces("en"):
        pytest.skip("no font on this machine: DejaVu or Liberation")


@pytest.mark.parametrize("family", NATIVE)
def test_the_same_seed_makes_the_same_bytes_and_the_same_truth(family: str) -> None:
    first, again = (make_document(9, family, 1) for _ in range(2))

    assert first.data == again.data
    assert first == again


@pytest.mark.parametrize("family", NATIVE)
def test_another_seed_makes_another_document(family: str) -> None:
    assert make_document(9, family, 1).data != make_document(10, family, 1).data


@pytest.mark.parametrize("family", NATIVE)
def test_every_text_of_the_circular_has_a_truth(family: str) -> None:
    for index in range(2):
        document = make_document(9, family, index)
        texts = {text.designation for text in document.circular.texts}
        assert {row.designation for row in document.rows} == texts
        assert len(document.rows) == len(texts)


@pytest.mark.parametrize("family", [each for each in NATIVE if each != "word"])
def test_every_row_that_is_there_can_be_cut_out_for_people(family: str) -> None:
    document = make_document(9, family, 2)
    shown = pages(document)

    for row in document.rows:
        there = row.answer is not Answer.ABSENT
        places = document.places.get(row.designation, ())
        assert bool(places) == there
        assert all(crop(shown, place) is not None for place in places)


def test_every_language_has_words_for_each_part_of_the_form() -> None:
    for wording in WORDINGS.values():
        for field in dataclasses.fields(wording):
            assert getattr(wording, field.name) or field.name == "right_to_left"
        assert len(wording.assigns) == len(wording.does_not_assign)
        assert all("{number}" in each for each in wording.opening)

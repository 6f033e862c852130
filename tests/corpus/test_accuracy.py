"""The regression test of reading: on a small corpus, nothing is read wrongly in silence."""

import pytest

from bot.worker.reading.part_reader import working_names
from parsers.registry import read
from tests.corpus.circulars import circulars
from tests.corpus.documents import make_document
from tests.corpus.fonts import faces
from tests.corpus.scoring import Verdict, cases

SEED = 2026


@pytest.mark.parametrize("index", range(20))
@pytest.mark.parametrize("family", ["word", "pdf"])
def test_no_row_is_read_wrongly_and_marked_clear(family: str, index: int) -> None:
    if not faces("en"):
        pytest.skip("no font on this machine: DejaVu or Liberation")
    document = make_document(SEED, family, index)

    said = read(document.data, working_names(circulars(SEED)))

    assert [case for case in cases(document, said) if case.verdict is Verdict.WRONG] == []

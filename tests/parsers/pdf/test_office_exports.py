"""Word forms that LibreOffice exported as PDF: symbol fonts are drawn with signs of its own."""

import pytest

from bot.demo.form_letter import Answer
from bot.demo.word_forms import Layout, make_word_form
from bot.demo.word_marking import WordMarking
from parsers.mark_characters import is_undetermined
from parsers.reading import BoxRole, Mark
from parsers.registry import read
from tests.support.office import require_office, written
from tests.support.word import (
    ASSIGNS_NONE,
    BLANK,
    circular,
    form,
    row_of,
    rows,
    said,
    symbol,
    table,
)

_MARKINGS = (WordMarking.WINGDINGS_SYMBOL, WordMarking.WINGDINGS_2)


@pytest.fixture(scope="module")
def exports() -> dict[str, bytes]:
    require_office()
    forms = {
        marking.name: make_word_form(
            circular(), {"Y.4241": Answer.ASSIGN_NONE}, marking=marking, layout=Layout.TWO_COLUMN
        )
        for marking in _MARKINGS
    }
    # Wingdings 2 A8 is a filled square: LibreOffice leaves the same code in the text for it.
    empty, filled = symbol("Wingdings 2", "F0A3"), symbol("Wingdings 2", "F0A8")
    forms["FILLED"] = form(table(rows("Y.4241", (empty,) * 4), rows("Y.4242", (filled,) * 4)))
    return written(forms, "pdf")


@pytest.mark.parametrize("marking", _MARKINGS, ids=lambda marking: marking.value)
def test_a_form_in_symbols_is_read_from_its_export(
    exports: dict[str, bytes], marking: WordMarking
) -> None:
    reading = read(exports[marking.name])
    assert said(row_of(reading)) == ASSIGNS_NONE
    assert said(row_of(reading, "Y.4242")) == BLANK


def test_a_sign_that_is_filled_is_never_taken_for_an_empty_box(exports: dict[str, bytes]) -> None:
    reading = read(exports["FILLED"])
    boxes = dict(row_of(reading, "Y.4242").boxes)
    assert boxes.keys() <= set(BoxRole)
    assert all(box.mark is not Mark.EMPTY for box in boxes.values())


def test_what_the_code_says_in_all_fonts_is_determined() -> None:
    found = {code for code in range(0xF020, 0xF100) if is_undetermined(chr(code), "OpenSymbol")}
    assert 0xF0A8 in found
    assert not any(is_undetermined(chr(code), "Wingdings") for code in found)
    assert not is_undetermined("☐", "OpenSymbol")

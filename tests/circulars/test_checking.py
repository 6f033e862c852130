"""What is odd about a circular is said in a line; what is right says nothing."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.circulars.checking import form_oddities, oddities
from bot.circulars.shipped import shipped_circulars
from bot.circulars.toml_file import parse_circular
from bot.consultation.circular import Circular, DraftText
from bot.demo.word_forms import make_word_form
from parsers.reading import Format, FormReading
from parsers.registry import read
from tests.circulars.deletion_circular import DELETION

CIRCULAR = shipped_circulars()[-1]
NOW = dt.datetime(2026, 4, 1, 9, tzinfo=dt.UTC)


def _first(**changes: object) -> Callable[[Circular], Circular]:
    """The circular with its first text changed."""

    def changed(circular: Circular) -> Circular:
        first: DraftText = replace(circular.texts[0], **changes)  # type: ignore[arg-type]
        return replace(circular, texts=(first, *circular.texts[1:]))

    return changed


def test_the_circular_that_ships_is_not_odd_before_its_deadline() -> None:
    assert oddities(CIRCULAR, now=NOW, others=[CIRCULAR]) == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(
            lambda c: replace(c, deadline=NOW - dt.timedelta(days=2)), "is past", id="past"
        ),
        pytest.param(
            lambda c: replace(c, deadline=c.deadline.replace(hour=12)), "at 12:59 UTC", id="noon"
        ),
        pytest.param(lambda c: replace(c, date=dt.date(2026, 5, 1)), "not after", id="date"),
        pytest.param(lambda c: replace(c, date=dt.date(2026, 4, 10)), "leaves 20 days", id="short"),
        pytest.param(
            lambda c: replace(c, meeting=replace(c.meeting, first_day=dt.date(2026, 4, 30))),
            "meeting begins before",
            id="meeting",
        ),
        pytest.param(lambda c: replace(c, contact_address=None), "no contact address", id="to"),
        pytest.param(lambda c: replace(c, study_group_title=""), "group has no title", id="group"),
        pytest.param(_first(former_name=None), "Y.4241 is new and has no former", id="former"),
        pytest.param(_first(former_name="Y.CL-EDM"), "another text has too", id="former twice"),
        pytest.param(_first(title=""), "Y.4241 has no title", id="title"),
        pytest.param(_first(document="SG13-R12"), "of another study group", id="document"),
        pytest.param(_first(designation="4241"), "not written as forms are read", id="name"),
    ],
)
def test_what_is_odd_is_said(change: Callable[[Circular], Circular], said: str) -> None:
    found = oddities(change(CIRCULAR), now=NOW)
    assert any(said in each for each in found), found


def test_a_text_that_another_open_circular_asks_too_is_said() -> None:
    other = replace(CIRCULAR, number=107, texts=CIRCULAR.texts[:2])
    (said,) = oddities(CIRCULAR, now=NOW, others=[CIRCULAR, other])
    assert "Y.4241, Y.4242 is also asked by TSB Circular 107" in said
    assert oddities(CIRCULAR, now=NOW, others=[replace(other, deadline=NOW.replace(month=3))]) == ()


def test_words_that_a_question_lacks_in_a_language_are_said() -> None:
    found = oddities(parse_circular(DELETION, "118.toml"), now=NOW)
    assert any('"agrees-with-remarks" has no words in es, ru, ar, zh' in each for each in found)


def test_the_form_in_the_circulars_own_document_is_held_against_it() -> None:
    form = read(make_word_form(CIRCULAR, {}))
    assert form_oddities(CIRCULAR, form) == ()

    fewer = replace(CIRCULAR, texts=CIRCULAR.texts[1:])
    assert form_oddities(fewer, form) == ("its form has a row Y.4241, which is none of its texts",)
    more = _first(designation="Y.9999")(CIRCULAR)
    assert "Y.9999 has no row in its form" in form_oddities(more, form)
    assert "no form with boxes" in form_oddities(CIRCULAR, FormReading(format=Format.DOCX))[0]

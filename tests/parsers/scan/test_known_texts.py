"""Names badly read, held against the draft texts that are open."""

import pytest

from parsers.scan.known_texts import settled
from parsers.scan.names import Name

KNOWN = {
    "Q.dlt-vrAASv": "Q.2811",
    "Q.Twin-om": "Q.17.22",
    "Q.4637": "Q.4637",
    "Q.213": "Q.213",
    "Q.213 Amd.4": "Q.213 Amd.4",
    "Q.EMF-koec-ueuMuk": "Q.60",
}
SURE = Name(text="Q.4637", tried=("Q.4637",))
STRANGE = Name(text="Y.4241", tried=("Y.4241",))


def unsure(*tried: str, formerly: str = "") -> Name:
    return Name(text=tried[0] if tried else "", sure=False, tried=tried, formerly=formerly)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param(unsure("Q.2811"), "Q.2811", id="one reading of several gives it"),
        pytest.param(unsure("O.2811"), "Q.2811", id="a series letter that prints alike"),
        pytest.param(
            Name(text="O.2811", tried=("O.2811",)), "Q.2811", id="the same letter, surely misread"
        ),
        pytest.param(unsure("Q.2871", "Q.2817"), "Q.2871", id="a figure misread is another text"),
        pytest.param(
            unsure("Q.2817", formerly="Q.dIt-vrAASu"),
            "Q.2811 (Q.dlt-vrAASv)",
            id="its working name tells it, and nothing speaks against it",
        ),
        pytest.param(
            unsure(formerly="O.EMF-koec-ueuMuk"),
            "Q.60 (Q.EMF-koec-ueuMuk)",
            id="only its working name could be read",
        ),
        pytest.param(
            unsure("Q.999", formerly="Q.dlt-vrAASv"), "Q.999", id="its number speaks against it"
        ),
        pytest.param(unsure("Q.213"), "Q.213", id="what may go on stays unsure"),
    ],
)
def test_a_name_badly_read_is_the_known_text_that_alone_it_can_be(name: Name, text: str) -> None:
    assert settled([SURE, name], KNOWN)[1].text == text


def test_what_was_settled_is_sure_and_what_was_not_is_not() -> None:
    _, known, longer, strange = settled(
        [SURE, unsure("O.2811"), unsure("Q.213"), unsure("Q.2871")], KNOWN
    )
    assert (known.sure, longer.sure, strange.sure) == (True, False, False)


@pytest.mark.parametrize(
    "name",
    [unsure("O.2811"), unsure("Q.2811"), unsure(formerly="Q.dlt-vrAASv")],
    ids=["letter", "reading", "working name"],
)
def test_a_form_that_surely_names_an_unknown_text_is_of_another_circular(name: Name) -> None:
    assert settled([SURE, name, STRANGE], KNOWN)[1] == name


def test_a_row_alone_is_told_by_number_and_working_name_together() -> None:
    (both,) = settled([unsure("O.2811", formerly="Q.dIt-vrAASv")], KNOWN)
    assert (both.text, both.sure) == ("Q.2811 (Q.dlt-vrAASv)", True)
    for alone in (unsure("O.2811"), unsure(formerly="Q.dlt-vrAASv")):
        assert settled([alone], KNOWN) == [alone]


def test_two_rows_are_never_taken_for_one_text() -> None:
    rows = [SURE, unsure("Q.2811"), unsure("O.2811")]
    assert settled(rows, KNOWN) == rows


def test_a_working_name_misread_by_a_letter_is_set_right() -> None:
    (name,) = settled([Name(text="Q.2811 (Q.dit-vrAASv)", formerly="Q.dit-vrAASv")], KNOWN)
    assert name.text == "Q.2811 (Q.dlt-vrAASv)"


def test_another_working_name_stays_and_contradicts() -> None:
    name = Name(text="Q.2811 (Q.sec-ponefB)", formerly="Q.sec-ponefB")
    assert settled([name], KNOWN) == [name]


def test_without_known_texts_nothing_changes() -> None:
    rows = [SURE, unsure("O.2811")]
    assert settled(rows, {}) == rows

"""From the parts of a message to what it claims of each circular."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.consultation.circular import Circular
from bot.consultation.opinion import Status
from bot.intake.claims import Claims, claims_of
from bot.intake.part_reading import PartReading
from bot.intake.row_opinions import row_opinion
from parsers.reading import Doubt, RowReading
from tests.support.intake import (
    CIRCULAR,
    OTHER,
    TEXTS,
    circular,
    document,
    form,
    letters_of,
    part,
    reading,
    row,
    unread,
)

FORM_WORDS = (
    "Y.4241: assigns authority to Study Group 20; no comments or suggested changes; comments and"
    " suggested changes are attached; does not assign authority to Study Group 20."
)


def claimed(*parts: PartReading, circulars: tuple[Circular, ...] = (CIRCULAR, OTHER)) -> Claims:
    return claims_of(parts, circulars)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        pytest.param("NCD", "NCD", "NCD", id="the same form as Word and as PDF"),
        pytest.param("NCD", "---", "NCD", id="the form as it was issued beside it"),
        pytest.param("N..", "---", "N", id="one row, and the form as it was issued beside it"),
        pytest.param("NC-", "--D", "NCD", id="each says what the other leaves open"),
        pytest.param("NND", "NNN", "NN?", id="two that differ in one row"),
        pytest.param("NNA", "NNN", "NN?", id="two that differ in the comments"),
        pytest.param("NNN", "NN?", "NN?", id="one of them is doubtful"),
        pytest.param("NN.", "..D", "NND", id="a form in two files"),
        pytest.param("---", "---", "---", id="both as they were issued"),
        pytest.param("NNX", "---", "NN?", id="a contradiction beside a blank form"),
    ],
)
def test_two_forms_of_one_circular_are_read_together(one: str, other: str, said: str) -> None:
    for first, second in ((one, other), (other, one)):
        (claim,) = claimed(form(first), form(second, "3")).claims
        assert letters_of(claim.rows) == said
        if said.replace("?", "") == said:
            assert claim.reasons == ()


def test_rows_that_two_forms_tell_differently_say_so() -> None:
    (claim,) = claimed(form("NNN"), form("DNN", "3")).claims
    assert claim.rows[0].reasons == ("forms-differ",)
    assert claim.rows[1].status is Status.CLEAR


def test_the_language_is_that_of_the_form_that_was_filled_in() -> None:
    (claim,) = claimed(form("---"), form("NNN", "3", language="fr", letter="Suisse")).claims
    assert (claim.language, claim.letter) == ("fr", "Suisse")


def test_the_form_beside_an_earlier_one_takes_its_place() -> None:
    parts = (form("DDD", "2/2"), form("NN.", "3"))
    (claim,) = claims_of(parts, [CIRCULAR], older={"2/2"}).claims
    assert letters_of(claim.rows) == "NN?"
    assert claim.rows[2].reasons == ("forms-differ",)


def test_an_earlier_form_alone_is_read() -> None:
    (claim,) = claims_of((form("DDD", "2/2"), form("---", "3")), [CIRCULAR], older={"2/2"}).claims
    assert letters_of(claim.rows) == "DDD"


def test_forms_of_two_circulars_are_two_claims() -> None:
    texts = ("X.1060", "X.1254")
    found = claimed(form(), form("DN", "3", texts=texts, number=107)).claims
    assert [(each.circular.number, letters_of(each.rows)) for each in found] == [
        (106, "NNN"),
        (107, "DN"),
    ]


ONE_MORE = circular(108, ("Y.4241", "Y.4242", "Y.4420"), (None,))
WHICH = [
    pytest.param({"number": 106}, 106, (), id="its number and its texts"),
    pytest.param({"number": None}, 106, (), id="no number: its texts"),
    pytest.param(
        {"number": 106, "texts": ("X.1060", "X.1254")},
        107,
        ("number-and-texts-differ",),
        id="the number of one, the texts of another",
    ),
    pytest.param(
        {"number": 106, "texts": ("Y.9", "Y.8")}, 106, ("unknown-text",), id="texts of none"
    ),
    pytest.param(
        {"number": 106, "texts": ("Y.4241", "Y.9")}, 106, ("unknown-text",), id="one text of none"
    ),
    pytest.param(
        {"number": 99, "numbers": (99, 106)},
        106,
        ("several-circulars",),
        id="first a number that is not configured",
    ),
    pytest.param(
        {"number": 106, "numbers": (106, 107)}, 106, ("several-circulars",), id="two numbers"
    ),
    pytest.param({"number": 106, "numbers": (106, 55)}, 106, (), id="a number mentioned beside"),
]


@pytest.mark.parametrize(("details", "number", "reasons"), WHICH)
def test_the_circular_is_told_by_number_and_texts(
    details: dict[str, Any], number: int, reasons: tuple[str, ...]
) -> None:
    (claim,) = claimed(form("NN", **details)).claims
    assert (claim.circular.number, claim.reasons) == (number, reasons)


def test_texts_that_two_circulars_share_need_a_person_and_the_message_proposes() -> None:
    for meant, number in (((), 108), ((106,), 106), ((77,), 108)):
        (claim,) = claims_of([form(number=None)], [CIRCULAR, ONE_MORE], meant=meant).claims
        assert (claim.circular.number, claim.reasons) == (number, ("circular-not-known",))


@pytest.mark.parametrize(
    "details",
    [
        pytest.param({"number": 99}, id="another number, though the texts are ours"),
        pytest.param({"number": None, "texts": ("Y.9",)}, id="texts of none, and no number"),
    ],
)
def test_the_form_of_another_circular_claims_nothing_of_ours(details: dict[str, Any]) -> None:
    found = claimed(form("N", **details))
    assert found.claims == ()
    assert len(found.strange) == 1


@pytest.mark.parametrize(
    ("given", "status", "reasons"),
    [
        pytest.param(row("N"), Status.CLEAR, (), id="no former name"),
        pytest.param(row("N", former_name="Y.dt-scomcam"), Status.CLEAR, (), id="in another case"),
        pytest.param(row("N", former_name="Y.4241"), Status.CLEAR, (), id="its own name again"),
        pytest.param(
            row("N", former_name="Y.other"),
            Status.AMBIGUOUS,
            ("former-name-differs",),
            id="of another text",
        ),
        pytest.param(
            row("N", "Y.4242", former_name="Y.dt-SComCam"),
            Status.AMBIGUOUS,
            ("former-name-differs",),
            id="of a text that had none",
        ),
        pytest.param(row("X"), Status.AMBIGUOUS, ("contradiction",), id="a contradiction"),
        pytest.param(row("-"), Status.BLANK, (), id="nothing ticked"),
        pytest.param(
            RowReading(designation="Y.4241", boxes=row("N").boxes[:3]),
            Status.AMBIGUOUS,
            ("box-count",),
            id="a box is missing that no reader missed",
        ),
    ],
)
def test_a_row_says_what_its_boxes_say_unless_something_is_doubtful(
    given: RowReading, status: Status, reasons: tuple[str, ...]
) -> None:
    said = row_opinion(given, CIRCULAR)
    assert (said.status, said.reasons) == (status, reasons)


@pytest.mark.parametrize("doubt", list(Doubt))
def test_any_doubt_of_a_row_makes_it_say_nothing(doubt: Doubt) -> None:
    given = RowReading(designation="Y.4241", boxes=row("N").boxes, doubts=(doubt,))
    said = row_opinion(given, CIRCULAR)
    assert (said.status, said.opinion, said.comments) == (Status.AMBIGUOUS, None, None)


def test_a_form_whose_boxes_nobody_found_is_unread_and_comments_are_a_file() -> None:
    found = claimed(part(document(FORM_WORDS), "2"), part(document("Comments on Y.4241"), "3"))
    assert [each.path for each in found.unread] == ["2"]
    assert [each.path for each in found.files] == ["3"]


def test_rows_without_boxes_are_a_form_only_where_there_is_no_other() -> None:
    table = reading("", number=None, letter="Comments")
    table = type(table)(
        format=table.format,
        letter="Comments",
        rows=tuple(RowReading(designation=text, doubts=(Doubt.BOX_COUNT,)) for text in TEXTS),
    )
    assert letters_of(claimed(part(table)).claims[0].rows) == "???"
    found = claimed(part(table, "3"), form())
    assert letters_of(found.claims[0].rows) == "NNN"
    assert [each.path for each in found.files] == ["3"]


@given(st.lists(st.text("NCAD-X?.", min_size=3, max_size=3), min_size=1, max_size=4), st.data())
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_forms_does_not_matter(forms: list[str], data: st.DataObject) -> None:
    parts = [form(rows, str(index)) for index, rows in enumerate(forms, start=2)]
    shuffled = data.draw(st.permutations(parts))
    one, other = claims_of(parts, [CIRCULAR]), claims_of(shuffled, [CIRCULAR])
    assert [letters_of(each.rows) for each in one.claims] == [
        letters_of(each.rows) for each in other.claims
    ]
    for claim in one.claims:
        texts = [each.text for each in claim.rows]
        assert texts == [text for text in TEXTS if text in texts]


def test_what_nobody_has_read_is_no_claim() -> None:
    found = claimed(part(unread(), "2"), part(unread(Doubt.ENCRYPTED), "3"))
    assert found.claims == ()
    assert [each.path for each in found.unread] == ["2", "3"]

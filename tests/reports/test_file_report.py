"""What `tsbbot read --json` says of a file."""

import json
from dataclasses import replace

import pytest

from bot.intake.part_reading import PartReading
from bot.reports.file_report import file_report
from parsers.reading import Box, Doubt, Format, FormReading, Mark, Place
from tests.support.intake import CIRCULAR, OTHER, TEXTS, document, form, part, reading, unread

CIRCULARS = (CIRCULAR, OTHER)
KEYS = [
    "file",
    "format",
    "circular",
    "language",
    "opinions",
    "administration",
    "signatory",
    "needs_review",
    "reasons",
    "error",
]


def report(*parts: PartReading, flaws: tuple[str, ...] = ()) -> dict[str, object]:
    said = file_report("reply.docx", "docx", parts, CIRCULARS, flaws=flaws).as_json()
    assert list(said) == KEYS
    assert json.loads(json.dumps(said)) == said
    assert said["needs_review"] == bool(said["reasons"])
    return said


def test_a_form_says_each_row_with_its_evidence() -> None:
    said = report(form("ND-", letter="From: Administration of Switzerland", language="fr"))
    opinions = said.pop("opinions")
    assert said == {
        "file": "reply.docx",
        "format": "docx",
        "circular": "TSB Circular 106",
        "language": "fr",
        "administration": "Switzerland",
        "signatory": dict.fromkeys(
            ("administration", "name", "title", "place", "date", "email", "signed")
        ),
        "needs_review": False,
        "reasons": [],
        "error": None,
    }
    assert isinstance(opinions, list)
    assert [
        (each["text"], each["opinion"], each["comments"], each["status"]) for each in opinions
    ] == [
        ("Y.4241", "assigns", "none", "clear"),
        ("Y.4242", "does_not_assign", None, "clear"),
        ("Y.4420", None, None, "blank"),
    ]
    assert opinions[0]["confidence"] == 1.0
    boxes = ["assigns", "no_comments", "comments_attached", "does_not_assign"]
    assert [each["box"] for each in opinions[0]["evidence"]] == boxes
    assert opinions[0]["evidence"][0] == {
        "box": "assigns",
        "marked": True,
        "doubtful": False,
        "how": "w:checked",
        "text": "",
        "page": None,
        "at": None,
    }


def test_rows_that_are_not_in_the_file_are_left_out() -> None:
    opinions = report(form(".N."))["opinions"]
    assert isinstance(opinions, list)
    assert [each["text"] for each in opinions] == ["Y.4242"]


def test_a_row_in_doubt_says_nothing_but_why() -> None:
    said = report(form("X?N"))
    opinions = said["opinions"]
    assert isinstance(opinions, list)
    assert [(each["opinion"], each["status"], each["reasons"]) for each in opinions] == [
        (None, "ambiguous", ["contradiction"]),
        (None, "ambiguous", ["ambiguous-mark"]),
        ("assigns", "clear", []),
    ]
    assert said["reasons"] == ["contradiction", "ambiguous-mark"]


EMPTY = FormReading(format=Format.EMPTY, doubts=(Doubt.EMPTY_FILE,), error="the file is empty")
NOTHING = [
    pytest.param(part(document("a letter")), ["no-form"], None, id="no form"),
    pytest.param(part(EMPTY), ["empty-file"], "the file is empty", id="empty"),
    pytest.param(part(unread()), ["scan"], "a person has to read it", id="a scan"),
    pytest.param(
        part(unread(Doubt.ENCRYPTED)), ["encrypted"], "a person has to read it", id="encrypted"
    ),
    pytest.param(form("D", number=99), ["other-circular"], None, id="of another circular"),
    pytest.param(
        form("D", number=99, texts=("Z.1",)), ["other-circular"], None, id="of unknown texts"
    ),
]


@pytest.mark.parametrize(("given", "reasons", "error"), NOTHING)
def test_what_gives_no_opinion_says_why(
    given: PartReading, reasons: list[str], error: str | None
) -> None:
    said = report(given)
    assert (said["circular"], said["opinions"]) == (None, [])
    assert (said["reasons"], said["error"]) == (reasons, error)


def test_a_message_without_a_part_has_no_form() -> None:
    assert report()["reasons"] == ["no-form"]


def test_a_message_is_read_with_all_of_its_parts() -> None:
    said = report(form("NN."), part(unread(), "3"), flaws=("broken-mime",))
    assert said["reasons"] == ["scan", "parts-left-out"]
    assert said["error"] is None
    both = report(form(), form("NN", "3", texts=("X.1060", "X.1254"), number=107))
    assert (both["circular"], both["reasons"]) == ("TSB Circular 106", ["several-circulars"])
    assert report(form(), form("D", "3", number=99))["reasons"] == ["other-circular"]
    assert report(form(), form("-", "3", number=99))["reasons"] == []


@pytest.mark.parametrize(
    ("letter", "name"),
    [
        pytest.param("Administration of Peru", "Peru", id="one"),
        pytest.param("Administration of Peru\nAdministration of France", None, id="two"),
        pytest.param("", None, id="none"),
    ],
)
def test_the_administration_is_said_where_the_form_names_one(letter: str, name: str) -> None:
    assert report(form(letter=letter))["administration"] == name


def test_every_box_is_shown_with_its_place() -> None:
    boxes = (
        Box(mark=Mark.MARKED, kind="legacy-field", how="w:checked", label="No comments"),
        Box(
            mark=Mark.DOUBTFUL,
            kind="drawn-square",
            how="ink",
            place=Place(page=2, at=(1.04, 2.0, 3.0, 4.0)),
            doubts=(Doubt.AMBIGUOUS_MARK,),
        ),
        Box(mark=Mark.EMPTY, kind="character", how="☐", place=Place(path="table 1, row 2")),
    )
    given = part(replace(reading(""), boxes=boxes, doubts=(Doubt.NO_FORM,)))
    said = file_report("form.docx", "docx", [given], CIRCULARS).boxes_as_json()
    assert list(said) == ["file", "format", "boxes", "error"]
    assert said["boxes"] == [
        {
            "marked": True,
            "doubtful": False,
            "text": "No comments",
            "kind": "legacy-field",
            "how": "w:checked",
            "page": None,
            "at": None,
        },
        {
            "marked": False,
            "doubtful": True,
            "text": "",
            "kind": "drawn-square",
            "how": "ink",
            "page": 2,
            "at": [1.0, 2.0, 3.0, 4.0],
        },
        {
            "marked": False,
            "doubtful": False,
            "text": "",
            "kind": "character",
            "how": "☐",
            "page": None,
            "at": "table 1, row 2",
        },
    ]


def test_the_rows_are_in_the_circulars_order() -> None:
    opinions = report(form("NNN", texts=tuple(reversed(TEXTS))))["opinions"]
    assert isinstance(opinions, list)
    assert tuple(each["text"] for each in opinions) == TEXTS

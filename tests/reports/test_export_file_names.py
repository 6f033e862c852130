"""Names of attachments: whatever came by mail can be written, is what it says, and is there once."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reports.export.file_names import LONGEST, folded, safe_name, unique_name
from bot.reports.export.placing import Apart, places
from tests.reports.export_samples import LANGUAGES, make_circular, make_file


@pytest.mark.parametrize(
    ("filename", "format_", "name"),
    [
        pytest.param("Comments.docx", "docx", "Comments.docx", id="as it is"),
        pytest.param("COMMENTS.DOCX", "docx", "COMMENTS.docx", id="ending in small letters"),
        pytest.param("../../etc/passwd", "text", "_.._etc_passwd.txt", id="upwards"),
        pytest.param("/etc/passwd", "text", "_etc_passwd.txt", id="from the root"),
        pytest.param("C:\\Windows\\a.pdf", "pdf", "C__Windows_a.pdf", id="a drive"),
        pytest.param("..", "pdf", "attachment.pdf", id="dots only"),
        pytest.param(None, "pdf", "attachment.pdf", id="no name"),
        pytest.param("   ", "pdf", "attachment.pdf", id="spaces"),
        pytest.param("a\0b\r\nc.pdf", "pdf", "ab c.pdf", id="controls"),
        pytest.param("CON.pdf", "pdf", "_CON.pdf", id="a device"),
        pytest.param("nul", "text", "_nul.txt", id="a device without ending"),
        pytest.param("lpt1.tar.pdf", "pdf", "_lpt1.tar.pdf", id="a device with two endings"),
        pytest.param("console.pdf", "pdf", "console.pdf", id="no device"),
        pytest.param("form.docx.exe", "docx", "form.docx.exe.docx", id="a false ending"),
        pytest.param("form.exe", "unknown", "form.exe.bin", id="a program"),
        pytest.param("mrof\u202excod.exe", "pdf", "mrofxcod.exe.pdf", id="turned round"),
        pytest.param("x.jpeg", "jpeg", "x.jpeg", id="one of two endings"),
        pytest.param("e\u0301te\u0301.pdf", "pdf", "été.pdf", id="composed"),
        pytest.param("\ud800x.pdf", "pdf", "x.pdf", id="half a character"),
        pytest.param("trailing. . .pdf", "pdf", "trailing.pdf", id="dots before the ending"),
    ],
)
def test_a_name_is_made_safe(filename: str | None, format_: str, name: str) -> None:
    assert safe_name(filename, format_=format_) == name


@pytest.mark.parametrize("name", LANGUAGES)
def test_names_in_every_language_stay(name: str) -> None:
    assert safe_name(f"{name}.docx", format_="docx") == f"{name}.docx"


@settings(max_examples=200, deadline=None)
@given(st.none() | st.text(max_size=400), st.sampled_from(["docx", "pdf", "unknown", "text"]))
def test_any_name_can_be_written_everywhere(filename: str | None, format_: str) -> None:
    name = safe_name(filename, format_=format_)
    assert len(name.encode()) <= LONGEST
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f]', name)
    assert name == name.strip(" .")
    assert safe_name(name, format_=format_) == name


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(alphabet="aAäÄ. ", max_size=3), max_size=12))
def test_no_two_attachments_have_one_place(names: list[str]) -> None:
    files = [(make_file(number, 1, name), "C106-CHE-1", None) for number, name in enumerate(names)]
    placed = places(make_circular(), files)
    assert len({folded(each) for each in placed.values()}) == len(names)


def test_a_name_that_is_taken_gets_a_number() -> None:
    taken = {folded("a.pdf"), folded("a (2).pdf")}
    assert unique_name("A.PDF", taken) == "A (3).PDF"


def test_places_stand_in_the_order_of_the_texts() -> None:
    files = (
        (make_file(1, 1, "b.docx", texts=("Y.2",)), "C106-CHE-1", None),
        (make_file(2, 1, "a.docx", texts=("Y.1",)), "C106-CHE-1", None),
        (make_file(3, 1, "all.docx"), "C106-CHE-1", None),
        (make_file(4, 1, "two.docx", texts=("Y.1", "Y.2")), "C106-CHE-1", None),
        (make_file(5, 2, "late.docx", texts=("Y.1",)), "C106-FRA-1", Apart.LATE),
        (make_file(6, 2, "other.docx", texts=("Y.99",)), "C106-FRA-1", None),
    )
    assert list(places(make_circular(), files).values()) == [
        "attachments/02-Y.2/C106-CHE-1_b.docx",
        "attachments/01-Y.1/C106-CHE-1_a.docx",
        "attachments/00-several-texts/C106-CHE-1_all.docx",
        "attachments/00-several-texts/C106-CHE-1_two.docx",
        "attachments/90-late/C106-FRA-1_late.docx",
        "attachments/00-several-texts/C106-FRA-1_other.docx",
    ]

"""`tsbbot circular`: data made of a document, and the form that it expects shown."""

import json
from pathlib import Path

import pytest

from bot.circulars.shipped import FOLDER
from tests.circulars.deletion_circular import DELETION
from tests.cli.conftest import Run

SHIPPED = FOLDER / "106.toml"


def test_check_shows_the_form_what_its_marks_mean_and_its_words(tsbbot: Run) -> None:
    ran = tsbbot("circular", "check", SHIPPED, "--now", "2026-04-01")
    assert ran.status == 0
    for told in ("Y.4241", "ex Y.dt-SComCam", "☐ does-not-assign", "any other: a person"):
        assert told in ran.out
    for words in ("No comments or suggested changes", "Sin comentarios", "无意见或修改建议"):
        assert words in ran.out
    assert "Nothing is odd about it" in ran.out


@pytest.mark.parametrize("now", ["2026-04-01", "2026-05-01"])
def test_check_says_whether_the_deadline_is_past(tsbbot: Run, now: str) -> None:
    said = json.loads(tsbbot("circular", "check", "--json", SHIPPED, "--now", now).out)
    assert bool(said["odd"]) is (now == "2026-05-01")


def test_check_of_another_question_shows_its_own_form(tsbbot: Run, tmp_path: Path) -> None:
    path = tmp_path / "118.toml"
    path.write_text(DELETION, encoding="utf-8")
    said = json.loads(
        tsbbot(
            "circular", "check", "--json", path, SHIPPED, "--now", "2026-04-01"
        ).out.splitlines()[0]
    )
    assert said["question"] == "deletion"
    assert [each["role"] for each in said["boxes"]] == ["agrees", "agrees-with-remarks", "objects"]
    assert said["meanings"][-1] == {
        "marked": ["objects"],
        "opinion": "does_not_assign",
        "comments": None,
    }


def test_check_of_a_file_that_is_none_says_so(tsbbot: Run, tmp_path: Path) -> None:
    path = tmp_path / "circular.txt"
    path.write_text("Dear all,\n", encoding="utf-8")
    ran = tsbbot("circular", "check", path)
    assert ran.status == 1
    assert "cannot be used as it is" in ran.err

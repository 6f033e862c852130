"""`tsbbot read`: what is printed for forms, messages and what is neither."""

import dataclasses
import io
import json
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.circulars.shipped import shipped_circulars
from bot.demo.form_letter import Answer
from bot.demo.word_forms import make_word_form
from tests.cli.conftest import Run

CIRCULAR = shipped_circulars()[-1]
ANSWERS = {text.designation: Answer.ASSIGN_NONE for text in CIRCULAR.texts} | {
    CIRCULAR.texts[1].designation: Answer.DENY,
    CIRCULAR.texts[2].designation: Answer.STRUCK,
}


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """A Word form of Switzerland: one text refused, one answered by striking, the rest clear."""
    path = tmp_path / "reply.docx"
    path.write_bytes(make_word_form(CIRCULAR, ANSWERS, administration="Switzerland"))
    return path


def message(*files: tuple[str, bytes]) -> bytes:
    """A message with these attached."""
    made = EmailMessage()
    made["From"] = "regulation@telecom-ch.example"
    made["Subject"] = "Response"
    made.set_content("Please find attached our response.")
    for name, data in files:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def test_a_form_is_one_json_object_of_the_agreed_shape(tsbbot: Run, form: Path) -> None:
    ran = tsbbot("read", "--json", form)
    (line,) = ran.out.splitlines()
    said = json.loads(line)
    assert ran.status == 0
    assert set(said) == {
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
    }
    assert said["file"] == str(form)
    assert said["format"] == "docx"
    assert said["signatory"]["administration"] == said["administration"]
    assert said["circular"] == "TSB Circular 106"
    assert said["language"] == "en"
    assert said["administration"] == "Switzerland"
    assert said["needs_review"] is True
    assert said["reasons"] == ["struck-text"]
    assert said["error"] is None
    by_text = {row["text"]: row for row in said["opinions"]}
    first, second, third = (by_text[text.designation] for text in CIRCULAR.texts[:3])
    assert (first["opinion"], first["comments"], first["status"]) == ("assigns", "none", "clear")
    assert (second["opinion"], second["comments"]) == ("does_not_assign", None)
    assert (third["opinion"], third["status"]) == (None, "ambiguous")
    assert [box["box"] for box in first["evidence"]] == [
        "assigns",
        "no_comments",
        "comments_attached",
        "does_not_assign",
    ]
    assert {"box", "marked", "how", "page", "at"} <= set(first["evidence"][0])


def test_every_file_gets_its_line_in_the_order_given(
    tsbbot: Run, form: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty.docx").write_bytes(b"")
    (tmp_path / "broken.docx").write_bytes(form.read_bytes()[:3000])
    files = [
        tmp_path / "nowhere.pdf",
        tmp_path / "empty.docx",
        form,
        tmp_path / "broken.docx",
        tmp_path,
    ]
    ran = tsbbot("read", "--json", *files)
    said = [json.loads(line) for line in ran.out.splitlines()]
    assert [each["file"] for each in said] == [str(each) for each in files]
    assert [each["error"] is None for each in said] == [False, False, True, False, False]
    assert all(each["needs_review"] for each in said)
    assert said[1]["reasons"] == ["empty-file"]
    assert ran.status == 0


@pytest.mark.parametrize("kind", ["eml", "zip", "zip in eml"])
def test_a_form_is_found_inside(tsbbot: Run, form: Path, tmp_path: Path, kind: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("replies/form.docx", form.read_bytes())
    data = {
        "eml": message(("form.bin", form.read_bytes())),
        "zip": packed.getvalue(),
        "zip in eml": message(("replies.zip", packed.getvalue())),
    }[kind]
    path = tmp_path / "thing"
    path.write_bytes(data)
    said = json.loads(tsbbot("read", "--json", path).out)
    assert said["format"] == ("zip" if kind == "zip" else "eml")
    assert len(said["opinions"]) == len(CIRCULAR.texts)


def test_a_form_of_another_circular_yields_no_opinion_of_this_one(
    tsbbot: Run, tmp_path: Path
) -> None:
    other = dataclasses.replace(CIRCULAR, number=CIRCULAR.number - 1)
    path = tmp_path / "other.docx"
    path.write_bytes(make_word_form(other, ANSWERS))
    said = json.loads(tsbbot("read", "--json", path).out)
    assert said["opinions"] == []
    assert said["circular"] is None
    assert said["reasons"] == ["other-circular"]


def test_boxes_of_any_document_are_listed_in_order(tsbbot: Run, form: Path) -> None:
    said = json.loads(tsbbot("read", "--boxes", "--json", form).out)
    assert set(said) == {"file", "format", "boxes", "error"}
    assert len(said["boxes"]) == 4 * len(CIRCULAR.texts)
    assert {"marked", "doubtful", "text", "kind", "page", "at"} <= set(said["boxes"][0])
    assert said["boxes"][0]["marked"] is True
    assert "assigns authority" in said["boxes"][0]["text"]


def test_people_see_a_table_with_the_reasons(tsbbot: Run, form: Path) -> None:
    ran = tsbbot("read", form)
    assert "Y.4241" in ran.out
    assert "does not assign" in ran.out
    assert "striking" in ran.out
    assert "needs a person" in ran.out


def test_a_circular_of_ones_own_is_read_against(tsbbot: Run, form: Path, tmp_path: Path) -> None:
    ran = tsbbot("read", "--json", "--circular", tmp_path / "missing.toml", form)
    assert ran.status == 1
    assert ran.err.count("\n") == 1
    assert "missing.toml" in ran.err

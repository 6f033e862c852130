"""Forms on paper come back right whatever machine made a picture of them, or go to a person."""

import numpy as np
import pytest
from PIL import UnidentifiedImageError

from bot.demo.form_letter import Answer
from bot.demo.pdf_forms import PdfLayout
from bot.demo.scanned_forms import make_scanned_form
from parsers.reading import BoxRole, Doubt, Format, FormReading, Mark
from parsers.registry import read
from tests.support.scan import (
    CIRCULAR,
    NAMES,
    faxed,
    filled,
    photographed,
    picture,
    printed,
    scanned,
)

THREE = tuple(NAMES[:3])
ANSWERS = {
    NAMES[0]: Answer.ASSIGN_NONE,
    NAMES[1]: Answer.DENY,
    NAMES[2]: Answer.ASSIGN_ATTACHED,
}


def marked(reading: FormReading) -> dict[str, set[BoxRole]]:
    """Of each row without doubts, the boxes that are marked."""
    return {
        row.designation: {
            BoxRole(role) for role, box in row.boxes if role is not None and box.mark is Mark.MARKED
        }
        for row in reading.rows
        if not row.doubts
    }


def meant(answers: dict[str, Answer]) -> dict[str, set[BoxRole]]:
    order = tuple(BoxRole)
    return {name: {order[place] for place in answer.ticked} for name, answer in answers.items()}


@pytest.mark.parametrize("mark", ["tick", "cross", "slash", "filled"])
def test_any_mark_in_a_box_counts(mark: str) -> None:
    pages = [scanned(page) for page in filled(printed(THREE), ANSWERS, mark=mark)]

    assert marked(read(picture(pages, "TIFF"))) == meant(ANSWERS)


@pytest.mark.parametrize("language", ["en", "fr", "es"])
@pytest.mark.parametrize("layout", list(PdfLayout))
def test_any_layout_and_language_is_read_by_its_structure(layout: PdfLayout, language: str) -> None:
    pages = filled(printed(THREE, language, layout), ANSWERS)

    reading = read(picture([scanned(page) for page in pages], "TIFF"))

    assert marked(reading) == meant(ANSWERS)
    assert reading.language == language
    assert reading.circular_number == CIRCULAR.number


@pytest.mark.parametrize("quarter_turns", [1, 2, 3])
def test_a_page_may_lie_in_the_scanner_as_it_likes(quarter_turns: int) -> None:
    pages = [np.rot90(scanned(page), quarter_turns) for page in filled(printed(THREE), ANSWERS)]

    reading = read(picture(pages, "TIFF"))

    assert marked(reading) == meant(ANSWERS)


@pytest.mark.parametrize("degrees", [-7.0, 3.5])
def test_a_page_may_be_fed_askew(degrees: float) -> None:
    pages = [scanned(page, turn=degrees) for page in filled(printed(THREE), ANSWERS)]

    assert marked(read(picture(pages, "TIFF"))) == meant(ANSWERS)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_form_of_one_page_may_be_any_kind_of_picture(kind: str) -> None:
    rows = (NAMES[0],)
    answers = {NAMES[0]: Answer.DENY}
    pages = [scanned(page) for page in filled(printed(rows), answers)]

    assert marked(read(picture(pages[:1], kind))) == meant(answers)


def test_a_telephones_heic_is_read_where_its_library_is_there() -> None:
    heif = pytest.importorskip("pillow_heif", reason="pillow-heif is missing (the extra heic)")
    heif.register_heif_opener()
    rows = (NAMES[0],)
    answers = {NAMES[0]: Answer.DENY}
    pages = [scanned(page) for page in filled(printed(rows), answers)]
    reading = read(picture(pages[:1], "HEIF"))

    assert (reading.format, marked(reading)) == (Format.HEIC, meant(answers))


def test_a_heic_without_its_library_says_how_to_have_it_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("parsers.scan.pictures.CAN_READ_HEIC", False)
    monkeypatch.setattr("PIL.Image.open", _unidentified)
    reading = read(b"\x00\x00\x00\x18ftypheic" + bytes(64))

    assert reading.doubts == (Doubt.FORMAT_NOT_READ,)
    assert "tsbbot[heic]" in (reading.error or "")


def _unidentified(*_: object) -> None:
    raise UnidentifiedImageError


@pytest.mark.parametrize(
    "fine", [pytest.param(True, id="fine"), pytest.param(False, id="standard")]
)
def test_a_fax_is_never_read_wrongly(*, fine: bool) -> None:
    pages = [faxed(page, fine=fine) for page in filled(printed(THREE), ANSWERS)]

    reading = read(picture(pages, "TIFF", (204, 196 if fine else 98)))

    assert {row.designation for row in reading.rows} <= set(THREE)
    assert marked(reading).items() <= meant(ANSWERS).items()


def test_a_photograph_is_straightened_and_read() -> None:
    pages = [photographed(page) for page in filled(printed(THREE), ANSWERS)]

    assert marked(read(picture(pages, "TIFF", (72, 72)))) == meant(ANSWERS)


def test_a_pdf_of_pictures_is_read_and_no_longer_doubted_for_being_one() -> None:
    reading = read(make_scanned_form(CIRCULAR, ANSWERS, rows=THREE))

    assert marked(reading) == meant(ANSWERS)
    assert Doubt.SCAN not in reading.doubts


def test_a_box_says_where_it_was_seen_and_why() -> None:
    pages = [scanned(page, turn=0) for page in filled(printed(THREE), ANSWERS)]

    row = read(picture(pages, "TIFF")).rows[0]

    _, box = row.boxes[0]
    page, at = printed(THREE).boxes[NAMES[0], BoxRole.ASSIGNS]
    assert box.place.page == page + 1
    assert box.place.at == pytest.approx([each * 72 / 200 for each in at], abs=2.5)
    assert box.how.startswith("marked:")


def test_a_blank_form_marks_nothing() -> None:
    reading = read(picture([scanned(page) for page in printed(THREE).pages], "TIFF"))

    assert marked(reading) == {name: set() for name in THREE}

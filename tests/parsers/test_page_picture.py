"""Pictures of pages for people: outlined where the reader saw its boxes, whichever way the scan lay."""

import io

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from bot.circulars.shipped import shipped_circulars
from bot.demo.form_letter import Answer
from bot.demo.pdf_forms import PdfMarking, make_pdf_form
from bot.demo.scanned_forms import make_scanned_form
from parsers.page_picture import Outline, draw
from parsers.reading import FormReading, Mark
from parsers.registry import read

CIRCULAR = shipped_circulars()[-1]
ANSWERS = {text.designation: Answer.ASSIGN_NONE for text in CIRCULAR.texts}
ROWS = [text.designation for text in CIRCULAR.texts[:3]]


def outlines(reading: FormReading, page: int) -> list[Outline]:
    """Of the boxes on a page."""
    return [
        Outline(at=box.place.at, mark=box.mark, name="")
        for row in reading.rows
        for _, box in row.boxes
        if box.place.page == page and box.place.at
    ]


def turned(pdf: bytes) -> bytes:
    """The pages of a scan, lying on their heads."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.render(scale=150 / 72).to_pil().rotate(180) for page in document]
    written = io.BytesIO()
    pages[0].convert("RGB").save(
        written, "PDF", save_all=True, append_images=pages[1:], resolution=150
    )
    return written.getvalue()


def coloured(png: bytes) -> tuple[Image.Image, int]:
    """A picture, and how many of its pixels are of the colour of a marked box."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    pixels = np.asarray(image).reshape(-1, 3)
    return image, int((pixels == (0, 90, 160)).all(axis=1).sum())


def test_the_boxes_of_a_digital_page_are_outlined() -> None:
    data = make_pdf_form(CIRCULAR, ANSWERS, marking=PdfMarking.DRAWN_TICK, rows=ROWS)
    found = outlines(read(data), 1)
    assert found
    bare, none = coloured(draw(data, 1, scanned=False))
    image, some = coloured(draw(data, 1, scanned=False, outlines=found))
    assert none == 0
    assert some > 100
    assert image.size == bare.size


@pytest.mark.slow
@pytest.mark.parametrize("over", [False, True], ids=["upright", "on its head"])
def test_a_scan_is_shown_as_it_was_read(*, over: bool) -> None:
    data = make_scanned_form(CIRCULAR, ANSWERS, rows=ROWS, administration="Peru")
    data = turned(data) if over else data
    reading = read(data)
    page = next(box.place.page for row in reading.rows for _, box in row.boxes) or 1
    found = outlines(reading, page)
    at = next(each.at for each in found if each.mark is Mark.MARKED)
    crop, _ = coloured(draw(data, page, scanned=True, outlines=found, crop=at))
    # There is ink in a box that was read as ticked, and paper beside it.
    assert np.asarray(crop.convert("L")).min() < 128


def test_a_part_of_a_page_is_as_large_as_asked() -> None:
    data = make_pdf_form(CIRCULAR, ANSWERS, rows=ROWS)
    part = draw(data, 1, scanned=False, crop=(100, 100, 172, 136))
    # 72 by 36 points at 200 dpi; a pixel that is begun is taken whole.
    width, height = Image.open(io.BytesIO(part)).size
    assert (width - 200, height - 100) in {(0, 0), (1, 1), (0, 1), (1, 0)}

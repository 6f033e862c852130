"""How a PDF's pages are set up: their boxes and turns, which change nothing that is seen."""

import io
import random
from enum import Enum

import pikepdf
from pikepdf import Array

from tests.corpus.pdf_notes import NOTES, Tick


class PageSetUp(Enum):
    """What was done to the pages (ISO 32000-1, 7.7.3.3 and 14.11.2)."""

    PLAIN = "as drawn"
    #: The sheet is larger than what is shown of it, and begins elsewhere.
    CROPPED = "cropped out of a larger sheet"
    #: Drawn lying on its side, and turned back for showing.
    TURNED = "turned by its own entry"
    SCALED = "drawn at half the size"


def a_turn(chance: random.Random, tick: Tick) -> PageSetUp:
    """Draws one; what stands in annotations stays where it is."""
    if tick in NOTES or tick is Tick.FIELD:
        return chance.choices((PageSetUp.PLAIN, PageSetUp.CROPPED), (9, 1))[0]
    return chance.choices(list(PageSetUp), (20, 2, 2, 1))[0]


def turned(data: bytes, sides: PageSetUp) -> bytes:
    """Sets the pages of a file up; pages with annotations are only ever cropped."""
    if sides is PageSetUp.PLAIN:
        return data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            _, _, width, height = (float(each) for each in page.mediabox)
            if sides is PageSetUp.CROPPED:
                page.obj.MediaBox = Array([-36, -54, width + 24, height + 18])
                page.obj.CropBox = Array([0, 0, width, height])
            elif "/Annots" in page.obj:
                continue
            elif sides is PageSetUp.TURNED:
                # A quarter counter-clockwise on the sheet, and a quarter clockwise for showing.
                page.obj.MediaBox = Array([0, 0, height, width])
                page.obj.Rotate = 90
                _through(page, f"0 1 -1 0 {height:.2f} 0 cm")
            else:
                page.obj.MediaBox = Array([0, 0, width / 2, height / 2])
                _through(page, "0.5 0 0 0.5 0 0 cm")
        written = io.BytesIO()
        pdf.save(written, deterministic_id=True)
        return written.getvalue()


def _through(page: pikepdf.Page, matrix: str) -> None:
    page.contents_add(f"q {matrix}\n".encode(), prepend=True)
    page.contents_add(b"\nQ")

"""Forms on paper for the tests of the scan reader: printed blank, ticked by a pen, and scanned."""

import io
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from bot.demo.form_letter import Answer
from bot.demo.pdf_forms import PdfLayout, make_pdf_form
from parsers.reading import BoxRole
from parsers.registry import read
from tests.support.word import circular

CIRCULAR = circular()
NAMES = [text.designation for text in CIRCULAR.texts]
ORDER = tuple(BoxRole)
#: Pixels per point of the printed picture.
DPI = 200
Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A printed form before a pen comes to it.

    Attributes:
        pages: in shades of grey.
        boxes: (designation, role) -> page from 0 and the box in pixels.
    """

    pages: tuple[Grey, ...]
    boxes: Mapping[tuple[str, BoxRole], tuple[int, tuple[float, float, float, float]]]


@lru_cache(maxsize=8)
def printed(
    rows: tuple[str, ...], language: str = "en", layout: PdfLayout = PdfLayout.OFFICIAL
) -> Sheet:
    """A blank form; where its boxes are is asked of the reader of digital PDFs."""
    pdf = make_pdf_form(CIRCULAR, {}, language=language, layout=layout, rows=rows)
    places = {}
    for row in read(pdf).rows:
        for role, box in row.boxes:
            assert role is not None
            assert box.place.page is not None
            assert box.place.at is not None
            left, top, right, bottom = (each * DPI / 72 for each in box.place.at)
            places[row.designation, BoxRole(role)] = (
                box.place.page - 1,
                (left, top, right, bottom),
            )
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = tuple(
            np.array(page.render(scale=DPI / 72).to_pil().convert("L")) for page in document
        )
    finally:
        document.close()
    return Sheet(pages=pages, boxes=places)


def filled(
    sheet: Sheet, answers: Mapping[str, Answer], *, mark: str = "tick", seed: int = 1
) -> list[Grey]:
    """The same pages with the boxes of the answers marked by hand."""
    chance = random.Random(seed)
    images = [Image.fromarray(page.copy()) for page in sheet.pages]
    for name, answer in answers.items():
        for place in answer.ticked:
            page, at = sheet.boxes[name, ORDER[place]]
            stroke(ImageDraw.Draw(images[page]), at, mark, chance)
    return [np.array(image) for image in images]


def stroke(
    pen: ImageDraw.ImageDraw,
    at: tuple[float, float, float, float],
    mark: str,
    chance: random.Random,
) -> None:
    """Draws one mark over a box."""
    left, top, right, bottom = at
    side = right - left

    def line(*points: tuple[float, float], width: int = 4, shade: int = 40) -> None:
        wavered = [
            (left + x * side + chance.gauss(0, 0.7), top + y * side + chance.gauss(0, 0.7))
            for x, y in points
        ]
        pen.line(wavered, fill=shade, width=width, joint="curve")

    if mark == "tick":
        line((0.15, 0.5), (0.4, 0.85), (0.95, 0.05))
    elif mark == "cross":
        line((0.1, 0.1), (0.9, 0.9))
        line((0.9, 0.1), (0.1, 0.9))
    elif mark == "slash":
        line((0.05, 0.95), (0.95, 0.05))
    elif mark == "filled":
        pen.rectangle((left + 3, top + 3, right - 3, bottom - 3), fill=50)
    elif mark == "speck":
        pen.ellipse((left + 11, top + 11, left + 15, top + 15), fill=90)
    elif mark == "faint":
        line((0.15, 0.5), (0.4, 0.85), (0.95, 0.05), width=2, shade=225)
    else:  # scribbled over
        for _ in range(3):
            line(
                *[(x, chance.uniform(-0.4, 1.4)) for x in np.linspace(-0.3, 1.3, 14)],
                width=4,
            )


def scanned(page: Grey, *, turn: float = 0.4, noise: float = 4.0, seed: int = 1) -> Grey:
    """A page a little turned, blurred and grained, as a scanner makes it."""
    height, width = page.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1.0)
    turned = cv2.warpAffine(page, matrix, (width, height), borderValue=255)
    grain = np.random.default_rng(seed).normal(-6, noise, page.shape)
    blurred = cv2.GaussianBlur(turned, (0, 0), 0.7).astype(np.float64)
    return np.asarray(np.clip(blurred + grain, 0, 255), dtype=np.uint8)


def photographed(page: Grey) -> Grey:
    """A page on a dark table, seen from one side, lit from one corner."""
    height, width = page.shape
    shot = np.full((height + 300, width + 300), 70, dtype=np.uint8)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    seen = np.array(
        [[150, 110], [width + 90, 160], [width + 200, height + 140], [90, height + 210]],
        dtype=np.float32,
    )
    matrix = cv2.getPerspectiveTransform(corners, seen)
    shape = (shot.shape[1], shot.shape[0])
    over = cv2.warpPerspective(page, matrix, shape, borderValue=0)
    there = cv2.warpPerspective(np.full_like(page, 255), matrix, shape, borderValue=0)
    shot = np.where(there > 127, over, shot)
    light = (
        np.linspace(1.0, 0.62, shot.shape[1])[None, :]
        * np.linspace(1, 0.85, shot.shape[0])[:, None]
    )
    return np.asarray(shot * light, dtype=np.uint8)


def faxed(page: Grey, *, fine: bool) -> Image.Image:
    """One bit a pixel at 204 by 196 dots per inch, or 204 by 98 (ITU-T T.4)."""
    height, width = page.shape
    size = (round(width * 204 / DPI), round(height * (196 if fine else 98) / DPI))
    smaller = cv2.resize(page, size, interpolation=cv2.INTER_AREA)
    return Image.fromarray(np.where(smaller > 150, np.uint8(255), np.uint8(0))).convert("1")


def scribbled_over(pdf: bytes, designation: str, role: BoxRole) -> bytes:
    """A scan of which a pen went to and fro over one box, as people take a tick back."""
    row = next(each for each in read(pdf).rows if each.designation == designation)
    place = dict(row.boxes)[role].place
    assert place.page is not None
    assert place.at is not None
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.render(scale=DPI / 72).to_pil().convert("L") for page in document]
    finally:
        document.close()
    left, top, right, bottom = (each * DPI / 72 for each in place.at)
    out = 0.35 * (right - left)
    across = [left - out, right + out]
    strokes = [
        (across[number % 2], top - out + number * (bottom - top + 2 * out) / 12)
        for number in range(13)
    ]
    ImageDraw.Draw(pages[place.page - 1]).line(strokes, fill=60, width=4, joint="curve")
    written = io.BytesIO()
    pages[0].save(written, "PDF", save_all=True, append_images=pages[1:], resolution=DPI)
    return written.getvalue()


def picture(
    pages: Sequence[Grey | Image.Image], kind: str, dpi: tuple[int, int] = (DPI, DPI)
) -> bytes:
    """A picture file; only TIFF holds more than one page."""
    images = [each if isinstance(each, Image.Image) else Image.fromarray(each) for each in pages]
    written = io.BytesIO()
    if kind == "TIFF":
        images[0].save(written, kind, save_all=True, append_images=images[1:], dpi=dpi)
    else:
        images[0].save(written, kind, dpi=dpi)
    return written.getvalue()

"""Draws sheets as pictures, and cuts rows out of files for the page of the worst."""

import io
from collections.abc import Collection
from enum import Enum

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2
from PIL import Image, ImageDraw, ImageOps

from tests.corpus import fonts
from tests.corpus.sheets import BoxStyle, Sheet
from tests.corpus.truth import Document, RowPlace

#: A picture of one page: rows, columns and, in colour, red, green and blue.
Picture = npt.NDArray[np.uint8]

_FACES = {face.name: face for face in fonts.FACES}


class Printed(Enum):
    """How a tick looks that was set on a computer before the form was printed."""

    CROSS = "printed cross"
    LETTER = "printed X"
    TICK = "printed tick"
    SQUARE = "printed square"


def draw(
    sheet: Sheet,
    dpi: float,
    paper: tuple[int, int, int],
    *,
    colour: bool,
    ticked: Collection[tuple[str, int]] = (),
    printed: Printed = Printed.CROSS,
) -> Picture:
    """A sheet as it comes off the printer.

    Args:
        sheet: the page.
        dpi: dots to the inch.
        paper: its colour.
        colour: whether the picture is to have colours.
        ticked: boxes ticked before printing, by designation and place.
        printed: how such a tick looks.
    """
    scale = dpi / 72
    size = round(sheet.width * scale), round(sheet.height * scale)
    mode = "RGB" if colour else "L"
    ground = paper if colour else round(sum(paper) / 3)
    image = Image.new(mode, size, ground)
    pen = ImageDraw.Draw(image)
    ink: tuple[int, int, int] | int = (25, 25, 28) if colour else 25
    face = _FACES[sheet.face]
    for words in sheet.words:
        left = words.left * scale
        for text, file in face.pieces(words.text, bold=words.bold):
            font = fonts.opened(file, max(4, round(words.size * scale)))
            pen.text(
                (left, words.baseline * scale),
                text,
                fill=ink,
                font=font,
                anchor="rs" if sheet.right_to_left else "ls",
                direction="rtl" if sheet.right_to_left else None,
            )
            advance = font.getlength(text)
            left += -advance if sheet.right_to_left else advance
    for rule in sheet.rules:
        pen.line(
            (rule.left * scale, rule.top * scale, rule.right * scale, rule.bottom * scale),
            fill=ink,
            width=max(1, round(rule.width * scale)),
        )
    stroke = max(1, round(sheet.ink * scale))
    for box in sheet.boxes:
        corners = (
            round(box.left * scale),
            round(box.top * scale),
            round((box.left + box.size) * scale),
            round((box.top + box.size) * scale),
        )
        if sheet.style is BoxStyle.GLYPH:
            font = fonts.opened(face.file(), max(4, round(box.size * 1.15 * scale)))
            middle = (box.centre[0] * scale, box.centre[1] * scale)
            pen.text(middle, "☐", fill=ink, font=font, anchor="mm")
        elif sheet.style is BoxStyle.ROUNDED:
            pen.rounded_rectangle(
                corners, radius=box.size * scale * 0.15, outline=ink, width=stroke
            )
        else:
            pen.rectangle(corners, outline=ink, width=stroke)
        if (box.designation, box.place) in ticked:
            _tick(pen, corners, printed, ink, stroke)
    return np.asarray(image)


def _tick(
    pen: ImageDraw.ImageDraw,
    corners: tuple[int, int, int, int],
    printed: Printed,
    ink: tuple[int, int, int] | int,
    stroke: int,
) -> None:
    left, top, right, bottom = corners
    inset = (right - left) // 5
    match printed:
        case Printed.CROSS:
            pen.line((left, top, right, bottom), fill=ink, width=stroke)
            pen.line((left, bottom, right, top), fill=ink, width=stroke)
        case Printed.SQUARE:
            inner = (left + inset, top + inset, right - inset, bottom - inset)
            pen.rectangle(inner, fill=ink)
        case _:
            sign = "X" if printed is Printed.LETTER else "✔"
            file = _FACES["DejaVuSans"].file(bold=printed is Printed.LETTER)
            font = fonts.opened(file, max(4, right - left))
            pen.text(
                ((left + right) / 2, (top + bottom) / 2), sign, fill=ink, font=font, anchor="mm"
            )


def pages(document: Document, width: int = 1100) -> list[Image.Image]:
    """The pages of a made document as they are shown, about so many pixels wide."""
    if document.suffix == ".pdf":
        opened = pypdfium2.PdfDocument(document.data)
        try:
            return [page.render(scale=width / page.get_width()).to_pil() for page in opened]
        finally:
            opened.close()
    if document.suffix not in {".tiff", ".png", ".jpg"}:
        return []
    image = Image.open(io.BytesIO(document.data))
    shown = []
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        page = ImageOps.exif_transpose(image).convert("RGB")
        across, down = image.info.get("dpi", (1, 1))
        height = round(width * page.height / page.width * float(across) / float(down))
        shown.append(page.resize((width, height)))
    return shown


def crop(shown: list[Image.Image], place: RowPlace) -> Image.Image | None:
    """A row cut out of its page with a little round it; None where the page is not there."""
    if place.page >= len(shown):
        return None
    page = shown[place.page]
    left, top, right, bottom = place.at
    cut = page.crop(
        (
            round(max(0.0, left - 0.01) * page.width),
            round(max(0.0, top - 0.008) * page.height),
            round(min(1.0, right + 0.01) * page.width),
            round(min(1.0, bottom + 0.008) * page.height),
        )
    )
    if cut.width <= 1 or cut.height <= 1:
        return None
    return cut.rotate(90 * place.turn, expand=True)


def warped(
    points: npt.NDArray[np.float64], matrix: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Points (n x 2) through a 3 x 3 matrix."""
    moved = cv2.perspectiveTransform(points.reshape(1, -1, 2), matrix)
    return np.asarray(moved, dtype=np.float64).reshape(-1, 2)

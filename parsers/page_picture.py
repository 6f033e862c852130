"""The picture of a page, or of a part of one, for people: rendered and encoded anew.

Coordinates are those of `parsers.reading.Place`: points from the top left corner of the page as its
reader saw it. A page that was read as a scan is shown as it was brought upright for reading.
"""

import io
import math
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TypeAlias

from PIL import Image, ImageDraw, ImageFont

from parsers.identify import identify
from parsers.reading import Format, Mark

#: (left, top, right, bottom) in points.
Area: TypeAlias = tuple[float, float, float, float]

_DPI, _CROP_DPI = 110.0, 200.0
_MOST_PIXELS = 12_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A box to be outlined.

    Attributes:
        at: where it is.
        mark: what was read in it; its outline is of that colour.
        name: short, written beside it.
    """

    at: Area
    mark: Mark
    name: str


# Told apart by their lightness and by their width as well.
_INK = {Mark.MARKED: (0, 90, 160), Mark.EMPTY: (110, 120, 130), Mark.DOUBTFUL: (200, 60, 0)}
_WIDTH = {Mark.MARKED: 3, Mark.EMPTY: 1, Mark.DOUBTFUL: 3}


def draw(
    data: bytes,
    page: int,
    *,
    scanned: bool,
    outlines: Sequence[Outline] = (),
    crop: Area | None = None,
) -> bytes:
    """Draws a page of a PDF or of a picture file.

    Args:
        data: of the file.
        page: from 1.
        scanned: whether its places are those of a scan brought upright.
        outlines: of its boxes; they also tell a scan that was read standing on its head.
        crop: the part that is wanted; None: all of it.

    Raises:
        Exception: of whatever kind, where the file is damaged: to be called in a process apart.
    """
    if scanned:
        image, scale = _scan(data, page, [each.at for each in outlines])
    else:
        image, scale = _pdf(data, page, _CROP_DPI if crop else _DPI)
    if crop is None and scale > _DPI / 72:
        smaller = _DPI / 72 / scale
        image = image.resize(
            (max(1, round(image.width * smaller)), max(1, round(image.height * smaller)))
        )
        scale = _DPI / 72
    # Few shades: a page in a third of the bytes. The outlines' colours come after.
    image = image.convert("RGB").quantize(48).convert("RGB")
    _outline_boxes(image, scale, outlines)
    if crop is not None:
        left, top, right, bottom = (each * scale for each in crop)
        image = image.crop(
            (
                max(0, math.floor(left)),
                max(0, math.floor(top)),
                min(image.width, math.ceil(right)),
                min(image.height, math.ceil(bottom)),
            )
        )
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def _outline_boxes(image: Image.Image, scale: float, outlines: Sequence[Outline]) -> None:
    pencil = ImageDraw.Draw(image)
    font = ImageFont.load_default(max(9, round(7 * scale)))
    for each in outlines:
        left, top, right, bottom = (edge * scale for edge in each.at)
        gap = 2 * scale
        colour, width = _INK[each.mark], _WIDTH[each.mark]
        pencil.rectangle(
            (left - gap, top - gap, right + gap, bottom + gap), outline=colour, width=width
        )
        pencil.text((left - gap - 2, top - gap), each.name, fill=colour, font=font, anchor="rt")


def _pdf(data: bytes, number: int, dpi: float) -> tuple[Image.Image, float]:
    import pypdfium2  # noqa: PLC0415  (only for a PDF)

    from parsers.pdf.document import reading_turn  # noqa: PLC0415

    with closing(pypdfium2.PdfDocument(data)) as document:
        document.init_forms()
        with closing(document[number - 1]) as page:
            shown = page.get_rotation() // 90 % 4
            further = (reading_turn(page, shown) - shown) % 4
            width, height = page.get_size()
            scale = min(dpi / 72, math.sqrt(_MOST_PIXELS / max(1.0, width * height)))
            with closing(
                page.render(
                    scale=scale, rotation=90 * further, draw_annots=True, may_draw_forms=True
                )
            ) as bitmap:
                return bitmap.to_pil().convert("RGB"), scale


def _scan(data: bytes, number: int, boxes: Sequence[Area]) -> tuple[Image.Image, float]:
    from parsers.scan.pdf_pages import PdfPictures  # noqa: PLC0415  (only for a scan)
    from parsers.scan.pictures import Pictures  # noqa: PLC0415
    from parsers.scan.upright import upright  # noqa: PLC0415

    pages = (PdfPictures if identify(data) is Format.PDF else Pictures)(data).pages()
    sheet = upright(next(each for each in pages if each.number == number))

    def fit(ink: object) -> float:
        return sum(_inked(ink, area, sheet.scale) for area in boxes)

    turned = sheet.turned_over()
    # The reader turns a page over where its print stands on its head: the squares tell which it was.
    if boxes and fit(turned.ink) > fit(sheet.ink):
        sheet = turned
    return Image.fromarray(sheet.flat), sheet.scale


def _inked(ink: object, area: Area, scale: float) -> float:
    """How much of a square's outline is inked."""
    import numpy as np  # noqa: PLC0415  (only for a scan)

    assert isinstance(ink, np.ndarray)
    left, top, right, bottom = (round(each * scale) for each in area)
    edges = (
        ink[max(0, top - 1) : top + 3, left:right].max(axis=0, initial=0),
        ink[max(0, bottom - 3) : bottom + 2, left:right].max(axis=0, initial=0),
        ink[top:bottom, max(0, left - 1) : left + 3].max(axis=1, initial=0),
        ink[top:bottom, max(0, right - 3) : right + 2].max(axis=1, initial=0),
    )
    return float(sum(edge.mean() for edge in edges if edge.size))

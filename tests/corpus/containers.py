"""Pictures of pages as the files in which they are sent."""

import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from tests.corpus.pictures import Picture
from tests.corpus.sheets import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedPage:
    """The picture of a page.

    Attributes:
        picture: rows, columns and, in colour, red, green and blue.
        dpi, dpi_down: dots to the inch, across and down, of the picture as it is shown.
        bitonal: whether it is black and white alone.
        quality: of JPEG.
        hidden: words of the invisible text layer, in points of the page; empty for none.
    """

    picture: Picture
    dpi: float
    dpi_down: float
    bitonal: bool
    quality: int
    hidden: tuple[Words, ...] = ()


def as_tiff(pages: Sequence[ScannedPage]) -> bytes:
    """All pages in one file: ITU-T T.6 where they are black and white, else packed by deflate."""
    images = [_image(page) for page in pages]
    written = io.BytesIO()
    first = pages[0]
    images[0].save(
        written,
        "TIFF",
        save_all=True,
        append_images=images[1:],
        compression="group4" if first.bitonal else "tiff_lzw",
        dpi=(first.dpi, first.dpi_down),
    )
    return written.getvalue()


def as_png(page: ScannedPage) -> bytes:
    """One page."""
    written = io.BytesIO()
    _image(page).save(written, "PNG", dpi=(page.dpi, page.dpi_down), compress_level=3)
    return written.getvalue()


def as_jpeg(page: ScannedPage) -> bytes:
    """One page."""
    written = io.BytesIO()
    image = Image.fromarray(page.picture)
    image.save(written, "JPEG", quality=page.quality, dpi=(round(page.dpi), round(page.dpi_down)))
    return written.getvalue()


def as_pdf(pages: Sequence[ScannedPage]) -> bytes:
    """A picture a page, with the words that a program believed to see in it, if any."""
    pdf = pikepdf.new()
    for page in pages:
        width = page.picture.shape[1] * 72 / page.dpi
        height = page.picture.shape[0] * 72 / page.dpi_down
        content = f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /Im0 Do Q\n".encode()
        resources = Dictionary(XObject=Dictionary(Im0=_pdf_image(pdf, page)))
        if page.hidden:
            resources.Font = Dictionary(
                F0=Dictionary(
                    Type=Name.Font,
                    Subtype=Name.Type1,
                    BaseFont=Name.Helvetica,
                    Encoding=Name.WinAnsiEncoding,
                )
            )
            content += _hidden(page.hidden, height)
        pdf.pages.append(
            pikepdf.Page(
                pdf.make_indirect(
                    Dictionary(
                        Type=Name.Page,
                        MediaBox=Array([0, 0, width, height]),
                        Resources=resources,
                        Contents=pdf.make_stream(content),
                    )
                )
            )
        )
    written = io.BytesIO()
    pdf.save(written, deterministic_id=True)
    return written.getvalue()


def _image(page: ScannedPage) -> Image.Image:
    image = Image.fromarray(page.picture)
    return image.convert("1", dither=Image.Dither.NONE) if page.bitonal else image


def _pdf_image(pdf: pikepdf.Pdf, page: ScannedPage) -> pikepdf.Object:
    height, width = page.picture.shape[:2]
    if page.bitonal:
        packed = np.packbits(page.picture > 127, axis=1).tobytes()
        stream = pdf.make_stream(zlib.compress(packed, 6))
        stream.Filter, stream.BitsPerComponent = Name.FlateDecode, 1
    else:
        stream = pdf.make_stream(as_jpeg(page))
        stream.Filter, stream.BitsPerComponent = Name.DCTDecode, 8
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height = width, height
    colour = page.picture.ndim == 3
    stream.ColorSpace = Name.DeviceRGB if colour else Name.DeviceGray
    return stream


def _hidden(words: Sequence[Words], height: float) -> bytes:
    """Text rendering mode 3: neither filled nor stroked (ISO 32000-1, 9.3.6)."""
    lines = [b"BT 3 Tr"]
    for each in words:
        text = each.text.encode("cp1252", "replace")
        for char in (b"\\", b"(", b")"):
            text = text.replace(char, b"\\" + char)
        place = f"/F0 {each.size:.1f} Tf 1 0 0 1 {each.left:.1f} {height - each.baseline:.1f} Tm"
        lines.append(place.encode() + b" (" + text + b") Tj")
    return b"\n".join([*lines, b"ET\n"])

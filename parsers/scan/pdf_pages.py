"""The pages of a PDF as pictures: the very picture that a scanner put there, or the page as it shows.

Text that lies invisibly over or under a scan is what some program read in it, and is passed over.
"""

import ctypes
import math
import threading
from collections.abc import Iterator
from contextlib import closing

import cv2
import numpy as np
import pypdfium2
from pypdfium2 import raw

from parsers.document import NotReadableError
from parsers.reading import Doubt
from parsers.scan.pictures import MOST_PAGES, MOST_PIXELS, Grey, PagePicture, ink_of

#: Resolution that a page is drawn at where it is more than one picture.
_DPI = 200.0
_MOST_DRAWN = 9_000_000
#: Points by which a scan may miss the edges of its page.
_EDGE = 0.06
_SMALLEST_SIDE, _LARGEST_SIDE = 20.0, 14_400.0
#: Text render mode "neither fill nor stroke" (ISO 32000-1, table 106).
_INVISIBLE = 3
_MOST_OBJECTS = 6000

#: PDFium keeps state of its own for the whole process and is not made for several threads.
_ENGINE = threading.RLock()


class PdfPictures:
    """The pages of a PDF, one after the other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        #: Why something in it was not looked at.
        self.doubts: list[Doubt] = []

    def pages(self) -> Iterator[PagePicture]:
        """Takes or draws page by page, so that only one is held at a time.

        Raises:
            NotReadableError: a file that needs a password or is damaged.
        """
        with _ENGINE:
            try:
                document = pypdfium2.PdfDocument(self._data)
            except pypdfium2.PdfiumError as error:
                raise NotReadableError(
                    Doubt.UNREADABLE, "the PDF is damaged and cannot be opened"
                ) from error
            with closing(document):
                document.init_forms()
                if len(document) > MOST_PAGES:
                    self.doubts.append(Doubt.TOO_LARGE)
                for index in range(min(len(document), MOST_PAGES)):
                    try:
                        with closing(document[index]) as page:
                            picture = _picture(page, index + 1)
                    except (pypdfium2.PdfiumError, MemoryError, ValueError):
                        picture = None
                    if picture is None:
                        self.doubts.append(Doubt.UNREADABLE)
                    else:
                        yield picture


def _picture(page: pypdfium2.PdfPage, number: int) -> PagePicture | None:
    width, height = page.get_size()
    if not (min(width, height) >= _SMALLEST_SIDE and max(width, height) <= _LARGEST_SIDE):
        return None
    taken = _scanned(page, width, height)
    if taken is not None:
        across, down = taken.shape[1] / width * 72, taken.shape[0] / height * 72
        return PagePicture(number=number, pixels=taken, dpi=(across, down))
    scale = min(_DPI / 72, math.sqrt(_MOST_DRAWN / (width * height)))
    with closing(page.render(scale=scale, draw_annots=True, may_draw_forms=True)) as bitmap:
        pixels = ink_of(np.asarray(bitmap.to_numpy())[:, :, :3])
    return PagePicture(number=number, pixels=pixels, dpi=(scale * 72, scale * 72))


def _scanned(page: pypdfium2.PdfPage, width: float, height: float) -> Grey | None:
    """The only picture of a page, as it is stored; None where the page shows anything else."""
    if page.get_rotation() or raw.FPDFPage_GetAnnotCount(page.raw):
        return None
    if raw.FPDFPage_CountObjects(page.raw) > _MOST_OBJECTS:
        return None
    image: pypdfium2.PdfObject | None = None
    for each in page.get_objects(max_depth=2):
        if each.type == raw.FPDF_PAGEOBJ_IMAGE:
            if image is not None:
                return None
            image = each
        elif each.type == raw.FPDF_PAGEOBJ_FORM:
            continue
        elif each.type != raw.FPDF_PAGEOBJ_TEXT or (
            raw.FPDFTextObj_GetTextRenderMode(each.raw) != _INVISIBLE
        ):
            return None
    if not isinstance(image, pypdfium2.PdfImage) or image.level:
        return None
    left, bottom, right, top = page.get_bbox()
    across, skew_x, skew_y, down, at_x, at_y = image.get_matrix().get()
    if abs(skew_x) > 1 or abs(skew_y) > 1:
        return None
    off = max(
        abs(at_x - left) / width,
        abs(at_y - bottom) / height,
        abs(across - (right - left)) / width,
        abs(down - (top - bottom)) / height,
    )
    if off > _EDGE:
        return None
    return _pixels(image)


def _pixels(image: pypdfium2.PdfImage) -> Grey | None:
    across, down = image.get_px_size()
    if across * down > MOST_PIXELS or min(across, down) < _SMALLEST_SIDE:
        return None
    if image.get_filters() == ["DCTDecode"]:
        decoded = cv2.imdecode(
            np.frombuffer(bytes(image.get_data(decode_simple=False)), dtype=np.uint8),
            cv2.IMREAD_UNCHANGED | cv2.IMREAD_IGNORE_ORIENTATION,
        )
        if decoded is not None and decoded.dtype == np.uint8:
            if decoded.ndim == 2:
                return np.asarray(decoded, dtype=np.uint8)
            # JPEG in CMYK is stored inverted or not: PDFium knows.
            if decoded.shape[2] == 3 and _channels(image) == 24:
                return ink_of(np.asarray(decoded, dtype=np.uint8))
    pixels = np.asarray(image.get_bitmap(render=False).to_numpy())
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        return np.array(pixels.reshape(pixels.shape[:2]), dtype=np.uint8)
    return ink_of(pixels[:, :, :3])


def _channels(image: pypdfium2.PdfImage) -> int:
    """Bits of a pixel."""
    said = raw.FPDF_IMAGEOBJ_METADATA()
    raw.FPDFImageObj_GetImageMetadata(image.raw, image.page.raw, ctypes.byref(said))
    return int(said.bits_per_pixel)

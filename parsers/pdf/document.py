"""A PDF file and its pages, opened within bounds."""

import math
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from parsers.document import NotReadableError
from parsers.pdf.area import Frame
from parsers.reading import Doubt

#: A form has three to six pages; what comes after so many is not read, and said.
MOST_PAGES = 40
#: Far beyond any paper (200 inches, ISO 32000-1, Annex C); a page larger than it is not looked at.
_LARGEST_SIDE = 14_400.0
_SMALLEST_SIDE = 20.0

#: Characters that are asked which way they stand.
_SAMPLES = 120

#: PDFium keeps state of its own for the whole process and is not made for several threads.
_ENGINE = threading.RLock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of an open document.

    Attributes:
        number: from 1.
        handle: PDFium's page.
        shown: its coordinates as a viewer shows it.
        frame: its coordinates as it is read: turned further where its text stands sideways.
    """

    number: int
    handle: pypdfium2.PdfPage
    shown: Frame
    frame: Frame

    @property
    def further(self) -> int:
        """Clockwise quarter turns from how it is shown to how it is read."""
        return (self.frame.turn - self.shown.turn) % 4


class OpenDocument:
    """A PDF while it is being read."""

    def __init__(self, handle: pypdfium2.PdfDocument) -> None:
        self._handle = handle
        #: How many pages the file says that it has.
        self.length = len(handle)
        #: Why something in it was not looked at: pages that are too many or too large or broken.
        self.doubts: list[Doubt] = []

    @property
    def has_fields(self) -> bool:
        """Whether it has an interactive form (AcroForm)."""
        return self._handle.formenv is not None

    @property
    def is_signed(self) -> bool:
        """Whether it bears a digital signature (ISO 32000-1, 12.8); by whom is not looked at."""
        return int(raw.FPDF_GetSignatureCount(self._handle.raw)) > 0

    @property
    def form(self) -> raw.FPDF_FORMHANDLE | None:
        """PDFium's handle of the interactive form; None where there is none."""
        environment = self._handle.formenv
        return None if environment is None else environment.raw

    def pages(self) -> Iterator[Page]:
        """The pages that are worth reading, in order; each is closed when the next one is asked for."""
        if self.length > MOST_PAGES:
            self.doubts.append(Doubt.TOO_LARGE)
        for index in range(min(self.length, MOST_PAGES)):
            try:
                page = self._handle[index]
            except pypdfium2.PdfiumError:
                self.doubts.append(Doubt.UNREADABLE)
                continue
            try:
                left, bottom, right, top = page.get_bbox()
                frame = Frame(left, bottom, right, top, page.get_rotation() // 90 % 4)
                sides = (frame.shown.width, frame.shown.height)
                if not (min(sides) >= _SMALLEST_SIDE and max(sides) <= _LARGEST_SIDE):
                    self.doubts.append(Doubt.TOO_LARGE)
                    continue
                yield Page(
                    number=index + 1,
                    handle=page,
                    shown=frame,
                    frame=frame._replace(turn=reading_turn(page, frame.turn)),
                )
            finally:
                page.close()


def reading_turn(page: pypdfium2.PdfPage, shown: int) -> int:
    """The quarter turns that make most of a page's text stand upright; `shown` where it has none."""
    textpage = page.get_textpage()
    try:
        count = raw.FPDFText_CountChars(textpage.raw)
        step = max(1, count // _SAMPLES)
        # PDFium measures clockwise from the page's own left-to-right.
        angles = [raw.FPDFText_GetCharAngle(textpage.raw, index) for index in range(0, count, step)]
    finally:
        textpage.close()
    turns: Counter[int] = Counter(
        round(-angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0
    )
    if not turns:
        return shown
    return turns.most_common(1)[0][0]


@contextmanager
def open_document(data: bytes) -> Iterator[OpenDocument]:
    """Opens a PDF for reading.

    Raises:
        NotReadableError: a file that needs a password (ENCRYPTED), or that is broken beyond what
            PDFium repairs (UNREADABLE).
    """
    with _ENGINE:
        try:
            handle = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
                raise NotReadableError(
                    Doubt.ENCRYPTED,
                    "the PDF needs a password; a person has to ask for an open copy",
                ) from error
            raise NotReadableError(
                Doubt.UNREADABLE, "the PDF is damaged and cannot be opened"
            ) from error
        try:
            handle.init_forms()
            yield OpenDocument(handle)
        except pypdfium2.PdfiumError as error:
            raise NotReadableError(
                Doubt.UNREADABLE, f"the PDF is damaged: {str(error).splitlines()[0]}"
            ) from error
        finally:
            handle.close()

"""Returned forms as scans: a PDF that holds nothing but a picture of each page."""

import io
import random
from collections.abc import Mapping, Sequence

import pypdfium2
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from bot.consultation.circular import Circular
from bot.demo.form_letter import Answer
from bot.demo.pdf_forms import PdfMarking, make_pdf_form

_DPI = 120
_PAPER = 250  # of 255: no scanned paper is quite white


def make_scanned_form(
    circular: Circular,
    answers: Mapping[str, Answer],
    *,
    language: str = "en",
    administration: str | None = None,
    signatory_title: str = "",
    place_date: str = "",
    rows: Sequence[str] | None = None,
    seed: int = 1,
) -> bytes:
    """A form as it comes off a scanner: a little turned, grey and speckled, without any text.

    Args:
        circular: whose form.
        answers: designation -> answer.
        language: one of `bot.demo.pdf_forms.PDF_LANGUAGES`.
        administration: as in "Administration of ..."; None leaves the placeholder.
        signatory_title: the post that signs.
        place_date: "Bern, 02.04.2026".
        rows: designations, to return only some rows or another order.
        seed: of the turn and the speckles; the same seed gives the same bytes.

    Raises:
        ValueError, KeyError: as `make_pdf_form`.
    """
    printed = make_pdf_form(
        circular,
        answers,
        language=language,
        marking=PdfMarking.DRAWN_TICK,
        administration=administration,
        signatory_title=signatory_title,
        place_date=place_date,
        rows=rows,
    )
    # A scanner's flaws are not a secret: the generator need not be a cryptographic one.
    chance = random.Random(seed)  # noqa: S311
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A4, invariant=1)
    for picture in _pages(printed):
        canvas.drawImage(ImageReader(_scanned(picture, chance)), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def _pages(pdf: bytes) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=_DPI / 72).to_pil().convert("L") for page in document]
    finally:
        document.close()


def _scanned(picture: Image.Image, chance: random.Random) -> io.BytesIO:
    turned = picture.rotate(
        chance.uniform(-0.9, 0.9), resample=Image.Resampling.BICUBIC, fillcolor=_PAPER
    )
    speckles = Image.frombytes("L", turned.size, chance.randbytes(turned.width * turned.height))
    packed = io.BytesIO()
    Image.blend(turned, speckles, 0.08).save(packed, "JPEG", quality=70)
    packed.seek(0)
    return packed

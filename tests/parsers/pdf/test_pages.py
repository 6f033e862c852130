"""Pages turned, cropped, torn, scanned, and files that are no proper PDF at all."""

import io
import random
from collections.abc import Callable

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from parsers.pdf.reader import read_passages
from parsers.reading import Doubt
from parsers.registry import read
from tests.support.pdf import TEXTS, changed, cropped, draw_form, turned, with_fields
from tests.support.pdf_reading import rows_of, told

ANSWERS = {"Y.4241": {0, 1}, "Y.4242": {3}, "Y.4243": {0, 2}, "Y.4420": set()}
FORM = draw_form(ANSWERS)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_page_is_read(degrees: int) -> None:
    assert rows_of(turned(FORM.data, degrees)) == ANSWERS


def test_a_place_on_a_turned_page_is_as_a_viewer_shows_it() -> None:
    at = FORM.boxes["Y.4241", 0]
    box = read(turned(FORM.data, 90)).rows[0].boxes[0][1]
    assert box.place.at == pytest.approx((at.bottom, at.left, at.bottom + 9, at.left + 9), abs=0.7)


def test_a_crop_box_away_from_the_origin_is_read() -> None:
    form = draw_form(ANSWERS, shift=(200, 300), page_size=(1200, 1400))
    data = cropped(form.data, 230, 380, 780, 1130)
    assert rows_of(data) == ANSWERS
    assert rows_of(turned(data, 270)) == ANSWERS


def test_content_inside_a_form_xobject_is_read() -> None:
    def wrap(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        inner = pdf.make_stream(page.Contents.read_bytes())
        inner.Type, inner.Subtype, inner.BBox = Name.XObject, Name.Form, Array([0, 0, 600, 850])
        inner.Resources, inner.Matrix = page.Resources, Array([0.8, 0, 0, 0.8, 30, 50])
        page.Resources = Dictionary(XObject=Dictionary(X=pdf.make_indirect(inner)))
        page.Contents = pdf.make_stream(b"q 1.1 0 0 1.1 5 -40 cm /X Do Q")

    assert rows_of(changed(FORM.data, wrap)) == ANSWERS


# Scans.


def _scan(*, hidden_text: bool = False, text_under: bool = False, typed_over: str = "") -> bytes:
    document = pypdfium2.PdfDocument(FORM.data)
    picture = document[0].render(scale=2).to_pil()
    document.close()
    written = io.BytesIO()
    canvas = Canvas(written, invariant=1)

    def text(mode: int) -> None:
        lines = canvas.beginText(60, 770)
        lines.setFont("Helvetica", 9)
        lines.setTextRenderMode(mode)
        for row in range(30):
            lines.textLine(
                f"Draft Recommendation Y.424{row % 4} [X] assigns authority [X] No comments"
            )
        canvas.drawText(lines)

    if text_under:
        text(0)
    canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)
    if hidden_text:
        text(3)
    canvas.drawString(100, 100, typed_over)
    canvas.save()
    return written.getvalue()


@pytest.mark.parametrize(
    "made",
    [
        pytest.param({}, id="bare"),
        pytest.param({"hidden_text": True}, id="with hidden text"),
        pytest.param({"text_under": True}, id="with text under the picture"),
        pytest.param({"typed_over": "X  X  X"}, id="typed onto"),
    ],
)
def test_a_scan_is_a_scan_whatever_text_it_hides(made: dict[str, object]) -> None:
    document = read_passages(_scan(**made))  # type: ignore[arg-type]
    assert (document.passages, document.doubts) == ((), (Doubt.SCAN,))


def test_a_scanned_page_among_digital_ones_is_told() -> None:
    def add(pdf: pikepdf.Pdf) -> None:
        with pikepdf.open(io.BytesIO(_scan(hidden_text=True))) as other:
            pdf.pages.extend(other.pages)

    data = changed(FORM.data, add)
    document = read_passages(data)
    assert document.doubts == (Doubt.SCAN,)
    assert sum(len(passage.boxes) for passage in document.passages) == 16


# Files that are not as they should be.


def test_a_file_that_needs_a_password_says_so() -> None:
    data = changed(FORM.data, lambda pdf: None, encryption=pikepdf.Encryption(user="u", owner="o"))
    reading = read(data)
    assert reading.doubts == (Doubt.ENCRYPTED,)
    assert reading.error


@pytest.mark.parametrize(
    "data", [FORM.data, with_fields(draw_form({}), ANSWERS)], ids=["drawn", "fields"]
)
def test_a_file_that_only_forbids_changes_is_read(data: bytes) -> None:
    locked = changed(data, lambda pdf: None, encryption=pikepdf.Encryption(user="", owner="o"))
    assert rows_of(locked) == ANSWERS


@pytest.mark.parametrize("length", [8, 200, 1500, len(FORM.data) // 2])
def test_a_file_cut_short_is_unreadable(length: int) -> None:
    assert read(FORM.data[:length]).doubts == (Doubt.UNREADABLE,)


def test_a_loop_of_cross_references_is_unreadable() -> None:
    start = FORM.data.rindex(b"startxref")
    loop = b"xref\n0 0\ntrailer\n<< /Size 9 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF"
    assert read(FORM.data[:start] + loop % (start, start)).doubts == (Doubt.UNREADABLE,)


def _many_pages(pdf: pikepdf.Pdf) -> None:
    for _ in range(2000):
        pdf.pages.append(pdf.pages[0])


def _giant_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].MediaBox = Array([0, 0, 1e9, 1e9])


def _deep(pdf: pikepdf.Pdf) -> None:
    inner = pdf.make_stream(b"0 0 5 5 re S")
    for _ in range(40):
        outer = pdf.make_stream(b"/X Do")
        inner.Type, inner.Subtype, inner.BBox = Name.XObject, Name.Form, Array([0, 0, 600, 800])
        outer.Resources = Dictionary(XObject=Dictionary(X=pdf.make_indirect(inner)))
        inner = outer
    inner.Type, inner.Subtype, inner.BBox = Name.XObject, Name.Form, Array([0, 0, 600, 800])
    pdf.pages[0].Resources.XObject = Dictionary(X=pdf.make_indirect(inner))
    pdf.pages[0].contents_add(b"/X Do")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(_many_pages, id="2001 pages"),
        pytest.param(_giant_page, id="giant page"),
        pytest.param(_deep, id="forty XObjects in one another"),
    ],
)
def test_what_is_too_large_is_bounded_and_told(change: Callable[[pikepdf.Pdf], None]) -> None:
    form = draw_form({}, texts=["Y.4241"])
    assert Doubt.TOO_LARGE in read(changed(form.data, change)).doubts


def test_a_page_wide_as_a_poster_is_doubted_rather_than_misread() -> None:
    def poster(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].MediaBox = Array([0, 0, 14_000, 14_000])

    assert set(told(changed(FORM.data, poster)).values()) == {None}


@pytest.mark.parametrize("seed", range(6))
def test_damaged_bytes_never_make_another_clear_answer(seed: int) -> None:
    chance = random.Random(seed)
    for whole in (FORM.data, with_fields(draw_form({}), ANSWERS)):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        reading = read(bytes(damaged))
        said = told(bytes(damaged))
        if not reading.doubts:
            assert all(said.get(text) in (None, ANSWERS[text]) for text in TEXTS)


def test_a_digital_signature_is_told() -> None:
    def sign(pdf: pikepdf.Pdf) -> None:
        value = pikepdf.Dictionary(
            Type=pikepdf.Name.Sig,
            Filter=pikepdf.Name("/Adobe.PPKLite"),
            SubFilter=pikepdf.Name("/adbe.pkcs7.detached"),
            Contents=pikepdf.String(b"\0" * 32),
            ByteRange=pikepdf.Array([0, 1, 2, 3]),
        )
        field = pikepdf.Dictionary(
            FT=pikepdf.Name.Sig, T=pikepdf.String("signature"), V=pdf.make_indirect(value)
        )
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([pdf.make_indirect(field)]))

    form = draw_form({"Y.4241": {0, 1}}).data
    assert read(form).signatory.signed is None
    assert read(changed(form, sign)).signatory.signed is True

"""Forms as digital PDF: drawn boxes or fields, ticked by lines, characters, fields or annotations.

Operators, fields and annotations as of ISO 32000-1.
"""

import io
import random
from collections.abc import Sequence

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.corpus.fonts import Face
from tests.corpus.forms import Form
from tests.corpus.looks import Look
from tests.corpus.pdf_notes import Tick, annotated
from tests.corpus.sheets import BoxPlace, BoxStyle, Sheet


def a_tick(chance: random.Random, look: Look) -> Tick:
    """Draws one that the boxes of a layout allow."""
    if look.style is BoxStyle.GLYPH:
        return chance.choice((Tick.BALLOT, Tick.BALLOT, Tick.INK, Tick.CROSS, Tick.FREE_TEXT))
    return chance.choices(list(Tick), (4, 3, 3, 3, 2, 0, 6, 3, 2, 3, 2, 1))[0]


def pdf_file(
    chance: random.Random, form: Form, sheets: Sequence[Sheet], look: Look, tick: Tick
) -> bytes:
    """The bytes of a form; the same arguments give the same bytes."""
    face, bold = _embedded(look.face)
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=look.paper, invariant=1)
    ticked = {(row.designation, place) for row in form.rows for place in row.truth.answer.ticked}
    for number, sheet in enumerate(sheets):
        canvas.setLineWidth(0.5)
        for rule in sheet.rules:
            canvas.setLineWidth(rule.width)
            canvas.line(rule.left, sheet.height - rule.top, rule.right, sheet.height - rule.bottom)
        for words in sheet.words:
            canvas.setFont(bold if words.bold else face, words.size)
            canvas.drawString(words.left, sheet.height - words.baseline, words.text)
        for box in sheet.boxes:
            full = (box.designation, box.place) in ticked
            name = f"Box{number}_{box.designation}_{box.place}"
            _box(
                canvas,
                sheet,
                box,
                face=face,
                name=name,
                tick=tick if full else None,
                field=tick is Tick.FIELD,
            )
        canvas.showPage()
    canvas.save()
    return annotated(chance, written.getvalue(), form, sheets, tick=tick, ticked=ticked)


def _embedded(face: Face) -> tuple[str, str]:
    names = face.name, f"{face.name}-Bold"
    for name, bold in zip(names, (False, True), strict=True):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, face.file(bold=bold)))
    return names


def _box(
    canvas: Canvas,
    sheet: Sheet,
    box: BoxPlace,
    *,
    face: str,
    name: str,
    tick: Tick | None,
    field: bool,
) -> None:
    left, bottom, side = box.left, sheet.height - box.top - box.size, box.size
    if field:
        canvas.acroForm.checkbox(
            name=name,
            x=left,
            y=bottom,
            size=side,
            checked=tick is not None,
            buttonStyle=("cross", "check", "circle", "diamond")[hash_of(sheet) % 4],
            borderWidth=1,
            forceBorder=True,
        )
        return
    canvas.setLineWidth(sheet.ink)
    if sheet.style is BoxStyle.GLYPH:
        canvas.setFont(face, side * 1.15)
        sign = "☒" if tick is Tick.BALLOT else "☐"
        canvas.drawCentredString(left + side / 2, bottom + side * 0.12, sign)
    elif sheet.style is BoxStyle.FOUR_LINES:
        right, top = left + side, bottom + side
        for line in (
            (left, bottom, right, bottom),
            (right, bottom, right, top),
            (right, top, left, top),
            (left, top, left, bottom),
        ):
            canvas.line(*line)
    elif sheet.style is BoxStyle.ROUNDED:
        canvas.roundRect(left, bottom, side, side, side * 0.15)
    else:
        canvas.rect(left, bottom, side, side)
    if tick is not None:
        _draw_tick(canvas, left, bottom, side, tick)


def hash_of(sheet: Sheet) -> int:
    """A number that stays the same for a layout, to choose what a whole document has in common."""
    return round(sheet.ink * 1000)


def _draw_tick(canvas: Canvas, left: float, bottom: float, side: float, tick: Tick) -> None:
    near, far = side * 0.18, side * 0.82
    canvas.setLineWidth(side * 0.11)
    match tick:
        case Tick.CROSS:
            canvas.line(left + near, bottom + near, left + far, bottom + far)
            canvas.line(left + near, bottom + far, left + far, bottom + near)
        case Tick.POLYLINE:
            path = canvas.beginPath()
            path.moveTo(left + near, bottom + side * 0.5)
            path.lineTo(left + side * 0.42, bottom + near)
            path.lineTo(left + far, bottom + far)
            canvas.drawPath(path)
        case Tick.SQUARE:
            canvas.rect(left + near, bottom + near, far - near, far - near, fill=1, stroke=0)
        case Tick.DINGBAT:
            canvas.setFont("ZapfDingbats", side * 0.95)
            canvas.drawCentredString(left + side / 2, bottom + side * 0.17, "✔")
        case Tick.LETTER:
            canvas.setFont("Helvetica-Bold", side * 0.95)
            canvas.drawCentredString(left + side / 2, bottom + side * 0.16, "X")
        case _:
            pass

"""What people put upon a finished PDF: ticks and corrections as annotations (ISO 32000-1, 12.5)."""

import io
import random
from collections.abc import Sequence
from enum import Enum

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.corpus.forms import Form
from tests.corpus.sheets import BoxPlace, Sheet
from tests.corpus.truth import Answer


class Tick(Enum):
    """What a tick is made of."""

    CROSS = "two lines"
    POLYLINE = "a polyline"
    DINGBAT = "a ZapfDingbats character"
    LETTER = "the letter X"
    SQUARE = "a filled square"
    #: The font's ballot box with a cross, in place of the empty one.
    BALLOT = "a crossed ballot box"
    FIELD = "a field"
    INK = "an ink annotation"
    LINE = "two line annotations"
    FREE_TEXT = "a free text annotation"
    STAMP = "a stamp annotation"
    SQUARE_NOTE = "a square annotation"


#: Ticks that are put upon a finished page.
NOTES = {Tick.INK, Tick.LINE, Tick.FREE_TEXT, Tick.STAMP, Tick.SQUARE_NOTE}
#: What is done to a row beside its ticks.
HIDDEN = "a hidden mark"
PDF_NOTES = (HIDDEN,)
_Note = tuple[Dictionary, tuple[float, float, float, float], bytes]


def annotated(
    chance: random.Random,
    data: bytes,
    form: Form,
    sheets: Sequence[Sheet],
    *,
    tick: Tick,
    ticked: set[tuple[str, int]],
) -> bytes:
    """A finished file with what is put upon its pages: ticks, corrections, strikes, highlights.

    Args:
        chance: draws how.
        data: the file.
        form: with the answers.
        sheets: its pages.
        tick: what a tick is made of.
        ticked: the boxes, by designation and place.
    """
    truths = {row.designation: row.truth for row in form.rows}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page, sheet in zip(pdf.pages, sheets, strict=True):
            notes = [
                note
                for box in sheet.boxes
                if tick in NOTES and (box.designation, box.place) in ticked
                for note in _note(chance, sheet, _strayed(chance, box), tick)
            ]
            for box in sheet.boxes:
                truth = truths[box.designation]
                notes += _odd_notes(chance, sheet, box, truth.answer)
                if truth.answer is Answer.DOUBTFUL:
                    notes += _doubtful_notes(chance, page, sheet, box)
                if truth.note == HIDDEN and box.place == 3:
                    notes += map(_hidden, _note(chance, sheet, box, Tick.INK))
            if notes:
                old = page.obj.get("/Annots")
                made = [pdf.make_indirect(_with_picture(pdf, *note)) for note in notes]
                page.obj.Annots = Array([*(old if old is not None else ()), *made])
        written = io.BytesIO()
        pdf.save(written, deterministic_id=True)
        return written.getvalue()


def _with_picture(
    pdf: pikepdf.Pdf, note: Dictionary, rect: tuple[float, float, float, float], content: bytes
) -> Dictionary:
    """An annotation with its appearance (12.5.5)."""
    left, bottom, right, top = rect
    resources = Dictionary(
        Font=Dictionary(
            F0=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Helvetica-Bold"))
        ),
        ExtGState=Dictionary(G0=Dictionary(BM=Name.Multiply)),
    )
    shown = pdf.make_stream(
        content,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([left, bottom, right, top]),
        Resources=resources,
    )
    note.Type = Name.Annot
    note.F = note.get("/F", 4)
    note.Rect = Array([left, bottom, right, top])
    note.AP = Dictionary(N=shown)
    return note


def _strayed(chance: random.Random, box: BoxPlace) -> BoxPlace:
    """Where a hand puts a mark that is meant for a box."""
    reach = 0.22 * box.size
    return box.moved(*(max(-reach, min(reach, chance.gauss(0, 0.09 * box.size))) for _ in range(2)))


def _hidden(note: _Note) -> _Note:
    # Annotation flag 2: not shown, not printed (12.5.3).
    note[0].F = 2
    return note


def _doubtful_notes(
    chance: random.Random, page: pikepdf.Page, sheet: Sheet, box: BoxPlace
) -> list[_Note]:
    """A field that shows what its value does not say; without fields, a mark between the options."""
    fields = [
        each
        for each in page.obj.get("/Annots", ())
        if str(each.get("/T", "")).endswith(f"_{box.designation}_{box.place}")
    ]
    if fields:
        if box.place == 3:
            shown = [name for name in dict(fields[0].AP.N) if name != "/Off"]
            fields[0].AS = Name(shown[0])
        return []
    if box.place == 0:
        return _note(chance, sheet, box, Tick.INK)
    if box.place != 1:
        return []
    other = next(
        (each for each in sheet.boxes if each.designation == box.designation and each.place == 2),
        box,
    )
    halfway = ((other.left - box.left) / 2, (other.top - box.top) / 2)
    return _note(chance, sheet, box.moved(*halfway), Tick.INK)


def _note(chance: random.Random, sheet: Sheet, box: BoxPlace, tick: Tick) -> list[_Note]:
    left, bottom, side = box.left, sheet.height - box.top - box.size, box.size
    right, top = left + side, bottom + side
    rect = (left - 1, bottom - 1, right + 1, top + 1)
    width = side * 0.12
    across, up = left + side * 0.15, bottom + side * 0.15
    beyond, above = left + side * 0.85, bottom + side * 0.85
    lines = ((across, up, beyond, above), (across, above, beyond, up))
    match tick:
        case Tick.INK:
            points = [
                (across, bottom + side * 0.5),
                (left + side * 0.42, up),
                (
                    left + side * chance.uniform(0.85, 1.25),
                    bottom + side * chance.uniform(0.85, 1.2),
                ),
            ]
            rect = (left - 2, bottom - 2, right + side * 0.4, top + side * 0.4)
            return [_ink([points], rect, width)]
        case Tick.LINE:
            return [
                (
                    Dictionary(Subtype=Name.Line, L=Array(list(line)), C=Array([0, 0, 0])),
                    rect,
                    f"{width:.2f} w {line[0]:.2f} {line[1]:.2f} m "
                    f"{line[2]:.2f} {line[3]:.2f} l S".encode(),
                )
                for line in lines
            ]
        case Tick.FREE_TEXT:
            size = side * 0.95
            note = Dictionary(
                Subtype=Name.FreeText, Contents=String("X"), DA=String(f"0 g /Helv {size:.1f} Tf")
            )
            at = f"{left + side * 0.18:.2f} {bottom + side * 0.16:.2f}"
            return [(note, rect, f"BT /F0 {size:.1f} Tf {at} Td (X) Tj ET".encode())]
        case Tick.STAMP:
            content = "".join(
                f"{width:.2f} w {a:.2f} {b:.2f} m {c:.2f} {d:.2f} l S " for a, b, c, d in lines
            )
            return [(Dictionary(Subtype=Name.Stamp, Name=Name("/Cross")), rect, content.encode())]
        case _:
            inner = (across, up, beyond - across, above - up)
            content = "0 g " + " ".join(f"{each:.2f}" for each in inner) + " re f"
            note = Dictionary(Subtype=Name.Square, IC=Array([0, 0, 0]), C=Array([0, 0, 0]))
            return [(note, rect, content.encode())]


def _ink(
    strokes: Sequence[Sequence[tuple[float, float]]],
    rect: tuple[float, float, float, float],
    width: float,
) -> _Note:
    paths = [
        " ".join(
            f"{x:.2f} {y:.2f} {'l' if number else 'm'}" for number, (x, y) in enumerate(stroke)
        )
        for stroke in strokes
    ]
    listed = Array([Array([each for point in stroke for each in point]) for stroke in strokes])
    content = f"{width:.2f} w " + " ".join(f"{path} S" for path in paths)
    return (
        Dictionary(Subtype=Name.Ink, InkList=listed, C=Array([0, 0, 0])),
        rect,
        content.encode(),
    )


def _odd_notes(chance: random.Random, sheet: Sheet, box: BoxPlace, answer: Answer) -> list[_Note]:
    """What was done to a row whose answer is not told by ticks alone."""
    left, bottom, side = box.left, sheet.height - box.top - box.size, box.size
    words = [
        each
        for each in sheet.words
        if each.left > left
        and abs(each.baseline - each.size * 0.35 - box.centre[1]) < each.size / 2
    ]
    long = left + side + 140
    match answer, box.place:
        case Answer.CORRECTED, 0 | 1:
            # Ticked, scribbled out; "does not assign" is ticked instead.
            tangle = [
                (
                    left - side * 0.3 + side * 1.6 * (number % 2) + chance.uniform(-1, 1),
                    bottom - side * 0.2 + side * 1.4 * number / 9,
                )
                for number in range(10)
            ]
            rect = (left - side, bottom - side, left + 2 * side, bottom + 2 * side)
            return [*_note(chance, sheet, box, Tick.INK), _ink([tangle], rect, side * 0.1)]
        case Answer.CORRECTED, 3:
            return _note(chance, sheet, box, Tick.INK)
        case Answer.OUTSIDE, 0 | 1:
            aside = box.moved(-side * 1.7, 0.0)
            return _note(chance, sheet, aside, Tick.INK)
        case Answer.STRUCK, 2 | 3 if words:
            middle = sheet.height - words[0].baseline + words[0].size * 0.3
            line = (words[0].left, middle, long, middle)
            note = Dictionary(Subtype=Name.Line, L=Array(list(line)), C=Array([1, 0, 0]))
            rect = (words[0].left, middle - 2, long, middle + 2)
            content = f"1 0 0 RG 1 w {line[0]:.2f} {middle:.2f} m {long:.2f} {middle:.2f} l S"
            return [(note, rect, content.encode())]
        case Answer.HIGHLIGHTED, 0 | 1 if words:
            low = sheet.height - words[0].baseline - 2
            rect = (words[0].left, low, long, low + words[0].size + 2)
            quad = [rect[0], rect[3], rect[2], rect[3], rect[0], rect[1], rect[2], rect[1]]
            note = Dictionary(Subtype=Name.Highlight, QuadPoints=Array(quad), C=Array([1, 1, 0]))
            area = f"{rect[0]:.2f} {low:.2f} {long - rect[0]:.2f} {words[0].size + 2:.2f} re f"
            return [(note, rect, f"/G0 gs 1 1 0 rg {area}".encode())]
        case _:
            return []

"""Small forms as PDF, drawn in many ways, and what people and programs do to them afterwards.

The forms have what a reader relies on and nothing else: texts, four boxes each, their labels.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

LABELS = (
    "assigns authority to Study Group 20 to consider this text for approval:",
    "No comments or suggested changes",
    "Comments and suggested changes are attached",
    "does not assign authority to Study Group 20 to consider this text",
)
TEXTS = ("Y.4241", "Y.4242", "Y.4243", "Y.4420")
SIZE = 9.0


@dataclass(frozen=True, slots=True)
class BoxPlace:
    """Where a box was drawn: page from 0, lower left corner in the page's own coordinates."""

    page: int
    left: float
    bottom: float
    size: float = SIZE

    @property
    def rect(self) -> tuple[float, float, float, float]:
        return self.left, self.bottom, self.left + self.size, self.bottom + self.size


@dataclass(slots=True)
class DrawnForm:
    """A form and the places of its boxes: (text, 0 to 3) -> place."""

    data: bytes
    boxes: dict[tuple[str, int], BoxPlace] = field(default_factory=dict)


Answers = Mapping[str, frozenset[int] | set[int]]

# Boxes: each draws an empty one.


def rectangle(canvas: Canvas, left: float, bottom: float) -> None:
    canvas.rect(left, bottom, SIZE, SIZE)


def four_lines(canvas: Canvas, left: float, bottom: float) -> None:
    right, top = left + SIZE, bottom + SIZE
    canvas.line(left, bottom, right, bottom)
    canvas.line(left, top, right, top)
    canvas.line(left, bottom, left, top)
    canvas.line(right, bottom, right, top)


def thin_rectangles(canvas: Canvas, left: float, bottom: float) -> None:
    for x, y, width, height in (
        (left, bottom, SIZE, 0.6),
        (left, bottom + SIZE - 0.6, SIZE, 0.6),
        (left, bottom, 0.6, SIZE),
        (left + SIZE - 0.6, bottom, 0.6, SIZE),
    ):
        canvas.rect(x, y, width, height, stroke=0, fill=1)


def rounded(canvas: Canvas, left: float, bottom: float) -> None:
    canvas.roundRect(left, bottom, SIZE, SIZE, 1.2)


def white_ground(canvas: Canvas, left: float, bottom: float) -> None:
    canvas.saveState()
    canvas.setFillGray(1)
    canvas.rect(left, bottom, SIZE, SIZE, fill=1)
    canvas.restoreState()


def dingbat(canvas: Canvas, left: float, bottom: float) -> None:
    canvas.setFont("ZapfDingbats", SIZE + 2)
    canvas.drawString(left, bottom + 1, "❏")


def brackets(canvas: Canvas, left: float, bottom: float) -> None:
    canvas.setFont("Helvetica", 9)
    canvas.drawString(left - 3, bottom + 1, "[")
    canvas.drawString(left + SIZE, bottom + 1, "]")


BOXES: Mapping[str, Callable[[Canvas, float, float], None]] = {
    "rectangle": rectangle,
    "four lines": four_lines,
    "thin rectangles": thin_rectangles,
    "rounded": rounded,
    "white ground": white_ground,
    "dingbat": dingbat,
    "brackets": brackets,
}

# Marks: each marks a box.


def cross(canvas: Canvas, left: float, bottom: float) -> None:
    canvas.line(left + 1, bottom + 1, left + SIZE - 1, bottom + SIZE - 1)
    canvas.line(left + 1, bottom + SIZE - 1, left + SIZE - 1, bottom + 1)


def polyline(canvas: Canvas, left: float, bottom: float) -> None:
    path = canvas.beginPath()
    path.moveTo(left + 1, bottom + SIZE / 2)
    path.lineTo(left + SIZE / 2.5, bottom + 1)
    path.lineTo(left + SIZE + 3, bottom + SIZE + 3)
    canvas.drawPath(path)


def curve(canvas: Canvas, left: float, bottom: float) -> None:
    path = canvas.beginPath()
    path.moveTo(left + 1, bottom + 4)
    path.curveTo(left + 3, bottom, left + 4, bottom, left + 4, bottom + 2)
    path.curveTo(left + 5, bottom + 5, left + 7, bottom + 7, left + 10, bottom + 10)
    canvas.drawPath(path)


def filled(canvas: Canvas, left: float, bottom: float) -> None:
    canvas.rect(left + 1.5, bottom + 1.5, SIZE - 3, SIZE - 3, stroke=0, fill=1)


def letter(canvas: Canvas, left: float, bottom: float) -> None:
    canvas.setFont("Helvetica-Bold", SIZE)
    canvas.drawCentredString(left + SIZE / 2, bottom + 1.4, "X")


def tick_sign(canvas: Canvas, left: float, bottom: float) -> None:
    canvas.setFont("ZapfDingbats", SIZE)
    canvas.drawCentredString(left + SIZE / 2, bottom + 1.4, "✔")


MARKS: Mapping[str, Callable[[Canvas, float, float], None]] = {
    "cross": cross,
    "polyline": polyline,
    "curve": curve,
    "filled": filled,
    "letter": letter,
    "tick sign": tick_sign,
}


def draw_form(
    answers: Answers,
    *,
    texts: Sequence[str] = TEXTS,
    labels: Sequence[str] = LABELS,
    box: str = "rectangle",
    mark: str = "cross",
    ruled: str = "cells",
    one_column: bool = False,
    lowered: float = 0.0,
    rows_a_page: int = 4,
    shift: tuple[float, float] = (0.0, 0.0),
    before: Callable[[Canvas], None] | None = None,
    after: Callable[[Canvas, Mapping[tuple[str, int], BoxPlace]], None] | None = None,
    page_size: tuple[float, float] = A4,
) -> DrawnForm:
    """Draws a form of some texts, one under another.

    Args:
        answers: text -> places of its marked boxes, 0 to 3.
        texts: in their order on the page.
        labels: of the four boxes.
        box, mark: what they are: see `BOXES` and `MARKS`.
        ruled: "cells" (all lines), "rows" (level lines only) or "none".
        one_column: the text over its boxes in place of beside them.
        lowered: how far down its row the text's name begins, in points.
        rows_a_page: then a new page begins.
        shift: moves everything on the page.
        before, after: draw more under or over each page's form.
        page_size: in points.
    """
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=page_size, invariant=1)
    form = DrawnForm(b"")
    look = _Look(answers, labels, box, mark, one_column, lowered)
    for page, start in enumerate(range(0, len(texts), rows_a_page)):
        canvas.translate(*shift)
        if before is not None:
            before(canvas)
        if start == 0:
            canvas.setFont("Helvetica", 10)
            canvas.drawString(60, 800, "Reply of a Member State to TSB Circular 106:")
        top = 770.0
        for text in texts[start : start + rows_a_page]:
            _draw_row(canvas, form, (page, text, top), look)
            if ruled != "none":
                canvas.line(50, top + 12, 545, top + 12)
                canvas.line(50, top - 86, 545, top - 86)
            if ruled == "cells":
                for x in (50, 545) if one_column else (50, 200, 545):
                    canvas.line(x, top + 12, x, top - 86)
            top -= 98
        canvas.setFont("Helvetica", 10)
        if start + rows_a_page >= len(texts):
            canvas.drawString(60, top - 40, "Yours faithfully, Administration of Examplia")
        if after is not None:
            after(canvas, {key: at for key, at in form.boxes.items() if at.page == page})
        canvas.showPage()
    canvas.save()
    form.data = written.getvalue()
    if shift != (0.0, 0.0):
        dx, dy = shift
        form.boxes = {
            key: BoxPlace(at.page, at.left + dx, at.bottom + dy) for key, at in form.boxes.items()
        }
    return form


@dataclass(frozen=True, slots=True)
class _Look:
    answers: Answers
    labels: Sequence[str]
    box: str
    mark: str
    one_column: bool
    lowered: float


def _draw_row(canvas: Canvas, form: DrawnForm, where: tuple[int, str, float], look: _Look) -> None:
    page, text, top = where
    canvas.setFont("Helvetica", 9)
    canvas.setLineWidth(0.7)
    canvas.drawString(56, top - look.lowered, f"Draft Recommendation {text}")
    left, line = (62.0, top - 18) if look.one_column else (210.0, top)
    for place, label in enumerate(look.labels):
        indent = 14 if place in (1, 2) else 0
        x, y = left + indent, line - 2
        BOXES[look.box](canvas, x, y)
        form.boxes[text, place] = BoxPlace(page, x, y)
        if place in look.answers.get(text, ()):
            MARKS[look.mark](canvas, x, y)
        canvas.setFont("Helvetica", 9)
        canvas.drawString(x + 20, line, label)
        line -= 18


# What is done to a form afterwards.


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None], **saving: object) -> bytes:
    """The file after a change to its objects."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(written, deterministic_id="encryption" not in saving, **saving)  # type: ignore[arg-type]
    return written.getvalue()


def turned(data: bytes, degrees: int) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.Rotate = degrees

    return changed(data, change)


def cropped(data: bytes, left: float, bottom: float, right: float, top: float) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.CropBox = Array([left, bottom, right, top])

    return changed(data, change)


def annotated(data: bytes, *annotations: tuple[int, Mapping[str, object]]) -> bytes:
    """With annotations: (page from 0, entries), each with an appearance where `draw` gives one.

    `draw` is content in the coordinates of the annotation's rectangle, its lower left being 0 0.
    """

    def change(pdf: pikepdf.Pdf) -> None:
        for number, entries in annotations:
            page = pdf.pages[number]
            given = dict(entries)
            draw = given.pop("draw", None)
            made = Dictionary(Type=Name.Annot, F=4)
            for key, value in given.items():
                made[f"/{key}"] = value
            if draw is not None:
                left, bottom, right, top = (float(side) for side in given["Rect"])  # type: ignore[attr-defined]
                stream = pdf.make_stream(str(draw).encode())
                stream.Type, stream.Subtype = Name.XObject, Name.Form
                stream.BBox = Array([0, 0, right - left, top - bottom])
                stream.Resources = Dictionary(
                    Font=Dictionary(
                        F1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
                    )
                )
                made.AP = Dictionary(N=pdf.make_indirect(stream))
            if "/Annots" not in page:
                page.Annots = Array()
            page.Annots.append(pdf.make_indirect(made))

    return changed(data, change)


def ink(
    at: BoxPlace, *, stroke: Sequence[tuple[float, float]] = ((1, 4), (4, 1), (9, 10))
) -> tuple[int, dict[str, object]]:
    """An ink annotation over a box, its points counted from the box's lower left corner."""
    points = [(at.left + x, at.bottom + y) for x, y in stroke]
    xs, ys = zip(*points, strict=True)
    left, bottom, right, top = min(xs) - 1, min(ys) - 1, max(xs) + 1, max(ys) + 1
    path = " ".join(
        f"{x - left:.2f} {y - bottom:.2f} {'l' if index else 'm'}"
        for index, (x, y) in enumerate(points)
    )
    return at.page, {
        "Subtype": Name.Ink,
        "Rect": Array([left, bottom, right, top]),
        "InkList": Array([Array([value for point in points for value in point])]),
        "draw": f"0 0 1 RG 1.2 w {path} S",
    }


def typed(at: BoxPlace, text: str) -> tuple[int, dict[str, object]]:
    """A free text annotation over a box."""
    left, bottom, right, top = at.rect
    return at.page, {
        "Subtype": Name.FreeText,
        "Rect": Array([left, bottom, max(right, left + 6 * len(text)), top]),
        "Contents": String(text),
        "DA": String("/F1 9 Tf 0 g"),
        "draw": f"BT /F1 9 Tf 1.5 1.5 Td ({text}) Tj ET",
    }


def figure(
    at: tuple[int, float, float, float, float], subtype: str, draw: str, **more: object
) -> tuple[int, dict[str, object]]:
    """Any annotation: (page, left, bottom, right, top), its kind and what it draws."""
    page, left, bottom, right, top = at
    return page, {
        "Subtype": Name(f"/{subtype}"),
        "Rect": Array([left, bottom, right, top]),
        "draw": draw,
        **more,
    }


def with_fields(
    form: DrawnForm,
    answers: Answers,
    *,
    on: str = "/Yes",
    value: Callable[[bool], str | None] | None = None,
    state: Callable[[bool], str | None] | None = None,
    appearance: bool = True,
    parents: bool = False,
) -> bytes:
    """With a check box field on each box.

    Args:
        form: whose boxes.
        answers: text -> places of its ticked fields.
        on: the name of the state "ticked".
        value, state: ticked or not -> /V and /AS, None to leave it out; by default both say it.
        appearance: whether the fields are drawn.
        parents: whether the value is kept by a parent of the widget.
    """
    value = value or (lambda ticked: on if ticked else "/Off")
    state = state or (lambda ticked: on if ticked else "/Off")

    def change(pdf: pikepdf.Pdf) -> None:
        fields = Array()
        for (text, place), at in form.boxes.items():
            ticked = place in answers.get(text, ())
            widget = Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                F=4,
                Rect=Array([*at.rect]),
                P=pdf.pages[at.page].obj,
            )
            if appearance:
                widget.AP = Dictionary(N=Dictionary())
                for name, draw in ((on, "1 w 1 1 m 8 8 l 1 8 m 8 1 l S"), ("/Off", "")):
                    stream = pdf.make_stream(draw.encode())
                    stream.Type, stream.Subtype = Name.XObject, Name.Form
                    stream.BBox = Array([0, 0, at.size, at.size])
                    widget.AP.N[name] = pdf.make_indirect(stream)
            if (said := state(ticked)) is not None:
                widget.AS = Name(said)
            widget = pdf.make_indirect(widget)
            holder = widget
            if parents:
                holder = pdf.make_indirect(Dictionary(Kids=Array([widget])))
                widget.Parent = holder
            holder.FT, holder.T = Name.Btn, String(f"Box {text} {place}")
            if (kept := value(ticked)) is not None:
                holder.V = Name(kept)
            fields.append(holder)
            page = pdf.pages[at.page]
            if "/Annots" not in page:
                page.Annots = Array()
            page.Annots.append(widget)
        pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=fields))

    return changed(form.data, change)

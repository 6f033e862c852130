"""What was put onto a page with a viewer's tools: strokes, typed text, stamps, highlights, notes."""

import ctypes
import itertools
import math
from dataclasses import dataclass
from enum import Enum

from pypdfium2 import raw

from parsers.pdf.area import Area
from parsers.pdf.document import Page
from parsers.pdf.objects import Point

_MOST_ANNOTATIONS = 5000
_MOST_POINTS = 20_000
_NOT_SHOWN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW


class AnnotationKind(Enum):
    """What an annotation is to a reader of forms (ISO 32000-1, table 169)."""

    #: A field of the interactive form.
    WIDGET = "field"
    #: Drawn with a pen or as a figure.
    DRAWN = "drawn"
    #: Text written onto the page.
    TYPED = "typed"
    STAMP = "stamp"
    #: Over text: it says that the text counts, or that it does not.
    HIGHLIGHT = "highlight"
    UNDERLINE = "underline"
    STRIKE = "strike"
    #: A remark that a click opens.
    NOTE = "note"
    #: Anything else that may be seen.
    OTHER = "other"


_KINDS = {
    raw.FPDF_ANNOT_WIDGET: AnnotationKind.WIDGET,
    raw.FPDF_ANNOT_INK: AnnotationKind.DRAWN,
    raw.FPDF_ANNOT_LINE: AnnotationKind.DRAWN,
    raw.FPDF_ANNOT_POLYLINE: AnnotationKind.DRAWN,
    raw.FPDF_ANNOT_POLYGON: AnnotationKind.DRAWN,
    raw.FPDF_ANNOT_SQUARE: AnnotationKind.DRAWN,
    raw.FPDF_ANNOT_CIRCLE: AnnotationKind.DRAWN,
    raw.FPDF_ANNOT_FREETEXT: AnnotationKind.TYPED,
    raw.FPDF_ANNOT_STAMP: AnnotationKind.STAMP,
    raw.FPDF_ANNOT_HIGHLIGHT: AnnotationKind.HIGHLIGHT,
    raw.FPDF_ANNOT_UNDERLINE: AnnotationKind.UNDERLINE,
    raw.FPDF_ANNOT_SQUIGGLY: AnnotationKind.UNDERLINE,
    raw.FPDF_ANNOT_STRIKEOUT: AnnotationKind.STRIKE,
    raw.FPDF_ANNOT_TEXT: AnnotationKind.NOTE,
    raw.FPDF_ANNOT_CARET: AnnotationKind.NOTE,
}
#: Nothing to see, or not on paper.
_IGNORED = (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """One annotation that is shown.

    Attributes:
        index: its place among the page's annotations, from 0.
        kind: what it is.
        name: its subtype in words, for people.
        areas: what it covers: one a stroke, or one a line of marked text; else its rectangle.
        lengths: of the strokes in points, one for each area; 0 where there are none.
        text: what it says; may be empty.
    """

    index: int
    kind: AnnotationKind
    name: str
    areas: tuple[Area, ...]
    lengths: tuple[float, ...]
    text: str


def read_annotations(page: Page) -> list[Annotation]:
    """The page's annotations in order, without those that are not shown."""
    found: list[Annotation] = []
    handle = page.handle.raw
    for index in range(min(raw.FPDFPage_GetAnnotCount(handle), _MOST_ANNOTATIONS)):
        each = raw.FPDFPage_GetAnnot(handle, index)
        if not each:
            continue
        try:
            subtype = raw.FPDFAnnot_GetSubtype(each)
            if subtype in _IGNORED or raw.FPDFAnnot_GetFlags(each) & _NOT_SHOWN:
                continue
            found.append(_annotation(page, each, index, subtype))
        finally:
            raw.FPDFPage_CloseAnnot(each)
    return found


def _annotation(page: Page, each: raw.FPDF_ANNOTATION, index: int, subtype: int) -> Annotation:
    rect = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(each, rect)
    whole = page.frame.area(
        min(rect.left, rect.right),
        min(rect.bottom, rect.top),
        max(rect.left, rect.right),
        max(rect.bottom, rect.top),
    )
    kind = _KINDS.get(subtype, AnnotationKind.OTHER)
    strokes = _strokes(page, each, subtype)
    if strokes:
        areas = tuple(Area.around(stroke) for stroke in strokes)
        lengths = tuple(_length(stroke) for stroke in strokes)
    else:
        areas = _marked_text(page, each) or (whole,)
        lengths = (0.0,) * len(areas)
    return Annotation(
        index=index,
        kind=kind,
        name=_NAMES.get(subtype, "annotation"),
        areas=areas,
        lengths=lengths,
        text=_string(each, b"Contents").strip(),
    )


_NAMES = {
    raw.FPDF_ANNOT_INK: "ink stroke",
    raw.FPDF_ANNOT_LINE: "line",
    raw.FPDF_ANNOT_POLYLINE: "polyline",
    raw.FPDF_ANNOT_POLYGON: "polygon",
    raw.FPDF_ANNOT_SQUARE: "rectangle",
    raw.FPDF_ANNOT_CIRCLE: "ellipse",
    raw.FPDF_ANNOT_FREETEXT: "typed text",
    raw.FPDF_ANNOT_STAMP: "stamp",
    raw.FPDF_ANNOT_HIGHLIGHT: "highlight",
    raw.FPDF_ANNOT_UNDERLINE: "underline",
    raw.FPDF_ANNOT_SQUIGGLY: "underline",
    raw.FPDF_ANNOT_STRIKEOUT: "strike-out",
    raw.FPDF_ANNOT_TEXT: "note",
    raw.FPDF_ANNOT_CARET: "note",
}


def _strokes(page: Page, each: raw.FPDF_ANNOTATION, subtype: int) -> list[list[Point]]:
    if subtype == raw.FPDF_ANNOT_INK:
        count = min(raw.FPDFAnnot_GetInkListCount(each), _MOST_POINTS)
        strokes = [
            _points(
                page,
                lambda buffer, size, at=at: raw.FPDFAnnot_GetInkListPath(each, at, buffer, size),
            )
            for at in range(count)
        ]
    elif subtype in (raw.FPDF_ANNOT_POLYGON, raw.FPDF_ANNOT_POLYLINE):
        strokes = [
            _points(page, lambda buffer, size: raw.FPDFAnnot_GetVertices(each, buffer, size))
        ]
    elif subtype == raw.FPDF_ANNOT_LINE:
        start, end = raw.FS_POINTF(), raw.FS_POINTF()
        if not raw.FPDFAnnot_GetLine(each, start, end):
            return []
        strokes = [[page.frame.point(start.x, start.y), page.frame.point(end.x, end.y)]]
    else:
        return []
    return [stroke for stroke in strokes if stroke]


def _points(page: Page, fill) -> list[Point]:  # type: ignore[no-untyped-def]
    size = min(fill(None, 0), _MOST_POINTS)
    if size <= 0:
        return []
    buffer = (raw.FS_POINTF * size)()
    fill(buffer, size)
    return [page.frame.point(point.x, point.y) for point in buffer]


def _length(stroke: list[Point]) -> float:
    return sum(math.hypot(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in itertools.pairwise(stroke))


def _marked_text(page: Page, each: raw.FPDF_ANNOTATION) -> tuple[Area, ...]:
    """The lines of text that a highlight, underline or strike-out covers (/QuadPoints)."""
    if not raw.FPDFAnnot_HasAttachmentPoints(each):
        return ()
    areas = []
    for at in range(min(raw.FPDFAnnot_CountAttachmentPoints(each), _MOST_POINTS)):
        quad = raw.FS_QUADPOINTSF()
        if raw.FPDFAnnot_GetAttachmentPoints(each, at, quad):
            corners = (
                (quad.x1, quad.y1),
                (quad.x2, quad.y2),
                (quad.x3, quad.y3),
                (quad.x4, quad.y4),
            )
            areas.append(Area.around(page.frame.point(*corner) for corner in corners))
    return tuple(areas)


def _string(each: raw.FPDF_ANNOTATION, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(each, key, None, 0)
    size = min(size, 20_000)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(
        each, key, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size
    )
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\x00")

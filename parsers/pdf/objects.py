"""What a page's content stream draws: shapes, pictures, and how its texts are drawn, in order."""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pypdfium2 import raw

from parsers.pdf.area import Area
from parsers.pdf.document import Page

#: Bounds of one page: a form's page has a few hundred objects.
_MOST_OBJECTS = 60_000
_MOST_POINTS = 400_000
_DEEPEST = 12

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)

#: Lighter than this (of 255) is paper.
_PAPER = 245


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """A colour that something is drawn in: its lightness, how colourful it is (0-255), opacity."""

    light: int
    colour: int
    opacity: int

    @property
    def shows(self) -> bool:
        """Whether it can be seen on white paper."""
        return self.opacity > 12 and 255 - (255 - self.light) * self.opacity / 255 < _PAPER

    @property
    def dark(self) -> bool:
        """Whether it is as dark as print."""
        return self.opacity > 100 and self.light < 140


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One path object.

    Attributes:
        lines: its subpaths, as points of the page as shown; curves by their end points and their
            control points.
        curved: whether it has curves.
        fill, stroke: None where it has none.
        width: of the stroke in points.
        area: round all points.
        order: counts the page's objects; what comes later is painted over what came before.
    """

    lines: tuple[tuple[Point, ...], ...]
    curved: bool
    fill: Ink | None
    stroke: Ink | None
    width: float
    area: Area
    order: int

    @property
    def shows(self) -> bool:
        """Whether it can be seen on white paper."""
        return bool((self.fill and self.fill.shows) or (self.stroke and self.stroke.shows))


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """One picture (or shading) on the page."""

    area: Area
    order: int
    transparent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStyle:
    """How one text object is drawn."""

    font: str
    hidden: bool
    order: int


@dataclass(slots=True)
class Content:
    """All that a page draws.

    Attributes:
        shapes, images: in the order of drawing.
        texts: address of PDFium's text object -> its style.
        complete: False where the page holds more than the bounds allow.
    """

    shapes: list[Shape] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    texts: dict[int, TextStyle] = field(default_factory=dict)
    complete: bool = True


def read_content(page: Page) -> Content:
    """Walks the page's objects, those of its form XObjects included."""
    walk = _Walk(page)
    handle = page.handle.raw
    walk.level(
        raw.FPDFPage_CountObjects(handle),
        lambda index: raw.FPDFPage_GetObject(handle, index),
        _IDENTITY,
        0,
    )
    return walk.content


def address(handle: object) -> int:
    """What tells PDFium's objects apart."""
    return ctypes.addressof(handle.contents) if handle else 0  # type: ignore[attr-defined]


class _Walk:
    def __init__(self, page: Page) -> None:
        self._page = page
        self._order = 0
        self._points = 0
        self._fonts: dict[int, str] = {}
        self.content = Content()

    def level(
        self, count: int, at: Callable[[int], raw.FPDF_PAGEOBJECT], matrix: Matrix, depth: int
    ) -> None:
        for index in range(count):
            self._order += 1
            if self._order > _MOST_OBJECTS or self._points > _MOST_POINTS or depth > _DEEPEST:
                self.content.complete = False
                return
            item = at(index)
            kind = raw.FPDFPageObj_GetType(item)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self.content.texts[address(item)] = self._text(item)
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(item, _times(_matrix(item), matrix))
            elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
                self._image(item, matrix, kind)
            elif kind == raw.FPDF_PAGEOBJ_FORM:
                self.level(
                    max(0, raw.FPDFFormObj_CountObjects(item)),
                    lambda inner, form=item: raw.FPDFFormObj_GetObject(form, inner),  # type: ignore[misc]
                    _times(_matrix(item), matrix),
                    depth + 1,
                )

    def _text(self, item: raw.FPDF_PAGEOBJECT) -> TextStyle:
        mode = raw.FPDFTextObj_GetTextRenderMode(item)
        # Invisible text, and text that only clips (ISO 32000-1, table 106).
        hidden = mode in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
        return TextStyle(
            font=self._font(raw.FPDFTextObj_GetFont(item)), hidden=hidden, order=self._order
        )

    def _font(self, font: raw.FPDF_FONT) -> str:
        key = address(font)
        if key not in self._fonts:
            length = raw.FPDFFont_GetBaseFontName(font, None, 0)
            name = ctypes.create_string_buffer(max(1, min(length, 500)))
            raw.FPDFFont_GetBaseFontName(font, name, len(name))
            self._fonts[key] = name.value.decode("utf-8", "replace")
        return self._fonts[key]

    def _image(self, item: raw.FPDF_PAGEOBJECT, matrix: Matrix, kind: int) -> None:
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            return
        corners = [(x.value, y.value) for x in (left, right) for y in (bottom, top)]
        self.content.images.append(
            Image(
                area=Area.around(self._page.frame.point(*_on(matrix, *each)) for each in corners),
                order=self._order,
                transparent=kind == raw.FPDF_PAGEOBJ_SHADING
                or bool(raw.FPDFPageObj_HasTransparency(item)),
            )
        )

    def _path(self, item: raw.FPDF_PAGEOBJECT, matrix: Matrix) -> None:
        mode, stroked = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, mode, stroked)
        fill = _ink(item, raw.FPDFPageObj_GetFillColor) if mode.value else None
        stroke = _ink(item, raw.FPDFPageObj_GetStrokeColor) if stroked.value else None
        if fill is None and stroke is None:
            return
        lines, curved = self._lines(item, matrix)
        if not lines:
            return
        width = ctypes.c_float(1.0)
        raw.FPDFPageObj_GetStrokeWidth(item, width)
        a, b, c, d, *_ = matrix
        self.content.shapes.append(
            Shape(
                lines=tuple(lines),
                curved=curved,
                fill=fill,
                stroke=stroke,
                width=width.value * abs(a * d - b * c) ** 0.5,
                area=Area.around(point for line in lines for point in line),
                order=self._order,
            )
        )

    def _lines(
        self, item: raw.FPDF_PAGEOBJECT, matrix: Matrix
    ) -> tuple[list[tuple[Point, ...]], bool]:
        lines: list[tuple[Point, ...]] = []
        current: list[Point] = []
        curved = False
        for kind, x, y, closes in self._segments(item):
            point = self._page.frame.point(*_on(matrix, x, y))
            if kind == raw.FPDF_SEGMENT_MOVETO:
                if len(current) > 1:
                    lines.append(tuple(current))
                current = [point]
            else:
                curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
                current.append(point)
            if closes and current and current[0] != current[-1]:
                current.append(current[0])
        if len(current) > 1:
            lines.append(tuple(current))
        return lines, curved

    def _segments(self, item: raw.FPDF_PAGEOBJECT) -> Iterator[tuple[int, float, float, bool]]:
        count = raw.FPDFPath_CountSegments(item)
        self._points += max(0, count)
        x, y = ctypes.c_float(), ctypes.c_float()
        for index in range(min(count, _MOST_POINTS)):
            segment = raw.FPDFPath_GetPathSegment(item, index)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            yield (
                raw.FPDFPathSegment_GetType(segment),
                x.value,
                y.value,
                bool(raw.FPDFPathSegment_GetClose(segment)),
            )


def _ink(item: raw.FPDF_PAGEOBJECT, get: Callable[..., int]) -> Ink:
    red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
    if not get(item, red, green, blue, opacity):
        # A pattern or a colour space that PDFium gives no value for: taken to be seen.
        return Ink(light=0, colour=0, opacity=255)
    parts = (red.value, green.value, blue.value)
    light = (299 * parts[0] + 587 * parts[1] + 114 * parts[2]) // 1000
    return Ink(light=light, colour=max(parts) - min(parts), opacity=opacity.value)


def _matrix(item: raw.FPDF_PAGEOBJECT) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, found):
        return _IDENTITY
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _on(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f

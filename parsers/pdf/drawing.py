"""What a page's shapes are: squares to tick, ruling lines, coloured grounds, or marks."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from parsers.pdf.area import Area
from parsers.pdf.objects import Point, Shape

#: Sides of a box in points: two pages on a sheet halve those of a form; what is larger is a cell.
SMALLEST, LARGEST = 3.0, 32.0
_SQUARE = 0.68  # the shorter side over the longer one, at least
_NEAR = 1.6  # points between two line ends that meet
_THIN = 2.6  # a filled rectangle thinner than this is a line
_MOST_SHORT_LINES = 3000
_MOST_SQUARES = 800


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A straight line along the page's axes: `at` is its place across, `start` to `end` along."""

    upright: bool
    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        """In points."""
        return self.end - self.start

    @property
    def area(self) -> Area:
        """As a rectangle without breadth."""
        if self.upright:
            return Area(self.at, self.start, self.at, self.end)
        return Area(self.start, self.at, self.end, self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """A drawn box: its outline, and whether the same stroke fills it."""

    area: Area
    filled: bool
    order: int


@dataclass(slots=True)
class Drawing:
    """A page's shapes, told apart.

    Attributes:
        squares: drawn boxes.
        lines: ruling lines, underlines and strikes: whatever is straight and is part of no box.
        grounds: coloured areas behind text, with how colourful they are (0-255).
        marks: all other shapes.
        strokes: straight shapes that are as short as a stroke of the pen; their lines are among
            `lines` too.
        complete: False where the page has more boxes than the bounds allow.
    """

    squares: list[Square] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    grounds: list[tuple[Area, int]] = field(default_factory=list)
    marks: list[Shape] = field(default_factory=list)
    strokes: list[Shape] = field(default_factory=list)
    complete: bool = True


def read_drawing(shapes: Iterable[Shape]) -> Drawing:
    """Tells a page's shapes apart."""
    drawing = Drawing()
    lines: list[tuple[Line, Shape]] = []
    for shape in itertools.chain.from_iterable(map(_apart, shapes)):
        if not shape.shows:
            continue
        if _outlines_square(shape):
            filled = shape.fill is not None and shape.fill.dark
            drawing.squares.append(Square(area=shape.area, filled=filled, order=shape.order))
        elif shape.stroke is None or not shape.stroke.shows:
            _filled(shape, drawing, lines)
        elif (straight := _straight(shape)) is not None:
            lines.extend((line, shape) for line in straight)
        else:
            drawing.marks.append(shape)
    used = _squares_of_lines(lines, drawing)
    seen: set[int] = set()
    for index, (line, shape) in enumerate(lines):
        if index in used:
            continue
        drawing.lines.append(line)
        if max(shape.area.width, shape.area.height) <= LARGEST and shape.order not in seen:
            seen.add(shape.order)
            drawing.strokes.append(shape)
    if len(drawing.squares) > _MOST_SQUARES:
        del drawing.squares[_MOST_SQUARES:]
        drawing.complete = False
    drawing.squares = _once(drawing.squares)
    return drawing


def _apart(shape: Shape) -> Iterable[Shape]:
    """The strokes of one path object, each by itself: a box and the cross in it may be one path."""
    if len(shape.lines) < 2 or (shape.fill is not None and shape.fill.shows):
        return (shape,)
    return (replace(shape, lines=(line,), area=Area.around(line)) for line in shape.lines)


def _squarish(area: Area) -> bool:
    short, long = sorted((area.width, area.height))
    return short >= SMALLEST and long <= LARGEST and short >= _SQUARE * long


def _outlines_square(shape: Shape) -> bool:
    """A closed outline that follows its own bounds all the way round; rounded corners count."""
    if not _squarish(shape.area) or len(shape.lines) > 2:
        return False
    if shape.stroke is None or not shape.stroke.shows:
        return len(shape.lines) == 2 and all(
            _follows(line, Area.around(line)) for line in shape.lines
        )
    return all(_follows(line, shape.area) for line in shape.lines)


def _follows(line: Sequence[Point], area: Area) -> bool:
    if len(line) < 4 or abs(line[0][0] - line[-1][0]) + abs(line[0][1] - line[-1][1]) > _NEAR:
        return False
    near = min(area.width, area.height) * 0.14
    corners = set()
    for x, y in line:
        beside = min(x - area.left, area.right - x)
        above = min(y - area.top, area.bottom - y)
        if min(beside, above) > near:
            return False
        if beside <= near * 2.4 and above <= near * 2.4:
            corners.add((x - area.left < area.width / 2, y - area.top < area.height / 2))
    return len(corners) == 4 and not _crosses(line, area)


def _crosses(line: Sequence[Point], area: Area) -> bool:
    """Whether any stretch goes through the middle, as a cross drawn from corner to corner does."""
    middle = area.grown(-min(area.width, area.height) * 0.3)
    return any(
        middle.holds(((x0 + x1) / 2, (y0 + y1) / 2))
        for (x0, y0), (x1, y1) in itertools.pairwise(line)
    )


def _filled(shape: Shape, drawing: Drawing, lines: list[tuple[Line, Shape]]) -> None:
    area = shape.area
    if area.width <= _THIN or area.height <= _THIN:
        # Many programs draw a line as a thin filled rectangle.
        upright = area.height > area.width
        if max(area.width, area.height) > _THIN:
            lines.append((_line(upright, area), shape))
        else:
            drawing.marks.append(shape)
        return
    rectangle = not shape.curved and all(
        len(line) in (4, 5) and _straight_points(line) for line in shape.lines
    )
    thin = [Area.around(line) for line in shape.lines]
    if rectangle and len(thin) > 1 and all(min(each.width, each.height) <= _THIN for each in thin):
        # The edges of a box or a cell, all in one path.
        lines.extend((_line(each.height > each.width, each), shape) for each in thin)
    elif rectangle and len(shape.lines) == 1 and not (shape.fill and shape.fill.dark):
        drawing.grounds.append((area, shape.fill.colour if shape.fill else 0))
    elif rectangle and len(shape.lines) == 1 and _squarish(area):
        drawing.squares.append(Square(area=area, filled=True, order=shape.order))
    elif rectangle and max(area.width, area.height) > LARGEST and len(shape.lines) == 1:
        drawing.grounds.append((area, shape.fill.colour if shape.fill else 0))
    else:
        drawing.marks.append(shape)


def _line(upright: bool, area: Area) -> Line:  # noqa: FBT001
    x, y = area.centre
    if upright:
        return Line(upright=True, at=x, start=area.top, end=area.bottom)
    return Line(upright=False, at=y, start=area.left, end=area.right)


def _straight_points(line: Sequence[Point]) -> bool:
    return all(
        min(abs(x0 - x1), abs(y0 - y1)) <= 0.4 for (x0, y0), (x1, y1) in itertools.pairwise(line)
    )


def _straight(shape: Shape) -> list[Line] | None:
    """The lines of a stroked path that goes along the axes only; None for any other."""
    if shape.curved or not all(_straight_points(line) for line in shape.lines):
        return None
    found = []
    for line in shape.lines:
        for start, end in itertools.pairwise(line):
            area = Area.around((start, end))
            if max(area.width, area.height) > 0.4:
                found.append(_line(area.height > area.width, area))
    return found or None


def _squares_of_lines(lines: Sequence[tuple[Line, Shape]], drawing: Drawing) -> set[int]:
    """Boxes drawn as four lines; which lines they took."""
    short = [
        index for index, (line, _) in enumerate(lines) if SMALLEST <= line.length <= LARGEST + 2
    ]
    if len(short) > _MOST_SHORT_LINES:
        return set()
    level = sorted((i for i in short if not lines[i][0].upright), key=lambda i: lines[i][0].at)
    upright = sorted((i for i in short if lines[i][0].upright), key=lambda i: lines[i][0].at)
    used: set[int] = set()
    for place, top in enumerate(level):
        if top in used:
            continue
        for bottom in level[place + 1 :]:
            one, other = lines[top][0], lines[bottom][0]
            if other.at - one.at > LARGEST:
                break
            area = Area(one.start, one.at, one.end, other.at)
            if (
                abs(one.start - other.start) > _NEAR
                or abs(one.end - other.end) > _NEAR
                or not _squarish(area)
            ):
                continue
            sides = [_side(lines, upright, x, area) for x in (area.left, area.right)]
            if None not in sides and not _is_cell(lines, area):
                order = max(lines[top][1].order, lines[bottom][1].order)
                drawing.squares.append(Square(area=area, filled=False, order=order))
                used.update((top, bottom, *(side for side in sides if side is not None)))
                break
    return used


def _side(
    lines: Sequence[tuple[Line, Shape]], upright: Sequence[int], x: float, area: Area
) -> int | None:
    for index in upright:
        line = lines[index][0]
        if (
            abs(line.at - x) <= _NEAR
            and abs(line.start - area.top) <= _NEAR
            and abs(line.end - area.bottom) <= _NEAR
        ):
            return index
    return None


def _is_cell(lines: Sequence[tuple[Line, Shape]], area: Area) -> bool:
    """Whether lines go on beyond the corners, as those of a small cell in a table do."""
    edges = (
        (True, area.left, area.top, area.bottom),
        (True, area.right, area.top, area.bottom),
        (False, area.top, area.left, area.right),
        (False, area.bottom, area.left, area.right),
    )
    going_on = 0
    for upright, at, start, end in edges:
        going_on += any(
            line.upright == upright
            and abs(line.at - at) <= _NEAR
            and (
                (line.start < start - _NEAR * 2 and line.end >= start - _NEAR)
                or (line.end > end + _NEAR * 2 and line.start <= end + _NEAR)
            )
            for line, _ in lines
        )
    return going_on >= 2


def _once(squares: Sequence[Square]) -> list[Square]:
    """Boxes drawn twice (an outline and its shadow, a ground and its frame) as one; the outer counts."""
    kept: list[Square] = []
    for square in sorted(squares, key=lambda each: (each.filled, -each.area.width)):
        if square.filled:
            # A filled square within an outline is a mark in it, and stays.
            kept.append(square)
            continue
        x, y = square.area.centre
        if not any(
            not other.filled and other.area.grown(-other.area.width * 0.3).holds((x, y))
            for other in kept
        ):
            kept.append(square)
    return kept

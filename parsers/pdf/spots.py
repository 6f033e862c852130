"""The places on a page where something can be ticked, and what was put into each of them.

A place is a drawn square, a character that looks like a box, or a field; they often lie on one
another (a field on a square), and count as one. What lies in it - a letter, a drawn cross, an
annotation - is taken out of the page's other content and given to it.
"""

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from parsers.mark_characters import (
    box_character,
    is_undetermined,
    mark_character,
    shown_character,
)
from parsers.pdf.annotations import Annotation, AnnotationKind
from parsers.pdf.area import Area
from parsers.pdf.drawing import LARGEST, SMALLEST, Drawing, Square
from parsers.pdf.fields import Field, FieldKind
from parsers.pdf.objects import Shape
from parsers.pdf.spot import Spot
from parsers.pdf.text import Glyph
from parsers.reading import Doubt, Mark

#: How far places are looked for from their outline, in shares of their side.
_REACH = 0.5
#: Places are kept by the patch of the page that they lie in; its side in points.
_PATCH = 48
#: How many times as large as the place a mark may be that belongs to it.
_LARGEST_MARK = 2.6
#: How much of a mark may lie on another place, of what lies on its own.
_MOST_SHARED = 0.25
#: What is smaller than this share of the place's side is no mark that a clerk would trust.
_SPECK = 0.3
#: Annotations that tick nothing.
_NO_MARKS = (
    AnnotationKind.STRIKE,
    AnnotationKind.HIGHLIGHT,
    AnnotationKind.UNDERLINE,
    AnnotationKind.OTHER,
)


class Spots:
    """The places of one page, found once, then filled."""

    def __init__(self) -> None:
        self.found: list[Spot] = []
        self._near: dict[tuple[int, int], list[Spot]] = defaultdict(list)

    def _add(self, spot: Spot) -> None:
        self.found.append(spot)
        left, top, right, bottom = spot.near(_REACH)
        for column in range(int(left // _PATCH), int(right // _PATCH) + 1):
            for row in range(int(top // _PATCH), int(bottom // _PATCH) + 1):
                self._near[column, row].append(spot)

    def at(self, point: tuple[float, float], by: float = 0.0) -> Spot | None:
        """The place that holds a point, the nearest where several do.

        Args:
            point: of the page.
            by: how far beyond its outline a place reaches, in shares of its side; `_REACH` at most.
        """
        x, y = point
        near = []
        # Written out: every character of the page is asked for.
        for spot in self._near.get((int(x // _PATCH), int(y // _PATCH)), ()):
            left, top, right, bottom = spot.area
            reach = by * max(right - left, bottom - top) if by else 0.0
            if left - reach <= x <= right + reach and top - reach <= y <= bottom + reach:
                near.append(spot)
        if len(near) < 2:
            return near[0] if near else None
        return min(
            near,
            key=lambda spot: abs(spot.area.centre[0] - x) + abs(spot.area.centre[1] - y),
        )

    # Finding.

    def add_squares(self, squares: Iterable[Square]) -> None:
        """Drawn boxes; a filled one within an outline is a mark in it."""
        for square in sorted(squares, key=lambda each: each.filled):
            inside = self.at(square.area.centre) if square.filled else None
            if inside is not None:
                inside.drawn += 1
                inside.how.append("a filled square in it")
                continue
            base = Mark.MARKED if square.filled else Mark.EMPTY
            how = "a filled square" if square.filled else "a drawn square"
            self._add(
                Spot(
                    area=square.area,
                    kind="drawn-square",
                    base=base,
                    how=[how],
                    order=square.order,
                )
            )

    def add_characters(self, glyphs: Sequence[Glyph]) -> list[Glyph]:
        """Characters that are boxes; returns all others."""
        rest: list[Glyph] = []
        for glyph in glyphs:
            state = None if glyph.char.isalnum() and not glyph.font else _state(glyph)
            if state is None:
                rest.append(glyph)
                continue
            shown = shown_character(glyph.char, glyph.font)
            symbol = shown != glyph.char
            how = (
                f"{glyph.font} {ord(glyph.char) & 0xFF:02X}, looks like {shown}"
                if symbol
                else f"{glyph.char} U+{ord(glyph.char):04X}"
            )
            under = self.at(glyph.ink.centre)
            if under is None:
                kind = "wingdings" if symbol else "character"
                self._add(
                    Spot(
                        area=glyph.ink,
                        kind=kind,
                        base=state,
                        how=[how],
                        order=glyph.order,
                        undetermined=is_undetermined(glyph.char, glyph.font),
                    )
                )
            elif state is Mark.EMPTY:
                under.how.append(how)
            else:
                self._into(under, how, doubtful=state is Mark.DOUBTFUL)
        return rest

    def add_field(self, area: Area, found: Field) -> None:
        """A check box or radio button of the interactive form, over what is drawn there."""
        how = f"{found.kind.value} {found.how}"
        under = self.at(area.centre, 0.1)
        if under is None:
            spot = Spot(area=area, kind="acroform", base=found.mark, how=[how])
            self._add(spot)
        else:
            spot = under
            spot.how.append(how)
            if spot.kind == "acroform" or (
                spot.base is not Mark.EMPTY and spot.base is not found.mark
            ):
                spot.doubt(Doubt.FIELD_CONTRADICTS_ITSELF, "what lies under the field differs")
            spot.kind, spot.base = "acroform", found.mark
        if found.mark is Mark.DOUBTFUL:
            spot.doubt(Doubt.FIELD_CONTRADICTS_ITSELF, "value and appearance differ")
        elif found.kind is FieldKind.RADIO and found.mark is Mark.MARKED:
            spot.how.append("radio button")

    def add_text_field(self, area: Area, found: Field) -> bool:
        """A text field that is as small as a box, or lies on one, is one: whether it was."""
        under = self.at(area.centre, 0.1)
        text = found.text.strip()
        short, long = sorted((area.width, area.height))
        if under is None and not (short >= SMALLEST and long <= LARGEST and short > 0.6 * long):
            return False
        if under is None:
            under = Spot(area=area, kind="acroform", base=Mark.EMPTY, how=["a small text field"])
            self._add(under)
        under.is_text = True
        if text:
            self._into(under, f"{text[:20]!r} in its text field", doubtful=not _is_mark(text))
        return True

    # Filling.

    def take_characters(self, glyphs: Sequence[Glyph]) -> list[Glyph]:
        """Gives the characters that lie in a place to it; returns all others."""
        rest: list[Glyph] = []
        for glyph in glyphs:
            spot = None if glyph.char.isspace() else self.at(glyph.ink.centre)
            if spot is not None and len(between := self.covered(glyph.ink)) > 1:
                for each in between:
                    each.doubt(Doubt.AMBIGUOUS_MARK, f"{glyph.char} between it and another")
                continue
            if spot is None or max(glyph.ink.width, glyph.ink.height) > spot.side * 1.6:
                rest.append(glyph)
                continue
            shown = shown_character(glyph.char, glyph.font)
            if mark_character(glyph.char, glyph.font) and shown != "✠":
                self._into(spot, f"{shown} in it", doubtful=_is_speck(glyph.ink, spot))
            else:
                self._into(spot, f"{shown} in it, which is no mark", doubtful=True)
        return rest

    def take_shapes(self, drawing: Drawing) -> list[Shape]:
        """Gives the shapes that are marks in a place to it; returns those that are nobody's."""
        for shape in drawing.strokes:
            spot = self.at(shape.area.centre)
            if spot is None or _is_edge(shape.area, spot):
                continue
            if max(shape.area.width, shape.area.height) > spot.side * 1.5:
                continue
            self._into(spot, "a straight stroke in it", doubtful=True)
        rest: list[Shape] = []
        for shape in drawing.marks:
            if (spot := self._spot_of(shape.area)) is None:
                rest.append(shape)
            else:
                length = 0.0 if shape.stroke is None else _length(shape)
                speck = _is_speck(shape.area, spot)
                self._into(spot, "a drawn mark in it", length=length, doubtful=speck)
        return rest

    def take_annotation(self, annotation: Annotation) -> list[Area]:
        """Gives an annotation's strokes to the places that they tick; returns what is nobody's."""
        rest: list[Area] = []
        for area, length in zip(annotation.areas, annotation.lengths, strict=True):
            spot = self._spot_of(area)
            if spot is None:
                rest.append(area)
                continue
            how = f"{annotation.name} over it"
            bare = annotation.text.replace(" ", "")
            typed = annotation.kind is AnnotationKind.TYPED
            if typed and not _is_mark(bare):
                self._into(spot, f"{how}: {annotation.text[:20]!r}", doubtful=True, added=True)
                continue
            if typed:
                how = f"{how}: {bare}"
            doubtful = annotation.kind in _NO_MARKS or _is_speck(area, spot)
            self._into(spot, how, added=True, length=length, doubtful=doubtful)
        return rest

    def _spot_of(self, area: Area) -> Spot | None:
        """The one place that something ticks: its middle is there, and it is not much larger."""
        spot = self.at(area.centre, 0.3)
        if spot is None or max(area.width, area.height) > spot.side * _LARGEST_MARK:
            return None
        own = area.shared(spot.area)
        if any(
            area.shared(each.area) > _MOST_SHARED * own for each in self.found if each is not spot
        ):
            return None  # Between two places.
        return spot if self.covered(area) <= {spot} else None

    def covered(self, area: Area) -> set[Spot]:
        """The places that a mark lies on, for a good part of theirs or of its own size."""
        found = set()
        for each in self.found:
            shared = area.shared(each.area)
            if shared > 0.25 * _size(each.area) or shared > 0.35 * _size(area):
                found.add(each)
        return found

    @staticmethod
    def _into(
        spot: Spot,
        how: str,
        *,
        doubtful: bool = False,
        added: bool = False,
        length: float = 0.0,
    ) -> None:
        spot.how.append(how)
        spot.length += length
        if added:
            spot.added += 1
        else:
            spot.drawn += 1
        if doubtful:
            spot.doubts.append(Doubt.AMBIGUOUS_MARK)


def _state(glyph: Glyph) -> Mark | None:
    return box_character(glyph.char, glyph.font)


def _is_mark(text: str) -> bool:
    return 0 < len(text) <= 2 and all(mark_character(char) and char != "✠" for char in text)


def _is_speck(area: Area, spot: Spot) -> bool:
    """Whether something is too small for a mark: a dot, a slip of the pen."""
    return max(area.width, area.height) < _SPECK * spot.side


def _is_edge(area: Area, spot: Spot) -> bool:
    """Whether a straight line goes along the place's own outline, as the inner edge of a frame."""
    x, y = area.centre
    inner = spot.area.grown(-0.24 * spot.side)
    return not inner.holds((x, y))


def _size(area: Area) -> float:
    return area.width * area.height


def _length(shape: Shape) -> float:
    return sum(
        math.hypot(x1 - x0, y1 - y0)
        for line in shape.lines
        for (x0, y0), (x1, y1) in itertools.pairwise(line)
    )

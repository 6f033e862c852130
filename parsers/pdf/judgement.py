"""Whether the two readings of a page agree: what it says, and how it looks.

Most boxes of a form are empty, so the form itself shows what an empty box of its kind looks like;
each box is held against that.
"""

import statistics
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.pdf.picture import Patch, Picture
from parsers.pdf.spot import Spot
from parsers.reading import Box, Doubt, Mark, Place

#: Shares of a box's inside that may differ from an empty box's, and that a mark must cover.
_EMPTY_TOLERANCE = 0.035
_LEAST_INK = 0.04
#: An "empty" box that is as dark inside as this cannot be told from a marked one.
_TOO_DARK = 0.35
#: A form with at least so many fields, on most of its boxes, has one on every box.
_FIELDS = 4
#: Ground of a page as it was printed, of 255.
_WHITE = 255
#: On a ground as dark as this (of 255) no mark can be seen with certainty.
_DARK_GROUND = 150
#: How far (in shares of the side) the inside begins from the outline, per kind.
_INSET = {"character": 0.27, "wingdings": 0.27}
_USUAL_INSET = 0.2


@dataclass(slots=True, eq=False)
class Seen:
    """One place with what the picture shows of it.

    Attributes:
        spot: the place.
        page: its number.
        outline: whether anything is to be seen there at all.
        inside: what is within its outline.
        across: the same up to the outline itself: a tick may run along an edge.
        readable: whether the page's picture is fine enough.
    """

    spot: Spot
    page: int
    outline: bool
    inside: Patch
    across: Patch
    readable: bool = True

    def shows_empty(self) -> bool:
        """Whether the picture shows an outline and nothing in it, on white."""
        faint, _ = self.inside.ink(_WHITE)
        return self.readable and self.outline and faint <= _EMPTY_TOLERANCE


@dataclass(frozen=True, slots=True, kw_only=True)
class _Usual:
    """What the form's own empty boxes of one kind look like inside."""

    ground: int
    faint: float
    solid: float
    across: float


def look(spot: Spot, page: int, picture: Picture) -> Seen:
    """Measures one place in its page's picture."""
    inset = max(1.0, spot.side * _INSET.get(spot.kind, _USUAL_INSET))
    inside = picture.patch(spot.area.grown(-inset))
    return Seen(
        spot=spot,
        page=page,
        outline=picture.shows_something(spot.area) or inside.ground < _DARK_GROUND,
        inside=inside,
        across=picture.patch(spot.area.grown(-0.5 * inset)),
        readable=not picture.coarse,
    )


def judge(seen: Sequence[Seen]) -> dict[int, Box]:
    """Identity of a place -> the box that it is, said where both readings agree, else doubtful."""
    kinds: dict[str, list[Seen]] = defaultdict(list)
    for each in seen:
        kinds[each.spot.kind].append(each)
    fields = kinds.get("acroform", [])
    if len(fields) >= _FIELDS and len(fields) * 2 > len(seen):
        for each in seen:
            if each.spot.kind != "acroform":
                # Lost with a damaged part of the file, or taken away.
                each.spot.doubt(
                    Doubt.FIELD_CONTRADICTS_ITSELF, "no field, as the form's other boxes have"
                )
    for each in seen:
        if each.shows_empty():
            each.spot.take_for_empty("shown empty")
    boxes: dict[int, Box] = {}
    for alike in kinds.values():
        empty = [each.inside for each in alike if each.spot.said is Mark.EMPTY]
        whole = [each.across for each in alike if each.spot.said is Mark.EMPTY]
        # A field may have a coloured ground; that of the empty ones is what ink is darker than.
        ground = round(statistics.median(each.ground for each in empty)) if empty else 255
        usual = _Usual(
            ground=ground,
            faint=statistics.median(each.ink(ground)[0] for each in empty) if empty else 0.0,
            solid=statistics.median(each.ink(ground)[1] for each in empty) if empty else 0.0,
            across=statistics.median(each.ink(ground)[1] for each in whole) if whole else 0.0,
        )
        for each in alike:
            boxes[id(each.spot)] = _box(each, usual)
    return boxes


def _box(seen: Seen, usual: _Usual) -> Box:
    spot = seen.spot
    said = spot.said
    doubts = list(spot.doubts)
    how = list(spot.how)
    faint, solid = seen.inside.ink(usual.ground)
    if said is Mark.DOUBTFUL and not doubts:
        field = spot.kind == "acroform" and spot.is_overlaid
        doubts.append(Doubt.FIELD_CONTRADICTS_ITSELF if field else Doubt.AMBIGUOUS_MARK)
    if not seen.readable or usual.faint > _TOO_DARK or usual.ground < _DARK_GROUND:
        doubts.append(Doubt.PICTURE_UNREADABLE)
        how.append("the picture does not show it well enough")
    elif not seen.outline and not (spot.kind == "acroform" and said is Mark.EMPTY):
        doubts.append(Doubt.PICTURE_UNREADABLE)
        how.append("the picture does not show it")
    elif said is Mark.EMPTY and faint > usual.faint + _EMPTY_TOLERANCE:
        doubts.append(Doubt.TEXT_AND_PICTURE_DIFFER)
        how.append(f"the picture shows ink in it ({faint:.0%})")
    elif (
        said is Mark.MARKED
        and solid < usual.solid + _LEAST_INK
        and seen.across.ink(usual.ground)[1] < usual.across + _LEAST_INK
    ):
        how.append(f"the picture shows too little ink in it ({solid:.0%})")
        doubts.append(
            Doubt.PICTURE_UNREADABLE
            if faint >= usual.faint + _LEAST_INK
            else Doubt.TEXT_AND_PICTURE_DIFFER
        )
    area = spot.area
    return Box(
        mark=Mark.DOUBTFUL if doubts else said,
        kind=spot.kind,
        how="; ".join(how),
        place=Place(
            page=seen.page,
            at=(
                round(area.left, 1),
                round(area.top, 1),
                round(area.right, 1),
                round(area.bottom, 1),
            ),
        ),
        doubts=tuple(dict.fromkeys(doubts)),
    )

"""Whether the two readings of a page agree: what it says, and how it looks.

Most boxes of a form are empty, so the form itself shows what an empty box of its kind looks like;
each box is held against that.
"""

import statistics
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.pdf.picture import Picture
from parsers.pdf.spots import Spot
from parsers.reading import Box, Doubt, Mark, Place

#: Shares of a box's inside that may differ from an empty box's, and that a mark must cover.
_EMPTY_TOLERANCE = 0.035
_LEAST_INK = 0.04
#: An "empty" box that is as dark inside as this cannot be told from a marked one.
_TOO_DARK = 0.35
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
        ground: the shade of its inside.
        faint, solid: shares of its inside that are ink at all, and as dark as print.
        readable: whether the page's picture is fine enough.
    """

    spot: Spot
    page: int
    outline: bool
    ground: int
    faint: float = 0.0
    solid: float = 0.0
    readable: bool = True


def look(spot: Spot, page: int, picture: Picture) -> Seen:
    """Measures one place in its page's picture."""
    inset = max(1.0, spot.side * _INSET.get(spot.kind, _USUAL_INSET))
    inside = spot.area.grown(-inset)
    faint, solid = picture.ink(inside)
    return Seen(
        spot=spot,
        page=page,
        outline=picture.shows_something(spot.area),
        ground=picture.ground(inside),
        faint=faint,
        solid=solid,
        readable=not picture.coarse,
    )


def judge(seen: Sequence[Seen]) -> dict[int, Box]:
    """Identity of a place -> the box that it is, said where both readings agree, else doubtful."""
    kinds: dict[str, list[Seen]] = defaultdict(list)
    for each in seen:
        kinds[each.spot.kind].append(each)
    boxes: dict[int, Box] = {}
    for alike in kinds.values():
        empty = [each for each in alike if each.spot.said is Mark.EMPTY]
        faint = statistics.median(each.faint for each in empty) if empty else 0.0
        solid = statistics.median(each.solid for each in empty) if empty else 0.0
        for each in alike:
            boxes[id(each.spot)] = _box(each, faint, solid)
    return boxes


def _box(seen: Seen, faint: float, solid: float) -> Box:
    spot = seen.spot
    said = spot.said
    doubts = list(spot.doubts)
    how = list(spot.how)
    if said is Mark.DOUBTFUL and not doubts:
        doubts.append(Doubt.AMBIGUOUS_MARK)
    if not seen.readable or faint > _TOO_DARK:
        doubts.append(Doubt.PICTURE_UNREADABLE)
        how.append("the picture does not show it well enough")
    elif not seen.outline and not (spot.kind == "acroform" and said is Mark.EMPTY):
        doubts.append(Doubt.PICTURE_UNREADABLE)
        how.append("the picture does not show it")
    elif said is Mark.EMPTY and seen.faint > faint + _EMPTY_TOLERANCE:
        doubts.append(Doubt.TEXT_AND_PICTURE_DIFFER)
        how.append(f"the picture shows ink in it ({seen.faint:.0%})")
    elif said is Mark.MARKED and seen.solid < solid + _LEAST_INK:
        how.append(f"the picture shows too little ink in it ({seen.solid:.0%})")
        doubts.append(
            Doubt.PICTURE_UNREADABLE
            if seen.faint >= faint + _LEAST_INK
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

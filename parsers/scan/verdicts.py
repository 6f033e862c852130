"""What stands in the boxes of a form, each judged against all the others."""

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.reading import SCANNED_BOX, Box, Doubt, Mark, Place
from parsers.scan.judgement import Verdict, held_together, judge, with_others
from parsers.scan.marks import Ink, measure
from parsers.scan.pages import FormPage
from parsers.scan.residue import PrintBeside, Residue, darkness_of_pen, residue
from parsers.scan.scribbles import marks_of
from parsers.scan.squares import Square
from parsers.scan.strokes import Neighbour
from parsers.scan.windows import (
    Window,
    cut,
    frame_of,
    laid_over,
    print_round,
    ruled,
    worded,
)

#: The boxes of a draft text.
FOUR = 4
#: Boxes farther up or down, and to the sides, than so many of their sides are no neighbours.
_NEAR_DOWN, _NEAR_ACROSS = 3, 4

#: One box where it stands.
PlacedBox = tuple[FormPage, Square]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Site:
    """A box among the others.

    Attributes:
        page: that it is on.
        box: as it was found.
        frame: the same, moved to where its frame lies in its window as those of the others do.
        window: its picture.
        role: which of its row's boxes it is; None where the row has not all.
    """

    page: FormPage
    box: Square
    frame: Square
    window: Window
    role: int | None


def judged(groups: Sequence[Sequence[PlacedBox]]) -> dict[int, tuple[Box, float]]:
    """Judges all boxes of a form.

    Args:
        groups: the boxes of each text, in order.

    Returns:
        The identity of a square -> what was read there, and the confidence in it.
    """
    inks = _inks(_sites(groups))
    marks = marks_of(list(inks.values()))
    verdicts = [[judge(inks[id(box)], marks) for _, box in group] for group in groups]
    whole = [number for number, group in enumerate(groups) if len(group) == FOUR]
    together = with_others([held_together(verdicts[number]) for number in whole])
    for number, row in zip(whole, together, strict=True):
        verdicts[number] = row
    return {
        id(box): (_box(page, box, verdict), verdict.confidence)
        for group, row in zip(groups, verdicts, strict=True)
        for (page, box), verdict in zip(group, row, strict=True)
    }


def _sites(groups: Sequence[Sequence[PlacedBox]]) -> list[_Site]:
    placed = [
        (page, box, place if len(group) == FOUR else None)
        for group in groups
        for place, (page, box) in enumerate(group)
    ]
    frames = laid_over([(page.sheet, box) for page, box, _ in placed])
    return [
        _Site(page=page, box=box, frame=frame, window=cut(page.sheet, frame), role=role)
        for (page, box, role), frame in zip(placed, frames, strict=True)
    ]


def _inks(sites: Sequence[_Site]) -> dict[int, Ink]:
    """The identity of a square -> the ink at it."""
    frame = frame_of([site.window for site in sites])
    prints = {
        role: print_round([site.window for site in sites if site.role == role], frame)
        for role in {site.role for site in sites}
    }
    left: dict[int, Residue] = {}
    near: dict[int, list[tuple[_Site, float, float]]] = {}
    for site in sites:
        near[id(site.box)] = around = _near(site, sites)
        usual, known = prints[site.role]
        left[id(site.box)] = residue(
            site.window,
            frame,
            PrintBeside(
                usual=usual,
                lines=ruled(site.page.ruling, site.frame),
                words=worded(site.page.lines, site.frame, known=known),
                close=worded(site.page.lines, site.frame, known=False),
                boxes=[(x, y) for _, x, y in around],
            ),
        )
    pen = darkness_of_pen(list(left.values()), frame)
    return {
        key: measure(
            each,
            frame,
            pen,
            [Neighbour(x=x, y=y, inked=left[id(site.box)].inked) for site, x, y in near[key]],
        )
        for key, each in left.items()
    }


def _near(site: _Site, sites: Sequence[_Site]) -> list[tuple[_Site, float, float]]:
    """Other boxes near one, and where they are, in its sides from its middle."""
    x, y = site.frame.middle
    wide, high = site.frame.width, site.frame.height
    found = []
    for other in sites:
        across, down = other.frame.middle[0] - x, other.frame.middle[1] - y
        if other is site or other.page is not site.page:
            continue
        if abs(down) < _NEAR_DOWN * high and abs(across) < _NEAR_ACROSS * wide:
            found.append((other, across / wide, down / high))
    return found


def _box(page: FormPage, box: Square, verdict: Verdict) -> Box:
    scale = page.sheet.scale
    edges = (box.left, box.top, box.right, box.bottom)
    left, top, right, bottom = (round(each / scale, 1) for each in edges)
    return Box(
        mark=verdict.mark,
        kind=SCANNED_BOX,
        how=verdict.how,
        place=Place(page=page.sheet.number, at=(left, top, right, bottom)),
        doubts=(Doubt.AMBIGUOUS_MARK,) if verdict.mark is Mark.DOUBTFUL else (),
        confidence=round(verdict.confidence, 4),
    )

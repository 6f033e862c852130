"""What stands in the boxes of a form, each judged against all the others."""

from collections.abc import Sequence

from parsers.reading import SCANNED_BOX, Box, Doubt, Mark, Place
from parsers.scan.judgement import Verdict, hand_of, held_together, judge
from parsers.scan.marks import Ink, Windows, grounds, measure
from parsers.scan.pages import FormPage
from parsers.scan.squares import Square

#: The boxes of a draft text.
FOUR = 4
#: Boxes farther up or down than so many heights are no neighbours.
_NEAR = 3

#: One box where it stands.
PlacedBox = tuple[FormPage, Square]


def judged(groups: Sequence[Sequence[PlacedBox]]) -> dict[int, tuple[Box, float]]:
    """Judges all boxes of a form.

    Args:
        groups: the boxes of each text, in order.

    Returns:
        The identity of a square -> what was read there, and the confidence in it.
    """
    full = [[(page.sheet, box) for page, box in group] for group in groups if len(group) == FOUR]
    windows = Windows(full)
    everything = [each for group in groups for each in group]
    ground = grounds({id(box): windows.cut(page.sheet, box) for page, box in everything})
    inks: dict[int, Ink] = {}
    for group in groups:
        for role, (page, box) in enumerate(group):
            common = windows.print_at(role if len(group) == FOUR else None)
            common = windows.with_ruling(common, page.ruling, page.lines, box)
            inks[id(box)] = measure(
                windows.cut(page.sheet, box), common, ground, _neighbours(page, box, everything)
            )
    hand = hand_of(list(inks.values()))
    result = {}
    for group in groups:
        verdicts = [judge(inks[id(box)], hand) for _, box in group]
        if len(group) == FOUR:
            verdicts = held_together(verdicts)
        for (page, box), verdict in zip(group, verdicts, strict=True):
            result[id(box)] = _box(page, box, verdict), verdict.confidence
    return result


def _neighbours(
    page: FormPage, box: Square, everything: Sequence[PlacedBox]
) -> list[tuple[float, float]]:
    """Where other boxes are, in sides of this one from its middle."""
    x, y = box.middle
    return [
        ((other.middle[0] - x) / box.width, (other.middle[1] - y) / box.height)
        for there, other in everything
        if other is not box and there is page and abs(other.middle[1] - y) < _NEAR * box.height
    ]


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
    )

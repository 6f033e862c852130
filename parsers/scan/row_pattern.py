"""Rows told apart by the pattern of their boxes, where no lines are printed between them.

The two main choices of a row stand in one column, the two options between them farther in. Two
boxes of the main column that follow one another are the last of a row and the first of the next:
nowhere else in a form does that happen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Generic, TypeVar

from parsers.scan.print_lines import PrintLine
from parsers.scan.squares import Square

_T = TypeVar("_T")

#: Boxes of a row, and whether each stands farther in.
_INNER = (False, True, True, False)
#: Sides of a box by which options stand farther in at least, and boxes of a column apart at most.
_INDENT, _APART = 0.5, 0.45


@dataclass(slots=True, kw_only=True)
class BoxGroup(Generic[_T]):
    """The boxes of one row, or of what a page's end left of it.

    Attributes:
        boxes: from top to bottom.
        names: what names a text among them or over them.
    """

    boxes: list[Square] = field(default_factory=list)
    names: list[_T] = field(default_factory=list)


def groups_by_pattern(
    boxes: Sequence[Square], names: Sequence[tuple[PrintLine, _T]], *, leftwards: bool
) -> list[BoxGroup[_T]] | None:
    """The rows of a table; None where its boxes do not show them.

    A name belongs to the row beside whose boxes it stands or over whose first box; what stands
    under a page's last boxes begins a row that goes on elsewhere, and gets a group without boxes.

    Args:
        boxes: from top to bottom.
        names: what names texts, with its line.
        leftwards: whether the script runs from right to left.
    """
    inner = _inner(boxes, leftwards=leftwards)
    if inner is None:
        return None
    groups: list[BoxGroup[_T]] = [BoxGroup(boxes=[boxes[0]])]
    for (_, before), (box, here) in pairwise(zip(boxes, inner, strict=True)):
        if not before and not here:
            groups.append(BoxGroup())
        groups[-1].boxes.append(box)
    kinds = dict(zip(map(id, boxes), inner, strict=True))
    whole = [tuple(kinds[id(box)] for box in group.boxes) == _INNER for group in groups]
    if not any(whole):
        return None
    after: BoxGroup[_T] = BoxGroup()
    for line, name in names:
        group = next((each for each in groups if line.middle < each.boxes[-1].bottom), after)
        group.names.append(name)
    return [*groups, after] if after.names else groups


def _inner(boxes: Sequence[Square], *, leftwards: bool) -> list[bool] | None:
    """Whether each box stands in the inner column; None where there are not two columns."""
    size = boxes[0].width
    at = [-box.right if leftwards else box.left for box in boxes]
    edges = sorted(at)
    gaps = [(after - before, (after + before) / 2) for before, after in pairwise(edges)]
    widest, middle = max(gaps, default=(0.0, 0.0))
    if widest < _INDENT * size:
        return None
    inner = [each > middle for each in at]
    for side in (True, False):
        column = [each for each, within in zip(at, inner, strict=True) if within is side]
        if max(column) - min(column) > 2 * _APART * size:
            return None
    return inner

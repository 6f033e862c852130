"""Lines of print beside boxes, and the pen's marks between the boxes that seem to begin them.

A tick set between two boxes stands close to the words of a label that goes on there, and would be
taken for one of them. Words of a label begin at one edge, a step beyond the boxes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from parsers.scan.print_lines import PrintLine
from parsers.scan.squares import Square

#: The least white that parts a mark from words, in heights of the line; letters stand closer.
_WHITE = 0.3
#: Sides of a box: how far before the box a mark begins, how far boxes of one column stand apart.
_BEFORE, _COLUMN = 1.2, 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edge:
    """Where boxes of a column end and the words of their labels begin, in pixels."""

    first: float
    last: float
    words: float


def words_alone(
    lines: Iterable[PrintLine],
    labels: Mapping[Square, PrintLine],
    ink: NDArray[np.uint8],
    *,
    leftwards: bool,
) -> tuple[list[PrintLine], list[PrintLine]]:
    """The same lines without what stands before the edge of the labels, in the boxes' columns.

    What was taken from them comes second: words of a longer label, or what a pen left there.

    Args:
        lines: of print.
        labels: box -> the line beside it.
        ink: of the page.
        leftwards: whether the script runs from right to left.
    """
    width = ink.shape[1]
    if leftwards:
        ink = ink[:, ::-1]
        labels = {_turned(box, width): _flipped(line, width) for box, line in labels.items()}
        lines = [_flipped(line, width) for line in lines]
    edges = _edges(labels)
    first_lines = set(labels.values())
    kept: list[PrintLine] = []
    taken: list[PrintLine] = []
    for line in lines:
        at = line.left if line in first_lines else _words_begin(line, edges, ink)
        if at < line.right:
            kept.append(replace(line, left=max(line.left, at)))
        if at > line.left:
            taken.append(replace(line, right=min(line.right, at)))
    if leftwards:
        kept, taken = ([_flipped(line, width) for line in each] for each in (kept, taken))
    return kept, taken


def _edges(labels: Mapping[Square, PrintLine]) -> list[_Edge]:
    columns: list[list[Square]] = []
    for box in sorted(labels, key=lambda each: each.left):
        if columns and box.left - columns[-1][-1].left < _COLUMN * box.width:
            columns[-1].append(box)
        else:
            columns.append([box])
    return [_edge(column, labels) for column in columns]


def _edge(column: Sequence[Square], labels: Mapping[Square, PrintLine]) -> _Edge:
    return _Edge(
        first=float(np.median([box.left for box in column])),
        last=float(np.median([box.right for box in column])),
        words=float(np.median([labels[box].left for box in column])),
    )


def _words_begin(line: PrintLine, edges: Iterable[_Edge], ink: NDArray[np.uint8]) -> int:
    """The column of pixels where the words of a line begin; its right end where it has none."""
    for edge in edges:
        size = edge.last - edge.first
        if not edge.first - _BEFORE * size < line.left < edge.last:
            continue
        if line.right <= edge.words:
            return line.right
        # White between the mark and the words.
        start, end = round(edge.last - 0.4 * size), round(edge.words + 0.05 * size)
        inked = ink[max(0, line.top) : line.bottom, max(0, start) : max(0, end)].any(axis=0)
        white = np.flatnonzero(~inked)
        if white.size and _longest(white) >= max(3, round(_WHITE * line.height)):
            return max(line.left, round(edge.words) - 2)
    return line.left


def _longest(positions: NDArray[np.intp]) -> int:
    """How many positions that follow one another there are at most."""
    return max(
        len(each) for each in np.split(positions, np.flatnonzero(np.diff(positions) > 1) + 1)
    )


def _flipped(line: PrintLine, width: int) -> PrintLine:
    return replace(line, left=width - line.right, right=width - line.left)


def _turned(box: Square, width: int) -> Square:
    return replace(box, left=width - 1 - box.right)

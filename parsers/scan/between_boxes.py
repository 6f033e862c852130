"""What a pen left between the boxes of a row: a mark that is in none of them."""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.scan.pages import FormRow
from parsers.scan.print_lines import PrintLine
from parsers.scan.squares import Square

#: Sides of a box: the least extent of a mark, and how far over and under the boxes one is looked
#: for.
_MARK, _ROUND = 0.45, 0.8
#: Sides of a box round it in which what stands there is judged with it (`parsers.scan.marks`).
_NEAR = 0.5
#: Pixels by which print of several rows is out of place, and which share of it must be there.
_SLACK, _THERE = 9, 0.6


def marked_between(rows: Sequence[FormRow]) -> set[int]:
    """Which rows, by place, have something in the columns of their boxes that other rows have not.

    A word of a label may stand there, too, but then it does so in most of the rows.
    """
    boxed = [row for row in rows if len(row.boxes) > 1]
    result = set()
    for index, row in enumerate(rows):
        for piece in _pieces(row):
            others = [
                _is_there(row, piece, other)
                for other in boxed
                if other is not row and len(other.boxes) >= len(row.boxes)
            ]
            if 2 * sum(others) < len(others) or not others:
                result.add(index)
                break
    return result


def _pieces(row: FormRow) -> Iterator[PrintLine]:
    if len(row.boxes) < 2:
        return
    first, last = row.boxes[0], row.boxes[-1]
    size = first.width
    for piece in row.page.pieces:
        extent = max(piece.right - piece.left, piece.height) / size
        beside = first.top - _ROUND * size < piece.middle < last.bottom + _ROUND * size
        if extent >= _MARK and beside and not any(_touches(piece, box) for box in row.boxes):
            yield piece


def _touches(piece: PrintLine, box: Square) -> bool:
    room = _NEAR * box.width
    return (
        piece.left < box.right + room
        and piece.right > box.left - room
        and piece.top < box.bottom + room
        and piece.bottom > box.top - room
    )


def _is_there(row: FormRow, piece: PrintLine, other: FormRow) -> bool:
    """Whether another row has the same ink at the same place, from the last box over it."""
    over = max(0, sum(box.top < piece.middle for box in row.boxes) - 1)
    here, there = row.boxes[over], other.boxes[over]
    own = _ink(row, piece.left, piece.top, piece)
    left = round(piece.left + there.left - here.left)
    top = round(piece.top + there.top - here.top)
    shape = np.ones((_SLACK, _SLACK), dtype=np.uint8)
    found = cv2.dilate(_ink(other, left, top, piece), shape)
    return bool(float((own & np.asarray(found)).sum()) >= _THERE * float(own.sum()))


def _ink(row: FormRow, left: int, top: int, piece: PrintLine) -> NDArray[np.uint8]:
    """The ink of a place on a row's page as large as a piece; paper beyond the page."""
    ink = row.page.sheet.ink
    result = np.zeros((piece.height, piece.right - piece.left), dtype=np.uint8)
    rows, columns = result.shape
    part = ink[max(0, top) : max(0, top + rows), max(0, left) : max(0, left + columns)]
    down, across = max(0, -top), max(0, -left)
    result[down : down + part.shape[0], across : across + part.shape[1]] = part
    return result

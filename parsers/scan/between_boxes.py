"""What a pen left between the boxes of a row: a mark that is in none of them."""

from collections.abc import Iterator, Sequence

from parsers.scan.pages import FormRow
from parsers.scan.print_lines import PrintLine
from parsers.scan.squares import Square

#: Sides of a box: the least extent of a mark, and how far print of several rows is out of place.
_MARK, _SAME = 0.45, 0.4
#: Sides of a box above and below the boxes of a row where marks are looked for.
_ROUND = 0.8
#: What tells places under one box from those under another, in sides of a box.
_FAR = 100.0
#: Sides of a box round it in which what stands there is judged with it (`parsers.scan.marks`).
_NEAR = 0.5


def marked_between(rows: Sequence[FormRow]) -> set[int]:
    """Which rows, by place, have something in the columns of their boxes that other rows have not.

    A word of a label may stand there, too, but then it does so in most of the rows.
    """
    found = [list(_pieces(row)) for row in rows]
    boxed = sum(len(row.boxes) > 1 for row in rows)
    result = set()
    for index, pieces in enumerate(found):
        for piece in pieces:
            alike = sum(
                any(_same(piece, other) for other in others)
                for place, others in enumerate(found)
                if place != index
            )
            if 2 * alike < boxed - 1 or boxed == 1:
                result.add(index)
    return result


def _pieces(row: FormRow) -> Iterator[tuple[float, float]]:
    """Left and middle of what stands there, in sides of a box from the last box over it."""
    if len(row.boxes) < 2:
        return
    first, last = row.boxes[0], row.boxes[-1]
    size = first.width
    for piece in row.page.pieces:
        extent = max(piece.right - piece.left, piece.height) / size
        if extent < _MARK or not _beside(piece, first.top, last.bottom, _ROUND * size):
            continue
        if any(_touches(piece, box) for box in row.boxes):
            continue
        over = [box for box in row.boxes if box.top < piece.middle] or [first]
        place = len(over) * _FAR + (piece.middle - over[-1].top) / size
        yield (piece.left - first.left) / size, place


def _beside(piece: PrintLine, top: float, bottom: float, room: float) -> bool:
    return top - room < piece.middle < bottom + room


def _touches(piece: PrintLine, box: Square) -> bool:
    room = _NEAR * box.width
    return (
        piece.left < box.right + room
        and piece.right > box.left - room
        and piece.top < box.bottom + room
        and piece.bottom > box.top - room
    )


def _same(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return all(abs(a - b) < _SAME for a, b in zip(one, other, strict=True))

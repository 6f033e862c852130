"""Two readings of one document, held against each other: what they differ on is for a person."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from parsers.document import Document
from parsers.passage import Passage
from parsers.reading import Box, Doubt, Mark


def held_against(
    document: Document,
    marks: Sequence[Mark],
    *,
    counts: Callable[[Box], bool] = lambda _: True,
    agrees: Callable[[Box, Mark], bool] = lambda box, mark: box.mark is mark,
) -> Document:
    """A document whose boxes are doubtful where another reading of the same file says otherwise.

    Where the readings see different numbers of boxes, nobody can tell which of them is which, and
    all are doubtful.

    Args:
        document: the one reading.
        marks: what the other one says of the boxes, in the same order.
        counts: which of the document's boxes the other reading knows.
        agrees: whether a box says what the other reading says of it.
    """
    own = [box for passage in document.passages for box in passage.boxes if counts(box)]
    alike = len(own) == len(marks)
    differing = {
        id(box) for index, box in enumerate(own) if not (alike and agrees(box, marks[index]))
    }
    if not differing:
        return document

    def doubted(passage: Passage) -> Passage:
        items = tuple(
            _doubted(item) if isinstance(item, Box) and id(item) in differing else item
            for item in passage.items
        )
        return replace(passage, items=items)

    return replace(document, passages=tuple(map(doubted, document.passages)))


def _doubted(box: Box) -> Box:
    return replace(
        box,
        mark=Mark.DOUBTFUL,
        how=f"{box.how}; another reading of the file says otherwise",
        doubts=tuple(dict.fromkeys((*box.doubts, Doubt.FIELD_CONTRADICTS_ITSELF))),
    )

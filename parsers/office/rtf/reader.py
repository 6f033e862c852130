"""From an RTF file's bytes to passages."""

from collections.abc import Iterable
from dataclasses import replace

from parsers.document import Document
from parsers.office.rtf.document import to_wordprocessing
from parsers.office.second_reading import read_twice
from parsers.passage import Passage
from parsers.reading import Box, Doubt, Format, Mark
from parsers.row_groups import groups_of, joined, tables_of
from parsers.word.reader import read_passages as read_word

#: How the Word reader tells of a form field without data.
_STATELESS = "FORMCHECKBOX without w:ffData"


def read_passages(data: bytes) -> Document:
    """Reads an .rtf, twice where LibreOffice is at hand.

    Raises:
        NotReadableError: where it is nested too deeply.
    """
    document = read_natively(data)
    if Doubt.UNREADABLE in document.doubts:
        return document
    return read_twice(document, data, Format.RTF)


def read_natively(data: bytes) -> Document:
    """Reads an .rtf from its own text.

    Raises:
        NotReadableError: where it is nested too deeply.
    """
    brought = to_wordprocessing(data)
    document = _with_typed_answers(read_word(brought.package))
    if brought.whole:
        return document
    # It was cut short: rows may be missing, and the last one may go on.
    return replace(document, doubts=(*document.doubts, Doubt.UNREADABLE))


def _with_typed_answers(document: Document) -> Document:
    """The document, form fields that lost their state read as what they show where that is safe.

    LibreOffice writes RTF form fields without their state, and every program shows them empty. In a
    row that somebody answered by typing marks they are what they look like; in any other they may
    have been ticked, and stay doubtful.
    """
    if not any(_is_stateless(box) for each in document.passages for box in each.boxes):
        return document
    answered = {
        id(box): _shown(box)
        for table in tables_of(joined(document.passages, {}))
        for group in groups_of(table, {})[0]
        if any(map(_is_typed, _boxes(group.passages)))
        for box in _boxes(group.passages)
        if _is_stateless(box)
    }
    return replace(
        document,
        passages=tuple(
            replace(
                passage,
                items=tuple(
                    answered.get(id(item), item) if isinstance(item, Box) else item
                    for item in passage.items
                ),
            )
            for passage in document.passages
        ),
    )


def _boxes(passages: Iterable[Passage]) -> list[Box]:
    return [box for passage in passages for box in passage.boxes]


def _is_stateless(box: Box) -> bool:
    """Whether that it lost its state is all that is doubtful of a field."""
    return box.how.startswith(_STATELESS) and box.doubts == (Doubt.FIELD_CONTRADICTS_ITSELF,)


def _is_typed(box: Box) -> bool:
    clear = box.kind == "typed" and box.mark is Mark.MARKED
    return clear or (_is_stateless(box) and "typed beside it" in box.how)


def _shown(box: Box) -> Box:
    mark = Mark.MARKED if "typed beside it" in box.how else Mark.EMPTY
    return replace(box, mark=mark, how=f"{box.how}; shown empty", doubts=())

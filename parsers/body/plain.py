"""Plain text as passages: paragraphs, each box with the lines that its label goes on over."""

from collections.abc import Iterable, Iterator
from itertools import islice

from parsers.designation import designations
from parsers.marks import TextPiece, find_boxes
from parsers.passage import Passage
from parsers.quotation import begins_quotation
from parsers.reading import Box, Place

#: Of one text: a form has some hundred lines.
_MOST_LINES = 20_000
_LONGEST_LINE = 2_000


def passages_of_text(text: str) -> tuple[list[Passage], list[Passage]]:
    """The passages of a text: those of its sender, and those that are quoted.

    Args:
        text: with LF line ends.
    """
    own: list[tuple[int, str]] = []
    quoted: list[tuple[int, str]] = []
    lines = text.split("\n", _MOST_LINES)[:_MOST_LINES]
    ended = False
    for number, line in enumerate(lines):
        bare = line[:_LONGEST_LINE].rstrip()
        ended = ended or begins_quotation(bare, "\n".join(islice(lines, number + 1, number + 5)))
        if bare.lstrip().startswith(">"):
            quoted.append((number + 1, bare.lstrip("> ")))
        else:
            (quoted if ended else own).append((number + 1, bare))
    return list(_paragraphs(own)), list(_paragraphs(quoted))


def _paragraphs(lines: Iterable[tuple[int, str]]) -> Iterator[Passage]:
    """Lines that belong together: a box or a designation begins a paragraph, a blank line ends it."""
    gathered: list[str] = []
    place = Place()
    for number, line in lines:
        boxed = any(isinstance(item, Box) for item in find_boxes([TextPiece(line)]))
        if not line.strip() or boxed or designations(line):
            yield from _paragraph(gathered, place)
            gathered = []
        if not gathered:
            place = Place(path=f"line {number}")
        if line.strip():
            gathered.append(line)
    yield from _paragraph(gathered, place)


def _paragraph(lines: list[str], place: Place) -> Iterator[Passage]:
    if lines:
        items = find_boxes([TextPiece("\n".join(lines), None, place)])
        if items:
            yield Passage(items=items)

"""The printed lines of a PDF page with their places, and whether one goes on in the next."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from bot.circulars.headings import headings

#: Points by which edges that are meant to be the same may differ.
_SAME_EDGE = 4.0
#: A line of the same column may be indented by so many points (a hanging number, an option).
_INDENT = 40.0
#: Heights of a line between it and the next at the most, within one paragraph.
_GAP = 0.8
#: A line of fewer letters is no running text.
_SHORT = 30
#: Width of a space as a share of the height of a line.
_SPACE = 0.25
#: A number, bullet or dash that begins a paragraph of its own.
_ITEM = re.compile(r"(?:\d{1,2}[.)]?|[-–•▪◦]|[a-z]\))\s")
_ARABIC = re.compile("[\u0590-\u08ff]")
_SENTENCE_ENDS = (":", ";")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """One line as it stands on the page.

    Attributes:
        text: without line end; a hyphen that ends it stays.
        start, end: where it begins and ends in its direction of reading, points; for Arabic these
            are the negative right and left edges, so that end is always more than start.
        bottom, top: points from the foot of the page.
        first_word: width of its first word, points.
        hyphen: whether its last word goes on in the next line.
    """

    text: str
    start: float
    end: float
    bottom: float
    top: float
    first_word: float
    hyphen: bool

    @property
    def height(self) -> float:
        """From its lowest to its highest letter, points; never zero."""
        return max(self.top - self.bottom, 1.0)


#: Left, bottom, right, top.
_Box = tuple[float, float, float, float]


def printed_lines(page: "pypdfium2.PdfTextPage") -> list[PrintedLine]:
    """The lines of a page in reading order; those without a letter are left out."""
    lines: list[PrintedLine] = []
    units: list[int] = []
    boxes: list[_Box | None] = []

    def end(*, hyphen: bool) -> None:
        line = _line(units, boxes, hyphen=hyphen)
        if line is not None:
            lines.append(line)
        units.clear()
        boxes.clear()

    for index in range(page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(page, index)
        if pdfium.FPDFText_IsHyphen(page, index) == 1:
            # PDFium puts the two halves of a word beside each other; the line ends here.
            units.append(ord("-"))
            boxes.append(page.get_charbox(index, loose=True))
            end(hyphen=True)
        elif code in (0x0A, 0x0D):
            end(hyphen=False)
        elif code:
            units.append(code)
            seen = pdfium.FPDFText_IsGenerated(page, index) != 1
            boxes.append(page.get_charbox(index, loose=True) if seen else None)
    end(hyphen=False)
    return lines


def _line(units: list[int], boxes: list[_Box | None], *, hyphen: bool) -> PrintedLine | None:
    # Characters beyond the first plane may come as two units of UTF-16.
    raw = "".join(map(chr, units)).encode("utf-16-le", "surrogatepass")
    text = raw.decode("utf-16-le", "replace").strip()
    placed = [
        (box, not chr(code).isspace())
        for code, box in zip(units, boxes, strict=True)
        if box is not None and box[2] > box[0]
    ]
    seen = [box for box, visible in placed if visible]
    if not text or not seen:
        return None
    left, right = min(box[0] for box in seen), max(box[2] for box in seen)
    first: list[_Box] = []
    for box, visible in placed:
        if visible:
            first.append(box)
        elif first:
            break
    backwards = _ARABIC.search(text) is not None
    return PrintedLine(
        text=text,
        start=-right if backwards else left,
        end=-left if backwards else right,
        bottom=min(box[1] for box in seen),
        top=max(box[3] for box in seen),
        first_word=max(box[2] for box in first) - min(box[0] for box in first),
        hyphen=hyphen,
    )


class Columns:
    """How far to the right the lines of a document go, by where they begin."""

    def __init__(self, lines: Iterable[PrintedLine]) -> None:
        self._ends: dict[int, float] = {}
        for line in lines:
            place = round(line.start / _SAME_EDGE)
            self._ends[place] = max(line.end, self._ends.get(place, line.end))

    def end(self, line: PrintedLine) -> float:
        """The end of the longest line that begins where this one does."""
        place = round(line.start / _SAME_EDGE)
        return max(self._ends.get(each, line.end) for each in (place - 1, place, place + 1))


def goes_on(line: PrintedLine, after: PrintedLine, columns: Columns, *, turned: bool) -> bool:
    """Whether the paragraph of a line goes on in the one after it.

    Args:
        line: one that ends.
        after: the next in reading order.
        columns: of the document.
        turned: whether `after` is on the next page.
    """
    if line.hyphen:
        return True
    if len(line.text) < _SHORT or line.text.endswith(_SENTENCE_ENDS):
        return False
    if _ITEM.match(after.text) or _is_heading(after.text):
        return False
    below = line.bottom - after.top
    if not turned and not -line.height / 2 <= below <= _GAP * line.height:
        return False
    if abs(line.height - after.height) > 0.2 * line.height:
        return False
    if not -_INDENT <= after.start - line.start <= _INDENT:
        return False
    # The line is full where the next word would not have gone into it.
    room = columns.end(after) - line.end
    full = room < after.first_word + _SPACE * line.height
    return full and not headings(after.text)


def _is_heading(text: str) -> bool:
    """A single word that a paragraph's last line would not be: "Summary", "ANNEX 1"."""
    words = text.split()
    if len(words) > 2 or len(text) > 20:
        return False
    return not words[0][0].islower() and not text.endswith((".", ",", ")"))

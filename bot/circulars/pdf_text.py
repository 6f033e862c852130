"""The text of a PDF: its lines put together to paragraphs, without what repeats on every page.

PDFium gives a page's characters in reading order, a line break after each printed line. Where a
line is full and the next goes on below it, the two are one; where in doubt they stay two, which
whoever reads the text has to bear anyway.
"""

import re
from collections import Counter
from collections.abc import Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from bot.circulars.pdf_lines import Columns, PrintedLine, goes_on, printed_lines
from bot.errors import CircularError

#: Pages at the most; Circular 106 has 11.
MOST_PAGES = 300
_MEND = "take the circular's Word file (.docx) or plain text"
#: How many lines at the head and at the foot of a page may be its furniture.
_HEAD, _FOOT = 4, 6
#: Points up or down within which a place counts as the same.
_SAME_PLACE = 6
#: The end of one line and the beginning of the next, where no space belongs between them: a
#: hyphen of the word's own, or Chinese.
_TOUCHING = re.compile(r"^\S-\S|^.?[\u2e80-\u9fff][\u2e80-\u9fff]")


def pdf_text(data: bytes, *, most_characters: int) -> str:
    """The text of a PDF, a paragraph a line where that can be told.

    Args:
        data: of the PDF.
        most_characters: beyond so many it is refused.

    Raises:
        CircularError: it is damaged, protected by a password, too long, or has no text.
    """
    pages = _pages(data, most_characters)
    pages = _without_furniture(pages)
    lines: list[str] = []
    before: PrintedLine | None = None
    columns = Columns(line for page in pages for line in page)
    words = Counter(
        re.findall(r"[^\W\d_]+", "\n".join(line.text for page in pages for line in page))
    )
    for page in pages:
        for number, line in enumerate(page):
            if before and goes_on(before, line, columns, turned=number == 0):
                lines[-1] = _joined(lines[-1], line.text, hyphen=before.hyphen, words=words)
            else:
                lines.append(line.text)
            before = line
    return "\n".join(lines)


def _pages(data: bytes, most_characters: int) -> list[list[PrintedLine]]:
    try:
        with pypdfium2.PdfDocument(data) as document:
            if len(document) > MOST_PAGES:
                raise CircularError(
                    f"the PDF has {len(document)} pages, too many for a circular", mend=_MEND
                )
            pages = []
            left = most_characters
            for number in range(len(document)):
                page = document[number]
                text = page.get_textpage()
                left -= text.count_chars()
                if left < 0:
                    raise CircularError("the PDF has more text than any circular", mend=_MEND)
                pages.append(printed_lines(text))
                text.close()
                page.close()
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise CircularError("the PDF is protected by a password", mend=_MEND) from error
        raise CircularError("the PDF is damaged", mend=_MEND) from error
    if not any(pages):
        raise CircularError("the PDF holds pictures of text, but no text", mend=_MEND)
    return pages


def _without_furniture(pages: Sequence[list[PrintedLine]]) -> list[list[PrintedLine]]:
    """Takes away heads and feet that repeat, but for the first head and the last foot.

    They would stand in the middle of the paragraph that goes on from page to page.
    """
    heads = _repeated([page[:_HEAD] for page in pages])
    feet = _repeated([page[-_FOOT:] for page in pages])
    kept = []
    for number, page in enumerate(pages):
        start, end = 0, len(page)
        if number > 0:
            while start < min(end, _HEAD) and _key(page[start]) in heads:
                start += 1
        if number < len(pages) - 1:
            while end > max(start, len(page) - _FOOT) and _key(page[end - 1]) in feet:
                end -= 1
        kept.append(page[start:end])
    return kept


def _repeated(zones: Sequence[Sequence[PrintedLine]]) -> set[tuple[str, int]]:
    """Lines that stand in this zone of more than half of the pages, in the same place."""
    counts = Counter(key for zone in zones for key in {_key(line) for line in zone})
    return {key for key, count in counts.items() if count > 1 and count * 2 > len(zones)}


def _key(line: PrintedLine) -> tuple[str, int]:
    # A line without a letter is a page number; "ANNEX 1" and "ANNEX 2" are not the same.
    text = " ".join(line.text.split())
    text = text if re.search(r"[^\W\d_]", text) else re.sub(r"\d+", "#", text)
    return text, round(line.top / _SAME_PLACE)


def _joined(before: str, after: str, *, hyphen: bool, words: Counter[str]) -> str:
    if not hyphen:
        return before + ("" if _TOUCHING.search(before[-2:] + after[:1]) else " ") + after
    stem = before.removesuffix("-")
    first = re.search(r"[^\W\d_]+$", stem)
    second = re.match(r"[^\W\d_]+", after)
    # Whether the hyphen belongs to the word, the rest of the text tells: "con-sultation" stands
    # there unbroken, "city-level" does not.
    if first and second and words[first.group() + second.group()]:
        return stem + after
    return f"{stem}-{after}"

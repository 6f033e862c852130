"""Plain text in lines that a mail client shows as they are: paragraphs, entries, tables.

Widths are columns of a fixed-width font: two for a Chinese character, none for the marks that
isolate a direction (UAX #11, UAX #9). Chinese breaks between characters, but no line begins with a
closing mark or ends with an opening one (GB/T 15834, kinsoku).
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

#: RFC 5322, 2.1.1 asks for 78; a quoted answer adds two.
COLUMNS: Final = 76

#: First strong isolate, left-to-right isolate, pop directional isolate.
FIRST_STRONG_ISOLATE: Final = "\u2068"
LEFT_TO_RIGHT_ISOLATE: Final = "\u2066"
POP_ISOLATE: Final = "\u2069"

_NO_LINE_BEGINS: Final = "、，。；：？！）》」』】…·ー％"
_NO_LINE_ENDS: Final = "（《「『【"
# What is isolated stays on one line: an isolate ends at the end of its line.
_PIECE = re.compile(
    f"(?:[^\\s{FIRST_STRONG_ISOLATE}{LEFT_TO_RIGHT_ISOLATE}]"
    f"|[{FIRST_STRONG_ISOLATE}{LEFT_TO_RIGHT_ISOLATE}][^{POP_ISOLATE}\\n]*{POP_ISOLATE}?)+"
)
_BETWEEN_WIDE = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef]) *\n\s*|\s*\n *(?=[\u2e80-\u9fff\uff00-\uffef])"
)


def width(text: str) -> int:
    """Columns that the text takes."""
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if _is_wide(char) else 1


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def joined(text: str) -> str:
    """Lines of a template as one: with a space between words, with none between Chinese ones."""
    return re.sub(r"[ \t\r\n]+", " ", _BETWEEN_WIDE.sub("", text.strip()))


def wrapped(text: str, *, columns: int = COLUMNS, first: str = "", rest: str = "") -> str:
    """A paragraph in lines of at most `columns`, where its words allow.

    Args:
        text: any white space in it counts as one space.
        columns: of a line, indent included.
        first: what the first line begins with.
        rest: what the others begin with.
    """
    lines: list[str] = []
    line, empty = first, True
    for piece, spaced in _pieces(joined(text)):
        glue = " " if spaced and not empty else ""
        if not empty and width(line) + width(glue) + width(piece) > columns:
            lines.append(line.rstrip())
            line, glue = rest, ""
        line += glue + piece
        empty = False
    lines.append(line.rstrip())
    return "\n".join(lines)


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """What may not be broken, and whether a space stands before it."""
    for found in _PIECE.finditer(text):
        spaced = True
        for part in _unbreakable(found.group()):
            yield part, spaced
            spaced = False


def _unbreakable(word: str) -> Iterator[str]:
    """A word whole, or where it is Chinese its characters with the marks that cling to them."""
    if not any(map(_is_wide, word)):
        yield word
        return
    part, isolated = "", False
    for char in word:
        breaks = (
            part
            and not isolated
            and (_is_wide(char) or _is_wide(part[-1]))
            and char not in _NO_LINE_BEGINS
            and part[-1] not in _NO_LINE_ENDS
        )
        if breaks:
            yield part
            part = ""
        part += char
        if char in (FIRST_STRONG_ISOLATE, LEFT_TO_RIGHT_ISOLATE):
            isolated = True
        elif char == POP_ISOLATE:
            isolated = False
    if part:
        yield part


def padded(text: str, columns: int) -> str:
    """The text with spaces up to that width."""
    return text + " " * max(0, columns - width(text))


def aligned(rows: Sequence[Sequence[str]], *, numbers: Sequence[int] = ()) -> str:
    """A table in columns two spaces apart; the first row is its head, underlined.

    Args:
        rows: the head first, each as long as the head.
        numbers: columns that are set to the right.
    """
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in [rows[0], ["-" * each for each in widths], *rows[1:]]:
        cells = [
            " " * (size - width(cell)) + cell if column in numbers else padded(cell, size)
            for column, (cell, size) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def tidy(text: str) -> str:
    """No spaces at the end of a line, at most one empty line between two, one line end at the end.

    The line over the signature keeps its space (RFC 3676, 4.3): answers leave out what follows it.
    """
    lines = [line.rstrip() for line in text.splitlines()]
    kept = "\n".join("-- " if line == "--" else line for line in lines)
    return re.sub(r"\n{3,}", "\n\n", kept).strip("\n") + "\n"

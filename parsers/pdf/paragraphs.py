"""Text outside of the form: the letter's head in its columns, its paragraphs, its signature."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from parsers.pdf.area import Area
from parsers.pdf.blocks import Block, blocks_of
from parsers.pdf.writing import TextLine, Token, lines_of

#: Of a line's height: the gap between two columns, and between a paragraph and the next.
_COLUMN, _APART = 1.1, 1.0
#: A line that ends before this share of the text's width ends its paragraph.
_FULL = 0.8


@dataclass(slots=True, eq=False)
class _Column:
    area: Area
    parts: list[list[Token]] = field(default_factory=list)


def paragraphs_of(tokens: Iterable[Token], page: int, *, leftwards: bool) -> list[Block]:
    """Brings text without boxes to paragraphs, those side by side one after another.

    Args:
        tokens: words of one part of a page.
        page: its number.
        leftwards: whether the document is written from right to left.
    """
    lines = lines_of(tokens, page, leftwards=leftwards)
    if not lines:
        return []
    whole = lines[0].area
    for line in lines[1:]:
        whole = whole.joined(line.area)
    blocks: list[Block] = []
    for column in _columns(lines):
        lines = lines_of(
            (token for part in column.parts for token in part), page, leftwards=leftwards
        )
        paragraph: list[TextLine] = []
        for line in lines:
            paragraph.append(line)
            # In a narrow column nobody can tell a full line from a short one.
            narrow = column.area.width < whole.width / 2
            length = line.area.width / max(1.0, column.area.width)
            if narrow or length < _FULL:
                blocks.extend(blocks_of(paragraph))
                paragraph = []
        blocks.extend(blocks_of(paragraph))
    return blocks


def _columns(lines: Sequence[TextLine]) -> list[_Column]:
    """Parts of lines that stand under one another, in the order in which they begin."""
    columns: list[_Column] = []
    for line in lines:
        parts = _parts(line)
        for part in parts:
            area = part[0].area
            for token in part[1:]:
                area = area.joined(token.area)
            over = [
                column
                for column in columns[-6:]
                if area.top - column.area.bottom < _APART * line.area.height
                and min(area.right, column.area.right) > max(area.left, column.area.left)
            ]
            if len(over) == 1 and _alike(over[0].area, area, alone=len(parts) == 1):
                over[0].parts.append(part)
                over[0].area = over[0].area.joined(area)
            else:
                columns.append(_Column(area, [part]))
    return columns


def _alike(column: Area, area: Area, *, alone: bool) -> bool:
    """Whether a part of a line goes on with a column: one edge of theirs is the same, or nearly."""
    near = min(abs(column.left - area.left), abs(column.right - area.right))
    return near < area.height * 2 or (alone and area.width > column.width)


def _parts(line: TextLine) -> list[list[Token]]:
    parts: list[list[Token]] = []
    right = 0.0
    for token in sorted(line.tokens, key=lambda each: each.area.left):
        if not parts or token.area.left - right > _COLUMN * line.area.height:
            parts.append([])
        parts[-1].append(token)
        right = max(right, token.area.right)
    return parts

"""Lines brought to passages: a box with the whole of its label, or a paragraph of text."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from parsers.designation import designations
from parsers.passage import Cell, Passage
from parsers.pdf.area import Area
from parsers.pdf.writing import TextLine
from parsers.reading import Box, Doubt

#: Of a line's height: a gap beyond it begins a new paragraph.
_PARAGRAPH = 0.9


@dataclass(slots=True, eq=False)
class _Segment:
    """A box with its label, while lines are being added to it; or text without a box."""

    left: float
    items: list[str | Box] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Block:
    """A passage that still knows its place on the page.

    Attributes:
        items: text and boxes, each box with its label.
        area: round its lines.
        doubts: what makes it doubtful.
    """

    items: tuple[str | Box, ...]
    area: Area
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def boxes(self) -> list[Box]:
        """The boxes without the text."""
        return [item for item in self.items if isinstance(item, Box)]

    @property
    def text(self) -> str:
        """The text without the boxes."""
        return " ".join(item for item in self.items if isinstance(item, str))

    def passage(self, cell: Cell | None) -> Passage:
        """Without its place, as all formats have it."""
        return Passage(items=self.items, cell=cell, doubts=tuple(dict.fromkeys(self.doubts)))

    def after(self, passage: Passage) -> Passage:
        """The passage with this block as its continuation, as when a page ends within it."""
        return Passage(
            items=_items((*passage.items, *self.items)),
            cell=passage.cell,
            doubts=tuple(dict.fromkeys((*passage.doubts, *self.doubts))),
        )


def blocks_of(lines: Sequence[TextLine]) -> list[Block]:
    """One block for each line that begins a box, with the lines that go on with its label."""
    groups: list[tuple[list[_Segment], Area]] = []
    last: TextLine | None = None
    for line in lines:
        gap = line.area.top - last.area.bottom if last is not None else 0.0
        apart = last is not None and gap > _PARAGRAPH * min(line.area.height, last.area.height)
        if line.boxes:
            groups.append((_segments(line), line.area))
        elif not groups or apart or _begins_row(groups[-1][0], line):
            groups.append(([_Segment(line.area.left, list(line.items))], line.area))
        else:
            segments, area = groups[-1]
            _go_on(segments, line)
            groups[-1] = (segments, area.joined(line.area))
        last = line
    return [
        Block(_items([item for each in segments for item in each.items]), area)
        for segments, area in groups
    ]


def _begins_row(segments: Sequence[_Segment], line: TextLine) -> bool:
    """Whether a line under a label is the heading of the next text."""
    boxed = any(isinstance(item, Box) for each in segments for item in each.items)
    return boxed and bool(designations(line.text))


def _segments(line: TextLine) -> list[_Segment]:
    """A line's boxes, each with what follows it; what stands before the first goes with it."""
    segments: list[_Segment] = []
    before: list[str | Box] = []
    for item in line.items:
        if isinstance(item, Box):
            left = item.place.at[0] if item.place.at else line.area.left
            segments.append(_Segment(left, [*before, item]))
            before = []
        elif segments:
            segments[-1].items.append(item)
        else:
            before.append(item)
    return segments


def _go_on(segments: Sequence[_Segment], line: TextLine) -> None:
    """Adds a line to the label over it: where boxes stand side by side, to the one above."""
    under = [each for each in segments if each.left <= line.area.left + 1]
    chosen = under[-1] if under and len(segments) > 1 else segments[-1]
    chosen.items.extend(line.items)


def _items(items: Sequence[str | Box]) -> tuple[str | Box, ...]:
    """Text that follows text becomes one; every box's label is the text up to the next box."""
    merged: list[str | Box] = []
    for item in items:
        last = merged[-1] if merged else None
        if isinstance(item, str) and isinstance(last, str):
            merged[-1] = _joined(last.rstrip(), item.lstrip())
        else:
            merged.append(item)
    for index, item in enumerate(merged):
        following = merged[index + 1] if index + 1 < len(merged) else ""
        if isinstance(item, Box):
            label = following if isinstance(following, str) else ""
            merged[index] = replace(item, label=" ".join(label.split()))
    return tuple(merged)


def _joined(one: str, other: str) -> str:
    """Two lines of one paragraph; Chinese has no blank where a line ends."""
    wide = bool(one and other) and all(
        unicodedata.east_asian_width(char) in "WF" for char in (one[-1], other[0])
    )
    return one + other if wide else f"{one} {other}"

"""The tables that a page's ruling lines make, and the cell that a place on the page lies in."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from parsers.pdf.area import Area
from parsers.pdf.drawing import Line

_SAME = 2.0  # points between lines that are one, and between line ends that meet
_SHORTEST = 7.0
_MOST_LINES = 4000
#: A ruling line that meets no other one must be as long as this share of the page.
_LONG = 0.3


@dataclass(slots=True, eq=False)
class Table:
    """Lines that hang together.

    Attributes:
        area: round them.
        level, upright: the lines along and down the page, by place.
    """

    area: Area
    level: list[Line] = field(default_factory=list)
    upright: list[Line] = field(default_factory=list)

    @property
    def is_frame(self) -> bool:
        """Whether it is a single cell: a frame round something, also round another table."""
        return len(self.level) <= 2 and len(self.upright) <= 2

    @property
    def edges(self) -> list[float]:
        """The places of its upright lines, each once."""
        found: list[float] = []
        for line in self.upright:
            if not found or line.at - found[-1] > _SAME * 2:
                found.append(line.at)
        return found

    def cell(self, point: tuple[float, float]) -> Area | None:
        """The cell that a point lies in; None outside of the table."""
        x, y = point
        if not self.area.grown(_SAME).holds(point):
            return None
        beside = [each.at for each in self.upright if each.start - _SAME <= y <= each.end + _SAME]
        above = [each.at for each in self.level if each.start - _SAME <= x <= each.end + _SAME]
        return Area(
            max((at for at in beside if at <= x), default=self.area.left),
            max((at for at in above if at <= y), default=self.area.top),
            min((at for at in beside if at > x), default=self.area.right),
            min((at for at in above if at > y), default=self.area.bottom),
        )


def find_tables(lines: Iterable[Line], page: Area) -> list[Table]:
    """The tables of a page, the outermost of several within one another."""
    level = _joined([line for line in lines if not line.upright])
    upright = _joined([line for line in lines if line.upright])
    if len(level) + len(upright) > _MOST_LINES:
        return []
    groups = _Groups(len(level) + len(upright))
    places = [line.at for line in level]
    for index, line in enumerate(upright):
        first = bisect_left(places, line.start - _SAME)
        for other in range(first, len(level)):
            if level[other].at > line.end + _SAME:
                break
            if level[other].start - _SAME <= line.at <= level[other].end + _SAME:
                groups.join(other, len(level) + index)
    tables: dict[int, Table] = {}
    everything = [*level, *upright]
    for index, line in enumerate(everything):
        if groups.size(index) == 1 and line.length < _LONG * page.width:
            continue
        table = tables.setdefault(groups.root(index), Table(area=line.area))
        table.area = table.area.joined(line.area)
        (table.upright if line.upright else table.level).append(line)
    return _outermost(_bands(list(tables.values()), page))


def _joined(lines: Sequence[Line]) -> list[Line]:
    """Lines that go on where another one ends, as one; sorted by place."""
    found: list[Line] = []
    for line in sorted(lines, key=lambda each: (round(each.at / _SAME), each.start)):
        last = found[-1] if found else None
        if last is not None and abs(line.at - last.at) <= _SAME and line.start <= last.end + _SAME:
            found[-1] = Line(
                upright=last.upright,
                at=last.at,
                start=min(last.start, line.start),
                end=max(last.end, line.end),
            )
        else:
            found.append(line)
    return sorted((line for line in found if line.length >= _SHORTEST), key=lambda each: each.at)


def _bands(tables: Sequence[Table], page: Area) -> list[Table]:
    """Level lines of one width under one another, joined: a table without upright lines."""
    kept: list[Table] = []
    for table in sorted(tables, key=lambda each: each.area.top):
        last = kept[-1] if kept else None
        if (
            last is not None
            and not last.upright
            and not table.upright
            and abs(last.area.left - table.area.left) <= _SAME * 2
            and abs(last.area.right - table.area.right) <= _SAME * 2
            and table.area.top - last.area.bottom < page.height / 3
        ):
            last.area = last.area.joined(table.area)
            last.level.extend(table.level)
        else:
            kept.append(table)
    # One or two lines by themselves rule nothing: they are for writing on, or under a heading.
    return [table for table in kept if table.upright or len(table.level) > 3]


def _outermost(tables: Sequence[Table]) -> list[Table]:
    kept: list[Table] = []
    for table in sorted(tables, key=lambda each: -(each.area.width * each.area.height)):
        around = [
            other
            for other in kept
            if other.area.grown(_SAME).holds(table.area.centre)
            and other.area.shared(table.area) > 0.9 * table.area.width * table.area.height
        ]
        for frame in [other for other in around if other.is_frame and not table.is_frame]:
            kept.remove(frame)
            around.remove(frame)
        if not around:
            kept.append(table)
    return sorted(kept, key=lambda each: each.area.top)


class _Groups:
    """What hangs together with what."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))
        self._sizes = [1] * count

    def root(self, index: int) -> int:
        while self._above[index] != index:
            self._above[index] = self._above[self._above[index]]
            index = self._above[index]
        return index

    def size(self, index: int) -> int:
        return self._sizes[self.root(index)]

    def join(self, one: int, other: int) -> None:
        one, other = self.root(one), self.root(other)
        if one != other:
            self._above[other] = one
            self._sizes[one] += self._sizes[other]

"""The parts of a page that serve as cells, what stands in them, and what makes them doubtful."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from parsers.designation import designations
from parsers.pdf.area import Area
from parsers.pdf.blocks import Block
from parsers.pdf.grid import Table
from parsers.pdf.writing import Token, lines_of
from parsers.reading import BoxRole, Doubt

_SAME = 4.0  # points between edges that are one
_WHOLE = len(BoxRole)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something on a page that makes the row where it lies doubtful."""

    area: Area
    doubt: Doubt


@dataclass(slots=True, eq=False)
class PageLayout:
    """What one page holds, for laying out.

    Attributes:
        number: of the page.
        tokens: its words and boxes.
        tables: its ruled tables.
        remarks: what makes rows doubtful.
        is_stained: whether the picture shows ink in an area that nothing explains.
    """

    number: int
    tokens: list[Token]
    tables: list[Table]
    remarks: list[Remark]
    is_stained: Callable[[Area], bool]


@dataclass(slots=True, eq=False)
class Region:
    """A cell, or what serves as one, with what stands in it."""

    area: Area
    tokens: list[Token]
    blocks: list[tuple[int, Block]] = field(default_factory=list)  # with the column

    @property
    def boxed(self) -> bool:
        """Whether a box stands in it."""
        return any(block.boxes for _, block in self.blocks)


def regions_of(found: Sequence[tuple[Area, Token]]) -> list[Region]:
    """Words and boxes by the cell that each lies in."""
    regions: dict[tuple[int, ...], Region] = {}
    for cell, token in found:
        key = tuple(round(edge) for edge in cell)
        regions.setdefault(key, Region(cell, [])).tokens.append(token)
    return list(regions.values())


def runs_together(regions: Sequence[Region]) -> bool:
    """Whether a cell holds the boxes of several texts that stand in another cell, or beside them."""
    for region in regions:
        boxes = sum(len(block.boxes) for _, block in region.blocks)
        if boxes <= _WHOLE:
            continue
        named = {
            each.name
            for other in regions
            if abs(other.area.top - region.area.top) <= _SAME
            for column, block in other.blocks
            if other is not region or column == 0
            for each in designations(block.text)
            if not block.boxes
        }
        if len(named) > 1:
            return True
    return False


def split_columns(
    tokens: Sequence[Token], page: int, *, leftwards: bool
) -> tuple[list[Token], list[Token]]:
    """Words that stand wholly before the column of boxes, where they name texts; and the rest."""
    boxes = [
        box
        for line in lines_of(tokens, page, leftwards=leftwards)
        for box in line.boxes
        if box.place.at is not None
    ]
    if not boxes:
        return [], list(tokens)
    places = [box.place.at for box in boxes if box.place.at is not None]
    if leftwards:
        edge = max(place[2] for place in places) + 1
        side = [token for token in tokens if token.area.left > edge]
    else:
        edge = min(place[0] for place in places) - 1
        side = [token for token in tokens if token.area.right < edge]
    top = min(place[1] for place in places) - 3 * 12
    bottom = max(place[3] for place in places) + 5 * 12
    side = [token for token in side if top <= token.area.centre[1] <= bottom]
    text = " ".join(line.text for line in lines_of(side, page, leftwards=leftwards))
    if not designations(text):
        return [], list(tokens)
    kept = {id(token) for token in side}
    return side, [token for token in tokens if id(token) not in kept]


def note_remarks(page: PageLayout, regions: Sequence[Region]) -> None:
    """Notes a page's remarks on the blocks of the cells that they lie over or beside."""
    for region in regions:
        if region.blocks and page.is_stained(region.area):
            region.blocks[0][1].doubts.append(Doubt.DRAWING_OVER_FORM)
    for remark in page.remarks:
        area = remark.area.grown(0.5)
        for region in regions:
            if not region.blocks:
                continue
            cell = region.area
            level = min(cell.bottom, area.bottom) - max(cell.top, area.top)
            over = area.shared(cell) > 0.15 * area.width * area.height or cell.holds(area.centre)
            beside = not area.touches(cell) and level > 0.5 * area.height
            far = max(cell.left - area.right, area.left - cell.right)
            if over or (beside and far < 60):
                region.blocks[0][1].doubts.append(remark.doubt)

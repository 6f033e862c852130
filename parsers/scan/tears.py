"""Rows that a page's end tore in two, and whether it is certain which parts belong together.

Pages may be out of order. The parts of a row have four boxes together; a letter goes before the
table's first page and after its last. Where every order of the pages that this allows joins a part
to the same page, the join is certain.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from parsers.scan.pages import FormPage, FormRow
from parsers.scan.verdicts import FOUR

#: Pages whose orders are all tried.
_MOST_PAGES = 6
#: Lines of print that are a letter's, rather than a page's head or number.
_OPENING, _CLOSING = 4, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What a page of the table begins and ends with.

    Attributes:
        first: place of its first row.
        begins: boxes before it names any text.
        ends: boxes that its last row lacks, if that names a text.
        opens, closes: whether the letter stands over its table, or under it.
    """

    first: int
    begins: int
    ends: int
    opens: bool
    closes: bool


def unsure_tears(rows: Sequence[FormRow]) -> set[int]:
    """Which rows, by place, begin a page with boxes that may belong to another page than the last.

    Args:
        rows: of the whole file, in the order of its pages.
    """
    parts = list(_parts(rows))
    torn = [index for index, part in enumerate(parts) if part.begins]
    everything = {parts[index].first for index in torn}
    if not torn or len(parts) > _MOST_PAGES:
        return everything
    orders = [order for order in permutations(range(len(parts))) if _fits(parts, order)]
    if tuple(range(len(parts))) not in orders:
        return everything
    return {
        parts[index].first
        for index in torn
        if any(order[order.index(index) - 1] != index - 1 for order in orders)
    }


def _parts(rows: Sequence[FormRow]) -> Iterator[_Part]:
    pages: dict[int, list[int]] = {}
    for index, row in enumerate(rows):
        if row.boxes or id(row.page) in pages or row.name.text:
            pages.setdefault(id(row.page), []).append(index)
    above = [len(_table_lines(rows[found[0]].page)[0]) for found in pages.values()]
    below = [len(_table_lines(rows[found[0]].page)[1]) for found in pages.values()]
    one_opens = sum(count >= _OPENING for count in above) == 1
    one_closes = sum(count >= _CLOSING for count in below) == 1
    for found, over, under in zip(pages.values(), above, below, strict=True):
        first, last = rows[found[0]], rows[found[-1]]
        yield _Part(
            first=found[0],
            begins=0 if first.name.text else len(first.boxes),
            ends=FOUR - len(last.boxes) if last.name.text and len(last.boxes) < FOUR else 0,
            opens=one_opens and over >= _OPENING,
            closes=one_closes and under >= _CLOSING,
        )


def _table_lines(page: FormPage) -> tuple[Sequence[object], Sequence[object]]:
    return (page.table.above, page.table.below) if page.table else ((), ())


def _fits(parts: Sequence[_Part], order: Sequence[int]) -> bool:
    """Whether the pages may have been printed in an order."""
    inner = [parts[index] for index in order]
    if any(part.opens for part in inner[1:]) or any(part.closes for part in inner[:-1]):
        return False
    lacks = [0, *(part.ends for part in inner)]
    return lacks[-1] == 0 and all(
        part.begins == before for part, before in zip(inner, lacks, strict=False)
    )

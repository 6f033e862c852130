"""Whether somebody signed or stamped a form: ink under its table that is larger than print.

It is for people to see, and decides nothing: an Administration may answer unsigned.
"""

from collections.abc import Sequence

import cv2
import numpy as np

from parsers.scan.pages import FormPage
from parsers.scan.table import line_height

#: Heights of a line of print that a stroke of a signature reaches, across and down.
_LONG, _HIGH = 2.5, 1.4
#: Pixels from the edge of a page within which shadows lie.
_EDGE = 4


def is_signed(pages: Sequence[FormPage]) -> bool | None:
    """Looks under the table, and on the page after it.

    Args:
        pages: of the form, in order.

    Returns:
        None where no table was found.
    """
    last = max(
        (index for index, page in enumerate(pages) if page.table and page.table.bands), default=None
    )
    if last is None:
        return None
    table = pages[last].table
    assert table is not None
    usual = line_height([line for page in pages for line in page.lines])
    bottom = round(max(box.bottom for band in table.bands for box in band.boxes or ()) + usual)
    # What is on a later page may be comments with figures; the letter ends on the next one.
    return _has_strokes(pages[last], bottom, usual) or any(
        _has_strokes(page, 0, usual) for page in pages[last + 1 : last + 2]
    )


def _has_strokes(page: FormPage, top: int, usual: float) -> bool:
    rest = page.sheet.ink[top:].copy()
    lines = cv2.bitwise_or(page.ruling.level[top:], page.ruling.plumb[top:])
    rest[cv2.dilate(lines, np.ones((3, 3), dtype=np.uint8)) > 0] = 0
    height, width = rest.shape
    if usual <= 0 or height < 2 * _EDGE:
        return False
    _, _, stats, _ = cv2.connectedComponentsWithStats(rest, connectivity=8)
    for left, upper, across, down, _ in stats[1:]:
        shadow = (
            left < _EDGE
            or left + across > width - _EDGE
            or (top == 0 and upper < _EDGE)
            or upper + down > height - _EDGE
        )
        small = min(across, down) < _HIGH * usual or max(across, down) < _LONG * usual
        if not shadow and not small:
            return True
    return False

"""Lines that dust on a scanner's glass draws down a whole page, taken out of its picture."""

import numpy as np
from numpy.typing import NDArray

from parsers.scan.pictures import Grey

#: From this shade (of 255) on a pixel is darker than paper.
_DARK = 205
#: Which share of a page such a line runs down: a table never reaches into both margins.
_WHOLE = 0.86
#: The widest line in pixels; a scanner's lid is wider.
_WIDEST = 9


def without_streaks(flat: Grey) -> Grey:
    """The same picture, such lines made of what stands left and right of them.

    Args:
        flat: with the paper evenly white, as the scanner saw it: not yet turned.
    """
    for turned in (False, True):
        picture = flat.T if turned else flat
        dark = picture < _DARK
        runs = _runs(dark.mean(axis=0) >= _WHOLE)
        if not runs:
            continue
        picture = picture.copy()
        for first, last in runs:
            left, right = max(0, first - 2), min(picture.shape[1] - 1, last + 2)
            share = np.linspace(0.0, 1.0, right - left + 1)[None, 1:-1]
            one, other = (picture[:, at : at + 1].astype(np.float32) for at in (left, right))
            picture[:, left + 1 : right] = (one * (1 - share) + other * share).astype(np.uint8)
        flat = np.ascontiguousarray(picture.T if turned else picture)
    return flat


def _runs(is_line: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and last place of each run that is narrow, and not at the picture's edge."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], is_line, [False]]).astype(np.int8)))
    return [
        (int(first), int(after) - 1)
        for first, after in zip(edges[::2], edges[1::2], strict=True)
        if after - first <= _WIDEST and first > _WIDEST and after < is_line.size - _WIDEST
    ]

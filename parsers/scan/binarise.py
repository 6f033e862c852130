"""From shades of grey to ink: paper made evenly white, and what is darker than its surroundings."""

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.scan.pictures import Grey

#: The paper's shade is looked at on a picture so many times smaller.
_COARSER = 8
#: How far (in coarse pixels) paper is looked for behind print: wider than any mark.
_REACH = 11
#: The darkest paper (of 255) that is still made white.
_BLACKEST = np.uint8(30)
#: How much darker than paper (of 255) a pixel of print is: at least, at most, and in noise.
_DARKER, _DARKEST = 30.0, 90.0
_NOISE = 5.0


def flattened(grey: Grey) -> Grey:
    """The same picture with the paper evenly white (255), whatever light fell on it."""
    small = cv2.resize(
        grey,
        (max(1, grey.shape[1] // _COARSER), max(1, grey.shape[0] // _COARSER)),
        interpolation=cv2.INTER_AREA,
    )
    kernel = np.ones((_REACH, _REACH), dtype=np.uint8)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel)
    paper = np.maximum(cv2.GaussianBlur(paper, (0, 0), 3), _BLACKEST)
    wide = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, wide, scale=252), dtype=np.uint8)


def ink(flat: Grey) -> NDArray[np.uint8]:
    """1 where there is print or pen, thin grey lines included, 0 where there is paper.

    Args:
        flat: with the paper evenly white.
    """
    below = 252 - max(_DARKER, min(_DARKEST, _NOISE * noise(flat)))
    dark = cv2.threshold(flat, below, 1, cv2.THRESH_BINARY_INV)[1]
    return np.asarray(dark, dtype=np.uint8)


def noise(flat: Grey) -> float:
    """How much the paper's shade varies from pixel to pixel (standard deviation, of 255)."""
    sample = flat[::7].astype(np.int16)
    steps = np.abs(sample[:, 1:] - sample[:, :-1])
    # Two pixels vary by the square root of two as much as one; 0.6745 is the normal's quartile.
    return float(np.median(steps)) / 0.6745 / 2**0.5

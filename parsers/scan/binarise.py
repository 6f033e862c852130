"""From shades of grey to ink: paper made evenly white, and what is darker than its surroundings."""

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.scan.pictures import Grey

#: The paper's shade is looked at on a picture so many times smaller.
_COARSER = 8
#: How far (in coarse pixels) paper is looked for behind print: wider than any mark.
_REACH = 11
#: How much darker than its surroundings (of 255) a pixel of print is.
_DARKER = 18


def flattened(grey: Grey) -> Grey:
    """The same picture with the paper evenly white (255), whatever light fell on it."""
    small = cv2.resize(
        grey,
        (max(1, grey.shape[1] // _COARSER), max(1, grey.shape[0] // _COARSER)),
        interpolation=cv2.INTER_AREA,
    )
    kernel = np.ones((_REACH, _REACH), dtype=np.uint8)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel)
    paper = cv2.max(cv2.GaussianBlur(paper, (0, 0), 3), 30)
    wide = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, wide, scale=252), dtype=np.uint8)


def ink(flat: Grey) -> NDArray[np.uint8]:
    """1 where there is print or pen, thin grey lines included, 0 where there is paper."""
    around = cv2.blur(flat, (31, 31))
    difference = cv2.subtract(around, flat)
    thin = cv2.threshold(difference, _DARKER, 1, cv2.THRESH_BINARY)[1]
    dark = cv2.threshold(flat, 110, 1, cv2.THRESH_BINARY_INV)[1]
    return np.asarray(cv2.bitwise_or(thin, dark), dtype=np.uint8)

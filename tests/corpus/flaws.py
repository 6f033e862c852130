"""What machines do to the picture of a page once it is where it is: light, grain, dirt, lines."""

import math
import random

import cv2
import numpy as np
import numpy.typing as npt

from tests.corpus.pictures import Picture
from tests.corpus.scanners import Scanner


def as_picture(array: npt.ArrayLike) -> Picture:
    """An array of any kind as a picture."""
    return np.asarray(array).astype(np.uint8, copy=False)


def ground(picture: Picture, value: int) -> tuple[int, ...]:
    """A level of grey in the colours of a picture."""
    return (value,) * (1 if picture.ndim == 2 else 3)


def bled(picture: Picture) -> Picture:
    """What is printed on the back shows through."""
    back = 255 - (255 - picture[:, ::-1].astype(np.int16)) // 9
    return np.minimum(picture, back.astype(np.uint8))


def lit(picture: Picture, scanner: Scanner, chance: random.Random) -> Picture:
    """Light from one side, and a shadow where a camera casts one."""
    if scanner.light < 1:
        return picture
    height, width = picture.shape[:2]
    angle = chance.uniform(0, 2 * math.pi)
    x = np.linspace(-0.5, 0.5, 64, dtype=np.float32)
    field = x[None, :] * math.cos(angle) + x[:, None] * math.sin(angle)
    dim = 1 - (scanner.light / 255) * (field - field.min())
    if scanner.camera and chance.random() < 0.6:
        shadow = np.ones((64, 64), np.float32)
        points = np.array(
            [[chance.randrange(-20, 84), chance.randrange(-20, 84)] for _ in range(4)], np.int32
        )
        cv2.fillConvexPoly(shadow, np.asarray(cv2.convexHull(points)), chance.uniform(0.55, 0.8))
        dim = dim * cv2.GaussianBlur(shadow, (0, 0), chance.uniform(1.5, 5))
    whole = np.asarray(
        cv2.resize(dim.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    )
    if picture.ndim == 3:
        whole = np.asarray(cv2.merge([whole] * 3))
    return as_picture(cv2.multiply(picture, whole, dtype=cv2.CV_8U))


def noisy(picture: Picture, level: float, chance: random.Random) -> Picture:
    """The grain of a sensor."""
    # One tile of noise is enough for a page; a place to begin makes each page its own.
    source = np.random.default_rng(chance.randrange(2**32))
    tile = source.normal(0, level, (521, 523, *picture.shape[2:])).astype(np.int16)
    repeat = (-(-picture.shape[0] // 521), -(-picture.shape[1] // 523))
    whole = np.tile(tile, repeat + (1,) * (picture.ndim - 2))
    whole = whole[: picture.shape[0], : picture.shape[1]]
    return as_picture(cv2.add(picture, whole, dtype=cv2.CV_8U))


def punch(picture: Picture, chance: random.Random, dpi: int) -> None:
    """Two holes, 80 mm apart (ISO 838)."""
    height = picture.shape[0]
    across = round(dpi * chance.uniform(0.35, 0.5))
    for share in (0.5 - 40 / 297, 0.5 + 40 / 297):
        at = (across, round(height * share))
        cv2.circle(picture, at, round(dpi * 0.12), ground(picture, chance.randrange(70)), -1)


def darken_edges(picture: Picture, chance: random.Random) -> None:
    """Two sides along which the lid did not close."""
    height, width = picture.shape[:2]
    thick = round(chance.uniform(0.003, 0.015) * width)
    shade = chance.randrange(20, 90)
    for side in chance.sample(range(4), 2):
        where = (
            (slice(None), slice(0, thick)),
            (slice(None), slice(width - thick, None)),
            (slice(0, thick), slice(None)),
            (slice(height - thick, None), slice(None)),
        )[side]
        picture[where] = np.minimum(picture[where], shade)


def streak(picture: Picture, chance: random.Random) -> None:
    """Lines down the page, from dust on the glass."""
    width = picture.shape[1]
    for _ in range(chance.randrange(1, 4)):
        at, wide = chance.randrange(width), chance.randrange(1, 4)
        shade = chance.choice((chance.randrange(0, 120), 255))
        picture[:, at : at + wide] = shade


def bitonal(picture: Picture, threshold: int) -> Picture:
    """Black and white; a threshold of 0 finds it from the picture."""
    kind = cv2.THRESH_BINARY | (0 if threshold else cv2.THRESH_OTSU)
    return as_picture(cv2.threshold(picture, threshold, 255, kind)[1])


def specked(picture: Picture, share: float, chance: random.Random) -> Picture:
    """Salt and pepper."""
    source = np.random.default_rng(chance.randrange(2**32))
    height, width = picture.shape[:2]
    count = round(share * height * width)
    picture = picture.copy()
    rows, columns = source.integers(0, height, count), source.integers(0, width, count)
    values = source.choice(np.array([0, 255], np.uint8), count)
    picture[rows, columns] = values if picture.ndim == 2 else values[:, None]
    return picture


def garble(picture: Picture, share: float, chance: random.Random) -> None:
    """Lines repeated, lost or shifted, as a bad telephone line leaves them."""
    height, width = picture.shape[:2]
    for _ in range(round(share * height)):
        row = chance.randrange(1, height)
        kind = chance.randrange(3)
        if kind == 0:
            picture[row] = picture[row - 1]
        elif kind == 1:
            picture[row] = 255
        else:
            picture[row] = np.roll(picture[row], chance.randrange(width // 4))

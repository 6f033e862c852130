"""Ink on the picture of a page: pens and rubber stamps."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from tests.corpus.pictures import Picture

Point = tuple[float, float]
#: A line that the pen draws without leaving the paper, in points.
Stroke = list[Point]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """What draws.

    Attributes:
        colour: red, green, blue.
        width: in millimetres.
        cover: how much of the paper's light the ink takes away, 0 to 1.
        name: for the document's description.
    """

    colour: tuple[int, int, int]
    width: float
    cover: float
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A round rubber stamp; middle and radius in points."""

    centre: Point
    radius: float
    colour: tuple[int, int, int]
    cover: float
    turn: float


def a_stamp(chance: random.Random, centre: Point) -> Stamp:
    """Draws a stamp."""
    return Stamp(
        centre=centre,
        radius=chance.uniform(38, 62),
        colour=chance.choice(((60, 60, 160), (120, 40, 140), (30, 90, 60), (190, 40, 50))),
        cover=chance.uniform(0.4, 0.8),
        turn=chance.uniform(-40, 40),
    )


def press(picture: Picture, stamp: Stamp, scale: float) -> None:
    """Puts a stamp on a picture."""
    side = round(2.3 * stamp.radius * scale)
    mask = np.zeros((side, side), np.uint8)
    middle, radius = side // 2, round(stamp.radius * scale)
    stroke = max(1, round(1.3 * scale))
    for share in (1.0, 0.93, 0.55):
        cv2.circle(mask, (middle, middle), round(radius * share), 255, stroke, cv2.LINE_AA)
    size = radius / 90
    for row, words in enumerate(("ADMINISTRATION", "OF TELECOM", "* REGISTRY *")):
        (wide, _), _ = cv2.getTextSize(words, cv2.FONT_HERSHEY_SIMPLEX, size, stroke)
        at = (middle - wide // 2, middle + round((row - 1) * radius * 0.28 + size * 8))
        cv2.putText(mask, words, at, cv2.FONT_HERSHEY_SIMPLEX, size, 255, stroke, cv2.LINE_AA)
    turned = cv2.getRotationMatrix2D((middle, middle), stamp.turn, 1.0)
    mask = np.asarray(cv2.warpAffine(mask, turned, (side, side)), np.uint8)
    left = round(stamp.centre[0] * scale) - middle
    top = round(stamp.centre[1] * scale) - middle
    _blend(picture, mask, left=left, top=top, colour=stamp.colour, cover=stamp.cover)


def draw(picture: Picture, strokes: Sequence[Stroke], pen: Pen, scale: float) -> None:
    """Puts strokes on a picture.

    Args:
        picture: drawn upon.
        strokes: in points.
        pen: that draws them.
        scale: pixels per point.
    """
    thick = max(1.0, pen.width * 72 / 25.4 * scale)
    for stroke in strokes:
        points = _smooth(np.asarray(stroke, np.float64) * scale)
        margin = thick + 2
        low, high = points.min(axis=0) - margin, points.max(axis=0) + margin
        left, top = math.floor(low[0]), math.floor(low[1])
        wide, tall = math.ceil(high[0]) - left, math.ceil(high[1]) - top
        mask = np.zeros((tall, wide), np.uint8)
        sub = np.round((points - (left, top)) * 16).astype(np.int32).reshape(-1, 1, 2)
        whole = max(1, round(thick))
        cv2.polylines(mask, [sub], False, 255, whole, cv2.LINE_AA, shift=4)
        _blend(picture, mask, left=left, top=top, colour=pen.colour, cover=pen.cover)


def _blend(
    picture: Picture,
    mask: npt.NDArray[np.uint8],
    *,
    left: int,
    top: int,
    colour: tuple[int, int, int],
    cover: float,
) -> None:
    height, width = picture.shape[:2]
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(width, left + mask.shape[1]), min(height, top + mask.shape[0])
    if x0 >= x1 or y0 >= y1:
        return
    part = mask[y0 - top : y1 - top, x0 - left : x1 - left].astype(np.float32) * (cover / 255)
    under = picture[y0:y1, x0:x1].astype(np.float32)
    # Ink takes light away; it never makes what is printed beneath it brighter.
    if picture.ndim == 2:
        ink = np.float32(0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2])
        over = under * (1 - part) + np.minimum(under, ink) * part
    else:
        light = np.asarray(colour, np.float32)
        over = under * (1 - part[..., None]) + np.minimum(under, light) * part[..., None]
    picture[y0:y1, x0:x1] = over.astype(np.uint8)


def _smooth(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """A curve through the points (Catmull-Rom), or the line between two."""
    if len(points) < 3:
        return points
    ends = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, 6, endpoint=False)[:, None]
    curve = [
        0.5
        * (
            2 * b
            + (c - a) * t
            + (2 * a - 5 * b + 4 * c - d) * t**2
            + (3 * b - a - 3 * c + d) * t**3
        )
        for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False)
    ]
    return np.vstack([*curve, points[-1:]])

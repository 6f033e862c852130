"""A page brought upright: its paper cut out of a photograph, turned, and its lines made level."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.scan.binarise import flattened, ink
from parsers.scan.paper import paper_corners
from parsers.scan.pictures import Grey, PagePicture
from parsers.scan.streaks import without_streaks

#: The resolution that pages are brought to: a box of 9 points is 25 pixels wide.
DPI = 200.0
#: Native resolutions that are left as they are.
_LEFT_ALONE = (0.9, 1.15)
#: A4 is so many times as high as wide (ISO 216).
_A4 = 2**0.5
#: The same of the North American sheet.
_LETTER_SHEET = 11 / 8.5
_LONG_SIDE = 11.69
#: A photographed sheet so many times as large as it is read is made smaller first.
_MUCH_LARGER = 1.3
_STEEPEST = 12.0
#: Points of ink that the slope of the lines is taken from.
_POINTS = 15_000
#: Sides of a letter in pixels at half the resolution.
_LETTER = (4, 30)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sheet:
    """A page that can be read, if it does not stand on its head.

    Attributes:
        number: of the page, from 1.
        flat: shades of grey, the paper evenly white.
        ink: 1 where there is ink.
        scale: pixels per point (1/72 inch).
    """

    number: int
    flat: Grey
    ink: NDArray[np.uint8]
    scale: float

    def turned_over(self) -> "Sheet":
        """The same page turned by 180 degrees."""
        return Sheet(
            number=self.number,
            flat=np.ascontiguousarray(self.flat[::-1, ::-1]),
            ink=np.ascontiguousarray(self.ink[::-1, ::-1]),
            scale=self.scale,
        )

    def turned_aside(self) -> "Sheet":
        """The same page turned by 90 degrees, counter-clockwise."""
        return Sheet(
            number=self.number,
            flat=np.ascontiguousarray(np.rot90(self.flat)),
            ink=np.ascontiguousarray(np.rot90(self.ink)),
            scale=self.scale,
        )


def upright(picture: PagePicture) -> Sheet:
    """Brings a page to one resolution, evenly white, its lines level."""
    corners = paper_corners(picture.pixels)
    grey = _at_reading_size(picture) if corners is None else _cut_out(picture.pixels, corners)
    flat = without_streaks(flattened(grey))
    marks = ink(flat)
    angle, sideways = _slope(marks)
    if sideways:
        flat = np.ascontiguousarray(np.rot90(flat))
        marks = np.ascontiguousarray(np.rot90(marks))
    if abs(angle) > 0.04:
        flat = _turned(flat, angle)
        marks = ink(flat)
    return Sheet(number=picture.number, flat=flat, ink=marks, scale=DPI / 72)


def _at_reading_size(picture: PagePicture) -> Grey:
    height, width = picture.pixels.shape
    if picture.dpi is not None and _is_paper(width / picture.dpi[0], height / picture.dpi[1]):
        across, down = picture.dpi
    else:
        across = down = max(height, width) / _LONG_SIDE
    factors = (DPI / across, DPI / down)
    if all(_LEFT_ALONE[0] <= each <= _LEFT_ALONE[1] for each in factors):
        return picture.pixels
    size = (max(60, round(width * factors[0])), max(60, round(height * factors[1])))
    shrinks = min(factors) < 1
    return np.asarray(
        cv2.resize(
            picture.pixels, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
        ),
        dtype=np.uint8,
    )


def _is_paper(width: float, height: float) -> bool:
    """Whether a picture of so many inches is a sheet of paper: A5 to A3."""
    short, long = sorted((width, height))
    return 5.5 <= short <= 12.5 and 7.0 <= long <= 18.0


def _cut_out(grey: Grey, corners: NDArray[np.float64]) -> Grey:
    """The sheet of paper of a photograph, made rectangular at the reading size."""
    lengths = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    width, height = float(lengths[0] + lengths[2]) / 2, float(lengths[1] + lengths[3]) / 2
    lying = width > height
    ratio = max(width, height) / min(width, height)
    if abs(ratio / _A4 - 1) < 0.15:
        ratio = min(_A4, _LETTER_SHEET, key=lambda each: abs(ratio / each - 1))
    long = round(_LONG_SIDE * DPI)
    short = round(long / ratio)
    size = (long, short) if lying else (short, long)
    shrinks = max(width, height) / long
    if shrinks > _MUCH_LARGER:
        # Sampled as they are, thin lines would be lost between the pixels.
        grey = np.asarray(
            cv2.resize(grey, None, fx=1 / shrinks, fy=1 / shrinks, interpolation=cv2.INTER_AREA),
            dtype=np.uint8,
        )
        corners = (corners + 0.5) / shrinks - 0.5
    wanted = np.array(
        [[0, 0], [size[0] - 1, 0], [size[0] - 1, size[1] - 1], [0, size[1] - 1]], dtype=np.float32
    )
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), wanted)
    return np.asarray(
        cv2.warpPerspective(grey, matrix, size, flags=cv2.INTER_LINEAR, borderValue=255),
        dtype=np.uint8,
    )


def _slope(marks: NDArray[np.uint8]) -> tuple[float, bool]:
    """Degrees by which the lines of print rise (counter-clockwise), and whether they run up or down.

    Letters stand close together in a line, lines apart: smeared along the lines they join into
    fewer pieces. Level lines leave white stripes between them: the profile across is uneven.
    """
    half = cv2.resize(marks, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    half = cv2.max(
        half, np.ascontiguousarray(marks[: half.shape[0] * 2 : 2, : half.shape[1] * 2 : 2])
    )
    _, labels, stats, _ = cv2.connectedComponentsWithStats(half, connectivity=8)
    sides = stats[:, 2:4]
    is_letter = (sides.max(axis=1) <= _LETTER[1]) & (sides.max(axis=1) >= _LETTER[0])
    is_letter[0] = False
    letters = is_letter[labels].astype(np.uint8)
    rows, columns = np.nonzero(letters)
    if rows.size < 200:
        return 0.0, False
    pieces = [
        cv2.connectedComponents(cv2.dilate(letters, np.ones(shape, dtype=np.uint8)))[0]
        for shape in ((1, 5), (5, 1))
    ]
    sideways = pieces[1] < pieces[0]
    step = max(1, rows.size // _POINTS)
    y = rows[::step].astype(np.float32)
    x = columns[::step].astype(np.float32)
    if sideways:
        x, y = y, -x
    coarse = np.arange(-_STEEPEST, _STEEPEST + 0.1, 0.5)
    best = max((_evenness(x, y, angle), angle) for angle in coarse)
    fine = np.arange(best[1] - 0.5, best[1] + 0.51, 0.05)
    best = max((_evenness(x, y, angle), angle) for angle in fine)
    return float(best[1]), sideways


def _evenness(x: NDArray[np.float32], y: NDArray[np.float32], angle: float) -> float:
    radians = np.deg2rad(angle)
    across = y * np.cos(radians) + x * np.sin(radians)
    across -= across.min()
    profile = np.bincount((across / 2.0).astype(np.int32)).astype(np.float64)
    return float(np.square(np.diff(profile)).sum())


def _turned(flat: Grey, angle: float) -> Grey:
    height, width = flat.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -angle, 1.0)
    return np.asarray(
        cv2.warpAffine(flat, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=252),
        dtype=np.uint8,
    )

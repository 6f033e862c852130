"""From the picture of a page to the picture that a machine makes of it."""

import math
import random

import cv2
import numpy as np
import numpy.typing as npt

from tests.corpus import flaws
from tests.corpus.pictures import Picture
from tests.corpus.scanners import Scanner

Matrix = npt.NDArray[np.float64]


def scan(picture: Picture, scanner: Scanner, chance: random.Random) -> tuple[Picture, Matrix]:
    """The picture that the machine makes of a page, and where each point of the page went.

    The matrix takes pixels of `picture` to pixels of the result; the curl of a photographed page
    is left out of it.
    """
    if scanner.bleed:
        picture = flaws.bled(picture)
    picture, matrix = (_photographed if scanner.camera else _fed)(picture, scanner, chance)
    if scanner.dpi_down != scanner.dpi:
        height = round(picture.shape[0] * scanner.dpi_down / scanner.dpi)
        squeeze = np.diag([1.0, height / picture.shape[0], 1.0])
        picture = flaws.as_picture(
            cv2.resize(picture, (picture.shape[1], height), interpolation=cv2.INTER_AREA)
        )
        matrix = squeeze @ matrix
    if scanner.blur > 0.15:
        picture = flaws.as_picture(cv2.GaussianBlur(picture, (0, 0), scanner.blur))
    picture = flaws.lit(picture, scanner, chance)
    if scanner.noise:
        picture = flaws.noisy(picture, scanner.noise, chance)
    if scanner.holes:
        flaws.punch(picture, chance, scanner.dpi)
    if scanner.edges:
        flaws.darken_edges(picture, chance)
    if scanner.streaks:
        flaws.streak(picture, chance)
    if scanner.bitonal:
        picture = flaws.bitonal(picture, scanner.threshold)
    if scanner.specks:
        picture = flaws.specked(picture, scanner.specks, chance)
    if scanner.line_errors:
        flaws.garble(picture, scanner.line_errors, chance)
    for _ in range(scanner.turn):
        # A quarter clockwise: (x, y) goes to (height - y, x).
        quarter = np.array([[0.0, -1.0, picture.shape[0]], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
        matrix = quarter @ matrix
        picture = np.rot90(picture, -1)
    return np.ascontiguousarray(picture), matrix


def _fed(picture: Picture, scanner: Scanner, chance: random.Random) -> tuple[Picture, Matrix]:
    """Through the feeder: a little turned and shifted, perhaps cut off."""
    height, width = picture.shape[:2]
    angle = chance.uniform(-scanner.skew, scanner.skew)
    matrix = np.eye(3)
    matrix[:2] = cv2.getRotationMatrix2D((width / 2, height / 2), angle, chance.uniform(0.97, 1.0))
    matrix[0, 2] += chance.uniform(-0.008, 0.008) * width
    matrix[1, 2] += chance.uniform(-0.008, 0.008) * height
    cut = scanner.crop
    left, top = (chance.uniform(0, cut) * side for side in (width, height))
    matrix[0, 2] -= left
    matrix[1, 2] -= top
    size = round(width - left), round(height - top)
    # Beyond the paper a lid is white, or dark.
    lid = chance.choice((255, 255, 250, 60)) if scanner.edges else 252
    moved = cv2.warpAffine(
        picture, matrix[:2], size, flags=cv2.INTER_LINEAR, borderValue=flaws.ground(picture, lid)
    )
    return flaws.as_picture(moved), matrix


def _photographed(
    picture: Picture, scanner: Scanner, chance: random.Random
) -> tuple[Picture, Matrix]:
    """In perspective on a table, curled a little."""
    height, width = picture.shape[:2]
    across, down = (
        round(width * chance.uniform(1.06, 1.3)),
        round(height * chance.uniform(1.06, 1.3)),
    )
    angle = math.radians(chance.uniform(-scanner.skew, scanner.skew))
    middle = np.array([across / 2, down / 2])
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)
    turned = (corners - (width / 2, height / 2)) @ np.array(
        [[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]]
    )
    turned *= 0.96
    reach = 0.05 * width
    moved = (
        turned
        + middle
        + np.array([[chance.uniform(-reach, reach) for _ in range(2)] for _ in range(4)])
    )
    matrix = np.asarray(
        cv2.getPerspectiveTransform(corners.astype(np.float32), moved.astype(np.float32)),
        np.float64,
    )
    shot = _table(picture, (down, across), chance)
    shot = flaws.as_picture(
        cv2.warpPerspective(
            picture,
            matrix,
            (across, down),
            dst=shot,
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_TRANSPARENT,
        )
    )
    curl = chance.uniform(0.0, 0.006) * down
    if curl > 1:
        bend = chance.uniform(0.5, 1.5) * math.pi
        x = np.arange(across, dtype=np.float32)
        rise = np.float32(curl) * np.sin(x * np.float32(bend / across))
        y = np.arange(down, dtype=np.float32)[:, None] + rise
        x = np.broadcast_to(x, (down, across)).copy()
        shot = flaws.as_picture(
            cv2.remap(shot, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
        )
    return shot, matrix


def _table(picture: Picture, shape: tuple[int, int], chance: random.Random) -> Picture:
    """What lies under the page: wood, cloth or plain, lighter or darker."""
    source = np.random.default_rng(chance.randrange(2**32))
    coarse = source.normal(0, 1, (max(2, shape[0] // 40), max(2, shape[1] // 400)))
    tone = chance.choice(((120, 85, 60), (70, 70, 75), (160, 150, 140), (45, 50, 60)))
    field = coarse * chance.uniform(2, 14)
    planes = [field + sum(tone) / 3] if picture.ndim == 2 else [field + each for each in tone]
    small = np.clip(np.stack(planes, axis=-1), 0, 255).astype(np.uint8)
    whole = cv2.resize(small, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    return flaws.as_picture(whole)

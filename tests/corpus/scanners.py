"""Scanners, fax machines and cameras: what they do to the picture of a page."""

import math
import random
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from tests.corpus.pictures import Picture

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanner:
    """One machine on one day.

    Attributes:
        name: for the document's description.
        dpi: of the picture, across; the page is drawn at it.
        dpi_down: the same, down: faxes have fewer lines.
        colour, bitonal: neither is grey.
        skew: largest turn of a page, in degrees.
        turn: quarter turns of all pages.
        blur: standard deviation, in pixels.
        noise: standard deviation, of 255.
        specks: share of the pixels that are black or white at random.
        light: how much darker one side of the page is, of 255.
        edges, holes, streaks, bleed: whether there are dark edges, punched holes, lines down the
            page, and print that shows through from the back.
        crop: largest share of the page that is cut off at a side.
        threshold: of 255, for bitonal pictures; 0 finds it from the picture.
        quality: of JPEG.
        line_errors: share of the lines that a fax garbles.
        camera: whether the page is photographed.
    """

    name: str
    dpi: int
    dpi_down: int
    colour: bool = False
    bitonal: bool = False
    skew: float = 0.5
    turn: int = 0
    blur: float = 0.0
    noise: float = 2.0
    specks: float = 0.0
    light: float = 0.0
    edges: bool = False
    holes: bool = False
    streaks: bool = False
    bleed: bool = False
    crop: float = 0.0
    threshold: int = 0
    quality: int = 80
    line_errors: float = 0.0
    camera: bool = False

    @property
    def words(self) -> str:
        """For the document's description."""
        depth = "1 bit" if self.bitonal else "colour" if self.colour else "grey"
        flaws = [
            name for name in ("edges", "holes", "streaks", "bleed") if bool(getattr(self, name))
        ]
        turned = f", turned {90 * self.turn}" if self.turn else ""
        return ", ".join(
            (
                f"{self.name} {self.dpi}x{self.dpi_down} {depth}",
                f"skew {self.skew:.1f}{turned}",
                f"blur {self.blur:.1f} noise {self.noise:.0f} specks {self.specks:.4f}",
                *flaws,
            )
        )


def clean_scanner(chance: random.Random) -> Scanner:
    """An office machine that is looked after."""
    dpi = chance.choices((150, 200, 300, 400, 600), (2, 5, 8, 2, 1))[0]
    depth = chance.choices(("grey", "colour", "bitonal"), (5, 4, 4))[0]
    return Scanner(
        name="scanner",
        dpi=max(200, dpi) if depth == "bitonal" else dpi,
        dpi_down=max(200, dpi) if depth == "bitonal" else dpi,
        colour=depth == "colour",
        bitonal=depth == "bitonal",
        skew=chance.uniform(0.0, 1.2),
        blur=chance.uniform(0.0, 0.7) * dpi / 300,
        noise=chance.uniform(0.0, 4.0),
        light=chance.uniform(0.0, 8.0),
        threshold=chance.choice((0, 0, 150, 170)),
        quality=chance.randrange(65, 95),
    )


def hard_scanner(chance: random.Random) -> Scanner:
    """A worn machine, a hurried user, or both."""
    dpi = chance.choices((100, 120, 150, 200, 300, 400, 600), (2, 2, 3, 4, 6, 1, 1))[0]
    depth = chance.choices(("grey", "colour", "bitonal"), (4, 3, 4))[0]
    return Scanner(
        name="worn scanner",
        dpi=max(150, dpi) if depth == "bitonal" else dpi,
        dpi_down=max(150, dpi) if depth == "bitonal" else dpi,
        colour=depth == "colour",
        bitonal=depth == "bitonal",
        skew=chance.uniform(0.5, 4.0),
        turn=chance.choices((0, 1, 2, 3), (6, 1, 1, 1))[0],
        blur=chance.uniform(0.2, 1.3) * max(0.5, dpi / 300),
        noise=chance.uniform(2.0, 12.0),
        specks=chance.choice((0.0, 0.0, 0.0005, 0.002)),
        light=chance.uniform(0.0, 45.0),
        edges=chance.random() < 0.3,
        holes=chance.random() < 0.3,
        streaks=chance.random() < 0.25,
        bleed=chance.random() < 0.2,
        crop=chance.choice((0.0, 0.0, 0.02)),
        threshold=chance.choice((0, 0, 130, 165)),
        quality=chance.randrange(30, 85),
    )


def fax_machine(chance: random.Random) -> Scanner:
    """ITU-T T.4: 204 pels to the inch across, 196 or 98 lines down, black and white."""
    return Scanner(
        name="fax",
        dpi=204,
        dpi_down=chance.choice((196, 196, 98)),
        bitonal=True,
        skew=chance.uniform(0.0, 1.8),
        turn=chance.choices((0, 2), (9, 1))[0],
        blur=chance.uniform(0.2, 0.8),
        noise=chance.uniform(2.0, 14.0),
        specks=chance.choice((0.0, 0.0, 0.0003, 0.0015)),
        light=chance.uniform(0.0, 20.0),
        streaks=chance.random() < 0.2,
        threshold=chance.choice((0, 140, 165, 180)),
        line_errors=chance.choice((0.0, 0.0, 0.002, 0.01)),
    )


def camera(chance: random.Random) -> Scanner:
    """A telephone held over the page; the resolution is that of the page within the picture."""
    dpi = chance.choice((150, 180, 200, 200, 240))
    return Scanner(
        name="camera",
        dpi=dpi,
        dpi_down=dpi,
        colour=chance.random() < 0.85,
        skew=chance.uniform(0.0, 7.0),
        turn=chance.choices((0, 1, 3), (7, 1, 1))[0],
        blur=chance.uniform(0.3, 1.1) * dpi / 200,
        noise=chance.uniform(2.0, 9.0),
        light=chance.uniform(20.0, 80.0),
        quality=chance.randrange(55, 92),
        camera=True,
    )


def scan(picture: Picture, scanner: Scanner, chance: random.Random) -> tuple[Picture, Matrix]:
    """The picture that the machine makes of a page, and where each point of the page went.

    The matrix takes pixels of `picture` to pixels of the result; the curl of a photographed page
    is left out of it.
    """
    if scanner.bleed:
        picture = _bled(picture)
    picture, matrix = (_photographed if scanner.camera else _fed)(picture, scanner, chance)
    if scanner.dpi_down != scanner.dpi:
        height = round(picture.shape[0] * scanner.dpi_down / scanner.dpi)
        squeeze = np.diag([1.0, height / picture.shape[0], 1.0])
        picture = _as_picture(
            cv2.resize(picture, (picture.shape[1], height), interpolation=cv2.INTER_AREA)
        )
        matrix = squeeze @ matrix
    if scanner.blur > 0.15:
        picture = _as_picture(cv2.GaussianBlur(picture, (0, 0), scanner.blur))
    picture = _lit(picture, scanner, chance)
    if scanner.noise:
        picture = _noisy(picture, scanner.noise, chance)
    if scanner.holes:
        _punch(picture, chance, scanner.dpi)
    if scanner.edges:
        _darken_edges(picture, chance)
    if scanner.streaks:
        _streak(picture, chance)
    if scanner.bitonal:
        picture = _bitonal(picture, scanner.threshold)
    if scanner.specks:
        picture = _specked(picture, scanner.specks, chance)
    if scanner.line_errors:
        _garble(picture, scanner.line_errors, chance)
    for _ in range(scanner.turn):
        # A quarter clockwise: (x, y) goes to (height - y, x).
        quarter = np.array([[0.0, -1.0, picture.shape[0]], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
        matrix = quarter @ matrix
        picture = np.rot90(picture, -1)
    return np.ascontiguousarray(picture), matrix


def _as_picture(array: npt.ArrayLike) -> Picture:
    return np.asarray(array).astype(np.uint8, copy=False)


def _ground(picture: Picture, value: int) -> tuple[int, ...]:
    return (value,) * (1 if picture.ndim == 2 else 3)


def _bled(picture: Picture) -> Picture:
    back = 255 - (255 - picture[:, ::-1].astype(np.int16)) // 9
    return np.minimum(picture, back.astype(np.uint8))


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
        picture, matrix[:2], size, flags=cv2.INTER_LINEAR, borderValue=_ground(picture, lid)
    )
    return _as_picture(moved), matrix


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
    mask = np.full((height, width), 255, np.uint8)
    page = cv2.warpPerspective(picture, matrix, (across, down), flags=cv2.INTER_LINEAR)
    cover = cv2.warpPerspective(mask, matrix, (across, down)) > 127
    shot[cover] = page[cover]
    curl = chance.uniform(0.0, 0.006) * down
    if curl > 1:
        bend = chance.uniform(0.5, 1.5) * math.pi
        x, y = np.meshgrid(np.arange(across, dtype=np.float32), np.arange(down, dtype=np.float32))
        y = y + np.float32(curl) * np.sin(x * np.float32(bend / across)).astype(np.float32)
        shot = _as_picture(cv2.remap(shot, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT))
    return shot, matrix


def _table(picture: Picture, shape: tuple[int, int], chance: random.Random) -> Picture:
    """What lies under the page: wood, cloth or plain, lighter or darker."""
    source = np.random.default_rng(chance.randrange(2**32))
    coarse = source.normal(0, 1, (max(2, shape[0] // 40), max(2, shape[1] // 400)))
    grain = np.asarray(
        cv2.resize(coarse.astype(np.float32), (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    )
    tone = np.array(
        chance.choice(((120, 85, 60), (70, 70, 75), (160, 150, 140), (45, 50, 60))), np.float32
    )
    field = grain * chance.uniform(2, 14)
    if picture.ndim == 2:
        return _as_picture(np.clip(field + tone.mean(), 0, 255))
    return _as_picture(np.clip(field[..., None] + tone, 0, 255))


def _lit(picture: Picture, scanner: Scanner, chance: random.Random) -> Picture:
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
        whole = np.repeat(whole[..., None], 3, axis=2)
    return _as_picture(cv2.multiply(picture, whole, dtype=cv2.CV_8U))


def _noisy(picture: Picture, level: float, chance: random.Random) -> Picture:
    # One tile of noise is enough for a page; a place to begin makes each page its own.
    source = np.random.default_rng(chance.randrange(2**32))
    tile = source.normal(0, level, (521, 523, *picture.shape[2:])).astype(np.int16)
    repeat = (-(-picture.shape[0] // 521), -(-picture.shape[1] // 523))
    whole = np.tile(tile, repeat + (1,) * (picture.ndim - 2))
    whole = whole[: picture.shape[0], : picture.shape[1]]
    return _as_picture(cv2.add(picture, whole, dtype=cv2.CV_8U))


def _punch(picture: Picture, chance: random.Random, dpi: int) -> None:
    height = picture.shape[0]
    across = round(dpi * chance.uniform(0.35, 0.5))
    for share in (0.5 - 40 / 297, 0.5 + 40 / 297):
        at = (across, round(height * share))
        cv2.circle(picture, at, round(dpi * 0.12), _ground(picture, chance.randrange(70)), -1)


def _darken_edges(picture: Picture, chance: random.Random) -> None:
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


def _streak(picture: Picture, chance: random.Random) -> None:
    width = picture.shape[1]
    for _ in range(chance.randrange(1, 4)):
        at, wide = chance.randrange(width), chance.randrange(1, 4)
        shade = chance.choice((chance.randrange(0, 120), 255))
        picture[:, at : at + wide] = shade


def _bitonal(picture: Picture, threshold: int) -> Picture:
    kind = cv2.THRESH_BINARY | (0 if threshold else cv2.THRESH_OTSU)
    return _as_picture(cv2.threshold(picture, threshold, 255, kind)[1])


def _specked(picture: Picture, share: float, chance: random.Random) -> Picture:
    source = np.random.default_rng(chance.randrange(2**32))
    height, width = picture.shape[:2]
    count = round(share * height * width)
    picture = picture.copy()
    rows, columns = source.integers(0, height, count), source.integers(0, width, count)
    values = source.choice(np.array([0, 255], np.uint8), count)
    picture[rows, columns] = values if picture.ndim == 2 else values[:, None]
    return picture


def _garble(picture: Picture, share: float, chance: random.Random) -> None:
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

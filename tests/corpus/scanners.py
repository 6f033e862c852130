"""Scanners, fax machines and cameras: what each of them is like."""

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanner:
    """One machine on one day.

    Attributes:
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
    def traits(self) -> dict[str, str]:
        """For the document's description."""
        flaws = [
            name for name in ("edges", "holes", "streaks", "bleed") if bool(getattr(self, name))
        ]
        return {
            "dpi": f"{self.dpi} x {self.dpi_down}",
            "depth": "1 bit" if self.bitonal else "colour" if self.colour else "grey",
            "turned": f"{90 * self.turn} degrees",
            "skew": f"up to {self.skew:.0f} degrees",
            "blur": f"{self.blur:.1f} pixels",
            "noise": f"{5 * round(self.noise / 5)} of 255",
            "specks": f"{self.specks:.4f}",
            "flaws": ", ".join(flaws) or "none",
        }


def clean_scanner(chance: random.Random) -> Scanner:
    """An office machine that is looked after."""
    dpi = chance.choices((150, 200, 300, 400, 600), (2, 5, 8, 2, 1))[0]
    depth = chance.choices(("grey", "colour", "bitonal"), (5, 4, 4))[0]
    return Scanner(
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

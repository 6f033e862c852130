"""The fonts of this machine that can show the six languages."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

_FOLDER = Path("/usr/share/fonts")
_EUROPE = ("en", "fr", "es", "ru")


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A typeface in two weights.

    Attributes:
        name: as the PDF calls it.
        regular, bold: files, relative to the folder of fonts.
        languages: that it can show.
        outlines: whether they are TrueType outlines, which can be embedded in a PDF here.
    """

    name: str
    regular: str
    bold: str
    languages: tuple[str, ...]
    outlines: bool = True

    def there(self) -> bool:
        """Whether both files are on this machine."""
        return all((_FOLDER / each).is_file() for each in (self.regular, self.bold))

    def file(self, *, bold: bool = False) -> str:
        """The path of one weight."""
        return str(_FOLDER / (self.bold if bold else self.regular))


def _dejavu(name: str, family: str) -> Face:
    folder = "truetype/dejavu/DejaVu"
    return Face(
        name=name,
        regular=f"{folder}{family}.ttf",
        bold=f"{folder}{family}-Bold.ttf",
        languages=(*_EUROPE, "ar") if family == "Sans" else _EUROPE,
    )


def _liberation(name: str, family: str) -> Face:
    folder = f"truetype/liberation/Liberation{family}"
    return Face(
        name=name,
        regular=f"{folder}-Regular.ttf",
        bold=f"{folder}-Bold.ttf",
        languages=_EUROPE,
    )


FACES = (
    _dejavu("DejaVuSans", "Sans"),
    _dejavu("DejaVuSansCondensed", "SansCondensed"),
    _dejavu("DejaVuSerif", "Serif"),
    _liberation("LiberationSans", "Sans"),
    _liberation("LiberationSerif", "Serif"),
    _liberation("LiberationSansNarrow", "SansNarrow"),
    _liberation("LiberationMono", "Mono"),
    Face(
        name="NotoNaskhArabic",
        regular="truetype/noto/NotoNaskhArabic-Regular.ttf",
        bold="truetype/noto/NotoNaskhArabic-Bold.ttf",
        languages=("ar",),
    ),
    Face(
        name="NotoSansCJK",
        regular="opentype/noto/NotoSansCJK-Regular.ttc",
        bold="opentype/noto/NotoSansCJK-Bold.ttc",
        languages=("zh",),
        outlines=False,
    ),
    Face(
        name="NotoSerifCJK",
        regular="opentype/noto/NotoSerifCJK-Regular.ttc",
        bold="opentype/noto/NotoSerifCJK-Bold.ttc",
        languages=("zh",),
        outlines=False,
    ),
)


@lru_cache
def faces(language: str) -> tuple[Face, ...]:
    """The faces on this machine that can show a language; none where it has no such font."""
    return tuple(face for face in FACES if language in face.languages and face.there())


@lru_cache(maxsize=256)
def opened(path: str, pixels: int) -> ImageFont.FreeTypeFont:
    """A font file at a size, for drawing and measuring."""
    return ImageFont.truetype(path, pixels)


@lru_cache(maxsize=20_000)
def width(words: str, path: str) -> float:
    """The advance of words at the size of one point, in points."""
    return opened(path, 64).getlength(words) / 64

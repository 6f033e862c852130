"""The fonts of this machine that can show the six languages."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

_FOLDER = Path("/usr/share/fonts")
_EUROPE = ("en", "fr", "es", "ru")
#: What a face without Latin letters takes from another: names, numbers and what parts or holds them.
_LATIN = re.compile(r"[!-~]+(?: +[!-~]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A typeface in two weights.

    Attributes:
        name: as the PDF calls it.
        regular, bold: files, relative to the folder of fonts.
        languages: that it can show.
        outlines: whether they are TrueType outlines, which can be embedded in a PDF here.
        latin: the family of Liberation that its Latin letters come from; None where it has its own.
    """

    name: str
    regular: str
    bold: str
    languages: tuple[str, ...]
    outlines: bool = True
    latin: str | None = None

    def there(self) -> bool:
        """Whether both files are on this machine."""
        return all((_FOLDER / each).is_file() for each in (self.regular, self.bold))

    def file(self, *, bold: bool = False) -> str:
        """The path of one weight."""
        return str(_FOLDER / (self.bold if bold else self.regular))

    def pieces(self, text: str, *, bold: bool = False) -> list[tuple[str, str]]:
        """Parts of a text in logical order, each with the path of what it is set in."""
        path = self.file(bold=bold)
        if self.latin is None:
            return [(text, path)]
        weight = "Bold" if bold else "Regular"
        other = str(_FOLDER / f"truetype/liberation/Liberation{self.latin}-{weight}.ttf")
        found: list[tuple[str, str]] = []
        at = 0
        for match in _LATIN.finditer(text):
            found.append((text[at : match.start()], path))
            # Parentheses turn round where the script runs from right to left: each by itself.
            found.extend((part, other) for part in re.findall(r"[()]|[^()]+", match.group()))
            at = match.end()
        return [piece for piece in (*found, (text[at:], path)) if piece[0]]

    def width(self, text: str, *, bold: bool = False) -> float:
        """The advance of words at the size of one point, in points."""
        return sum(width(*piece) for piece in self.pieces(text, bold=bold))


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
        latin="Serif",
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

"""The pictures of a file's pages: out of a PDF, a TIFF with several pages, a PNG, JPEG, GIF or HEIC."""

import importlib
import importlib.util
import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from parsers.document import NotReadableError
from parsers.identify import identify
from parsers.reading import Doubt, Format

#: A picture in shades of grey, 0 black to 255 white.
Grey: TypeAlias = NDArray[np.uint8]

#: A form has three to six pages; what comes after so many is not looked at, and said.
MOST_PAGES = 40
#: A3 at 600 dpi. A larger picture is none of a form.
MOST_PIXELS = 72_000_000
_FEWEST_PIXELS = 60
#: Resolutions that a file may claim and be believed.
_LOWEST_DPI, _HIGHEST_DPI = 60.0, 1300.0

#: Whether the optional library for HEIC is there; Pillow then opens those files, too.
CAN_READ_HEIC = importlib.util.find_spec("pillow_heif") is not None
if CAN_READ_HEIC:
    importlib.import_module("pillow_heif").register_heif_opener()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PagePicture:
    """One page as it came.

    Attributes:
        number: of the page, from 1.
        pixels: in shades of grey.
        dpi: across and down; None where the file does not say it.
    """

    number: int
    pixels: Grey
    dpi: tuple[float, float] | None = None


class Pictures:
    """The pages of a picture file, one after the other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        #: Why something in it was not looked at.
        self.doubts: list[Doubt] = []

    def pages(self) -> Iterator[PagePicture]:
        """Decodes page by page, so that only one is held at a time.

        Raises:
            NotReadableError: a file that is no picture, or a damaged or monstrous one.
        """
        try:
            with warnings.catch_warnings():
                # Damaged metadata is no reason not to look at the picture.
                warnings.simplefilter("ignore")
                with Image.open(io.BytesIO(self._data)) as image:
                    yield from self._frames(image)
        except UnidentifiedImageError as error:
            if not CAN_READ_HEIC and identify(self._data) is Format.HEIC:
                raise NotReadableError(
                    Doubt.FORMAT_NOT_READ,
                    "a HEIC photograph; install tsbbot[heic], or ask for a JPEG or PDF",
                ) from error
            raise NotReadableError(
                Doubt.UNREADABLE, "the picture is damaged or of an unknown kind"
            ) from error
        except Image.DecompressionBombError as error:
            raise NotReadableError(Doubt.TOO_LARGE, "the picture is too large") from error

    def _frames(self, image: Image.Image) -> Iterator[PagePicture]:
        for index, frame in enumerate(ImageSequence.Iterator(image)):
            if index >= MOST_PAGES:
                self.doubts.append(Doubt.TOO_LARGE)
                return
            if frame.width * frame.height > MOST_PIXELS:
                self.doubts.append(Doubt.TOO_LARGE)
                continue
            if min(frame.size) < _FEWEST_PIXELS:
                continue
            try:
                pixels = _grey(frame)
            except (OSError, ValueError, SyntaxError, EOFError, MemoryError):
                self.doubts.append(Doubt.UNREADABLE)
                continue
            yield PagePicture(number=index + 1, pixels=pixels, dpi=_dpi(frame))


def _grey(frame: Image.Image) -> Grey:
    """In shades of grey, turned as the camera was held (Exif 2.3, orientation), on white."""
    upright: Image.Image = ImageOps.exif_transpose(frame)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        layered = upright.convert("RGBA")
        paper = Image.new("RGBA", layered.size, "white")
        upright = Image.alpha_composite(paper, layered)
    if upright.mode.startswith(("I", "F")):
        deep = np.asarray(upright, dtype=np.float32)
        deep -= float(deep.min())
        return np.asarray(deep * (255.0 / max(1.0, float(deep.max()))), dtype=np.uint8)
    if upright.mode in ("RGB", "RGBA"):
        return ink_of(np.asarray(upright.convert("RGB")))
    return np.array(upright.convert("L"), dtype=np.uint8)


def ink_of(colour: NDArray[np.uint8]) -> Grey:
    """Shades of grey in which ink of any colour is dark: between the mean and the darkest channel.

    Args:
        colour: rows of pixels of three channels, in either order.
    """
    darkest = cv2.min(cv2.min(colour[:, :, 0], colour[:, :, 1]), colour[:, :, 2])
    return np.asarray(
        cv2.addWeighted(cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY), 0.5, darkest, 0.5, 0),
        dtype=np.uint8,
    )


def _dpi(frame: Image.Image) -> tuple[float, float] | None:
    try:
        across, down = (float(each) for each in frame.info.get("dpi", ()))
    except (TypeError, ValueError):
        return None
    if not all(_LOWEST_DPI <= each <= _HIGHEST_DPI for each in (across, down)):
        return None
    return across, down

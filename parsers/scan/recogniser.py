"""Reading lines of print: RapidOCR's recogniser on crops, with how sure it is of each character.

The model (PP-OCRv6 small) is the one in RapidOCR's wheel. It knows Latin letters, digits and
Chinese; of Cyrillic and Arabic it makes something of the same look. It is run directly, because
its certainty of every single digit is wanted, which RapidOCR's own interface averages away.
"""

import importlib.util
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import onnxruntime  # type: ignore[import-untyped]  # it ships no types
from numpy.typing import NDArray

from parsers.scan.pictures import Grey

#: Rows of pixels that the model takes.
_HEIGHT = 48
#: Columns of the narrowest and the widest crop; a longer line is squeezed.
_NARROWEST, _WIDEST = 64, 1200
#: Letters and figures that only the place they stand in tells apart.
_ALIKE = ("0Oo", "1Il|")
#: Beyond this lean of the classifier's votes a page is turned, or is not.
_SURELY_TURNED = 0.45
#: Lines that are read where the classifier cannot tell.
_READ_TO_TELL = 2
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one line of print says.

    Attributes:
        text: as recognised.
        certainty: per character of `text`, 0 to 1.
        at: where each character stands, as a share of the crop's width.
    """

    text: str
    certainty: tuple[float, ...]
    at: tuple[float, ...] = ()

    def least(self, start: int, end: int) -> float:
        """How sure the least sure letter or digit of a part is; 0 where there is none."""
        part = zip(self.text[start:end], self.certainty[start:end], strict=True)
        return min((certainty for char, certainty in part if char.isalnum()), default=0.0)

    @property
    def sureness(self) -> float:
        """The mean of its characters' certainty; 0 where nothing was recognised."""
        return sum(self.certainty) / len(self.certainty) if self.certainty else 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Engine:
    letters: onnxruntime.InferenceSession
    turned: onnxruntime.InferenceSession
    characters: tuple[str, ...]
    #: Place of a character -> places of all that look like it, its own among them.
    alike: Mapping[int, tuple[int, ...]]


@lru_cache(maxsize=1)
def _engine() -> _Engine:
    """Built when the first line comes; one thread, so that each process uses one core."""
    found = importlib.util.find_spec("rapidocr")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("rapidocr is not installed", name="rapidocr")
    models = Path(found.origin).parent / "models"
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    sessions = [
        onnxruntime.InferenceSession(
            str(models / name), options, providers=["CPUExecutionProvider"]
        )
        for name in ("PP-OCRv6_rec_small.onnx", "ch_ppocr_mobile_v2.0_cls_mobile.onnx")
    ]
    listed = sessions[0].get_modelmeta().custom_metadata_map["character"].splitlines()
    # Class 0 is "no character" (CTC), the one after the list is the space.
    characters = ("", *listed, " ")
    places = {char: index for index, char in enumerate(characters)}
    alike = {
        places[char]: tuple(places[each] for each in group if each in places)
        for group in _ALIKE
        for char in group
        if char in places
    }
    return _Engine(letters=sessions[0], turned=sessions[1], characters=characters, alike=alike)


def recognise(crop: Grey) -> Line:
    """Reads one line of print.

    Args:
        crop: dark on light, upright, with a little paper round it.
    """
    if min(crop.shape) < 4:
        return Line(text="", certainty=())
    width = int(np.clip(round(crop.shape[1] * _HEIGHT / crop.shape[0]), _NARROWEST, _WIDEST))
    shrinks = crop.shape[0] > _HEIGHT
    scaled = cv2.resize(
        crop, (width, _HEIGHT), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
    )
    engine = _engine()
    with _LOCK:
        output = engine.letters.run(
            None, {engine.letters.get_inputs()[0].name: _tensor(np.asarray(scaled, dtype=np.uint8))}
        )
    scores = np.asarray(output[0])[0]
    best = scores.argmax(axis=1)
    text: list[str] = []
    certainty: list[float] = []
    at: list[float] = []
    before = 0
    for step, character in enumerate(best):
        if character and character != before:
            text.append(engine.characters[character])
            certainty.append(_certainty(engine, scores[step], int(character)))
            at.append((step + 0.5) / len(best))
        elif character:
            certainty[-1] = max(certainty[-1], _certainty(engine, scores[step], int(character)))
        before = character
    return Line(text="".join(text), certainty=tuple(certainty), at=tuple(at))


def _certainty(engine: _Engine, scores: NDArray[np.float32], character: int) -> float:
    """How sure a character is, those that look the same taken for one: its place tells them apart."""
    return float(sum(scores[each] for each in engine.alike.get(character, (character,))))


def upside_down(crops: Sequence[Grey]) -> bool:
    """Whether lines of print stand on their heads.

    Args:
        crops: of lines of one page, the clearest first.
    """
    lean = float(np.mean([_headlong(crop) - _headlong(crop[::-1, ::-1]) for crop in crops] or [0]))
    if abs(lean) > _SURELY_TURNED:
        return lean > 0
    # The small model cannot tell: reading a few words either way round does.
    starts = [crop[:, : crop.shape[0] * 8] for crop in crops[:_READ_TO_TELL]]
    upright = sum(recognise(crop).sureness for crop in starts)
    turned = sum(recognise(np.ascontiguousarray(crop[::-1, ::-1])).sureness for crop in starts)
    return turned > upright


def _headlong(crop: Grey) -> float:
    """How likely a line stands on its head, by RapidOCR's classifier of directions."""
    engine = _engine()
    width = min(192, max(48, round(crop.shape[1] * _HEIGHT / crop.shape[0])))
    scaled = cv2.resize(crop[:, : crop.shape[0] * 4], (width, _HEIGHT))
    padded = np.full((_HEIGHT, 192), 255, dtype=np.uint8)
    padded[:, :width] = scaled
    with _LOCK:
        output = engine.turned.run(None, {engine.turned.get_inputs()[0].name: _tensor(padded)})
    return float(np.asarray(output[0])[0][1])


def _tensor(grey: Grey) -> NDArray[np.float32]:
    plane = grey.astype(np.float32) / 127.5 - 1.0
    return np.repeat(plane[np.newaxis, np.newaxis], 3, axis=1)

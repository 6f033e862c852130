"""The circulars that ship: the folder circulars/ beside the packages."""

from pathlib import Path
from typing import Final

from bot.circulars.toml_file import load_circular
from bot.consultation.circular import Circular

#: In a checkout and in an editable installation; a wheel ships none.
FOLDER: Final = Path(__file__).resolve().parents[2] / "circulars"


def shipped_circulars(folder: Path = FOLDER) -> tuple[Circular, ...]:
    """The data of every circular of a folder, by number; empty where there is no such folder.

    Raises:
        CircularError: one of the files does not describe a circular.
    """
    circulars = (load_circular(path) for path in sorted(folder.glob("*.toml")))
    return tuple(sorted(circulars, key=lambda circular: circular.number))

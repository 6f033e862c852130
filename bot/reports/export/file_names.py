"""Names for files that came by mail: safe on every file system, never twice, true in their ending.

What is refused: Win32 reserved characters and device names, trailing dots and spaces, separators,
control characters, marks that turn the direction of text round (UAX #9) and so hide an ending.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Final

#: Bytes of a name in UTF-8; file systems take 255, and synchronised folders often less.
LONGEST: Final = 150
#: Bytes of it that the ending may take.
_LONGEST_ENDING = 12

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_DEVICES = re.compile(
    r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)", re.IGNORECASE
)

#: Format by content -> the endings that it may keep; the first is given where it has none of them.
_ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "docx": (".docx",),
    "pdf": (".pdf",),
    "doc": (".doc",),
    "odt": (".odt",),
    "rtf": (".rtf",),
    "html": (".html", ".htm"),
    "text": (".txt", ".csv", ".md"),
    "tiff": (".tif", ".tiff"),
    "png": (".png",),
    "jpeg": (".jpg", ".jpeg"),
    "gif": (".gif",),
    "heic": (".heic", ".heif"),
    "zip": (".zip",),
    "msg": (".msg",),
    "tnef": (".dat",),
    "eml": (".eml",),
    "spreadsheet": (".xlsx", ".xls", ".ods"),
    "presentation": (".pptx", ".ppt", ".odp"),
}
_UNKNOWN = (".bin",)


def safe_name(filename: str | None, *, format_: str) -> str:
    """A name that can be written anywhere and ends as its content does.

    Args:
        filename: as sent; None or nothing usable gives "attachment".
        format_: by content (`parsers.reading.Format`): a program that calls itself "form.docx.exe"
            gets another ending.
    """
    stem, ending = _split(_cleaned(filename or ""), _ENDINGS.get(format_, _UNKNOWN))
    stem = stem.strip(" .") or "attachment"
    if _DEVICES.match(stem):
        stem = f"_{stem}"
    return _cut(stem, LONGEST - len(ending.encode())) + ending


def unique_name(name: str, taken: Collection[str]) -> str:
    """The name, or that name with a number where it is taken.

    Args:
        name: a safe one.
        taken: the folded names (`folded`) that are there.
    """
    if folded(name) not in taken:
        return name
    stem, dot, ending = name.rpartition(".")
    number = 2
    while True:
        numbered = f"{stem} ({number}){dot}{ending}"
        if folded(numbered) not in taken:
            return numbered
        number += 1


def folded(name: str) -> str:
    """What two names have in common that some file system takes for the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _cleaned(filename: str) -> str:
    known = "".join(
        " " if char.isspace() else char
        for char in unicodedata.normalize("NFC", filename)
        # Cc, Cf, Cs, Co, Cn: controls, marks of direction, halves of characters, unassigned.
        if char.isspace() or unicodedata.category(char)[0] != "C"
    )
    return re.sub(r" +", " ", _FORBIDDEN.sub("_", known)).strip(" .")


def _split(name: str, endings: tuple[str, ...]) -> tuple[str, str]:
    """The name without its ending, and the ending that it shall have."""
    stem, dot, last = name.rpartition(".")
    if dot and f".{last.lower()}" in endings and len(last) < _LONGEST_ENDING:
        return stem, f".{last.lower()}"
    return name, endings[0]


def _cut(stem: str, most: int) -> str:
    """At most so many bytes of UTF-8, no character of them half."""
    return stem.encode("utf-8")[:most].decode("utf-8", "ignore").rstrip(" .") or "attachment"

"""The tables at the head of a document: fonts and colours."""

from dataclasses import replace

from parsers.office.rtf.characters import Font
from parsers.office.rtf.story import Setting

#: More entries than any document has.
_MOST = 10_000


class FontTable:
    """The font table while its group is read."""

    def __init__(self, setting: Setting) -> None:
        self._fonts = setting.fonts
        self._number = 0
        self._name = bytearray()

    def word(self, word: str, number: int | None) -> None:
        """A control word of the table."""
        if word == "f":
            self._number = number or 0
        elif word == "fcharset":
            self._change(charset=number)

    def text(self, data: bytes) -> None:
        """A piece of a font's name, which a semicolon ends."""
        self._name += data
        if self._name.endswith(b";"):
            self._change(name=bytes(self._name).decode("latin-1").strip(" ;"))
            self._name.clear()

    def _change(self, **said: object) -> None:
        if len(self._fonts) < _MOST:
            font = self._fonts.get(self._number, Font())
            self._fonts[self._number] = replace(font, **said)  # type: ignore[arg-type]  # two names


class ColourTable:
    """The colour table while its group is read."""

    def __init__(self, setting: Setting) -> None:
        self._colours = setting.colours
        self._number = 0
        self._levels: dict[str, int] = {}

    def word(self, word: str, number: int | None) -> None:
        """A control word of the table."""
        if word in ("red", "green", "blue"):
            self._levels[word] = min(max(0, number or 0), 255)

    def text(self, data: bytes) -> None:
        """The semicolons that end colours; one without levels is automatic."""
        for _ in range(data.count(b";")):
            if self._levels and len(self._colours) < _MOST:
                levels = (self._levels.get(name, 0) for name in ("red", "green", "blue"))
                self._colours[self._number] = "".join(f"{each:02X}" for each in levels)
            self._levels = {}
            self._number += 1

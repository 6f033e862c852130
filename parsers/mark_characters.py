"""Characters that are check boxes, ticks or crosses, also where only a symbol font makes them so.

A symbol font gives letters another look: "þ" in Wingdings is a box with a tick. Such fonts are
addressed by their codes 20-FF, or by the same codes raised to the private use area, F020-F0FF
(ECMA-376 Part 1, 17.3.3.30). What each code looks like is what Unicode 7.0 took those fonts' signs
in as (L2/11-052, L2/12-368). Wingdings 3 holds arrows only.
"""

import re
from functools import lru_cache

from parsers.reading import Mark

_EMPTY = "☐□▢◻◽⬜❏❐❑❒🗆🞎🞏🞐🞑🞒⬚🔲"
_MARKED = "☑☒⊠⌧⮽🗹🗷🗵⛝❎■▣◼⬛◾⯀🔳"
#: Round marks: a form of this kind has no radio buttons, so a person looks. "○" and "⃝" are none.
_DOUBTFUL = "◉⦿●⚫🔘⊗⮾⮿ⓧⓍ⊡⊟🗳"

#: Marks that stand for themselves wherever they stand.
SYMBOL_MARKS = "✓✔✗✘✕✖×√☓╳⨯⨉❌✅🗙🗴🗶🗸🗴"
#: Letters that stand for a mark where they are a word of their own.
LETTER_MARKS = "XxХхΧχＸｘ"
#: Typed as a tick, but also a numeral and a letter: a person looks unless it stands in a box.
UNSURE_MARKS = "vVｖＶ✠"

_STATES: dict[str, Mark] = {
    **dict.fromkeys(_EMPTY, Mark.EMPTY),
    **dict.fromkeys(_MARKED, Mark.MARKED),
    **dict.fromkeys(_DOUBTFUL, Mark.DOUBTFUL),
}
_MARKS = frozenset(SYMBOL_MARKS + LETTER_MARKS + UNSURE_MARKS)

#: What a run of text must hold to be looked at more closely.
BOX_CHARACTER = re.compile(f"[{_EMPTY}{_MARKED}{_DOUBTFUL}]")

#: Symbol font -> code -> the character of Unicode that looks like it.
_SYMBOL_FONTS: dict[str, dict[int, str]] = {
    "wingdings": {
        0x6C: "●", 0x6E: "◼", 0x6F: "🞏", 0x70: "🞐", 0x71: "❑", 0x72: "❒", 0x78: "⌧", 0xA4: "◉",
        0xA8: "🞎", 0xFB: "🗶", 0xFC: "✓", 0xFD: "🗷", 0xFE: "🗹",
    },
    "wingdings2": {
        0x2A: "🗆", 0x4F: "🗴", 0x50: "🗸", 0x51: "🗵", 0x52: "☑", 0x53: "⮽", 0x54: "☒", 0x55: "⮾",
        0x56: "⮿", 0x98: "●", 0x9E: "⦿", 0xA1: "◾", 0xA2: "■", 0xA3: "□", 0xA4: "🞑", 0xA5: "🞒",
        0xA8: "▣",
    },
    "wingdings3": {},
    "webdings": {0x61: "✔", 0x63: "⬜", 0x67: "⬛", 0x6E: "⚫", 0x72: "🗙"},
    "symbol": {0xB4: "×", 0xC4: "⊗", 0xD6: "√"},
    "marlett": {0x61: "✓", 0x62: "✔", 0x72: "🗙"},
    "zapfdingbats": {
        0x33: "✓", 0x34: "✔", 0x35: "✕", 0x36: "✖", 0x37: "✗", 0x38: "✘", 0x6C: "●", 0x6E: "■",
        0x6F: "❏", 0x70: "❐", 0x71: "❑", 0x72: "❒",
    },
}  # fmt: skip
#: Microsoft's interface fonts keep their signs in the private use area; the others are Unicode.
_SEGOE: dict[int, str] = {
    0xE001: "✓", 0xE002: "■", 0xE003: "☐", 0xE004: "⊟", 0xE0A2: "☑", 0xE0E7: "✓", 0xE10A: "✕",
    0xE10B: "✓", 0xE711: "✕", 0xE739: "☐", 0xE73A: "☑", 0xE73B: "■", 0xE73C: "⊟", 0xE73D: "☑",
    0xE73E: "✓",
}  # fmt: skip
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_PRIVATE = range(0xF020, 0xF100)


@lru_cache(maxsize=256)
def _family(font: str | None) -> str:
    """The symbol font that a font's name means, "segoe", or "" for a font of letters."""
    if not font:
        return ""
    name = re.sub(r"[\s_-]|regular$|itc", "", _SUBSET.sub("", font).casefold())
    if name in ("symbolmt", "symbolps", "standardsymbolsl", "standardsymbolsps"):
        return "symbol"
    if name in ("dingbats", "d050000l"):
        return "zapfdingbats"
    if name.startswith("segoe"):
        return "segoe"
    return name if name in _SYMBOL_FONTS else ""


def is_symbol_font(font: str | None) -> bool:
    """Whether the font shows signs in the place of letters."""
    return _family(font) in _SYMBOL_FONTS


def shown_character(char: str, font: str | None) -> str:
    """The character of Unicode that looks like this one in this font; `char` where nothing is known.

    A letter that would be a mark in a font of letters, but is another sign in a symbol font, comes
    back as "✠" (which is what "X" is in Wingdings): somebody typed a mark without seeing it.
    """
    code = ord(char)
    family = _family(font)
    if family == "segoe":
        return _SEGOE.get(code, char)
    if family:
        found = _SYMBOL_FONTS[family].get(code - 0xF000 if code in _PRIVATE else code)
        if found is not None:
            return found
        low = chr(code - 0xF000) if code in _PRIVATE else char
        return "✠" if low in LETTER_MARKS or low in "vV" else char
    if code in _PRIVATE:
        return _unknown_font(code - 0xF000, char)
    return char


def _unknown_font(code: int, char: str) -> str:
    """A private code whose font is lost: clear only where the fonts in use agree on its state."""
    looks = {
        _SYMBOL_FONTS[name][code]
        for name in ("wingdings", "wingdings2")
        if code in _SYMBOL_FONTS[name]
    }
    if len({_STATES.get(look) for look in looks}) == 1:
        return min(looks)
    return "⊡" if looks else char


def is_undetermined(char: str, font: str | None) -> bool:
    """Whether a character is a box of which the lost symbol font alone would say the state.

    That is so in PDFs of LibreOffice: it draws another font's sign and keeps the old code.
    """
    return ord(char) in _PRIVATE and not _family(font) and shown_character(char, font) == "⊡"


def box_character(char: str, font: str | None = None) -> Mark | None:
    """The state of a character that is a check box; None for one that is none.

    Args:
        char: one character.
        font: the font's name as the document gives it; None where it is not known.
    """
    return _STATES.get(shown_character(char, font))


def mark_character(char: str, font: str | None = None) -> bool:
    """Whether a character is a tick or cross without a box, if it is a word of its own."""
    return shown_character(char, font) in _MARKS

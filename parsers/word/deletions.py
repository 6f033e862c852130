"""Tracked deletions (ECMA-376 Part 1, 17.13.5): what stood there is noted, not read."""

from dataclasses import dataclass

from lxml import etree

from parsers.mark_characters import box_character, mark_character
from parsers.reading import Mark
from parsers.word.names import W14_CHECKED, W, on_off, symbol_character

#: What a box of typed characters is made of, beside its mark.
_BRACKETS = "[](){}|_ \t\xa0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """What a w:del or w:moveFrom took away.

    Attributes:
        box: a box.
        words: words, a mark, or a box that was marked: Word shows it struck through, and what stays
            is not all that a reader sees. An empty box that made way for a marked one is none.
    """

    box: bool
    words: bool


def deletion_of(element: etree._Element) -> Deletion:
    """Looks at a tracked deletion."""
    left = "".join(each.text or "" for each in element.iter(W + "delText", W + "t"))
    rest = "".join(char for char in left if box_character(char) is None).strip()
    box = rest != left.strip() or bool(rest and not rest.strip(_BRACKETS))
    held = next(element.iter(W + "sym", W + "checkBox", W + "sdt"), None) is not None
    marked = (
        any(box_character(char) not in (None, Mark.EMPTY) for char in left)
        or any(_is_marked(each) for each in element.iter(W + "sym"))
        or any(_is_on(each) for each in element.iter(W + "checked", W + "default", W14_CHECKED))
    )
    return Deletion(box=box or held, words=marked or bool(rest.strip(_BRACKETS)))


def _is_marked(symbol: etree._Element) -> bool:
    char, font = symbol_character(symbol), symbol.get(W + "font")
    if char is None:
        return False
    return box_character(char, font) not in (None, Mark.EMPTY) or mark_character(char, font)


def _is_on(state: etree._Element) -> bool:
    value = next((str(value) for value in state.attrib.values()), None)
    return on_off(value) is not False

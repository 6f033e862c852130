"""Marks in running text that belong to no box, or strike it through."""

import re
from collections.abc import Iterable

from parsers.mark_characters import LETTER_MARKS, SYMBOL_MARKS, UNSURE_MARKS
from parsers.reading import Box

#: A letter that may be a mark, or two; as a word of its own.
MARK_WORD = rf"(?:[{LETTER_MARKS}]{{1,2}}|[{UNSURE_MARKS}])"
_STRAY = re.compile(
    rf"(?<![^\s(\[{{\x00]){MARK_WORD}(?=[\s)\]}}:;,!]|\.(?:\s|$)|$)(?![\s\x00]?\.[\s\x00]?\d)"
    rf"|[{SYMBOL_MARKS}✠]"
)
#: A letter X that numbers or names something: "Annex X", "the X series", "Part X".
_NAMED_BEFORE = re.compile(
    r"(?:annex[eo]?|appendi(?:x|ces)|ap[ée]ndice|part[ie]?|parte|chapter|chapitre|section|figure|"
    r"s[ée]rie(?:s)?|серии|серия|приложени[ея]|часть)\s*$",
    re.IGNORECASE,
)
#: The same where the name follows the letter.
NAMED_AFTER = re.compile(r"\s*(?:series|-series|系列|建议书)", re.IGNORECASE)

#: Characters that draw a stroke over the one before them (Unicode 0335-0338, 20D2 and on); not the
#: rings, one of which the form itself has.
_OVERLAYS = re.compile("[\u0335-\u0338\u20d2\u20d3\u20d8-\u20da\u20e0\u20e5\u20e6\u20ea\u20eb]")


def struck_characters(text: str) -> bool:
    """Whether text is struck through by characters that lie over it ("n\u0336o\u0336")."""
    return _OVERLAYS.search(text) is not None


def stray_marks(items: Iterable[str | Box]) -> bool:
    """Whether a mark stands in the text that belongs to no box: at the end of a label, or within.

    Not a mark: a sign between two numbers ("3 × 4"), a letter that names something ("Annex X").
    """
    return any(_has_stray(item) for item in items if isinstance(item, str))


def _has_stray(text: str) -> bool:
    for match in _STRAY.finditer(text):
        # As much as any of the words before it could take.
        before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() :]
        if between_numbers(before, after):
            continue
        if match.group() in "vVｖＶ" and after.strip(" )]}.:;,!"):
            continue
        if _NAMED_BEFORE.search(before) or NAMED_AFTER.match(after):
            continue
        return True
    return False


def between_numbers(before: str, after: str) -> bool:
    """Whether a sign stands between two numbers, as in "3 × 4"."""
    return re.search(r"\d\s*$", before) is not None and re.match(r"\s*\d", after) is not None

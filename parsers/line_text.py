"""A paragraph's text while its boxes are being found: of fixed length, so that every position stays."""

import re

#: Stands for a box (U+FFFC, object replacement character).
BOX = "\ufffc"
#: Stands for what was taken out.
GONE = "\x00"
#: White space, and what was taken out.
SPACE = r"[\s\x00]"
#: Invisible: direction marks, joiners, variation selectors, soft hyphen, byte order mark.
INVISIBLE = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff\u00ad\u061c\x00]"
)
#: Nothing but a bullet or a number stands before what begins a line.
LINE_START = re.compile(r"[\s\x00]*(?:(?:[-–—•·*]|\(?\w{1,2}[.)])(?:[\s\x00]+|$))?")


def filled(text: str, start: int, end: int, first: str = GONE) -> str:
    """The text with a stretch of it taken out, `first` at its beginning."""
    return text[:start] + first + GONE * (end - start - 1) + text[end:]

"""Control words of RTF by what becomes of them (RTF 1.9.1, Appendix B)."""

import re

#: Control words that stand for a character.
CHARACTERS = {
    "emdash": 0x2014, "endash": 0x2013, "lquote": 0x2018, "rquote": 0x2019, "ldblquote": 0x201C,
    "rdblquote": 0x201D, "bullet": 0x2022, "emspace": 0x2003, "enspace": 0x2002, "qmspace": 0x2005,
    "~": 0xA0, "_": 0x2011,
}  # fmt: skip
#: Destinations that hold no text of the document's own.
SKIPPED = frozenset(
    (
        "stylesheet",
        "info",
        "listtext",
        "pntext",
        "pntxta",
        "pntxtb",
        "filetbl",
        "revtbl",
        "xe",
        "tc",
        "rxe",
        "nonesttables",
        "shprslt",
        "nonshppict",
        "template",
        "ftnsep",
        "ftnsepc",
        "aftnsep",
        "aftnsepc",
        "ftncn",
        "aftncn",
        "keywords",
        "comment",
        "ffname",
        "ffdeftext",
        "ffformat",
        "ffhelptext",
        "ffstattext",
        "ffentrymcr",
        "ffexitmcr",
        "ffl",
        "datafield",
    )
)
#: Destinations that say something without showing any text of their own.
QUIET = frozenset(("sp", "sn", "sv", "picprop", "do", "shpgrp"))
#: Destinations that are parts of their own -> their kind.
PARTS = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer"),
}
#: Destinations whose text is noted where they stand -> kind of part, element that refers to it.
NOTES = {
    "footnote": ("footnotes", "footnoteReference"),
    "annotation": ("comments", "commentReference"),
}
#: Control words that put a paragraph into a frame.
FRAME = re.compile(r"pos(?:y|x|nega|xc|xl|xr|yt|yc|yb)|abs[wh]|p[hv](?:mrg|pg|col|para)")

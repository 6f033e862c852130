"""Forms in Rich Text Format for tests, written as Word writes them (RTF 1.9.1)."""

from collections.abc import Sequence

from tests.support.word import LABELS

_HEAD = (
    r"{\rtf1\adeflang1025\ansi\ansicpg1252\uc1\deff0{\fonttbl"
    r"{\f0\froman\fcharset0\fprq2{\*\panose 02020603050405020304}Times New Roman;}"
    r"{\f1\fnil\fcharset2\fprq2 Wingdings;}{\f2\froman\fcharset204\fprq2 Times New Roman Cyr;}}"
    r"{\colortbl;\red0\green0\blue0;\red255\green255\blue0;\red255\green255\blue255;}"
    r"{\stylesheet{\ql \fs24 \snext0 Normal;}}{\*\generator Microsoft Word;}"
    r"{\info{\title X X X}}\deflang1033 \pard\plain \fs24 "
)


def written(text: str) -> str:
    """Text with what RTF keeps for itself escaped; other letters as Unicode with a fallback."""
    made = []
    for char in text:
        if char in "\\{}":
            made.append(f"\\{char}")
        elif char.isascii():
            made.append(char)
        else:
            units = char.encode("utf-16-le")
            for at in range(0, len(units), 2):
                number = int.from_bytes(units[at : at + 2], "little", signed=True)
                made.append(f"\\u{number}\\'3f")
    return "".join(made)


def form_field(result: int | None, default: int = 0, shown: str = "") -> str:
    """A check box as Word writes it; \\ffres is left out for None."""
    said = "" if result is None else rf"\ffres{result}"
    return (
        r"{\field{\*\fldinst {\rtlch\fcs1 \af0 \ltrch\fcs0 \insrsid1 {\*\bkmkstart Check1} FORMCHECKBOX }"
        r"{\insrsid1 {\*\datafield 650000001400000006436865636b3100}"
        rf"{{\*\formfield{{\fftype1{said}\fftypetxt0\ffhps20{{\*\ffname Check1}}\ffdefres{default}}}}}}}}}"
        rf"{{\fldrslt {shown}}}}}{{\*\bkmkend Check1}}"
    )


#: What a field that was never touched says: "undefined", by its default.
EMPTY = form_field(25)
TICKED = form_field(1)


def row(*cells: str, definitions: Sequence[str] = ("", "")) -> str:
    """A row of a table: its cells' content, and what their definitions say besides their edges."""
    edges = (3400, 9638)
    defined = "".join(f"{d}\\cellx{edge}" for d, edge in zip(definitions, edges, strict=True))
    made = "".join(rf"\pard\plain \intbl {each}\cell " for each in cells)
    return rf"\trowd \trgaph108\trleft-108{defined}{made}\trowd \trgaph108\trleft-108{defined}\row "


def rows(name: str, boxes: Sequence[str], labels: Sequence[str] = LABELS) -> str:
    """A text's two table rows: the heading, three boxes; the fourth box."""
    lines = [rf"{box}\tab {written(label)}" for box, label in zip(boxes, labels, strict=True)]
    return row(
        written(f"Draft new Recommendation ITU-T {name}"),
        r"\par \pard\plain \intbl ".join(lines[:3]),
        definitions=(r"\clvmgf", ""),
    ) + row("", lines[3], definitions=(r"\clvmrg", ""))


OTHERS = "".join(
    rows(name, boxes)
    for name, boxes in (
        ("Y.4242", (TICKED, TICKED, EMPTY, EMPTY)),
        ("Y.4243", (TICKED, EMPTY, TICKED, EMPTY)),
        ("Y.4420", (EMPTY, EMPTY, EMPTY, TICKED)),
    )
)


def form(*body: str) -> bytes:
    """A form: the letter, whatever it is given, and the closing."""
    opening = (
        r"Subject: Member State response to TSB Circular 106\par With regard to these texts:\par "
    )
    return (_HEAD + opening + "".join(body) + r"\pard\plain Yours faithfully,\par }").encode(
        "latin-1"
    )


def form_about(first: str) -> bytes:
    """A form whose first text, Y.4241, has these table rows, among the others."""
    return form(first + OTHERS)

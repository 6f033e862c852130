"""How a box of a Word form was ticked: one row of a table per way that is met in returned forms.

WordprocessingML as of ECMA-376-1: 17.16 (form fields), 17.5.2 (content controls), 17.3.3.30
(w:sym), 17.13.5 (tracked changes); w14:checkbox as of MS-DOCX 2.6.1.
"""

from collections.abc import Callable, Mapping
from enum import Enum
from xml.sax.saxutils import escape, quoteattr


class WordMarking(Enum):
    """What the boxes are, and what a tick in one looks like."""

    LEGACY_CHECKED = "form field, w:checked"
    LEGACY_CHECKED_VALUE = "form field, w:checked w:val"
    LEGACY_DEFAULT = "form field, w:default"
    CONTENT_CONTROL = "content control, w14:checkbox"
    BALLOT_CROSS = "ballot-box characters, crossed"
    BALLOT_TICK = "ballot-box characters, ticked"
    WINGDINGS_SYMBOL = "w:sym of Wingdings"
    WINGDINGS_TEXT = "characters in Wingdings"
    WINGDINGS_2 = "w:sym of Wingdings 2"
    TYPED_X = "X in place of the box"
    SQUARE_BRACKETS = "[X] and [ ]"
    ROUND_BRACKETS = "( x ) and ( )"
    X_BESIDE = "X beside the box"
    TICK = "tick character in place of the box"
    TRACKED_INSERTION = "X beside the box, as a tracked insertion"


#: Author and time of tracked changes: fixed, so that the same form is the same bytes.
_TRACKED = 'w:author="Director of Regulation" w:date="2026-04-01T09:00:00Z"'


def run(text: str, *properties: str) -> str:
    """A run of text (17.3.2.25), tabs as w:tab; properties are elements of w:rPr in schema order."""
    pieces = "<w:tab/>".join(
        f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else ""
        for piece in text.split("\t")
    )
    look = f"<w:rPr>{''.join(properties)}</w:rPr>" if properties else ""
    return f"<w:r>{look}{pieces}</w:r>"


def font(name: str) -> str:
    """The run property for a font in every script."""
    face = quoteattr(name)
    return f"<w:rFonts w:ascii={face} w:eastAsia={face} w:hAnsi={face} w:cs={face}/>"


def _symbol(name: str, code: str) -> str:
    return (
        f'<w:r><w:rPr>{font(name)}</w:rPr><w:sym w:font={quoteattr(name)} w:char="{code}"/></w:r>'
    )


def _field(number: int, state: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData>'
        f'<w:name w:val="Check{number}"/><w:enabled/><w:calcOnExit w:val="0"/>'
        f"<w:checkBox><w:sizeAuto/>{state}</w:checkBox></w:ffData></w:fldChar></w:r>"
        '<w:r><w:instrText xml:space="preserve"> FORMCHECKBOX </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _empty_field(number: int) -> str:
    return _field(number, '<w:default w:val="0"/>')


def _checked(number: int, ticked: bool) -> str:  # noqa: FBT001 - one signature for the table below
    return _field(number, '<w:default w:val="0"/>' + ("<w:checked/>" if ticked else ""))


def _checked_value(number: int, ticked: bool) -> str:  # noqa: FBT001
    return _field(number, f'<w:default w:val="0"/><w:checked w:val="{int(ticked)}"/>')


def _default(number: int, ticked: bool) -> str:  # noqa: FBT001
    return _field(number, f'<w:default w:val="{int(ticked)}"/>')


def _content_control(number: int, ticked: bool) -> str:  # noqa: FBT001
    return (
        f'<w:sdt><w:sdtPr><w:id w:val="{20_000_000 + number}"/><w14:checkbox>'
        f'<w14:checked w14:val="{int(ticked)}"/>'
        '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent>{run('☒' if ticked else '☐', font('MS Gothic'))}</w:sdtContent></w:sdt>"
    )


def _characters(full: str, empty: str, *properties: str) -> Callable[[int, bool], str]:
    return lambda _, ticked: run(full if ticked else empty, *properties)


def _symbols(name: str, full: str, empty: str) -> Callable[[int, bool], str]:
    return lambda _, ticked: _symbol(name, full if ticked else empty)


def _in_place(mark: str) -> Callable[[int, bool], str]:
    return lambda number, ticked: run(mark) if ticked else _empty_field(number)


def _beside(number: int, ticked: bool) -> str:  # noqa: FBT001
    return _empty_field(number) + (run(" X ") if ticked else "")


def _inserted(number: int, ticked: bool) -> str:  # noqa: FBT001
    mark = f'<w:ins w:id="{1000 + number}" {_TRACKED}>{run(" X ")}</w:ins>'
    return _empty_field(number) + (mark if ticked else "")


_BOXES: Mapping[WordMarking, Callable[[int, bool], str]] = {
    WordMarking.LEGACY_CHECKED: _checked,
    WordMarking.LEGACY_CHECKED_VALUE: _checked_value,
    WordMarking.LEGACY_DEFAULT: _default,
    WordMarking.CONTENT_CONTROL: _content_control,
    WordMarking.BALLOT_CROSS: _characters("☒", "☐"),
    WordMarking.BALLOT_TICK: _characters("☑", "☐"),
    # Wingdings F0FE is a ticked box, F0A8 an empty one (with the offset F000 of symbol fonts).
    WordMarking.WINGDINGS_SYMBOL: _symbols("Wingdings", "F0FE", "F0A8"),
    WordMarking.WINGDINGS_TEXT: _characters("\u00fe", "\u00a8", font("Wingdings")),
    WordMarking.WINGDINGS_2: _symbols("Wingdings 2", "F052", "F0A3"),
    WordMarking.TYPED_X: _in_place("X"),
    WordMarking.SQUARE_BRACKETS: _characters("[X]", "[ ]"),
    WordMarking.ROUND_BRACKETS: _characters("( x )", "(   )"),
    WordMarking.X_BESIDE: _beside,
    WordMarking.TICK: _in_place("✓"),
    WordMarking.TRACKED_INSERTION: _inserted,
}


def box(marking: WordMarking, *, number: int, ticked: bool) -> str:
    """The runs that stand where a box is.

    Args:
        marking: what the boxes of the form are.
        number: counts the boxes of the form from 1, for names and ids.
        ticked: whether it was ticked.
    """
    return _BOXES[marking](number, ticked)

"""Word forms for tests: pieces of WordprocessingML with which a test writes its own document.

Every piece is a string; `form` packs them. `said` tells what a reading says of one text.
"""

import datetime as dt
from collections.abc import Sequence
from xml.sax.saxutils import escape

from bot.consultation.circular import Circular, DraftText, Meeting, Revision
from bot.demo.word_package import word_package
from parsers.reading import BoxRole, FormReading, Mark, RowReading

LABELS = (
    "assigns authority to Study Group 20 to consider this text (select one of the two options):",
    "No comments or suggested changes",
    "Comments and suggested changes are attached",
    "does not assign authority to Study Group 20 to consider this text (reasons are attached)",
)
#: What a form's row says where it is ticked so.
ASSIGNS_NONE = {BoxRole.ASSIGNS, BoxRole.NO_COMMENTS}
ASSIGNS_ATTACHED = {BoxRole.ASSIGNS, BoxRole.COMMENTS_ATTACHED}
DENIES = {BoxRole.DOES_NOT_ASSIGN}
BLANK: set[BoxRole] = set()


def t(text: str, look: str = "") -> str:
    """A run of text; `look` are elements of its w:rPr."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def tab() -> str:
    return "<w:r><w:tab/></w:r>"


def line_break() -> str:
    return "<w:r><w:br/></w:r>"


def font(name: str) -> str:
    """The run property that sets a font."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:cs="{name}"/>'


def symbol(name: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{name}" w:char="{code}"/></w:r>'


def form_field(state: str = "", *, result: str = "", look: str = "", data: bool = True) -> str:
    """A FORMCHECKBOX field; `state` is what its w:checkBox says."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    inner = f"<w:ffData><w:checkBox><w:sizeAuto/>{state}</w:checkBox></w:ffData>" if data else ""
    return (
        f'<w:r>{properties}<w:fldChar w:fldCharType="begin">{inner}</w:fldChar></w:r>'
        f"<w:r>{properties}<w:instrText> FORMCHECKBOX </w:instrText></w:r>"
        f'<w:r>{properties}<w:fldChar w:fldCharType="separate"/></w:r>{result}'
        f'<w:r>{properties}<w:fldChar w:fldCharType="end"/></w:r>'
    )


EMPTY = form_field('<w:default w:val="0"/>')
TICKED = form_field('<w:default w:val="0"/><w:checked/>')


def control(
    checked: str | None, content: str, *, states: tuple[str, str] = ("2612", "2610")
) -> str:
    """A check box content control; `content` is what it shows, `states` the codes of its glyphs."""
    said = "" if checked is None else f'<w14:checked w14:val="{checked}"/>'
    return (
        f"<w:sdt><w:sdtPr><w14:checkbox>{said}"
        f'<w14:checkedState w14:val="{states[0]}" w14:font="MS Gothic"/>'
        f'<w14:uncheckedState w14:val="{states[1]}" w14:font="MS Gothic"/>'
        f"</w14:checkbox></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def wrapped(content: str) -> str:
    """A content control that is no check box, round whatever it is given."""
    return (
        f"<w:sdt><w:sdtPr><w:id w:val='7'/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def inserted(content: str) -> str:
    return f'<w:ins w:id="1" w:author="Desk">{content}</w:ins>'


def deleted(text: str) -> str:
    return (
        '<w:del w:id="2" w:author="Desk"><w:r><w:delText xml:space="preserve">'
        f"{escape(text)}</w:delText></w:r></w:del>"
    )


def p(*content: str, look: str = "") -> str:
    properties = f"<w:pPr>{look}</w:pPr>" if look else ""
    return f"<w:p>{properties}{''.join(content)}</w:p>"


def cell(*content: str, look: str = "") -> str:
    properties = f"<w:tcPr>{look}</w:tcPr>" if look else ""
    return f"<w:tc>{properties}{''.join(content) or p()}</w:tc>"


def tr(*cells: str, look: str = "") -> str:
    properties = f"<w:trPr>{look}</w:trPr>" if look else ""
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def table(*rows: str, look: str = "") -> str:
    return f"<w:tbl><w:tblPr>{look}</w:tblPr>{''.join(rows)}</w:tbl>"


DOWN = '<w:vMerge w:val="restart"/>'
ON = "<w:vMerge/>"


def heading(name: str) -> str:
    return f"Draft new Recommendation ITU-T {name}"


def options(boxes: Sequence[str], labels: Sequence[str] = LABELS) -> list[str]:
    """One paragraph a box, its words after it."""
    return [p(box, tab(), t(label)) for box, label in zip(boxes, labels, strict=True)]


def rows(name: str, boxes: Sequence[str], labels: Sequence[str] = LABELS) -> str:
    """A text's two table rows: the heading, three boxes; the fourth box."""
    return rows_of(name, options(boxes, labels))


def rows_of(name: str, paragraphs: Sequence[str]) -> str:
    """The same, the boxes' paragraphs as they are given; the last stands in the second row."""
    return tr(cell(p(t(heading(name))), look=DOWN), cell(*paragraphs[:-1])) + tr(
        cell(look=ON), cell(paragraphs[-1])
    )


#: The rest of a form: three texts that are answered like this, so that a form has its usual rows.
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
    return word_package(
        p(t("Subject: Member State response to TSB Circular 106"))
        + p(
            t(
                "With regard to Recommendations ITU-T Y.4241, Y.4242, Y.4243 and Y.4420, we inform you:"
            )
        )
        + "".join(body)
        + p(t("Yours faithfully,"))
    )


def form_about(row: str) -> bytes:
    """A form whose first text, Y.4241, has these table rows, among the others."""
    return form(table(row + OTHERS))


def row_of(reading: FormReading, name: str = "Y.4241") -> RowReading:
    return next(row for row in reading.rows if row.designation == name)


def said(row: RowReading) -> set[str | None] | None:
    """The roles of the boxes that are marked; None where the row is left to a person."""
    if row.doubts:
        return None
    assert len(row.boxes) == 4
    assert all(box.mark is not Mark.DOUBTFUL for _, box in row.boxes)
    return {role for role, box in row.boxes if box.mark is Mark.MARKED}


def circular(texts: int = 4) -> Circular:
    """A circular with so many texts, for `bot.demo.word_forms.make_word_form`."""
    names = ("Y.4241", "Y.4242", "Y.4243", "Y.4420", "Y.4614", "X.1060")[:texts]
    return Circular(
        number=106,
        study_group=20,
        study_group_title="Internet of things",
        date=dt.date(2026, 2, 13),
        deadline=dt.datetime(2026, 4, 30, 23, 59, tzinfo=dt.UTC),
        meeting=Meeting(
            place="Geneva", first_day=dt.date(2026, 5, 12), last_day=dt.date(2026, 5, 21)
        ),
        reply_address="director@example.org",
        contact_address="secretariat@example.org",
        texts=tuple(
            DraftText(
                designation=name,
                former_name=f"Y.draft-{number}" if number % 2 else None,
                revision=Revision.NEW if number % 2 else Revision.REVISED,
                title="",
            )
            for number, name in enumerate(names)
        ),
    )

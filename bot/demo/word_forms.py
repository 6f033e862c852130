"""Returned forms as Word documents: any language, layout and way of ticking."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from bot.consultation.circular import Circular
from bot.demo.form_letter import (
    ASSIGNS,
    COMMENTS_ATTACHED,
    DOES_NOT_ASSIGN,
    NO_COMMENTS,
    Answer,
    FormLetter,
    FormRow,
    make_letter,
)
from bot.demo.word_marking import WordMarking, box, run
from bot.demo.word_package import word_package


class Layout(Enum):
    """How the rows of the form stand on the page."""

    #: As issued: the boxes of "assigns" and "does not assign" in a column of their own, those of
    #: the two options before their words.
    OFFICIAL = "official"
    TWO_COLUMN = "two columns"
    ONE_COLUMN = "one column"
    NUMBERED = "extra column of numbers"
    #: The whole table inside a cell of another one.
    NESTED_TABLE = "nested table"
    #: Each text's boxes in a table of their own, inside its cell.
    NESTED_BOXES = "nested tables of boxes"
    #: Each row in a content control (17.5.2.30).
    ROW_CONTROLS = "rows in content controls"
    TEXT_BOX = "text box"


_BOLD = "<w:b/>"
_STRIKE = "<w:strike/>"
_HIGHLIGHT = '<w:highlight w:val="yellow"/>'
_RIGHT_TO_LEFT = "<w:rtl/>"
_HANGING = '<w:ind w:left="567" w:hanging="567"/>'
_WIDTH = 9638  # of the text, in twentieths of a point


def make_word_form(
    circular: Circular,
    answers: Mapping[str, Answer],
    *,
    language: str = "en",
    marking: WordMarking = WordMarking.LEGACY_CHECKED,
    layout: Layout = Layout.OFFICIAL,
    administration: str | None = None,
    signatory_title: str = "",
    sender_email: str = "",
    place_date: str = "",
    remarks: str | None = None,
    rows: Sequence[str] | None = None,
) -> bytes:
    """A returned form as the bytes of a .docx file; the same arguments give the same bytes.

    Args:
        circular: whose form.
        answers: designation -> answer; a text that is left out stays blank.
        language: ISO 639-1, one of the six.
        marking: what the boxes are made of.
        layout: how the rows stand.
        administration: as in "Administration of ..."; None leaves the placeholder.
        signatory_title: the post that signs; empty leaves the placeholder.
        sender_email: address in the head of the letter.
        place_date: "Bern, 02.04.2026"; empty leaves the placeholder.
        remarks: text under the table.
        rows: designations, to return only some rows or another order; None: the circular's.

    Raises:
        KeyError: no such language, or a row that the circular does not have.
    """
    letter = make_letter(
        circular,
        answers,
        language=language,
        administration=administration,
        signatory_title=signatory_title,
        sender_email=sender_email,
        place_date=place_date,
        remarks=remarks,
        rows=rows,
    )
    return word_package(_WordForm(letter=letter, marking=marking, layout=layout).body())


@dataclass(slots=True, kw_only=True)
class _WordForm:
    """Writes one form; counts its boxes as it goes."""

    letter: FormLetter
    marking: WordMarking
    layout: Layout
    boxes: int = field(default=0)

    def body(self) -> str:
        letter, wording = self.letter, self.letter.wording
        table = self.form_table()
        if self.layout is Layout.NESTED_TABLE:
            # A cell ends with a paragraph, also after a table (17.4.65).
            table = self.table([self.row(self.cell(_WIDTH, table + self.line("")))], [_WIDTH])
        elif self.layout is Layout.TEXT_BOX:
            table = _text_box(table + self.line(""))
        return "".join(
            (
                self.line(wording.annex, before='<w:jc w:val="center"/>'),
                self.line(letter.subject[0], _BOLD),
                self.line(letter.subject[1], _BOLD),
                self.head_table(),
                self.line(wording.salutation),
                self.line(letter.opening),
                table,
                self.line(""),
                *(self.line(part) for part in (letter.remarks or "").splitlines() if part),
                self.line(wording.closing),
                self.line(""),
                *(self.line(part) for part in letter.signature),
            )
        )

    # The letter.

    def head_table(self) -> str:
        letter, wording = self.letter, self.letter.wording
        lines = (
            (wording.to, wording.director, wording.from_, letter.sender),
            (wording.fax, ("+41-22-730-5853",), wording.fax, ("",)),
            (wording.email, (letter.reply_address,), wording.email, (letter.sender_email,)),
            ("", ("",), wording.date, (letter.place_date,)),
        )
        widths = (1100, 3719, 1100, 3719)
        return self.table(
            [
                self.row(
                    *(
                        self.cell(width, "".join(map(self.line, content)))
                        for width, content in zip(
                            widths, ((to,), director, (from_,), sender), strict=True
                        )
                    )
                )
                for to, director, from_, sender in lines
            ],
            widths,
            grid=False,
        )

    # The form's table.

    def form_table(self) -> str:
        build = {
            Layout.OFFICIAL: self.official_rows,
            Layout.NUMBERED: self.numbered_rows,
            Layout.ONE_COLUMN: self.one_column_rows,
            Layout.NESTED_BOXES: self.nested_boxes_rows,
        }.get(self.layout, self.two_column_rows)
        widths = {
            Layout.OFFICIAL: (3400, 567, 5671),
            Layout.NUMBERED: (600, 3400, 5638),
            Layout.ONE_COLUMN: (_WIDTH,),
        }.get(self.layout, (3400, 6238))
        rows = list(build(widths))
        if self.layout is Layout.ROW_CONTROLS:
            rows = [
                f'<w:sdt><w:sdtPr><w:id w:val="{30_000_000 + number}"/></w:sdtPr>'
                f"<w:sdtContent>{row}</w:sdtContent></w:sdt>"
                for number, row in enumerate(rows)
            ]
        return self.table(rows, widths)

    def official_rows(self, widths: Sequence[int]) -> Iterator[str]:
        first, boxes, labels = widths
        select = self.line(self.letter.wording.select)
        yield self.row(self.cell(first, self.line("")), self.cell(boxes + labels, select, span=2))
        for each in self.letter.rows:
            yield self.row(
                self.cell(first, self.line(each.heading), merge="restart"),
                self.cell(boxes, self.paragraph(self.box(each, ASSIGNS))),
                self.cell(
                    labels,
                    self.paragraph(self.label(each, ASSIGNS))
                    + self.choice(each, NO_COMMENTS)
                    + self.choice(each, COMMENTS_ATTACHED),
                ),
            )
            yield self.row(
                self.cell(first, self.line(""), merge="continue"),
                self.cell(boxes, self.paragraph(self.box(each, DOES_NOT_ASSIGN))),
                self.cell(labels, self.paragraph(self.label(each, DOES_NOT_ASSIGN))),
            )

    def two_column_rows(self, widths: Sequence[int]) -> Iterator[str]:
        yield self.head_row(widths)
        for each in self.letter.rows:
            yield from self.two_rows(each, widths)

    def numbered_rows(self, widths: Sequence[int]) -> Iterator[str]:
        yield self.head_row(widths)
        for number, each in enumerate(self.letter.rows, start=1):
            yield from self.two_rows(each, widths, number=f"{number}.")

    def two_rows(self, each: FormRow, widths: Sequence[int], number: str = "") -> Iterator[str]:
        leading = (
            [self.line(number), self.line(each.heading)] if number else [self.line(each.heading)]
        )
        assigns = "".join(
            self.choice(each, place) for place in (ASSIGNS, NO_COMMENTS, COMMENTS_ATTACHED)
        )
        for merge, choices in (
            ("restart", assigns),
            ("continue", self.choice(each, DOES_NOT_ASSIGN)),
        ):
            yield self.row(
                *(
                    self.cell(width, text if merge == "restart" else self.line(""), merge=merge)
                    for width, text in zip(widths, leading, strict=False)
                ),
                self.cell(widths[-1], choices or self.line("")),
            )

    def one_column_rows(self, widths: Sequence[int]) -> Iterator[str]:
        yield self.head_row(widths)
        for each in self.letter.rows:
            yield self.row(
                self.cell(
                    widths[0], self.line(each.heading) + self.line("") + self.all_choices(each)
                )
            )

    def nested_boxes_rows(self, widths: Sequence[int]) -> Iterator[str]:
        yield self.head_row(widths)
        for each in self.letter.rows:
            inner = self.table([self.row(self.cell(5900, self.all_choices(each)))], (5900,))
            yield self.row(
                self.cell(widths[0], self.line(each.heading)),
                self.cell(widths[1], inner + self.line("")),
            )

    def head_row(self, widths: Sequence[int]) -> str:
        return self.row(
            *(self.cell(width, self.line("")) for width in widths[:-1]),
            self.cell(widths[-1], self.line(self.letter.wording.select)),
        )

    # One row's boxes.

    def all_choices(self, each: FormRow) -> str:
        return "".join(self.choice(each, place) for place in range(4))

    def choice(self, each: FormRow, place: int) -> str:
        """A box and its words as one paragraph; nothing where a deletion took it away."""
        if _deleted(each, place):
            return ""
        return self.paragraph(self.box(each, place) + self.label(each, place, "\t"), _HANGING)

    def box(self, each: FormRow, place: int) -> str:
        if _deleted(each, place):
            return ""
        self.boxes += 1
        return box(self.marking, number=self.boxes, ticked=place in each.ticked)

    def label(self, each: FormRow, place: int, before: str = "") -> str:
        if _deleted(each, place):
            return ""
        look = []
        if each.answer is Answer.STRUCK and place not in (ASSIGNS, NO_COMMENTS):
            look.append(_STRIKE)
        if each.answer is Answer.HIGHLIGHTED and place in (ASSIGNS, NO_COMMENTS):
            look.append(_HIGHLIGHT)
        return self.text(before + each.labels[place], *look)

    # WordprocessingML.

    def text(self, words: str, *look: str) -> str:
        if self.letter.wording.right_to_left:
            look = (*look, _RIGHT_TO_LEFT)
        return run(words, *look)

    def line(self, words: str, *look: str, before: str = "") -> str:
        return self.paragraph(self.text(words, *look) if words else "", before)

    def paragraph(self, content: str, properties: str = "") -> str:
        if self.letter.wording.right_to_left:
            properties = "<w:bidi/>" + properties
        look = f"<w:pPr>{properties}</w:pPr>" if properties else ""
        return f"<w:p>{look}{content}</w:p>"

    def cell(self, width: int, content: str, *, merge: str = "", span: int = 1) -> str:
        properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        if span > 1:
            properties += f'<w:gridSpan w:val="{span}"/>'
        if merge:
            properties += f'<w:vMerge w:val="{merge}"/>'
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"

    def row(self, *cells: str) -> str:
        return f"<w:tr>{''.join(cells)}</w:tr>"

    def table(self, rows: Sequence[str], widths: Sequence[int], *, grid: bool = True) -> str:
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        style = '<w:tblStyle w:val="TableGrid"/>' if grid else ""
        visual = "<w:bidiVisual/>" if self.letter.wording.right_to_left else ""
        return (
            f'<w:tbl><w:tblPr>{style}{visual}<w:tblW w:w="{sum(widths)}" w:type="dxa"/></w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )


def _deleted(each: FormRow, place: int) -> bool:
    return each.answer is Answer.DELETED and place not in (ASSIGNS, NO_COMMENTS)


def _text_box(content: str) -> str:
    # Word writes a text box twice: for itself, and as VML for older readers (MS-DOCX 2.8).
    inner = f"<w:txbxContent>{content}</w:txbxContent>"
    width, height = 6_120_000, 9_000_000  # English metric units, 914400 to the inch
    return (
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="1" name="Text Box 1"/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/'
        'wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" '
        f'y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        f"</a:prstGeom></wps:spPr><wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        '<v:rect style="width:482pt;height:709pt"><v:textbox>'
        f"{inner}</v:textbox></v:rect></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )

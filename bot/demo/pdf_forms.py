"""Returned forms as PDF: digital ones, with boxes drawn or as fields.

PDF operators and fields as of ISO 32000-1; only the fonts that every PDF reader has (9.6.2.2), so
only the languages that those can show.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

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

#: Languages whose letters the built-in fonts have (WinAnsi, ISO 32000-1, annex D).
PDF_LANGUAGES = ("en", "fr", "es")


class PdfMarking(Enum):
    """What the boxes are, and what a tick in one looks like."""

    DRAWN_CROSS = "drawn box, two lines"
    DRAWN_TICK = "drawn box, a polyline"
    DINGBAT_CROSS = "drawn box, a ZapfDingbats cross"
    DINGBAT_TICK = "drawn box, a ZapfDingbats tick"
    TYPED_X = "drawn box, the letter X"
    FILLED = "drawn box, filled"
    FIELD = "AcroForm check box"


class PdfLayout(Enum):
    """How the rows of the form stand on the page."""

    #: As issued: text, boxes, words in three columns.
    OFFICIAL = "official"
    #: One cell a text.
    ONE_COLUMN = "one column"


_WIDTH, _HEIGHT = A4
_MARGIN = 56.0
_BOTTOM = 60.0
_SIZE = 9.5
_LEADING = 12.0
_BOX = 9.0
_PAD = 4.0
_FONT, _BOLD = "Helvetica", "Helvetica-Bold"


def make_pdf_form(
    circular: Circular,
    answers: Mapping[str, Answer],
    *,
    language: str = "en",
    marking: PdfMarking = PdfMarking.DRAWN_CROSS,
    layout: PdfLayout = PdfLayout.OFFICIAL,
    keep_rows: bool = True,
    administration: str | None = None,
    signatory_title: str = "",
    sender_email: str = "",
    place_date: str = "",
    remarks: str | None = None,
    rows: Sequence[str] | None = None,
) -> bytes:
    """A returned form as the bytes of a digital PDF; the same arguments give the same bytes.

    Args:
        circular: whose form.
        answers: designation -> answer; a text that is left out stays blank.
        language: one of `PDF_LANGUAGES`.
        marking: what the boxes are made of.
        layout: how the rows stand.
        keep_rows: whether a text's row stays on one page, or may break between its two boxes.
        administration: as in "Administration of ..."; None leaves the placeholder.
        signatory_title: the post that signs; empty leaves the placeholder.
        sender_email: address in the head of the letter.
        place_date: "Bern, 02.04.2026"; empty leaves the placeholder.
        remarks: text under the table.
        rows: designations, to return only some rows or another order; None: the circular's.

    Raises:
        ValueError: a language that the fonts cannot show, or an answer without ticks (struck,
            highlighted, deleted), which only a Word form can hold.
        KeyError: a row that the circular does not have.
    """
    if language not in PDF_LANGUAGES:
        raise ValueError(f"no PDF form in {language!r}; one of {', '.join(PDF_LANGUAGES)}")
    if wordy := {Answer.STRUCK, Answer.HIGHLIGHTED, Answer.DELETED} & set(answers.values()):
        raise ValueError(f"a PDF form cannot say {wordy.pop().value!r}; make a Word form")
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
    written = io.BytesIO()
    # "Invariant" leaves out the time of writing and the file's random identifier.
    canvas = Canvas(written, pagesize=A4, invariant=1)
    canvas.setTitle(letter.subject[0])
    _PdfForm(
        canvas=canvas, letter=letter, marking=marking, layout=layout, keep_rows=keep_rows
    ).draw()
    canvas.save()
    return written.getvalue()


@dataclass(slots=True, kw_only=True)
class _PdfForm:
    """Draws one form from the top of the first page down."""

    canvas: Canvas
    letter: FormLetter
    marking: PdfMarking
    layout: PdfLayout
    keep_rows: bool
    top: float = _HEIGHT - _MARGIN
    boxes: int = 0

    def draw(self) -> None:
        letter, wording = self.letter, self.letter.wording
        self.lines([wording.annex], left=_WIDTH / 2 - 25)
        for part in letter.subject:
            self.paragraph(part, font=_BOLD)
        self.head()
        self.paragraph(wording.salutation)
        self.paragraph(letter.opening)
        self.table()
        self.top -= _LEADING
        for part in (letter.remarks or "").splitlines():
            self.paragraph(part)
        self.room(_LEADING * (4 + len(letter.signature)))
        self.paragraph(wording.closing)
        self.top -= _LEADING
        self.lines(letter.signature)
        self.canvas.showPage()

    # Text.

    def room(self, height: float) -> None:
        """Goes to a new page where what comes next does not fit on this one."""
        if self.top - height < _BOTTOM:
            self.canvas.showPage()
            self.top = _HEIGHT - _MARGIN

    def paragraph(self, text: str, font: str = _FONT) -> None:
        self.lines(_wrapped(text, _WIDTH - 2 * _MARGIN, font), font=font)
        self.top -= 5

    def lines(self, lines: Sequence[str], left: float = _MARGIN, font: str = _FONT) -> None:
        for line in lines:
            self.room(_LEADING)
            self.text(line, left, self.top, font)
            self.top -= _LEADING

    def text(self, line: str, left: float, top: float, font: str = _FONT) -> None:
        self.canvas.setFont(font, _SIZE)
        self.canvas.drawString(left, top - _SIZE, line)

    def head(self) -> None:
        letter, wording = self.letter, self.letter.wording
        blocks = (
            (wording.to, wording.director, wording.from_, letter.sender),
            (wording.fax, ("+41-22-730-5853",), wording.fax, ("",)),
            (wording.email, (letter.reply_address,), wording.email, (letter.sender_email,)),
            ("", (), wording.date, (letter.place_date,)),
        )
        for to, director, from_, sender in blocks:
            columns = ((to,), director, (from_,), sender)
            for number, column in enumerate(columns):
                left = _MARGIN + (0, 50, 250, 305)[number]
                for row, line in enumerate(column):
                    self.text(line, left, self.top - row * _LEADING)
            self.top -= _LEADING * max(len(column) for column in columns) + 3
        self.top -= 5

    # The table.

    def table(self) -> None:
        width = _WIDTH - 2 * _MARGIN
        self.bordered(_LEADING + 2 * _PAD, (0.0, width))
        self.text(
            self.letter.wording.select,
            _MARGIN + (175 if self.layout is PdfLayout.OFFICIAL else _PAD),
            self.top + _LEADING + _PAD,
        )
        for each in self.letter.rows:
            if self.layout is PdfLayout.OFFICIAL:
                self.official_row(each, width)
            else:
                self.one_column_row(each, width)

    def official_row(self, each: FormRow, width: float) -> None:
        first, second = 150.0, 172.0
        upper = (
            (ASSIGNS, first + 6, second + _PAD),
            (NO_COMMENTS, second + _PAD, second + _PAD + 16),
            (COMMENTS_ATTACHED, second + _PAD, second + _PAD + 16),
        )
        lower = ((DOES_NOT_ASSIGN, first + 6, second + _PAD),)
        heights = [self.height(each, choices, width) for choices in (upper, lower)]
        edges = (0.0, first, second, width)
        if self.keep_rows:
            self.room(sum(heights))
        self.room(heights[0])
        # The first cell is one over both halves, unless the page ends between them.
        broken = self.top - sum(heights) < _BOTTOM
        start = self.top
        self.bordered(heights[0], edges, bottom_from=0 if broken else 1)
        for row, line in enumerate(_wrapped(each.heading, first - 2 * _PAD)):
            self.text(line, _MARGIN + _PAD, start - _PAD - row * _LEADING)
        self.choices(each, upper, start, width)
        self.room(heights[1])
        start = self.top
        self.bordered(heights[1], edges, top_from=0 if broken else 1)
        self.choices(each, lower, start, width)

    def one_column_row(self, each: FormRow, width: float) -> None:
        choices = (
            (ASSIGNS, _PAD + 4, 28.0),
            (NO_COMMENTS, 28.0, 46.0),
            (COMMENTS_ATTACHED, 28.0, 46.0),
            (DOES_NOT_ASSIGN, _PAD + 4, 28.0),
        )
        heading = _wrapped(each.heading, width - 2 * _PAD, _BOLD)
        head_height = len(heading) * _LEADING + 2 * _PAD
        height = head_height + self.height(each, choices, width)
        self.bordered(height, (0.0, width))
        start = self.top + height
        for row, line in enumerate(heading):
            self.text(line, _MARGIN + _PAD, start - _PAD - row * _LEADING, _BOLD)
        self.choices(each, choices, start - head_height, width)

    def height(
        self, each: FormRow, choices: Sequence[tuple[int, float, float]], width: float
    ) -> float:
        lines = sum(
            len(_wrapped(each.labels[place], width - left - _PAD)) for place, _, left in choices
        )
        return lines * _LEADING + 2 * _PAD + 4

    def bordered(
        self, height: float, edges: Sequence[float], top_from: int = 0, bottom_from: int = 0
    ) -> None:
        """A table row's lines; goes below it. Its top and bottom start at the given edge."""
        self.room(height)
        bottom, right = self.top - height, _MARGIN + edges[-1]
        self.canvas.setLineWidth(0.6)
        self.canvas.line(_MARGIN + edges[top_from], self.top, right, self.top)
        self.canvas.line(_MARGIN + edges[bottom_from], bottom, right, bottom)
        for edge in edges:
            self.canvas.line(_MARGIN + edge, self.top, _MARGIN + edge, bottom)
        self.top = bottom

    def choices(
        self,
        each: FormRow,
        choices: Sequence[tuple[int, float, float]],
        start: float,
        width: float,
    ) -> None:
        top = start - _PAD
        for place, box_left, left in choices:
            self.box(_MARGIN + box_left, top, ticked=place in each.ticked)
            for line in _wrapped(each.labels[place], width - left - _PAD):
                self.text(line, _MARGIN + left, top)
                top -= _LEADING

    # Boxes.

    def box(self, left: float, top: float, *, ticked: bool) -> None:
        canvas, bottom = self.canvas, top - _BOX - 1
        self.boxes += 1
        if self.marking is PdfMarking.FIELD:
            canvas.acroForm.checkbox(
                name=f"Check{self.boxes}",
                x=left,
                y=bottom,
                size=_BOX,
                checked=ticked,
                buttonStyle="cross",
                borderWidth=1,
                forceBorder=True,
            )
            return
        canvas.setLineWidth(0.7)
        canvas.rect(left, bottom, _BOX, _BOX)
        if ticked:
            self.tick(left, bottom)

    def tick(self, left: float, bottom: float) -> None:
        canvas, near, far = self.canvas, 1.5, _BOX - 1.5
        canvas.setLineWidth(1.2)
        match self.marking:
            case PdfMarking.DRAWN_CROSS:
                canvas.line(left + near, bottom + near, left + far, bottom + far)
                canvas.line(left + near, bottom + far, left + far, bottom + near)
            case PdfMarking.DRAWN_TICK:
                path = canvas.beginPath()
                path.moveTo(left + near, bottom + _BOX / 2)
                path.lineTo(left + _BOX / 2.5, bottom + near)
                path.lineTo(left + far, bottom + far)
                canvas.drawPath(path)
            case PdfMarking.FILLED:
                canvas.rect(left + near, bottom + near, far - near, far - near, fill=1)
            case PdfMarking.TYPED_X:
                canvas.setFont(_BOLD, _BOX)
                canvas.drawCentredString(left + _BOX / 2, bottom + 1.4, "X")
            case _:
                sign = "✘" if self.marking is PdfMarking.DINGBAT_CROSS else "✔"
                canvas.setFont("ZapfDingbats", _BOX)
                canvas.drawCentredString(left + _BOX / 2, bottom + 1.4, sign)


def _wrapped(text: str, width: float, font: str = _FONT) -> list[str]:
    # The circle after "options" is in none of the built-in fonts.
    lines: list[str] = simpleSplit(text.replace(" ⃝", ""), font, _SIZE, width)
    return lines

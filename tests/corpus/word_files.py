"""Forms as Word documents: those of the project's own maker, and others, retyped by somebody.

WordprocessingML as of ECMA-376-1.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from bot.demo import form_letter
from bot.demo.word_forms import Layout, make_word_form
from bot.demo.word_marking import WordMarking, box, run
from bot.demo.word_package import word_package
from tests.corpus.forms import Form, FormRow
from tests.corpus.truth import ASSIGNS, COMMENTS_ATTACHED, DOES_NOT_ASSIGN, NO_COMMENTS, Answer

_FONTS = ("Calibri", "Arial", "Times New Roman", "Liberation Serif", "DejaVu Sans", "Verdana")


class WordColumns(Enum):
    """How a retyped form is laid out."""

    THREE = "three columns"
    TWO = "two columns"
    NUMBERED = "numbers, text, choices"
    TITLES = "text, title, choices"
    FOUR_ROWS = "a row for each box"
    ONE = "one cell a text"
    PARAGRAPHS = "no table"


def demo_word_file(
    chance: random.Random, form: Form, *, printed: bool = False
) -> tuple[dict[str, str], bytes]:
    """A form of the project's own maker; returns how it was made, and its bytes.

    On paper (`printed`) no table stands in a text box: what is longer than a page would be cut off.
    """
    marking = chance.choice(list(WordMarking))
    layout = chance.choice([each for each in Layout if not printed or each is not Layout.TEXT_BOX])
    data = make_word_form(
        form.circular,
        {row.designation: _DEMO[row.truth.answer] for row in form.rows},
        language=form.language,
        marking=marking,
        layout=layout,
        administration="Ruritania",
        rows=[row.designation for row in form.rows],
    )
    return {"maker": "demo", "layout": layout.value, "marking": marking.value}, data


_DEMO = {
    Answer.ASSIGN_NC: form_letter.Answer.ASSIGN_NONE,
    Answer.ASSIGN_C: form_letter.Answer.ASSIGN_ATTACHED,
    Answer.ASSIGN: form_letter.Answer.ASSIGN_ONLY,
    Answer.BOTH_SUB: form_letter.Answer.ASSIGN_BOTH_OPTIONS,
    Answer.DENY: form_letter.Answer.DENY,
    Answer.BLANK: form_letter.Answer.BLANK,
    Answer.BOTH: form_letter.Answer.BOTH,
    Answer.DENY_NC: form_letter.Answer.DENY_AND_OPTION,
    Answer.SUB_ONLY: form_letter.Answer.OPTION_ONLY,
    Answer.STRUCK: form_letter.Answer.STRUCK,
    Answer.HIGHLIGHTED: form_letter.Answer.HIGHLIGHTED,
    Answer.DELETED: form_letter.Answer.DELETED,
}


def retyped_word_file(chance: random.Random, form: Form) -> tuple[dict[str, str], bytes]:
    """A form in another layout, font and wording; returns how it was made, and its bytes."""
    marking = chance.choice(list(WordMarking))
    columns = chance.choices(list(WordColumns), (6, 5, 2, 2, 2, 2, 1))[0]
    typist = _Typist(
        chance=chance,
        form=form,
        marking=marking,
        columns=columns,
        font=chance.choice(_FONTS),
        size=chance.randrange(16, 25),
        after=chance.choice((" ", "\t", "  ", "\u00a0")),
        split=chance.random() < 0.3,
    )
    traits = {
        "maker": "retyped",
        "layout": columns.value,
        "marking": marking.value,
        "font": typist.font,
    }
    return traits, word_package(typist.body())


@dataclass(slots=True, kw_only=True)
class _Typist:
    """Types one form.

    Attributes:
        after: what stands between a box and its words.
        split: whether words are broken into several runs, as Word's spelling check leaves them.
    """

    chance: random.Random
    form: Form
    marking: WordMarking
    columns: WordColumns
    font: str
    size: int
    after: str
    split: bool
    boxes: int = field(default=0)

    def body(self) -> str:
        form = self.form
        parts = [self.line(text) for text in form.before]
        if self.columns is WordColumns.PARAGRAPHS:
            parts.append(self.line(form.select))
            for row in form.rows:
                parts.append(self.line(row.heading, "<w:b/>"))
                parts += [self.choice(row, place) for place in range(4)]
        else:
            parts.append(self.table())
        return "".join((*parts, self.line(""), *(self.line(text) for text in form.after)))

    def table(self) -> str:
        widths = {
            WordColumns.THREE: (3200, 700, 5600),
            WordColumns.TWO: (3400, 6100),
            WordColumns.NUMBERED: (700, 3300, 5500),
            WordColumns.TITLES: (2400, 2300, 4800),
            WordColumns.FOUR_ROWS: (3300, 700, 5500),
            WordColumns.ONE: (9500,),
        }[self.columns]
        rows = [self.head(widths)]
        for number, row in enumerate(self.form.rows, start=1):
            rows += self.rows(row, widths, number)
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        mirrored = "<w:bidiVisual/>" if self.form.wording.right_to_left else ""
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>{mirrored}'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
            f"{''.join(rows)}</w:tbl>"
        )

    def head(self, widths: Sequence[int]) -> str:
        cells = [self.cell(width, self.line("")) for width in widths[:-1]]
        return self.row(*cells, self.cell(widths[-1], self.line(self.form.select)))

    def rows(self, row: FormRow, widths: Sequence[int], number: int) -> Iterator[str]:
        heading = self.line(row.heading)
        assigns = [self.choice(row, each) for each in (ASSIGNS, NO_COMMENTS, COMMENTS_ATTACHED)]
        denies = self.choice(row, DOES_NOT_ASSIGN)
        match self.columns:
            case WordColumns.ONE:
                yield self.row(self.cell(widths[0], heading + "".join(assigns) + denies))
            case WordColumns.FOUR_ROWS:
                for place in range(4):
                    first = self.cell(
                        widths[0],
                        self.line("") if place else heading,
                        merge="continue" if place else "restart",
                    )
                    yield self.row(
                        first,
                        self.cell(widths[1], self.paragraph(self.box(row, place))),
                        self.cell(widths[2], self.label(row, place)),
                    )
            case WordColumns.THREE:
                words = self.label(row, ASSIGNS) + "".join(assigns[1:])
                for merge, place, content in (
                    ("restart", ASSIGNS, words),
                    ("continue", DOES_NOT_ASSIGN, self.label(row, DOES_NOT_ASSIGN)),
                ):
                    yield self.row(
                        self.cell(
                            widths[0], heading if merge == "restart" else self.line(""), merge=merge
                        ),
                        self.cell(widths[1], self.paragraph(self.box(row, place))),
                        self.cell(widths[2], content),
                    )
            case _:
                leading = {
                    WordColumns.NUMBERED: [self.line(f"{number}"), heading],
                    WordColumns.TITLES: [heading, self.line("Requirements and framework")],
                }.get(self.columns, [heading])
                for merge, content in (("restart", "".join(assigns)), ("continue", denies)):
                    yield self.row(
                        *(
                            self.cell(
                                width, text if merge == "restart" else self.line(""), merge=merge
                            )
                            for width, text in zip(widths, leading, strict=False)
                        ),
                        self.cell(widths[-1], content),
                    )

    def choice(self, row: FormRow, place: int) -> str:
        main = place in {ASSIGNS, DOES_NOT_ASSIGN}
        words = self.words(self.after + row.labels[place], *self.struck(row, place))
        if row.truth.answer is Answer.DELETED and place in {COMMENTS_ATTACHED, DOES_NOT_ASSIGN}:
            return self.line("")
        indent = "" if main else '<w:ind w:left="500"/>'
        return self.paragraph(self.box(row, place) + words, indent)

    def label(self, row: FormRow, place: int) -> str:
        """The words beside a box in a cell of its own."""
        deleted = row.truth.answer is Answer.DELETED and place in {
            COMMENTS_ATTACHED,
            DOES_NOT_ASSIGN,
        }
        return self.line("" if deleted else row.labels[place], *self.struck(row, place))

    def struck(self, row: FormRow, place: int) -> list[str]:
        chosen = place in {ASSIGNS, NO_COMMENTS}
        if row.truth.answer is Answer.STRUCK and not chosen:
            return ["<w:strike/>"]
        if row.truth.answer is Answer.HIGHLIGHTED and chosen:
            return ['<w:highlight w:val="yellow"/>']
        return []

    def box(self, row: FormRow, place: int) -> str:
        self.boxes += 1
        return box(self.marking, number=self.boxes, ticked=row.ticked(place))

    def words(self, text: str, *look: str) -> str:
        face = (
            f'<w:rFonts w:ascii="{self.font}" w:hAnsi="{self.font}"/>',
            *look,
            f'<w:sz w:val="{self.size}"/>',
            *(("<w:rtl/>",) if self.form.wording.right_to_left else ()),
        )
        if not self.split or len(text) < 8:
            return run(text, *face)
        at = self.chance.randrange(3, len(text) - 3)
        return run(text[:at], *face) + run(text[at:], *face)

    def line(self, text: str, *look: str) -> str:
        return self.paragraph(self.words(text, *look) if text else "")

    def paragraph(self, content: str, properties: str = "") -> str:
        if self.form.wording.right_to_left:
            properties = "<w:bidi/>" + properties
        look = f"<w:pPr>{properties}</w:pPr>" if properties else ""
        return f"<w:p>{look}{content}</w:p>"

    def cell(self, width: int, content: str, *, merge: str = "") -> str:
        merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}</w:tcPr>{content}</w:tc>'

    def row(self, *cells: str) -> str:
        return f"<w:tr>{''.join(cells)}</w:tr>"

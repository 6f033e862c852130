"""Forms as Word documents, retyped by somebody in another layout, font and wording.

WordprocessingML as of ECMA-376-1.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from bot.demo.word_marking import WordMarking, box, run
from bot.demo.word_package import word_package
from tests.corpus.demo_files import a_marking
from tests.corpus.forms import Form, FormRow
from tests.corpus.truth import (
    ASSIGNS,
    COMMENTS_ATTACHED,
    DOES_NOT_ASSIGN,
    NO_COMMENTS,
    Answer,
    RowTruth,
)

#: What is done to a row beside its ticks.
REMARK = "a remark under it"
MARK_AFTER = "the mark after the words"
DELETED_MARK = "another mark, deleted with changes tracked"
WORD_NOTES = (REMARK, MARK_AFTER, DELETED_MARK)

_REMARKS = (
    "We support this text subject to the comments in the annex.",
    "See our letter of 3 March.",
    "This Administration does not support this text.",
    "OK",
    "X",
)
_TRACKED = 'w:author="Director of Regulation" w:date="2026-04-01T09:00:00Z"'
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


class Twice(Enum):
    """Whether a second form stands in the document."""

    NO = "once"
    BLANK_BEFORE = "a blank one before it"
    BLANK_AFTER = "a blank one after it"
    OTHER_AFTER = "one with other answers after it"


def retyped_word_file(
    chance: random.Random, form: Form, *, printed: bool = False
) -> tuple[dict[str, str], bytes, tuple[RowTruth, ...]]:
    """A form in another layout, font and wording; returns how it was made, its bytes, its truths."""
    marking = a_marking(chance, printed=printed)
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
        swapped=chance.random() < 0.03,
        twice=chance.choices(list(Twice), (94, 2, 2, 2))[0],
    )
    traits = {
        "maker": "retyped",
        "layout": columns.value,
        "marking": marking.value,
        "font": typist.font,
        "order": "swapped" if typist.swapped else "usual",
        "form": typist.twice.value,
    }
    return traits, word_package(typist.body()), typist.truths()


@dataclass(slots=True, kw_only=True)
class _Typist:
    """Types one form.

    Attributes:
        after: what stands between a box and its words.
        split: whether words are broken into several runs, as Word's spelling check leaves them.
        swapped: whether the refusal comes first.
        twice: whether a second form stands before or after it, blank or with other answers.
    """

    chance: random.Random
    form: Form
    marking: WordMarking
    columns: WordColumns
    font: str
    size: int
    after: str
    split: bool
    swapped: bool
    twice: Twice
    boxes: int = field(default=0)

    def truths(self) -> tuple[RowTruth, ...]:
        """What a clerk would make of the document as a whole."""
        if self.twice is Twice.OTHER_AFTER:
            return tuple(
                replace(each, answer=Answer.DOUBTFUL, note=self.twice.value)
                if each.answer.clear
                else replace(each, plain=False, note=self.twice.value)
                for each in self.form.truths
            )
        odd = "the refusal first" if self.swapped else self.twice.value
        if odd == Twice.NO.value:
            return self.form.truths
        return tuple(replace(each, plain=False, note=odd) for each in self.form.truths)

    def body(self) -> str:
        form = self.form
        rows = form.rows
        forms = {
            Twice.NO: (rows,),
            Twice.BLANK_BEFORE: (_answered(rows, Answer.BLANK), rows),
            Twice.BLANK_AFTER: (rows, _answered(rows, Answer.BLANK)),
            Twice.OTHER_AFTER: (rows, tuple(map(_opposite, rows))),
        }[self.twice]
        return "".join(
            (
                *(self.line(text) for text in form.before),
                *(self.choices(each) + self.line("") for each in forms),
                *(self.line(text) for text in form.after),
            )
        )

    def choices(self, rows: Sequence[FormRow]) -> str:
        if self.columns is not WordColumns.PARAGRAPHS:
            return self.table(rows)
        parts = [self.line(self.form.select)]
        for row in rows:
            parts.append(self.line(row.heading, "<w:b/>"))
            parts += [self.choice(row, place) for place in self.order()]
            parts.append(self.remark(row))
        return "".join(parts)

    def order(self) -> tuple[int, ...]:
        usual = (ASSIGNS, NO_COMMENTS, COMMENTS_ATTACHED, DOES_NOT_ASSIGN)
        return (DOES_NOT_ASSIGN, *usual[:3]) if self.swapped else usual

    def table(self, rows: Sequence[FormRow]) -> str:
        widths = {
            WordColumns.THREE: (3200, 700, 5600),
            WordColumns.TWO: (3400, 6100),
            WordColumns.NUMBERED: (700, 3300, 5500),
            WordColumns.TITLES: (2400, 2300, 4800),
            WordColumns.FOUR_ROWS: (3300, 700, 5500),
            WordColumns.ONE: (9500,),
        }[self.columns]
        typed = [self.head(widths)]
        for number, row in enumerate(rows, start=1):
            typed += self.rows(row, widths, number)
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        mirrored = "<w:bidiVisual/>" if self.form.wording.right_to_left else ""
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>{mirrored}'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
            f"{''.join(typed)}</w:tbl>"
        )

    def head(self, widths: Sequence[int]) -> str:
        cells = [self.cell(width, self.line("")) for width in widths[:-1]]
        return self.row(*cells, self.cell(widths[-1], self.line(self.form.select)))

    def rows(self, row: FormRow, widths: Sequence[int], number: int) -> Iterator[str]:
        heading = self.line(row.heading)
        match self.columns:
            case WordColumns.ONE:
                choices = "".join(self.choice(row, place) for place in self.order())
                yield self.row(self.cell(widths[0], heading + choices + self.remark(row)))
                return
            case WordColumns.FOUR_ROWS:
                parts: list[tuple[str, ...]] = [
                    (self.paragraph(self.box(row, place)), self.label(row, place))
                    for place in self.order()
                ]
            case WordColumns.THREE:
                options = self.choice(row, NO_COMMENTS) + self.choice(row, COMMENTS_ATTACHED)
                parts = [
                    (self.paragraph(self.box(row, ASSIGNS)), self.label(row, ASSIGNS) + options),
                    (
                        self.paragraph(self.box(row, DOES_NOT_ASSIGN)),
                        self.label(row, DOES_NOT_ASSIGN),
                    ),
                ]
            case _:
                usual = (ASSIGNS, NO_COMMENTS, COMMENTS_ATTACHED)
                parts = [
                    ("".join(self.choice(row, place) for place in usual),),
                    (self.choice(row, DOES_NOT_ASSIGN),),
                ]
        if self.swapped and len(parts) == 2:
            parts.reverse()
        leading = {
            WordColumns.NUMBERED: [self.line(f"{number}"), heading],
            WordColumns.TITLES: [heading, self.line("Requirements and framework")],
        }.get(self.columns, [heading])
        for index, cells in enumerate(parts):
            contents = [*(self.line("") if index else text for text in leading), *cells]
            if index == len(parts) - 1:
                contents[-1] += self.remark(row)
            yield self.row(
                *(
                    self.cell(width, content, merge=merge)
                    for width, content, merge in zip(
                        widths,
                        contents,
                        (*(("continue" if index else "restart",) * len(leading)), "", ""),
                        strict=False,
                    )
                )
            )

    def remark(self, row: FormRow) -> str:
        if row.truth.note != REMARK:
            return ""
        return self.line(_REMARKS[len(row.heading) % len(_REMARKS)])

    def choice(self, row: FormRow, place: int) -> str:
        if self.gone(row, place):
            return self.line("")
        look = self.look(row, place)
        if row.truth.note == MARK_AFTER and place in row.truth.answer.ticked:
            empty = box(self.marking, number=self.boxes + 900, ticked=False)
            words = self.words(self.after + row.labels[place] + "  X", *look)
            return self.paragraph(empty + words)
        indent = "" if place in {ASSIGNS, DOES_NOT_ASSIGN} else '<w:ind w:left="500"/>'
        words = self.words(self.after + row.labels[place], *look)
        return self.paragraph(self.box(row, place) + words, indent)

    def label(self, row: FormRow, place: int) -> str:
        """The words beside a box in a cell of its own."""
        words = "" if self.gone(row, place) else row.labels[place]
        if words and row.truth.note == MARK_AFTER and place in row.truth.answer.ticked:
            words += "  X"
        return self.line(words, *self.look(row, place))

    def gone(self, row: FormRow, place: int) -> bool:
        chosen = place in {ASSIGNS, NO_COMMENTS}
        return row.truth.answer is Answer.DELETED and not chosen

    def look(self, row: FormRow, place: int) -> list[str]:
        chosen = place in {ASSIGNS, NO_COMMENTS}
        answer = row.truth.answer
        if (answer is Answer.STRUCK and not chosen) or (answer is Answer.CORRECTED and chosen):
            return ["<w:strike/>"]
        return ['<w:highlight w:val="yellow"/>'] if answer is Answer.HIGHLIGHTED and chosen else []

    def box(self, row: FormRow, place: int) -> str:
        self.boxes += 1
        ticked = row.ticked(place)
        if row.truth.answer is Answer.CORRECTED:
            # Assigned without comments; that is struck with its words, and the refusal ticked.
            ticked = place != COMMENTS_ATTACHED
        elif row.truth.note == MARK_AFTER:
            ticked = False
        made = box(self.marking, number=self.boxes, ticked=ticked)
        if row.truth.note == DELETED_MARK and not ticked:
            taken_back = "<w:r><w:delText> X </w:delText></w:r>"
            made += f'<w:del w:id="{5000 + self.boxes}" {_TRACKED}>{taken_back}</w:del>'
        return made

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


def _answered(rows: Sequence[FormRow], answer: Answer) -> tuple[FormRow, ...]:
    truth = RowTruth(designation="", answer=answer)
    return tuple(replace(row, truth=replace(truth, designation=row.designation)) for row in rows)


def _opposite(row: FormRow) -> FormRow:
    other = Answer.ASSIGN_NC if row.truth.answer is Answer.DENY else Answer.DENY
    return _answered((row,), other)[0]

"""Lays a form out on pages."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.corpus.forms import Form, FormRow
from tests.corpus.looks import Columns, Lines, Look
from tests.corpus.sheets import BoxPlace, RowBand, Rule, Sheet, Words
from tests.corpus.truth import ASSIGNS, COMMENTS_ATTACHED, DOES_NOT_ASSIGN, NO_COMMENTS


def lay_out(form: Form, look: Look) -> list[Sheet]:
    """The pages of a form."""
    setter = _Setter(form=form, look=look)
    setter.new_page()
    for number, paragraph in enumerate(form.before):
        setter.paragraph(paragraph, bold=number < 2)
    setter.head()
    for number, row in enumerate(form.rows, start=1):
        setter.row(row, number)
    setter.top += look.leading
    for paragraph in form.after:
        setter.paragraph(paragraph)
    return [sheet.mirrored() if form.wording.right_to_left else sheet for sheet in setter.sheets]


def lay_out_letter(paragraphs: Sequence[str], form: Form, look: Look) -> Sheet:
    """A page of words alone: a cover, or comments."""
    setter = _Setter(form=form, look=look)
    setter.new_page()
    for paragraph in paragraphs:
        setter.paragraph(paragraph)
    sheet = setter.sheets[0]
    return sheet.mirrored() if form.wording.right_to_left else sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A cell's words with an optional box before them."""

    left: float
    lines: list[str]
    box: tuple[int, float] | None = None
    bold: bool = False


@dataclass(slots=True, kw_only=True)
class _Setter:
    """Sets type from the top of the first page down."""

    form: Form
    look: Look
    sheets: list[Sheet] = field(default_factory=list)
    top: float = 0.0

    @property
    def width(self) -> float:
        return self.look.paper[0] - 2 * self.look.margin

    @property
    def bottom(self) -> float:
        return self.look.paper[1] - self.look.margin

    def new_page(self) -> None:
        look = self.look
        self.sheets.append(
            Sheet(
                width=look.paper[0],
                height=look.paper[1],
                face=look.face.name,
                style=look.style,
                ink=look.ink,
            )
        )
        self.top = look.margin

    def room(self, height: float) -> None:
        if self.top + height > self.bottom:
            self.new_page()

    def paragraph(self, text: str, *, bold: bool = False) -> None:
        for line in self.wrapped(text, self.width, bold=bold):
            self.room(self.look.leading)
            self.line(line, self.look.margin, self.top, bold=bold)
            self.top += self.look.leading
        self.top += self.look.leading * 0.5

    def line(self, text: str, left: float, top: float, *, bold: bool = False) -> None:
        size = self.look.size
        self.sheets[-1].words.append(
            Words(left=left, baseline=top + size, size=size, text=text, bold=bold)
        )

    def wrapped(self, text: str, width: float, *, bold: bool = False) -> list[str]:
        face, size = self.look.face, self.look.size
        chinese = self.form.language == "zh"
        pieces = _breakable(text) if chinese else text.split(" ")
        between = "" if chinese else " "
        lines = [pieces[0]]
        for piece in pieces[1:]:
            longer = lines[-1] + between + piece
            if face.width(longer, bold=bold) * size <= width:
                lines[-1] = longer
            else:
                lines.append(piece.lstrip())
        return lines

    # The table.

    def edges(self) -> list[float]:
        """Left edges of the columns and the right edge of the last, from the margin."""
        look, width = self.look, self.width
        first = width * look.first
        match look.columns:
            case Columns.THREE:
                return [0.0, first, first + look.box + 3 * look.pad, width]
            case Columns.TWO:
                return [0.0, first, width]
            case Columns.ONE:
                return [0.0, width]
            case Columns.NUMBERED:
                return [0.0, 26.0, 26.0 + first, width]
            case Columns.KIND:
                return [0.0, first, first + 62.0, width]

    def head(self) -> None:
        edges = self.edges()
        left = edges[1] if len(edges) > 2 else 0.0
        lines = self.wrapped(self.form.select, edges[-1] - left - 2 * self.look.pad, bold=True)
        part = _Part(left=left + self.look.pad, lines=lines, bold=True)
        height = self.height([part])
        self.room(height)
        self.rules(height, [0.0, *([left] if left else []), edges[-1]], first=True, last=True)
        self.put([part], None)
        self.top += height

    def row(self, row: FormRow, number: int) -> None:
        edges, pad = self.edges(), self.look.pad
        heading = edges[1] if self.look.columns is Columns.NUMBERED else 0.0
        room = (edges[-1] if len(edges) == 2 else edges[len(edges) - 2]) - heading
        if self.look.columns in {Columns.THREE, Columns.KIND}:
            room = edges[1]
        title = _Part(
            left=heading + pad,
            lines=self.wrapped(row.heading, room - 2 * pad, bold=self.look.bold),
            bold=self.look.bold,
        )
        if self.look.columns is Columns.ONE:
            choices = [self.choice(row, place, pad + 4) for place in range(4)]
            height = self.height([title]) + self.height(choices)
            self.room(height)
            self.rules(height, edges, first=True, last=True)
            self.put([title], row)
            self.top += self.height([title])
            self.put(choices, row)
            self.top += self.height(choices)
            return
        upper = [self.choice(row, each) for each in (ASSIGNS, NO_COMMENTS, COMMENTS_ATTACHED)]
        lower = [self.choice(row, DOES_NOT_ASSIGN)]
        beside = [[title]]
        if self.look.columns is Columns.NUMBERED:
            beside.append([_Part(left=pad, lines=[f"{number}."])])
        if self.look.columns is Columns.KIND:
            beside.append([_Part(left=edges[1] + pad, lines=["TAP"])])
        heights = [max(map(self.height, (upper, *beside))), self.height(lower)]
        self.room(sum(heights) if self.look.keep else heights[0])
        together = self.top + sum(heights) <= self.bottom
        self.rules(heights[0], edges, first=True, last=not together)
        if together and self.look.lines is Lines.ALL:
            # The first cell is one over both halves.
            self.rule(edges[-2 if len(edges) < 4 else 1], self.top + heights[0], edges[-1])
        for parts in beside:
            self.put(parts, row)
        self.put(upper, row)
        self.top += heights[0]
        self.room(heights[1])
        self.rules(heights[1], edges, first=not together, last=True)
        self.put(lower, row)
        self.top += heights[1]

    def choice(self, row: FormRow, place: int, indent: float = 0.0) -> _Part:
        look, edges = self.look, self.edges()
        main = place in {ASSIGNS, DOES_NOT_ASSIGN}
        gap = look.box + look.pad + 3
        if look.columns is Columns.THREE:
            words = edges[2] + look.pad
            box = edges[1] + 1.5 * look.pad if main else words
            left = words if main else words + gap
        else:
            start = edges[-2] + look.pad + indent
            box = start if main else start + gap
            left = box + gap
        lines = self.wrapped(row.labels[place], edges[-1] - left - look.pad)
        return _Part(left=left, lines=lines, box=(place, box))

    def height(self, parts: Sequence[_Part]) -> float:
        return sum(map(self.part_height, parts)) + 2 * self.look.pad

    def part_height(self, part: _Part) -> float:
        words = len(part.lines) * self.look.leading
        if part.box is None:
            return words
        return max(words + self.sunk(), self.look.box + 2.5)

    def sunk(self) -> float:
        """How far the first line beside a box lies lower, to have its middle where the box has."""
        return max(0.0, (self.look.box - self.look.size) / 2)

    def put(self, parts: Sequence[_Part], row: FormRow | None) -> None:
        """Sets parts one under the other from the top of the present row."""
        look, sheet = self.look, self.sheets[-1]
        top = self.top + look.pad
        for part in parts:
            down = 0.0
            if part.box is not None and row is not None:
                place, left = part.box
                down = self.sunk()
                sheet.boxes.append(
                    BoxPlace(
                        designation=row.designation,
                        place=place,
                        left=look.margin + left,
                        top=top + down + (look.size - look.box) / 2 + look.size * 0.08,
                        size=look.box,
                    )
                )
            for number, line in enumerate(part.lines):
                at = top + down + number * look.leading
                self.line(line, look.margin + part.left, at, bold=part.bold)
            top += self.part_height(part)
        if row is not None:
            sheet.bands.append(RowBand(designation=row.designation, top=self.top, bottom=top))

    def rule(self, left: float, top: float, right: float) -> None:
        margin = self.look.margin
        self.sheets[-1].rules.append(
            Rule(
                left=margin + left, top=top, right=margin + right, bottom=top, width=self.look.rule
            )
        )

    def rules(self, height: float, edges: Sequence[float], *, first: bool, last: bool) -> None:
        """The lines round and between the cells of a row."""
        look = self.look
        if look.lines is Lines.NONE:
            return
        if first:
            self.rule(edges[0], self.top, edges[-1])
        if last:
            self.rule(edges[0], self.top + height, edges[-1])
        if look.lines is Lines.ACROSS:
            return
        for edge in edges if look.lines is Lines.ALL else (edges[0], edges[-1]):
            left = look.margin + edge
            self.sheets[-1].rules.append(
                Rule(
                    left=left,
                    top=self.top,
                    right=left,
                    bottom=self.top + height,
                    width=look.rule,
                )
            )


def _breakable(text: str) -> list[str]:
    """Chinese breaks between any two characters, but not within a name."""
    pieces: list[str] = []
    for char in text:
        named = char.isascii() and char != " "
        if pieces and named and pieces[-1][-1].isascii() and pieces[-1][-1] != " ":
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces

"""One page taken apart: its places to tick, its words, its tables, and what lies over them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from parsers.designation import designations
from parsers.pdf import remarks
from parsers.pdf.annotations import Annotation, AnnotationKind, read_annotations
from parsers.pdf.area import Area, Frame
from parsers.pdf.document import Page
from parsers.pdf.drawing import read_drawing
from parsers.pdf.fields import Field, FieldKind
from parsers.pdf.grid import Table, find_tables
from parsers.pdf.judgement import Seen, look
from parsers.pdf.objects import read_content
from parsers.pdf.picture import Picture, render
from parsers.pdf.regions import Remark
from parsers.pdf.scan import is_garbled, is_picture
from parsers.pdf.spots import Spots
from parsers.pdf.text import Glyph, read_glyphs
from parsers.pdf.words import Word, visible, words_of
from parsers.reading import Doubt

#: Pixels of ink at 150 dpi that nothing explains: a stroke of a few millimetres.
_STAIN = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page as it was taken from the file, before the whole document is judged.

    Attributes:
        number: from 1.
        shown, frame: its coordinates as a viewer shows it, and as it is read here.
        seen: its places to tick, each with what the picture shows of it.
        words: its text, without what lies in a place to tick.
        tables: that its ruling lines make.
        remarks: what makes rows doubtful.
        notes: what notes on it say, which stand in no place.
        behind: text that is there but not shown, as of a scan.
        doubts: of the page as a whole.
    """

    number: int
    shown: Frame
    frame: Frame
    seen: tuple[Seen, ...] = ()
    words: tuple[Word, ...] = ()
    tables: tuple[Table, ...] = ()
    remarks: tuple[Remark, ...] = ()
    notes: tuple[str, ...] = ()
    behind: str = ""
    doubts: tuple[Doubt, ...] = ()
    picture: Picture | None = None
    known: tuple[Area, ...] = ()

    def is_stained(self, area: Area) -> bool:
        """Whether the picture shows ink in an area that nothing on the page explains."""
        if self.picture is None:
            return False
        inside = area.grown(-1.5)
        near = [each for each in self.known if each.touches(inside)]
        return self.picture.unexplained(inside, near) >= _STAIN


def read_sheet(page: Page, fields: Mapping[tuple[int, int], Field] | None) -> Sheet:
    """Takes one page apart.

    Args:
        page: of an open document.
        fields: of the document; None where they could not be read.
    """
    shown_area = page.frame.shown
    content = read_content(page)
    glyphs = read_glyphs(page, content)
    annotations = read_annotations(page)
    picture = render(page)
    shown, hidden = visible(glyphs, picture, content.images)
    doubts = [] if content.complete else [Doubt.TOO_LARGE]
    if is_picture(shown_area, content, shown, picture):
        return Sheet(
            number=page.number,
            shown=page.shown,
            frame=page.frame,
            behind=_text(glyphs),
            doubts=(*doubts, Doubt.SCAN),
        )
    if is_garbled(shown):
        doubts.append(Doubt.UNREADABLE)
    if designations(_text([each for each in glyphs if each.hidden or each.char.isspace()])):
        # The file names a text where nobody can see it: off the page, painted over, in white.
        doubts.append(Doubt.TEXT_AND_PICTURE_DIFFER)
    drawing = read_drawing(content.shapes)
    if not drawing.complete:
        doubts.append(Doubt.TOO_LARGE)
    tables = find_tables(drawing.lines, shown_area)
    spots = Spots()
    spots.add_squares(drawing.squares)
    rest = spots.add_characters(shown)
    typed, unknown = _add_fields(spots, annotations, fields, page.number)
    words = words_of(spots.take_characters(rest))
    strays = spots.take_shapes(drawing)
    found = [
        *unknown,
        *remarks.annotated(spots, annotations, shown_area),
        *remarks.drawn(strays, shown_area),
        *remarks.unseen(spots, hidden),
        *remarks.between(spots, words),
        *remarks.struck(drawing.lines, words),
        *remarks.highlighted(drawing, words),
    ]
    grounds = [area for area, _ in drawing.grounds]
    known = (
        *(_around(word) for word in words),
        *(spot.near(0.4) for spot in spots.found),
        *(line.area.grown(2) for line in drawing.lines),
        *(
            shape.area.grown(shape.width + 1)
            for shape in (*drawing.marks, *drawing.strokes)
            if shape.area not in grounds
        ),
        *(area.grown(2) for each in annotations for area in each.areas),
    )
    written = [each for each in annotations if each.kind is AnnotationKind.TYPED and each.text]
    return Sheet(
        number=page.number,
        shown=page.shown,
        frame=page.frame,
        seen=tuple(look(spot, page.number, picture) for spot in spots.found),
        words=(
            *words,
            *typed,
            *(
                typed_word(each.text, each.areas[0])
                for each in written
                if spots.at(each.areas[0].centre, 0.3) is None
            ),
        ),
        tables=tuple(tables),
        remarks=tuple(found),
        notes=tuple(
            each.text for each in annotations if each.kind is AnnotationKind.NOTE and each.text
        ),
        doubts=tuple(doubts),
        picture=picture,
        known=known,
    )


def _add_fields(
    spots: Spots,
    annotations: Iterable[Annotation],
    fields: Mapping[tuple[int, int], Field] | None,
    page: int,
) -> tuple[list[Word], list[Remark]]:
    """Puts the page's fields where they lie.

    What is typed into text fields comes back as words; fields that cannot be read, as remarks.
    """
    typed: list[Word] = []
    unknown: list[Remark] = []
    for annotation in annotations:
        if annotation.kind is not AnnotationKind.WIDGET:
            continue
        area = annotation.areas[0]
        found = (fields or {}).get((page, annotation.index))
        if found is None or found.kind is FieldKind.UNKNOWN:
            unknown.append(Remark(area=area, doubt=Doubt.FIELD_CONTRADICTS_ITSELF))
            continue
        if found.kind in (FieldKind.CHECK_BOX, FieldKind.RADIO):
            spots.add_field(area, found)
        elif found.kind in (FieldKind.TEXT, FieldKind.CHOICE) and not spots.add_text_field(
            area, found
        ):
            typed.append(typed_word(found.text, area))
    return [word for word in typed if word.glyphs], unknown


def typed_word(text: str, area: Area) -> Word:
    """Text that has a place but no characters of its own there: spread over the place's width."""
    text = " ".join(text.split())[:2000]
    step = area.width / max(1, len(text))
    height = min(area.height, 14.0)
    top = area.top + (area.height - height) / 2
    glyphs = []
    for index, char in enumerate(text):
        left = area.left + index * step
        at = Area(left, top, left + step, top + height)
        glyphs.append(Glyph(char, at, at, "", 0, 0))
    return Word(glyphs, Area(area.left, top, area.right, top + height))


def _text(glyphs: Sequence[Glyph]) -> str:
    """In the file's order, line by line."""
    parts: list[str] = []
    for index, glyph in enumerate(glyphs):
        if index and glyph.line != glyphs[index - 1].line:
            parts.append("\n")
        elif index and glyph.order != glyphs[index - 1].order:
            parts.append(" ")
        parts.append(glyph.char)
    return "".join(parts)


def _around(word: Word) -> Area:
    area = word.area
    for glyph in word.glyphs:
        area = area.joined(glyph.ink)
    return area.grown(1.2)

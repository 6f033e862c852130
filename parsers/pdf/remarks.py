"""What on a page is neither the form's own nor a mark in a box, and makes the row it lies on doubtful."""

from collections.abc import Iterable, Sequence

from parsers.mark_characters import box_character, mark_character
from parsers.pdf.annotations import Annotation, AnnotationKind
from parsers.pdf.area import Area
from parsers.pdf.drawing import Drawing, Line
from parsers.pdf.objects import Shape
from parsers.pdf.regions import Remark
from parsers.pdf.spots import Spots
from parsers.pdf.text import Glyph
from parsers.pdf.words import Word, matters
from parsers.reading import Doubt

_DOUBTS = {
    AnnotationKind.DRAWN: Doubt.DRAWING_OVER_FORM,
    AnnotationKind.STAMP: Doubt.DRAWING_OVER_FORM,
    AnnotationKind.OTHER: Doubt.DRAWING_OVER_FORM,
    AnnotationKind.TYPED: Doubt.WRITTEN_REMARK,
    AnnotationKind.NOTE: Doubt.WRITTEN_REMARK,
    AnnotationKind.HIGHLIGHT: Doubt.HIGHLIGHTED_TEXT,
    AnnotationKind.UNDERLINE: Doubt.HIGHLIGHTED_TEXT,
    AnnotationKind.STRIKE: Doubt.STRUCK_TEXT,
}
#: A shape larger than this share of the page frames it, and is none of a row's own.
_FRAME = 0.5
#: How near (in points) a mark beside a box stands, and which share of its height they have in common.
_BESIDE, _SHARED = 24.0, 0.25
#: The share that makes it clearly that box's.
_CLEARLY = 0.65
#: How colourful (0-255) a ground must be to be a highlighter's, and how close to its line.
_COLOUR, _CLOSE = 50, 3.5
#: How much higher than its letters a line of print with its leading is.
_LEADING = 1.9


def annotated(spots: Spots, annotations: Iterable[Annotation], page: Area) -> list[Remark]:
    """Gives annotations to the boxes that they tick; all others are remarks where they lie."""
    found: list[Remark] = []
    for annotation in annotations:
        doubt = _DOUBTS.get(annotation.kind)
        if doubt is None:
            continue
        if annotation.kind is AnnotationKind.NOTE:
            # Its sign stands in the margin as often as in the row.
            found.extend(
                Remark(area=Area(page.left, area.top, page.right, area.bottom), doubt=doubt)
                for area in annotation.areas
            )
            continue
        found.extend(Remark(area=area, doubt=doubt) for area in spots.take_annotation(annotation))
    return found


def drawn(shapes: Iterable[Shape], page: Area) -> list[Remark]:
    """Shapes that are no marks in a box: a signature, a ring round a label, a line through a row."""
    most = _FRAME * page.width * page.height
    return [
        Remark(area=shape.area, doubt=Doubt.DRAWING_OVER_FORM)
        for shape in shapes
        if shape.area.width * shape.area.height < most
    ]


def unseen(spots: Spots, hidden: Iterable[Glyph]) -> list[Remark]:
    """Boxes and marks that the text has and the picture has not."""
    return [
        Remark(area=glyph.ink, doubt=Doubt.TEXT_AND_PICTURE_DIFFER)
        for glyph in hidden
        if matters(glyph)
        and (
            box_character(glyph.char, glyph.font) is not None
            or spots.at(glyph.ink.centre, 0.5) is not None
        )
    ]


def struck(lines: Iterable[Line], words: Sequence[Word]) -> list[Remark]:
    """Words with a line through them."""
    level = [line for line in lines if not line.upright]
    found: list[Remark] = []
    for word in words if level else ():
        middle = word.area.height * 0.28
        for line in level:
            through = word.area.top + middle < line.at < word.area.bottom - middle
            along = min(line.end, word.area.right) - max(line.start, word.area.left)
            if through and along > 0.5 * word.area.width:
                found.append(Remark(area=word.area, doubt=Doubt.STRUCK_TEXT))
    return found


def highlighted(drawing: Drawing, words: Sequence[Word]) -> list[Remark]:
    """Coloured grounds that follow a line of text, as a highlighter's do; those of cells do not."""
    found: list[Remark] = []
    for ground, colour in drawing.grounds:
        if colour < _COLOUR:
            continue
        within = [word.area for word in words if ground.holds(word.area.centre)]
        if any(abs(ground.height - area.height) <= _CLOSE for area in within) or _hugs(
            ground, within
        ):
            found.append(Remark(area=ground, doubt=Doubt.HIGHLIGHTED_TEXT))
    return found


def _hugs(ground: Area, words: Sequence[Area]) -> bool:
    """Whether a ground is as long as the words on it and as high as their line, leading included."""
    if not words:
        return False
    height = max(area.height for area in words)
    before = min(area.left for area in words) - ground.left
    after = ground.right - max(area.right for area in words)
    return ground.height <= _LEADING * height and max(before, after) <= height


def between(spots: Spots, words: Iterable[Word]) -> list[Remark]:
    """Marks beside two boxes at once: on a height between them, nobody can tell which is meant."""
    found: list[Remark] = []
    for word in words:
        glyph = word.glyphs[0]
        if len(word.glyphs) > 2 or not mark_character(glyph.char, glyph.font):
            continue
        ink = glyph.ink
        area = ink
        levels: list[float] = []
        for spot in spots.found:
            gap = max(spot.area.left - ink.right, ink.left - spot.area.right)
            level = min(spot.area.bottom, ink.bottom) - max(spot.area.top, ink.top)
            if gap < _BESIDE and level > _SHARED * ink.height:
                levels.append(level / max(0.1, ink.height))
                area = area.joined(spot.area)
        if len(levels) > 1 and max(levels) < _CLEARLY:
            found.append(Remark(area=area, doubt=Doubt.STRAY_MARK))
    return found

"""Whether a box is empty, marked, or for a person to judge: wide margins between the three.

What a form's own marks have in common sets the measure: one hand ticks its boxes alike, and what
is heavier and larger than the others may have been scribbled over.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.reading import Mark
from parsers.scan.marks import Ink
from parsers.scan.scribbles import Marks, chance_of_scribble, has_mark

#: Up to this share of ink, and extent of it, the inside of an empty box is specks.
_SPECKS, _SHORT = 0.04, 0.25
#: The same where a neighbour's mark may end at its edge: without the edge, and with it.
_CORE, _EDGE = 0.02, 0.15
#: From this extent on a stroke beside an empty box may be meant for it.
_STRAY = 0.45
#: The most that a mark's chance of being a scribble may be.
_MOST_CHANCE = 0.0225
#: How likely a mark is where all hints of one are there that an empty box may have.
_HINT = 0.02
#: From this share of a ruling line on the inside of a box is not only the pen's.
_RULED = 0.02
#: The least of a frame that a box must have: letters have less.
_FRAMED = 0.5
#: How far off, in sides of the box, the middle of a mark may be anywhere, and how much farther
#: than that of the form's usual mark.
_OFF, _OFF_MORE = 0.4, 0.25
#: What share of the ink of the form's usual mark a mark has at least, and one that another box
#: has a part of.
_LIGHTER, _LIGHT = 0.62, 0.72
#: How much more of the inside may be ink of any kind than ink as dark as the form's marks.
_PALE = 0.3
#: More dots in and round a box than this are what is left of strokes.
_DOTS = 8
#: The options of one answer.
_OPTIONS = 2
#: The share of a form's texts that must have some mark: else the picture may have lost the others.
_ANSWERED, _ENOUGH_TEXTS = 0.34, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is said of one box.

    Attributes:
        mark: the verdict.
        how: why, in words and numbers.
        confidence: how likely it is, 0 to 1, that a person would say the same.
    """

    mark: Mark
    how: str
    confidence: float


def judge(ink: Ink, marks: Marks) -> Verdict:
    """Judges one box.

    Args:
        ink: in and round it.
        marks: those of its form.
    """
    said = f"{ink.inside:.0%} of the box is ink, strokes {ink.reach:.1f} of its side long"
    if ink.inside <= _SPECKS and ink.reach <= _SHORT:
        if ink.touching:
            return _doubt("empty, but a stroke that comes from another box touches it")
        hints = ink.inside / _SPECKS + ink.strays / _STRAY
        if hints > 1:
            return _doubt(f"empty, but a stroke {ink.strays:.1f} of its side long beside it")
        return Verdict(
            mark=Mark.EMPTY,
            how=f"empty: {ink.inside:.1%} of the box is ink",
            confidence=1.0 - _HINT * hints,
        )
    if ink.edged and ink.core <= _CORE and ink.inside <= _EDGE and not ink.touching:
        return Verdict(
            mark=Mark.EMPTY,
            how=f"empty but for its edge, where a neighbour's mark ends: {ink.inside:.1%} is ink",
            confidence=0.99,
        )
    if ink.framed < _FRAMED:
        return _doubt(f"no whole frame round it: {said}")
    if ink.ruled > _RULED:
        return _doubt(f"a line runs through the box: {said}")
    if not has_mark(ink):
        return _doubt(f"between empty and marked: {said}")
    return _marked(ink, marks, said)


def _marked(ink: Ink, marks: Marks, said: str) -> Verdict:
    """A box with strokes in it: a mark, unless it may have been scribbled over."""
    if ink.foreign:
        return _doubt(f"a stroke of another box runs through it: {said}")
    if ink.offset > max(_OFF, marks.offset + _OFF_MORE):
        return _doubt(f"the strokes lie {ink.offset:.1f} of its side off the box: {said}")
    if ink.inside > ink.solid + _PALE:
        return _doubt(f"much of it paler than the form's other marks: {said}")
    if ink.dots > marks.dots + _DOTS:
        return _doubt(f"strokes in pieces, {ink.dots} dots round them: {said}")
    if ink.solid < _LIGHTER * marks.solid:
        return _doubt(f"much less ink than in the form's other marks: {said}")
    if ink.touching and ink.solid < _LIGHT * marks.solid:
        return _doubt(f"strokes that go on into another box: {said}")
    chance = chance_of_scribble(ink, marks)
    if chance > _MOST_CHANCE:
        times = ink.mass / marks.mass
        compared = f"{times:.1f} times the ink of the form's other marks"
        return _doubt(f"may be scribbled over, {compared}, {chance:.0%} likely: {said}")
    return Verdict(mark=Mark.MARKED, how=f"marked: {said}", confidence=1.0 - chance)


def _doubt(how: str) -> Verdict:
    return Verdict(mark=Mark.DOUBTFUL, how=how, confidence=0.4)


def held_together(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts on a row's four boxes, looked at together.

    Of the two options only one is to be ticked: where both are, one may have been taken back. Where
    there is a hint of ink at both, and no more, there may be a mark between them.
    """
    options = [verdict for verdict in verdicts[1:3] if verdict.mark is Mark.EMPTY]
    if len(options) == _OPTIONS and sum(1 - each.confidence for each in options) > _HINT:
        between = [_doubt(f"ink between the two options may be a mark; {v.how}") for v in options]
        return [verdicts[0], *between, verdicts[3]]
    marked = [verdict.mark is Mark.MARKED for verdict in verdicts]
    if not (marked[1] and marked[2]):
        return list(verdicts)
    return [
        _doubt(f"both options are marked, one may be taken back; {verdict.how}")
        if place in (1, 2)
        else verdict
        for place, verdict in enumerate(verdicts)
    ]


def with_others(rows: Sequence[Sequence[Verdict]]) -> list[list[Verdict]]:
    """The verdicts on all rows of a form, looked at together.

    Where hardly a text is answered the picture may have lost most strokes of a pale pen, and of a
    mark that was scribbled over only what lies over each other.
    """
    answered = sum(any(each.mark is not Mark.EMPTY for each in row) for row in rows)
    if len(rows) < _ENOUGH_TEXTS or answered > _ANSWERED * len(rows):
        return [list(row) for row in rows]
    return [
        [
            _doubt(f"hardly a text is answered, strokes may be lost; {each.how}")
            if each.mark is Mark.MARKED
            else each
            for each in row
        ]
        for row in rows
    ]

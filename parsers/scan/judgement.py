"""Whether a box is empty, marked, or for a person to judge: wide margins between the three.

What a form's own marks have in common sets the measure: one hand ticks its boxes alike, and what
is far heavier than the others may have been scribbled over, what is far lighter may be dirt.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from parsers.reading import Mark
from parsers.scan.marks import Ink


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is said of one box.

    Attributes:
        mark: the verdict.
        how: why, in words and numbers.
        confidence: 0 to 1: how far from the margin it is.
    """

    mark: Mark
    how: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """How a form's sure marks are.

    Attributes:
        count: of them.
        mass: the median area of strokes.
        inside: the median share of the inner area.
        beyond: the median of how far they go out of the box.
        runs: the median of how many strokes a line across a box meets.
        filled: whether the boxes are filled rather than ticked.
    """

    count: int
    mass: float
    inside: float
    beyond: float
    runs: float
    filled: bool


#: Up to this an empty box's inside is specks; from that on a pen was in it.
_SPECKS, _STROKE = 0.025, 0.10
#: Extents of a speck and of a stroke.
_SHORT, _LONG = 0.22, 0.42
#: From here on strokes leave the picture of the box: how far they go cannot be said.
_FAR = 0.85
#: From this mass on marks fill the box.
_HEAVY = 0.62
#: From this share of dark inner area on a box is filled.
_SOLID = 0.82
#: From this share of its convex hull on a blob is one area and no tangle.
_COMPACT = 0.92


def hand_of(inks: Sequence[Ink]) -> Hand:
    """What the marks of one form have in common."""
    sure = [each for each in inks if each.inside >= _STROKE and each.reach >= _LONG]
    if not sure:
        return Hand(count=0, mass=0.0, inside=0.0, beyond=0.0, runs=0.0, filled=False)
    mass = float(np.median([each.mass for each in sure]))
    return Hand(
        count=len(sure),
        mass=mass,
        inside=float(np.median([each.inside for each in sure])),
        beyond=float(np.median([each.beyond for each in sure])),
        runs=float(np.median([each.runs for each in sure])),
        filled=mass >= _HEAVY or float(np.median([each.solid for each in sure])) >= _SOLID,
    )


def judge(ink: Ink, hand: Hand) -> Verdict:
    """Judges one box."""
    said = f"{ink.inside:.0%} of the box is ink, strokes {ink.reach:.1f} of its side long"
    if ink.inside <= _SPECKS and ink.reach <= _SHORT:
        if ink.strays > 0.45:
            return _doubt(f"empty, but a stroke {ink.strays:.1f} of its side long beside it")
        return Verdict(
            mark=Mark.EMPTY,
            how=f"empty: {ink.inside:.1%} of the box is ink",
            confidence=1.0 - ink.inside,
        )
    if ink.foreign and ink.inside - ink.foreign <= _SPECKS and ink.reach <= _SHORT:
        if ink.foreign > 0.3:
            return _doubt(f"a neighbour's stroke takes {ink.foreign:.0%} of the box")
        return Verdict(
            mark=Mark.EMPTY, how="empty but for the end of a neighbour's stroke", confidence=0.97
        )
    if ink.inside < _STROKE or ink.reach < _LONG:
        return _doubt(f"between empty and marked: {said}")
    if ink.solid < 0.03:
        return _doubt(f"too faint: {said}")
    return _marked(ink, hand, said)


def _marked(ink: Ink, hand: Hand, said: str) -> Verdict:
    """A box with strokes in it: a mark, unless it may have been scribbled over."""
    neat = ink.beyond <= max(0.14, min(0.4, hand.beyond + 0.1))
    if ink.mass >= _HEAVY or ink.solid >= _SOLID:
        tidy = neat or (ink.filling >= _COMPACT and ink.beyond <= 0.5)
        if not (hand.filled and hand.count >= 2 and tidy):
            return _doubt(f"heavy enough to be crossed out: {said}")
        if ink.mass > 1.25 * hand.mass + 0.03:
            return _doubt(f"much heavier than the form's other marks: {said}")
    elif hand.filled and ink.mass < 0.5 * hand.mass:
        return _doubt(f"much lighter than the form's other marks: {said}")
    else:
        hatched = hand.count >= 3 and hand.runs >= 3 and ink.mass <= 1.25 * hand.mass and neat
        if ink.runs >= 3 and not hatched:
            return _doubt(f"strokes go to and fro {ink.runs:.0f} times: {said}")
        if ink.mass > 1.75 * hand.mass + 0.08:
            return _doubt(f"much heavier than the form's other marks: {said}")
        if ink.inside < 0.4 * hand.inside:
            return _doubt(f"much lighter than the form's other marks: {said}")
    if ink.beyond >= _FAR and hand.beyond < 0.6 * _FAR:
        return _doubt(f"strokes go {ink.beyond:.1f} of its side out of the box: {said}")
    certainty = min(1.0, 0.9 + ink.inside)
    return Verdict(mark=Mark.MARKED, how=f"marked: {said}", confidence=certainty)


def _doubt(how: str) -> Verdict:
    return Verdict(mark=Mark.DOUBTFUL, how=how, confidence=0.4)


def held_together(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts on a row's four boxes, looked at together.

    Of the two options only one is to be ticked: where both are, one may have been taken back.
    """
    marked = [verdict.mark is Mark.MARKED for verdict in verdicts]
    if not (marked[1] and marked[2]):
        return list(verdicts)
    return [
        _doubt(f"both options are marked, one may be taken back; {verdict.how}")
        if place in (1, 2)
        else verdict
        for place, verdict in enumerate(verdicts)
    ]

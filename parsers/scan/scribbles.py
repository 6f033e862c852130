"""How likely a marked box was scribbled out: held against the other marks of the same form.

One hand ticks its boxes alike; what takes a tick back lies over it, so it weighs more, goes
farther, and is like no other mark of the form. The weights of a logistic regression say how much
each of these tells. They were fitted by Newton's method, with a ridge of 20 on traits of unit
variance and both classes weighing alike, to some 6400 boxes of forms of the corpus: scans, faxes and
photographs, ticks drawn evenly and unevenly, 390 of them then scribbled over, struck or starred.
Scribbles of which a pale pen left less than a tick were left out: no measure of mass can tell them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from parsers.scan.marks import Ink

#: From this share of ink, and extent of it in sides of the box, on a box has a mark in it.
_INSIDE, _REACH, _SOLID = 0.10, 0.40, 0.05
#: Which mark of a form, from the lightest on, is taken for the usual one: scribbles are heavier.
_USUAL = 0.3
#: Which one of a form, from the one best in the middle on, lies rather far off.
_FAR = 0.7
#: The usual mass and filling of a mark anywhere, and how many marks of a form that counts for.
_MASS, _FILLING, _COUNTS_FOR = 0.4, 0.7, 1.5
#: What two marks of one hand differ in at most: shares of mass, hull, solidity and filling as
#: logarithms, and sides of the box by which they go beyond it.
_ALIKE = (0.2, 0.3, 0.25, 0.2, 0.2)
#: More marks like one than so many tell no more.
_MOST_KIN = 6
_LEAST = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What the marks of one form have in common.

    Attributes:
        inks: of the boxes that have a mark in them.
        mass, filling: of the usual one.
        solid: how much of the inside of the usual one is as dark as the pen's strokes; 0 where
            the form has too few marks to tell.
        dots: strewn round the usual box.
        offset: how far off the box the middles of those are that lie rather far off, in its sides.
    """

    inks: tuple[Ink, ...]
    mass: float
    filling: float
    solid: float
    dots: float
    offset: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What tells a scribble from a mark; logarithms but where it says otherwise.

    Attributes:
        heavier: how much more ink there is than in the form's usual mark.
        kin: how many marks of the form are like it.
        kin_share: the share of the form's other marks that are, 0 to 1.
        solid: how much of the inside is as dark as the pen's strokes.
        dots: how many more dots lie round it than round the form's usual box.
        crossings: how many strokes a line across it meets (a number).
        fuller: how much more of its hull it fills than the usual one.
    """

    heavier: float
    kin: float
    kin_share: float
    solid: float
    dots: float
    crossings: float
    fuller: float


#: Fitted weights, and what is added where every second box is scribbled over.
WEIGHTS = Traits(
    heavier=5.682,
    kin=-1.466,
    kin_share=-2.283,
    solid=2.784,
    dots=0.718,
    crossings=0.383,
    fuller=1.698,
)
BIAS = -1.342
#: One of so many boxes with ink in them is scribbled over.
ONE_OF = 30


def has_mark(ink: Ink) -> bool:
    """Whether there is enough ink in a box for a mark, or a scribble."""
    return ink.inside > _INSIDE and ink.reach > _REACH and ink.solid > _SOLID


def marks_of(inks: Sequence[Ink]) -> Marks:
    """What the marks of a form have in common; what marks usually are where it has few."""
    found = tuple(ink for ink in inks if has_mark(ink))
    return Marks(
        inks=found,
        mass=_usual([ink.mass for ink in found], _MASS),
        filling=_usual([ink.filling for ink in found], _FILLING),
        solid=float(np.median([ink.solid for ink in found])) if len(found) > 1 else 0.0,
        dots=float(np.median([ink.dots for ink in inks])) if inks else 0.0,
        offset=float(np.quantile([ink.offset for ink in found], _FAR)) if found else 0.0,
    )


def traits(ink: Ink, marks: Marks) -> Traits:
    """What is to be said of a box that has a mark in it, or a scribble."""
    kin = sum(_alike(ink, other) for other in marks.inks if other is not ink)
    return Traits(
        heavier=_log(ink.mass) - math.log(marks.mass),
        kin=math.log1p(min(kin, _MOST_KIN)),
        kin_share=kin / max(1, len(marks.inks) - 1),
        solid=_log(ink.solid),
        dots=math.log((1 + ink.dots) / (1 + marks.dots)),
        crossings=ink.crossings,
        fuller=_log(ink.filling) - math.log(marks.filling),
    )


def chance_of_scribble(ink: Ink, marks: Marks) -> float:
    """How likely it is, 0 to 1, that a box with ink in it was scribbled over."""
    found = traits(ink, marks)
    total = BIAS - math.log(ONE_OF - 1)
    total += sum(getattr(WEIGHTS, each.name) * getattr(found, each.name) for each in fields(Traits))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _usual(values: Sequence[float], anywhere: float) -> float:
    """The usual value of a form's marks, drawn to what it is anywhere the fewer there are."""
    if not values:
        return anywhere
    own = float(np.quantile([max(_LEAST, each) for each in values], _USUAL))
    count = len(values)
    total = count * math.log(own) + _COUNTS_FOR * math.log(anywhere)
    return math.exp(total / (count + _COUNTS_FOR))


def _alike(one: Ink, other: Ink) -> bool:
    differences = (
        _log(one.mass) - _log(other.mass),
        _log(one.hull) - _log(other.hull),
        _log(one.solid) - _log(other.solid),
        _log(one.filling) - _log(other.filling),
        one.beyond - other.beyond,
    )
    return all(abs(each) <= most for each, most in zip(differences, _ALIKE, strict=True))


def _log(value: float) -> float:
    return math.log(max(_LEAST, value))

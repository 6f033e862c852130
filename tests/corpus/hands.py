"""Hands that fill forms in: habits, corrections, signatures, notes; strokes in points on a sheet."""

import math
import random
from dataclasses import dataclass
from enum import Enum

import numpy as np

from tests.corpus.ink import Pen, Point, Stroke
from tests.corpus.sheets import BoxPlace


class Habit(Enum):
    """How a hand ticks a box."""

    TICK = "tick"
    CROSS = "cross"
    FILLED = "filled"
    SLASH = "slash"
    DOT = "dot"
    LONG_TICK = "tick with a long tail"
    HATCHED = "hatched"
    #: Round the box, not in it.
    CIRCLE = "circle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Somebody's way of ticking.

    Attributes:
        pen: that is held.
        habit: of ticking.
        size: of a mark, 1.0 for as large as the box.
        unsteady: how far a point strays, as a share of the box.
        shift: how far the middle of a mark strays from the box's, as a share of the box.
    """

    pen: Pen
    habit: Habit
    size: float
    unsteady: float
    shift: float

    @property
    def traits(self) -> dict[str, str]:
        """For the document's description."""
        return {
            "mark": self.habit.value,
            "mark size": f"{self.size:.1f}",
            "pen": self.pen.name,
        }


_BALLPOINTS = (
    ("blue ballpoint", (25, 45, 140)),
    ("black ballpoint", (30, 30, 35)),
    ("red ballpoint", (190, 30, 40)),
)
_FELTS = (("black felt pen", (15, 15, 15)), ("blue felt pen", (20, 40, 130)))
_PENCIL = (85, 85, 90)


def a_hand(chance: random.Random, *, rough: bool) -> Hand:
    """Draws a hand; a rough one may hold a pencil, circle boxes, and go far beyond them."""
    kind = chance.choices(("ballpoint", "felt", "pencil"), (6, 2, 1 if rough else 0))[0]
    if kind == "ballpoint":
        name, colour = chance.choice(_BALLPOINTS[: 3 if rough else 2])
        pen = Pen(
            colour=colour,
            width=chance.uniform(0.3, 0.6),
            cover=chance.uniform(0.75 if rough else 0.85, 1.0),
            name=name,
        )
    elif kind == "felt":
        name, colour = chance.choice(_FELTS)
        pen = Pen(
            colour=colour, width=chance.uniform(0.6, 1.1), cover=chance.uniform(0.9, 1), name=name
        )
    else:
        pen = Pen(
            colour=_PENCIL,
            width=chance.uniform(0.3, 0.55),
            cover=chance.uniform(0.35, 0.75),
            name="pencil",
        )
    habit = chance.choices(list(Habit), (6, 6, 2, 2, 1, 2, 1, 1 if rough else 0))[0]
    return Hand(
        pen=pen,
        habit=habit,
        size=chance.uniform(0.75, 1.5) if rough else chance.uniform(0.8, 1.25),
        unsteady=chance.uniform(0.02, 0.09 if rough else 0.05),
        shift=chance.uniform(0.0, 0.16 if rough else 0.1),
    )


def mark(chance: random.Random, hand: Hand, box: BoxPlace) -> list[Stroke]:
    """The strokes of a tick in a box."""
    side = box.size
    across, down = box.centre
    centre = (
        across + chance.gauss(0, 1) * hand.shift * side * 0.6,
        down + chance.gauss(0, 1) * hand.shift * side * 0.6,
    )
    size = hand.size * chance.uniform(0.88, 1.12) * side
    match hand.habit:
        case Habit.TICK:
            shape = [[(-0.38, 0.0), (-0.1, 0.36), (0.45, -0.48)]]
        case Habit.LONG_TICK:
            tail = chance.uniform(0.9, 1.4)
            shape = [[(-0.36, 0.02), (-0.1, 0.36), (0.35, -0.4), (tail, -tail * 0.95)]]
        case Habit.CROSS:
            shape = [[(-0.42, -0.42), (0.42, 0.42)], [(0.42, -0.42), (-0.42, 0.42)]]
        case Habit.SLASH:
            shape = [[(-0.45, 0.45), (0.45, -0.45)]]
        case Habit.DOT:
            shape = [_spiral(0.2, 3)]
            size = max(size, 3.2 * hand.pen.width * 72 / 25.4)
        case Habit.CIRCLE:
            shape = [_round(chance.uniform(0.85, 1.15))]
        case _:
            # Filled or hatched, neatly within the box: what goes beyond it is a scribble.
            size = side * chance.uniform(0.88, 0.98)
            lines = 12 if hand.habit is Habit.FILLED else 5
            shape = [_zigzag(lines, 0.4)]
            centre = box.centre
    return [_drawn(chance, stroke, centre, size, hand.unsteady * side) for stroke in shape]


def scribble(chance: random.Random, hand: Hand, box: BoxPlace) -> list[Stroke]:
    """What takes a tick back: a tangle over the box and beyond it."""
    size = box.size * chance.uniform(1.25, 2.0)
    kind = chance.randrange(3)
    if kind == 0:
        shape = [_zigzag(chance.randrange(6, 14), 0.5)]
    elif kind == 1:
        shape = [_spiral(0.5, chance.randrange(4, 8))]
    else:
        shape = [
            [(-0.6, y + chance.uniform(-0.1, 0.1)), (0.6, y + chance.uniform(-0.1, 0.1))]
            for y in np.linspace(-0.4, 0.4, chance.randrange(5, 9))
        ]
    unsteady = 0.08 * box.size
    return [_drawn(chance, stroke, box.centre, size, unsteady) for stroke in shape]


def beside(chance: random.Random, hand: Hand, box: BoxPlace) -> list[Stroke]:
    """A tick that stands left of the box, or right of it, without touching it."""
    away = box.size * (hand.size * 0.6 + chance.uniform(1.0, 1.5)) * chance.choice((-1, -1, 1))
    return mark(chance, hand, box.moved(away, 0.0))


def signature(chance: random.Random, left: float, top: float, width: float) -> list[Stroke]:
    """A name that nobody can read."""
    strokes = []
    for _ in range(chance.randrange(1, 4)):
        height = width * chance.uniform(0.12, 0.3)
        turns = chance.uniform(3, 8)
        phase, slant = chance.uniform(0, 6), chance.uniform(0.2, 0.8)
        start = left + width * chance.uniform(0, 0.25)
        points = []
        for step in range(60):
            t = step / 59
            angle = phase + t * turns * 2 * math.pi
            swing = height * (0.4 + 0.6 * abs(math.sin(3 * t + phase)))
            points.append(
                (
                    start + t * width * 0.8 + 0.35 * swing * math.sin(angle) * slant,
                    top + swing * math.cos(angle),
                )
            )
        strokes.append(points)
    return strokes


def handwriting(chance: random.Random, left: float, top: float, width: float) -> list[Stroke]:
    """Small letters in a line, as a note or a date."""
    strokes, at = [], left
    while at < left + width:
        word = chance.uniform(14, 38)
        points = [
            (
                at + word * t + 1.6 * math.sin(t * word * 1.1),
                top + 2.6 * math.sin(t * word * 1.35 + chance.uniform(-0.4, 0.4)),
            )
            for t in np.linspace(0, 1, 26)
        ]
        strokes.append(points)
        at += word + 5
    return strokes


def _drawn(
    chance: random.Random, shape: Stroke, centre: Point, size: float, unsteady: float
) -> Stroke:
    lean = chance.gauss(0, 0.12)
    return [
        (
            centre[0] + size * (x - lean * y) + chance.gauss(0, unsteady),
            centre[1] + size * y + chance.gauss(0, unsteady),
        )
        for x, y in shape
    ]


def _zigzag(lines: int, reach: float) -> Stroke:
    return [
        (reach if number % 2 else -reach, -reach + 2 * reach * number / (lines - 1))
        for number in range(lines)
    ]


def _spiral(reach: float, turns: int) -> Stroke:
    steps = turns * 10
    return [
        (
            reach * (step / steps) * math.cos(2 * math.pi * turns * step / steps),
            reach * (step / steps) * math.sin(2 * math.pi * turns * step / steps),
        )
        for step in range(steps + 1)
    ]


def _round(radius: float) -> Stroke:
    return [
        (radius * math.cos(angle), radius * math.sin(angle))
        for angle in np.linspace(-1.8, 2 * math.pi - 1.5, 22)
    ]

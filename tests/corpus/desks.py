"""Where a form is filled in by hand: the strokes on each page, and what they spoil."""

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.corpus import hands, ink
from tests.corpus.forms import Form
from tests.corpus.hands import Hand
from tests.corpus.ink import Stroke
from tests.corpus.pictures import Picture, Printed
from tests.corpus.sheets import BoxPlace, Sheet
from tests.corpus.truth import Answer


@dataclass(slots=True, kw_only=True)
class Desk:
    """Fills in the pages of one form.

    Attributes:
        chance: draws whatever is not said.
        form: with the answers.
        hand: that ticks.
        printed: how the ticks look that were set before printing; None where the hand ticks.
        spoilt: rows that are no longer plain -> what was done to them.
    """

    chance: random.Random
    form: Form
    hand: Hand
    printed: Printed | None = None
    spoilt: dict[str, str] = field(default_factory=dict)

    def fill_in(self, sheet: Sheet) -> list[Stroke]:
        """The ticks of a page."""
        answers = {row.designation: row.truth.answer for row in self.form.rows}
        strokes: list[Stroke] = []
        for box in sheet.boxes:
            drawn = self._strokes(box, answers[box.designation], sheet)
            for other in sheet.boxes:
                if other is not box and _enters(drawn, other):
                    self.spoil(box.designation, "a mark that enters another box")
                    self.spoil(other.designation, "a mark that enters from another box")
            strokes += drawn
        return strokes

    def _strokes(self, box: BoxPlace, answer: Answer, sheet: Sheet) -> list[Stroke]:
        chance, hand = self.chance, self.hand
        if answer is Answer.CORRECTED:
            # Assigned with no comments; then taken back, for the other option or altogether.
            other = _number_of(box.designation) % 2
            wrong, right = ((1,), (0, 2)) if other else ((0, 1), (3,))
            if box.place in wrong:
                first = hands.mark(chance, hand, box)
                return [*first, *hands.scribble(chance, hand, box)]
            return hands.mark(chance, hand, box) if box.place in right else []
        if answer is Answer.DOUBTFUL:
            # Assigned, and a mark between the two options.
            second = next(
                (
                    each
                    for each in sheet.boxes
                    if each.designation == box.designation and each.place == 2
                ),
                box,
            )
            if box.place == 1:
                halfway = ((second.left - box.left) / 2, (second.top - box.top) / 2)
                return hands.mark(chance, hand, box.moved(*halfway))
            return hands.mark(chance, hand, box) if box.place == 0 else []
        if answer is Answer.OUTSIDE:
            return hands.beside(chance, hand, box) if box.place in {0, 1} else []
        by_hand = box.place in answer.ticked and self.printed is None
        return hands.mark(chance, hand, box) if by_hand else []

    def spoil(self, designation: str, note: str) -> None:
        """Notes that a row needs a second look."""
        self.spoilt.setdefault(designation, note)

    def spoil_between(self, sheet: Sheet, top: float, bottom: float, note: str) -> None:
        """Notes it of all rows that reach between two heights of a page."""
        for band in sheet.bands:
            if band.bottom > top and band.top < bottom:
                self.spoil(band.designation, note)

    def sign(self, sheet: Sheet, margin: float) -> list[Stroke]:
        """A signature under the last words."""
        chance = self.chance
        width = chance.uniform(90, 170)
        top = min(sheet.height - 45, _lowest(sheet) + chance.uniform(18, 50))
        return hands.signature(chance, margin + 20, top, width)

    def stamp(self, sheet: Sheet, picture: Picture, scale: float) -> None:
        """A stamp beside the signature; on a full page it reaches into the table."""
        across = sheet.width * self.chance.uniform(0.45, 0.75)
        at = (across, min(sheet.height - 60, _lowest(sheet) + 40))
        stamp = ink.a_stamp(self.chance, at)
        self.spoil_between(sheet, at[1] - stamp.radius, at[1] + stamp.radius, "a stamp")
        ink.press(picture, stamp, scale)

    def note(self, sheet: Sheet, margin: float) -> list[Stroke]:
        """Some words by hand in a row of the page."""
        chance = self.chance
        band = chance.choice(sheet.bands)
        left = margin + chance.uniform(4, 40)
        top = band.bottom - chance.uniform(3, 8)
        self.spoil_between(sheet, top - 5, top + 5, "a note by hand")
        return hands.handwriting(chance, left, top, chance.uniform(30, 90))

    def put_over(self, sheet: Sheet, picture: Picture, strokes: list[Stroke], scale: float) -> None:
        """A stamp or a signature over the table."""
        chance = self.chance
        top, bottom = sheet.bands[0].top, sheet.bands[-1].bottom
        at = (sheet.width * chance.uniform(0.15, 0.85), chance.uniform(top, bottom))
        if chance.random() < 0.5:
            stamp = ink.a_stamp(chance, at)
            ink.press(picture, stamp, scale)
            self.spoil_between(sheet, at[1] - stamp.radius, at[1] + stamp.radius, "a stamp over it")
            return
        drawn = hands.signature(chance, at[0] - 50, at[1], 110)
        heights = [y for stroke in drawn for _, y in stroke]
        self.spoil_between(sheet, min(heights), max(heights), "a signature over it")
        strokes += drawn


def _lowest(sheet: Sheet) -> float:
    """Where the words of a page end."""
    return max((words.baseline for words in sheet.words), default=sheet.height / 2)


def _number_of(designation: str) -> int:
    """A number that is the same in every run, unlike that of `hash`."""
    return sum(designation.encode())


def _enters(strokes: Sequence[Stroke], box: BoxPlace) -> bool:
    slack = 0.08 * box.size
    return any(
        box.left - slack <= x <= box.left + box.size + slack
        and box.top - slack <= y <= box.top + box.size + slack
        for stroke in strokes
        for x, y in _between(stroke)
    )


def _between(stroke: Stroke) -> list[tuple[float, float]]:
    points = list(stroke)
    for (a, b), (c, d) in itertools.pairwise(stroke):
        points += [(a + (c - a) * t, b + (d - b) * t) for t in (0.2, 0.4, 0.6, 0.8)]
    return points

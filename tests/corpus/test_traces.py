"""A truth that leaves no trace in its document would be no truth."""

import random
from dataclasses import replace

import pytest

from tests.corpus import hands
from tests.corpus.circulars import circulars
from tests.corpus.desks import Desk
from tests.corpus.fonts import faces
from tests.corpus.forms import Form, Odds, make_form
from tests.corpus.hands import Habit
from tests.corpus.ink import Pen
from tests.corpus.layouts import lay_out
from tests.corpus.looks import a_look
from tests.corpus.pdf_files import pdf_file
from tests.corpus.pdf_notes import Tick
from tests.corpus.retyped_files import retyped_word_file
from tests.corpus.sheets import BoxPlace
from tests.corpus.truth import Answer

SEEN = [each for each in Answer if each not in {Answer.BLANK, Answer.ABSENT}]
IN_WORD = [each for each in SEEN if each not in {Answer.OUTSIDE, Answer.DOUBTFUL}]
ON_PAPER = [
    each for each in SEEN if each not in {Answer.STRUCK, Answer.HIGHLIGHTED, Answer.DELETED}
]
PEN = Pen(colour=(0, 0, 0), width=0.4, cover=1.0, name="pen")
BOX = BoxPlace(designation="Y.1", place=0, left=100, top=100, size=10)


def form_with(answer: Answer) -> Form:
    circular = circulars(1)[0]
    form = make_form(random.Random(4), circular, "en", Odds(partial=0))
    truth = replace(form.rows[0].truth, answer=answer)
    return replace(form, rows=(replace(form.rows[0], truth=truth),))


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("answer", IN_WORD)
def test_an_answer_shows_in_a_retyped_form(answer: Answer, seed: int) -> None:
    _, filled, _ = retyped_word_file(random.Random(seed), form_with(answer))
    _, blank, _ = retyped_word_file(random.Random(seed), form_with(Answer.BLANK))

    assert filled != blank


@pytest.mark.parametrize("tick", [each for each in Tick if each is not Tick.BALLOT])
@pytest.mark.parametrize("answer", [each for each in SEEN if each is not Answer.DELETED])
def test_an_answer_shows_in_a_pdf(answer: Answer, tick: Tick) -> None:
    if not faces("en"):
        pytest.skip("no font on this machine: DejaVu or Liberation")

    def made(what: Answer) -> bytes:
        form = form_with(what)
        look = a_look(random.Random(5), "en", outlines=True)
        return pdf_file(random.Random(6), form, lay_out(form, look), look, tick)

    assert made(answer) != made(Answer.BLANK)


@pytest.mark.parametrize("answer", ON_PAPER)
def test_an_answer_is_drawn_by_the_hand(answer: Answer) -> None:
    if not faces("en"):
        pytest.skip("no font on this machine: DejaVu or Liberation")
    form = form_with(answer)
    sheets = lay_out(form, a_look(random.Random(5), "en", outlines=False))
    hand = hands.a_hand(random.Random(7), rough=False)

    desk = Desk(chance=random.Random(8), form=form, hand=hand)

    assert any(desk.fill_in(sheet) for sheet in sheets)


@pytest.mark.parametrize("habit", list(Habit))
def test_a_mark_is_in_its_box_or_round_it(habit: Habit) -> None:
    hand = hands.Hand(pen=PEN, habit=habit, size=1.0, unsteady=0.03, shift=0.05)
    for seed in range(20):
        points = [
            point for stroke in hands.mark(random.Random(seed), hand, BOX) for point in stroke
        ]
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        assert left < BOX.left + BOX.size
        assert right > BOX.left


def test_a_scribble_goes_beyond_its_box() -> None:
    hand = hands.Hand(pen=PEN, habit=Habit.CROSS, size=1.0, unsteady=0.03, shift=0.05)
    for seed in range(20):
        points = [x for stroke in hands.scribble(random.Random(seed), hand, BOX) for x, _ in stroke]
        assert max(points) - min(points) > BOX.size * 1.1


def test_a_mark_beside_a_box_stays_out_of_it() -> None:
    hand = hands.Hand(pen=PEN, habit=Habit.CROSS, size=1.0, unsteady=0.03, shift=0.05)
    for seed in range(20):
        for stroke in hands.beside(random.Random(seed), hand, BOX):
            assert not any(BOX.left < x < BOX.left + BOX.size for x, _ in stroke)

"""A box is judged by its own ink, and by what the other boxes of its form have."""

from dataclasses import replace

import pytest

from parsers.reading import Mark
from parsers.scan.judgement import Verdict, held_together, judge, with_others
from parsers.scan.marks import Ink
from parsers.scan.scribbles import chance_of_scribble, marks_of

EMPTY = Ink()
#: A tick of a ballpoint.
TICK = Ink(
    inside=0.4,
    core=0.4,
    reach=0.8,
    solid=0.3,
    mass=0.3,
    hull=0.7,
    filling=0.55,
    beyond=0.2,
    crossings=2,
    offset=0.1,
)
#: The same, with a tangle over it.
SCRIBBLE = replace(TICK, solid=0.85, inside=0.95, mass=1.2, hull=1.9, filling=0.85, crossings=4)
SMALL, LARGE = replace(TICK, mass=0.27, hull=0.6), replace(TICK, mass=0.36, hull=0.85)
FORM = marks_of([TICK, SMALL, LARGE, TICK, *[EMPTY] * 8])


@pytest.mark.parametrize(
    ("ink", "wanted"),
    [
        pytest.param(EMPTY, Mark.EMPTY, id="nothing"),
        pytest.param(replace(EMPTY, inside=0.01, reach=0.1), Mark.EMPTY, id="a speck"),
        pytest.param(replace(EMPTY, inside=0.03, reach=0.5), Mark.DOUBTFUL, id="a hair"),
        pytest.param(replace(EMPTY, strays=0.8), Mark.DOUBTFUL, id="a stroke beside it"),
        pytest.param(replace(EMPTY, touching=0.02), Mark.DOUBTFUL, id="touched from elsewhere"),
        pytest.param(
            replace(EMPTY, inside=0.06, reach=0.6, edged=True),
            Mark.EMPTY,
            id="overflow at its edge",
        ),
        pytest.param(replace(EMPTY, inside=0.06, reach=0.6), Mark.DOUBTFUL, id="ink at its edge"),
        pytest.param(TICK, Mark.MARKED, id="a tick"),
        pytest.param(LARGE, Mark.MARKED, id="a large tick"),
        pytest.param(SCRIBBLE, Mark.DOUBTFUL, id="a scribble"),
        pytest.param(replace(TICK, framed=0.2), Mark.DOUBTFUL, id="letters"),
        pytest.param(replace(TICK, ruled=0.2), Mark.DOUBTFUL, id="a line through it"),
        pytest.param(replace(TICK, foreign=0.1), Mark.DOUBTFUL, id="a neighbour's stroke"),
        pytest.param(replace(TICK, offset=0.6), Mark.DOUBTFUL, id="between two boxes"),
        pytest.param(replace(TICK, solid=0.15), Mark.DOUBTFUL, id="half a tick"),
        pytest.param(replace(TICK, inside=0.9), Mark.DOUBTFUL, id="paler ink over it"),
        pytest.param(replace(TICK, dots=20), Mark.DOUBTFUL, id="strokes in pieces"),
    ],
)
def test_each_box_is_judged_by_its_ink(ink: Ink, wanted: Mark) -> None:
    assert judge(ink, FORM).mark is wanted


def test_more_ink_never_makes_a_scribble_less_likely() -> None:
    masses = [0.2, 0.3, 0.5, 0.8, 1.2, 2.0]

    chances = [chance_of_scribble(replace(TICK, mass=mass), FORM) for mass in masses]

    # The lightest are like the form's other marks as well.
    assert chances[2:] == sorted(chances[2:])
    assert chances[-1] > 0.5


def test_a_form_of_one_mark_is_held_against_marks_anywhere() -> None:
    alone = marks_of([TICK, *[EMPTY] * 3])

    assert judge(TICK, alone).mark is Mark.MARKED
    assert judge(SCRIBBLE, marks_of([SCRIBBLE, *[EMPTY] * 3])).mark is Mark.DOUBTFUL


def test_confidence_falls_as_a_mark_becomes_unlike_the_others() -> None:
    odd = replace(TICK, mass=0.42, hull=1.1)

    assert judge(odd, FORM).confidence < judge(TICK, FORM).confidence <= 1


def verdicts(*marks: Mark) -> list[Verdict]:
    return [Verdict(mark=mark, how="seen", confidence=1.0) for mark in marks]


def test_two_marked_options_are_both_doubted() -> None:
    row = verdicts(Mark.MARKED, Mark.MARKED, Mark.MARKED, Mark.EMPTY)

    said = [each.mark for each in held_together(row)]

    assert said == [Mark.MARKED, Mark.DOUBTFUL, Mark.DOUBTFUL, Mark.EMPTY]


def test_hints_of_ink_at_both_options_are_a_mark_between_them() -> None:
    hint = judge(replace(EMPTY, strays=0.3), FORM)
    tick, nothing = judge(TICK, FORM), judge(EMPTY, FORM)

    doubted = held_together([tick, hint, hint, nothing])
    kept = held_together([tick, hint, nothing, hint])

    assert [each.mark for each in doubted[1:3]] == [Mark.DOUBTFUL, Mark.DOUBTFUL]
    assert kept[1].mark is Mark.EMPTY


def test_a_lone_answer_on_a_form_of_many_texts_is_doubted() -> None:
    blank = verdicts(*[Mark.EMPTY] * 4)
    answered = verdicts(Mark.EMPTY, Mark.EMPTY, Mark.EMPTY, Mark.MARKED)

    doubted = with_others([answered, blank, blank, blank])
    kept = with_others([answered, blank])

    assert doubted[0][3].mark is Mark.DOUBTFUL
    assert kept[0][3].mark is Mark.MARKED

"""Lines come back in the order in which they are read, from whatever order they were drawn in."""

import pytest

from parsers.pdf.area import Area, Frame
from parsers.pdf.text import Glyph
from parsers.pdf.words import words_of
from parsers.pdf.writing import Token, is_leftwards, lines_of


def _seen(text: str, *, top: float = 0.0) -> list[Glyph]:
    """Characters as they are seen from left to right, six points each."""
    return [
        Glyph(
            char,
            Area(6 * i, top + 1, 6 * i + 6, top + 9),
            Area(6 * i, top, 6 * i + 6, top + 10),
            "F",
            0,
            1,
        )
        for i, char in enumerate(text)
    ]


def _lines(glyphs: list[Glyph], *, leftwards: bool) -> list[str]:
    tokens = [Token(word.area, word) for word in words_of(glyphs)]
    return [line.text for line in lines_of(tokens, 1, leftwards=leftwards)]


@pytest.mark.parametrize(
    ("seen", "read"),
    [
        pytest.param("Y.4241 ةيصوت", "توصية Y.4241", id="Latin at the end"),
        pytest.param("ةيصوت Y.4241 ديدج", "جديد Y.4241 توصية", id="Latin within"),
        pytest.param("(اقباس Y.dt-SC) Y.4241", "Y.4241 (Y.dt-SC سابقا)", id="brackets turn"),
        pytest.param("Y.1060 (Amd. 1) ةيصوت", "توصية Y.1060 (Amd. 1)", id="brackets stay"),
        pytest.param("106 ةممعم", "معممة 106", id="number"),
    ],
)
def test_what_is_seen_from_left_to_right_is_read_from_right_to_left(seen: str, read: str) -> None:
    assert _lines(_seen(seen), leftwards=True) == [read]


def test_lam_and_alef_drawn_as_one_sign_begin_with_lam() -> None:
    place = Area(0, 0, 6, 10)
    sign = [Glyph(char, place, place, "F", 0, 1) for char in "ال"]
    assert _lines(sign, leftwards=True) == ["لا"]


def test_lines_are_read_from_the_top_whatever_was_drawn_first() -> None:
    glyphs = [*_seen("second", top=14), *_seen("first")]
    assert _lines(glyphs, leftwards=False) == ["first", "second"]


def test_the_direction_is_that_of_most_letters() -> None:
    assert is_leftwards(words_of(_seen("ةيصوت ةممعم Y.42")))
    assert not is_leftwards(words_of(_seen("Draft Recommendation ةيصوت")))


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_a_frame_turns_there_and_back(turn: int) -> None:
    frame = Frame(30, 100, 560, 820, turn)
    assert frame.own(frame.area(210, 300, 219, 309)) == pytest.approx((210, 300, 219, 309))
    assert frame.shown.holds(frame.point(30, 100))
    assert frame.shown.holds(frame.point(560, 820))

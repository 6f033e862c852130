"""The picture of the tally."""

import datetime as dt
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.consultation.tally import CircularTally, TextTally
from bot.reports.chart import MOST_ROWS, SCALE, WIDTH, tally_chart

BLUE, ORANGE, PAPER = (0, 114, 178), (230, 159, 0), (255, 255, 255)


def make_text(
    assigns: int = 33, does_not_assign: int = 7, pending: int = 0, name: str = "Y.4241"
) -> TextTally:
    return TextTally(
        text=name,
        assigns=assigns,
        does_not_assign=does_not_assign,
        with_comments=0,
        blank=0,
        pending=pending,
        threshold_met=True,
        decided=pending == 0,
    )


def picture(*texts: TextTally) -> Image.Image:
    moment = dt.datetime(2026, 4, 30, 23, 59, tzinfo=dt.UTC)
    tally = CircularTally(
        circular="TSB Circular 106",
        number=106,
        as_of=moment,
        deadline=moment,
        texts=texts,
        replied=(),
        pending=(),
        late=(),
        not_counted=0,
        unknown=0,
        observers=(),
    )
    return Image.open(io.BytesIO(tally_chart(tally))).convert("RGB")


def pixels_in_bar(image: Image.Image, colour: tuple[int, int, int], row: int = 0) -> int:
    """Pixels of a colour along the upper edge of a bar, where no number stands."""
    y = (44 + 30 * row + 7) * SCALE
    return sum(image.getpixel((x, y)) == colour for x in range(image.width))


def test_it_is_drawn_at_twice_the_size_that_it_is_shown_at() -> None:
    image = picture(make_text(), make_text())
    assert image.width == WIDTH * SCALE
    assert image.format is None  # converted; the bytes were a picture that could be opened
    assert image.height > picture(make_text()).height


def test_a_bar_is_divided_as_the_opinions_are() -> None:
    image = picture(make_text(assigns=30, does_not_assign=10))
    blue, orange = pixels_in_bar(image, BLUE), pixels_in_bar(image, ORANGE)
    assert blue / orange == pytest.approx(3, rel=0.05)


def test_what_is_pending_takes_its_part_and_is_hatched() -> None:
    without = picture(make_text(assigns=20, does_not_assign=20))
    having = picture(make_text(assigns=20, does_not_assign=20, pending=40))
    assert pixels_in_bar(having, BLUE) == pytest.approx(pixels_in_bar(without, BLUE) / 2, rel=0.05)
    assert pixels_in_bar(having, (127, 141, 153)) > 5


def test_without_replies_the_bar_is_empty() -> None:
    image = picture(make_text(assigns=0, does_not_assign=0))
    assert pixels_in_bar(image, BLUE) == pixels_in_bar(image, ORANGE) == 0


def test_a_circular_without_texts_has_a_picture_too() -> None:
    assert picture().width == WIDTH * SCALE


def test_more_texts_than_can_be_read_are_left_out() -> None:
    most = picture(*[make_text()] * MOST_ROWS)
    more = picture(*[make_text()] * (MOST_ROWS + 5))
    assert most.height < more.height < most.height + 50


def test_the_same_tally_gives_the_same_bytes() -> None:
    assert (
        picture(make_text(), make_text()).tobytes() == picture(make_text(), make_text()).tobytes()
    )


numbers = st.integers(min_value=0, max_value=193)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.builds(make_text, numbers, numbers, numbers, st.text(max_size=60)), max_size=4))
def test_any_tally_can_be_drawn(texts: list[TextTally]) -> None:
    assert picture(*texts).getpixel((0, 0)) == PAPER

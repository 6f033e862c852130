"""A circular's deadline takes in its whole last minute."""

import datetime as dt

import pytest

from bot.consultation.circular import Circular


@pytest.mark.parametrize(
    ("received", "in_time"),
    [
        pytest.param("2026-04-30T23:58:59+00:00", True, id="before"),
        pytest.param("2026-04-30T23:59:00+00:00", True, id="as the minute begins"),
        pytest.param("2026-04-30T23:59:59+00:00", True, id="in its last second"),
        pytest.param("2026-05-01T00:00:00+00:00", False, id="at midnight"),
        pytest.param("2026-05-01T01:59:59+02:00", True, id="in its last second, by another clock"),
        pytest.param("2026-04-30T20:00:00-04:00", False, id="at midnight, by another clock"),
    ],
)
def test_a_reply_is_in_time_up_to_the_end_of_the_minute(
    circular: Circular, received: str, *, in_time: bool
) -> None:
    assert circular.in_time(dt.datetime.fromisoformat(received)) is in_time


def test_a_text_is_found_by_its_designation(circular: Circular) -> None:
    found = circular.text("Y.2")
    assert found is not None
    assert found.designation == "Y.2"
    assert circular.text("Y.9") is None
    assert circular.name == "TSB Circular 106"

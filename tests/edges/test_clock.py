"""The clocks: of this machine, and one that stands still."""

import datetime as dt
import threading
import time

import pytest

from bot.edges.clock import Clock, FixedClock
from bot.edges.system_clock import SystemClock

DEADLINE = dt.datetime(2026, 4, 30, 23, 59, tzinfo=dt.UTC)


@pytest.fixture(params=["system", "fixed"])
def clock(request: pytest.FixtureRequest) -> Clock:
    return SystemClock() if request.param == "system" else FixedClock(DEADLINE)


def test_the_time_is_aware_and_utc(clock: Clock) -> None:
    assert clock.now().tzinfo is dt.UTC


def test_time_passes_while_waiting(clock: Clock) -> None:
    before = clock.now()
    assert clock.wait(0.01, threading.Event()) is False
    assert clock.now() >= before + dt.timedelta(seconds=0.009)


@pytest.mark.parametrize("seconds", [0, -5.0, 1e300])
def test_a_stop_that_is_set_ends_every_wait(clock: Clock, seconds: float) -> None:
    stop = threading.Event()
    stop.set()
    assert clock.wait(seconds, stop) is True


def test_a_stop_ends_a_wait_that_has_begun() -> None:
    stop = threading.Event()
    threading.Timer(0.05, stop.set).start()
    begun = time.monotonic()
    assert SystemClock().wait(30, stop) is True
    assert time.monotonic() - begun < 5


def test_a_fixed_clock_stands_still_until_it_is_moved() -> None:
    clock = FixedClock(DEADLINE)
    assert clock.now() == clock.now() == DEADLINE
    clock.advance(dt.timedelta(days=1))
    assert clock.now() == dt.datetime(2026, 5, 1, 23, 59, tzinfo=dt.UTC)


def test_a_fixed_clock_waits_at_once_and_is_later_then() -> None:
    clock = FixedClock(DEADLINE)
    clock.wait(3600, threading.Event())
    assert clock.now() == DEADLINE + dt.timedelta(hours=1)


def test_a_fixed_clock_keeps_utc_whatever_zone_it_was_given() -> None:
    geneva = dt.timezone(dt.timedelta(hours=2))
    assert FixedClock(DEADLINE.astimezone(geneva)).now().tzinfo is dt.UTC


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        FixedClock(dt.datetime(2026, 4, 30))  # noqa: DTZ001 - the fault under test

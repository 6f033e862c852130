"""The log: text or JSON, and no secret in either."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import MASK, Mask, set_up_logs
from bot.worker.log import log

SECRET = "correct horse/battery"


class Terminal(io.StringIO):
    """A stream that says it is one."""

    def isatty(self) -> bool:
        """See io."""
        return True


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Leaves logging as other tests expect it."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


def fail(password: str) -> None:
    """Raises what quotes it."""
    raise ValueError(f"the server does not like {password}")


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()], ids=["file", "terminal"])
def test_no_secret_comes_through_by_any_way(stream: io.StringIO) -> None:
    set_up_logs([SECRET], stream=stream)
    log().info(f"signing in with {SECRET}", password=SECRET, inside=[{"a": (SECRET,)}])
    log().info("in bytes", raw=SECRET.encode(), error=ValueError(SECRET))
    log().info("base64", said="AGJvdAB", coded="Y29ycmVjdCBob3JzZS9iYXR0ZXJ5")
    log().info("url", url="postgresql://bot:hunter22@db.example/tsbbot")
    log().info("token", header="Authorization: Bearer abcdefghijklmnop")
    logging.getLogger("library").warning("a library says %s", SECRET)
    try:
        fail(SECRET)
    except ValueError:
        log().exception("failed")
    said = stream.getvalue()
    for part in (SECRET, "Y29ycmVjdCBob3JzZS9iYXR0ZXJ5", "hunter22", "abcdefghijklmnop"):
        assert part not in said
    assert said.count(MASK) >= 9
    assert "does not like ***" in said


def test_outside_of_a_terminal_each_line_is_one_json_object() -> None:
    stream = io.StringIO()
    set_up_logs([], stream=stream)
    log().warning("trouble", code="smtp")
    try:
        fail("it")
    except ValueError:
        log().exception("step failed")
    logging.getLogger("library").warning("beware")
    first, second, third = map(json.loads, stream.getvalue().splitlines())
    assert (first["event"], first["code"], first["level"]) == ("trouble", "smtp", "warning")
    assert first["timestamp"].endswith("Z")
    assert "ValueError: the server does not like it" in second["exception"]
    assert (third["event"], third["level"]) == ("beware", "warning")


def test_a_traceback_shows_no_local_variables() -> None:
    stream = Terminal()
    set_up_logs([], stream=stream)
    of_a_person = "what a person wrote"
    try:
        fail(str(len(of_a_person)))
    except ValueError:
        log().exception("failed")
    assert "Traceback" in stream.getvalue()
    assert of_a_person not in stream.getvalue()


def test_details_are_told_where_they_are_asked_for() -> None:
    for verbose, count in ((False, 0), (True, 2)):
        stream = io.StringIO()
        set_up_logs([], verbose=verbose, stream=stream)
        log().debug("a detail")
        logging.getLogger("library").info("another")
        assert len(stream.getvalue().splitlines()) == count


def test_set_up_twice_it_writes_once() -> None:
    first, second = io.StringIO(), io.StringIO()
    set_up_logs([], stream=first)
    set_up_logs([], stream=second)
    log().info("once")
    assert first.getvalue() == ""
    assert len(second.getvalue().splitlines()) == 1


@given(st.text(min_size=4, max_size=30), st.text(max_size=20), st.text(max_size=20))
def test_whatever_the_secret_is_made_of_the_mask_finds_it(
    secret: str, before: str, after: str
) -> None:
    masked = Mask([secret]).text(before + secret + after)
    assert secret not in masked.replace(MASK, "") or secret in before + after


@pytest.mark.parametrize("secrets", [[], [""], ["a"], ["abc"]], ids=str)
def test_what_is_too_short_for_a_secret_is_left_readable(secrets: list[str]) -> None:
    assert Mask(secrets).text("a cab at abc") == "a cab at abc"

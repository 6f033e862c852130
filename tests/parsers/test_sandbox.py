"""Readers in processes of their own: what one file does to its reader is no other file's trouble."""

import time
from collections.abc import Iterator

import pytest

from parsers.reading import Doubt, Format
from parsers.sandbox import ReadingLimits, Sandbox
from tests.support.readers import DIE, EAT_MEMORY, FAIL, HANG, obedient_reader
from tests.support.word import ASSIGNS_NONE, EMPTY, TICKED, form_about, row_of, rows, said

FORM = form_about(rows("Y.4241", (TICKED, TICKED, EMPTY, EMPTY)))


@pytest.fixture(scope="module")
def obedient() -> Iterator[Sandbox]:
    limits = ReadingLimits(seconds=1.0, memory_mb=768, processes=2)
    with Sandbox(limits, obedient_reader) as sandbox:
        yield sandbox


def test_a_form_read_in_the_sandbox_is_as_one_read_outside() -> None:
    with Sandbox(ReadingLimits(processes=1)) as sandbox:
        reading = sandbox.read(FORM)
        named = sandbox.read(b"neither", {"Y.a": "Y.1"})
    assert said(row_of(reading)) == ASSIGNS_NONE
    assert (named.format, named.doubts) == (Format.TEXT, (Doubt.NO_FORM,))


def test_readings_come_in_the_order_of_the_files(obedient: Sandbox) -> None:
    files = [f"file {number}".encode() for number in range(60)]
    assert [reading.letter.encode() for reading in obedient.read_all(files)] == files


@pytest.mark.parametrize(
    ("order", "doubt", "error"),
    [
        pytest.param(HANG, Doubt.TOOK_TOO_LONG, "more than 1 seconds", id="hangs"),
        pytest.param(EAT_MEMORY, Doubt.UNREADABLE, "MemoryError", id="eats memory"),
        pytest.param(DIE, Doubt.UNREADABLE, "ProcessExpired", id="dies"),
        pytest.param(FAIL, Doubt.UNREADABLE, "LookupError", id="has a fault"),
    ],
)
def test_a_file_that_breaks_its_reader_is_flagged_and_the_others_are_read(
    obedient: Sandbox, order: bytes, doubt: Doubt, error: str
) -> None:
    before, broken, *after = obedient.read_all([b"one", order, b"two", b"three", b"four"])
    assert broken.doubts == (doubt,)
    assert broken.error is not None
    assert error in broken.error
    assert [reading.letter for reading in (before, *after)] == ["one", "two", "three", "four"]


def test_a_file_that_hangs_is_given_up_within_its_limit(obedient: Sandbox) -> None:
    began = time.monotonic()
    obedient.read(HANG)
    assert time.monotonic() - began < 5


def test_files_are_taken_as_they_are_needed(obedient: Sandbox) -> None:
    taken = []

    def files() -> Iterator[bytes]:
        for number in range(1000):
            taken.append(number)
            yield b"file"

    readings = obedient.read_all(files())
    next(readings)
    assert len(taken) < 20


def test_a_sandbox_that_was_closed_begins_again() -> None:
    sandbox = Sandbox(ReadingLimits(processes=1), obedient_reader)
    sandbox.close()
    assert sandbox.read(b"one").letter == "one"
    sandbox.close()
    assert sandbox.read(b"two").letter == "two"
    sandbox.close()


def test_leaving_the_sandbox_ends_what_hangs() -> None:
    began = time.monotonic()
    with Sandbox(ReadingLimits(seconds=60, processes=1), obedient_reader) as sandbox:
        readings = sandbox.read_all([b"one", HANG])
        assert next(readings).letter == "one"
    assert time.monotonic() - began < 20

"""Reasons in words."""

import pytest

from bot.letters.reasons import REASONS, reason, reasons
from parsers.reading import Doubt


@pytest.mark.parametrize("doubt", list(Doubt))
def test_every_doubt_of_the_readers_has_words(doubt: Doubt) -> None:
    assert doubt.value in REASONS
    assert "-" not in reason(doubt).split()[0]


def test_a_code_without_words_is_shown_as_it_is() -> None:
    assert reason("something-new") == "something-new"


def test_each_reason_is_said_once() -> None:
    assert reasons(["late", "x", "late"]) == ("it was received after the deadline", "x")


@pytest.mark.parametrize("words", REASONS.values())
def test_words_can_follow_a_dash(words: str) -> None:
    assert words[0].islower()
    assert not words.endswith(".")

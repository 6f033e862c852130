"""Reasons in words."""

import pytest

from bot.intake.reasons import Reason
from bot.letters.reasons import REASONS, reason, reasons
from bot.register.attribution import AttributionDoubt
from parsers.reading import Doubt


@pytest.mark.parametrize("code", sorted({*Doubt, *AttributionDoubt, *Reason}))
def test_every_code_of_the_readers_the_register_and_the_intake_has_words(code: str) -> None:
    assert str(code) in REASONS
    assert reason(code) != code


def test_a_code_without_words_is_shown_as_it_is() -> None:
    assert reason("something-new") == "something-new"


def test_each_reason_is_said_once() -> None:
    assert reasons(["late", "x", "late"]) == ("it was received after the deadline", "x")


@pytest.mark.parametrize("words", REASONS.values())
def test_words_can_follow_a_dash(words: str) -> None:
    assert words[0].islower()
    assert not words.endswith(".")

"""Strings from outside are made harmless, however deep they stand."""

import unicodedata

import pytest
from hypothesis import given, settings

from bot.consultation.opinion import Status
from bot.letters.contexts import DigestContext
from bot.letters.foreign import LONGEST, harmless, one_line
from tests.letters.factories import digests, foreign, make_digest, make_row, make_waiting


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a\r\nBcc: b", "a Bcc: b", id="header injection"),
        pytest.param("a\u2028b\x85c", "a b c", id="other line ends"),
        pytest.param("\u202etxt.exe\u2069", "txt.exe", id="overrides and isolates"),
        pytest.param("  a\tb  ", "a b", id="spaces"),
        pytest.param("a\ud800b", "ab", id="half a character"),
        pytest.param("\N{RIGHT-TO-LEFT MARK}مصر", "\N{RIGHT-TO-LEFT MARK}مصر", id="marks stay"),
    ],
)
def test_a_string_is_shown_on_one_line(text: str, shown: str) -> None:
    assert one_line(text) == shown


def test_a_very_long_string_is_cut() -> None:
    assert len(one_line("x" * 10_000)) == LONGEST
    assert one_line("x" * 10_000).endswith("…")


@given(foreign)
def test_what_is_shown_is_printable(text: str) -> None:
    shown = one_line(text)
    assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in shown)
    assert one_line(shown) == shown


def test_strings_are_found_however_deep_they_stand() -> None:
    context = make_digest(waiting=(make_waiting(reasons=("a\nb",), subject="c\nd"),))
    (waiting,) = harmless(context).waiting
    assert waiting.reasons == ("a b",)
    assert waiting.subject == "c d"


def test_enums_stay_what_they_are() -> None:
    assert harmless(make_row()).status is Status.CLEAR


@settings(max_examples=20, deadline=None)
@given(digests)
def test_a_harmless_context_stays_as_it_is(context: DigestContext) -> None:
    assert harmless(harmless(context)) == harmless(context)

"""Previews of every letter."""

import pytest

from bot.letters.languages import LANGUAGES
from bot.letters.rendering import Letters
from bot.letters.samples import PREVIEWS, LetterKind, kind_of, render_preview, sample
from tests.letters.factories import make_circular
from tests.letters.test_rendering import assert_presentable

LETTERS = Letters()


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("name", sorted(PREVIEWS))
def test_a_preview_renders_in_every_language(name: str, language: str) -> None:
    letter = render_preview(LETTERS, name, make_circular(), language)
    assert_presentable(letter, hostile=False)
    assert letter.language == ("en" if name.startswith(("digest", "sign-in")) else language)


def test_every_letter_has_a_preview_of_its_own_name() -> None:
    assert {kind_of(name) for name in PREVIEWS} == set(LetterKind)
    assert set(LetterKind) <= set(PREVIEWS)


@pytest.mark.parametrize("name", sorted(PREVIEWS))
def test_a_circular_of_one_text_can_be_previewed(name: str) -> None:
    circular = make_circular(texts=make_circular().texts[:1])
    assert render_preview(LETTERS, name, circular).text


def test_a_digest_is_drawn_where_something_draws() -> None:
    letter = render_preview(LETTERS, "digest", make_circular(), draw=lambda _: b"PNG")
    assert letter.pictures == (("tally-106@tsbbot", b"PNG"),)
    assert 'src="cid:tally-106@tsbbot"' in letter.html


def test_there_is_no_preview_of_another_name() -> None:
    with pytest.raises(KeyError):
        sample("invitation", make_circular())

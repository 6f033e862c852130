"""A circular that asks something of its own: no letter says of it what TAP's circulars ask."""

from typing import Any

import pytest

from bot.consultation.opinion import Comments, Opinion, Status
from bot.intake.purpose import Purpose
from bot.letters.languages import LANGUAGES
from bot.letters.letter import Letter
from bot.letters.questions import box_words, is_usual
from bot.letters.rendering import Letters
from bot.letters.samples import PREVIEWS, render_preview
from tests.letters.factories import YES_OR_NO, make_acknowledgement, make_circular, make_row
from tests.letters.test_rendering import assert_presentable, words_of

LETTERS = Letters()
CIRCULAR = make_circular(question=YES_OR_NO)
#: How each language says "Recommendations proposed for approval", "authority", "Resolution 1".
USUAL = {
    "en": ("Recommendation", "uthority", "Resolution 1"),
    "fr": ("Recommandation", "autoris", "Résolution 1"),
    "es": ("Recomendación", "autoriz", "Resolución 1"),
    "ru": ("Рекомендаци", "олномочия", "Резолюции 1"),
    "zh": ("建议书", "授权", "第1号决议"),
    "ar": ("التوصيات", "التفويض", "القرار 1"),
}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("name", sorted(set(PREVIEWS) - {"digest", "digest-quiet", "sign-in"}))
def test_a_letter_about_it_says_nothing_of_approval(name: str, language: str) -> None:
    letter = render_preview(LETTERS, name, CIRCULAR, language)
    assert_presentable(letter, hostile=False)
    for said in (" ".join(letter.text.split()), words_of(letter)):
        assert not [word for word in USUAL[language] if word in said]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_those_words_are_in_the_usual_letter(language: str) -> None:
    usual = render_preview(LETTERS, "acknowledgement-not-counted", make_circular(), language)
    assert USUAL[language][2] in words_of(usual)
    usual = render_preview(LETTERS, "acknowledgement", make_circular(), language)
    assert all(word in words_of(usual) for word in USUAL[language][:2])


def acknowledged(language: str, **row: Any) -> Letter:
    rows = (make_row(**row),)
    context = make_acknowledgement(circular=CIRCULAR, purpose=Purpose.RECORDED, rows=rows)
    return LETTERS.acknowledgement(context, language)


@pytest.mark.parametrize(
    ("language", "opinion", "said"),
    [
        pytest.param("en", Opinion.ASSIGNS, "Yes", id="yes"),
        pytest.param("fr", Opinion.DOES_NOT_ASSIGN, "Non", id="no, in French"),
        pytest.param("ar", Opinion.ASSIGNS, "نعم", id="yes, in Arabic"),
    ],
)
def test_an_opinion_is_said_in_the_words_of_its_boxes(
    language: str, opinion: Opinion, said: str
) -> None:
    letter = acknowledged(language, opinion=opinion, comments=None)
    assert f">{said}</td>" in letter.html


@pytest.mark.parametrize(
    ("status", "said"),
    [
        pytest.param(Status.BLANK, "no box ticked", id="blank"),
        pytest.param(Status.AMBIGUOUS, "under review", id="not clear"),
    ],
)
def test_what_is_no_opinion_is_said_as_ever(status: Status, said: str) -> None:
    assert said in acknowledged("en", status=status, opinion=None, comments=None).text


def test_words_that_the_circular_lacks_in_a_language_are_those_of_english() -> None:
    assert box_words(YES_OR_NO, Opinion.ASSIGNS, Comments.NONE, "de") == "Yes"
    assert not is_usual(CIRCULAR)
    assert is_usual(make_circular())

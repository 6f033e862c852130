"""A letter that could not go is found before the day."""

from pathlib import Path

import pytest

from bot.letters.checking import Checked, check_letters
from bot.letters.languages import LANGUAGES
from bot.letters.samples import PREVIEWS
from tests.letters.factories import YES_OR_NO, make_circular

BROKEN = "{% extends 'mail/_layout/reminder.txt' %}{% block content %}{{ nobody }}{% endblock %}"


def own(folder: Path, name: str, words: str) -> Checked:
    """What is found with one file of one's own."""
    path = folder / name
    path.parent.mkdir(parents=True)
    path.write_text(words, encoding="utf-8")
    return check_letters([make_circular()], folder)


def test_the_letters_that_ship_can_all_be_written() -> None:
    checked = check_letters([make_circular()], None)
    assert checked == Checked(letters=len(PREVIEWS) * len(LANGUAGES), problems=(), notes=())


def test_a_letter_is_written_about_one_circular_of_each_kind() -> None:
    circulars = [
        make_circular(number=106),
        make_circular(number=107),
        make_circular(number=118, question=YES_OR_NO),
    ]
    assert check_letters(circulars, None).letters == 2 * len(PREVIEWS) * len(LANGUAGES)


def test_a_folder_of_ones_own_may_be_empty(tmp_path: Path) -> None:
    assert not check_letters([make_circular()], tmp_path).problems


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        pytest.param(
            "mail/reminder/fr/subject.txt",
            "Rappel {{ nobody }}",
            "mail/reminder/fr/subject.txt, line 1: 'nobody' is undefined",
            id="a name that it is not told",
        ),
        pytest.param(
            "mail/reminder/fr/words.jinja",
            "{% macro subject() %}\n{% if %}",
            "line 2: Expected an expression",
            id="a mistake of writing",
        ),
        pytest.param(
            "mail/question/ar/subject.txt",
            "{{ '{{' }} name }}",
            "question in ar: its subject shows {{",
            id="words for the program",
        ),
        pytest.param(
            "mail/request/zh/subject.txt", " ", "request in zh: it has no sub", id="empty"
        ),
        pytest.param(
            "mail/sign_in/en/body.html",
            '<img src="https://example.org/logo.png" alt=""/>',
            "sign-in in en: its HTML loads something from elsewhere",
            id="a picture from elsewhere",
        ),
        pytest.param(
            "mail/_layout/es.jinja",
            "{% macro union() %}UIT{% endmacro %}",
            "has no attribute",
            id="words that are missing",
        ),
    ],
)
def test_a_letter_that_cannot_go_or_is_spoilt_is_named(
    tmp_path: Path, name: str, words: str, said: str
) -> None:
    checked = own(tmp_path, name, words)
    assert any(said in each for each in checked.problems), checked.problems
    assert len(checked.problems) == len(set(checked.problems))


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mail/reminder/fr/words.jinja"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\xff\xfe\x00r")
    assert any(
        "words.jinja" in each for each in check_letters([make_circular()], tmp_path).problems
    )


def test_one_letter_that_fails_hides_no_other(tmp_path: Path) -> None:
    own(tmp_path, "mail/reminder/fr/subject.txt", "{{ nobody }}")
    checked = own(tmp_path, "mail/reminder/es/subject.txt", "{{ somebody }}")
    assert len(checked.problems) == 2
    # All that can be written still were: the four reminders of two languages were not.
    assert checked.letters == len(PREVIEWS) * len(LANGUAGES) - 8


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        pytest.param(
            "mail/remainder/fr/subject.txt",
            "Rappel",
            "mail/remainder/fr/subject.txt is taken in by no letter;"
            " is it meant to be mail/reminder/fr/subject.txt?",
            id="a name written wrongly",
        ),
        pytest.param(
            "mail/reminder/fr/subject.txt",
            "Rappel{% if days_left < 0 %}{{ nobody }}{% endif %}",
            "no letter is told nobody",
            id="a mistake where no sample comes by",
        ),
        pytest.param(
            "mail/reminder/fr/subject.txt",
            "Rappel{% if days_left < 0 %}{{ reference }}{% endif %}",
            "no letter is told reference",
            id="what only another letter is told",
        ),
    ],
)
def test_what_is_odd_is_noted(tmp_path: Path, name: str, words: str, said: str) -> None:
    checked = own(tmp_path, name, words)
    assert checked.problems == ()
    assert any(said in each for each in checked.notes), checked.notes

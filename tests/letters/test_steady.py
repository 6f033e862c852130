"""A template of one's own that fails holds no letter back."""

from pathlib import Path

import pytest

from bot.errors import TemplateError
from bot.letters.languages import LANGUAGES
from bot.letters.rendering import Letters
from bot.letters.steady import SteadyLetters
from tests.letters.factories import make_acknowledgement, make_reminder

SHIPPED = Letters()


def own(folder: Path, name: str, words: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding="utf-8")


def test_the_letter_goes_in_the_words_that_ship_and_the_failure_is_told(tmp_path: Path) -> None:
    own(tmp_path, "mail/reminder/fr/subject.txt", "Rappel\n{{ nobody }}")
    letters = SteadyLetters([tmp_path])
    assert letters.reminder(make_reminder(), "fr") == SHIPPED.reminder(make_reminder(), "fr")
    (said,) = letters.failures
    assert "reminder/fr/subject.txt, line 2: 'nobody' is undefined" in said


def test_other_letters_are_ones_own(tmp_path: Path) -> None:
    own(tmp_path, "mail/reminder/fr/subject.txt", "{{ nobody }}")
    own(tmp_path, "mail/reminder/en/subject.txt", "A reminder to {{ state_name }}")
    letters = SteadyLetters([tmp_path])
    letters.reminder(make_reminder(), "fr")
    assert letters.reminder(make_reminder(), "en").subject == "A reminder to Switzerland"
    assert len(letters.failures) == 1


def test_one_that_fails_for_some_letters_alone_is_forgotten_when_it_works(tmp_path: Path) -> None:
    own(
        tmp_path,
        "mail/acknowledgement/en/subject.txt",
        "{% if rows %}{{ nobody }}{% else %}Thank you{% endif %}",
    )
    letters = SteadyLetters([tmp_path])
    letters.acknowledgement(make_acknowledgement(), "en")
    assert letters.failures
    assert letters.acknowledgement(make_acknowledgement(rows=()), "en").subject == "Thank you"
    assert letters.failures == ()


def test_a_folder_that_is_mended_meanwhile_is_used_again(tmp_path: Path) -> None:
    own(tmp_path, "mail/reminder/en/subject.txt", "{{ nobody }}")
    letters = SteadyLetters([tmp_path])
    letters.reminder(make_reminder(), "en")
    own(tmp_path, "mail/reminder/en/subject.txt", "Mended: {{ state_name }} asked")
    assert letters.reminder(make_reminder(), "en").subject == "Mended: Switzerland asked"
    assert letters.failures == ()


def test_what_ships_fails_loudly() -> None:
    assert SHIPPED.failures == ()
    with pytest.raises(TemplateError):
        SteadyLetters([])._letter("reminder", LANGUAGES["en"], {})

"""Every template that ships is found, loaded and used."""

import pytest

from bot.letters.environment import html_environment, text_environment
from bot.letters.languages import LANGUAGES
from bot.letters.template_folder import TEMPLATE_FOLDER

MAIL = TEMPLATE_FOLDER / "mail"
FILES = sorted(
    path.relative_to(TEMPLATE_FOLDER).as_posix() for path in MAIL.rglob("*") if path.is_file()
)


@pytest.mark.parametrize("name", FILES)
def test_a_template_loads(name: str) -> None:
    for environment in (html_environment([TEMPLATE_FOLDER]), text_environment([TEMPLATE_FOLDER])):
        if name.endswith((".txt", ".html")) and environment.autoescape == name.endswith(".txt"):
            continue
        assert environment.get_template(name).name == name


@pytest.mark.parametrize("letter", ["acknowledgement", "reminder", "question"])
def test_a_letter_to_member_states_is_there_in_six_languages(letter: str) -> None:
    for language in LANGUAGES:
        files = {path.name for path in (MAIL / letter / language).iterdir()}
        assert files == {"subject.txt", "body.txt", "body.html", "words.jinja"}


@pytest.mark.parametrize("letter", ["acknowledgement", "reminder", "question", "_layout"])
def test_every_language_has_the_same_macros(letter: str) -> None:
    environment = text_environment([TEMPLATE_FOLDER])
    said = {}
    for language in LANGUAGES:
        name = (
            f"{letter}/{language}.jinja"
            if letter == "_layout"
            else f"{letter}/{language}/words.jinja"
        )
        macros = environment.get_template(f"mail/{name}").module
        # How a sentence names the circular differs between languages; what is asked of it does not.
        said[language] = {each for each in dir(macros) if not each.startswith("_")} - {
            "consultation",
            "purpose_of_circular",
        }
    assert all(macros == said["en"] for macros in said.values())

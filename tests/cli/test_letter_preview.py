"""`tsbbot letter`: what would go out, and one's own templates of it."""

import email
import shutil
from email import policy
from pathlib import Path

import pytest

from bot.letters.samples import PREVIEWS
from tests.cli.conftest import Played, Run


def test_the_letters_are_named(tsbbot: Run) -> None:
    assert tsbbot("letter", "list").out.split() == list(PREVIEWS)


def test_a_letter_of_no_such_name_is_answered_with_those_there_are(tsbbot: Run) -> None:
    ran = tsbbot("letter", "preview", "invitation")
    assert ran.status == 2
    assert "confirmation-admitted" in " ".join(ran.err.split())


def test_a_digest_shows_its_chart_in_a_browser(tsbbot: Run, tmp_path: Path) -> None:
    page = tmp_path / "digest.html"
    assert tsbbot("letter", "preview", "digest", "--html", page).status == 0
    html = page.read_text("utf-8")
    assert "cid:" not in html
    assert 'src="data:image/png;base64,' in html


def test_a_letter_can_be_opened_in_a_mail_program(tsbbot: Run, tmp_path: Path) -> None:
    path = tmp_path / "reminder.eml"
    assert tsbbot("letter", "preview", "reminder-last", "--language", "ar", "--eml", path).out
    message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    assert message["To"] == "administration@example.org"
    assert message["Content-Language"] == "ar"
    html = message.get_body(("html",))
    assert html is not None
    assert 'dir="rtl"' in html.get_content()


class TestOwnTemplates:
    @pytest.fixture
    def folder(self, tsbbot: Run, tmp_path: Path) -> Path:
        assert tsbbot("letter", "copy", "reminder", "mine", "--language", "fr").status == 0
        return tmp_path / "mine"

    @pytest.fixture
    def config(self, played: Played, folder: Path, tmp_path: Path) -> Path:
        """That of a consultation which has that folder, in a folder that is the test's."""
        kept = tmp_path / "config"
        shutil.copytree(played.config.parent, kept)
        written = (kept / "config.toml").read_text("utf-8")
        (kept / "config.toml").write_text(f'templates = "{folder}"\n{written}', "utf-8")
        return kept / "config.toml"

    def test_a_copy_says_the_same(self, tsbbot: Run, folder: Path) -> None:
        asked = ("letter", "preview", "reminder", "--language", "fr")
        assert tsbbot(*asked, "--templates", folder).out == tsbbot(*asked).out

    def test_what_is_there_already_stays(self, tsbbot: Run, folder: Path) -> None:
        mine = folder / "mail/reminder/fr/subject.txt"
        mine.write_text("Rappel")
        ran = tsbbot("letter", "copy", "reminder", folder, "--language", "fr")
        assert mine.read_text() == "Rappel"
        assert "is there already" in " ".join(ran.out.split())

    def test_the_configured_folder_is_shown_and_found_well(
        self, tsbbot: Run, folder: Path, config: Path
    ) -> None:
        (folder / "mail/reminder/fr/subject.txt").write_text("Rappel du Bureau")
        ran = tsbbot("letter", "preview", "reminder", "--language", "fr", "--config", config)
        assert ran.out.startswith("Subject: Rappel du Bureau\n")
        assert "in 6 languages can be written" in tsbbot("doctor", "--config", config).out

    def test_one_that_fails_is_found_by_doctor_with_its_file_and_line(
        self, tsbbot: Run, folder: Path, config: Path
    ) -> None:
        (folder / "mail/reminder/fr/subject.txt").write_text("Rappel\n{{ nobody }}")
        ran = tsbbot("doctor", "--config", config)
        assert ran.status == 1
        # The table breaks a long path anywhere.
        said = "".join(ran.out.split())
        assert "wrongletters" in said
        assert "subject.txt,line2:'nobody'isundefined" in said

    def test_one_that_is_never_taken_in_is_noted(
        self, tsbbot: Run, folder: Path, config: Path
    ) -> None:
        (folder / "mail/reminder/fr").rename(folder / "mail/reminder/french")
        ran = tsbbot("doctor", "--config", config)
        assert "note letters" in " ".join(ran.out.split())
        assert "is taken in by no letter" in " ".join(ran.out.split())

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            pytest.param(("invitation", "mine"), "acknowledgement", id="no such letter"),
            pytest.param(
                ("digest", "mine", "--language", "fr"), "English alone", id="no such words"
            ),
        ],
    )
    def test_what_cannot_be_copied_is_said(
        self, tsbbot: Run, arguments: tuple[str, ...], said: str
    ) -> None:
        ran = tsbbot("letter", "copy", *arguments)
        assert ran.status == 2
        assert said in " ".join(ran.err.split())

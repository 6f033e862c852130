"""Which secrets the configuration holds, and who can read them."""

from pathlib import Path

import pytest

from bot.secrecy import exposed, known_secrets
from bot.settings import Settings, load_settings

FULL = """
[mailbox]
host = "imap.example.org"
username = "bot"
password = "in the file"
[smtp]
host = "smtp.example.org"
password_file = "smtp.password"
[database]
url = "postgresql+psycopg://bot:db%2Fword@db.example/tsbbot"
[authenticity]
require = false
[watch]
alarm_to = ["clerk@example.org"]
[watch.smtp]
host = "smtp.example.net"
sender = "alarms@example.net"
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A configuration whose files are for their owner alone."""
    path = tmp_path / "config.toml"
    path.write_text(FULL, encoding="utf-8")
    (tmp_path / "smtp.password").write_text("of the letters\n", encoding="utf-8")
    (tmp_path / "archive").mkdir(mode=0o700)
    for each in (path, tmp_path / "smtp.password"):
        each.chmod(0o600)
    return path


def loaded(config: Path) -> Settings:
    """The settings."""
    return load_settings(config)


def test_secrets_are_known_wherever_they_come_from(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TSBBOT_WATCH__SMTP__PASSWORD", "from outside")
    assert known_secrets(loaded(config)) == {
        "in the file", "of the letters", "db/word", "from outside",
    }  # fmt: skip


def test_a_secret_file_that_is_not_there_is_passed_over(config: Path) -> None:
    (config.parent / "smtp.password").unlink()
    assert "in the file" in known_secrets(loaded(config))


def test_what_is_for_its_owner_alone_is_not_mentioned(config: Path) -> None:
    assert exposed(loaded(config), config) == ()


@pytest.mark.parametrize(
    ("name", "mode", "said"),
    [
        pytest.param(
            "config.toml", 0o640, "holds a password ([mailbox] password, [database] url)",
            id="the configuration",
        ),
        pytest.param("smtp.password", 0o644, "[smtp] password_file", id="a password file"),
        pytest.param("archive", 0o755, "chmod 700", id="the archive"),
    ],
)  # fmt: skip
def test_what_others_can_read_is_said_with_how_to_mend_it(
    config: Path, name: str, mode: int, said: str
) -> None:
    (config.parent / name).chmod(mode)
    (line,) = exposed(loaded(config), config)
    assert said in line
    assert "chmod" in line
    assert "in the file" not in line


def test_a_configuration_without_a_password_may_be_read(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = FULL.replace('password = "in the file"\n', "").replace(":db%2Fword", "")
    config.write_text(text, encoding="utf-8")
    config.chmod(0o644)
    monkeypatch.setenv("TSBBOT_MAILBOX__PASSWORD", "from outside")
    assert exposed(loaded(config), config) == ()


def test_the_database_of_one_file_is_for_its_owner_alone(config: Path) -> None:
    config.write_text(
        FULL.replace("postgresql+psycopg://bot:db%2Fword@db.example/tsbbot", "sqlite:///a.db")
    )
    (config.parent / "a.db").touch(mode=0o644)
    (line,) = exposed(loaded(config), config)
    assert "a.db holds people's mail" in line

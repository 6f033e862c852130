"""Help that teaches, exit statuses, and errors of one line."""

from pathlib import Path

import click
import pytest
import typer

from bot.cli.app import app
from tests.cli.conftest import Run


def commands() -> list[tuple[str, ...]]:
    """Every command, as the words that call it."""
    found: list[tuple[str, ...]] = []

    def walk(command: click.Command, words: tuple[str, ...]) -> None:
        inner = getattr(command, "commands", None)
        if inner is None:
            found.append(words)
            return
        for name, each in inner.items():
            walk(each, (*words, name))

    walk(typer.main.get_command(app), ())  # type: ignore[arg-type]  # typer vendors click
    return found


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_explains_itself_with_an_example(
    tsbbot: Run, command: tuple[str, ...]
) -> None:
    ran = tsbbot(*command, "--help")
    assert ran.status == 0
    assert f"tsbbot {' '.join(command)}" in ran.out


def test_the_first_help_tells_a_newcomer_where_to_begin(tsbbot: Run) -> None:
    ran = tsbbot("--help")
    assert "tsbbot demo" in ran.out
    assert "config.example.toml" in ran.out


NEED_A_CONFIGURATION = [
    ("run", "--once"),
    ("tally",),
    ("status",),
    ("remind", "--dry-run"),
    ("digest", "--dry-run"),
    ("review",),
    ("explain", "1"),
    ("doctor",),
    ("export", "out.csv"),
    ("members", "import", "members.csv"),
    ("backup", "one.backup"),
    ("purge", "--circular", "106"),
]


@pytest.mark.parametrize("command", NEED_A_CONFIGURATION, ids=" ".join)
def test_without_a_configuration_one_line_says_where_to_get_one(
    tsbbot: Run, command: tuple[str, ...]
) -> None:
    ran = tsbbot(*command)
    assert ran.status == 1
    assert ran.err.count("\n") == 1
    assert "config.example.toml" in ran.err
    assert ran.out == ""


@pytest.mark.parametrize(
    "command",
    [
        ("nonsense",),
        ("read",),
        ("run", "--now", "2026-04-16"),
        ("tally", "--now", "yesterday"),
        ("review", "--accept"),
        ("letter", "preview", "nothing"),
        ("letter", "preview", "reminder", "--language", "de"),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_status_two(
    tsbbot: Run, command: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "config.toml").write_text(
        '[mailbox]\nhost = "127.0.0.1"\n[smtp]\nhost = "127.0.0.1"\n'
        '[authenticity]\nauthserv_id = "mx.example.org"\n',
        encoding="utf-8",
    )
    ran = tsbbot(*command)
    if command == ("review", "--accept"):
        # The configuration names no circular, which is said first.
        assert ran.status in {1, 2}
        return
    assert ran.status == 2
    assert ran.err


def test_the_configuration_is_found_by_its_variable(
    tsbbot: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TSBBOT_CONFIG", str(tmp_path / "elsewhere.toml"))
    assert "elsewhere.toml" in tsbbot("tally").err


@pytest.mark.parametrize("name", ["reminder", "acknowledgement", "digest"])
def test_a_letter_can_be_looked_at_before_the_day(tsbbot: Run, name: str, tmp_path: Path) -> None:
    ran = tsbbot("letter", "preview", name, "--language", "es")
    assert ran.status == 0
    assert ran.out.startswith("Subject: ")
    page = tmp_path / "letter.html"
    assert tsbbot("letter", "preview", name, "--html", page).status == 0
    assert page.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html")

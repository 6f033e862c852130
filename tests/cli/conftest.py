"""The command line as a user meets it: arguments in, text and exit status out."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.circulars.shipped import shipped_circulars
from bot.cli import main
from bot.demo.rehearsal import Rehearsal


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a command printed and how it ended."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def tsbbot(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Run:
    """Runs `tsbbot` with these arguments, in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("TSBBOT_CONFIG", raising=False)

    def run(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["tsbbot", *map(str, arguments)])
        status = 0
        try:
            main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        captured = capsys.readouterr()
        return Ran(status=status, out=captured.out, err=captured.err)

    return run


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A rehearsal that is over, its record still there.

    Attributes:
        config: its configuration file.
        now: the moment at which it ended, for `--now`.
    """

    config: Path
    now: str


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """The sample consultation, played once for all tests that only look at it."""
    folder = tmp_path_factory.mktemp("played")
    with Rehearsal(shipped_circulars()[-1], folder) as rehearsal:
        for day in rehearsal.play():
            assert day.done.trouble == []
        yield Played(
            config=folder / "config.toml", now=f"{rehearsal.moments[-1]:%Y-%m-%dT%H:%M:%SZ}"
        )

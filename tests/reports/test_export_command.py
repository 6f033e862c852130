"""`tsbbot export` as it is called."""

from pathlib import Path

import pytest

from bot.circulars.toml_file import dump_circular
from bot.cli import main
from tests.reports.export_samples import make_circular

_CONFIGURATION = """
circulars = [{circulars}]
[mailbox]
host = "127.0.0.1"
port = 1
security = "plain"
username = "tsb"
password = "secret"
[smtp]
host = "127.0.0.1"
port = 1
security = "plain"
sender = "TSB <tsbdir@example.org>"
[members]
file = "members.csv"
[authenticity]
authserv_id = "mx.example.org"
"""


def configured(folder: Path, *numbers: int) -> Path:
    """A configuration with those circulars."""
    for number in numbers:
        text = dump_circular(make_circular(number=number))
        (folder / f"{number}.toml").write_text(text, encoding="utf-8")
    (folder / "members.csv").write_text(
        "iso3,name,language,region,email,role,focal_point,domain\n", encoding="utf-8"
    )
    circulars = ", ".join(f'"{number}.toml"' for number in numbers)
    file = folder / "config.toml"
    file.write_text(_CONFIGURATION.format(circulars=circulars), encoding="utf-8")
    return file


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr("sys.argv", ["tsbbot", "export", *map(str, arguments)])
    try:
        main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def test_a_file_is_written_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "results.csv"
    config = configured(tmp_path, 106)
    assert run(monkeypatch, out, "--config", config, "--now", "2026-05-01T08:00Z") == 0
    assert str(out) in capsys.readouterr().out
    assert b"2026-05-01T08:00:00Z" in out.read_bytes()


def test_several_circulars_have_a_folder_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "meeting"
    assert run(monkeypatch, out, "--config", configured(tmp_path, 106, 107)) == 0
    for number in (106, 107):
        assert (out / f"circular-{number}/circular-{number}.docx").is_file()


def test_one_file_for_several_circulars_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "results.xlsx"
    config = configured(tmp_path, 106, 107)
    assert run(monkeypatch, out, "--config", config) == 1
    assert "--circular 107" in capsys.readouterr().err
    assert not out.exists()
    assert run(monkeypatch, out, "--circular", "107", "--config", config) == 0
    assert out.is_file()

"""`[reminders]`: when letters go that nobody asked for."""

import datetime as dt
from pathlib import Path

import pytest

from bot.errors import ConfigurationError
from bot.settings import load_settings
from bot.wiring.office import office_of

LEAST = """
circulars = ["{circular}"]
[mailbox]
host = "imap.example.org"
[smtp]
host = "smtp.example.org"
[authenticity]
authserv_id = "mx.example.org"
[reminders]
"""
CIRCULAR = Path(__file__).parent.parent / "circulars" / "106.toml"


def write(folder: Path, lines: str) -> Path:
    path = folder / "config.toml"
    path.write_text(LEAST.format(circular=CIRCULAR) + lines, encoding="utf-8")
    return path


def test_what_is_configured_is_when_the_office_works(tmp_path: Path) -> None:
    lines = (
        'hour = 8\nuntil = 16\nworking_days = ["sun", "mon", "tue", "wed", "thu"]\n'
        "holidays = [2026-12-27]\nask_again_after_days = 3\n"
    )
    office = office_of(load_settings(write(tmp_path, lines)))
    assert office.hours.days == frozenset({6, 0, 1, 2, 3})
    assert office.ask_again_days == 3
    at_eleven = [dt.datetime(2026, 12, day, 10, tzinfo=dt.UTC) for day in (24, 25, 26, 27, 28)]
    assert [office.hours.open_at(moment) for moment in at_eleven] == [
        True,
        False,
        False,
        False,
        True,
    ]
    assert not office.hours.open_at(dt.datetime(2026, 12, 28, 15, tzinfo=dt.UTC))


def test_an_office_that_closes_at_midnight_is_open_until_then(tmp_path: Path) -> None:
    office = office_of(load_settings(write(tmp_path, "until = 24\n")))
    assert office.hours.closes is None


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        pytest.param("hour = 18\n", "until = 18 is not after hour = 18", id="no hour is left"),
        pytest.param("working_days = []\n", "working_days", id="nobody ever works"),
        pytest.param('working_days = ["monday"]\n', "working_days", id="no such day"),
        pytest.param('holidays = ["Easter"]\n', "holidays", id="no date"),
        pytest.param("ask_again_after_days = -1\n", "ask_again_after_days", id="before it came"),
    ],
)
def test_what_cannot_be_is_refused_by_its_name(tmp_path: Path, lines: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        load_settings(write(tmp_path, lines))

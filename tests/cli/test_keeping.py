"""Backup, restore, purge and the question of monitoring, as a user meets them."""

import json
import shutil
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Played, Run

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("played")]

LATER = "2027-05-02T00:00Z"


@pytest.fixture
def copy(played: Played, tmp_path: Path) -> Played:
    """The consultation in a folder that the test may change."""
    folder = tmp_path / "copy"
    shutil.copytree(played.config.parent, folder)
    return Played(config=folder / "config.toml", now=played.now)


def tally(tsbbot: Run, config: Path, now: str) -> str:
    """As JSON."""
    return tsbbot("tally", "--json", "--config", config, "--now", now).out


def test_a_consultation_backed_up_and_brought_back_is_the_same(
    tsbbot: Run, copy: Played, tmp_path: Path
) -> None:
    before = tally(tsbbot, copy.config, copy.now)
    written = tsbbot("backup", tmp_path / "one.backup", "--config", copy.config)
    assert written.status == 0, written.err
    assert stat.S_IMODE((tmp_path / "one.backup").stat().st_mode) == 0o600
    checked = tsbbot("backup", "--verify", tmp_path / "one.backup")
    assert checked.status == 0, checked.err
    fingerprint = checked.out.split("Fingerprint ")[1].split()[0]
    assert fingerprint in written.out
    shutil.rmtree(copy.config.parent / "archive")
    for path in copy.config.parent.glob("tsbbot.db*"):
        path.unlink()
    restored = tsbbot("restore", tmp_path / "one.backup", "--config", copy.config)
    assert restored.status == 0, restored.err
    assert tally(tsbbot, copy.config, copy.now) == before
    assert tsbbot("explain", "C106-ZAF-1", "--config", copy.config).status == 0


def test_what_is_there_is_not_overwritten_unless_told(
    tsbbot: Run, copy: Played, tmp_path: Path
) -> None:
    assert tsbbot("backup", tmp_path / "one.backup", "--config", copy.config).status == 0
    refused = tsbbot("restore", tmp_path / "one.backup", "--config", copy.config)
    assert refused.status == 1
    assert "--replace" in refused.err
    assert refused.err.splitlines()[-1].startswith("tsbbot:")
    told = tsbbot("restore", tmp_path / "one.backup", "--replace", "--config", copy.config)
    assert told.status == 0
    assert "is kept" in told.out
    aside = tsbbot("restore", tmp_path / "one.backup", "--into", tmp_path / "look")
    assert aside.status == 0
    assert (tmp_path / "look" / "tsbbot.db").exists()


def test_a_backup_without_some_messages_is_written_and_said(
    tsbbot: Run, copy: Played, tmp_path: Path
) -> None:
    lost = next((copy.config.parent / "archive").rglob("*.eml"))
    lost.unlink()
    ran = tsbbot("backup", tmp_path / "one.backup", "--config", copy.config)
    assert ran.status == 1
    assert "1 messages are not in the backup" in ran.err
    assert (tmp_path / "one.backup").exists()


def test_a_purge_leaves_the_tally_as_it_was_and_every_command_at_work(
    tsbbot: Run, copy: Played, tmp_path: Path
) -> None:
    moments = ("2026-04-05T00:00Z", "2026-04-20T00:00Z", copy.now, LATER)
    before = [tally(tsbbot, copy.config, moment) for moment in moments]
    shown = tsbbot("purge", "--circular", 106, "--dry-run", "--config", copy.config, "--now", LATER)
    assert shown.status == 0
    assert "raw messages" in shown.out
    assert [tally(tsbbot, copy.config, moment) for moment in moments] == before
    archive = copy.config.parent / "archive"
    many = len(list(archive.rglob("*.eml")))
    done = tsbbot("purge", "--circular", 106, "--yes", "--config", copy.config, "--now", LATER)
    assert done.status == 0, done.err
    assert "Removed." in done.out
    assert "wait for a person and stay" in done.out
    assert 0 < len(list(archive.rglob("*.eml"))) < many
    assert [tally(tsbbot, copy.config, moment) for moment in moments] == before
    for command in (
        ("status",),
        ("export", tmp_path / "out.xlsx"),
        ("export", tmp_path / "meeting"),
        ("digest", "--dry-run"),
        ("backup", tmp_path / "after.backup"),
    ):
        ran = tsbbot(*command, "--config", copy.config, "--now", LATER)
        assert ran.status == 0, (command, ran.err)
    assert "(purged)" in tsbbot("explain", "C106-CHE-1", "--config", copy.config).out


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        pytest.param(["--now", "2026-04-20", "--force", "x"], 1, "is open until", id="open"),
        pytest.param(["--now", "2026-06-01"], 1, '--force "REASON"', id="too early"),
        pytest.param(["--now", LATER], 2, "--yes", id="nobody to ask"),
    ],
)
def test_a_purge_that_must_not_be_is_refused(
    tsbbot: Run, copy: Played, words: list[str], status: int, said: str
) -> None:
    ran = tsbbot("purge", "--circular", 106, *words, "--config", copy.config)
    assert ran.status == status
    assert said in ran.err


def test_monitoring_is_answered_in_one_line(tsbbot: Run, copy: Played) -> None:
    ran = tsbbot("status", "--check", "--config", copy.config, "--now", copy.now)
    assert ran.status == 1
    assert ran.out.startswith("TSBBOT WRONG: ")
    assert ran.out.count("\n") == 1
    lost = tsbbot("status", "--check", "--config", "nowhere.toml")
    assert lost.status == 1
    assert lost.out.startswith("TSBBOT WRONG: no configuration")


def test_a_round_writes_the_heartbeat_and_makes_monitoring_content(
    tsbbot: Run, copy: Played
) -> None:
    with copy.config.open("a", encoding="utf-8") as file:
        file.write('\n[watch]\nheartbeat_file = "heartbeat.json"\n')
    ran = tsbbot("run", "--once", "--config", copy.config, "--now", copy.now)
    assert ran.status == 0, ran.err
    beat = json.loads((copy.config.parent / "heartbeat.json").read_text(encoding="utf-8"))
    assert beat["round"] == "ok"
    check = tsbbot("status", "--check", "--config", copy.config, "--now", copy.now)
    assert (check.status, check.out[:30]) == (0, "TSBBOT OK: last round 0 min ag")
    late = tsbbot("status", "--check", "--max-age", 5, "--config", copy.config, "--now", LATER)
    assert late.status == 1
    assert "the last round was" in late.out

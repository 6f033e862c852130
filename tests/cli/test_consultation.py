"""The commands over a consultation that was played: what is told, and that looking changes nothing."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.circulars.shipped import shipped_circulars
from bot.demo.consultation import STANDING, expected_tally
from tests.cli.conftest import Played, Run

pytestmark = pytest.mark.integration

CIRCULAR = shipped_circulars()[-1]


@pytest.fixture
def copy(played: Played, tmp_path: Path) -> Played:
    """The consultation in a folder that the test may change."""
    folder = tmp_path / "copy"
    shutil.copytree(played.config.parent, folder)
    return Played(config=folder / "config.toml", now=played.now)


def test_the_tally_is_what_was_counted_by_hand(tsbbot: Run, played: Played) -> None:
    ran = tsbbot("tally", "--json", "--config", played.config, "--now", played.now)
    (line,) = ran.out.splitlines()
    said = json.loads(line)
    assert said["circular"] == "TSB Circular 106"
    assert said["deadline"] == "2026-04-30T23:59:00Z"
    assert said["as_of"] == played.now
    counted = {each["text"]: each for each in said["texts"]}
    for by_hand in expected_tally(CIRCULAR):
        each = counted[by_hand.text]
        assert (
            each["assigns"],
            each["does_not_assign"],
            each["with_comments"],
            each["blank"],
        ) == (
            by_hand.assigns,
            by_hand.does_not_assign,
            by_hand.with_comments,
            by_hand.blank,
        ), by_hand.text
        assert each["replies"] == by_hand.assigns + by_hand.does_not_assign
        assert each["threshold_met"] is (each["assigns"] * 100 >= 70 * each["replies"])
    voted = {code for code, letters in STANDING.items() if set(letters) & set("NCAD")}
    assert set(said["replied"]) == voted
    assert said["late"] == ["LKA"]
    assert said["not_counted"] == 1
    assert said["observers"] == ["PSE"]


def test_the_tally_of_an_earlier_day_counts_what_was_known_then(
    tsbbot: Run, played: Played
) -> None:
    def replied(now: str) -> int:
        ran = tsbbot("tally", "--json", "--config", played.config, "--now", now)
        return len(json.loads(ran.out)["replied"])

    assert replied("2026-01-01") == 0
    assert 0 < replied("2026-04-10") < replied(played.now)


def test_status_names_what_waits_and_how_to_settle_it(tsbbot: Run, played: Played) -> None:
    ran = tsbbot("status", "--config", played.config, "--now", played.now)
    assert ran.status == 0
    for reference in ("C106-SAU-1", "C106-PER-1", "C106-ZAF-1", "C106-IND-2"):
        assert reference in ran.out
    assert "does not vouch" in ran.out
    assert "tsbbot review ID" in ran.out


def test_explain_tells_the_whole_story(tsbbot: Run, played: Played) -> None:
    ran = tsbbot("explain", "C106-ZAF-1", "--config", played.config)
    for told in ("INBOX", "Annex 2.docx", "☒ assigns", "exclude each other", "acknowledgement to"):
        assert told in ran.out


def test_explain_draws_what_was_read(tsbbot: Run, played: Played, tmp_path: Path) -> None:
    folder = tmp_path / "seen"
    ran = tsbbot("explain", "C106-VNM-1", "--pictures", folder, "--config", played.config)
    names = sorted(path.name for path in folder.iterdir())
    assert f"{len(names)} pictures in" in ran.out
    assert any(name.endswith("page-1.png") for name in names)
    assert sum("-row-" in name for name in names) >= 4
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in folder.iterdir())


def test_doctor_finds_everything_well_while_the_servers_run(tsbbot: Run, played: Played) -> None:
    ran = tsbbot("doctor", "--config", played.config)
    assert ran.status == 0, ran.out
    for checked in ("circulars", "letters", "database", "archive", "mailbox", "smtp"):
        assert checked in ran.out


def test_doctor_says_what_is_wrong_and_how_to_mend_it(tsbbot: Run, copy: Played) -> None:
    text = copy.config.read_text(encoding="utf-8")
    copy.config.write_text(text.replace('password = "', 'password = "wrong '), encoding="utf-8")
    (copy.config.parent / "members.csv").write_text("nonsense\n", encoding="utf-8")
    ran = tsbbot("doctor", "--config", copy.config)
    assert ran.status == 1
    wrong = [line for line in ran.out.splitlines() if line.startswith("wrong")]
    assert len(wrong) == 2
    assert "register" in wrong[0]
    assert "mailbox" in wrong[1]
    assert "wrong sample" not in ran.out + ran.err


def contents(played: Played) -> list[str]:
    """Every row of the database."""
    with closing(sqlite3.connect(played.config.parent / "tsbbot.db")) as database:
        return list(database.iterdump())


def test_looking_changes_nothing(tsbbot: Run, copy: Played) -> None:
    before = contents(copy)
    for command in (
        ("tally",),
        ("status",),
        ("review",),
        ("explain", "1"),
        ("remind", "--dry-run"),
        ("digest", "--dry-run"),
    ):
        now = () if command[0] == "explain" else ("--now", copy.now)
        assert tsbbot(*command, "--config", copy.config, *now).status == 0
    assert contents(copy) == before


def test_a_decision_on_the_command_line_counts_and_is_confirmed(tsbbot: Run, copy: Played) -> None:
    def told(*arguments: str) -> str:
        ran = tsbbot(*arguments, "--config", copy.config, "--now", copy.now)
        assert ran.status == 0, ran.err
        return ran.out

    refused = tsbbot("review", "C106-ZAF-1", "--accept", "--config", copy.config)
    assert refused.status == 1
    assert "Y.4420" in refused.err
    assert "--set" in refused.err
    assert "settled" in told(
        "review", "C106-ZAF-1", "--set", "Y.4420=assigns,none", "--set", "Y.4614=does_not_assign"
    )
    assert "settled" in told("review", "C106-PER-1", "--accept")
    tally = json.loads(told("tally", "--json"))
    by_text = {each["text"]: each for each in tally["texts"]}
    by_hand = {each.text: each for each in expected_tally(CIRCULAR)}
    assert by_text["Y.4420"]["assigns"] == by_hand["Y.4420"].assigns + 2
    assert by_text["Y.4614"]["does_not_assign"] == by_hand["Y.4614"].does_not_assign + 1
    assert "PER" in tally["replied"]
    ran = tsbbot("explain", "C106-ZAF-1", "--config", copy.config)
    assert "confirmation to" in ran.out


def test_a_late_reply_is_admitted_for_a_reason(tsbbot: Run, copy: Played) -> None:
    ran = tsbbot(
        "review", "C106-LKA-1", "--admit", "the line was down", "--config", copy.config,
        "--now", copy.now,
    )  # fmt: skip
    assert ran.status == 0, ran.err
    said = json.loads(tsbbot("tally", "--json", "--config", copy.config, "--now", copy.now).out)
    assert "LKA" in said["replied"]
    assert said["late"] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("review", "999999", "--accept"), "nothing is called"),
        (("review", "C106-PER-1", "--state", "XXX"), "no Member State"),
        (("review", "C106-ZAF-1", "--set", "Y.4420=yes"), "no row of a reply"),
        (("review", "C106-ZAF-1", "--set", "Y.9999=assigns"), "has no text Y.9999"),
        (("review", "C106-ZAF-1", "--accept", "--reject"), "either rejected or accepted"),
        (("review", "C106-ZAF-1", "--admit", "because"), "did not come late"),
        (("tally", "--circular", "7"), "circular 7 is not configured"),
        (("explain", "C106-AND-1"), "nothing is called"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_done_is_said_in_one_line(
    tsbbot: Run, played: Played, arguments: tuple[str, ...], said: str
) -> None:
    ran = tsbbot(*arguments, "--config", played.config)
    assert ran.status == 1
    assert said in ran.err
    assert ran.err.count("\n") == 1

"""Numbers that can be checked: the trail verified, the closing report, the tally of any moment."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Played, Run

pytestmark = pytest.mark.integration


@pytest.fixture
def copy(played: Played, tmp_path: Path) -> Played:
    """The consultation in a folder that the test may change."""
    folder = tmp_path / "copy"
    shutil.copytree(played.config.parent, folder)
    return Played(config=folder / "config.toml", now=played.now)


def test_the_trail_of_a_consultation_is_sound(tsbbot: Run, played: Played) -> None:
    ran = tsbbot("trail", "verify", "--config", played.config)
    assert ran.status == 0
    assert "Closing reports counted again from the record: 106." in ran.out

    said = json.loads(tsbbot("trail", "verify", "--json", "--config", played.config).out)
    assert said["sound"]
    assert said["faults"] == []
    assert said["sealed"] > said["replies"] > 30
    assert said["unsealed"] == 0


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        pytest.param(
            "UPDATE opinions SET opinion = 'does_not_assign', comments = NULL"
            " WHERE seq = (SELECT min(seq) FROM opinions WHERE opinion = 'assigns')",
            "are not those that entry",
            id="an opinion",
        ),
        pytest.param(
            "UPDATE audit SET who = 'nobody' WHERE seq = 5", "entry 5 of the trail", id="an entry"
        ),
        pytest.param(
            "UPDATE replies SET state = 'AND' WHERE reference = 'C106-CHE-1'",
            "C106-CHE-1: the record has it as one of CHE",
            id="a reply",
        ),
    ],
)
def test_whoever_tampers_with_the_record_is_found(
    tsbbot: Run, copy: Played, statement: str, named: str
) -> None:
    with closing(sqlite3.connect(copy.config.parent / "tsbbot.db")) as connection:
        names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in connection.execute(names).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
        connection.commit()

    ran = tsbbot("trail", "verify", "--config", copy.config)
    assert ran.status == 1
    assert named in ran.out
    assert "is not as it was written" in ran.err


def test_a_message_that_the_archive_lost_is_found(tsbbot: Run, copy: Played) -> None:
    whole = tsbbot("trail", "verify", "--archive", "--config", copy.config)
    assert whole.status == 0
    assert "each with its own hash" in whole.out
    next(copy.config.parent.rglob("*.eml")).unlink()

    assert tsbbot("trail", "verify", "--config", copy.config).status == 0
    ran = tsbbot("trail", "verify", "--archive", "--json", "--config", copy.config)
    assert ran.status == 1
    assert len(json.loads(ran.out)["faults"]) == 1


def test_the_closing_report_names_the_rule_and_the_numbers(tsbbot: Run, played: Played) -> None:
    ran = tsbbot("report", "closing", "--config", played.config, "--now", played.now)
    assert ran.status == 0
    assert "closing report of" in ran.out
    assert "Resolution 1, 9.4" in ran.out

    line = tsbbot("report", "closing", "--json", "--config", played.config, "--now", played.now).out
    said = json.loads(line)
    assert said["closed"]
    assert said["threshold_per_cent"] == 70
    for text in said["texts"]:
        assert text["threshold_met"] is (text["assigns"] * 100 >= 70 * text["replies"])


def test_an_admitted_reply_is_an_amendment_with_its_reason(tsbbot: Run, copy: Played) -> None:
    explained = tsbbot("explain", "C106-LKA-1", "--config", copy.config).out
    number = explained.split("message ")[1].split()[0]
    why = "the Administration's server was down"
    ran = tsbbot("review", number, "--admit", why, "--config", copy.config)
    assert ran.status == 0, ran.err

    shown = tsbbot("report", "closing", "--config", copy.config)
    assert "Amendment" in shown.out
    assert why in " ".join(shown.out.split())
    (*_, last) = json.loads(tsbbot("report", "closing", "--json", "--config", copy.config).out)[
        "amendments"
    ]
    assert (last["reference"], last["late"], last["standing"]) == ("C106-LKA-1", True, "counted")
    assert all(e["after"]["replies"] == e["before"]["replies"] + 1 for e in last["texts"])
    assert tsbbot("trail", "verify", "--config", copy.config).status == 0


def test_the_tally_as_of_a_moment_is_the_same_whenever_it_is_asked(
    tsbbot: Run, played: Played
) -> None:
    asked = ("tally", "--json", "--as-of", "2026-04-10T12:00Z", "--config", played.config)
    first, again = tsbbot(*asked).out, tsbbot(*asked).out
    assert first == again
    assert json.loads(first)["as_of"] == "2026-04-10T12:00:00Z"


@pytest.mark.parametrize("name", ["CHE", "ch", "Suisse"])
def test_explain_tells_the_story_of_a_member_state(tsbbot: Run, played: Played, name: str) -> None:
    ran = tsbbot("explain", name, "--config", played.config, "--now", played.now)
    assert ran.status == 0
    for told in ("Switzerland", "focal point", "C106-CHE-1", "assigns", "acknowledgement to"):
        assert told in ran.out


def test_explain_says_where_a_member_state_has_not_replied(tsbbot: Run, played: Played) -> None:
    ran = tsbbot("explain", "AND", "--config", played.config, "--now", played.now)
    assert "no reply" in ran.out


def test_explain_shows_what_waits_beside_what_stands(tsbbot: Run, played: Played) -> None:
    ran = tsbbot("explain", "India", "--config", played.config, "--now", played.now)
    assert "C106-IND-2: pending" in " ".join(ran.out.split())

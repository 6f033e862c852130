"""`tsbbot remind`: the plan before it is carried out."""

from tests.cli.conftest import Played, Run


def test_the_whole_plan_is_a_table(tsbbot: Run, played: Played) -> None:
    ran = tsbbot("remind", "--dry-run", "--config", played.config, "--now", "2026-04-16T09:00Z")
    rows = [line for line in ran.out.splitlines() if line.startswith("│") and " 2026 " in line]
    assert "Tue 31 Mar 2026" in rows[0]
    assert "first" in rows[0]
    assert "Tue 28 Apr 2026" in rows[-1]
    assert "last days" in rows[-1]
    assert "09:00 to 18:00, Europe/Zurich" in ran.out


def test_at_night_nothing_is_due_and_it_says_why(tsbbot: Run, played: Played) -> None:
    ran = tsbbot("remind", "--dry-run", "--config", played.config, "--now", "2026-04-16T22:00Z")
    assert "the secretariat is not at work" in ran.out


def test_once_the_circular_is_closed_there_is_no_plan(tsbbot: Run, played: Played) -> None:
    ran = tsbbot("remind", "--dry-run", "--config", played.config, "--now", "2026-05-04T09:00Z")
    assert "No reminder is planned" in ran.out
    assert "[reminders]" in ran.out

"""After each round: the time, the heartbeat, alarms by ways that work."""

import datetime as dt
import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.edges.smtp_connection import SmtpAccount
from bot.errors import SubmissionError
from bot.mail.message import Address
from bot.settings import Security
from bot.store.store import Store, open_store
from bot.watch.health import facts
from bot.watch.watchman import Watchman
from bot.watch.ways import Command, Post
from tests.store.samples import queued
from tests.support.submission import SecureSubmission

NOW = dt.datetime(2026, 4, 9, 9, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


class Notebook:
    """A way that writes down what it was told; or fails, while it is told to."""

    def __init__(self) -> None:
        self.subjects: list[str] = []
        self.fails = False

    def tell(self, subject: str, text: str, now: dt.datetime) -> None:
        """See `Way`."""
        if self.fails:
            raise SubmissionError("this way fails too")
        self.subjects.append(subject)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open, on SQLite: the store's own tests hold both to the same."""
    with open_store(f"sqlite:///{tmp_path}/tsbbot.db") as opened:
        yield opened


def trouble(store: Store, minute: int = 0, code: str = "mailbox") -> None:
    """Notes one."""
    with store.transaction() as tx:
        tx.troubles.note(code, "the mailbox is away", NOW + minute * MINUTE)


def test_each_round_is_noted_for_monitoring(store: Store) -> None:
    assert Watchman(store).after_round([], NOW) == ()
    with store.snapshot() as tx:
        assert facts(tx, NOW).last_round == NOW


def test_a_letter_that_waits_long_is_stuck(store: Store) -> None:
    queued(store)
    at = dt.datetime(2026, 4, 1, 7, 0, tzinfo=dt.UTC)
    with store.snapshot() as tx:
        assert facts(tx, at).stuck_letters == 0
        assert facts(tx, at + 61 * MINUTE).stuck_letters == 1


def test_the_heartbeat_is_a_file_of_json_that_others_may_read(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "heartbeat.json"
    trouble(store)
    watchman = Watchman(store, heartbeat=file)
    assert watchman.after_round(["the mailbox is away"], NOW) == ()
    said = json.loads(file.read_text(encoding="utf-8"))
    assert said == {
        "time": "2026-04-09T09:00:00+00:00",
        "round": "trouble",
        "trouble": ["the mailbox is away"],
        "open_troubles": ["the mailbox is away"],
        "quarantined": 0,
        "waiting_for_a_person": 0,
        "letters_queued": 0,
        "letters_stuck": 0,
    }
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    watchman.after_round([], NOW + MINUTE)
    assert json.loads(file.read_text(encoding="utf-8"))["round"] == "ok"
    assert list(tmp_path.glob(".heartbeat*")) == []


def test_a_heartbeat_that_cannot_be_written_is_said_and_stops_nothing(
    store: Store, tmp_path: Path
) -> None:
    (said,) = Watchman(store, heartbeat=tmp_path / "no" / "file").after_round([], NOW)
    assert "[watch] heartbeat_file" in said


def test_a_trouble_is_told_once_though_the_worker_starts_anew(store: Store) -> None:
    way = Notebook()
    trouble(store)
    for minute in (0, 15, 16):
        Watchman(store, ways=[way]).after_round([], NOW + minute * MINUTE)
    assert way.subjects == ["tsbbot: mailbox has trouble"]
    with store.transaction() as tx:
        tx.troubles.resolve("mailbox", NOW + 17 * MINUTE)
    for minute in (17, 18):
        Watchman(store, ways=[way]).after_round([], NOW + minute * MINUTE)
    assert way.subjects[1:] == ["tsbbot: mailbox works again"]


def test_of_several_workers_one_tells(store: Store) -> None:
    way, other = Notebook(), Notebook()
    trouble(store)
    mine, others = Watchman(store, ways=[way]), Watchman(store, ways=[other])
    for minute in (0, 15, 16):
        mine.after_round([], NOW + minute * MINUTE)
        others.after_round([], NOW + minute * MINUTE, alarms=False)
    assert way.subjects == ["tsbbot: mailbox has trouble"]
    # The other one takes over, and knows what was told.
    with store.transaction() as tx:
        tx.troubles.resolve("mailbox", NOW + 17 * MINUTE)
    for minute in (17, 18):
        others.after_round([], NOW + minute * MINUTE)
    assert (len(way.subjects), other.subjects) == (1, ["tsbbot: mailbox works again"])


def test_an_alarm_that_does_not_get_there_goes_again(store: Store) -> None:
    way = Notebook()
    way.fails = True
    trouble(store)
    watchman = Watchman(store, ways=[way])
    assert watchman.after_round([], NOW + 20 * MINUTE) == ("this way fails too",)
    way.fails = False
    watchman.after_round([], NOW + 21 * MINUTE)
    watchman.after_round([], NOW + 22 * MINUTE)
    assert way.subjects == ["tsbbot: mailbox has trouble"]


def test_one_way_is_enough(store: Store) -> None:
    broken, way = Notebook(), Notebook()
    broken.fails = True
    trouble(store)
    watchman = Watchman(store, ways=[broken, way])
    for minute in (20, 21):
        watchman.after_round([], NOW + minute * MINUTE)
    assert way.subjects == ["tsbbot: mailbox has trouble"]


def test_a_record_that_fails_is_told_and_so_is_its_return(store: Store, tmp_path: Path) -> None:
    way = Notebook()
    watchman = Watchman(store, ways=[way], heartbeat=tmp_path / "heartbeat.json")
    watchman.after_round([], NOW)
    file, away = tmp_path / "tsbbot.db", tmp_path / "away"
    store.close()
    away.mkdir()
    for path in tmp_path.glob("tsbbot.db*"):
        path.rename(away / path.name)
    file.mkdir()
    for minute in (1, 10, 16, 17):
        assert watchman.after_round(["no record"], NOW + minute * MINUTE)
    assert way.subjects == ["tsbbot: database has trouble"]
    assert json.loads((tmp_path / "heartbeat.json").read_text())["trouble"] == ["no record"]
    file.rmdir()
    for path in away.iterdir():
        path.rename(tmp_path / path.name)
    for minute in (18, 19):
        assert watchman.after_round([], NOW + minute * MINUTE) == ()
    assert way.subjects[1:] == ["tsbbot: database works again"]


# The ways themselves.


def test_a_command_gets_the_text_and_no_shell_reads_its_arguments(tmp_path: Path) -> None:
    out = tmp_path / "told; touch hacked"
    Command(words=["tee", str(out)]).tell("tsbbot: smtp has trouble", "Since noon\n", NOW)
    assert out.read_text() == "tsbbot: smtp has trouble\n\nSince noon\n"


@pytest.mark.parametrize(
    ("words", "patience", "said"),
    [
        pytest.param(["/nowhere/at/all"], 5, "cannot be run", id="not there"),
        pytest.param(["false"], 5, "ended with status 1", id="it fails"),
        pytest.param(["sleep", "60"], 0.2, "did not end within 0.2 seconds", id="it hangs"),
    ],
)
def test_a_command_that_fails_is_said_without_its_arguments(
    words: list[str], patience: float, said: str
) -> None:
    with pytest.raises(SubmissionError, match=said) as caught:
        Command(words=words, patience=patience).tell("subject", "text", NOW)
    assert "60" not in str(caught.value)


def test_a_second_mail_server_takes_an_alarm_marked_as_automatic(tmp_path: Path) -> None:
    with SecureSubmission(tmp_path, starttls=True) as server:
        account = SmtpAccount(
            host=server.host,
            port=server.port,
            security=Security.STARTTLS,
            username=server.username,
            password=server.password,
            ca_file=server.ca_file,
        )
        way = Post(
            account=account,
            sender=Address(name="", email="alarms@example.net"),
            recipients=["clerk@example.org", "chief@example.org"],
        )
        way.tell("tsbbot: mailbox has trouble", "Since noon: é\n", NOW)
        assert len(server.letters) == 2
    (letter, again) = server.letters
    assert letter == again
    assert b"Subject: tsbbot: mailbox has trouble\r\n" in letter
    assert b"Auto-Submitted: auto-generated\r\n" in letter
    assert b"To: clerk@example.org, chief@example.org\r\n" in letter


def test_a_mail_server_that_is_away_is_a_way_that_fails() -> None:
    account = SmtpAccount(host="127.0.0.1", port=9, security=Security.PLAIN, timeout=5)
    way = Post(
        account=account,
        sender=Address(name="", email="alarms@example.net"),
        recipients=["clerk@example.org"],
    )
    with pytest.raises(SubmissionError):
        way.tell("subject", "text", NOW)

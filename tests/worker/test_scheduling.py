"""What goes out by the calendar: reminders, none twice; a digest a day, by the secretariat's clock."""

import datetime as dt
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from bot.demo.contacts import ADMINISTRATIONS, SECOND_CONTACT
from bot.demo.other_mail import bounce_of
from bot.errors import ConfigurationError
from bot.register.member_state import Iso3
from tests.worker.workroom import Workroom, open_workroom

#: 9 o'clock in Geneva on the fourteenth day before the deadline's.
FOURTEENTH = dt.datetime(2026, 4, 16, 7, 0, tzinfo=dt.UTC)
#: A small register: rendering a letter takes its time.
REGISTER = (
    "iso3,name,language,region,email,role,focal_point,domain\n"
    "CHE,,fr,,focal@ofcom.example,Focal point,yes,ofcom.example\n"
    "CHE,,en,,office@ofcom.example,Office,no,\n"
    "MNG,,en,,focal@crc.example,Focal point,yes,\n"
    "PER,,es,,oficina@mtc.example,Office,no,\n"
    "PSE,,ar,,focal@mtit.example,Focal point,yes,\n"
    "NOR,,en,,,,no,nkom.example\n"
)


@pytest.fixture
def calendar(tmp_path: Path, model_database: Path) -> Iterator[Workroom]:
    """A secretariat with a small register, a minute before its reminders are due."""
    with open_workroom(tmp_path, model_database, now=FOURTEENTH - dt.timedelta(minutes=1)) as room:
        assert room.desk.settings.members.file is not None
        room.desk.settings.members.file.write_text(REGISTER)
        yield room


def remind(room: Workroom) -> int:
    """One pass."""
    return room.desk.scheduler.remind(room.register, room.now)


def digest(room: Workroom) -> int:
    """One pass."""
    return room.desk.scheduler.digest(room.now)


def keys(room: Workroom, kind: str) -> list[str]:
    """Of the letters of a kind."""
    with room.desk.store.snapshot() as tx:
        return [each.key for each in tx.letters.of_kind(kind)]


def test_reminders_go_to_focal_points_else_to_the_other_contacts(calendar: Workroom) -> None:
    # What was missed since the thirtieth day is not made up on the eve of the fourteenth.
    assert remind(calendar) == 0
    calendar.later(minutes=1)
    assert remind(calendar) == 4
    assert sorted(keys(calendar, "reminder")) == [
        "reminder/106/CHE/14/focal@ofcom.example",
        "reminder/106/MNG/14/focal@crc.example",
        "reminder/106/PER/14/oficina@mtc.example",
        "reminder/106/PSE/14/focal@mtit.example",
    ]


def test_a_reminder_is_in_the_language_of_its_contact(calendar: Workroom) -> None:
    calendar.later(minutes=1)
    remind(calendar)
    with calendar.desk.store.snapshot() as tx:
        languages = {each.state: each.language for each in tx.letters.of_kind("reminder")}
    assert languages == {"CHE": "fr", "MNG": "en", "PER": "es", "PSE": "ar"}


@pytest.mark.parametrize("hours", [0, 1, 24, 100])
def test_none_goes_twice(calendar: Workroom, hours: int) -> None:
    calendar.later(minutes=1)
    remind(calendar)
    calendar.later(hours=hours)
    assert remind(calendar) == 0


def test_the_next_day_of_the_plan_reminds_again(calendar: Workroom) -> None:
    calendar.later(minutes=1)
    assert remind(calendar) == 4
    calendar.later(days=7)
    assert remind(calendar) == 4
    calendar.later(days=5)
    assert remind(calendar) == 4
    # After the deadline nothing.
    calendar.later(days=2, hours=17)
    assert calendar.circular.in_time(calendar.now) is False
    assert remind(calendar) == 0
    assert len(set(keys(calendar, "reminder"))) == 12


def test_who_has_replied_or_waits_for_review_gets_none(calendar: Workroom) -> None:
    room = calendar
    room.mailbox.deliver(room.reply("MNG", sender="focal@crc.example"))
    room.mailbox.deliver(room.reply("PER", "XNNNNNNNNN", sender="oficina@mtc.example"))
    rows = ["Y.4241", "Y.4242"]
    room.mailbox.deliver(room.reply("CHE", rows=rows, sender="focal@ofcom.example"))
    room.fetch()
    room.decide()
    room.later(minutes=1)
    assert remind(room) == 2
    with room.desk.store.snapshot() as tx:
        (letter,) = [each for each in tx.letters.of_kind("reminder") if each.state == "CHE"]
        raw = tx.letters.raw(letter.id)
    # One that answered some texts is reminded of the others alone.
    assert b"Y.4243" in raw
    assert b"Y.4241" not in raw


def test_a_focal_point_that_bounced_is_passed_over_for_the_other_contacts(
    calendar: Workroom,
) -> None:
    calendar.later(minutes=1)
    remind(calendar)
    calendar.submission.refuse("focal@ofcom.example")
    calendar.submission.refuse("focal@crc.example")
    calendar.worker.sender.send_due(calendar.submission, calendar.clock)
    calendar.later(days=7)
    with calendar.desk.store.snapshot() as tx:
        planned = calendar.desk.scheduler.planned(tx, calendar.register, calendar.now)
    contacts = {each.reminder.state: [c.email for c in each.contacts] for each in planned}
    assert contacts["CHE"] == ["office@ofcom.example"]
    # Nobody is left who can be written to: the plan says so, and no letter goes.
    assert contacts["MNG"] == []
    assert remind(calendar) == 3


@pytest.mark.parametrize(
    ("moment", "sent"),
    [
        pytest.param("2026-04-16T06:59Z", 0, id="before nine"),
        pytest.param("2026-04-16T15:59Z", 4, id="a minute before six"),
        pytest.param("2026-04-16T16:00Z", 0, id="six"),
        pytest.param("2026-04-18T10:00Z", 0, id="a Saturday"),
        pytest.param("2026-04-20T07:00Z", 4, id="the Monday after: made up"),
        pytest.param("2026-04-22T07:00Z", 0, id="the eve of the next"),
        pytest.param("2026-04-30T12:00Z", 4, id="the last day: made up"),
        pytest.param("2026-04-30T17:00Z", 0, id="the last evening"),
    ],
)
def test_reminders_go_in_working_hours_and_missed_ones_are_made_up_there(
    calendar: Workroom, moment: str, sent: int
) -> None:
    calendar.clock.advance(dt.datetime.fromisoformat(moment) - calendar.now)
    assert remind(calendar) == sent
    # However often it looks.
    assert remind(calendar) == 0


def test_after_weeks_without_a_worker_one_reminder_makes_up_for_all(calendar: Workroom) -> None:
    calendar.later(days=13, minutes=1)
    assert remind(calendar) == 4
    assert {key.split("/")[3] for key in keys(calendar, "reminder")} == {"2"}


def test_a_reminder_that_comes_back_goes_to_the_next_contact_at_once_and_the_digest_tells(
    calendar: Workroom,
) -> None:
    room = calendar
    room.later(minutes=1)
    room.round()
    with room.desk.store.snapshot() as tx:
        (letter,) = [each for each in tx.letters.of_kind("reminder") if each.state == "CHE"]
    report = bounce_of(
        letter.header_id,
        recipient="focal@ofcom.example",
        received_at=room.now,
        circular=room.circular,
    )
    room.mailbox.deliver(report.raw, report.received_at)
    sent = len(room.submission.taken)
    room.later(hours=1)
    assert room.round().trouble == []
    again = [to for to, _ in room.submission.taken[sent:]]
    assert again == ["office@ofcom.example"]
    sent = len(room.submission.taken)
    room.later(days=7)
    room.round()
    taken = room.submission.taken[sent:]
    swiss = [to for to, _ in taken if to.endswith("@ofcom.example")]
    assert swiss == ["office@ofcom.example"]
    (told,) = [raw for to, raw in taken if to == "secretariat@itu.example"]
    text = message_from_bytes(told, policy=policy.default).get_body(("plain",))
    assert text is not None
    assert "focal@ofcom.example" in text.get_content()


def test_the_digest_announces_a_secret_before_it_ends(tmp_path: Path, model_database: Path) -> None:
    ends = (FOURTEENTH + dt.timedelta(days=10)).date()
    sections: dict[str, dict[str, object]] = {
        "smtp": {"username": "tsb@itu.example"},
        "smtp.oauth2": {
            "provider": "microsoft",
            "flow": "client_credentials",
            "tenant": "itu.example",
            "client_id": "sample",
            "client_secret_file": "secret",
            "token_cache": "tokens",
            "secret_expires": ends.isoformat(),
        },
    }
    (tmp_path / "secret").write_text("never shown")
    (tmp_path / "secret").chmod(0o600)
    with open_workroom(tmp_path, model_database, sections, now=FOURTEENTH) as room:
        assert digest(room) == 1
        with room.desk.store.snapshot() as tx:
            letter = tx.letters.last("digest")
            assert letter is not None
            raw = tx.letters.raw(letter.id)
    text = message_from_bytes(raw, policy=policy.default).get_body(("plain",))
    assert text is not None
    words = " ".join(text.get_content().split())
    assert "the client secret of [smtp.oauth2] expires on 26 Apr 2026, in 10 days" in words


def test_an_address_that_cannot_be_written_to_keeps_no_letter_from_going(
    calendar: Workroom,
) -> None:
    path = calendar.desk.settings.members.file
    assert path is not None
    path.write_text(REGISTER.replace("focal@crc.example", "müller@crc.example"))
    calendar.later(minutes=1)
    assert remind(calendar) == 3
    assert digest(calendar) == 1


def test_an_empty_list_of_days_reminds_nobody(room: Workroom) -> None:
    assert remind(room) == 0


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        # In Zurich, summer time begins on 29 March and ends on 25 October 2026.
        pytest.param("2026-03-28T05:59Z", False, id="winter, 06:59"),
        pytest.param("2026-03-28T06:00Z", True, id="winter, 07:00"),
        pytest.param("2026-03-29T04:59Z", False, id="the day of the change, 06:59"),
        pytest.param("2026-03-29T05:00Z", True, id="the day of the change, 07:00"),
        pytest.param("2026-03-29T22:30Z", False, id="half past midnight of the next day"),
        pytest.param("2026-04-09T05:00Z", True, id="summer, 07:00"),
        pytest.param("2026-04-09T21:59Z", True, id="late that day: made up"),
    ],
)
def test_the_digest_is_due_by_the_secretariats_clock(
    calendar_room: Workroom, moment: str, due: bool
) -> None:
    room = calendar_room
    room.clock.advance(dt.datetime.fromisoformat(moment) - room.now)
    assert digest(room) == int(due)


def test_one_digest_a_day_goes_to_each_recipient(tmp_path: Path, model_database: Path) -> None:
    both = ["one@itu.example", "two@itu.example"]
    begin = dt.datetime(2026, 3, 28, 6, 0, tzinfo=dt.UTC)
    sections: dict[str, dict[str, object]] = {"secretariat": {"digest_to": both}}
    with open_workroom(tmp_path, model_database, sections, now=begin) as room:
        made = []
        # Every hour of three days, over the change to summer time.
        for _ in range(71):
            made.append(digest(room))
            room.later(hours=1)
        assert sum(made) == 6
        assert sorted(keys(room, "digest")) == [
            f"digest/2026-03-{day}/{each}" for day in (28, 29, 30) for each in both
        ]
        with room.desk.store.snapshot() as tx:
            hours = {each.created_at.hour for each in tx.letters.of_kind("digest")}
        assert hours == {6, 5}


def test_the_hour_that_comes_twice_makes_one_digest(tmp_path: Path, model_database: Path) -> None:
    begin = dt.datetime(2026, 10, 25, 0, 0, tzinfo=dt.UTC)
    sections: dict[str, dict[str, object]] = {"secretariat": {"digest_at": "02:30"}}
    with open_workroom(tmp_path, model_database, sections, now=begin) as room:
        made = []
        for _ in range(6):
            room.later(minutes=30)
            made.append(digest(room))
        assert made == [1, 0, 0, 0, 0, 0]


def test_a_digest_to_what_is_no_address_is_refused_at_once(tmp_path: Path) -> None:
    sections: dict[str, dict[str, object]] = {"secretariat": {"digest_to": ["the secretariat"]}}
    with (
        pytest.raises(ConfigurationError, match='digest_to "the secretariat" is no address'),
        open_workroom(tmp_path, None, sections),
    ):
        pass


def test_nobody_to_write_to_means_no_digest(room: Workroom) -> None:
    assert digest(room) == 0


def test_a_reminder_names_no_state_that_is_not_in_the_register(calendar: Workroom) -> None:
    calendar.later(minutes=1)
    with calendar.desk.store.snapshot() as tx:
        planned = calendar.desk.scheduler.planned(tx, calendar.register, calendar.now)
    known = {
        str(code) for code in (Iso3("CHE"), Iso3("MNG"), Iso3("PER"), Iso3("PSE"), Iso3("NOR"))
    }
    assert {each.reminder.state for each in planned} == known
    assert SECOND_CONTACT not in [each.email for every in planned for each in every.contacts]
    assert len(ADMINISTRATIONS) > len(known)


def test_the_digest_names_whom_nobody_can_be_written_to_until_there_is_an_address(
    calendar: Workroom,
) -> None:
    room = calendar
    room.later(minutes=1)
    remind(room)
    assert unreachable(room) == ["Norway"]
    # On the days between nothing is due, and it stands.
    room.later(days=3)
    assert remind(room) == 0
    assert unreachable(room) == ["Norway"]
    path = room.desk.settings.members.file
    assert path is not None
    path.write_text(REGISTER + "NOR,,en,,post@nkom.example,Focal point,yes,\n")
    room.later(days=1)
    assert remind(room) == 1
    assert unreachable(room) == []


def unreachable(room: Workroom) -> list[str]:
    """Whom the digest would name so."""
    with room.desk.store.snapshot() as tx:
        told = room.desk.scheduler.told(tx, room.now, room.now.date())
    return [state for _, state in told.unreachable]


def test_a_template_of_ones_own_that_fails_holds_nothing_back_and_the_digest_tells(
    tmp_path: Path, model_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates = tmp_path / "templates"
    for name in ("acknowledgement", "digest"):
        mine = templates / "mail" / name / "en/subject.txt"
        mine.parent.mkdir(parents=True)
        mine.write_text("{{ nobody }}")
    monkeypatch.setenv("TSBBOT_TEMPLATES", str(templates))
    with open_workroom(tmp_path, model_database, now=FOURTEENTH) as room:
        room.mailbox.deliver(room.reply("CHE"))
        assert room.round().trouble == []
        assert room.letters() == [room.focal_point()]
        with room.desk.store.snapshot() as tx:
            (letter,) = tx.letters.of_kind("digest")
            raw = tx.letters.raw(letter.id)
    text = message_from_bytes(raw, policy=policy.default).get_body(("plain",))
    assert text is not None
    words = " ".join(text.get_content().split())
    for name in ("acknowledgement", "digest"):
        assert f"mail/{name}/en/subject.txt, line 1: 'nobody' is undefined; the one that" in words

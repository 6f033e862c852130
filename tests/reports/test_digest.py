"""The digest of a real record: what came in, what waits, what is missing, what went wrong."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.consultation.opinion import TextOpinion
from bot.consultation.record import Standing
from bot.intake.row_opinions import row_opinion
from bot.letters.contexts import CircularDigest, DigestContext
from bot.letters.reasons import REASONS
from bot.mail.message import Address
from bot.office import Office
from bot.register.states import member_states
from bot.reports.digest import digest_of
from bot.store.messages import Arrival
from bot.store.notes import NoteKind
from bot.store.replies import NewReply, StoredReply
from bot.store.store import Store, open_store
from bot.store.tables.mailbox import MessageStatus
from tests.support.intake import CIRCULAR, DEADLINE, OURS, TEXTS, row

DAY = dt.timedelta(days=1)
NOW = dt.datetime(2026, 4, 20, 5, 0, tzinfo=dt.UTC)
YESTERDAY = NOW - DAY
OFFICE = Office(
    circulars=(CIRCULAR,),
    sender=Address(name="TSB", email=OURS),
    observers=frozenset({"PSE"}),
    zone=ZoneInfo("Europe/Zurich"),
    base_url="https://review.example/",
)


class Desk:
    """A record that is written by hand."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._uid = 0

    def message(
        self, at: dt.datetime, *, status: MessageStatus, reasons: tuple[str, ...] = (), subject: str
    ) -> int:
        """A message that was worked on."""
        self._uid += 1
        with self.store.transaction() as tx:
            taken = tx.messages.take(
                Arrival(
                    account="tsbdir@mail.example",
                    folder="INBOX",
                    uidvalidity=1,
                    uid=self._uid,
                    sha256=f"{self._uid:064x}",
                    size=10,
                    received_at=at,
                    recorded_at=at,
                    sender="focal@admin.example",
                    subject=subject,
                    header_id=None,
                )
            )
            tx.messages.settle(
                taken.message_id, status=status, kind="reply", reasons=reasons, at=at
            )
        return taken.message_id

    def reply(
        self,
        state: str | None,
        letters: str = "NNN",
        *,
        at: dt.datetime = NOW - dt.timedelta(hours=2),
        standing: Standing = Standing.COUNTED,
        reasons: tuple[str, ...] = (),
        missing: tuple[str, ...] = (),
        entity: str | None = None,
    ) -> StoredReply:
        """A reply, each row with the standing of the whole."""
        status = MessageStatus.HELD if reasons else MessageStatus.SETTLED
        message = self.message(at, status=status, reasons=reasons, subject="Reply")
        with self.store.transaction() as tx:
            stored = tx.replies.add(
                NewReply(
                    message_id=message,
                    circular=106,
                    state=state,
                    entity=entity,
                    received_at=at,
                    recorded_at=at,
                    sender="focal@admin.example",
                    language="en",
                    standing=standing,
                    reasons=reasons,
                    comments_missing=missing,
                    needs_review=bool(reasons),
                )
            )
            rows: list[tuple[TextOpinion, Standing]] = [
                (row_opinion(row(letter, text), CIRCULAR), standing)
                for letter, text in zip(letters, TEXTS, strict=False)
                if letter != "."
            ]
            tx.opinions.append(stored, rows, at=at, who="worker", why="")
        return stored

    def digest(
        self, *, now: dt.datetime = NOW, since: dt.datetime | None = YESTERDAY
    ) -> DigestContext:
        """The digest of that moment."""
        with self.store.snapshot() as tx:
            return digest_of(tx, OFFICE, day=now.date(), since=since, now=now)

    def consultation(self, **when: dt.datetime) -> CircularDigest:
        """What it says of the only circular."""
        (found,) = self.digest(**when).circulars
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_store(f"sqlite:///{tmp_path}/tsbbot.db") as store:
        yield Desk(store)


def test_a_day_on_which_nothing_happened_is_quiet(desk: Desk) -> None:
    desk.reply("CHE", at=YESTERDAY - DAY)
    digest = desk.digest()
    assert digest.quiet
    assert (digest.waiting, digest.bounces, digest.trouble) == ((), (), ())
    (circular,) = digest.circulars
    assert (circular.came_in, circular.days_left) == ((), 10)
    assert circular.tally.replied == ("CHE",)


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        pytest.param(YESTERDAY - dt.timedelta(seconds=1), False, id="before the last digest"),
        pytest.param(YESTERDAY, True, id="as the last digest was made"),
        pytest.param(NOW - dt.timedelta(seconds=1), True, id="just now"),
        pytest.param(NOW, False, id="as this one is made: it is in the next"),
    ],
)
def test_what_came_in_since_the_last_one_is_shown_once(
    desk: Desk, at: dt.datetime, shown: bool
) -> None:
    reply = desk.reply("CHE", at=at)
    came_in = desk.consultation().came_in
    assert [each.reference for each in came_in] == ([reply.reference] if shown else [])


def test_the_first_digest_shows_everything(desk: Desk) -> None:
    desk.reply("CHE", at=NOW - 30 * DAY)
    with desk.store.snapshot() as tx:
        digest = digest_of(tx, OFFICE, day=NOW.date(), since=None, now=NOW)
    assert [each.state_name for each in digest.circulars[0].came_in] == ["Switzerland"]


def test_each_that_came_in_says_what_became_of_it(desk: Desk) -> None:
    desk.reply("CHE")
    desk.reply("FRA", "X..", standing=Standing.PENDING, reasons=("contradiction",))
    desk.reply("PER", standing=Standing.LATE)
    desk.reply(None, standing=Standing.NOT_COUNTED, entity="Telecom Laboratories")
    assert {each.state_name: each.note for each in desk.consultation().came_in} == {
        "Switzerland": "recorded",
        "France": REASONS["contradiction"],
        "Peru": "late",
        "Telecom Laboratories": "not counted",
    }


def test_what_waits_is_shown_with_its_age_its_reasons_and_a_link(desk: Desk) -> None:
    old = desk.reply(
        None, standing=Standing.PENDING, reasons=("state-not-known",), at=NOW - 9 * DAY
    )
    question = desk.message(
        NOW - 2 * DAY, status=MessageStatus.HELD, reasons=("no-form",), subject="A question"
    )
    broken = desk.message(
        NOW - DAY / 2, status=MessageStatus.QUARANTINED, reasons=(), subject="Broken"
    )
    desk.reply("CHE", at=NOW - DAY)
    digest = desk.digest()
    assert [(each.message, each.since) for each in digest.waiting] == [
        (old.message_id, NOW - 9 * DAY),
        (question, NOW - 2 * DAY),
        (broken, NOW - DAY / 2),
    ]
    first, second, third = digest.waiting
    assert (first.reference, first.state_name) == (old.reference, None)
    assert first.reasons == (REASONS["state-not-known"],)
    assert first.link == f"https://review.example/messages/{old.message_id}"
    assert (second.reference, second.subject) == ("", "A question")
    assert third.reasons == (REASONS["quarantined"],)
    assert not digest.quiet
    assert any("set aside" in each for each in digest.trouble)


def test_who_has_not_answered_is_listed_by_region(desk: Desk) -> None:
    everybody = desk.consultation().without_reply
    assert len(everybody) == 6
    assert sum(map(len, everybody.values())) == len(member_states()) - 1
    assert "Switzerland" in everybody["Europe"]
    assert "State of Palestine" not in everybody["Arab States"]
    desk.reply("CHE")
    desk.reply("FRA", "X..", standing=Standing.PENDING, reasons=("contradiction",))
    desk.reply("PER", standing=Standing.LATE)
    desk.reply("DEU", "", standing=Standing.PENDING, reasons=("unknown-text",))
    desk.reply("ESP", standing=Standing.REJECTED)
    desk.reply("PSE")
    digest = desk.consultation()
    europe = digest.without_reply["Europe"]
    assert not {"Switzerland", "France", "Germany"} & set(europe)
    assert "Spain" in europe
    assert "Peru" not in digest.without_reply["Americas"]
    assert digest.observers == ("State of Palestine",)


def test_comments_that_are_missing_are_listed_until_a_later_reply_brings_them(desk: Desk) -> None:
    desk.reply("CHE", "CCN", at=NOW - 3 * DAY, missing=("Y.4241", "Y.4242"))
    desk.reply("PER", "CNN", at=NOW - 3 * DAY, missing=("Y.4241",), standing=Standing.LATE)
    (owed,) = desk.consultation().missing
    assert (owed.state_name, owed.comments) == ("Switzerland", ("Y.4241", "Y.4242"))
    desk.reply("CHE", ".C.", at=NOW - DAY)
    assert [each.comments for each in desk.consultation().missing] == [("Y.4241",)]
    desk.reply("CHE", "N..", at=NOW - DAY / 2)
    assert desk.consultation().missing == ()


def test_late_ones_stay_listed(desk: Desk) -> None:
    at = DEADLINE + dt.timedelta(hours=9)
    desk.reply("PER", standing=Standing.LATE, at=at)
    digest = desk.consultation(now=DEADLINE + 5 * DAY, since=DEADLINE + 4 * DAY)
    assert digest.late == (("Peru", at),)
    assert (digest.days_left, digest.tally.late) == (-5, ("PER",))


@pytest.mark.parametrize(
    ("days", "shown"), [pytest.param(13, 1, id="still"), pytest.param(15, 0, id="no longer")]
)
def test_a_closed_consultation_is_shown_for_two_weeks(desk: Desk, days: int, shown: int) -> None:
    now = DEADLINE + days * DAY
    assert len(desk.digest(now=now, since=now - DAY).circulars) == shown


def test_bounces_absences_and_trouble_of_the_day_are_shown(desk: Desk) -> None:
    message = desk.message(YESTERDAY, status=MessageStatus.SETTLED, subject="Undelivered")
    with desk.store.transaction() as tx:
        for kind, text, at in (
            (NoteKind.BOUNCE, "550 no such user\nReminder", NOW - DAY / 2),
            (NoteKind.ABSENCE, "Out of office", NOW - DAY / 2),
            (NoteKind.NOT_COUNTED, "Telecom Laboratories", NOW - DAY / 2),
            (NoteKind.BOUNCE, "an old one\nReminder", YESTERDAY - DAY),
        ):
            tx.notes.add(kind, at=at, text=text, message_id=message, address="a@admin.example")
        tx.troubles.note("mailbox", "the mailbox could not be reached", NOW - DAY / 2)
    digest = desk.digest()
    assert digest.bounces == (("a@admin.example", "550 no such user", "Reminder"),)
    assert digest.absences == (("a@admin.example", "Out of office"),)
    assert digest.not_counted == ("Telecom Laboratories (a@admin.example)",)
    assert digest.trouble == ("the mailbox could not be reached",)
    assert not digest.quiet


class TestWhatChanged:
    def test_is_the_tally_of_now_against_that_of_the_last_digest(self, desk: Desk) -> None:
        desk.reply("CHE", "DNN", at=NOW - 3 * DAY)
        desk.reply("CHE", "N..", at=NOW - DAY / 2)
        (change,) = desk.consultation().changes
        assert (change.now.text, change.before.assigns, change.now.assigns) == ("Y.4241", 0, 1)
        assert (change.before.threshold_met, change.now.threshold_met) == (False, True)

    def test_is_nothing_on_the_first_day_and_on_one_without_replies(self, desk: Desk) -> None:
        desk.reply("CHE", at=NOW - 3 * DAY)
        assert desk.consultation().changes == ()
        with desk.store.snapshot() as tx:
            first = digest_of(tx, OFFICE, day=NOW.date(), since=None, now=NOW)
        assert first.circulars[0].changes == ()

    def test_names_what_a_person_settled_and_is_no_quiet_day(self, desk: Desk) -> None:
        reply = desk.reply("CHE", at=NOW - 3 * DAY)
        assert desk.digest().quiet
        with desk.store.transaction() as tx:
            tx.replies.update_standing(
                reply.id,
                standing=Standing.COUNTED,
                needs_review=False,
                reasons=(),
                settled_by="reviewer@itu.example",
                at=NOW - DAY / 2,
            )
        digest = desk.digest()
        (settled,) = digest.circulars[0].settled
        assert (settled.state_name, settled.outcome) == ("Switzerland", "counted")
        assert settled.by == "reviewer@itu.example"
        assert not digest.quiet


@pytest.mark.parametrize(
    ("now", "day"),
    [
        pytest.param("2026-04-15T05:00Z", dt.date(2026, 4, 16), id="tomorrow"),
        pytest.param("2026-04-16T05:00Z", dt.date(2026, 4, 16), id="today, before work"),
        pytest.param("2026-04-16T17:00Z", dt.date(2026, 4, 23), id="today, after work"),
        pytest.param("2026-04-28T17:00Z", None, id="none is left"),
    ],
)
def test_the_next_reminders_are_announced(desk: Desk, now: str, day: dt.date | None) -> None:
    office = replace(OFFICE, days_before=(14, 7, 2))
    with desk.store.snapshot() as tx:
        moment = dt.datetime.fromisoformat(now)
        digest = digest_of(tx, office, day=moment.date(), since=None, now=moment)
    assert digest.circulars[0].next_reminders == day

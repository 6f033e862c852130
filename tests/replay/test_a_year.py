"""A year with ten consultations that overlap, 194 Member States, and the worker every day."""

import dataclasses
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.circulars.toml_file import dump_circular
from bot.consultation.tally import TextTally, tally
from bot.edges.clock import FixedClock
from bot.intake.review import VERDICTS, ReviewDecision
from bot.reports.closing_report import amended, closing_of
from bot.reports.trail_report import check_trail
from bot.wiring.desk import Desk
from bot.worker.reading.part_reader import PartReader
from tests.replay.year import REMINDED, VOTING, Decision, Year, focal_point, register
from tests.support.served_mailbox import ServedMailbox
from tests.support.workplace import SECRETARIAT, Workplace
from tests.worker.fake_mailbox import FakeMailbox
from tests.worker.fake_submission import FakeSubmission
from tests.worker.workroom import HereReader

pytestmark = [pytest.mark.acceptance, pytest.mark.slow, pytest.mark.timeout(600)]

#: Days before the deadline on which reminders go.
DAYS_BEFORE = (21, 3)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """A year that is over.

    Attributes:
        year: as it was planned.
        desk: what is on record.
        sent: (recipient, letter) as handed over, in order.
        end: the moment of the last round.
        troubles: what the rounds told.
    """

    year: Year
    desk: Desk
    sent: list[tuple[str, bytes]]
    end: dt.datetime
    troubles: list[str]


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replayed]:
    """Every day a round: mail of the night, what reviewers decided the day before, the calendar."""
    year = Year(seed=2027)
    folder: Path = tmp_path_factory.mktemp("year")
    nobody = ServedMailbox("127.0.0.1", 9, "tsbdir", "unused")
    sections: dict[str, dict[str, object]] = {
        "reminders": {"days_before": list(DAYS_BEFORE)},
    }
    workplace = Workplace(folder, year.circulars[0], nobody, 9, sections, register=register())
    names = []
    for circular in year.circulars:
        names.append(f'"{circular.number}.toml"')
        (folder / f"{circular.number}.toml").write_text(dump_circular(circular), encoding="utf-8")
    config = workplace.config.read_text("utf-8")
    workplace.config.write_text(config.replace('"circular.toml"', ", ".join(names)), "utf-8")

    days = list(year.days)
    clock = FixedClock(days[0])
    mailbox, outgoing = FakeMailbox(), FakeSubmission()
    troubles: list[str] = []
    with workplace.at_work(clock) as opened:
        reader = PartReader(
            sandbox=HereReader(),
            known=opened.worker.decider.reader.known,
            most_bytes=opened.desk.office.attachment_bytes,
        )
        worker = dataclasses.replace(
            opened.worker,
            mailbox=lambda: mailbox,
            outgoing=lambda: outgoing,
            fetcher=dataclasses.replace(opened.worker.fetcher, reader=reader),
            decider=dataclasses.replace(opened.worker.decider, reader=reader),
        )
        mails, decisions = iter(year.mails), iter(year.decisions)
        mail, decision = next(mails, None), next(decisions, None)
        for day in days:
            while decision is not None and decision.at < day:
                _decide(opened.desk, decision)
                decision = next(decisions, None)
            while mail is not None and mail.received_at < day:
                raw = year.raw(mail)
                for _ in range(mail.copies):
                    mailbox.deliver(raw, mail.received_at)
                mail = next(mails, None)
            clock.advance(day - clock.now())
            troubles += worker.once().trouble
        yield Replayed(
            year=year, desk=opened.desk, sent=outgoing.taken, end=days[-1], troubles=troubles
        )


def _decide(desk: Desk, decision: Decision) -> None:
    words = {
        "accept": ReviewDecision(accept=True),
        "reject": ReviewDecision(reject=True),
        "admit": ReviewDecision(admit="the post was on strike"),
        "set": ReviewDecision(rows={decision.text: VERDICTS["assigns,none"]}),
    }[decision.does]
    reference = f"C{decision.circular}-{decision.state}-{decision.number}"
    desk.reviewer.decide(reference, words, who="reviewer@itu.example", now=decision.at)


def _numbers(text: TextTally) -> dict[str, int | bool]:
    return {
        "assigns": text.assigns,
        "does_not_assign": text.does_not_assign,
        "with_comments": text.with_comments,
        "blank": text.blank,
        "pending": text.pending,
        "met": text.threshold_met,
    }


def test_nothing_went_wrong_and_every_reply_is_on_record(replayed: Replayed) -> None:
    assert replayed.troubles == []
    with replayed.desk.store.snapshot() as tx:
        replies = [r for c in replayed.year.circulars for r in tx.replies.all(c.number)]
    assert len(replies) == len(replayed.year.mails) > 350
    expected = Counter((each.circular, each.state) for each in replayed.year.mails)
    assert Counter((each.circular, each.state) for each in replies) == expected


def test_the_tally_is_that_of_an_independent_count_at_any_moment(replayed: Replayed) -> None:
    for circular in replayed.year.circulars:
        with replayed.desk.store.snapshot() as tx:
            records = tx.opinions.records(circular.number)
        opened = dt.datetime.combine(circular.date, dt.time(12), dt.UTC)
        moments = [opened + dt.timedelta(days=days) for days in range(0, 100, 7)]
        for moment in (*moments, replayed.end):
            counted = tally(circular, records, moment=moment)
            for text in counted.texts:
                by_hand = replayed.year.count(circular, text.text, moment)
                assert _numbers(text) == by_hand, (circular.number, text.text, moment)


def test_each_circular_was_closed_once_with_what_was_known_then(replayed: Replayed) -> None:
    admitted = Counter(each.circular for each in replayed.year.decisions if each.does == "admit")
    late = 0
    for circular in replayed.year.circulars:
        with replayed.desk.store.snapshot() as tx:
            report = closing_of(tx, circular.number)
            assert report is not None
            since = amended(tx, circular, report)
        closed = report.tally.as_of
        assert circular.deadline < closed < circular.deadline + dt.timedelta(days=1)
        for text in report.tally.texts:
            assert _numbers(text) == replayed.year.count(circular, text.text, closed)
        assert sum(each.late for each in since) == admitted[circular.number]
        assert all(each.why for each in since)
        late += sum(each.late for each in since)
    assert late > 0
    with replayed.desk.store.snapshot() as tx:
        closings = [each for each in tx.audit.all(limit=100_000) if each.action == "close"]
    assert len(closings) == len(replayed.year.circulars)


def test_nobody_is_reminded_wrongly_and_nobody_forgotten(replayed: Replayed) -> None:
    year = replayed.year
    got: defaultdict[tuple[int, str], list[dt.datetime]] = defaultdict(list)
    with replayed.desk.store.snapshot() as tx:
        letters = tx.letters.of_kind("reminder")
    assert len({each.key for each in letters}) == len(letters)
    for letter in letters:
        assert letter.circular is not None
        assert letter.state is not None
        circular = year.circulars[letter.circular - year.circulars[0].number]
        at = letter.created_at
        who = (letter.circular, letter.state, at)
        assert letter.recipient == focal_point(letter.state)
        assert circular.in_time(at), who
        assert not year.waits(letter.circular, letter.state, at), who
        stands = [
            year.stands(letter.circular, letter.state, text.designation, at)
            for text in circular.texts
        ]
        assert None in stands, who
        got[letter.circular, letter.state].append(at)
    assert all(len({at.date() for at in times}) == len(times) for times in got.values())
    answered = {(number, state) for number, state, _ in year.said}
    for circular in year.circulars:
        for state in VOTING:
            if (circular.number, state) not in answered:
                wanted = len(DAYS_BEFORE) if state in REMINDED else 0
                assert len(got[circular.number, state]) == wanted, (circular.number, state)


def test_there_is_a_digest_for_every_day_and_none_twice(replayed: Replayed) -> None:
    with replayed.desk.store.snapshot() as tx:
        days = Counter(each.created_at.date() for each in tx.letters.of_kind("digest"))
    assert set(days.values()) == {1}
    assert len(days) == len(list(replayed.year.days))
    assert sum(recipient == SECRETARIAT for recipient, _ in replayed.sent) == len(days)


def test_no_letter_is_sent_twice(replayed: Replayed) -> None:
    identities = Counter(
        next(line for line in raw.split(b"\r\n") if line.lower().startswith(b"message-id:"))
        for _, raw in replayed.sent
    )
    assert max(identities.values()) == 1


def test_the_trail_of_the_year_is_sound(replayed: Replayed) -> None:
    with replayed.desk.store.snapshot() as tx:
        found = check_trail(tx, replayed.desk.office)
    assert found.faults == ()
    assert len(found.closings) == len(replayed.year.circulars)

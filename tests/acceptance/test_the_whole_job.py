"""Mail in, tally out: the sample consultation on a real Dovecot and a real SMTP server.

What it must come to was counted by hand (`bot.demo.consultation.STANDING`).
"""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest

from bot.consultation.circular import Circular
from bot.consultation.opinion import Comments, Opinion, Status
from bot.consultation.record import Standing, as_of
from bot.consultation.tally import CircularTally, standing_opinions, tally
from bot.demo.consultation import STANDING, expected_tally, sample_mailbox
from bot.demo.contacts import ADMINISTRATIONS
from bot.demo.other_mail import bounce_of
from bot.demo.sample_message import Expected, SampleMessage
from bot.demo.smtp_server import EmbeddedSubmission, SentLetter
from bot.store.messages import StoredMessage
from bot.store.notes import NoteKind
from bot.store.replies import StoredReply
from bot.store.tables.mailbox import MessageStatus
from bot.wiring.desk import Desk
from bot.worker.worker import Round
from tests.acceptance.mail_folder import Lying, answers, deliver, everything, field_of
from tests.support.dovecot import Dovecot
from tests.support.postgresql import Postgresql, postgresql
from tests.support.workplace import SECRETARIAT, Workplace

__all__ = ["postgresql"]

pytestmark = [pytest.mark.acceptance, pytest.mark.integration, pytest.mark.xdist_group("whole-job")]

#: Of the sample's messages that wait for a person, those that get no answer meanwhile: the server
#: does not vouch for one sender, another one's domain looks like that of an Administration, and a
#: form of another circular is for a person to answer.
UNANSWERED = {"GBR-lookalike", "SAU", "SWE"}

#: Its form is a scan: read as it was ticked (all the same), or left to a person.
SCAN = "VNM"

#: What is recorded of a message, by what is to become of it: (message, reply, needs a person).
RECORDED = {
    Expected.COUNTED: (MessageStatus.SETTLED, Standing.COUNTED, False),
    Expected.PARTLY: (MessageStatus.HELD, Standing.PENDING, True),
    Expected.REVIEW: (MessageStatus.HELD, Standing.PENDING, True),
    Expected.BLANK: (MessageStatus.SETTLED, Standing.COUNTED, False),
    Expected.OTHER_CIRCULAR: (MessageStatus.HELD, None, None),
    Expected.LATE: (MessageStatus.SETTLED, Standing.LATE, False),
    Expected.NOT_COUNTED: (MessageStatus.SETTLED, Standing.NOT_COUNTED, False),
    Expected.OBSERVER: (MessageStatus.SETTLED, Standing.COUNTED, False),
    Expected.SEEN_ALREADY: (MessageStatus.SETTLED, Standing.COUNTED, False),
    Expected.AUTOMATIC: (MessageStatus.SETTLED, None, None),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One round over the sample's mailbox, done.

    Attributes:
        messages: of the sample.
        workplace: where it was done, and when.
        now: when.
        done: the round.
        before, after: the mailbox.
        letters: sent.
        submission: still running.
    """

    messages: tuple[SampleMessage, ...]
    workplace: Workplace
    now: dt.datetime
    done: Round
    before: list[Lying]
    after: list[Lying]
    letters: tuple[SentLetter, ...]
    submission: EmbeddedSubmission

    def named(self, name: str) -> SampleMessage:
        """A message of the sample."""
        return next(each for each in self.messages if each.name == name)

    def recorded(self, desk: Desk, message: SampleMessage) -> list[StoredMessage]:
        """What the record has of a message, by its bytes."""
        with desk.store.snapshot() as tx:
            return tx.messages.find(_sha256(message.raw))

    def answers_to(self, message: SampleMessage) -> list[SentLetter]:
        """The letters that answer a message; one without a Message-ID is known by its sender."""
        header_id, sender = field_of(message.raw, "Message-ID"), _address(message.raw)
        return [
            each
            for each in answers(self.letters)
            if field_of(each.raw, "In-Reply-To") == header_id
            and (header_id is not None or sender in each.recipients)
        ]


@pytest.fixture(scope="module")
def job(
    dovecot: Dovecot, circular: Circular, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Job]:
    messages = sample_mailbox(circular)
    mailbox = dovecot.new_mailbox()
    deliver(mailbox, messages)
    now = circular.deadline + dt.timedelta(hours=12)
    with EmbeddedSubmission() as submission:
        workplace = Workplace(tmp_path_factory.mktemp("job"), circular, mailbox, submission.port)
        before = everything(mailbox)
        done = workplace.round(now)
        yield Job(
            messages=messages,
            workplace=workplace,
            now=now,
            done=done,
            before=before,
            after=everything(mailbox),
            letters=submission.letters,
            submission=submission,
        )


@pytest.fixture
def desk(job: Job) -> Iterator[Desk]:
    with job.workplace.desk() as desk:
        yield desk


def test_the_round_has_no_trouble_and_leaves_no_gap(job: Job) -> None:
    assert job.done.trouble == []
    assert job.done.haul is not None
    assert job.done.haul.gap == ()
    assert job.done.haul.unavailable == []
    assert job.done.worked.failed == 0


def test_the_tally_is_the_one_counted_by_hand(job: Job, desk: Desk, circular: Circular) -> None:
    counted = _tally(desk, circular, job.now)
    scan = _standing(desk, circular).get(SCAN, "." * len(circular.texts))
    assert [
        (each.text, each.assigns, each.does_not_assign, each.with_comments, each.blank)
        for each in counted.texts
    ] == [
        (
            each.text,
            each.assigns + (read == "N"),
            each.does_not_assign,
            each.with_comments,
            each.blank,
        )
        for each, read in zip(expected_tally(circular), scan, strict=True)
    ]
    assert counted.late == ("LKA",)
    assert counted.observers == ("PSE",)
    assert counted.not_counted == 1
    assert [each.text for each in counted.texts if not each.threshold_met] == ["Y.4816"]


def test_each_member_state_says_of_each_text_what_it_was_counted_for_by_hand(
    desk: Desk, circular: Circular
) -> None:
    assert _without_scan(desk, circular) == STANDING


@pytest.mark.parametrize("expected", [each for each in Expected if each in RECORDED])
def test_every_message_ends_as_it_is_expected_to(job: Job, desk: Desk, expected: Expected) -> None:
    chosen = [each for each in job.messages if each.expected is expected and each.state != SCAN]
    assert chosen
    for message in chosen:
        (stored,) = job.recorded(desk, message)
        replies = _replies(desk, stored)
        reply = replies[0] if replies else None
        assert len(replies) <= 1, message.name
        found = (
            stored.status,
            reply.standing if reply else None,
            reply.needs_review if reply else None,
        )
        assert found == RECORDED[expected], message.name


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param("IND-change", "other-sender", id="another sender"),
        pytest.param("SAU", "not-authenticated", id="not vouched for"),
        pytest.param("ZAF", "contradiction", id="contradiction"),
        pytest.param("SWE", "other-circular", id="another circular"),
        pytest.param("POL", "unreadable", id="broken file"),
        pytest.param("PRT", "no-form", id="no form"),
        pytest.param("BRA-question", "no-form", id="question"),
    ],
)
def test_what_waits_for_a_person_says_why(job: Job, desk: Desk, name: str, reason: str) -> None:
    (stored,) = job.recorded(desk, job.named(name))
    assert reason in stored.reasons


def test_each_reply_is_answered_once_and_nobody_else(job: Job) -> None:
    silent = {
        Expected.OTHER_CIRCULAR,
        Expected.SEEN_ALREADY,
        Expected.AUTOMATIC,
        Expected.LEFT_ALONE,
    }
    expected = {
        message.name: 0 if message.expected in silent or message.name in UNANSWERED else 1
        for message in job.messages
        # Its copy has the same Message-ID: the one answer is to the first.
        if message.expected is not Expected.SEEN_ALREADY
    }
    assert {name: len(job.answers_to(job.named(name))) for name in expected} == expected
    assert len(answers(job.letters)) == sum(expected.values())


def test_every_letter_goes_to_one_whom_it_answers_or_to_the_secretariat(job: Job) -> None:
    answering = answers(job.letters)
    for letter in job.letters:
        assert len(letter.recipients) == 1
        assert letter in answering or letter.recipients == (SECRETARIAT,)
    assert Counter(letter.recipients for letter in job.letters)[(SECRETARIAT,)] == 1


def test_an_answer_is_in_the_language_of_the_form_and_names_its_reference(
    job: Job, desk: Desk
) -> None:
    for message in job.messages:
        if message.expected is not Expected.COUNTED:
            continue
        assert message.state is not None
        (letter,) = job.answers_to(message)
        (stored,) = job.recorded(desk, message)
        (reply,) = _replies(desk, stored)
        written = letter.message()
        assert written["Content-Language"] == ADMINISTRATIONS[message.state].language
        body = written.get_body(("plain",))
        assert body is not None
        assert reply.reference in body.get_content()


def test_nothing_in_the_mailbox_is_changed(job: Job) -> None:
    assert job.after == job.before


def test_unrelated_messages_leave_no_trace_of_their_content(job: Job) -> None:
    kept = job.workplace.kept()
    unrelated = [each for each in job.messages if each.expected is Expected.LEFT_ALONE]
    assert len(unrelated) == 4
    taken = {line for each in job.messages if each not in unrelated for line in _lines(each.raw)}
    for message in unrelated:
        for name in ("Subject", "From", "Message-ID"):
            value = field_of(message.raw, name)
            assert value is not None
            assert value.encode() not in kept, (message.name, name)
        # All files of one kind begin alike.
        for line in set(_lines(message.raw)) - taken:
            assert line not in kept, message.name


def test_each_message_that_was_taken_is_archived_byte_for_byte(job: Job, desk: Desk) -> None:
    taken = {each.raw for each in job.messages if each.expected is not Expected.LEFT_ALONE}
    for raw in taken:
        assert desk.archive.get(_sha256(raw)) == raw
    assert len(list((job.workplace.folder / "archive").rglob("*.eml"))) == len(taken)


def test_the_audit_trail_holds_and_tells_of_every_decision(job: Job, desk: Desk) -> None:
    with desk.store.snapshot() as tx:
        assert tx.audit.verify() is None
        decided = [each for each in tx.audit.all() if each.action == "decide"]
        assert len(decided) == sum(tx.messages.count_by_status().values())


def test_a_second_round_and_a_restart_send_nothing(job: Job) -> None:
    later = job.now + dt.timedelta(minutes=1)
    with_the_same_objects = job.workplace.rounds([later, later + dt.timedelta(hours=1)])
    assert len(job.submission.letters) == len(job.letters)
    assert not any(each.did_something for each in with_the_same_objects)


def test_mail_that_comes_day_by_day_comes_to_the_same(
    dovecot: Dovecot, circular: Circular, tmp_path: Path, submission: EmbeddedSubmission
) -> None:
    """Every few days a worker that has just been started: reminders, a bounce and digests too."""
    mailbox = dovecot.new_mailbox()
    workplace = Workplace(tmp_path, circular, mailbox, submission.port)
    gone = ADMINISTRATIONS["MNG"].focal_point
    waiting = list(sample_mailbox(circular))
    bounced = False
    for days in (30, 14, 13, 2, -1):
        now = circular.deadline - dt.timedelta(days=days, hours=12)
        due = [each for each in waiting if each.received_at <= now]
        waiting = waiting[len(due) :]
        deliver(mailbox, due)
        for done in workplace.rounds([now, now + dt.timedelta(minutes=5)]):
            assert done.trouble == []
        to_gone = [each for each in submission.letters if gone in each.recipients]
        if to_gone and not bounced:
            bounced = True
            header_id = field_of(to_gone[0].raw, "Message-ID")
            assert header_id is not None
            deliver(
                mailbox,
                [bounce_of(header_id, recipient=gone, received_at=now, circular=circular)],
            )
    assert waiting == []

    with workplace.desk() as desk:
        assert _without_scan(desk, circular) == STANDING
        with desk.store.snapshot() as tx:
            reminders = tx.letters.of_kind("reminder", circular.number)
            acknowledged = tx.letters.of_kind("acknowledgement", circular.number)
            assert [each.address for each in tx.notes.since(None, kind=NoteKind.BOUNCE)] == [gone]
            recorded = {
                (reply.state, reply.recorded_at)
                for reply in tx.replies.all(circular.number)
                if reply.standing in {Standing.COUNTED, Standing.PENDING}
            }
    ids = [field_of(each.raw, "Message-ID") for each in submission.letters]
    assert len(set(ids)) == len(ids)
    assert all(count == 1 for count in Counter(each.key for each in reminders).values())
    assert {each.recipient for each in reminders if each.state == "MNG"} == {gone}
    assert sum(each.recipient == gone for each in reminders) == 1
    assert reminders
    for reminder in reminders:
        # Whoever is reminded has not replied, or not to all texts, or left them blank.
        before = {state for state, at in recorded if at < reminder.created_at}
        assert reminder.state not in before or reminder.state in {"KOR", "THA"}
    digests = [each for each in submission.letters if SECRETARIAT in each.recipients]
    assert len(digests) == 5
    assert len(acknowledged) == len(recorded) + _others(circular)
    # Beside them only those who owe something are written to again in their thread.
    assert len(answers(submission.letters)) >= len(acknowledged)


def test_it_comes_to_the_same_on_postgresql(
    dovecot: Dovecot,
    circular: Circular,
    tmp_path: Path,
    submission: EmbeddedSubmission,
    postgresql: Postgresql,
) -> None:
    mailbox = dovecot.new_mailbox()
    deliver(mailbox, sample_mailbox(circular))
    url = postgresql.url(postgresql.new_database())
    workplace = Workplace(tmp_path, circular, mailbox, submission.port, {"database": {"url": url}})
    now = circular.deadline + dt.timedelta(hours=12)
    first, second = workplace.rounds([now, now + dt.timedelta(hours=1)])
    assert (first.trouble, second.did_something) == ([], False)
    with workplace.desk() as desk:
        assert _without_scan(desk, circular) == STANDING
        with desk.store.snapshot() as tx:
            assert tx.audit.verify() is None
            assert len(submission.letters) == len(tx.letters.of_kind("acknowledgement")) + 1


def _others(circular: Circular) -> int:
    """Answers to those who are late or not asked, but none to two: not vouched for, a look-alike."""
    late_or_not_asked = (Expected.LATE, Expected.NOT_COUNTED)
    return sum(each.expected in late_or_not_asked for each in sample_mailbox(circular)) - 2


def _lines(raw: bytes) -> list[bytes]:
    """The lines of a message's parts, as they are transferred."""
    found = []
    for part in BytesParser(policy=policy.default).parsebytes(raw).walk():
        if not part.is_multipart():
            found += str(part.get_payload()).encode().splitlines()
    assert found
    return [line for line in found if len(line) > 12]


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _address(raw: bytes) -> str:
    return str(field_of(raw, "From")).rpartition("<")[2].rstrip(">")


def _replies(desk: Desk, message: StoredMessage) -> list[StoredReply]:
    with desk.store.snapshot() as tx:
        return tx.replies.of_message(message.id)


def _tally(desk: Desk, circular: Circular, now: dt.datetime) -> CircularTally:
    with desk.store.snapshot() as tx:
        records = tx.opinions.records(circular.number)
    return tally(circular, records, moment=now, observers=desk.office.observers)


def _standing(desk: Desk, circular: Circular) -> dict[str, str]:
    """What stands, in the letters of `STANDING`."""
    with desk.store.snapshot() as tx:
        records = tx.opinions.records(circular.number)
    stands = standing_opinions(circular, records)
    letters: dict[tuple[str, str], str] = {}
    for record in as_of(records, None):
        if record.state is None or record.state in desk.office.observers:
            continue
        if record.standing is Standing.COUNTED and record.opinion.status is Status.BLANK:
            letters.setdefault((record.state, record.text), "-")
    partly = {state for state, _ in [*stands, *letters]}
    for record in as_of(records, None):
        if record.state in partly and record.opinion.status is Status.AMBIGUOUS:
            assert record.standing is Standing.PENDING
            letters[record.state, record.text] = "?"
    for key, record in stands.items():
        if key[0] not in desk.office.observers:
            letters[key] = _letter(record.opinion.opinion, record.opinion.comments)
    states = sorted({state for state, _ in letters})
    return {
        state: "".join(letters.get((state, text.designation), ".") for text in circular.texts)
        for state in states
    }


def _without_scan(desk: Desk, circular: Circular) -> dict[str, str]:
    """What stands but for the scan, which is as it was ticked or waits."""
    standing = _standing(desk, circular)
    assert set(standing.pop(SCAN, "")) <= set("N?.")
    return standing


def _letter(opinion: Opinion | None, comments: Comments | None) -> str:
    if opinion is Opinion.DOES_NOT_ASSIGN:
        return "D"
    return {Comments.NONE: "N", Comments.ATTACHED: "C", None: "A"}[comments]

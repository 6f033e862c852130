"""One round over a mailbox of 300 messages, 60 of them replies in all shapes."""

import datetime as dt
import hashlib
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bot.consultation.circular import Circular
from bot.consultation.opinion import Comments, Opinion
from bot.consultation.tally import CircularTally, standing_opinions, tally
from bot.demo.smtp_server import EmbeddedSubmission, SentLetter
from bot.store.messages import StoredMessage
from bot.wiring.desk import Desk
from bot.worker.worker import Round
from tests.acceptance.generated_mailbox import (
    SHAPES,
    GeneratedMessage,
    MailboxMaker,
    Truth,
    shuffled,
    wide_register,
)
from tests.acceptance.mail_folder import Lying, answers, deliver, everything, field_of
from tests.acceptance.unrelated_mail import Clutter
from tests.support.dovecot import Dovecot
from tests.support.workplace import SECRETARIAT, Workplace

pytestmark = [
    pytest.mark.acceptance,
    pytest.mark.integration,
    pytest.mark.slow,
    pytest.mark.xdist_group("three-hundred"),
]

SEED = 106


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one round, and a second one, made of the mailbox."""

    messages: tuple[GeneratedMessage, ...]
    truth: Truth
    workplace: Workplace
    now: dt.datetime
    done: Round
    seconds: float
    before: list[Lying]
    after: list[Lying]
    letters: tuple[SentLetter, ...]
    afterwards: int


@pytest.fixture(scope="module")
def outcome(
    dovecot: Dovecot, circular: Circular, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Outcome]:
    maker = MailboxMaker(circular, SEED)
    replies = maker.replies()
    messages = tuple(shuffled(replies, Clutter(circular, SEED).messages(240), SEED))
    assert len(messages) == 300
    mailbox = dovecot.new_mailbox()
    deliver(mailbox, messages)
    now = circular.deadline + dt.timedelta(days=5, hours=12)
    with EmbeddedSubmission() as submission:
        workplace = Workplace(
            tmp_path_factory.mktemp("many"),
            circular,
            mailbox,
            submission.port,
            register=wide_register(),
        )
        before = everything(mailbox)
        begun = time.monotonic()
        done = workplace.round(now)
        seconds = time.monotonic() - begun
        after = everything(mailbox)
        letters = submission.letters
        workplace.round(now + dt.timedelta(hours=1))
        yield Outcome(
            messages=messages,
            truth=maker.truth,
            workplace=workplace,
            now=now,
            done=done,
            seconds=seconds,
            before=before,
            after=after,
            letters=letters,
            afterwards=len(submission.letters),
        )


@pytest.fixture
def desk(outcome: Outcome) -> Iterator[Desk]:
    with outcome.workplace.desk() as desk:
        yield desk


def test_it_has_sixty_replies() -> None:
    assert sum(SHAPES.values()) == 60


def test_the_round_has_no_trouble_and_takes_sixty(outcome: Outcome) -> None:
    assert outcome.done.trouble == []
    haul = outcome.done.haul
    assert haul is not None
    assert (haul.gap, haul.unavailable) == ((), [])
    assert (haul.taken, haul.left) == (60, 240)
    assert outcome.done.worked.failed == 0


def test_each_member_state_says_what_its_messages_say(
    outcome: Outcome, desk: Desk, circular: Circular
) -> None:
    found = _standing(desk, circular)
    assert found == dict(outcome.truth.after_scans(found).standing)


def _standing(desk: Desk, circular: Circular) -> dict[str, dict[str, str]]:
    """Member State -> text -> letter."""
    with desk.store.snapshot() as tx:
        stands = standing_opinions(circular, tx.opinions.records(circular.number))
    found: dict[str, dict[str, str]] = {}
    for (state, text), record in stands.items():
        if state not in desk.office.observers:
            letter = _letter(record.opinion.opinion, record.opinion.comments)
            found.setdefault(state, {})[text] = letter
    return found


def test_the_tally_is_the_one_that_the_messages_say(
    outcome: Outcome, desk: Desk, circular: Circular
) -> None:
    truth = outcome.truth.after_scans(_standing(desk, circular))
    counted = _tally(desk, circular, outcome.now)
    for each in counted.texts:
        said = [rows[each.text] for rows in truth.standing.values() if each.text in rows]
        support, against = sum(x in "NCA" for x in said), said.count("D")
        assert (each.assigns, each.does_not_assign) == (support, against), each.text
        assert each.with_comments == said.count("C"), each.text
        assert each.blank == len(truth.blank[each.text]), each.text
        assert each.pending == len(truth.pending[each.text]), each.text
        assert each.threshold_met == (support * 100 >= 70 * len(said)), each.text
    assert set(counted.late) == truth.late
    assert set(counted.replied) == {state for state, rows in truth.standing.items() if rows}
    assert counted.observers == ("PSE",)
    assert counted.not_counted == 1


def test_each_reply_is_answered_once_and_nothing_else_is(outcome: Outcome, desk: Desk) -> None:
    sent = Counter(field_of(letter.raw, "Message-ID") for letter in outcome.letters)
    assert max(sent.values()) == 1
    found = {}
    for message in outcome.messages:
        recorded = _recorded(desk, message)
        found[message.name] = 0
        for stored in recorded:
            with desk.store.snapshot() as tx:
                written = [each.header_id for each in tx.letters.of_message(stored.id)]
            found[message.name] += sum(sent[each] for each in written)
    assert found == {each.name: int(each.answered) for each in outcome.messages}
    assert len(answers(outcome.letters)) == sum(found.values())
    answering = answers(outcome.letters)
    others = [each for each in outcome.letters if each not in answering]
    assert [each.recipients for each in others] == [(SECRETARIAT,)]


def test_nothing_is_touched(outcome: Outcome) -> None:
    assert outcome.after == outcome.before


def test_nothing_of_what_is_unrelated_is_kept(outcome: Outcome, desk: Desk) -> None:
    kept = outcome.workplace.kept()
    assert b"unrelated-" not in kept
    assert b".unrelated@" not in kept
    for message in outcome.messages:
        assert len(_recorded(desk, message)) == int(message.reply), message.name


def test_a_second_round_sends_nothing(outcome: Outcome) -> None:
    assert outcome.afterwards == len(outcome.letters)


def test_chance_is_what_the_seed_says(circular: Circular) -> None:
    one, other = (MailboxMaker(circular, 7).replies() for _ in range(2))
    assert [each.raw for each in one] == [each.raw for each in other]


def _recorded(desk: Desk, message: GeneratedMessage) -> list[StoredMessage]:
    with desk.store.snapshot() as tx:
        return tx.messages.find(hashlib.sha256(message.raw).hexdigest())


def _tally(desk: Desk, circular: Circular, now: dt.datetime) -> CircularTally:
    with desk.store.snapshot() as tx:
        records = tx.opinions.records(circular.number)
    return tally(circular, records, moment=now, observers=desk.office.observers)


def _letter(opinion: Opinion | None, comments: Comments | None) -> str:
    if opinion is Opinion.DOES_NOT_ASSIGN:
        return "D"
    return {Comments.NONE: "N", Comments.ATTACHED: "C", None: "A"}[comments]

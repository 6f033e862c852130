"""Bad input, end to end: a flagged message with its reason or one clear line; the others go on."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pytest

from bot.circulars.shipped import shipped_circulars
from bot.consultation.circular import Circular
from bot.demo.consultation import sample_mailbox
from bot.demo.contacts import ADMINISTRATIONS
from bot.demo.sample_message import Desk as SampleDesk
from bot.demo.smtp_server import EmbeddedSubmission
from bot.demo.word_forms import make_word_form
from bot.store.messages import StoredMessage
from bot.store.replies import StoredReply
from bot.store.tables.mailbox import MessageStatus
from bot.wiring.desk import Desk
from bot.worker.worker import Round
from tests.acceptance.mail_folder import Lying, answers, deliver, everything
from tests.acceptance.odd_mail import enclosed, file_part, mail, text_part
from tests.support.dovecot import Dovecot
from tests.support.workplace import Workplace

pytestmark = [pytest.mark.acceptance, pytest.mark.integration, pytest.mark.xdist_group("bad-input")]

HELD, SETTLED = MessageStatus.HELD, MessageStatus.SETTLED
CIRCULAR = shipped_circulars()[-1]
DESK = SampleDesk(circular=CIRCULAR)
RECEIVED = CIRCULAR.deadline - dt.timedelta(days=20)
FORM = "NNNNNNNNNN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bad:
    """One message, and what must become of it.

    Attributes:
        raw: the message.
        status, reason: as recorded; the reason None where there must be none.
        answered: whether its sender gets an acknowledgement.
        received_at: when.
    """

    raw: bytes
    status: MessageStatus = HELD
    reason: str | None = None
    answered: bool = True
    received_at: dt.datetime = RECEIVED


def _form(state: str, data: bytes | None = None) -> bytes:
    return file_part(DESK.word(state, FORM) if data is None else data)


def _mail(state: str, *parts: bytes, sender: str | None = "", **given: object) -> bytes:
    usual: dict[str, object] = {
        "subject": f"Response to TSB Circular {CIRCULAR.number}",
        "received": RECEIVED,
        "recipient": CIRCULAR.reply_address,
        "message_id": f"<bad.{state.lower()}@{ADMINISTRATIONS[state].domain}>",
    }
    address = ADMINISTRATIONS[state].focal_point if sender == "" else sender
    return mail(sender=address, parts=parts, **{**usual, **given})  # type: ignore[arg-type]


def _row_twice(state: str) -> bytes:
    texts = [text.designation for text in CIRCULAR.texts]
    return make_word_form(
        CIRCULAR,
        DESK.answers(FORM),
        administration=ADMINISTRATIONS[state].signs,
        rows=[*texts, texts[2]],
    )


def _picture() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"\0" * 2000


def _zip(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def _many_parts(state: str) -> bytes:
    part = b"Content-Type: text/plain; name=note.txt\r\n\r\nx\r\n"
    return _mail(state, *[part] * 10_000, _form(state))


def _nested(state: str) -> bytes:
    raw = _mail(state, text_part("Innermost."), _form(state))
    for _ in range(60):
        raw = _mail(state, text_part("See below."), enclosed(raw))
    return raw


def _named(name: str) -> bytes:
    return next(each.raw for each in sample_mailbox(CIRCULAR) if each.name == name)


#: Limits of the workplace below, in MB.
LIMITS = {"message_mb": 3, "attachment_mb": 1}

MESSAGES: Mapping[str, Callable[[], Bad]] = {
    "corrupt form": lambda: Bad(
        raw=_mail("ARG", _form("ARG", DESK.word("ARG", FORM)[:3000])), reason="unreadable"
    ),
    "empty file": lambda: Bad(raw=_mail("AUS", text_part("Attached."), _form("AUS", b""))),
    "form of a wrong name and type": lambda: Bad(
        raw=_mail(
            "BEL",
            b"Content-Type: image/png\r\nContent-Disposition: attachment; filename=a.png\r\n"
            + _form("BEL").partition(b"\r\n")[2].partition(b"\r\n")[2],
        ),
        status=SETTLED,
    ),
    "picture called a Word file": lambda: Bad(raw=_mail("BRA", _form("BRA", _picture()))),
    "form of another circular": lambda: Bad(
        raw=_named("SWE"), reason="other-circular", answered=False
    ),
    "a row twice": lambda: Bad(
        raw=_mail("CAN", _form("CAN", _row_twice("CAN"))), reason="row-twice"
    ),
    "no From": lambda: Bad(raw=_mail("CHE", _form("CHE"), sender=None), answered=False),
    "no Date": lambda: Bad(raw=_mail("CHL", _form("CHL"), dated=False), status=SETTLED),
    "no Message-ID": lambda: Bad(raw=_mail("CHN", _form("CHN"), message_id=None), status=SETTLED),
    "10,000 parts": lambda: Bad(raw=_many_parts("COL"), reason="parts-left-out"),
    "60 messages in one another": lambda: Bad(raw=_nested("DEU"), reason="parts-left-out"),
    "message above the limit": lambda: Bad(
        raw=_mail("DNK", _form("DNK"), _form("DNK", b"x" * 3_000_000)),
        reason="message-too-large",
        answered=False,
    ),
    "attachment above the limit": lambda: Bad(
        raw=_mail("EGY", _form("EGY"), _form("EGY", b"%PDF-1.7 " + b"x" * 1_500_000)),
    ),
    "archive that unpacks to a thousand times its size": lambda: Bad(
        raw=_mail("FIN", _form("FIN"), _form("FIN", _zip(**{"a.pdf": b"%PDF-" + b"0" * 9_000_000})))
    ),
    "nothing but a header": lambda: Bad(raw=_mail("GBR", b"\r\n")),
    "bytes without sense": lambda: Bad(
        raw=_mail("GHA", b"Content-Type: multipart/mixed; boundary=\xff\xfe\r\n\r\n\x80\x81\xff--")
    ),
    "header that never ends": lambda: Bad(
        raw=_mail("IDN", _form("IDN"), fields=[("X-Long", "x" * 900 + "\r\n " * 2000 + "y")]),
        status=SETTLED,
    ),
    "good reply among them": lambda: Bad(raw=_mail("JPN", _form("JPN")), status=SETTLED),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One round over all of them."""

    messages: Mapping[str, Bad]
    workplace: Workplace
    done: Round
    before: list[Lying]
    after: list[Lying]
    submission: EmbeddedSubmission


@pytest.fixture(scope="module")
def outcome(dovecot: Dovecot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    messages = {name: make() for name, make in MESSAGES.items()}
    mailbox = dovecot.new_mailbox()
    deliver(mailbox, messages.values())
    with EmbeddedSubmission() as submission:
        workplace = Workplace(
            tmp_path_factory.mktemp("bad"),
            CIRCULAR,
            mailbox,
            submission.port,
            {"limits": LIMITS, "reminders": {"days_before": []}, "secretariat": {"digest_to": []}},
        )
        before = everything(mailbox)
        done = workplace.round(RECEIVED + dt.timedelta(hours=1))
        yield Outcome(
            messages=messages,
            workplace=workplace,
            done=done,
            before=before,
            after=everything(mailbox),
            submission=submission,
        )


@pytest.fixture
def desk(outcome: Outcome) -> Iterator[Desk]:
    with outcome.workplace.desk() as desk:
        yield desk


def _recorded(desk: Desk, bad: Bad) -> tuple[StoredMessage, list[StoredReply], int]:
    """The message, its replies, and how many letters answer it."""
    with desk.store.snapshot() as tx:
        found = [
            message
            for number in range(1, 100)
            if (message := tx.messages.get(number)) is not None
            and bad.raw.startswith(desk.archive.get(message.sha256))
        ]
        (message,) = found
        return message, tx.replies.of_message(message.id), len(tx.letters.of_message(message.id))


@pytest.mark.parametrize("name", MESSAGES)
def test_a_bad_message_is_flagged_with_its_reason(outcome: Outcome, desk: Desk, name: str) -> None:
    bad = outcome.messages[name]
    message, replies, answered = _recorded(desk, bad)
    assert message.status is bad.status
    if bad.status is HELD:
        assert message.reasons
        assert bad.reason is None or bad.reason in message.reasons
        assert not any(reply.standing.value == "counted" for reply in replies)
    else:
        assert message.reasons == ()
        assert [reply.standing.value for reply in replies] == ["counted"]
    assert answered == int(bad.answered)


def test_the_round_has_no_trouble_and_every_message_ends_somewhere(
    outcome: Outcome, desk: Desk
) -> None:
    assert outcome.done.trouble == []
    assert outcome.done.worked.failed == 0
    assert outcome.done.haul is not None
    assert (outcome.done.haul.gap, outcome.done.haul.unavailable) == ((), [])
    with desk.store.snapshot() as tx:
        statuses = tx.messages.count_by_status()
    assert statuses[MessageStatus.RECEIVED] == statuses[MessageStatus.QUARANTINED] == 0
    assert sum(statuses.values()) == len(MESSAGES)


def test_nothing_in_the_mailbox_is_changed(outcome: Outcome) -> None:
    assert outcome.after == outcome.before


def test_each_letter_went_out(outcome: Outcome) -> None:
    expected = sum(each.answered for each in outcome.messages.values())
    assert len(answers(outcome.submission.letters)) == expected


@pytest.mark.slow
def test_an_attachment_of_200_mb_is_held_by_its_header(
    dovecot: Dovecot, tmp_path_factory: pytest.TempPathFactory, circular: Circular
) -> None:
    folder = tmp_path_factory.mktemp("huge")
    mailbox = dovecot.new_mailbox()
    huge = _mail("MEX", text_part("Attached."), _form("MEX")).replace(
        b"\r\n\r\n", b"\r\n\r\n" + b"x" * 200_000_000, 1
    )
    with EmbeddedSubmission() as submission:
        mailbox.deliver(huge, RECEIVED)
        mailbox.deliver(_mail("PER", _form("PER")), RECEIVED)
        quiet: dict[str, dict[str, object]] = {
            "reminders": {"days_before": []},
            "secretariat": {"digest_to": []},
        }
        workplace = Workplace(folder, circular, mailbox, submission.port, quiet)
        done = workplace.round(RECEIVED + dt.timedelta(hours=1))
        assert done.trouble == []
        assert len(submission.letters) == 1
    with workplace.desk() as desk, desk.store.snapshot() as tx:
        first, second = (tx.messages.get(1), tx.messages.get(2))
        assert first is not None
        assert second is not None
        assert (first.status, first.reasons) == (HELD, ("message-too-large",))
        assert first.size == len(huge)
        assert len(desk.archive.get(first.sha256)) < 10_000
        assert second.status is SETTLED

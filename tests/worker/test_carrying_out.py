"""Everything that follows from a message, in one transaction: all of it or nothing."""

from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path

import pytest

from bot.consultation.record import Standing
from bot.demo.messages import Authentication, make_message
from bot.demo.other_mail import bounce_of
from bot.store.notes import NoteKind
from bot.store.tables.correspondence import LetterStatus
from bot.store.tables.mailbox import MessageStatus
from tests.worker.fake_submission import Killed
from tests.worker.workroom import Workroom, open_workroom


def absence_of(room: Workroom) -> bytes:
    """A note of absence that repeats our subject."""
    return make_message(
        sender=room.focal_point("ITA"),
        subject="Automatic reply: TSB Circular 106",
        text="I am away.",
        received=room.now,
        recipient=room.circular.reply_address,
        message_id="<away@telecom-it.example>",
        headers=[("Auto-Submitted", "auto-replied")],
    )


def message_id_in(raw: bytes) -> str:
    """The Message-ID of a letter."""
    return str(message_from_bytes(raw)["Message-ID"])


#: Where a kill meets the transaction: what is called next never returns.
MOMENTS = [
    "bot.store.readings.Readings.keep",
    "bot.store.replies.Replies.add",
    "bot.store.opinions.OpinionsRecord.append",
    "bot.store.letters.Letters.queue",
    "bot.store.messages.Messages.settle",
    "bot.store.audit.AuditTrail.append",
    "bot.store.audit.AuditTrail.write",
]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_in_between_leaves_nothing_half_done(
    room: Workroom, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    room.mailbox.deliver(room.reply())
    room.fetch()

    def killed(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(moment, killed)
        with pytest.raises(Killed):
            room.decide()
    with room.desk.store.snapshot() as tx:
        assert tx.replies.all(106) == []
        assert tx.opinions.records(106) == []
        assert tx.letters.of_kind("acknowledgement") == []
        assert tx.readings.of_message(1) == []
    assert room.message().status is MessageStatus.RECEIVED

    room.decide()
    assert [each.reference for each in room.replies()] == ["C106-CHE-1"]
    assert len(room.letters()) == 1


def test_a_reply_is_recorded_with_its_rows_reading_letter_and_audit_entry(room: Workroom) -> None:
    room.mailbox.deliver(room.reply("MEX", "NDNNNNNNNN"))
    room.round()
    (reply,) = room.replies()
    with room.desk.store.snapshot() as tx:
        rows = tx.opinions.of_reply(reply.id)
        (reading,) = tx.readings.of_message(reply.message_id)
        (letter,) = tx.letters.of_reply(reply.id)
        (entry,) = tx.audit.of(f"message/{reply.message_id}")
    assert (reply.standing, reply.needs_review, reply.language) == (Standing.COUNTED, False, "es")
    assert reply.reasons_missing == ("Y.4242",)
    assert len(rows) == 10
    assert {each.who for each in rows} == {"worker"}
    assert "is in the register" in rows[0].why
    assert reading.format == "docx"
    assert (letter.language, letter.recipient) == ("es", room.focal_point("MEX"))
    assert (entry.action, entry.detail) == (
        "decide",
        {"kind": "reply", "then": "settled", "reasons": [], "replies": ["C106-MEX-1"]},
    )


def test_a_bounce_of_a_letter_of_ours_is_noted_and_its_address_marked(room: Workroom) -> None:
    room.mailbox.deliver(room.reply())
    room.round()
    with room.desk.store.snapshot() as tx:
        (letter,) = tx.letters.of_kind("acknowledgement")
    report = bounce_of(
        letter.header_id, recipient=letter.recipient, received_at=room.now, circular=room.circular
    )
    room.mailbox.deliver(report.raw, report.received_at)
    sent = len(room.submission.taken)
    room.round()
    with room.desk.store.snapshot() as tx:
        (note,) = tx.notes.since(None, kind=NoteKind.BOUNCE)
        assert list(tx.contacts.bounced()) == [letter.recipient]
        again = tx.letters.get(letter.id)
    assert note.address == letter.recipient
    assert again is not None
    assert again.bounced_at is not None
    assert again.status is LetterStatus.SENT
    assert len(room.submission.taken) == sent


def _foreign_bounce(room: Workroom) -> bytes:
    return bounce_of(
        "<not-ours@elsewhere.example>",
        recipient=room.focal_point(),
        received_at=room.now,
        circular=room.circular,
    ).raw


@pytest.mark.parametrize(
    ("make", "taken"),
    [
        pytest.param(absence_of, 1, id="note of absence"),
        pytest.param(_foreign_bounce, 0, id="bounce of somebody else's letter"),
    ],
)
def test_automatic_mail_is_never_answered_and_marks_no_contact(
    room: Workroom, make: Callable[[Workroom], bytes], taken: int
) -> None:
    room.mailbox.deliver(make(room))
    done = room.round()
    assert done.haul is not None
    assert done.haul.taken == taken
    with room.desk.store.snapshot() as tx:
        assert list(tx.contacts.bounced()) == []
    assert room.letters() == []
    assert room.replies() == []


def test_a_sender_who_is_not_vouched_for_is_never_answered(room: Workroom) -> None:
    room.mailbox.deliver(room.reply(authentication=Authentication.FAIL))
    room.round()
    (reply,) = room.replies()
    assert (reply.standing, reply.reasons) == (Standing.PENDING, ("not-authenticated",))
    assert room.letters() == []


@pytest.mark.parametrize(
    "local",
    [pytest.param("müller", id="beyond ASCII"), pytest.param("x" * 300, id="endless")],
)
def test_a_reply_that_cannot_be_answered_counts_and_a_person_answers_it(
    room: Workroom, local: str
) -> None:
    before, after = b"From: regulation@", f"From: {local}@".encode()
    room.mailbox.deliver(room.reply().replace(before, after))
    done = room.round()
    assert done.worked.failed == 0
    (reply,) = room.replies()
    assert (reply.state, reply.standing) == ("CHE", Standing.COUNTED)
    assert room.message().status is MessageStatus.HELD
    assert room.message().reasons == ("cannot-be-answered",)
    assert room.submission.taken == []


def test_a_machine_that_does_not_say_so_draws_no_chain_of_answers(room: Workroom) -> None:
    """An absence note without any mark, which comes back for each of our letters."""
    room.mailbox.deliver(room.reply())
    room.round()
    ((recipient, letter),) = room.submission.taken
    note = make_message(
        sender=recipient,
        subject="Re: TSB Circular 106",
        text="I am out of the office until Monday.",
        received=room.now,
        recipient=room.circular.reply_address,
        message_id="<away@telecom-ch.example>",
        in_reply_to=message_id_in(letter),
    )
    room.mailbox.deliver(note)
    done = room.round()
    assert done.worked.held == 1
    assert len(room.submission.taken) == 1


def test_a_letter_of_ours_that_comes_back_is_left_alone(room: Workroom) -> None:
    room.mailbox.deliver(room.reply())
    room.round()
    ((_, letter),) = room.submission.taken
    room.mailbox.deliver(letter)
    done = room.round()
    assert done.haul is not None
    assert (done.haul.taken, done.haul.left) == (0, 1)
    assert len(room.submission.taken) == 1


def test_an_answer_tells_which_opinions_take_the_place_of_earlier_ones(room: Workroom) -> None:
    room.mailbox.deliver(room.reply("GBR", "NNNNNNNNNN"))
    room.round()
    room.later(days=1)
    room.mailbox.deliver(room.reply("GBR", "DNNNNNNNNN", rows=["Y.4241"]), room.now)
    room.round()
    assert [each.state for each in room.replies()] == ["GBR", "GBR"]
    assert room.tally().texts[0].does_not_assign == 1
    assert room.tally().texts[1].assigns == 1


def test_the_same_letter_has_the_same_message_id_on_another_database(
    room: Workroom, tmp_path: Path, model_database: Path
) -> None:
    """A database that was restored from an older backup sends the letters under the same ids."""
    raw = room.reply()
    room.mailbox.deliver(raw)
    room.round()
    with open_workroom(tmp_path / "restored", model_database) as other:
        other.mailbox.deliver(raw)
        other.fetch()
        other.decide()
        with other.desk.store.snapshot() as tx:
            (again,) = tx.letters.of_kind("acknowledgement")
    with room.desk.store.snapshot() as tx:
        (before,) = tx.letters.of_kind("acknowledgement")
        assert (again.key, again.header_id) == (before.key, before.header_id)
        assert message_id_in(tx.letters.raw(before.id)) == before.header_id


@pytest.mark.parametrize(
    ("limits", "states", "reason"),
    [
        pytest.param(
            {"answers_per_sender_per_day": 2}, ["CHE"] * 4, "too-many-answers", id="one sender"
        ),
        pytest.param(
            {"answers_per_day": 2}, ["CHE", "FRA", "MEX", "GBR"], "too-many-in-all", id="all"
        ),
    ],
)
def test_beyond_the_answers_of_a_day_a_person_answers(
    tmp_path: Path,
    model_database: Path,
    limits: dict[str, object],
    states: list[str],
    reason: str,
) -> None:
    sections: dict[str, dict[str, object]] = {
        "limits": limits,
        "reminders": {"days_before": []},
        "secretariat": {"digest_to": []},
    }
    with open_workroom(tmp_path, model_database, sections) as room:
        for state in states:
            room.mailbox.deliver(room.reply(state))
        room.round()
        assert len(room.submission.taken) == 2
        assert [each.reasons for each in room.messages()] == [(), (), (reason,), (reason,)]
        # They count all the same.
        assert {each.standing for each in room.replies()} == {Standing.COUNTED}
        room.later(days=1, minutes=1)
        room.mailbox.deliver(room.reply("BRA"), room.now)
        room.round()
        assert len(room.submission.taken) == 3

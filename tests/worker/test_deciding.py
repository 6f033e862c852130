"""From the archive to the record: what fails, what waits, and that the others go on."""

import datetime as dt
from pathlib import Path

import pytest

from bot.consultation.record import Standing
from bot.demo.contacts import SECOND_CONTACT
from bot.demo.messages import Attachment
from bot.demo.sample_message import Desk as SampleDesk
from bot.errors import StoreError, TemplateError
from bot.letters.rendering import Letters
from bot.store.tables.mailbox import MessageStatus
from tests.worker.fake_mailbox import RECEIVED
from tests.worker.workroom import Workroom, open_workroom


def broken_form(room: Workroom, state: str) -> bytes:
    """A reply whose file makes the reader of the test fail."""
    room.reader.fails_on[b"breaks the reader"] = KeyError("a fault of the reader")
    file = Attachment(filename="form.pdf", data=b"%PDF-1.7 breaks the reader")
    return room.reply(state, files=[file])


def test_a_message_whose_handling_fails_is_tried_three_times_and_then_set_aside(
    room: Workroom,
) -> None:
    room.mailbox.deliver(broken_form(room, "CHE"))
    assert room.round().worked.failed == 1
    # Not before its time.
    assert room.round().worked.failed == 0
    room.later(minutes=1)
    assert room.round().worked.failed == 1
    room.later(minutes=9)
    assert room.round().worked.failed == 0
    room.later(minutes=1)
    assert room.round().worked.failed == 1

    message = room.message()
    assert message.status is MessageStatus.QUARANTINED
    assert message.tries == 3
    assert message.last_error == "KeyError: 'a fault of the reader'"
    room.later(days=1)
    assert room.round().worked.failed == 0
    assert room.letters() == []


def test_what_was_set_aside_is_in_the_digest_and_in_the_audit_trail(
    calendar_room: Workroom,
) -> None:
    room = calendar_room
    room.mailbox.deliver(broken_form(room, "CHE"))
    for minutes in (1, 10, 10):
        room.round()
        room.later(minutes=minutes)
    with room.desk.store.snapshot() as tx:
        actions = [each.action for each in tx.audit.of(f"message/{room.message().id}")]
        assert tx.audit.verify() is None
    assert actions == ["set back", "set back", "quarantine"]
    room.later(days=1)
    room.round()
    assert "set aside" in room.submission.taken[-1][1].decode()


def test_the_log_says_what_failed_and_nothing_of_what_the_message_says(
    room: Workroom, capsys: pytest.CaptureFixture[str]
) -> None:
    room.mailbox.deliver(broken_form(room, "CHE"))
    room.round()
    logged = capsys.readouterr()
    assert logged.out == ""
    assert "message failed" in logged.err
    assert "KeyError" in logged.err
    assert room.focal_point() not in logged.err
    assert "Please find attached" not in logged.err


def test_a_message_that_fails_once_is_decided_the_next_time(room: Workroom) -> None:
    room.mailbox.deliver(broken_form(room, "CHE"))
    room.round()
    room.reader.fails_on.clear()
    room.later(minutes=1)
    room.round()
    assert room.message().status is not MessageStatus.RECEIVED
    assert len(room.letters()) == 1


@pytest.mark.parametrize("place", [0, 1, 2], ids=["first", "between", "last"])
def test_the_messages_beside_one_that_fails_are_decided(room: Workroom, place: int) -> None:
    raws = [room.reply("FRA"), room.reply("MEX")]
    raws.insert(place, broken_form(room, "CHE"))
    for raw in raws:
        room.mailbox.deliver(raw)
    done = room.round()
    assert (done.worked.settled, done.worked.failed) == (2, 1)
    assert {each.state for each in room.replies()} == {"FRA", "MEX"}


def test_a_damaged_file_of_the_archive_is_not_the_messages_fault(room: Workroom) -> None:
    for state in ("CHE", "FRA"):
        room.mailbox.deliver(room.reply(state))
    room.fetch()
    first, _ = room.messages()
    path = room.desk.archive.path(first.sha256)
    raw = path.read_bytes()
    path.write_bytes(raw[:-1])

    for _ in range(5):
        done = room.round()
        assert "is damaged" in done.trouble[0]
        room.later(minutes=10)
    assert [each.state for each in room.replies()] == ["FRA"]
    assert room.messages()[0].tries == 0
    (told,) = room.troubles()
    assert (told.code, told.count, told.resolved_at) == ("reading", 5, None)

    path.write_bytes(raw)
    assert room.round().trouble == []
    assert {each.state for each in room.replies()} == {"CHE", "FRA"}
    assert room.troubles()[0].resolved_at is not None


def test_a_template_that_cannot_be_rendered_is_not_the_messages_fault(
    room: Workroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.mailbox.deliver(room.reply())

    def broken(*_: object) -> None:
        raise TemplateError("the template acknowledgement/en/body.txt cannot be rendered")

    with monkeypatch.context() as patched:
        patched.setattr(Letters, "acknowledgement", broken)
        for _ in range(4):
            assert "cannot be rendered" in room.round().trouble[0]
            room.later(minutes=10)
    assert room.replies() == []
    assert room.message().status is MessageStatus.RECEIVED
    room.round()
    assert len(room.letters()) == 1


def test_a_database_that_fails_ends_the_pass_and_counts_no_try(
    room: Workroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.mailbox.deliver(room.reply())
    room.fetch()

    def fails(*_: object, **__: object) -> None:
        raise StoreError("the database cannot be used: database is locked")

    with monkeypatch.context() as patched:
        patched.setattr("bot.store.opinions.OpinionsRecord.append", fails)
        with pytest.raises(StoreError, match="locked"):
            room.decide()
    assert room.message().tries == 0
    assert room.replies() == []
    room.decide()
    assert len(room.replies()) == 1


def test_replies_are_decided_in_the_order_in_which_they_were_received(room: Workroom) -> None:
    later = room.reply("CHE", "D")
    first = room.reply("CHE", "N")
    room.mailbox.deliver(later, room.now)
    room.mailbox.deliver(first)
    room.round()
    assert [each.standing for each in room.replies()] == [Standing.COUNTED] * 2
    assert {each.does_not_assign for each in room.tally().texts} == {1}


def test_what_was_read_while_looking_is_not_read_again(room: Workroom) -> None:
    room.mailbox.deliver(room.reply(subject="Our reply", text="Please find it attached."))
    room.round()
    assert room.reader.files == 1


def test_a_change_by_another_sender_waits_for_the_earlier_message_of_its_state(
    room: Workroom,
) -> None:
    data = SampleDesk(circular=room.circular).word("IND", "N")
    room.reader.fails_on[data] = KeyError("a fault of the reader, for now")
    room.mailbox.deliver(room.reply("IND", files=[Attachment(filename="form.docx", data=data)]))
    later = RECEIVED + dt.timedelta(hours=1)
    room.mailbox.deliver(
        room.reply("IND", "DDDDDDDDDD", sender=SECOND_CONTACT, received_at=later), later
    )
    room.mailbox.deliver(room.reply("FRA", received_at=later), later)
    done = room.round()
    assert (done.worked.settled, done.worked.failed, done.worked.waiting) == (1, 1, 1)
    assert [each.state for each in room.replies()] == ["FRA"]

    room.reader.fails_on.clear()
    room.later(minutes=1)
    files = room.reader.files
    assert room.round().worked.waiting == 0
    # What had been read of the later one was not read again.
    assert room.reader.files == files + 1
    earlier, changed = [each for each in room.replies() if each.state == "IND"]
    assert earlier.standing is Standing.COUNTED
    assert (changed.standing, changed.sender) == (Standing.PENDING, SECOND_CONTACT)
    assert "other-sender" in changed.reasons


def test_a_message_that_is_set_aside_keeps_nobody_waiting(room: Workroom) -> None:
    room.mailbox.deliver(broken_form(room, "CHE"))
    later = RECEIVED + dt.timedelta(hours=1)
    room.mailbox.deliver(room.reply("CHE", received_at=later), later)
    for minutes in (1, 10):
        assert room.round().worked.waiting == 1
        room.later(minutes=minutes)
    assert (done := room.round().worked).waiting in {0, 1}
    assert done.failed == 1
    assert room.round().worked.waiting == 0
    assert len(room.replies()) == 1


def test_a_message_whose_file_is_damaged_keeps_nobody_waiting(room: Workroom) -> None:
    room.mailbox.deliver(room.reply("CHE"))
    later = RECEIVED + dt.timedelta(hours=1)
    room.mailbox.deliver(room.reply("CHE", received_at=later), later)
    room.fetch()
    path = room.desk.archive.path(room.messages()[0].sha256)
    path.write_bytes(path.read_bytes()[:-1])
    done = room.round()
    assert "is damaged" in done.trouble[0]
    assert (done.worked.settled, done.worked.waiting) == (1, 0)


def test_large_messages_are_worked_on_a_few_at_a_time(
    room: Workroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.worker.claiming._BYTES", 10_000)
    for state in ("CHE", "FRA", "MEX"):
        room.mailbox.deliver(room.reply(state))
    assert room.round().worked.settled == 3


def test_a_message_that_another_worker_decided_meanwhile_is_not_decided_again(
    room: Workroom, tmp_path: Path
) -> None:
    room.mailbox.deliver(room.reply())
    room.fetch()
    with open_workroom(tmp_path) as other:
        # While this one reads the file, the other one does it all.
        room.reader.before_reading = other.decide
        room.decide()
    assert len(room.replies()) == 1
    with room.desk.store.snapshot() as tx:
        assert len(tx.opinions.records(106)) == 10
        assert len(tx.audit.of("message/1")) == 1
    assert len(room.letters()) == 1


def test_more_messages_than_are_read_together_are_all_decided(room: Workroom) -> None:
    for number in range(20):
        room.mailbox.deliver(room.reply("CHE", text=f"{number}"))
    done = room.round()
    assert done.worked.settled == 20
    # One answer a reply, up to the limit of a day.
    assert len(room.letters()) == 20


def test_more_answers_in_a_day_than_are_allowed_go_to_a_person(room: Workroom) -> None:
    for number in range(21):
        room.mailbox.deliver(room.reply("CHE", text=f"{number}"))
    room.round()
    assert len(room.letters()) == 20
    held = [each for each in room.messages() if each.status is MessageStatus.HELD]
    assert [each.reasons for each in held] == [("too-many-answers",)]
    assert len(room.replies()) == 21

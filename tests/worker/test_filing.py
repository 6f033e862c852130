"""Settled replies moved to a folder of their own; nothing else is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.demo.messages import make_message
from bot.demo.other_mail import bounce_of
from bot.errors import MailboxError
from bot.intake.review import ReviewDecision
from tests.worker.fake_mailbox import FakeMailbox
from tests.worker.workroom import Workroom, open_workroom


@pytest.fixture
def filing_room(tmp_path: Path, model_database: Path) -> Iterator[Workroom]:
    sections: dict[str, dict[str, object]] = {
        "mailbox": {"processed_folder": "Consultation"},
        "reminders": {"days_before": []},
        "secretariat": {"digest_to": []},
    }
    with open_workroom(tmp_path, model_database, sections) as room:
        yield room


def test_replies_that_are_settled_are_moved_and_others_stay(filing_room: Workroom) -> None:
    room = filing_room
    settled = room.mailbox.deliver(room.reply("CHE"))
    duplicate = room.mailbox.deliver(b"")
    room.mailbox.remove(duplicate)
    waiting = room.mailbox.deliver(room.reply("FRA", "NNNXNNNNNN"))
    unrelated = room.mailbox.deliver(
        make_message(
            sender="friend@home.example",
            subject="Dinner?",
            text="At eight.",
            received=room.now,
            recipient="tsbdir@itu.int",
            message_id=None,
        )
    )
    room.round()
    assert room.mailbox.moved == {settled: "Consultation"}

    with room.desk.store.snapshot() as tx:
        (letter, *_) = tx.letters.of_kind("acknowledgement")
    report = bounce_of(
        letter.header_id, recipient=letter.recipient, received_at=room.now, circular=room.circular
    )
    bounce = room.mailbox.deliver(report.raw)
    room.round()
    assert set(room.mailbox.uids()) == {waiting, unrelated, bounce}

    room.desk.reviewer.decide(
        "C106-FRA-1", ReviewDecision(reject=True), who="reviewer@itu.example", now=room.now
    )
    room.round()
    assert set(room.mailbox.uids()) == {unrelated, bounce}


def test_nothing_is_moved_where_no_folder_is_named(room: Workroom) -> None:
    room.mailbox.deliver(room.reply("CHE"))
    room.round()
    assert room.mailbox.moved == {}


def test_a_copy_of_a_settled_reply_is_moved_too(filing_room: Workroom) -> None:
    room = filing_room
    raw = room.reply("CHE")
    room.mailbox.deliver(raw)
    room.mailbox.deliver(raw)
    room.round()
    assert room.mailbox.uids() == []


def test_a_server_that_cannot_move_is_told_of_and_keeps_nothing_from_its_turn(
    filing_room: Workroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = filing_room

    def refuses(*_: object) -> None:
        raise MailboxError("the mailbox server cannot move a single message")

    with monkeypatch.context() as patched:
        patched.setattr(FakeMailbox, "move", refuses)
        room.mailbox.deliver(room.reply("CHE"))
        done = room.round()
        room.mailbox.deliver(room.reply("FRA"))
        room.round()
    assert "cannot move" in done.trouble[0]
    assert done.haul is not None
    assert {each.state for each in room.replies()} == {"CHE", "FRA"}
    (told,) = room.troubles()
    assert (told.code, told.count) == ("filing", 2)
    room.round()
    assert room.mailbox.uids() == []
    assert room.troubles()[0].resolved_at is not None

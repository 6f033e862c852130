"""The outbox emptied: tried again, refused, sent twice under one Message-ID at the worst."""

from email import message_from_bytes

import pytest

from bot.demo.contacts import ADMINISTRATIONS
from bot.store.notes import NoteKind
from bot.store.tables.correspondence import LetterStatus
from tests.worker.fake_submission import Killed
from tests.worker.workroom import Workroom


def answered(room: Workroom, *states: str) -> None:
    """Letters to those Member States wait in the outbox."""
    for state in states:
        room.mailbox.deliver(room.reply(state))
    room.fetch()
    room.decide()


def statuses(room: Workroom) -> list[LetterStatus]:
    """Of the acknowledgements, in order."""
    with room.desk.store.snapshot() as tx:
        return [each.status for each in tx.letters.of_kind("acknowledgement")]


def send(room: Workroom) -> tuple[int, int, str | None]:
    """One pass: (sent, refused, trouble)."""
    sent = room.worker.sender.send_due(room.submission, room.clock)
    return sent.sent, sent.refused, sent.trouble


def test_letters_go_out_once_in_order_and_bounces_come_back_to_our_mailbox(room: Workroom) -> None:
    answered(room, "CHE", "FRA", "MEX")
    assert send(room) == (3, 0, None)
    assert send(room) == (0, 0, None)
    assert [recipient for recipient, _ in room.submission.taken] == [
        room.focal_point(state) for state in ("CHE", "FRA", "MEX")
    ]
    assert set(room.submission.envelopes) == {room.circular.reply_address}
    assert statuses(room) == [LetterStatus.SENT] * 3


def test_more_letters_than_are_taken_at_once_all_go(room: Workroom) -> None:
    states = [state for state in ADMINISTRATIONS if state != "PSE"][:25]
    answered(room, *states)
    assert send(room) == (25, 0, None)


def test_a_refusal_for_now_is_tried_again_ever_more_seldom(room: Workroom) -> None:
    answered(room, "CHE")
    for minutes in (1, 5, 15, 60, 240, 240):
        room.submission.put_off()
        assert send(room) == (0, 0, None)
        room.later(minutes=minutes, seconds=-1)
        assert send(room) == (0, 0, None)
        room.later(seconds=1)
    assert send(room) == (1, 0, None)


def test_a_letter_refused_for_now_does_not_hold_up_the_others(room: Workroom) -> None:
    answered(room, "CHE", "FRA", "MEX")
    room.submission.put_off()
    sent = room.worker.sender.send_due(room.submission, room.clock)
    assert (sent.sent, sent.deferred, sent.trouble) == (2, 1, None)
    assert [to for to, _ in room.submission.taken] == [
        room.focal_point(each) for each in ("FRA", "MEX")
    ]
    room.later(minutes=1)
    assert send(room) == (1, 0, None)


def test_a_server_that_refuses_every_letter_for_now_is_left_in_peace(room: Workroom) -> None:
    states = [state for state in ADMINISTRATIONS if state != "PSE"][:8]
    answered(room, *states)
    room.submission.put_off(times=8)
    sent = room.worker.sender.send_due(room.submission, room.clock)
    assert (sent.sent, sent.deferred, sent.trouble) == (0, 5, "451 try again later")


def test_while_the_server_has_trouble_the_others_wait_and_none_is_lost(room: Workroom) -> None:
    answered(room, "CHE", "FRA", "MEX")
    room.submission.be_down()
    sent, refused, trouble = send(room)
    assert (sent, refused) == (0, 0)
    assert trouble is not None
    assert "Connection refused" in trouble
    room.submission.be_down(down=False)
    assert send(room) == (2, 0, None)
    room.later(minutes=1)
    assert send(room) == (1, 0, None)
    assert len({recipient for recipient, _ in room.submission.taken}) == 3


def test_a_refusal_for_good_is_noted_and_the_address_marked(room: Workroom) -> None:
    answered(room, "CHE", "FRA")
    room.submission.refuse(room.focal_point())
    assert send(room) == (1, 1, None)
    assert send(room) == (0, 0, None)
    with room.desk.store.snapshot() as tx:
        (note,) = tx.notes.since(None, kind=NoteKind.BOUNCE)
        assert list(tx.contacts.bounced()) == [room.focal_point()]
    assert note.address == room.focal_point()
    assert "550" in note.text
    assert statuses(room) == [LetterStatus.REFUSED, LetterStatus.SENT]


@pytest.mark.parametrize("letters", [1, 2, 3])
def test_a_crash_between_sending_and_noting_it_sends_the_same_message_again(
    room: Workroom, letters: int
) -> None:
    answered(room, "CHE", "FRA", "MEX")
    room.submission.die_after(letters)
    with pytest.raises(Killed):
        send(room)
    # The claim of a worker that is no more holds up nobody on a database of one worker.
    assert room.round().sent.sent == 3 - letters + 1
    taken = room.submission.taken
    assert len(taken) == 4
    # Byte for byte the same.
    assert taken[letters - 1] == taken[letters]
    ids = {str(message_from_bytes(raw)["Message-ID"]) for _, raw in taken}
    assert len(ids) == 3


def test_what_was_sent_is_in_the_audit_trail(room: Workroom) -> None:
    answered(room, "CHE")
    send(room)
    with room.desk.store.snapshot() as tx:
        (letter,) = tx.letters.of_kind("acknowledgement")
        (entry,) = tx.audit.of(f"letter/{letter.id}")
    assert (entry.action, entry.at) == ("send", room.now)
    assert entry.detail == {"kind": "acknowledgement", "message_id": letter.header_id}


def test_trouble_with_the_server_is_noted_once_and_is_over_when_a_letter_goes(
    room: Workroom,
) -> None:
    answered(room, "CHE")
    room.submission.be_down()
    for _ in range(3):
        assert "Connection refused" in room.round().trouble[0]
        room.later(minutes=30)
    (told,) = room.troubles()
    assert (told.code, told.count, told.resolved_at) == ("smtp", 3, None)
    room.submission.be_down(down=False)
    assert room.round().trouble == []
    assert room.troubles()[0].resolved_at is not None

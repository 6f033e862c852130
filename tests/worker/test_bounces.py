"""Letters that come back, and notes of absence: noted, tied to their letter, never answered."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.demo.contacts import ADMINISTRATIONS
from bot.demo.messages import make_message
from bot.store.letters import StoredLetter
from bot.store.notes import NoteKind
from bot.store.tables.mailbox import MessageStatus
from tests.support.absences import EXCHANGE, OTHERS
from tests.support.bounces import NAMING, SILENT, Returned
from tests.worker.workroom import Workroom, open_workroom

PATTERN = "bounces+{letter}@itu.example"
SHAPES = {**NAMING, **SILENT}


@pytest.fixture
def returning_room(tmp_path: Path, model_database: Path) -> Iterator[Workroom]:
    """Each letter has a return address of its own."""
    sections: dict[str, dict[str, object]] = {
        "smtp": {"return_address": PATTERN},
        "reminders": {"days_before": []},
        "secretariat": {"digest_to": []},
    }
    with open_workroom(tmp_path, model_database, sections) as room:
        yield room


def written_to(room: Workroom, how_many: int) -> list[StoredLetter]:
    """Letters that went out, each to another Administration."""
    for state in list(ADMINISTRATIONS)[:how_many]:
        room.mailbox.deliver(room.reply(state))
    room.round()
    with room.desk.store.snapshot() as tx:
        letters = tx.letters.of_kind("acknowledgement")
    assert len(letters) == how_many
    assert len({each.recipient for each in letters}) == how_many
    return letters


def come_back(room: Workroom) -> dict[str, StoredLetter]:
    """Each letter bounces in another shape; the letters by the shape's name."""
    letters = written_to(room, len(SHAPES))
    envelopes = dict(
        zip((each for each, _ in room.submission.taken), room.submission.envelopes, strict=True)
    )
    bounced = dict(zip(SHAPES, letters, strict=True))
    for name, letter in bounced.items():
        returned = Returned(
            header_id=letter.header_id,
            recipient=letter.recipient,
            to=envelopes[letter.recipient],
        )
        room.mailbox.deliver(SHAPES[name](returned), room.now)
    room.later(minutes=1)
    room.round()
    return bounced


def marked(room: Workroom) -> set[str]:
    with room.desk.store.snapshot() as tx:
        return set(tx.contacts.bounced())


def test_with_return_addresses_every_bounce_marks_the_contact_of_its_letter(
    returning_room: Workroom,
) -> None:
    room = returning_room
    bounced = come_back(room)
    assert len(room.submission.taken) == len(bounced)
    assert marked(room) == {each.recipient for each in bounced.values()}
    with room.desk.store.snapshot() as tx:
        notes = tx.notes.since(None, kind=NoteKind.BOUNCE)
        again = [tx.letters.get(each.id) for each in bounced.values()]
    assert {each.address for each in notes} == {each.recipient for each in bounced.values()}
    assert all(each is not None and each.bounced_at is not None for each in again)


def test_without_them_those_that_name_their_letter_do_and_nothing_is_answered(
    room: Workroom,
) -> None:
    bounced = come_back(room)
    assert len(room.submission.taken) == len(bounced)
    assert marked(room) == {bounced[name].recipient for name in NAMING}


def test_each_letter_goes_out_under_its_own_return_address(returning_room: Workroom) -> None:
    letters = written_to(returning_room, 2)
    for letter, envelope in zip(letters, returning_room.submission.envelopes, strict=True):
        assert envelope == PATTERN.replace("{letter}", letter.header_id[12:44])


def test_a_bounce_to_a_return_address_of_no_letter_marks_nobody(returning_room: Workroom) -> None:
    room = returning_room
    (letter,) = written_to(room, 1)
    stray = Returned(
        header_id="<x@elsewhere.example>",
        recipient=letter.recipient,
        to=PATTERN.replace("{letter}", "0" * 32),
    )
    room.mailbox.deliver(SHAPES["Postfix"](stray), room.now)
    room.round()
    assert marked(room) == set()


def test_notes_of_absence_are_neither_answered_nor_counted(room: Workroom) -> None:
    letters = written_to(room, 1)
    notes = {
        name: (f"{prefix}: {letters[0].subject}", [("Auto-Submitted", "auto-generated")], words)
        for name, (prefix, words) in EXCHANGE.items()
    }
    others = {
        name: (subject.format(subject=letters[0].subject), list(fields), words)
        for name, (subject, fields, words) in OTHERS.items()
    }
    for name, (subject, fields, words) in {**notes, **others}.items():
        raw = make_message(
            sender=letters[0].recipient,
            subject=subject,
            text=f"{words}\n\n> Y.4241 [X] assigns authority",
            received=room.now,
            recipient=room.circular.reply_address,
            message_id=f"<{name.replace(' ', '.')}@regulator.example>",
            in_reply_to=letters[0].header_id,
            headers=fields,
        )
        room.mailbox.deliver(raw, room.now)
    room.later(minutes=1)
    room.round()
    assert len(room.submission.taken) == 1
    assert len(room.replies()) == 1
    assert marked(room) == set()
    after = room.messages()[1:]
    assert len(after) == len(notes) + len(others)
    assert {each.status for each in after} == {MessageStatus.SETTLED}
    assert {each.kind for each in after} <= {"absence", "automatic"}
    with room.desk.store.snapshot() as tx:
        told = tx.notes.since(None, kind=NoteKind.ABSENCE)
    assert len(told) >= len(notes)

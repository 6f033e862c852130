"""What is taken from the mailbox, what is left alone, and what becomes of what cannot be had."""

import contextlib
from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path

import pytest

from bot.demo.messages import Attachment, make_message
from bot.errors import ArchiveError, MailboxError
from bot.store.tables.mailbox import MessageStatus
from bot.worker.fetching import Haul
from tests.worker.fake_mailbox import RECEIVED
from tests.worker.workroom import Workroom, open_workroom


def other_mail(**given: object) -> bytes:
    """A message that is none of ours, but for what is said of it."""
    usual: dict[str, object] = {
        "sender": "friend@home.example",
        "subject": "Dinner on Friday?",
        "text": "At eight.",
        "received": RECEIVED,
        "recipient": "tsbdir@itu.int",
        "message_id": "<1@home.example>",
    }
    return make_message(**{**usual, **given})  # type: ignore[arg-type]


LIST = {"headers": [("List-Id", "<news.example>"), ("Precedence", "bulk")]}


@pytest.mark.parametrize(
    ("given", "looked_into"),
    [
        pytest.param({}, True, id="personal mail"),
        pytest.param(LIST, False, id="newsletter: its header is enough"),
        pytest.param({"headers": [("Auto-Submitted", "auto-replied")]}, True, id="absence note"),
        pytest.param(
            {"sender": "regulation@telecom-ch.example"}, True, id="a registered sender's own matter"
        ),
        pytest.param(
            {
                "subject": "Invoice 106",
                "attachments": [Attachment(filename="a.pdf", data=b"%PDF-")],
            },
            True,
            id="spam with a broken PDF, much text",
        ),
    ],
)
def test_what_has_nothing_to_do_with_a_consultation_is_left_alone(
    room: Workroom, given: dict[str, object], looked_into: bool
) -> None:
    text = "Nothing of any interest to anybody. " * 15
    uid = room.mailbox.deliver(other_mail(**{"text": text, **given}))
    haul = room.fetch()
    assert (haul.taken, haul.left, haul.gap) == (0, 1, ())
    assert room.mailbox.fetched == ([uid] if looked_into else [])
    assert room.archived() == []
    assert room.messages() == []


def test_what_was_left_alone_is_not_looked_at_again(room: Workroom) -> None:
    room.mailbox.deliver(other_mail())
    room.fetch()
    room.mailbox.fetched.clear()
    assert room.fetch().left == 0
    assert room.mailbox.fetched == []


def test_a_reply_is_archived_and_recorded_before_anything_else_happens_to_it(
    room: Workroom,
) -> None:
    raw = room.reply()
    room.mailbox.deliver(raw, RECEIVED)
    assert room.fetch().taken == 1
    message = room.message()
    assert room.desk.archive.get(message.sha256) == raw
    assert message.status is MessageStatus.RECEIVED
    assert message.received_at == RECEIVED
    assert room.replies() == []


def test_what_names_the_circular_is_taken_by_its_header_alone(room: Workroom) -> None:
    room.mailbox.deliver(other_mail(subject="Question on TSB Circular 106"))
    assert room.fetch().taken == 1
    assert room.reader.files == 0


def test_the_same_bytes_again_are_a_duplicate(room: Workroom) -> None:
    raw = room.reply()
    room.mailbox.deliver(raw)
    room.mailbox.deliver(raw)
    haul = room.fetch()
    assert (haul.taken, haul.again) == (1, 1)
    room.decide()
    assert len(room.replies()) == 1


def test_the_same_message_id_with_other_bytes_is_another_message(room: Workroom) -> None:
    raw = room.reply(text="First.")
    room.mailbox.deliver(raw)
    room.mailbox.deliver(raw.replace(b"To: ", b"X-Copy: yes\r\nTo: ", 1))
    assert room.fetch().taken == 2
    assert len({each.header_id for each in room.messages()}) == 1
    room.decide()
    assert len(room.replies()) == 2


def test_without_a_message_id_a_message_is_known_by_its_bytes(room: Workroom) -> None:
    raw = _without_id(room.reply())
    room.mailbox.deliver(raw)
    room.mailbox.deliver(raw)
    room.mailbox.deliver(_without_id(room.reply("FRA")))
    haul = room.fetch()
    assert (haul.taken, haul.again, haul.gap) == (2, 1, ())
    assert [each.header_id for each in room.messages()] == [None, None]
    room.round()
    assert [each.state for each in room.replies()] == ["CHE", "FRA"]
    sent = [message_from_bytes(letter) for _, letter in room.submission.taken]
    assert len({each["Message-ID"] for each in sent}) == 2
    assert [each["In-Reply-To"] for each in sent] == [None, None]


def _without_id(raw: bytes) -> bytes:
    head, _, rest = raw.partition(b"Message-ID:")
    return head + rest.partition(b"\r\n")[2]


@pytest.mark.parametrize("decided", [True, False], ids=["decided", "not yet decided"])
def test_a_message_that_a_person_moves_away_and_back_is_answered_once(
    room: Workroom, decided: bool
) -> None:
    raw = room.reply()
    uid = room.mailbox.deliver(raw)
    if decided:
        room.round()
    else:
        room.fetch()
    room.mailbox.remove(uid)
    done = room.round()
    assert (done.haul, room.letters()) == (Haul(), [room.focal_point()])
    assert room.mailbox.deliver(raw) != uid
    done = room.round()
    assert done.haul == Haul(again=1)
    assert len(room.replies()) == len(room.submission.taken) == 1


def test_another_uidvalidity_walks_again_and_knows_messages_by_their_bytes(room: Workroom) -> None:
    room.mailbox.deliver(room.reply())
    room.mailbox.deliver(other_mail())
    room.round()
    room.mailbox.renumber()
    done = room.round()
    assert done.haul is not None
    assert (done.haul.taken, done.haul.again, done.haul.left) == (0, 1, 1)
    assert len(room.letters()) == 1


def test_what_was_purged_does_not_come_back_when_messages_are_renumbered(
    room: Workroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.mailbox.deliver(room.reply("CHE"))
    room.mailbox.deliver(room.reply("FRA"))
    room.round()
    purged, kept = room.messages()
    room.desk.archive.remove(purged.sha256)
    room.desk.archive.remove(kept.sha256)
    # As a purge leaves it: the row with its hash, and nothing of its content.
    monkeypatch.setattr(
        "bot.store.messages.StoredMessage.purged",
        property(lambda each: each.sha256 == purged.sha256),
    )
    room.mailbox.renumber()
    done = room.round()
    assert done.haul is not None
    assert done.haul.again == 2
    # A file that is merely missing is written again.
    assert [path.stem for path in room.archived()] == [kept.sha256]


def test_a_message_that_is_gone_when_it_is_fetched_leaves_no_gap(room: Workroom) -> None:
    room.mailbox.remove_when_fetched(room.mailbox.deliver(room.reply()))
    room.mailbox.deliver(room.reply("FRA"))
    haul = room.fetch()
    assert (haul.taken, haul.gap) == (1, ())


@pytest.mark.parametrize(
    "trouble",
    [
        pytest.param(lambda room, uid: room.mailbox.tell_nothing_of(uid), id="no header"),
        pytest.param(lambda room, uid: room.mailbox.hand_out_nothing_of(uid), id="no content"),
    ],
)
def test_a_message_that_the_server_withholds_is_told_of_and_asked_for_again(
    room: Workroom, trouble: Callable[[Workroom, int], None]
) -> None:
    withheld = room.mailbox.deliver(room.reply())
    room.mailbox.deliver(room.reply("FRA"))
    trouble(room, withheld)
    done = room.round()
    assert done.haul is not None
    assert (done.haul.taken, done.haul.unavailable, done.haul.gap) == (1, [withheld], ())
    room.round()
    (told,) = room.troubles()
    assert (told.code, told.count, told.resolved_at) == ("unavailable", 2, None)
    assert f"UID {withheld}" in told.text

    room.mailbox.hand_out_all()
    assert room.round().trouble == []
    assert {each.state for each in room.replies()} == {"CHE", "FRA"}
    assert room.troubles()[0].resolved_at is not None


def test_a_message_that_breaks_the_connection_does_not_keep_the_others_from_their_turn(
    room: Workroom,
) -> None:
    breaking = room.mailbox.deliver(room.reply())
    room.mailbox.deliver(room.reply("FRA"))
    room.mailbox.break_at(breaking)
    rounds = [room.round() for _ in range(2)]
    assert all("ended the connection" in done.trouble[0] for done in rounds)
    assert [each.state for each in room.replies()] == ["FRA"]

    room.round()
    done = room.round()
    assert done.trouble == []
    assert done.haul is not None
    assert done.haul.unavailable == [breaking]

    room.mailbox.hand_out_all()
    room.later(hours=1)
    room.round()
    assert {each.state for each in room.replies()} == {"CHE", "FRA"}


def test_what_was_left_alone_before_the_connection_broke_is_not_looked_at_again(
    room: Workroom,
) -> None:
    room.mailbox.deliver(other_mail())
    room.mailbox.break_at(room.mailbox.deliver(room.reply()))
    with pytest.raises(MailboxError):
        room.fetch()
    room.mailbox.hand_out_all()
    haul = room.fetch()
    assert (haul.taken, haul.left) == (1, 0)


def test_a_message_that_is_too_large_is_held_by_its_header(room: Workroom) -> None:
    uid = room.mailbox.deliver(room.reply(), claimed_size=200_000_000)
    room.round()
    message = room.message()
    assert (room.mailbox.fetched, room.mailbox.headers_fetched) == ([], [uid])
    assert (message.status, message.kind) == (MessageStatus.HELD, "too_large")
    assert message.reasons == ("message-too-large",)
    assert message.size == 200_000_000
    assert room.letters() == []


def test_a_large_message_of_a_registered_sender_is_held_though_nothing_else_speaks_for_it(
    room: Workroom,
) -> None:
    ours = other_mail(sender=room.focal_point(), subject="Large")
    room.mailbox.deliver(ours, claimed_size=200_000_000)
    room.mailbox.deliver(other_mail(subject="Holiday film"), claimed_size=200_000_000)
    haul = room.fetch()
    assert (haul.taken, haul.left) == (1, 1)
    assert room.mailbox.fetched == []


def test_a_message_that_cannot_be_judged_is_kept_for_a_person(room: Workroom) -> None:
    broken = Attachment(filename="odd.pdf", data=b"%PDF-1.7 breaks the reader")
    room.reader.fails_on[b"breaks the reader"] = RecursionError("too deep")
    room.mailbox.deliver(other_mail(attachments=[broken]))
    room.mailbox.deliver(room.reply("FRA", subject="Our reply"))
    haul = room.fetch()
    assert (haul.taken, haul.gap) == (2, ())


def test_a_gap_is_told_and_closes(room: Workroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """No known way leads to one: an entry that is lost is what it watches for."""
    room.mailbox.deliver(other_mail())
    with monkeypatch.context() as lost:
        lost.setattr("bot.store.entries.MailboxEntries.leave_alone", lambda *_: None)
        done = room.round()
    assert done.haul is not None
    assert done.haul.gap == (1,)
    assert [each.code for each in room.troubles()] == ["gap"]
    done = room.round()
    assert done.haul is not None
    assert done.haul.gap == ()
    assert room.troubles()[0].resolved_at is not None


def test_a_full_disk_keeps_the_message_in_the_mailbox_for_the_next_time(
    tmp_path: Path, model_database: Path
) -> None:
    (tmp_path / "full").write_text("a file where the archive's folder should be")
    with open_workroom(tmp_path, model_database, {"archive": {"path": "full"}}) as room:
        room.mailbox.deliver(room.reply())
        with pytest.raises(ArchiveError, match="cannot take a message"):
            room.fetch()
        assert room.messages() == []
        (tmp_path / "full").unlink()
        assert room.fetch().taken == 1


def test_many_messages_are_left_alone_in_batches(room: Workroom) -> None:
    for number in range(230):
        room.mailbox.deliver(other_mail(subject=f"{number}", **LIST))
    with contextlib.suppress(MailboxError):
        assert room.fetch().left == 230
    assert room.fetch().left == 0

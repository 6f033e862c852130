"""What the mailbox promises, on a real Dovecot and on the server of `tsbbot demo` alike."""

import dataclasses
import datetime as dt
import threading
import time

import pytest

from bot.edges.imap import ImapMailbox
from bot.errors import MailboxError, MailboxSignInError
from tests.edges.conftest import account_of
from tests.edges.mail import FORWARDED, PLAIN, RECEIVED, WITH_FORM
from tests.support.served_mailbox import ServedMailbox


def test_a_message_comes_byte_for_byte_with_the_time_the_server_received_it(
    served: ServedMailbox, reader: ImapMailbox
) -> None:
    uid = served.deliver(WITH_FORM, RECEIVED)
    fetched = reader.fetch(uid)
    assert fetched is not None
    assert fetched.raw == WITH_FORM
    assert fetched.received_at == RECEIVED
    assert fetched.received_at.tzinfo is dt.UTC


def test_a_time_in_another_zone_is_the_same_moment(
    served: ServedMailbox, reader: ImapMailbox
) -> None:
    zone = dt.timezone(dt.timedelta(hours=5, minutes=30))
    uid = served.deliver(PLAIN, RECEIVED.astimezone(zone))
    (seen,) = reader.glance([uid])
    assert seen.received_at == RECEIVED


def test_an_empty_folder_has_nothing(reader: ImapMailbox) -> None:
    assert reader.select().exists == 0
    assert reader.uids() == []
    assert reader.uids_from(7) == []
    assert list(reader.glance([])) == []


def test_every_message_has_its_uid(served: ServedMailbox, reader: ImapMailbox) -> None:
    uids = [served.deliver(PLAIN) for _ in range(5)]
    folder = reader.select()
    assert folder.exists == 5
    assert folder.uidnext == uids[-1] + 1
    assert reader.uids() == uids


def test_only_new_messages_are_found_from_a_uid_on(
    served: ServedMailbox, reader: ImapMailbox
) -> None:
    uids = [served.deliver(PLAIN) for _ in range(3)]
    assert reader.uids_from(uids[1]) == uids[1:]
    assert reader.uids_from(uids[-1] + 1) == []


@pytest.mark.parametrize("uids_a_line", [3, 8, 50])
def test_a_large_folder_is_walked_in_pieces(served: ServedMailbox, uids_a_line: int) -> None:
    uids = [served.deliver(PLAIN) for _ in range(8)]
    served.remove(uids[2], uids[6])
    left = [uid for uid in uids if uid not in {uids[2], uids[6]}]
    with ImapMailbox(account_of(served), uids_a_line=uids_a_line) as reader:
        assert reader.uids() == left
        for uid in uids:
            assert reader.uids_from(uid) == [each for each in left if each >= uid]


def test_a_glance_tells_header_parts_and_size(served: ServedMailbox, reader: ImapMailbox) -> None:
    uid = served.deliver(WITH_FORM, RECEIVED)
    (seen,) = reader.glance([uid])
    assert seen.uid == uid
    assert seen.header == WITH_FORM.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    assert seen.size == len(WITH_FORM)
    assert seen.received_at == RECEIVED
    assert seen.trouble is None
    assert seen.structure is not None
    assert [part.disposition for part in seen.structure] == [None, "attachment"]
    assert [(part.path, part.content_type, part.filename) for part in seen.structure] == [
        ("1", "text/plain", None),
        ("2", "application/octet-stream", "form.docx"),
    ]
    assert all(part.size is not None and part.size < 200 for part in seen.structure)


def test_a_glance_sees_into_attached_messages(served: ServedMailbox, reader: ImapMailbox) -> None:
    (seen,) = reader.glance([served.deliver(FORWARDED)])
    assert seen.structure is not None
    assert [(part.path, part.content_type, part.filename) for part in seen.structure] == [
        ("1", "text/html", None),
        ("2/1", "text/plain", None),
        ("2/2", "application/octet-stream", "form.docx"),
        ("3", "application/pdf", "表格.pdf"),
    ]


def test_a_header_with_raw_8_bit_text_comes_as_it_is(
    served: ServedMailbox, reader: ImapMailbox
) -> None:
    raw = "Subject: Ответ\r\nFrom: Министерство <info@ministry.example>\r\n\r\nДа\r\n".encode(
        "koi8-r"
    )
    uid = served.deliver(raw)
    (seen,) = reader.glance([uid])
    assert seen.header == raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    fetched = reader.fetch(uid)
    assert fetched is not None
    assert fetched.raw == raw


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"\r\n", id="no header"),
        pytest.param(b"Content-Type: multipart/mixed\r\n\r\nx\r\n", id="no boundary"),
        pytest.param(b"Content-Type: ;;;=\r\n\r\nx\r\n", id="broken type"),
        pytest.param(b"Subject: ~{3}\r\n\r\n{5}\r\n", id="like the protocol"),
        pytest.param(b'Subject: )" NIL (\r\nFrom: "\\\r\n\r\n* BYE\r\n', id="like an answer"),
    ],
)
def test_an_odd_message_stops_no_other_one(
    served: ServedMailbox, reader: ImapMailbox, raw: bytes
) -> None:
    odd = served.deliver(raw)
    sound = served.deliver(PLAIN)
    seen = {each.uid: each for each in reader.glance([odd, sound])}
    assert seen[sound].trouble is None
    assert seen[odd].size == len(raw)
    fetched = reader.fetch(odd)
    assert fetched is not None
    assert fetched.raw == raw


def test_nothing_that_is_read_is_marked_as_read(served: ServedMailbox, reader: ImapMailbox) -> None:
    plain, flagged = served.deliver(PLAIN), served.deliver(WITH_FORM, flags=("\\Flagged",))
    reader.select()
    assert len(list(reader.glance(reader.uids()))) == 2
    for uid in (plain, flagged):
        reader.fetch(uid)
        reader.fetch_header(uid)
    reader.wait(0, threading.Event())
    assert served.flags(plain) == set()
    assert served.flags(flagged) == {"\\Flagged"}


def test_a_message_that_people_have_read_is_found_all_the_same(
    served: ServedMailbox, reader: ImapMailbox
) -> None:
    uid = served.deliver(PLAIN, flags=("\\Seen", "\\Answered"))
    assert reader.uids() == [uid]
    assert served.flags(uid) == {"\\Seen", "\\Answered"}


def test_a_message_that_is_gone_meanwhile_is_none(
    served: ServedMailbox, reader: ImapMailbox
) -> None:
    uids = [served.deliver(PLAIN) for _ in range(3)]
    assert reader.uids() == uids
    served.remove(uids[1])
    reader.select()
    assert reader.fetch(uids[1]) is None
    assert reader.fetch_header(uids[1]) is None
    assert [each.uid for each in reader.glance(uids)] == [uids[0], uids[2]]
    assert reader.uids() == [uids[0], uids[2]]


def test_a_message_marked_by_somebody_meanwhile_is_read_as_before(
    served: ServedMailbox, reader: ImapMailbox
) -> None:
    uids = [served.deliver(PLAIN) for _ in range(3)]
    reader.select()
    for uid in uids:
        served.mark(uid, "\\Flagged")
    assert [each.trouble for each in reader.glance(uids)] == [None, None, None]
    fetched = reader.fetch(uids[0])
    assert fetched is not None
    assert fetched.raw == PLAIN


def test_the_header_alone_can_be_had(served: ServedMailbox, reader: ImapMailbox) -> None:
    header = reader.fetch_header(served.deliver(WITH_FORM, RECEIVED))
    assert header is not None
    assert header.raw == WITH_FORM.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    assert header.received_at == RECEIVED


def test_a_header_without_end_is_cut(served: ServedMailbox, reader: ImapMailbox) -> None:
    raw = b"".join(b"X-Filler-%d: %s\r\n" % (i, b"x" * 900) for i in range(2000)) + b"\r\nx\r\n"
    uid = served.deliver(raw)
    (seen,) = reader.glance([uid])
    assert raw.startswith(seen.header)
    assert len(seen.header) == 256 * 1024
    assert seen.size == len(raw)
    header = reader.fetch_header(uid)
    assert header is not None
    assert len(header.raw) == 1024 * 1024


def test_new_mail_ends_the_wait(served: ServedMailbox, reader: ImapMailbox) -> None:
    reader.uids()
    arrival = threading.Timer(0.3, served.deliver, [PLAIN])
    arrival.start()
    begun = time.monotonic()
    assert reader.wait(20, threading.Event()) is True
    assert time.monotonic() - begun < 10
    arrival.join()
    assert len(reader.uids()) == 1
    assert reader.wait(0, threading.Event()) is False


def test_mail_that_came_during_the_round_ends_the_wait_at_once(
    served: ServedMailbox, reader: ImapMailbox
) -> None:
    reader.uids()
    uid = served.deliver(PLAIN)
    reader.fetch(uid)
    assert reader.wait(20, threading.Event()) is True


def test_without_mail_the_wait_ends_in_its_time(reader: ImapMailbox) -> None:
    begun = time.monotonic()
    assert reader.wait(0.3, threading.Event()) is False
    assert 0.25 < time.monotonic() - begun < 5


def test_a_person_reading_mail_does_not_end_the_wait(
    served: ServedMailbox, reader: ImapMailbox
) -> None:
    uid = served.deliver(PLAIN)
    reader.uids()
    reading = threading.Timer(0.1, served.mark, [uid, "\\Seen"])
    reading.start()
    assert reader.wait(1, threading.Event()) is False
    reading.join()


def test_a_stop_ends_the_wait(reader: ImapMailbox) -> None:
    stop = threading.Event()
    threading.Timer(0.1, stop.set).start()
    begun = time.monotonic()
    assert reader.wait(60, stop) is False
    assert time.monotonic() - begun < 5


def test_a_message_is_moved_and_no_other_is_touched(
    served: ServedMailbox, reader: ImapMailbox
) -> None:
    kept, moved, deleted = (
        served.deliver(PLAIN),
        served.deliver(WITH_FORM, RECEIVED, flags=("\\Flagged",)),
        served.deliver(FORWARDED, flags=("\\Deleted",)),
    )
    reader.move(moved, "Consultations")
    assert reader.uids() == [kept, deleted]
    assert list(served.messages("Consultations").values()) == [WITH_FORM]
    assert served.flags(kept) == set()
    assert served.flags(deleted) == {"\\Deleted"}
    (there,) = served.messages("Consultations")
    assert served.flags(there, "Consultations") == {"\\Flagged"}


def test_moving_makes_the_folder_once(served: ServedMailbox, reader: ImapMailbox) -> None:
    for uid in [served.deliver(PLAIN), served.deliver(WITH_FORM)]:
        reader.move(uid, "Réponses 106")
    assert list(served.messages("Réponses 106").values()) == [PLAIN, WITH_FORM]


def test_moving_what_is_gone_is_no_error(served: ServedMailbox, reader: ImapMailbox) -> None:
    uid = served.deliver(PLAIN)
    reader.uids()
    served.remove(uid)
    reader.move(uid, "Consultations")
    assert served.messages("Consultations") == {}


def test_after_a_move_the_folder_is_read_only_again(
    served: ServedMailbox, reader: ImapMailbox
) -> None:
    moved, kept = served.deliver(PLAIN), served.deliver(PLAIN)
    reader.move(moved, "Consultations")
    reader.fetch(kept)
    assert served.flags(kept) == set()


def test_a_wrong_password_is_said_without_being_shown(served: ServedMailbox) -> None:
    served.password = "guess-of-mine"
    with pytest.raises(MailboxSignInError) as error, ImapMailbox(account_of(served)):
        pass
    assert f"{served.host}:{served.port}" in str(error.value)
    assert "check [mailbox] username and password" in str(error.value)
    assert "guess-of-mine" not in str(error.value)
    assert error.value.__cause__ is None


def test_a_folder_that_is_not_there_is_said(served: ServedMailbox) -> None:
    missing = dataclasses.replace(account_of(served), folder="Réponses")
    with ImapMailbox(missing) as reader, pytest.raises(MailboxError, match="cannot be opened"):
        reader.select()


def test_outside_its_context_nothing_can_be_asked(served: ServedMailbox) -> None:
    with ImapMailbox(account_of(served)) as reader:
        reader.select()
    with pytest.raises(MailboxError, match="is closed"):
        reader.uids()


def test_the_context_can_be_entered_anew(served: ServedMailbox) -> None:
    uid = served.deliver(PLAIN)
    reader = ImapMailbox(account_of(served))
    for _ in range(2):
        with reader:
            assert reader.uids() == [uid]

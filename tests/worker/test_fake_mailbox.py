"""The fake mailbox keeps the contract of the real one, as far as the worker relies on it."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator

import pytest

from bot.demo.messages import Attachment, make_message
from bot.edges.imap import ImapMailbox
from bot.edges.imap_connection import ImapAccount
from bot.settings import Security
from bot.worker.worker import WaitingMailbox
from tests.support.dovecot import Dovecot
from tests.worker.fake_mailbox import FakeMailbox

MOMENT = dt.datetime(2026, 4, 8, 9, 30, 15, tzinfo=dt.UTC)
RAW = make_message(
    sender="regulation@telecom-ch.example",
    subject="Our reply",
    text="Please find it attached.",
    received=MOMENT,
    recipient="tsbdir@itu.int",
    message_id="<1@telecom-ch.example>",
    attachments=[Attachment(filename="Réponse.docx", data=b"PK\x03\x04 no real one")],
)
PLAIN = b"Subject: Hello\r\n\r\nHello.\r\n"

Deliver = Callable[[bytes, dt.datetime], int]


@pytest.fixture(
    params=["fake", pytest.param("dovecot", marks=pytest.mark.integration)],
)
def mailbox(request: pytest.FixtureRequest) -> Iterator[tuple[WaitingMailbox, Deliver]]:
    """A mailbox, and how to deliver to it."""
    if request.param == "fake":
        fake = FakeMailbox()
        with fake:
            yield fake, fake.deliver
        return
    dovecot: Dovecot = request.getfixturevalue("dovecot")
    served = dovecot.new_mailbox()
    account = ImapAccount(
        host=served.host,
        port=served.port,
        security=Security.PLAIN,
        username=served.username,
        password=served.password,
        timeout=20,
    )
    with ImapMailbox(account) as real:
        yield real, served.deliver


def test_uids_grow_and_are_told_in_order(mailbox: tuple[WaitingMailbox, Deliver]) -> None:
    opened, deliver = mailbox
    uids = [deliver(RAW, MOMENT), deliver(PLAIN, MOMENT)]
    folder = opened.select()
    assert folder.exists == 2
    assert opened.uids() == uids == sorted(uids)


def test_a_glance_tells_header_outline_size_and_time(
    mailbox: tuple[WaitingMailbox, Deliver],
) -> None:
    opened, deliver = mailbox
    first, second = deliver(RAW, MOMENT), deliver(PLAIN, MOMENT)
    opened.select()
    # In the order in which it was asked.
    plain, seen = opened.glance([second, first])
    assert (plain.uid, seen.uid) == (second, first)
    assert (seen.received_at, seen.size, seen.trouble) == (MOMENT, len(RAW), None)
    assert seen.header.startswith(b"Received: from mail.telecom-ch.example")
    assert b"PK" not in seen.header
    assert seen.structure is not None
    assert [(each.content_type, each.filename) for each in seen.structure] == [
        ("text/plain", None),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "Réponse.docx",
        ),
    ]


def test_messages_are_fetched_whole_or_by_their_header(
    mailbox: tuple[WaitingMailbox, Deliver],
) -> None:
    opened, deliver = mailbox
    uid = deliver(RAW, MOMENT)
    opened.select()
    whole, header = opened.fetch(uid), opened.fetch_header(uid)
    assert whole is not None
    assert header is not None
    assert (whole.raw, whole.received_at) == (RAW, MOMENT)
    assert header.raw == RAW[: RAW.index(b"\r\n\r\n") + 4]


def test_what_is_not_there_is_passed_over(mailbox: tuple[WaitingMailbox, Deliver]) -> None:
    opened, deliver = mailbox
    uid = deliver(PLAIN, MOMENT)
    opened.select()
    assert [each.uid for each in opened.glance([uid, uid + 7])] == [uid]
    assert opened.fetch(uid + 7) is None


def test_a_message_that_was_moved_is_gone(mailbox: tuple[WaitingMailbox, Deliver]) -> None:
    opened, deliver = mailbox
    first, second = deliver(RAW, MOMENT), deliver(PLAIN, MOMENT)
    opened.select()
    opened.move(first, "Consultation")
    opened.select()
    assert opened.uids() == [second]


def test_a_wait_ends_when_it_is_told_to(mailbox: tuple[WaitingMailbox, Deliver]) -> None:
    opened, _ = mailbox
    opened.select()
    opened.uids()
    stop = threading.Event()
    stop.set()
    assert opened.wait(3600, stop) is False

"""The embedded mailbox, looked at by the client that the program uses."""

import datetime as dt
import socket
import threading
from collections.abc import Iterator

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import LoginError

from bot.demo.imap_server import EmbeddedMailbox

MESSAGE = (
    b"From: Director of Regulation <regulation@regulator.example>\r\n"
    b"Subject: Reply\r\nMessage-ID: <1@regulator.example>\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=edge\r\n\r\n"
    b"--edge\r\nContent-Type: text/plain\r\n\r\nPlease find attached.\r\n"
    b"--edge\r\nContent-Type: application/octet-stream; name=form.docx\r\n"
    b"Content-Disposition: attachment; filename=form.docx\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\nAAEC\r\n--edge--\r\n"
)
RECEIVED = dt.datetime(2026, 4, 30, 23, 59, 30, tzinfo=dt.UTC)


@pytest.fixture
def mailbox() -> Iterator[EmbeddedMailbox]:
    with EmbeddedMailbox() as embedded:
        yield embedded


def _client(mailbox: EmbeddedMailbox) -> IMAPClient:
    client = IMAPClient(mailbox.host, port=mailbox.port, ssl=False, timeout=10)
    client.normalise_times = False
    client.login(mailbox.username, mailbox.password)
    return client


def test_a_delivered_message_comes_back_as_it_was_with_its_time(mailbox: EmbeddedMailbox) -> None:
    mailbox.append(MESSAGE, RECEIVED)
    with _client(mailbox) as client:
        client.select_folder("INBOX", readonly=True)
        (uid,) = client.search(["ALL"])
        fetched = client.fetch([uid], ["BODY.PEEK[]", "INTERNALDATE", "FLAGS", "BODYSTRUCTURE"])[
            uid
        ]
    assert fetched[b"BODY[]"] == MESSAGE
    assert fetched[b"INTERNALDATE"] == RECEIVED
    assert b"\\Seen" not in fetched[b"FLAGS"]
    assert fetched[b"BODYSTRUCTURE"].is_multipart


def test_a_time_in_another_zone_is_the_same_moment(mailbox: EmbeddedMailbox) -> None:
    mailbox.append(MESSAGE, RECEIVED.astimezone(dt.timezone(dt.timedelta(hours=5, minutes=30))))
    with _client(mailbox) as client:
        client.select_folder("INBOX", readonly=True)
        (uid,) = client.search(["ALL"])
        assert client.fetch([uid], ["INTERNALDATE"])[uid][b"INTERNALDATE"] == RECEIVED


def test_a_client_appends_with_a_time_of_its_own(mailbox: EmbeddedMailbox) -> None:
    with _client(mailbox) as client:
        client.append("INBOX", MESSAGE, msg_time=RECEIVED)
        client.select_folder("INBOX", readonly=True)
        (uid,) = client.search(["ALL"])
        assert client.fetch([uid], ["INTERNALDATE"])[uid][b"INTERNALDATE"] == RECEIVED


def test_new_messages_are_found_by_uid(mailbox: EmbeddedMailbox) -> None:
    mailbox.append(MESSAGE, RECEIVED)
    with _client(mailbox) as client:
        first = client.select_folder("INBOX", readonly=True)
        (known,) = client.search(["ALL"])
        mailbox.append(MESSAGE, RECEIVED)
        client.noop()
        found = client.search(["UID", f"{known + 1}:*"])
        assert (
            client.folder_status("INBOX", ["UIDVALIDITY"])[b"UIDVALIDITY"]
            == (first[b"UIDVALIDITY"])
        )
    assert [uid for uid in found if uid > known] == [known + 1]


def test_an_idling_client_is_told_of_new_mail(mailbox: EmbeddedMailbox) -> None:
    with _client(mailbox) as client:
        client.select_folder("INBOX", readonly=True)
        client.idle()
        mailbox.append(MESSAGE, RECEIVED)
        told = client.idle_check(timeout=10)
        client.idle_done()
    assert (1, b"EXISTS") in told


def test_a_wrong_password_is_refused(mailbox: EmbeddedMailbox) -> None:
    client = IMAPClient(mailbox.host, port=mailbox.port, ssl=False, timeout=10)
    with pytest.raises(LoginError):
        client.login(mailbox.username, "guess")
    client.shutdown()


def test_nothing_is_left_when_it_stops_even_with_a_client_connected() -> None:
    before = set(threading.enumerate())
    with EmbeddedMailbox() as mailbox:
        port = mailbox.port
        client = _client(mailbox)
        client.select_folder("INBOX", readonly=True)
        client.idle()
    assert set(threading.enumerate()) <= before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    client.shutdown()


def test_it_can_be_started_again() -> None:
    mailbox = EmbeddedMailbox()
    for _ in range(2):
        with mailbox, _client(mailbox) as client:
            assert client.select_folder("INBOX")[b"EXISTS"] == 0

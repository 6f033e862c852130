"""What only a full mail server shows: TLS, restarts, renumbering, sizes, speed."""

import datetime as dt
import itertools
import threading
import time
import tracemalloc

import pytest

from bot.edges.imap import ImapMailbox
from bot.edges.imap_connection import ImapAccount
from bot.errors import MailboxError
from bot.settings import Security
from tests.edges.conftest import account_of
from tests.edges.mail import (
    FORWARDED,
    PLAIN,
    RECEIVED,
    WITH_FORM,
    WITH_LONG_NAME,
    nested,
    with_parts,
)
from tests.support.dovecot import Dovecot
from tests.support.served_mailbox import ServedMailbox

pytestmark = pytest.mark.integration


def _through_tls(
    dovecot: Dovecot, mailbox: ServedMailbox, security: Security, host: str = "127.0.0.1"
) -> ImapAccount:
    return ImapAccount(
        host=host,
        port=dovecot.tls_port if security is Security.TLS else dovecot.port,
        security=security,
        username=mailbox.username,
        password=mailbox.password,
        timeout=10,
        ca_file=dovecot.ca_file,
    )


@pytest.fixture(params=[Security.TLS, Security.STARTTLS])
def security(request: pytest.FixtureRequest) -> Security:
    return Security(request.param)


def test_mail_is_read_through_tls(
    dovecot: Dovecot, mailbox: ServedMailbox, security: Security
) -> None:
    uid = mailbox.deliver(WITH_FORM, RECEIVED)
    with ImapMailbox(_through_tls(dovecot, mailbox, security)) as reader:
        fetched = reader.fetch(uid)
        assert fetched is not None
        assert fetched.raw == WITH_FORM


def test_new_mail_ends_the_wait_through_tls(
    dovecot: Dovecot, mailbox: ServedMailbox, security: Security
) -> None:
    with ImapMailbox(_through_tls(dovecot, mailbox, security)) as reader:
        reader.uids()
        arrival = threading.Timer(0.2, mailbox.deliver, [PLAIN])
        arrival.start()
        assert reader.wait(20, threading.Event()) is True
        arrival.join()


def test_a_certificate_for_another_name_is_refused(
    dovecot: Dovecot, mailbox: ServedMailbox, security: Security
) -> None:
    account = _through_tls(dovecot, mailbox, security, host="localhost")
    with (
        pytest.raises(MailboxError, match="certificate is not trusted") as error,
        ImapMailbox(account),
    ):
        pass
    assert "localhost" in str(error.value)
    assert "check the name in [mailbox] host" in error.value.mend


def test_an_unknown_authority_is_refused(
    dovecot: Dovecot, mailbox: ServedMailbox, security: Security
) -> None:
    given = _through_tls(dovecot, mailbox, security)
    account = ImapAccount(
        host=given.host, port=given.port, security=security, username=given.username,
        password=given.password, timeout=10,
    )  # fmt: skip
    with pytest.raises(MailboxError, match="certificate is not trusted"), ImapMailbox(account):
        pass


def test_tls_on_the_wrong_port_says_so(dovecot: Dovecot, mailbox: ServedMailbox) -> None:
    account = ImapAccount(
        host=dovecot.host, port=dovecot.port, security=Security.TLS, username="a", password="b",
        timeout=10, ca_file=dovecot.ca_file,
    )  # fmt: skip
    with pytest.raises(MailboxError, match="TLS") as error, ImapMailbox(account):
        pass
    assert "check [mailbox] port and security" in error.value.mend


def test_another_uidvalidity_is_seen(dovecot: Dovecot, mailbox: ServedMailbox) -> None:
    mailbox.deliver(PLAIN)
    with ImapMailbox(account_of(mailbox)) as reader:
        before = reader.select()
    dovecot.change_uidvalidity(mailbox)
    with ImapMailbox(account_of(mailbox)) as reader:
        assert reader.select().uidvalidity == before.uidvalidity + 1


def test_a_server_that_restarts_is_an_error_and_then_works_again(
    dovecot: Dovecot, mailbox: ServedMailbox
) -> None:
    uid = mailbox.deliver(PLAIN)
    reader = ImapMailbox(account_of(mailbox))
    with reader:
        assert reader.uids() == [uid]
        dovecot.restart()
        with pytest.raises(MailboxError, match=r"ended the connection|cannot be used"):
            reader.fetch(uid)
    with reader:
        fetched = reader.fetch(uid)
        assert fetched is not None
        assert fetched.raw == PLAIN


def test_a_server_that_restarts_ends_the_wait_with_an_error(
    dovecot: Dovecot, mailbox: ServedMailbox
) -> None:
    restart = threading.Timer(0.2, dovecot.restart)
    begun = time.monotonic()
    with ImapMailbox(account_of(mailbox)) as reader:
        reader.uids()
        restart.start()
        with pytest.raises(MailboxError, match=r"wait for new mail|ended"):
            reader.wait(20, threading.Event())
    assert time.monotonic() - begun < 5
    restart.join()


def test_a_connection_that_falls_silent_is_an_error_in_time(
    dovecot: Dovecot, mailbox: ServedMailbox
) -> None:
    uid = mailbox.deliver(PLAIN)
    with ImapMailbox(account_of(mailbox, timeout=0.5)) as reader:
        reader.uids()
        with dovecot.silent(mailbox):
            begun = time.monotonic()
            with pytest.raises(MailboxError, match=r"no answer within 0\.5 s"):
                reader.fetch(uid)
            assert time.monotonic() - begun < 3


def test_a_message_removed_by_somebody_is_none_at_once(mailbox: ServedMailbox) -> None:
    uids = [mailbox.deliver(PLAIN) for _ in range(3)]
    with ImapMailbox(account_of(mailbox)) as reader:
        assert reader.uids() == uids
        mailbox.remove(uids[1])
        assert reader.fetch(uids[1]) is None
        assert [each.uid for each in reader.glance(uids)] == [uids[0], uids[2]]


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"no header field\r\n", id="no field"),
        pytest.param(b"Subject: only a header\r\n", id="no body"),
        pytest.param(b"X: " + b"y" * 100_000 + b"\r\n\r\n", id="a long line"),
        pytest.param(b"\xff\xfe\r\n\r\n\x80\x81\r\n", id="no text"),
    ],
)
def test_an_odd_message_comes_as_it_is(mailbox: ServedMailbox, raw: bytes) -> None:
    odd, sound = mailbox.deliver(raw), mailbox.deliver(PLAIN)
    with ImapMailbox(account_of(mailbox)) as reader:
        assert [each.trouble for each in reader.glance([odd, sound])] == [None, None]
        fetched = reader.fetch(odd)
    assert fetched is not None
    assert fetched.raw == raw


def test_a_name_in_pieces_is_put_together(mailbox: ServedMailbox) -> None:
    uid = mailbox.deliver(WITH_LONG_NAME)
    with ImapMailbox(account_of(mailbox)) as reader:
        (seen,) = reader.glance([uid])
    assert seen.structure is not None
    assert seen.structure[-1].filename == "Réponse 106.docx"


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        pytest.param(with_parts(9_000), 9_000, id="9000 parts"),
        pytest.param(with_parts(9_000, "f" * 150), None, id="longer than a line"),
        pytest.param(nested(60), None, id="60 deep"),
        pytest.param(nested(20), 1, id="20 deep"),
    ],
)
def test_a_monstrous_structure_costs_only_itself(
    mailbox: ServedMailbox, raw: bytes, parts: int | None
) -> None:
    before, monster, after = mailbox.deliver(PLAIN), mailbox.deliver(raw), mailbox.deliver(PLAIN)
    begun = time.monotonic()
    with ImapMailbox(account_of(mailbox)) as reader:
        seen = {each.uid: each for each in reader.glance([before, monster, after])}
    assert time.monotonic() - begun < 20
    assert [each.trouble for each in seen.values()] == [None] * 3
    assert all(seen[uid].structure is not None for uid in (before, after))
    structure = seen[monster].structure
    assert (None if structure is None else len(structure)) == parts
    assert seen[monster].size == len(raw)


def test_a_message_of_200_mb_is_known_by_its_size_and_not_loaded(
    dovecot: Dovecot, mailbox: ServedMailbox
) -> None:
    head, tail = WITH_FORM.split(b"AAEC\r\n")
    line = b"A" * 76 + b"\r\n"
    count = 200 * 1024 * 1024 // len(line)
    dovecot.place(mailbox, head, itertools.repeat(line, count), tail)
    with ImapMailbox(account_of(mailbox)) as reader:
        (uid,) = reader.uids()
        tracemalloc.start()
        (seen,) = reader.glance([uid])
        header = reader.fetch_header(uid)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < 5 * 1024 * 1024
    assert seen.size == len(head) + len(line) * count + len(tail)
    assert seen.structure is not None
    assert seen.structure[1].size is not None
    assert seen.structure[1].size > 190 * 1024 * 1024
    assert header is not None
    assert header.raw == seen.header


def test_three_hundred_messages_are_glanced_at_in_little_time(
    mailbox: ServedMailbox,
) -> None:
    mailbox.deliver_all([(PLAIN, WITH_FORM, FORWARDED)[number % 3] for number in range(300)])
    with ImapMailbox(account_of(mailbox)) as reader:
        uids = reader.uids()
        begun = time.monotonic()
        seen = list(reader.glance(uids))
        took = time.monotonic() - begun
    assert [each.uid for each in seen] == uids
    assert all(each.structure and each.trouble is None for each in seen)
    assert took < 10


def test_a_time_before_the_epoch_of_mail_is_kept(mailbox: ServedMailbox) -> None:
    long_ago = dt.datetime(1985, 1, 1, tzinfo=dt.UTC)
    uid = mailbox.deliver(PLAIN, long_ago)
    with ImapMailbox(account_of(mailbox)) as reader:
        fetched = reader.fetch(uid)
    assert fetched is not None
    assert fetched.received_at == long_ago

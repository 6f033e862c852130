"""The mailbox under test on both servers, and how to sign in to it."""

from collections.abc import Iterator

import pytest

from bot.demo.imap_server import EmbeddedMailbox
from bot.edges.imap import ImapMailbox
from bot.edges.imap_connection import ImapAccount
from bot.settings import Security
from tests.support.dovecot import Dovecot
from tests.support.served_mailbox import ServedMailbox


def account_of(served: ServedMailbox, *, timeout: float = 20) -> ImapAccount:
    """How to sign in to that mailbox."""
    return ImapAccount(
        host=served.host,
        port=served.port,
        security=Security.PLAIN,
        username=served.username,
        password=served.password,
        timeout=timeout,
    )


@pytest.fixture(params=["dovecot", "pymap"])
def served(request: pytest.FixtureRequest) -> Iterator[ServedMailbox]:
    """An empty mailbox, once on the real server and once on the one of `tsbbot demo`."""
    if request.param == "dovecot":
        dovecot: Dovecot = request.getfixturevalue("dovecot")
        yield dovecot.new_mailbox()
        return
    with EmbeddedMailbox() as embedded:
        yield ServedMailbox(embedded.host, embedded.port, embedded.username, embedded.password)


@pytest.fixture
def reader(served: ServedMailbox) -> Iterator[ImapMailbox]:
    """The mailbox under test, signed in."""
    with ImapMailbox(account_of(served)) as mailbox:
        yield mailbox

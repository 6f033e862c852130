"""A real mail server that takes tokens, and asks their provider whether they are good."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import LoginError

from bot.edges.imap import ImapMailbox
from bot.edges.imap_connection import ImapAccount
from bot.edges.oauth2.accounts import account_tokens
from bot.edges.oauth2.sasl import TokenExchange
from bot.edges.oauth2.token import AccessTokens
from bot.edges.system_clock import SystemClock
from bot.errors import MailboxError, MailboxSignInError
from bot.settings import Security
from tests.edges.mail import PLAIN
from tests.edges.oauth2.configured import microsoft, other
from tests.support.dovecot import Dovecot, running_dovecot
from tests.support.served_mailbox import ServedMailbox
from tests.support.token_endpoint import SECRET, TokenEndpoint

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def token_dovecot(provider: TokenEndpoint) -> Iterator[Dovecot]:
    with running_dovecot(token_check=f"{provider.plain_url}/introspect") as server:
        yield server


@pytest.fixture
def served(token_dovecot: Dovecot, endpoint: TokenEndpoint) -> ServedMailbox:
    """An empty mailbox that the provider's tokens let in to."""
    mailbox = token_dovecot.new_mailbox()
    endpoint.username = mailbox.username
    return mailbox


def _account(
    dovecot: Dovecot, served: ServedMailbox, tokens: AccessTokens, security: Security = Security.TLS
) -> ImapAccount:
    return ImapAccount(
        host=dovecot.host,
        port=dovecot.tls_port if security is Security.TLS else dovecot.port,
        security=security,
        username=served.username,
        tokens=tokens,
        timeout=20,
        ca_file=dovecot.ca_file,
    )


@pytest.fixture(params=["microsoft", "other"])
def tokens(
    request: pytest.FixtureRequest, endpoint: TokenEndpoint, served: ServedMailbox, cache: Path
) -> AccessTokens:
    configured = {"microsoft": microsoft, "other": other}[request.param](endpoint, cache)
    return account_tokens("mailbox", served.username, configured, SystemClock())


@pytest.mark.parametrize("security", list(Security))
def test_mail_is_read_by_a_token(
    token_dovecot: Dovecot, served: ServedMailbox, tokens: AccessTokens, security: Security
) -> None:
    uid = served.deliver(PLAIN)
    with ImapMailbox(_account(token_dovecot, served, tokens, security)) as reader:
        fetched = reader.fetch(uid)
    assert fetched is not None
    assert fetched.raw == PLAIN


def test_a_token_serves_several_sign_ins(
    token_dovecot: Dovecot, served: ServedMailbox, tokens: AccessTokens, endpoint: TokenEndpoint
) -> None:
    for _ in range(3):
        with ImapMailbox(_account(token_dovecot, served, tokens)) as reader:
            reader.select()
    assert len(endpoint.issued) == 1


def test_a_revoked_token_is_renewed_once_and_nobody_notices(
    token_dovecot: Dovecot, served: ServedMailbox, tokens: AccessTokens, endpoint: TokenEndpoint
) -> None:
    account = _account(token_dovecot, served, tokens)
    with ImapMailbox(account) as reader:
        reader.select()
    endpoint.revoke()
    with ImapMailbox(account) as reader:
        reader.select()
    assert len(endpoint.issued) == 2


def test_a_mailbox_that_the_application_may_not_enter_is_said(
    token_dovecot: Dovecot, served: ServedMailbox, tokens: AccessTokens, endpoint: TokenEndpoint
) -> None:
    endpoint.username = "somebody-else"
    with (
        pytest.raises(MailboxSignInError) as caught,
        ImapMailbox(_account(token_dovecot, served, tokens)),
    ):
        pass
    said = str(caught.value)
    assert f"refuses the token of {served.username}" in said
    assert "let the application into that mailbox" in said
    assert len(endpoint.issued) == 2
    assert not any(secret in said for secret in (*endpoint.issued, SECRET))


def test_a_provider_that_is_away_is_an_error_to_try_again_after(
    token_dovecot: Dovecot, served: ServedMailbox, tokens: AccessTokens, endpoint: TokenEndpoint
) -> None:
    endpoint.say(b"<html>Bad gateway</html>", status=502)
    account = _account(token_dovecot, served, tokens)
    with pytest.raises(MailboxError, match="cannot answer now") as caught, ImapMailbox(account):
        pass
    assert not isinstance(caught.value, MailboxSignInError)
    endpoint.issue()
    with ImapMailbox(account) as reader:
        reader.select()


def test_a_provider_that_refuses_is_an_error_of_the_sign_in(
    token_dovecot: Dovecot, served: ServedMailbox, tokens: AccessTokens, endpoint: TokenEndpoint
) -> None:
    endpoint.refuse("invalid_client", "AADSTS7000222: expired", status=401, error_codes=[7000222])
    with (
        pytest.raises(MailboxSignInError, match="the client secret has expired"),
        ImapMailbox(_account(token_dovecot, served, tokens)),
    ):
        pass


def test_a_server_that_takes_no_tokens_is_said(
    dovecot: Dovecot, mailbox: ServedMailbox, endpoint: TokenEndpoint, cache: Path
) -> None:
    configured = other(endpoint, cache)
    tokens = account_tokens("mailbox", mailbox.username, configured, SystemClock())
    with (
        pytest.raises(MailboxSignInError, match="lets nobody in by a token"),
        ImapMailbox(_account(dovecot, mailbox, tokens)),
    ):
        pass


@pytest.mark.parametrize("mechanism", ["OAUTHBEARER", "XOAUTH2"])
def test_both_ways_to_show_a_token_are_understood(
    served: ServedMailbox, tokens: AccessTokens, mechanism: str
) -> None:
    client = IMAPClient(served.host, port=served.port, ssl=False)
    exchange = TokenExchange(mechanism, served.username, tokens.token())
    client.sasl_login(mechanism, exchange)
    client.select_folder("INBOX", readonly=True)
    client.logout()
    assert exchange.reason == ""


@pytest.mark.parametrize("mechanism", ["OAUTHBEARER", "XOAUTH2"])
def test_a_refused_token_comes_with_the_servers_reason(
    served: ServedMailbox, mechanism: str
) -> None:
    client = IMAPClient(served.host, port=served.port, ssl=False)
    exchange = TokenExchange(mechanism, served.username, "a-token-of-nobody")
    with pytest.raises(LoginError):
        client.sasl_login(mechanism, exchange)
    client.shutdown()
    assert exchange.reason in {"invalid_token", "401", "400"}

"""Letters handed over by a token, to a submission server that takes nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.edges.oauth2.accounts import account_tokens
from bot.edges.oauth2.token import AccessTokens
from bot.edges.smtp import Submission
from bot.edges.smtp_connection import SmtpAccount
from bot.edges.system_clock import SystemClock
from bot.errors import SubmissionError
from bot.settings import Security
from tests.edges.oauth2.configured import microsoft
from tests.support.submission import FailingSubmission, SecureSubmission
from tests.support.token_endpoint import SECRET, TokenEndpoint

LETTER = b"From: a@x.example\r\nTo: b@y.example\r\nSubject: Your reply\r\n\r\nReceived.\r\n"


@pytest.fixture(params=[False, True], ids=["tls", "starttls"])
def server(
    request: pytest.FixtureRequest, endpoint: TokenEndpoint, tmp_path: Path
) -> Iterator[SecureSubmission]:
    folder = tmp_path / "submission"
    folder.mkdir()
    with SecureSubmission(folder, starttls=request.param, is_good=endpoint.is_good) as submission:
        yield submission


@pytest.fixture
def tokens(endpoint: TokenEndpoint, cache: Path) -> AccessTokens:
    return account_tokens("smtp", "bot@example.org", microsoft(endpoint, cache), SystemClock())


def _account(server: SecureSubmission, tokens: AccessTokens) -> SmtpAccount:
    return SmtpAccount(
        host=server.host,
        port=server.port,
        security=Security.STARTTLS if server._starttls else Security.TLS,
        username=server.username,
        tokens=tokens,
        timeout=10,
        ca_file=server.ca_file,
    )


def test_a_letter_goes_out_by_a_token(server: SecureSubmission, tokens: AccessTokens) -> None:
    with Submission(_account(server, tokens)) as outgoing:
        outgoing.send(LETTER, envelope_from="a@x.example", recipient="b@y.example")
    assert server.letters == [LETTER]


def test_a_revoked_token_is_renewed_once_and_the_letter_goes_out(
    server: SecureSubmission, tokens: AccessTokens, endpoint: TokenEndpoint
) -> None:
    tokens.token()
    endpoint.revoke()
    with Submission(_account(server, tokens)) as outgoing:
        outgoing.send(LETTER, envelope_from="a@x.example", recipient="b@y.example")
    assert server.letters == [LETTER]
    assert len(endpoint.issued) == 2


def test_a_server_that_takes_none_of_them_is_said_with_its_reason(
    server: SecureSubmission, tokens: AccessTokens, endpoint: TokenEndpoint
) -> None:
    server._keeper._username = "somebody-else"  # type: ignore[attr-defined]
    with Submission(_account(server, tokens)) as outgoing, pytest.raises(SubmissionError) as caught:
        outgoing.check()
    said = str(caught.value)
    assert "535" in said
    assert "401: the token of bot@example.org is refused" in said
    assert "SMTP.SendAsApp" in said
    assert "\n" not in said
    assert not any(secret in said for secret in (*endpoint.issued, SECRET))
    assert len(endpoint.issued) == 2


def test_a_provider_that_refuses_keeps_the_letter_for_later(
    server: SecureSubmission, tokens: AccessTokens, endpoint: TokenEndpoint
) -> None:
    endpoint.refuse("invalid_client", "AADSTS7000215: wrong", error_codes=[7000215])
    account = _account(server, tokens)
    with Submission(account) as outgoing:
        with pytest.raises(SubmissionError, match="the client secret is wrong"):
            outgoing.check()
        endpoint.issue()
        outgoing.check()


@pytest.mark.parametrize(
    ("extensions", "answer", "said"),
    [
        pytest.param(("AUTH PLAIN",), "235 In", "lets nobody in by a token", id="no tokens"),
        pytest.param(("AUTH XOAUTH2",), "454 Try later", "answered 454 (Try later)", id="not now"),
        pytest.param(("AUTH XOAUTH2",), "535 Bearer abcdefghij", "535 (***)", id="an echo"),
        pytest.param(("AUTH OAUTHBEARER",), "334 !", "answered", id="endless challenges"),
    ],
)
def test_a_server_that_does_otherwise_is_an_error(
    tokens: AccessTokens, extensions: tuple[str, ...], answer: str, said: str
) -> None:
    with FailingSubmission(extensions=extensions, AUTH=answer) as failing:
        account = SmtpAccount(
            host=failing.host, port=failing.port, security=Security.PLAIN, username="a",
            tokens=tokens, timeout=5,
        )  # fmt: skip
        with Submission(account) as outgoing, pytest.raises(SubmissionError) as caught:
            outgoing.check()
    assert said in str(caught.value)
    assert "abcdefghij" not in str(caught.value)

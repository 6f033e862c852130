"""What a mailbox server may do instead of taking a token or refusing it."""

import dataclasses
from pathlib import Path

import pytest

from bot.edges.imap_connection import connect
from bot.edges.oauth2.accounts import account_tokens
from bot.edges.system_clock import SystemClock
from bot.errors import MailboxError, MailboxSignInError
from tests.edges.oauth2.configured import microsoft
from tests.edges.scripted_imap import Fault, ScriptedImap
from tests.support.token_endpoint import TokenEndpoint

ABLE = b"* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2"


@pytest.mark.parametrize(
    ("capability", "answer", "said", "refused"),
    [
        pytest.param(ABLE, b"NO [UNAVAILABLE] Try later", "Try later", False, id="not now"),
        pytest.param(ABLE, Fault.DROP, "ended the connection", False, id="gone"),
        pytest.param(ABLE, b"NO AUTHENTICATE failed.", "refuses the token", True, id="refused"),
        pytest.param(ABLE, b"NO Bearer abcdefghij", "(***)", True, id="an echo"),
        pytest.param(Fault.DROP, b"OK", "ended the connection", False, id="gone before"),
    ],
)
def test_only_a_refusal_is_an_error_of_the_sign_in(
    endpoint: TokenEndpoint,
    cache: Path,
    *,
    capability: bytes | Fault,
    answer: bytes | Fault,
    said: str,
    refused: bool,
) -> None:
    tokens = account_tokens("mailbox", "somebody", microsoft(endpoint, cache), SystemClock())
    with ScriptedImap(CAPABILITY=capability, AUTHENTICATE=answer) as server:
        account = dataclasses.replace(server.account(), password="", tokens=tokens)
        with pytest.raises(MailboxError) as caught:
            connect(account)
        # A refused token is renewed once; whatever else happens is no reason to.
        assert len(endpoint.issued) == server.connections == (2 if refused else 1)
    assert isinstance(caught.value, MailboxSignInError) is refused
    assert said in str(caught.value)
    assert not any(secret in str(caught.value) for secret in (*endpoint.issued, "abcdefghij"))

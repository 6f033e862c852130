"""A person signs in on another device: waited for, as often and as long as the provider says."""

import threading
from pathlib import Path

import pytest

from bot.edges.clock import FixedClock
from bot.edges.oauth2.accounts import account_tokens, device_grant
from bot.edges.oauth2.device_code import (
    DeviceCode,
    DeviceGrant,
    device_code_of,
    sign_in_on_a_device,
)
from bot.edges.oauth2.token import Token
from bot.errors import TokenError, TokenRefusedError
from bot.settings.oauth2 import Flow, OAuth2Settings
from tests.edges.oauth2.configured import USERNAME, microsoft, other
from tests.edges.oauth2.conftest import NOW
from tests.support.token_endpoint import TokenEndpoint


@pytest.fixture(params=[microsoft, other], ids=["microsoft", "other"])
def configured(
    request: pytest.FixtureRequest, endpoint: TokenEndpoint, cache: Path
) -> OAuth2Settings:
    settings: OAuth2Settings = request.param(
        endpoint, cache, flow=Flow.DEVICE, client_secret=None, scope="mail"
    )
    return settings


@pytest.fixture
def grant(configured: OAuth2Settings) -> DeviceGrant:
    found = device_grant("mailbox", USERNAME, configured)
    assert found is not None
    return found


def _sign_in(grant: DeviceGrant, clock: FixedClock, shown: list[DeviceCode]) -> Token:
    return sign_in_on_a_device(grant, show=shown.append, clock=clock, stop=threading.Event())


def test_the_code_is_shown_and_the_token_kept(
    grant: DeviceGrant, configured: OAuth2Settings, clock: FixedClock, endpoint: TokenEndpoint
) -> None:
    endpoint.approve(after=2)
    shown: list[DeviceCode] = []
    token = _sign_in(grant, clock, shown)
    ((address, code),) = [(each.address, each.user_code) for each in shown]
    assert (address, code) == ("https://login.example.org/device", "WDJB-MJHT")
    # Three questions, five seconds apart.
    assert (clock.now() - NOW).total_seconds() == 15
    tokens = account_tokens("mailbox", USERNAME, configured, clock)
    tokens.keep(token)
    assert tokens.token() == token.access == endpoint.issued[0]


def test_the_sign_in_lasts_by_its_refresh_token(
    grant: DeviceGrant, configured: OAuth2Settings, clock: FixedClock, endpoint: TokenEndpoint
) -> None:
    endpoint.approve()
    tokens = account_tokens("mailbox", USERNAME, configured, clock)
    tokens.keep(_sign_in(grant, clock, []))
    assert tokens.renewed(endpoint.issued[0]) == endpoint.issued[1]
    assert tokens.renewed(endpoint.issued[1]) == endpoint.issued[2]
    endpoint.revoke_sign_ins()
    with pytest.raises(TokenRefusedError, match="expired or was revoked") as caught:
        tokens.renewed(endpoint.issued[2])
    assert caught.value.mend == "sign in anew: tsbbot sign-in mailbox"


def test_before_anybody_has_signed_in_it_says_how(
    configured: OAuth2Settings, clock: FixedClock
) -> None:
    with pytest.raises(TokenRefusedError, match="nobody has signed in") as caught:
        account_tokens("mailbox", USERNAME, configured, clock).token()
    assert caught.value.mend == "tsbbot sign-in mailbox"


def test_it_asks_less_often_where_it_is_told_to(
    grant: DeviceGrant, clock: FixedClock, endpoint: TokenEndpoint
) -> None:
    endpoint.hurry_less()
    _sign_in(grant, clock, [])
    # After five seconds, and after ten more (RFC 8628, 3.5).
    assert (clock.now() - NOW).total_seconds() == 15


def test_a_no_is_taken_for_one(
    grant: DeviceGrant, clock: FixedClock, endpoint: TokenEndpoint
) -> None:
    endpoint.deny()
    with pytest.raises(TokenRefusedError, match="said no"):
        _sign_in(grant, clock, [])


def test_a_code_that_nobody_uses_expires(grant: DeviceGrant, clock: FixedClock) -> None:
    with pytest.raises(TokenRefusedError, match="nobody signed in in time"):
        _sign_in(grant, clock, [])
    assert (clock.now() - NOW).total_seconds() == 900


def test_the_wait_can_be_stopped(grant: DeviceGrant, clock: FixedClock) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(TokenRefusedError):
        sign_in_on_a_device(grant, show=lambda _: None, clock=clock, stop=stop)


def test_an_endpoint_that_is_away_for_a_moment_is_asked_again(
    grant: DeviceGrant, clock: FixedClock, endpoint: TokenEndpoint
) -> None:
    endpoint.approve()

    def break_down(_: DeviceCode) -> None:
        endpoint.say(b"{}", status=503, times=2)

    token = sign_in_on_a_device(grant, show=break_down, clock=clock, stop=threading.Event())
    assert token.access == endpoint.issued[0]
    # After 5, 10 and 20 seconds (RFC 8628, 3.5).
    assert (clock.now() - NOW).total_seconds() == 35


def test_an_application_that_may_not_do_this_is_said(
    grant: DeviceGrant, clock: FixedClock, endpoint: TokenEndpoint
) -> None:
    endpoint.refuse("invalid_client", "AADSTS7000218: needs client_assertion", status=401)
    with pytest.raises(TokenRefusedError) as caught:
        _sign_in(grant, clock, [])
    assert "public client flows" in caught.value.mend


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"user_code": "a", "device_code": "b"}, id="no address"),
        pytest.param({"verification_uri": "a", "user_code": 1, "device_code": "b"}, id="a number"),
        pytest.param(
            {"verification_uri": "a", "user_code": "b", "device_code": "c", "interval": "soon"},
            id="no interval",
        ),
        pytest.param(
            {"verification_uri": "a", "user_code": "b", "device_code": "c", "expires_in": "nan"},
            id="no term",
        ),
    ],
)
def test_a_code_that_cannot_be_shown_is_said(answer: dict[str, object]) -> None:
    with pytest.raises(TokenError, match="without a code"):
        device_code_of(answer, NOW)


def test_what_is_shown_holds_no_control_characters() -> None:
    code = device_code_of(
        {
            "verification_uri": "https://x.example/\x1b[31m\r\n",
            "user_code": "A\x07B",
            "device_code": "geheim",
            "interval": -3,
            "expires_in": 10**9,
        },
        NOW,
    )
    assert code.address == "https://x.example/[31m"
    assert code.user_code == "AB"
    assert code.pause == 1
    assert "geheim" not in repr(code)

"""The ways to a token, each asked for as its provider wants it."""

import datetime as dt
import json
import logging
from pathlib import Path

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pydantic import SecretStr

from bot.edges.clock import FixedClock
from bot.edges.oauth2.accounts import account_tokens
from bot.errors import ConfigurationError, TokenError, TokenRefusedError
from bot.settings.oauth2 import Flow, OAuth2Settings, Provider
from tests.edges.oauth2.configured import USERNAME, microsoft, other
from tests.edges.oauth2.conftest import NOW
from tests.support.token_endpoint import CLIENT, SECRET, TokenEndpoint


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _pem(key: rsa.RSAPrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def _certificate(key: rsa.RSAPrivateKey, ends: dt.datetime) -> str:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Application of the tests")])
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - dt.timedelta(days=300))
        .not_valid_after(ends)
        .sign(key, hashes.SHA256())
    )
    return built.public_bytes(serialization.Encoding.PEM).decode()


def test_an_application_of_microsoft_365_signs_in_by_its_secret(
    endpoint: TokenEndpoint, cache: Path, clock: FixedClock
) -> None:
    account_tokens("mailbox", USERNAME, microsoft(endpoint, cache), clock).token()
    ((path, form),) = endpoint.asked
    assert path == "/tenant/oauth2/v2.0/token"
    assert form["grant_type"] == "client_credentials"
    assert form["scope"] == "https://outlook.office365.com/.default"
    assert endpoint.clients == [(CLIENT, SECRET)]


def test_an_application_of_microsoft_365_signs_in_by_its_certificate(
    endpoint: TokenEndpoint, cache: Path, clock: FixedClock, tmp_path: Path, key: rsa.RSAPrivateKey
) -> None:
    pem = tmp_path / "app.pem"
    pem.write_text(_pem(key) + _certificate(key, NOW + dt.timedelta(days=9)), encoding="utf-8")
    configured = microsoft(endpoint, cache, certificate_file=pem)
    account_tokens("mailbox", USERNAME, configured, clock).token()
    ((_, form),) = endpoint.asked
    claim = jwt.decode(
        form["client_assertion"], key.public_key(), algorithms=["PS256"],
        audience=f"{endpoint.url}/tenant/oauth2/v2.0/token",
    )  # fmt: skip
    assert claim["iss"] == claim["sub"] == CLIENT
    assert "client_secret" not in form


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("nothing of the kind", id="text"),
        pytest.param("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", id="no key"),
        pytest.param(
            "-----BEGIN PRIVATE KEY-----\nZ2VoZWlt\n-----END PRIVATE KEY-----\n"
            "-----BEGIN CERTIFICATE-----\nZ2VoZWlt\n-----END CERTIFICATE-----",
            id="damaged",
        ),
    ],
)
def test_a_certificate_that_cannot_be_used_is_said_and_not_shown(
    endpoint: TokenEndpoint, cache: Path, clock: FixedClock, tmp_path: Path, written: str
) -> None:
    pem = tmp_path / "app.pem"
    pem.write_text(written, encoding="utf-8")
    configured = microsoft(endpoint, cache, certificate_file=pem)
    with pytest.raises((ConfigurationError, TokenRefusedError)) as caught:
        account_tokens("mailbox", USERNAME, configured, clock).token()
    assert "certificate" in str(caught.value)
    assert "Z2VoZWlt" not in str(caught.value)
    assert endpoint.asked == []


def test_a_tenant_that_does_not_exist_is_said(
    endpoint: TokenEndpoint, cache: Path, clock: FixedClock
) -> None:
    endpoint.refuse("invalid_tenant", "AADSTS90002: Tenant 'x' not found.")
    with pytest.raises(TokenRefusedError, match="there is no such tenant") as caught:
        account_tokens("mailbox", USERNAME, microsoft(endpoint, cache), clock).token()
    assert caught.value.mend == "check tenant"


def test_a_client_of_any_provider_signs_in_as_the_standard_says(
    endpoint: TokenEndpoint, cache: Path, clock: FixedClock
) -> None:
    configured = other(endpoint, cache, client_secret=SecretStr("ge heim:+&é"))
    account_tokens("mailbox", USERNAME, configured, clock).token()
    assert endpoint.asked == [("/token", {"grant_type": "client_credentials", "scope": "mail"})]
    # RFC 6749, 2.3.1: in the header, and nowhere in the form.
    assert endpoint.clients == [(CLIENT, "ge heim:+&é")]


def test_a_service_account_signs_for_the_mailbox(
    endpoint: TokenEndpoint, cache: Path, clock: FixedClock, tmp_path: Path, key: rsa.RSAPrivateKey
) -> None:
    path = tmp_path / "service-account.json"
    account = {"client_email": "bot@x.example", "private_key_id": "7", "private_key": _pem(key)}
    path.write_text(json.dumps(account), encoding="utf-8")
    configured = OAuth2Settings(
        provider=Provider.GOOGLE, flow=Flow.SERVICE_ACCOUNT, service_account_file=path,
        token_endpoint=f"{endpoint.url}/token", token_cache=cache, ca_file=endpoint.ca_file,
    )  # fmt: skip
    account_tokens("mailbox", USERNAME, configured, clock).token()
    ((_, form),) = endpoint.asked
    assert form["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer"
    claim = jwt.decode(
        form["assertion"], key.public_key(), algorithms=["RS256"],
        audience=f"{endpoint.url}/token", options={"verify_exp": False, "verify_iat": False},
    )  # fmt: skip
    assert claim == {
        "iss": "bot@x.example",
        "sub": USERNAME,
        "scope": "https://mail.google.com/",
        "aud": f"{endpoint.url}/token",
        "iat": int(NOW.timestamp()) - 30,
        "exp": int(NOW.timestamp()) + 1800,
    }


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("no JSON", id="no JSON"),
        pytest.param("[]", id="a list"),
        pytest.param('{"client_email": "a", "private_key_id": "geheim"}', id="no key"),
        pytest.param(
            '{"client_email": "a", "private_key_id": "7", "private_key": "geheim"}', id="no PEM"
        ),
    ],
)
def test_a_damaged_service_account_is_said_and_not_shown(
    endpoint: TokenEndpoint, cache: Path, clock: FixedClock, tmp_path: Path, written: str
) -> None:
    path = tmp_path / "service-account.json"
    path.write_text(written, encoding="utf-8")
    configured = OAuth2Settings(
        provider=Provider.GOOGLE, flow=Flow.SERVICE_ACCOUNT, service_account_file=path,
        token_endpoint=f"{endpoint.url}/token", token_cache=cache, ca_file=endpoint.ca_file,
    )  # fmt: skip
    with pytest.raises(ConfigurationError, match="holds no key that can be used") as caught:
        account_tokens("mailbox", USERNAME, configured, clock).token()
    assert "geheim" not in str(caught.value)


@pytest.fixture
def by_refresh(endpoint: TokenEndpoint, cache: Path, tmp_path: Path) -> OAuth2Settings:
    """A refresh token that was come by elsewhere."""
    path = tmp_path / "refresh.token"
    path.write_text(endpoint.refresh_token() + "\n", encoding="utf-8")
    return OAuth2Settings(
        provider=Provider.GOOGLE, flow=Flow.REFRESH_TOKEN, client_id=CLIENT,
        client_secret=SecretStr(SECRET), refresh_token_file=path,
        token_endpoint=f"{endpoint.url}/token", token_cache=cache, ca_file=endpoint.ca_file,
    )  # fmt: skip


def test_a_refresh_token_gets_tokens_until_it_is_revoked(
    endpoint: TokenEndpoint, by_refresh: OAuth2Settings, clock: FixedClock
) -> None:
    tokens = account_tokens("mailbox", USERNAME, by_refresh, clock)
    first = tokens.token()
    assert tokens.renewed(first) == endpoint.issued[1]
    endpoint.revoke_sign_ins()
    with pytest.raises(TokenRefusedError, match="expired or was revoked") as caught:
        tokens.renewed(endpoint.issued[1])
    assert "of-the-tests" not in str(caught.value)


def test_a_refresh_token_that_was_replaced_is_kept(
    endpoint: TokenEndpoint, by_refresh: OAuth2Settings, clock: FixedClock
) -> None:
    tokens = account_tokens("mailbox", USERNAME, by_refresh, clock)
    rotated = endpoint.refresh_token()
    endpoint.more = {"refresh_token": rotated}
    first = tokens.token()
    tokens.renewed(first)
    assert endpoint.asked[1][1]["refresh_token"] == rotated


def test_a_new_refresh_token_in_the_file_takes_the_place_of_a_revoked_one(
    endpoint: TokenEndpoint, by_refresh: OAuth2Settings, clock: FixedClock
) -> None:
    tokens = account_tokens("mailbox", USERNAME, by_refresh, clock)
    first = tokens.token()
    endpoint.revoke_sign_ins()
    assert by_refresh.refresh_token_file is not None
    by_refresh.refresh_token_file.write_text(endpoint.refresh_token(), encoding="utf-8")
    assert tokens.renewed(first) == endpoint.issued[1]


@pytest.mark.parametrize("configure", [microsoft, other])
def test_nothing_secret_is_logged(
    endpoint: TokenEndpoint, cache: Path, clock: FixedClock, caplog: pytest.LogCaptureFixture,
    configure: object,
) -> None:  # fmt: skip
    assert callable(configure)
    with caplog.at_level(logging.DEBUG):
        tokens = account_tokens("mailbox", USERNAME, configure(endpoint, cache), clock)
        tokens.token()
        endpoint.say(b'{"access_token": "cut-off-of-the-tests')
        with pytest.raises(TokenError):
            tokens.renewed(endpoint.issued[0])
    assert "of-the-tests" not in caplog.text.replace(CLIENT, "")


def test_a_secret_file_is_read_anew_each_time(
    endpoint: TokenEndpoint, cache: Path, clock: FixedClock, tmp_path: Path
) -> None:
    path = tmp_path / "secret"
    path.write_text("first\n", encoding="utf-8")
    configured = microsoft(endpoint, cache, client_secret=None, client_secret_file=path)
    tokens = account_tokens("mailbox", USERNAME, configured, clock)
    rejected = tokens.token()
    path.write_text("second\n", encoding="utf-8")
    tokens.renewed(rejected)
    assert [secret for _, secret in endpoint.clients] == ["first", "second"]
    path.unlink()
    with pytest.raises(ConfigurationError, match=r"client secret file .* cannot be read"):
        tokens.renewed(endpoint.issued[-1])

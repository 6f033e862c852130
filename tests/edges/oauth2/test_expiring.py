"""What will end is announced six weeks before, once, with what to do."""

import datetime as dt
from pathlib import Path

import pytest

from bot.edges.clock import FixedClock
from bot.edges.oauth2.accounts import account_tokens
from bot.edges.oauth2.expiring import expiring, expiring_files
from bot.edges.oauth2.token import Token
from bot.errors import ConfigurationError
from bot.settings import AuthenticitySettings, MailboxSettings, Settings, SmtpSettings
from bot.settings.oauth2 import OAuth2Settings
from tests.edges.oauth2.configured import USERNAME, microsoft, other
from tests.edges.oauth2.conftest import NOW
from tests.support.certificates import write_certificates
from tests.support.token_endpoint import TokenEndpoint


def _settings(mailbox: OAuth2Settings | None, smtp: OAuth2Settings | None = None) -> Settings:
    return Settings(
        mailbox=MailboxSettings(host="imap.example.org", username=USERNAME, oauth2=mailbox),
        smtp=SmtpSettings(host="smtp.example.org", username=USERNAME, oauth2=smtp),
        authenticity=AuthenticitySettings(authserv_id="mx.example.org"),
    )


@pytest.mark.parametrize(
    ("day", "said"),
    [
        pytest.param(dt.date(2026, 12, 1), None, id="far away"),
        pytest.param(dt.date(2026, 5, 29), None, id="six weeks and a day"),
        pytest.param(dt.date(2026, 5, 28), "expires on 28 May 2026, in 42 days", id="six weeks"),
        pytest.param(dt.date(2026, 4, 17), "expires on 17 Apr 2026, in 1 day;", id="tomorrow"),
        pytest.param(dt.date(2026, 4, 16), "has expired on 16 Apr 2026", id="today"),
        pytest.param(dt.date(2020, 1, 1), "has expired on 1 Jan 2020", id="long ago"),
        pytest.param(None, None, id="not known"),
    ],
)
def test_a_secret_is_announced_weeks_before_its_end(
    endpoint: TokenEndpoint, cache: Path, day: dt.date | None, said: str | None
) -> None:
    found = expiring(_settings(microsoft(endpoint, cache, secret_expires=day)), NOW)
    if said is None:
        assert found == ()
        return
    (line,) = found
    assert line.startswith("the client secret of [mailbox.oauth2] ")
    assert said in line
    assert "[mailbox.oauth2] secret_expires" in line


def test_each_server_is_announced_by_its_name(endpoint: TokenEndpoint, cache: Path) -> None:
    ends = other(endpoint, cache, secret_expires=NOW.date())
    found = expiring(_settings(ends, ends), NOW)
    assert [line.split("]")[0] for line in found] == [
        "the client secret of [mailbox.oauth2",
        "the client secret of [smtp.oauth2",
    ]


def test_passwords_are_not_said_to_end() -> None:
    assert expiring(_settings(None), NOW) == ()
    assert expiring_files(_settings(None), NOW, FixedClock(NOW)) == ()


def test_a_certificate_says_itself_when_it_ends(
    endpoint: TokenEndpoint, cache: Path, tmp_path: Path, clock: FixedClock
) -> None:
    folder = tmp_path / "certificates"
    folder.mkdir()
    write_certificates(folder)
    configured = microsoft(endpoint, cache, certificate_file=folder / "server.pem")
    today = dt.datetime.now(dt.UTC)
    (line,) = expiring_files(_settings(configured), today, clock)
    assert "the certificate server.pem of [mailbox.oauth2] expires on" in line
    (folder / "server.pem").write_text("nothing of the kind", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="holds no certificate"):
        expiring_files(_settings(configured), today, clock)


def test_a_sign_in_that_was_given_a_term_is_announced(
    endpoint: TokenEndpoint, cache: Path, clock: FixedClock
) -> None:
    configured = other(endpoint, cache, flow="device")
    token = Token(
        access="a", obtained_at=NOW, expires_at=NOW, refresh="r",
        refresh_expires_at=NOW + dt.timedelta(days=7),
    )  # fmt: skip
    account_tokens("mailbox", USERNAME, configured, clock).keep(token)
    # The mailbox and the submission server share the sign-in, and it is announced once for each.
    (line,) = expiring_files(_settings(configured), NOW, clock)
    assert line.startswith(f"the sign-in of {USERNAME} expires on 23 Apr 2026, in 7 days")
    assert line.endswith("tsbbot sign-in mailbox")

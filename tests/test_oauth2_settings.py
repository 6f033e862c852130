"""`[mailbox.oauth2]` and `[smtp.oauth2]`: what goes together, and in which words it is refused."""

import datetime as dt
from pathlib import Path

import pytest

from bot.errors import ConfigurationError
from bot.settings import Settings, load_settings

LEAST = """
[mailbox]
host = "imap.example.org"
{mailbox}
[smtp]
host = "smtp.example.org"
{smtp}
[authenticity]
authserv_id = "mx.example.org"
"""
APPLICATION = """
username = "tsbdir@example.org"
[mailbox.oauth2]
provider = "microsoft"
flow = "client_credentials"
tenant = "example.org"
client_id = "client"
client_secret_file = "mailbox.secret"
secret_expires = 2027-03-01
"""


def load(folder: Path, mailbox: str = "", smtp: str = "") -> Settings:
    """What a file with those lines comes to."""
    path = folder / "config.toml"
    path.write_text(LEAST.format(mailbox=mailbox, smtp=smtp), encoding="utf-8")
    return load_settings(path)


def test_an_application_is_described_by_a_table_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "mailbox.secret").write_text("geheim\n", encoding="utf-8")
    oauth2 = load(tmp_path, APPLICATION).mailbox.oauth2
    assert oauth2 is not None
    assert oauth2.secret() == "geheim"
    assert oauth2.scopes == ("https://outlook.office365.com/.default",)
    assert oauth2.token_cache == tmp_path / "mailbox.tokens"
    assert oauth2.secret_expires == dt.date(2027, 3, 1)


def test_the_letters_may_go_out_as_whoever_reads_the_mailbox(tmp_path: Path) -> None:
    settings = load(tmp_path, APPLICATION, 'username = "a@x.example"\noauth2 = "mailbox"')
    assert settings.smtp.oauth2 == settings.mailbox.oauth2 is not None


def test_a_secret_comes_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TSBBOT_MAILBOX__OAUTH2__CLIENT_SECRET", "geheim")
    text = APPLICATION.replace('client_secret_file = "mailbox.secret"', "")
    settings = load(tmp_path, text, 'username = "a@x.example"\noauth2 = "mailbox"')
    assert settings.mailbox.oauth2 is not None
    assert settings.mailbox.oauth2.secret() == "geheim"
    assert settings.smtp.oauth2 == settings.mailbox.oauth2
    assert "geheim" not in repr(settings)


@pytest.mark.parametrize(
    ("mailbox", "smtp", "said"),
    [
        pytest.param(
            APPLICATION.replace("client_id", "client_ld"), "",
            'is no key of this configuration; did you mean "client_id"?', id="a misspelt key",
        ),
        pytest.param(
            APPLICATION.replace('tenant = "example.org"', ""), "", "tenant is missing",
            id="no tenant",
        ),
        pytest.param(
            APPLICATION.replace('client_secret_file = "mailbox.secret"', ""), "",
            "client_secret_file is missing", id="no secret",
        ),
        pytest.param(
            APPLICATION.replace("client_credentials", "service_account"), "",
            'provider = "microsoft" goes with flow = "client_credentials", "device"',
            id="what does not go together",
        ),
        pytest.param(
            APPLICATION.replace("microsoft", "google").replace("client_credentials", "device"), "",
            "Google lets nobody into Gmail by the device flow", id="Gmail by the device flow",
        ),
        pytest.param(
            APPLICATION.replace("microsoft", "other"), "", "token_endpoint is missing",
            id="no endpoint",
        ),
        pytest.param(
            'password = "geheim"\n' + APPLICATION, "", "both a password and oauth2", id="two ways"
        ),
        pytest.param(
            APPLICATION.replace('username = "tsbdir@example.org"', ""), "", "username is empty",
            id="nobody",
        ),
        pytest.param("", 'username = "a"\noauth2 = "mailbox"', "[mailbox] has no oauth2", id="none"),
        pytest.param(
            APPLICATION.replace("microsoft", "Yahoo"), "", "[mailbox] oauth2.provider", id="unknown"
        ),
        pytest.param(
            APPLICATION.replace("2027-03-01", '"in spring"'), "", "oauth2.secret_expires",
            id="no day",
        ),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_in_one_line(
    tmp_path: Path, mailbox: str, smtp: str, said: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load(tmp_path, mailbox, smtp)
    assert said in str(caught.value)
    assert "geheim" not in str(caught.value)
    assert "\n" not in str(caught.value)

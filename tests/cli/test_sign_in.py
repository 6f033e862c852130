"""`tsbbot sign-in`, and what `tsbbot doctor` says of it."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.support.token_endpoint import SECRET, TokenEndpoint

LEAST = """
circulars = []
[mailbox]
host = "127.0.0.1"
port = 9
security = "plain"
timeout_seconds = 1
username = "tsbdir@example.org"
{mailbox}
[smtp]
host = "127.0.0.1"
{smtp}
[authenticity]
authserv_id = "mx.example.org"
"""
BY_A_PERSON = """
[mailbox.oauth2]
provider = "other"
flow = "{flow}"
client_id = "client"
client_secret = "{secret}"
scope = "mail"
token_endpoint = "{url}/token"
device_endpoint = "{url}/device"
ca_file = "{ca_file}"
secret_expires = 2020-01-01
"""


@pytest.fixture
def endpoint(tmp_path: Path) -> Iterator[TokenEndpoint]:
    folder = tmp_path / "provider"
    folder.mkdir()
    with TokenEndpoint(folder) as provider:
        provider.interval = 1
        yield provider


def _configure(folder: Path, endpoint: TokenEndpoint, flow: str = "device") -> Path:
    table = BY_A_PERSON.format(url=endpoint.url, ca_file=endpoint.ca_file, secret=SECRET, flow=flow)
    path = folder / "config.toml"
    path.write_text(LEAST.format(mailbox=table, smtp=""), encoding="utf-8")
    return path


def test_the_code_is_shown_and_the_sign_in_kept(
    tsbbot: Run, tmp_path: Path, endpoint: TokenEndpoint
) -> None:
    endpoint.approve()
    ran = tsbbot("sign-in", "mailbox", "--config", _configure(tmp_path, endpoint))
    assert ran.status == 0, ran.err
    assert "https://login.example.org/device" in ran.out
    assert "WDJB-MJHT" in ran.out
    assert "Signed in as tsbdir@example.org" in ran.out
    kept = tmp_path / "mailbox.tokens"
    assert endpoint.issued[0] in kept.read_text(encoding="utf-8")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert "of-the-tests" not in ran.out + ran.err


def test_a_program_that_signs_in_for_itself_is_tried(
    tsbbot: Run, tmp_path: Path, endpoint: TokenEndpoint
) -> None:
    config = _configure(tmp_path, endpoint, "client_credentials")
    for _ in range(2):
        ran = tsbbot("sign-in", "mailbox", "--config", config)
        assert ran.status == 0, ran.err
        assert "A token for tsbdir@example.org can be had" in ran.out
    assert len(endpoint.issued) == 2


def test_a_refusal_is_one_line(tsbbot: Run, tmp_path: Path, endpoint: TokenEndpoint) -> None:
    endpoint.deny()
    ran = tsbbot("sign-in", "mailbox", "--config", _configure(tmp_path, endpoint))
    assert ran.status == 1
    assert "said no" in ran.err
    assert not (tmp_path / "mailbox.tokens").exists()


def test_a_server_that_has_a_password_needs_no_sign_in(
    tsbbot: Run, tmp_path: Path, endpoint: TokenEndpoint
) -> None:
    ran = tsbbot("sign-in", "smtp", "--config", _configure(tmp_path, endpoint))
    assert ran.status == 1
    assert "[smtp] signs in by a password" in ran.err


def test_the_letters_may_go_out_as_whoever_reads_the_mailbox(
    tsbbot: Run, tmp_path: Path, endpoint: TokenEndpoint
) -> None:
    endpoint.approve()
    config = _configure(tmp_path, endpoint)
    text = config.read_text(encoding="utf-8").replace(
        "[smtp]", '[smtp]\nusername = "tsbdir@example.org"\noauth2 = "mailbox"'
    )
    config.write_text(text, encoding="utf-8")
    ran = tsbbot("sign-in", "smtp", "--config", config)
    assert ran.status == 0, ran.err
    assert endpoint.issued[0] in (tmp_path / "mailbox.tokens").read_text(encoding="utf-8")


def test_doctor_tells_of_a_secret_that_ends(
    tsbbot: Run, tmp_path: Path, endpoint: TokenEndpoint
) -> None:
    ran = tsbbot("doctor", "--config", _configure(tmp_path, endpoint))
    said = " ".join(ran.out.split())
    assert "note sign-in: the client secret of [mailbox.oauth2] has expired on 1 Jan 2020" in said
    assert "nobody has signed in as tsbdir@example.org yet; tsbbot sign-in mailbox" in said


def test_without_a_configuration_one_line_says_where_to_get_one(tsbbot: Run) -> None:
    ran = tsbbot("sign-in", "mailbox")
    assert ran.status == 1
    assert ran.err.count("\n") == 1
    assert "config.example.toml" in ran.err

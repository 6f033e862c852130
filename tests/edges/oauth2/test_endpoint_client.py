"""Requests to a token endpoint that is away, slow, endless, or somewhere else."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.edges.oauth2.endpoint_client import EndpointClient
from bot.errors import ConfigurationError, TokenError
from tests.support.token_endpoint import HOST, SECRET, TokenEndpoint


@pytest.fixture
def client(endpoint: TokenEndpoint) -> EndpointClient:
    return EndpointClient("mailbox.oauth2", ca_file=endpoint.ca_file, timeout=5)


@contextmanager
def answering(raw: bytes, *, pause: float = 0.0, piece: int = 1 << 20) -> Iterator[str]:
    """A server that sends those bytes, in pieces, whatever it is asked."""
    with socket.create_server((HOST, 0)) as listener:

        def serve() -> None:
            try:
                connection, _ = listener.accept()
                with connection:
                    connection.recv(4096)
                    for at in range(0, len(raw), piece):
                        connection.sendall(raw[at : at + piece])
                        time.sleep(pause)
            except OSError:
                # The client went away, which is what is tested.
                return

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://{HOST}:{listener.getsockname()[1]}/token"
        thread.join(20)


def test_an_answer_is_a_json_object_and_shows_nothing(
    client: EndpointClient, endpoint: TokenEndpoint
) -> None:
    answer = client.post(f"{endpoint.url}/token", data={"grant_type": "client_credentials"})
    assert answer.status_code == 200
    assert answer.content["access_token"] == endpoint.issued[0]
    assert endpoint.issued[0] not in repr(answer)


def test_a_form_arrives_as_it_was_given(client: EndpointClient, endpoint: TokenEndpoint) -> None:
    client.post(f"{endpoint.url}/token", data={"grant_type": "x", "scope": "a b&c=d é"})
    assert endpoint.asked == [("/token", {"grant_type": "x", "scope": "a b&c=d é"})]


@pytest.mark.parametrize(
    ("raw", "status", "said"),
    [
        pytest.param(b"<html>Sign in to the Wi-Fi</html>", 200, "cannot be read", id="a page"),
        pytest.param(b'{"access_token": "abcdef', 200, "cannot be read", id="cut off"),
        pytest.param(b"[]", 200, "cannot be read", id="a list"),
        pytest.param(b"", 200, "cannot be read", id="nothing"),
        pytest.param(b'{"a": "' + b"x" * 500_000 + b'"}', 200, "cannot be read", id="endless"),
        pytest.param(b"[" * 100_000, 200, "cannot be read", id="too deep"),
        pytest.param(b"{}", 500, "cannot answer now (HTTP 500)", id="a failure"),
        pytest.param(b"{}", 429, "cannot answer now (HTTP 429)", id="too many"),
        pytest.param(b"moved", 302, "cannot be read (HTTP 302)", id="somewhere else"),
    ],
)
def test_what_is_no_answer_is_an_error_to_try_again_after(
    client: EndpointClient, endpoint: TokenEndpoint, raw: bytes, status: int, said: str
) -> None:
    endpoint.say(raw, status=status)
    with pytest.raises(TokenError) as caught:
        client.post(f"{endpoint.url}/token", data={"client_secret": SECRET})
    assert said in str(caught.value)
    assert "abcdef" not in str(caught.value)
    assert SECRET not in str(caught.value)
    # Nothing was sent anywhere else.
    assert len(endpoint.asked) == 1


def test_a_silent_endpoint_is_waited_for_so_long_and_no_longer(endpoint: TokenEndpoint) -> None:
    endpoint.be_slow(3)
    client = EndpointClient("mailbox.oauth2", ca_file=endpoint.ca_file, timeout=0.3)
    begun = time.monotonic()
    with pytest.raises(TokenError, match=r"no answer within 0\.3 s"):
        client.post(f"{endpoint.url}/token")
    assert time.monotonic() - begun < 2


def test_an_answer_that_drips_ends_in_time() -> None:
    client = EndpointClient("mailbox.oauth2", ca_file=None, timeout=0.3)
    raw = b"HTTP/1.0 200 OK\r\n\r\n" + b" " * 100
    begun = time.monotonic()
    with (
        answering(raw, pause=0.05, piece=20) as url,
        pytest.raises(TokenError, match=r"no answer within 0\.3 s|cannot be read"),
    ):
        client.get(url)
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"", id="nothing at all"),
        pytest.param(b"SSH-2.0-x\r\n", id="another protocol"),
        pytest.param(b"HTTP/1.0 200 OK\r\nContent-Length: x\r\n\r\n{}x", id="odd length"),
        pytest.param(b"HTTP/1.0 200 OK\r\n" + b"A: b\r\n" * 500 + b"\r\n{}", id="many fields"),
    ],
)
def test_nonsense_is_an_error_of_ours(raw: bytes) -> None:
    client = EndpointClient("mailbox.oauth2", ca_file=None, timeout=2)
    with answering(raw) as url, pytest.raises(TokenError):
        client.get(url)


def test_an_endpoint_that_is_down_is_said(client: EndpointClient) -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(TokenError, match="cannot be reached: Connection refused") as caught:
        client.get(f"http://{HOST}:{port}/token")
    assert "[mailbox.oauth2]" in caught.value.mend


def test_a_certificate_that_nobody_vouches_for_is_refused(endpoint: TokenEndpoint) -> None:
    client = EndpointClient("mailbox.oauth2", ca_file=None, timeout=5)
    with pytest.raises(TokenError, match="certificate is not trusted"):
        client.post(f"{endpoint.url}/token", data={"client_secret": SECRET})
    assert endpoint.asked == []


@pytest.mark.parametrize(
    ("url", "said"),
    [
        pytest.param("http://login.example.org/token", "in clear to login.example.org", id="http"),
        pytest.param("ftp://login.example.org/token", "no address", id="another scheme"),
        pytest.param("login.example.org/token", "no address", id="no scheme"),
        pytest.param("https:///token", "no address", id="no host"),
        pytest.param("https://[::1/token", "no address", id="broken"),
        pytest.param("https://login.example.org:port/", "no address", id="no port"),
        pytest.param("file:///etc/passwd", "no address", id="a file"),
    ],
)
def test_an_address_that_would_give_the_secret_away_is_not_asked(
    client: EndpointClient, url: str, said: str
) -> None:
    with pytest.raises(ConfigurationError, match=said):
        client.post(url, data={"client_secret": SECRET})


def test_authorities_that_cannot_be_used_are_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"\[mailbox\.oauth2\] ca_file"):
        EndpointClient("mailbox.oauth2", ca_file=tmp_path / "none.pem", timeout=5)

"""A provider of tokens on the loopback address, which does as the test tells it.

It speaks as Entra ID does (under `/<tenant>/`), as any provider of RFC 6749 and RFC 8628 does
(`/token`, `/device`), and tells mail servers which tokens are good (RFC 7662, `/introspect`).
"""

import contextlib
import itertools
import json
import ssl
import threading
import time
from base64 import b64decode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, unquote_plus

from tests.support.certificates import write_certificates

HOST = "127.0.0.1"
CLIENT = "client-of-the-tests"
#: What must show up nowhere.
SECRET = "secret-of-the-tests"


class TokenEndpoint:
    """The provider.

    Attributes:
        url: over TLS, without a slash at the end.
        plain_url: the same, without TLS, for a mail server that asks about tokens.
        ca_file: vouches for it under 127.0.0.1.
        username: whom the tokens let in.
        interval: seconds that a device is asked to wait between two questions.
        lifetime: seconds that a token is said to be good for; None: nothing is said.
        more: fields that are added to an answer with a token.
        asked: (path, form) of every request for a token, in order.
        clients: (client, secret) as they signed in with each of these.
        issued: every access token so far.
    """

    def __init__(self, folder: Path) -> None:
        """Prepares it.

        Args:
            folder: for its certificates; empty.
        """
        write_certificates(folder)
        self.ca_file = folder / "ca.pem"
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "server.pem", folder / "server.key")
        handler = type("_BoundHandler", (_Handler,), {"endpoint": self})
        self._servers = [_Server((HOST, 0), handler) for _ in range(2)]
        self._servers[0].socket = context.wrap_socket(
            self._servers[0].socket, server_side=True, do_handshake_on_connect=False
        )
        self.url = f"https://{HOST}:{self._servers[0].server_address[1]}"
        self.plain_url = f"http://{HOST}:{self._servers[1].server_address[1]}"
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Begins anew: a provider that issues tokens for an hour and knows of none yet."""
        self.username = "tsbdir@example.org"
        self.interval: object = 5
        self.lifetime: int | None = 3600
        self.more: dict[str, object] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.clients: list[tuple[str, str]] = []
        self.issued: list[str] = []
        self._good: set[str] = set()
        self._good_refreshes: set[str] = set()
        self._refusal: dict[str, object] | None = None
        self._status = 400
        self._raw: bytes | None = None
        self._times: int | None = None
        self._delay = 0.0
        self._device: dict[str, object] | str = "pending"
        self._pending = 0

    def refuse(self, error: str, described: str = "", *, status: int = 400, **more: object) -> None:
        """Every request for a token is refused from now on (RFC 6749, 5.2)."""
        self._refusal = {"error": error, "error_description": described, **more}
        self._status = status

    def say(self, raw: bytes, *, status: int = 200, times: int | None = None) -> None:
        """Every request for a token is answered so from now on, or so many of them."""
        self._raw, self._status, self._times = raw, status, times

    def be_slow(self, seconds: float) -> None:
        """Every answer takes so long from now on."""
        self._delay = seconds

    def issue(self) -> None:
        """Issues tokens again."""
        self._refusal = self._raw = None
        self._delay = 0.0

    def is_good(self, token: str) -> bool:
        """Whether a token was issued here, and not revoked."""
        with self._lock:
            return token in self._good

    def revoke(self, *tokens: str) -> None:
        """Tokens are good no more, before their time; without any, all of them."""
        with self._lock:
            self._good -= set(tokens or self.issued)

    def revoke_sign_ins(self) -> None:
        """Refresh tokens are good no more."""
        with self._lock:
            self._good_refreshes.clear()

    def approve(self, after: int = 0) -> None:
        """A person signs in with the code that was shown, seen after so many questions."""
        self._device, self._pending = "approved", after

    def deny(self) -> None:
        """A person says no."""
        self._device = "denied"

    def hurry_less(self) -> None:
        """The next question for a device comes too soon (RFC 8628, 3.5)."""
        self._device = "slow_down"

    def refresh_token(self) -> str:
        """A refresh token, as come by elsewhere."""
        refresh = f"refresh-{next(self._numbers)}-of-the-tests"
        with self._lock:
            self._good_refreshes.add(refresh)
        return refresh

    def __enter__(self) -> Self:
        self._threads = [
            threading.Thread(target=server.serve_forever, args=(0.05,)) for server in self._servers
        ]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join(10)

    def answer(self, path: str, form: dict[str, str], client: tuple[str, str]) -> tuple[int, bytes]:
        """What is answered to a request."""
        if path.endswith("/openid-configuration"):
            return _json(200, self._discovery(path.split("/")[1]))
        if path == "/introspect":
            good = self.is_good(form.get("token", ""))
            return _json(
                200, {"active": good, "username": self.username} if good else {"active": False}
            )
        with self._lock:
            self.asked.append((path, form))
            self.clients.append(client)
        if self._delay:
            time.sleep(self._delay)
        if self._raw is not None and self._times != 0:
            self._times = None if self._times is None else self._times - 1
            return self._status, self._raw
        if self._refusal is not None:
            return _json(self._status, self._refusal)
        if path.endswith(("/devicecode", "/device")):
            return _json(200, self._code())
        return self._token(form)

    def _discovery(self, tenant: str) -> dict[str, object]:
        base = f"{self.url}/{tenant}"
        return {
            "issuer": f"{base}/v2.0",
            "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            "token_endpoint": f"{base}/oauth2/v2.0/token",
            "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
        }

    def _code(self) -> dict[str, object]:
        return {
            "device_code": "device-code-of-the-tests",
            "user_code": "WDJB-MJHT",
            "verification_uri": "https://login.example.org/device",
            "expires_in": 900,
            "interval": self.interval,
            "message": "x",
        }

    def _token(self, form: dict[str, str]) -> tuple[int, bytes]:
        grant = form.get("grant_type", "")
        if grant.endswith("device_code"):
            if self._device == "approved" and self._pending == 0:
                return self._issued(refresh=True)
            self._pending = max(self._pending - 1, 0)
            if self._device == "slow_down":
                self._device = "approved"
                return _json(400, {"error": "slow_down"})
            denied = self._device == "denied"
            return _json(400, {"error": "access_denied" if denied else "authorization_pending"})
        if grant == "refresh_token":
            with self._lock:
                good = form.get("refresh_token") in self._good_refreshes
            if not good:
                return _json(400, {"error": "invalid_grant", "error_description": "Token revoked"})
            return self._issued(refresh=False)
        return self._issued(refresh=False)

    def _issued(self, *, refresh: bool) -> tuple[int, bytes]:
        access = f"access-{next(self._numbers)}-of-the-tests"
        with self._lock:
            self.issued.append(access)
            self._good.add(access)
        answer: dict[str, object] = {"access_token": access, "token_type": "Bearer", **self.more}
        if self.lifetime is not None:
            answer["expires_in"] = self.lifetime
        if refresh:
            answer["refresh_token"] = self.refresh_token()
        return _json(200, answer)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away in the middle is none of the tests' business."""


class _Handler(BaseHTTPRequestHandler):
    endpoint: TokenEndpoint

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Keeps the tests' output clean."""

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        form = parse_qs(self.rfile.read(length).decode())
        self._answer({key: values[0] for key, values in form.items()})

    def _answer(self, form: dict[str, str]) -> None:
        client = (form.get("client_id", ""), form.get("client_secret", ""))
        scheme, _, pair = self.headers.get("Authorization", "").partition(" ")
        if scheme == "Basic":
            name, _, secret = b64decode(pair).decode().partition(":")
            client = unquote_plus(name), unquote_plus(secret)
        status, raw = self.endpoint.answer(self.path.partition("?")[0], form, client)
        with contextlib.suppress(OSError):
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            if 300 <= status < 400:
                self.send_header("Location", f"{self.endpoint.url}/token")
            self.end_headers()
            self.wfile.write(raw)


def _json(status: int, content: dict[str, Any]) -> tuple[int, bytes]:
    return status, json.dumps(content).encode()

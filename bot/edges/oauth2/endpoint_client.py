"""Requests to a token endpoint: over TLS, within a time and a size, never led elsewhere."""

import contextlib
import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, urlencode, urlsplit

from bot.edges.transport import network_failure, tls_context
from bot.errors import ConfigurationError, TokenError
from bot.settings import is_loopback

#: No honest answer comes near it.
_LONGEST: Final = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointAnswer:
    """What the endpoint answered: always a JSON object, good or bad.

    The names are those that msal asks of its HTTP client.

    Attributes:
        status_code: of HTTP, below 500.
        text: the JSON; may hold tokens.
        headers: of HTTP.
        content: `text` taken apart; may hold tokens.
    """

    status_code: int
    text: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    content: Mapping[str, Any] = field(repr=False)

    def raise_for_status(self) -> None:
        """What fails on the server's side was raised already."""


class EndpointClient:
    """An HTTP client as small as the purpose; msal takes it for its own (`http_client`)."""

    def __init__(self, section: str, *, ca_file: Path | None, timeout: float) -> None:
        """Connects to nothing yet.

        Args:
            section: of the configuration, to name in errors.
            ca_file: authorities to trust instead of the platform's.
            timeout: seconds that one request may take altogether.

        Raises:
            ConfigurationError: the file of authorities cannot be used.
        """
        self._section = section
        self._timeout = timeout
        self._context = tls_context(section, ca_file)

    def get(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        **_given: object,
    ) -> EndpointAnswer:
        """Asks for a document.

        Raises:
            TokenError: the endpoint is away, fails, or answers with no JSON object.
            ConfigurationError: the address would be asked in clear.
        """
        return self._ask(f"{url}?{urlencode(params)}" if params else url, None, headers)

    def post(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, str] | str | None = None,
        headers: Mapping[str, str] | None = None,
        **_given: object,
    ) -> EndpointAnswer:
        """Sends a form (RFC 6749, appendix B).

        Raises:
            TokenError, ConfigurationError: as with `get`.
        """
        form = data if isinstance(data, str) else urlencode(data or {})
        return self._ask(f"{url}?{urlencode(params)}" if params else url, form.encode(), headers)

    def _ask(
        self, url: str, form: bytes | None, headers: Mapping[str, str] | None
    ) -> EndpointAnswer:
        parts = self._checked(url)
        host = parts.hostname or ""
        where = f"the token endpoint {host}"
        request = urllib.request.Request(  # noqa: S310 - https, or this machine
            url, data=form, headers={"Accept": "application/json", **(headers or {})}
        )
        deadline = time.monotonic() + self._timeout
        try:
            opened = self._opener(host).open(request, timeout=self._timeout)
            with contextlib.closing(opened) as answer:
                status, found = answer.status, dict(answer.headers.items())
                raw = self._read(answer, deadline)
        except urllib.error.URLError as error:
            raise self._failure(where, error.reason) from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise self._failure(where, error) from None
        if status >= 500 or status == 429:
            raise TokenError(
                f"{where} cannot answer now (HTTP {status})", mend="it is tried again later"
            )
        return self._understood(where, status, raw, found)

    def _opener(self, host: str) -> urllib.request.OpenerDirector:
        # The usual one would follow redirections: what is sent holds secrets, and is meant for one
        # place alone. This one hands out whatever answer comes, refusals too.
        opener = urllib.request.OpenerDirector()
        # No proxy leads to this machine.
        opener.add_handler(urllib.request.ProxyHandler({} if is_loopback(host) else None))
        opener.add_handler(urllib.request.HTTPHandler())
        opener.add_handler(urllib.request.HTTPSHandler(context=self._context))
        return opener

    def _read(self, answer: Any, deadline: float) -> bytes:
        pieces: list[bytes] = []
        length = 0
        while length <= _LONGEST:
            piece = answer.read1(16 * 1024)
            if not piece:
                break
            pieces.append(piece)
            length += len(piece)
            if time.monotonic() > deadline:
                raise TimeoutError
        return b"".join(pieces)

    def _understood(
        self, where: str, status: int, raw: bytes, headers: Mapping[str, str]
    ) -> EndpointAnswer:
        text = raw[: _LONGEST + 1].decode("utf-8", "replace")
        try:
            content = json.loads(text) if len(raw) <= _LONGEST else None
        except (ValueError, RecursionError):
            content = None
        if not isinstance(content, dict):
            raise TokenError(
                f"{where} gave an answer that cannot be read (HTTP {status})",
                mend=f"check the addresses in [{self._section}], and that no proxy answers instead",
            )
        return EndpointAnswer(status_code=status, text=text, headers=headers, content=content)

    def _checked(self, url: str) -> SplitResult:
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname, parts.port
        except ValueError:
            parts, host = urlsplit(""), None
        if parts.scheme not in {"https", "http"} or not host:
            raise ConfigurationError(
                f"[{self._section}] names a token endpoint that is no address",
                mend="write it as https://login.example.org/token",
            )
        if parts.scheme == "http" and not is_loopback(host):
            raise ConfigurationError(
                f"[{self._section}] would send the client secret in clear to {host}",
                mend="use https",
            )
        return parts

    def _failure(self, where: str, error: object) -> TokenError:
        if not isinstance(error, OSError):
            return TokenError(
                f"{where} gave an answer that cannot be read", mend="it is tried again later"
            )
        failure = network_failure(error, self._section, self._timeout)
        return TokenError(
            f"{where} cannot be reached: {failure.reason}",
            mend=f"check [{self._section}], the network and its proxy; it is tried again later",
        )

"""A token endpoint that keeps to the standards (RFC 6749, RFC 7523, RFC 8628)."""

import datetime as dt
import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote_plus, urlsplit

import jwt

from bot.edges.oauth2.device_code import DeviceCode, Waiting, device_code_of
from bot.edges.oauth2.endpoint_client import EndpointClient
from bot.edges.oauth2.refusals import refusal
from bot.edges.oauth2.token import Token, token_of
from bot.errors import ConfigurationError, TokenError, TokenRefusedError
from bot.secret_file import read_secret

_DEVICE: Final = "urn:ietf:params:oauth:grant-type:device_code"
_JWT: Final = "urn:ietf:params:oauth:grant-type:jwt-bearer"
#: How long a signed request for a token is good; no provider takes more than an hour.
_CLAIM_LIFE: Final = dt.timedelta(minutes=30)
#: A claim is dated back a little, for an endpoint whose clock is behind.
_SKEW: Final = dt.timedelta(seconds=30)


class Endpoint:
    """Where a client asks for tokens."""

    def __init__(
        self,
        section: str,
        client: EndpointClient,
        *,
        address: str,
        client_id: str = "",
        secret: Callable[[], str | None] = lambda: None,
    ) -> None:
        """Asks for nothing yet.

        Args:
            section: of the configuration, to name in errors.
            client: what requests go through.
            address: of the token endpoint.
            client_id: who we are; empty: the request says so itself.
            secret: the client secret, read anew each time; None: a public client.
        """
        self._section = section
        self._client = client
        self._address = address
        self._client_id = client_id
        self._secret = secret

    @property
    def address(self) -> str:
        """Of the token endpoint."""
        return self._address

    def ask(
        self, now: dt.datetime, form: Mapping[str, str], *, refresh: str | None = None
    ) -> Token:
        """Asks for a token.

        Args:
            now: the present moment.
            form: the grant (RFC 6749, 4 and 6), without the client's own part.
            refresh: the refresh token that is still good if no other one comes.

        Raises:
            TokenError: none can be had now.
            TokenRefusedError: none is given.
            ConfigurationError: the secret cannot be read, or would go in clear.
        """
        answer = self.answer(self._address, form)
        if "error" in answer or "access_token" not in answer:
            raise self.refusal(answer, form)
        return token_of(answer, now, refresh=refresh)

    def answer(self, address: str, form: Mapping[str, str]) -> Mapping[str, Any]:
        """What the endpoint says to a form, good or bad.

        Raises:
            TokenError: it is away.
            ConfigurationError: the secret cannot be read, or would go in clear.
        """
        secret = self._secret()
        headers = {}
        given = {key: value for key, value in form.items() if value}
        if self._client_id and secret:
            # RFC 6749, 2.3.1: every endpoint takes it so; in the form only some do.
            pair = f"{quote_plus(self._client_id)}:{quote_plus(secret)}"
            headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
        elif self._client_id:
            given["client_id"] = self._client_id
        return self._client.post(address, data=given, headers=headers).content

    def refusal(self, answer: Mapping[str, Any], form: Mapping[str, str]) -> TokenError:
        """The error that an answer stands for; repeats nothing secret of the form."""
        secrets = (form.get(key) for key in ("refresh_token", "assertion", "device_code"))
        host = urlsplit(self._address).hostname or ""
        return refusal(self._section, host, answer, self._secret(), *secrets)


class ClientCredentials:
    """The program signs in for itself (RFC 6749, 4.4); see `Grant`."""

    def __init__(self, endpoint: Endpoint, scopes: tuple[str, ...]) -> None:
        self._endpoint = endpoint
        self._scope = " ".join(scopes)

    def obtain(self, kept: Token | None, now: dt.datetime) -> Token:
        """See `Grant`."""
        del kept
        return self._endpoint.ask(now, {"grant_type": "client_credentials", "scope": self._scope})


class Refreshing:
    """A refresh token gets the next access token (RFC 6749, 6); see `Grant`."""

    def __init__(self, endpoint: Endpoint, first: Callable[[], str]) -> None:
        """Asks for nothing yet.

        Args:
            endpoint: where.
            first: the refresh token to begin with; raises where there is none.
        """
        self._endpoint = endpoint
        self._first = first

    def obtain(self, kept: Token | None, now: dt.datetime) -> Token:
        """See `Grant`."""
        if kept is None or kept.refresh is None:
            return self._refreshed(self._first(), now)
        try:
            return self._refreshed(kept.refresh, now)
        except TokenRefusedError:
            # A person may have put another one into the file meanwhile.
            given = self._first()
            if given == kept.refresh:
                raise
            return self._refreshed(given, now)

    def _refreshed(self, refresh: str, now: dt.datetime) -> Token:
        form = {"grant_type": "refresh_token", "refresh_token": refresh}
        return self._endpoint.ask(now, form, refresh=refresh)


class DeviceEndpoint(Refreshing):
    """A person signs in once on another device (RFC 8628); see `DeviceGrant` and `Grant`."""

    def __init__(
        self,
        endpoint: Endpoint,
        first: Callable[[], str],
        *,
        address: str,
        scopes: tuple[str, ...],
    ) -> None:
        """Asks for nothing yet.

        Args:
            endpoint: where tokens come from.
            first: raises, since nobody has signed in.
            address: where codes come from.
            scopes: what the token is for.
        """
        super().__init__(endpoint, first)
        self._address = address
        self._scope = " ".join(scopes)

    def obtain(self, kept: Token | None, now: dt.datetime) -> Token:
        """See `Grant`; the sign-in alone counts, there is no file to fall back on."""
        if kept is None or kept.refresh is None:
            return self._refreshed(self._first(), now)
        return self._refreshed(kept.refresh, now)

    def begin(self, now: dt.datetime) -> DeviceCode:
        """See `DeviceGrant`."""
        form = {"scope": self._scope}
        answer = self._endpoint.answer(self._address, form)
        if "error" in answer:
            raise self._endpoint.refusal(answer, form)
        return device_code_of(answer, now)

    def poll(self, code: DeviceCode, now: dt.datetime) -> Token | Waiting:
        """See `DeviceGrant`."""
        form = {"grant_type": _DEVICE, "device_code": code.device_code}
        answer = self._endpoint.answer(self._endpoint.address, form)
        if answer.get("error") in {each.value for each in Waiting}:
            return Waiting(answer["error"])
        if "error" in answer:
            raise self._endpoint.refusal(answer, form)
        return token_of(answer, now, refresh=None)


class ServiceAccount:
    """A key that may act for a mailbox signs each request (RFC 7523, 2.1); see `Grant`."""

    def __init__(
        self, endpoint: Endpoint, key_file: Path, *, username: str, scopes: tuple[str, ...]
    ) -> None:
        """Reads nothing yet.

        Args:
            endpoint: where.
            key_file: as Google Workspace hands it out, JSON.
            username: the mailbox that it acts for.
            scopes: what the token is for.
        """
        self._endpoint = endpoint
        self._key_file = key_file
        self._username = username
        self._scope = " ".join(scopes)

    def obtain(self, kept: Token | None, now: dt.datetime) -> Token:
        """See `Grant`."""
        del kept
        claim = {
            "sub": self._username,
            "scope": self._scope,
            "aud": self._endpoint.address,
            "iat": int((now - _SKEW).timestamp()),
            "exp": int((now + _CLAIM_LIFE).timestamp()),
        }
        return self._endpoint.ask(now, {"grant_type": _JWT, "assertion": self._signed(claim)})

    def _signed(self, claim: Mapping[str, Any]) -> str:
        written = read_secret(self._key_file, "service_account_file")
        try:
            key = json.loads(written)
            return jwt.encode(
                {"iss": key["client_email"], **claim},
                key["private_key"],
                algorithm="RS256",
                headers={"kid": key["private_key_id"]},
            )
        # What the libraries raise on a damaged key; they may quote it.
        except (ValueError, KeyError, TypeError, jwt.PyJWTError):
            raise ConfigurationError(
                f"the service account file {self._key_file} holds no key that can be used",
                mend="download the key anew (JSON), and name it in service_account_file",
            ) from None

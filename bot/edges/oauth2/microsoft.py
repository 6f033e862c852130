"""Tokens of Microsoft 365, by msal: Entra ID's own way of asking (its v2.0 endpoints)."""

import datetime as dt
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import msal  # type: ignore[import-untyped]  # ships no py.typed

from bot.edges.oauth2.device_code import DeviceCode, Waiting, device_code_of
from bot.edges.oauth2.endpoint_client import EndpointClient
from bot.edges.oauth2.refusals import refusal
from bot.edges.oauth2.token import Token, token_of
from bot.errors import ConfigurationError, TokenError, TokenRefusedError
from bot.secret_file import read_secret

#: msal asks for these by itself, and takes them from nobody else.
_ITS_OWN: Final = frozenset({"openid", "profile", "offline_access"})

# What it has to say comes back as an answer; its log would quote answers that hold tokens.
logging.getLogger("msal").setLevel(logging.CRITICAL)


class Tenant:
    """An application in a tenant of Entra ID, as msal sees it: with nothing remembered."""

    def __init__(
        self, section: str, client: EndpointClient, *, authority: str, tenant: str, client_id: str
    ) -> None:
        """Asks for nothing yet.

        Args:
            section: of the configuration, to name in errors.
            client: what requests go through.
            authority: the cloud's address, without the tenant.
            tenant: its domain or identifier.
            client_id: of the application.
        """
        self._section = section
        self._client = client
        self._authority = f"{authority.rstrip('/')}/{tenant}"
        self._client_id = client_id

    def application(self, credential: str | Mapping[str, str] | None) -> Any:
        """The application: confidential with a credential, public without one.

        Raises:
            TokenError, TokenRefusedError: the tenant's endpoints cannot be found.
        """
        kind = (
            msal.PublicClientApplication
            if credential is None
            else (msal.ConfidentialClientApplication)
        )
        with self.understood():
            return kind(
                self._client_id,
                client_credential=credential,
                authority=self._authority,
                http_client=self._client,
                # Another cloud is trusted because the configuration names it.
                instance_discovery=False,
                token_cache=msal.TokenCache(),
            )

    @contextmanager
    def understood(self) -> Iterator[None]:
        """Translates what msal raises where it cannot go on.

        Raises:
            TokenError, TokenRefusedError: instead.
        """
        try:
            yield
        except TokenError:
            raise
        # ValueError: no such tenant, or a credential or an answer that it cannot understand; it
        # may quote either. The others: an answer without what must be in it.
        except (ValueError, KeyError, TypeError, RuntimeError, AttributeError):
            host = urlsplit(self._authority).hostname
            raise TokenRefusedError(
                f"the token endpoint {host} and [{self._section}] do not fit together",
                mend="check tenant, authority, and the certificate or secret",
            ) from None

    def token(
        self, answer: Mapping[str, Any], now: dt.datetime, *secrets: str | None, refresh: str | None
    ) -> Token:
        """The token in msal's answer.

        Raises:
            TokenError, TokenRefusedError: there is none in it.
        """
        if "access_token" not in answer:
            raise self.refusal(answer, *secrets)
        return token_of(answer, now, refresh=refresh)

    def refusal(self, answer: Mapping[str, Any], *secrets: str | None) -> TokenError:
        """The error that an answer stands for."""
        host = urlsplit(self._authority).hostname or ""
        return refusal(self._section, host, answer, *secrets)


class MicrosoftApplication:
    """The program signs in for itself, by a secret or a certificate; see `Grant`."""

    def __init__(
        self,
        tenant: Tenant,
        *,
        secret: Callable[[], str | None],
        certificate_file: Path | None,
        scopes: tuple[str, ...],
    ) -> None:
        """Asks for nothing yet.

        Args:
            tenant: where.
            secret: the client secret, read anew each time.
            certificate_file: instead of it: private key and certificate, PEM.
            scopes: what the token is for.
        """
        self._tenant = tenant
        self._secret = secret
        self._certificate_file = certificate_file
        self._scopes = scopes

    def obtain(self, kept: Token | None, now: dt.datetime) -> Token:
        """See `Grant`."""
        del kept
        secret = None if self._certificate_file else self._secret()
        application = self._tenant.application(secret or self._certificate())
        with self._tenant.understood():
            answer = application.acquire_token_for_client(scopes=list(self._scopes))
        return self._tenant.token(answer, now, secret, refresh=None)

    def _certificate(self) -> dict[str, str]:
        assert self._certificate_file is not None
        pem = read_secret(self._certificate_file, "certificate_file")
        if "PRIVATE KEY" not in pem or "BEGIN CERTIFICATE" not in pem:
            raise ConfigurationError(
                f"{self._certificate_file} does not hold both a private key and its certificate",
                mend="put both into certificate_file, in PEM form",
            )
        return {"private_key": pem, "public_certificate": pem}


class MicrosoftDevice:
    """A person signs in once on another device; see `DeviceGrant` and `Grant`."""

    def __init__(
        self, tenant: Tenant, *, first: Callable[[], str], scopes: tuple[str, ...]
    ) -> None:
        """Asks for nothing yet.

        Args:
            tenant: where.
            first: raises, since nobody has signed in.
            scopes: what the token is for.
        """
        self._tenant = tenant
        self._first = first
        self._scopes = [scope for scope in scopes if scope not in _ITS_OWN]

    def obtain(self, kept: Token | None, now: dt.datetime) -> Token:
        """See `Grant`."""
        refresh = kept.refresh if kept is not None and kept.refresh else self._first()
        application = self._tenant.application(None)
        with self._tenant.understood():
            answer = application.acquire_token_by_refresh_token(refresh, scopes=self._scopes)
        return self._tenant.token(answer, now, refresh, refresh=refresh)

    def begin(self, now: dt.datetime) -> DeviceCode:
        """See `DeviceGrant`."""
        application = self._tenant.application(None)
        with self._tenant.understood():
            answer = application.initiate_device_flow(scopes=self._scopes)
        if "user_code" not in answer:
            raise self._tenant.refusal(answer)
        return device_code_of(answer, now)

    def poll(self, code: DeviceCode, now: dt.datetime) -> Token | Waiting:
        """See `DeviceGrant`."""
        application = self._tenant.application(None)
        with self._tenant.understood():
            # Asked once; the wait is ours.
            answer = application.acquire_token_by_device_flow(
                {"device_code": code.device_code, "interval": 1},
                exit_condition=lambda _flow: True,
            )
        if answer.get("error") in {each.value for each in Waiting}:
            return Waiting(answer["error"])
        return self._tenant.token(answer, now, code.device_code, refresh=None)

"""From the configuration to the tokens of an account."""

import hashlib
from collections.abc import Callable
from functools import partial
from typing import Final, assert_never

from bot.edges.clock import Clock
from bot.edges.oauth2.account_tokens import AccountTokens, Grant
from bot.edges.oauth2.device_code import DeviceGrant
from bot.edges.oauth2.endpoint import (
    ClientCredentials,
    DeviceEndpoint,
    Endpoint,
    Refreshing,
    ServiceAccount,
)
from bot.edges.oauth2.endpoint_client import EndpointClient
from bot.edges.oauth2.microsoft import MicrosoftApplication, MicrosoftDevice, Tenant
from bot.edges.oauth2.token_cache import TokenCache
from bot.errors import ConfigurationError, TokenRefusedError
from bot.secret_file import read_secret
from bot.settings.oauth2 import Flow, OAuth2Settings, Provider

_GOOGLE: Final = "https://oauth2.googleapis.com/token"
#: Seconds that one request may take: a mailbox server would not wait for longer either.
_TIMEOUT: Final = 30.0


def account_tokens(
    server: str,
    username: str,
    oauth2: OAuth2Settings,
    clock: Clock,
    *,
    timeout: float = _TIMEOUT,
) -> AccountTokens:
    """The tokens that a mailbox or submission server is shown; asks for nothing yet.

    Args:
        server: "mailbox" or "smtp", to name in errors.
        username: the address of the mailbox.
        oauth2: as configured.
        clock: the real one.
        timeout: seconds that one request may take.

    Raises:
        ConfigurationError: the file of authorities cannot be used.
    """
    return AccountTokens(
        _name(username, oauth2),
        grant=_grant(server, username, oauth2, timeout),
        cache=TokenCache(oauth2.token_cache),
        clock=clock,
    )


def device_grant(
    server: str, username: str, oauth2: OAuth2Settings, *, timeout: float = _TIMEOUT
) -> DeviceGrant | None:
    """Where a person signs in on another device; None: nobody needs to.

    Raises:
        ConfigurationError: the file of authorities cannot be used.
    """
    grant = _grant(server, username, oauth2, timeout)
    return grant if isinstance(grant, MicrosoftDevice | DeviceEndpoint) else None


def _name(username: str, oauth2: OAuth2Settings) -> str:
    """What names an account in the file: the same for mailbox and submission where it is one."""
    # A program that signs in for itself has the same token for every mailbox.
    whose = "" if oauth2.flow is Flow.CLIENT_CREDENTIALS else username
    issuer = (oauth2.authority, oauth2.tenant, oauth2.token_endpoint, oauth2.service_account_file)
    parts = (oauth2.provider, oauth2.flow, *issuer, oauth2.client_id, *oauth2.scopes, whose)
    digest = hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()
    return f"{oauth2.provider}-{digest[:24]}"


def _grant(
    server: str, username: str, oauth2: OAuth2Settings, timeout: float
) -> Grant | MicrosoftDevice | DeviceEndpoint:
    section = f"{server}.oauth2"
    client = EndpointClient(section, ca_file=oauth2.ca_file, timeout=timeout)
    if oauth2.provider is Provider.MICROSOFT:
        tenant = Tenant(
            section,
            client,
            authority=oauth2.authority,
            tenant=oauth2.tenant,
            client_id=oauth2.client_id,
        )
        if oauth2.flow is Flow.DEVICE:
            return MicrosoftDevice(
                tenant, first=partial(_nobody, server, username), scopes=oauth2.scopes
            )
        return MicrosoftApplication(
            tenant,
            secret=oauth2.secret,
            certificate_file=oauth2.certificate_file,
            scopes=oauth2.scopes,
        )
    usual = _GOOGLE if oauth2.provider is Provider.GOOGLE else ""
    endpoint = Endpoint(
        section,
        client,
        address=oauth2.token_endpoint or usual,
        client_id=oauth2.client_id,
        secret=oauth2.secret,
    )
    match oauth2.flow:
        case Flow.CLIENT_CREDENTIALS:
            return ClientCredentials(endpoint, oauth2.scopes)
        case Flow.DEVICE:
            return DeviceEndpoint(
                endpoint,
                partial(_nobody, server, username),
                address=oauth2.device_endpoint,
                scopes=oauth2.scopes,
            )
        case Flow.REFRESH_TOKEN:
            return Refreshing(endpoint, _from_file(oauth2))
        case Flow.SERVICE_ACCOUNT:
            key_file = oauth2.service_account_file
            assert key_file is not None
            return ServiceAccount(endpoint, key_file, username=username, scopes=oauth2.scopes)
        case _:
            assert_never(oauth2.flow)


def _from_file(oauth2: OAuth2Settings) -> Callable[[], str]:
    path = oauth2.refresh_token_file
    if path is None:
        raise ConfigurationError("refresh_token_file is missing", mend="name it in oauth2")
    return partial(read_secret, path, "refresh_token_file")


def _nobody(server: str, username: str) -> str:
    raise TokenRefusedError(
        f"nobody has signed in as {username} yet", mend=f"tsbbot sign-in {server}"
    )

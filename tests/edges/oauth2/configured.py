"""Accounts at the provider of the tests, as a configuration names them."""

from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.settings.oauth2 import Flow, OAuth2Settings, Provider
from tests.support.token_endpoint import CLIENT, SECRET, TokenEndpoint

USERNAME = "tsbdir@example.org"


def microsoft(endpoint: TokenEndpoint, cache: Path, **more: Any) -> OAuth2Settings:
    """An application in a tenant; a secret is its proof unless a certificate is given."""
    proof = {} if "certificate_file" in more else {"client_secret": SecretStr(SECRET)}
    given: dict[str, Any] = {
        "provider": Provider.MICROSOFT,
        "flow": Flow.CLIENT_CREDENTIALS,
        "tenant": "tenant",
        "client_id": CLIENT,
        "authority": endpoint.url,
        "token_cache": cache,
        "ca_file": endpoint.ca_file,
        **proof,
    }
    return OAuth2Settings(**{**given, **more})


def other(endpoint: TokenEndpoint, cache: Path, **more: Any) -> OAuth2Settings:
    """A client of a provider that keeps to the standards."""
    given: dict[str, Any] = {
        "provider": Provider.OTHER,
        "flow": Flow.CLIENT_CREDENTIALS,
        "client_id": CLIENT,
        "client_secret": SecretStr(SECRET),
        "scope": "mail",
        "token_endpoint": f"{endpoint.url}/token",
        "device_endpoint": f"{endpoint.url}/device",
        "token_cache": cache,
        "ca_file": endpoint.ca_file,
    }
    return OAuth2Settings(**{**given, **more})

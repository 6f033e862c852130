"""`[mailbox.oauth2]` and `[smtp.oauth2]`: sign-in by a token instead of a password (RFC 6749)."""

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, SecretStr, model_validator

from bot.secret_file import read_secret


class Provider(StrEnum):
    """Whose tokens they are."""

    #: Microsoft 365: Entra ID and Exchange Online.
    MICROSOFT = "microsoft"
    #: Gmail and Google Workspace.
    GOOGLE = "google"
    #: Any server that keeps to RFC 6749, with the endpoints given.
    OTHER = "other"


class Flow(StrEnum):
    """How a token is come by."""

    #: The program signs in for itself (RFC 6749, 4.4).
    CLIENT_CREDENTIALS = "client_credentials"
    #: A person signs in once, on any device: `tsbbot sign-in` (RFC 8628).
    DEVICE = "device"
    #: A key of Google Workspace that may act for the mailbox (RFC 7523).
    SERVICE_ACCOUNT = "service_account"
    #: A refresh token that was come by elsewhere (RFC 6749, 6).
    REFRESH_TOKEN = "refresh_token"  # noqa: S105 - the name of a flow


#: Stands for any of the keys that prove who the program is.
_PROOF: Final = "client_secret_file"
#: What may be combined, and the keys that it needs.
_NEEDS: Final[dict[tuple[Provider, Flow], tuple[str, ...]]] = {
    (Provider.MICROSOFT, Flow.CLIENT_CREDENTIALS): ("tenant", "client_id", _PROOF),
    (Provider.MICROSOFT, Flow.DEVICE): ("tenant", "client_id"),
    (Provider.GOOGLE, Flow.SERVICE_ACCOUNT): ("service_account_file",),
    (Provider.GOOGLE, Flow.REFRESH_TOKEN): ("client_id", _PROOF, "refresh_token_file"),
    (Provider.OTHER, Flow.CLIENT_CREDENTIALS): ("client_id", _PROOF, "token_endpoint"),
    (Provider.OTHER, Flow.DEVICE): ("client_id", "token_endpoint", "device_endpoint"),
    (Provider.OTHER, Flow.REFRESH_TOKEN): ("client_id", "token_endpoint", "refresh_token_file"),
}
_SCOPES: Final[dict[tuple[Provider, Flow], str]] = {
    (Provider.MICROSOFT, Flow.CLIENT_CREDENTIALS): "https://outlook.office365.com/.default",
    (Provider.MICROSOFT, Flow.DEVICE): (
        "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send"
    ),
    (Provider.GOOGLE, Flow.SERVICE_ACCOUNT): "https://mail.google.com/",
}


class OAuth2Settings(BaseModel):
    """Where tokens come from and who may have them.

    Attributes:
        provider, flow: see `Provider` and `Flow`.
        tenant: of Microsoft 365: its domain or identifier.
        client_id: of the application that was registered for this program.
        client_secret: better left to `client_secret_file` or the environment.
        client_secret_file: a file that holds the secret and nothing else.
        certificate_file: instead of a secret, of Microsoft 365: private key and certificate, PEM.
        service_account_file: of Google Workspace: the key as downloaded, JSON.
        refresh_token_file: holds a refresh token that was come by elsewhere.
        scope: what the token is for, separated by blanks; empty: mailbox and submission.
        authority: of Microsoft 365: another cloud than the world-wide one.
        token_endpoint, device_endpoint: of any other provider.
        token_cache: where tokens are kept between runs; several accounts may share it.
        secret_expires: the day on which the client secret or certificate ends; None: unknown.
        ca_file: a certificate authority to trust instead of the platform's.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    provider: Provider
    flow: Flow
    tenant: str = ""
    client_id: str = ""
    client_secret: SecretStr | None = None
    client_secret_file: Path | None = None
    certificate_file: Path | None = None
    service_account_file: Path | None = None
    refresh_token_file: Path | None = None
    scope: str = ""
    authority: str = "https://login.microsoftonline.com"
    token_endpoint: str = ""
    device_endpoint: str = ""
    token_cache: Path = Path("mailbox.tokens")
    secret_expires: dt.date | None = None
    ca_file: Path | None = None

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        if (self.provider, self.flow) == (Provider.GOOGLE, Flow.DEVICE):
            raise ValueError(
                "Google lets nobody into Gmail by the device flow; use"
                ' flow = "service_account" or "refresh_token"'
            )
        needs = _NEEDS.get((self.provider, self.flow))
        if needs is None:
            able = ", ".join(f'"{flow}"' for provider, flow in _NEEDS if provider is self.provider)
            raise ValueError(f'provider = "{self.provider}" goes with flow = {able}')
        for key in needs:
            if not (self._proof() if key == _PROOF else getattr(self, key)):
                raise ValueError(
                    f'{key} is missing, which provider = "{self.provider}" needs for'
                    f' flow = "{self.flow}"'
                )
        return self

    @property
    def scopes(self) -> tuple[str, ...]:
        """What the token is for."""
        return tuple((self.scope or _SCOPES.get((self.provider, self.flow), "")).split())

    def secret(self) -> str | None:
        """The client secret from its file or its key; None where none is given.

        Raises:
            ConfigurationError: the file cannot be read or is empty.
        """
        if self.client_secret_file is not None:
            return read_secret(self.client_secret_file, "client_secret_file")
        return self.client_secret.get_secret_value() if self.client_secret is not None else None

    def _proof(self) -> bool:
        by_certificate = self.provider is Provider.MICROSOFT and self.certificate_file is not None
        return bool(self.client_secret or self.client_secret_file or by_certificate)

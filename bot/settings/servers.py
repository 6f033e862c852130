"""`[mailbox]`, `[smtp]`, `[watch.smtp]`: servers, how one signs in to them, how the way is protected."""

import ipaddress
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, field_validator, model_validator

from bot.mail.bounces.return_address import ReturnAddress
from bot.secret_file import read_secret
from bot.settings.oauth2 import OAuth2Settings
from bot.settings.section import Section


class Security(StrEnum):
    """How a connection is protected."""

    #: TLS from the first byte (RFC 8314).
    TLS = "tls"
    #: Plain at first, TLS before anything is said.
    STARTTLS = "starttls"
    #: None at all: only for this machine's own servers.
    PLAIN = "plain"


class PasswordServerSettings(Section):
    """A server that one signs in to by a password.

    Attributes:
        host: name of the server; its certificate must bear it.
        port: None: the usual one for the protocol and its security.
        security: see `Security`.
        username: to sign in with.
        password: better left to `password_file` or the environment.
        password_file: a file that holds the password and nothing else.
        ca_file: a certificate authority to trust instead of the platform's.
        timeout_seconds: of every wait for the server.
    """

    host: str = Field(min_length=1)
    port: int | None = Field(default=None, ge=1, le=65535)
    security: Security = Security.TLS
    username: str = ""
    password: SecretStr | None = None
    password_file: Path | None = None
    ca_file: Path | None = None
    timeout_seconds: float = Field(default=60, gt=0, le=3600)

    @model_validator(mode="after")
    def _plain_stays_at_home(self) -> Self:
        if self.security is Security.PLAIN and not is_loopback(self.host):
            raise ValueError(
                f'security = "plain" would send the password in clear to {self.host};'
                ' use "tls" or "starttls" (plain is for this machine\'s own servers)'
            )
        return self

    def secret(self) -> str | None:
        """The password from its file or its key; None where none is given.

        Raises:
            ConfigurationError: the file cannot be read or is empty.
        """
        if self.password_file is not None:
            return read_secret(self.password_file, "password_file")
        return self.password.get_secret_value() if self.password is not None else None


class ServerSettings(PasswordServerSettings):
    """What the mailbox and the submission server have in common.

    Attributes:
        oauth2: sign-in by a token instead; in `[smtp]`, "mailbox" means the mailbox's own.
    """

    oauth2: OAuth2Settings | None = None

    @model_validator(mode="after")
    def _one_way_in(self) -> Self:
        if self.oauth2 is None:
            return self
        if self.password is not None or self.password_file is not None:
            raise ValueError("both a password and oauth2 are given; keep one of them")
        if not self.username:
            raise ValueError("username is empty; oauth2 needs the address of the mailbox there")
        return self


class MailboxSettings(ServerSettings):
    """`[mailbox]`: the IMAP server and how it is watched.

    Attributes:
        folder: the one that replies come into.
        processed_folder: where settled replies are moved to; empty: they stay where they are.
        poll_seconds: between two rounds.
        idle: whether to let the server tell of new mail (RFC 2177) while waiting.
    """

    folder: str = "INBOX"
    processed_folder: str = ""
    poll_seconds: float = Field(default=60, ge=1, le=86_400)
    idle: bool = True

    @property
    def account(self) -> str:
        """What names the account in the record: "user@host"."""
        return f"{self.username}@{self.host}"


class SmtpSettings(ServerSettings):
    """`[smtp]`: the submission server and who the letters are from.

    Attributes:
        sender: "TSB <tsbdir@itu.int>"; None: the first circular's reply address.
        return_address: "tsbdir+b-{letter}@itu.int": under which each letter goes out, so that a
            bounce tells which one it is about; empty: all go out under the sender's.
    """

    sender: str | None = None
    return_address: str = ""

    @field_validator("return_address")
    @classmethod
    def _makes_addresses(cls, pattern: str) -> str:
        ReturnAddress(address="", pattern=pattern)
        return pattern


class AlarmSmtpSettings(PasswordServerSettings):
    """`[watch.smtp]`: the server that takes alarms; of another provider than the mailbox's.

    Attributes:
        sender: address that alarms are from.
    """

    sender: str = Field(min_length=3)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself (127.0.0.0/8, ::1, localhost)."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() in {"localhost", "localhost.localdomain", "ip6-localhost"}

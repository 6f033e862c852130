"""The configuration: `config.toml`, with secrets from files or the environment.

`config.example.toml` lists every key with its default. A variable `TSBBOT_MAILBOX__PASSWORD` stands
above the file's `[mailbox] password`, and so for every key.
"""

import copy
import difflib
import ipaddress
import tomllib
from collections.abc import Sequence
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any, Self, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.errors import ConfigurationError
from bot.oauth2_settings import OAuth2Settings
from bot.secret_file import read_secret


class Security(StrEnum):
    """How a connection is protected."""

    #: TLS from the first byte (RFC 8314).
    TLS = "tls"
    #: Plain at first, TLS before anything is said.
    STARTTLS = "starttls"
    #: None at all: only for this machine's own servers.
    PLAIN = "plain"


class Section(BaseModel):
    """A table of the file: a key that it does not know is an error, not a silent nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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
    """

    sender: str | None = None


class DatabaseSettings(Section):
    """`[database]`."""

    url: str = "sqlite:///tsbbot.db"


class ArchiveSettings(Section):
    """`[archive]`: where raw messages are kept."""

    path: Path = Path("archive")


class MembersSettings(Section):
    """`[members]`: the register's file; None: what was imported with `tsbbot members import`."""

    file: Path | None = None


class AuthenticitySettings(Section):
    """`[authenticity]`: whose word on a sender is believed (RFC 8601).

    Attributes:
        authserv_id: the receiving server's name in its Authentication-Results.
        require: whether a sender that it does not vouch for waits for a person.
    """

    authserv_id: str = ""
    require: bool = True

    @model_validator(mode="after")
    def _required_of_somebody(self) -> Self:
        if self.require and not self.authserv_id:
            raise ValueError(
                "authserv_id is empty, so no sender could ever be believed; give the name that"
                " the receiving server writes into Authentication-Results, or say require = false"
            )
        return self


class ReadingSettings(Section):
    """`[reading]`: what counts without a person.

    Attributes:
        confirm_scans: whether a form that was read off a picture waits until a person has confirmed
            the reading, however plain it is.
    """

    confirm_scans: bool = True


class SecretariatSettings(Section):
    """`[secretariat]`: the people.

    Attributes:
        digest_to: who gets the daily digest; nobody: none is sent.
        digest_at: "07:00", in `timezone`.
        timezone: IANA name.
        reviewers: addresses that may decide on the review page.
        readers: addresses that may look at it and decide nothing.
        count_observers: whether the State of Palestine (Res. 99) enters the percentage.
    """

    digest_to: tuple[str, ...] = ()
    digest_at: str = Field(default="07:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    timezone: str = "Europe/Zurich"
    reviewers: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    count_observers: bool = False

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f'no time zone is called "{value}"; try "Europe/Zurich"') from error
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The time zone itself."""
        return ZoneInfo(self.timezone)


class RemindersSettings(Section):
    """`[reminders]`: on which days before the deadline, and from which hour of the secretariat's day."""

    days_before: tuple[int, ...] = (30, 14, 7, 2)
    hour: int = Field(default=9, ge=0, le=23)


class ReviewSettings(Section):
    """`[review]`: the review page.

    Attributes:
        host, port: that it listens at.
        base_url: how people reach it: "https://tsbbot.example.org"; empty: by host and port.
        secret_file: what cookies and forms are sealed with; None: a secret that ends with the
            process, and every session with it.
        trusted_proxy_header: header field in which a proxy says who is signed in there; empty: none
            is believed, and people sign in by a link.
        trusted_proxies: addresses that it is believed from.
    """

    host: str = "127.0.0.1"
    port: int = Field(default=8106, ge=0, le=65535)
    base_url: str = ""
    secret_file: Path | None = None
    trusted_proxy_header: str = Field(default="", pattern=r"^[A-Za-z0-9-]*$")
    trusted_proxies: tuple[str, ...] = ("127.0.0.1", "::1")

    @field_validator("base_url")
    @classmethod
    def _an_origin(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (
            parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/")
        ):
            raise ValueError(f'"{value}" is no address of a site; write https://tsbbot.example.org')
        return value.rstrip("/")


class LimitsSettings(Section):
    """`[limits]`: what one message may cost.

    Attributes:
        message_mb: a larger message is not fetched, but held for a person.
        attachment_mb: a larger part is not read.
        parse_seconds, parse_mb: of reading one file.
        processes: how many files are read at once.
        answers_per_sender_per_day: letters to one address in 24 hours; the rest goes to a person.
        round_seconds: that may pass within a round without a commit; then the process ends, to be
            started anew.
    """

    message_mb: int = Field(default=60, ge=1, le=2048)
    attachment_mb: int = Field(default=40, ge=1, le=2048)
    parse_seconds: float = Field(default=60, gt=0, le=3600)
    parse_mb: int = Field(default=2048, ge=256)
    processes: int = Field(default=2, ge=1, le=64)
    answers_per_sender_per_day: int = Field(default=20, ge=1)
    round_seconds: float = Field(default=1800, ge=1, le=86_400)


class RetentionSettings(Section):
    """`[retention]`: how long the contents of a closed circular are kept at least."""

    days_after_deadline: int = Field(default=365, ge=0)


class AlarmSmtpSettings(PasswordServerSettings):
    """`[watch.smtp]`: the server that takes alarms; of another provider than the mailbox's.

    Attributes:
        sender: address that alarms are from.
    """

    sender: str = Field(min_length=3)


class WatchSettings(Section):
    """`[watch]`: how people learn that the worker itself has trouble.

    Attributes:
        heartbeat_file: written anew after each round; None: none is.
        alarm_command: a program and its arguments, which gets the text on its standard input.
        alarm_to: addresses that are told by way of `smtp`.
        alarm_after_minutes: so long a trouble lasts before it is told.
        smtp: None: alarms go out by the command alone.
    """

    heartbeat_file: Path | None = None
    alarm_command: tuple[str, ...] = ()
    alarm_to: tuple[str, ...] = ()
    alarm_after_minutes: float = Field(default=15, ge=0, le=1440)
    smtp: AlarmSmtpSettings | None = None

    @model_validator(mode="after")
    def _somebody_by_some_way(self) -> Self:
        if bool(self.alarm_to) is not (self.smtp is not None):
            raise ValueError("alarm_to and [watch.smtp] go together; one of them is missing")
        return self


class Settings(BaseSettings):
    """The whole configuration; paths are absolute once it is loaded."""

    model_config = SettingsConfigDict(
        env_prefix="TSBBOT_", env_nested_delimiter="__", extra="forbid", frozen=True
    )

    circulars: tuple[Path, ...] = ()
    templates: Path | None = None
    mailbox: MailboxSettings
    smtp: SmtpSettings
    database: DatabaseSettings = DatabaseSettings()
    archive: ArchiveSettings = ArchiveSettings()
    members: MembersSettings = MembersSettings()
    authenticity: AuthenticitySettings
    reading: ReadingSettings = ReadingSettings()
    secretariat: SecretariatSettings = SecretariatSettings()
    reminders: RemindersSettings = RemindersSettings()
    review: ReviewSettings = ReviewSettings()
    limits: LimitsSettings = LimitsSettings()
    retention: RetentionSettings = RetentionSettings()
    watch: WatchSettings = WatchSettings()

    @model_validator(mode="before")
    @classmethod
    def _one_sign_in_for_both(cls, given: Any) -> Any:
        """`[smtp] oauth2 = "mailbox"`: the letters go out as whoever reads the mailbox."""
        if not isinstance(given, dict):
            return given
        smtp, mailbox = given.get("smtp"), given.get("mailbox")
        if not (isinstance(smtp, dict) and smtp.get("oauth2") == "mailbox"):
            return given
        own = mailbox.get("oauth2") if isinstance(mailbox, dict) else None
        if own is None:
            raise ValueError('[smtp] oauth2 = "mailbox", but [mailbox] has no oauth2')
        return {**given, "smtp": {**smtp, "oauth2": own}}

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment stands above the file, which comes in by way of the constructor."""
        del settings_cls, dotenv_settings, file_secret_settings
        return env_settings, init_settings

    @cached_property
    def observers(self) -> frozenset[str]:
        """Who is recorded outside of the percentage."""
        return frozenset() if self.secretariat.count_observers else frozenset({"PSE"})


def load_settings(path: Path) -> Settings:
    """Reads a configuration file.

    Raises:
        ConfigurationError: it cannot be read, is no TOML, or a key is wrong; names the key.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"no configuration: {path} cannot be read ({error.strerror})",
            mend="copy config.example.toml to config.toml and fill it in, or name it with --config",
        ) from error
    try:
        table = tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path} is not UTF-8", mend="save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(
            f"{path} is not valid TOML: {error}", mend="mend that line"
        ) from error
    try:
        return Settings(**_absolute(table, path.resolve().parent))
    except ValidationError as error:
        raise ConfigurationError(f"{path}: {_first_fault(error)}") from error


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself (127.0.0.0/8, ::1, localhost)."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() in {"localhost", "localhost.localdomain", "ip6-localhost"}


#: Keys that name a file or folder, which stand relative to the configuration file.
_PATHS = (
    ("templates",),
    ("archive", "path"),
    ("members", "file"),
    ("mailbox", "password_file"),
    ("mailbox", "ca_file"),
    ("smtp", "password_file"),
    ("smtp", "ca_file"),
    ("review", "secret_file"),
    ("watch", "heartbeat_file"),
    ("watch", "smtp", "password_file"),
    ("watch", "smtp", "ca_file"),
    *(
        (section, "oauth2", key)
        for section in ("mailbox", "smtp")
        for key, field in OAuth2Settings.model_fields.items()
        if field.annotation in {Path, Path | None}
    ),
)


def _absolute(table: dict[str, Any], folder: Path) -> dict[str, Any]:
    settled = copy.deepcopy(table)
    circulars = settled.get("circulars")
    if isinstance(circulars, list):
        settled["circulars"] = [
            str(folder / each) if isinstance(each, str) else each for each in circulars
        ]
    archive = settled.setdefault("archive", {})
    if isinstance(archive, dict):
        archive.setdefault("path", str(ArchiveSettings().path))
    for server in ("mailbox", "smtp"):
        section = settled.get(server)
        if isinstance(section, dict) and isinstance(section.get("oauth2"), dict):
            cache = str(OAuth2Settings.model_fields["token_cache"].default)
            section["oauth2"] = {"token_cache": cache, **section["oauth2"]}
    for *way, key in _PATHS:
        place: Any = settled
        for name in way:
            place = place.get(name) if isinstance(place, dict) else None
        if isinstance(place, dict) and isinstance(place.get(key), str) and place[key]:
            place[key] = str(folder / place[key])
    database = settled.setdefault("database", {})
    if isinstance(database, dict):
        url = database.setdefault("url", DatabaseSettings().url)
        if isinstance(url, str) and url.startswith("sqlite:///") and url != "sqlite:///:memory:":
            database["url"] = f"sqlite:///{folder / url.removeprefix('sqlite:///')}"
    return settled


def _first_fault(error: ValidationError) -> str:
    """One line on the first thing that is wrong; never with the value, which may be a secret."""
    fault = error.errors(include_url=False, include_input=False)[0]
    place = [str(part) for part in fault["loc"]]
    key = f"[{place[0]}] {'.'.join(place[1:])}" if len(place) > 1 else (place or ["it"])[0]
    more = error.error_count() - 1
    tail = f" (and {more} more)" if more else ""
    if fault["type"] == "extra_forbidden":
        known = _keys(place[:-1])
        near = difflib.get_close_matches(place[-1], known, n=1)
        mend = f'did you mean "{near[0]}"?' if near else f"known: {', '.join(known)}"
        return f"{key} is no key of this configuration; {mend}{tail}"
    if fault["type"] == "missing":
        return f"{key} is missing; config.example.toml shows it{tail}"
    return f"{key}: {fault['msg'].removeprefix('Value error, ')}{tail}"


def _keys(section: Sequence[str]) -> list[str]:
    model: type[BaseModel] = Settings
    for name in section:
        field = model.model_fields.get(name)
        # A section that may be left out is annotated "| None".
        kinds = get_args(field.annotation) or (field.annotation,) if field else ()
        models = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]
        if not models:
            return []
        model = models[0]
    return sorted(model.model_fields)

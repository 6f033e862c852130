"""`[secretariat]`, `[reminders]`, `[review]`: who is written to, when, and who decides where."""

from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator

from bot.settings.section import Section


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

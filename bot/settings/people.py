"""`[secretariat]`, `[reminders]`, `[review]`: who is written to, when, and who decides where."""

import datetime as dt
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator, model_validator

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


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class RemindersSettings(Section):
    """`[reminders]`: when letters go that nobody asked for, by the secretariat's calendar and clock.

    Attributes:
        days_before: the deadline; one that is no working day is brought forward.
        hour, until: of the day: not before the first, and not from the second on; 24: midnight.
        working_days: of the week; on others nothing goes.
        holidays: further days on which nothing goes.
        ask_again_after_days: so long after the last letter on a reply its sender is asked once more
            for the reasons or comments that are missing; 0: never.
    """

    days_before: tuple[int, ...] = (30, 14, 7, 2)
    hour: int = Field(default=9, ge=0, le=23)
    until: int = Field(default=18, ge=1, le=24)
    working_days: tuple[Weekday, ...] = Field(
        default=("mon", "tue", "wed", "thu", "fri"), min_length=1
    )
    holidays: tuple[dt.date, ...] = ()
    ask_again_after_days: int = Field(default=5, ge=0)

    @model_validator(mode="after")
    def _some_hour_is_left(self) -> Self:
        if self.until <= self.hour:
            raise ValueError(f"until = {self.until} is not after hour = {self.hour}")
        return self

    @property
    def weekdays(self) -> frozenset[int]:
        """The working days as `datetime.date.weekday` counts them."""
        return frozenset(_WEEKDAYS.index(each) for each in self.working_days)


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

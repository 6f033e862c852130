"""The whole configuration: `config.toml`, with secrets from files or the environment.

`config.example.toml` lists every key with its default. A variable `TSBBOT_MAILBOX__PASSWORD` stands
above the file's `[mailbox] password`, and so for every key.
"""

from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.settings.keeping import (
    ArchiveSettings,
    DatabaseSettings,
    MembersSettings,
    RetentionSettings,
)
from bot.settings.people import RemindersSettings, ReviewSettings, SecretariatSettings
from bot.settings.safety import (
    AuthenticitySettings,
    LimitsSettings,
    ReadingSettings,
    WatchSettings,
)
from bot.settings.servers import MailboxSettings, SmtpSettings


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

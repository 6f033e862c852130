"""`[database]`, `[archive]`, `[members]`, `[retention]`: where things are kept, and how long."""

from pathlib import Path

from pydantic import Field

from bot.settings.section import Section


class DatabaseSettings(Section):
    """`[database]`."""

    url: str = "sqlite:///tsbbot.db"


class ArchiveSettings(Section):
    """`[archive]`: where raw messages are kept."""

    path: Path = Path("archive")


class MembersSettings(Section):
    """`[members]`: the register's file; None: what was imported with `tsbbot members import`."""

    file: Path | None = None


class RetentionSettings(Section):
    """`[retention]`: how long the contents of a closed circular are kept at least."""

    days_after_deadline: int = Field(default=365, ge=0)

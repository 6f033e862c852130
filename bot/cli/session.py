"""What commands share: the configuration, the moment, the record opened for one command."""

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.edges.clock import Clock
    from bot.settings import Settings
    from bot.wiring.desk import Desk

Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        help="The configuration file; else TSBBOT_CONFIG, else config.toml.",
        show_default=False,
    ),
]
Now = Annotated[
    str | None,
    typer.Option(
        "--now",
        metavar="TIME",
        help="As if it were that moment: 2026-04-16T09:00Z.",
        show_default=False,
    ),
]


def settings(config: Path | None) -> "Settings":
    """The configuration, from where it was said to be.

    Raises:
        ConfigurationError: it cannot be used.
    """
    from bot.settings import load_settings

    return load_settings(config_file(config))


def config_file(config: Path | None) -> Path:
    """Where the configuration was said to be."""
    return config or Path(os.environ.get("TSBBOT_CONFIG", "config.toml"))


@contextmanager
def desk(config: Path | None) -> Iterator["Desk"]:
    """The record, opened as configured."""
    from bot.wiring.desk import open_desk

    with open_desk(settings(config)) as opened:
        yield opened


def clock(now: str | None) -> "Clock":
    """The system's clock, or one that stands at the moment that was asked for."""
    from bot.edges.clock import FixedClock
    from bot.edges.system_clock import SystemClock

    return FixedClock(moment(now)) if now else SystemClock()


def moment(text: str) -> dt.datetime:
    """Reads ISO 8601; without a zone it is UTC.

    Raises:
        typer.BadParameter: it is no such moment.
    """
    try:
        value = dt.datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise typer.BadParameter(
            f'"{text}" is no ISO time; write it as 2026-04-16T09:00Z', param_hint="--now"
        ) from error
    return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


def whole(shown: dt.datetime) -> str:
    """A moment for people: "16 Apr 2026 09:00 UTC"."""
    return shown.astimezone(dt.UTC).strftime("%-d %b %Y %H:%M UTC")

"""The two streams: what was asked for on stdout, everything else on stderr."""

from functools import cache

from rich.console import Console
from rich.theme import Theme

_THEME = Theme(
    {
        "clear": "green",
        "blank": "dim",
        "ambiguous": "bold yellow",
        "wrong": "bold red",
        "quiet": "dim",
        "name": "bold",
    }
)


@cache
def output() -> Console:
    """For what a command was asked to show; colour only in a terminal."""
    return Console(theme=_THEME, highlight=False)


@cache
def errors() -> Console:
    """For progress and remarks."""
    return Console(theme=_THEME, highlight=False, stderr=True)

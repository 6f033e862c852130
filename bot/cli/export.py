"""`tsbbot export`: the consultation for other programs and for the meeting."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from bot.cli.console import errors, output
from bot.cli.consultation import Number, chosen
from bot.cli.session import Config, Now, clock, desk


def export(
    out: Annotated[
        Path, typer.Argument(help="OUT.xlsx, .csv, .json, .docx, or a folder for everything.")
    ],
    circular: Number = None,
    now: Now = None,
    config: Config = None,
) -> None:
    """Write replies and tally to a file, or everything with all attached comments to a folder.

    [dim]$ tsbbot export circular-106.xlsx[/dim]
    [dim]$ tsbbot export meeting/[/dim]
    """
    from bot.reports.export import export_to

    moment = clock(now).now()
    with desk(config) as opened:
        register = opened.register(moment)
        for each in chosen(opened, circular):
            with errors().status(f"Writing {each.name}"):
                written = export_to(
                    out, opened.store, opened.archive, opened.office, register, each, moment
                )
            for path in written:
                output().print(f"Written to {escape(str(path))}.")

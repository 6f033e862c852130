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
    from bot.errors import ExportError
    from bot.reports.export import export_to, is_folder

    moment = clock(now).now()
    with desk(config) as opened:
        register = opened.register(moment)
        circulars = chosen(opened, circular)
        several = len(circulars) > 1
        if several and not is_folder(out):
            raise ExportError(
                f"{out.name} can hold one circular and {len(circulars)} are configured",
                mend=f"say which: --circular {circulars[-1].number}, or name a folder",
            )
        for each in circulars:
            with errors().status(f"Writing {each.name}"):
                written = export_to(
                    # In one folder the attachments of several would mix.
                    out / f"circular-{each.number}" if several else out,
                    each,
                    moment,
                    store=opened.store,
                    archive=opened.archive,
                    office=opened.office,
                    register=register,
                )
            for path in written.paths:
                output().print(f"Written to {escape(str(path))}.", soft_wrap=True)
            if written.attachments is not None:
                output().print(f"{written.attachments} attachments are beside it.")
            for missing in written.missing:
                errors().print(f"[ambiguous]missing[/ambiguous] {escape(missing)}", soft_wrap=True)

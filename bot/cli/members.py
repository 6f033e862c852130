"""`tsbbot members`: the register of Member States and their contacts."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import output
from bot.cli.session import Config, clock, desk

app = typer.Typer(help="The register of Member States and their contacts.", no_args_is_help=True)


@app.callback()
def _members() -> None:
    """The register of Member States and their contacts."""


@app.command("import")
def import_members(
    file: Annotated[Path, typer.Argument(help="CSV, UTF-8, one line per contact.")],
    config: Config = None,
) -> None:
    """Fill or update the register from a CSV file; nobody is removed by it.

    Its columns: iso3,name,language,region,email,role,focal_point,domain. Repeat iso3 for several
    contacts; a domain may stand without an address; a line without iso3 is an entity that is asked
    for information only (Sector Member, Associate, Academia).

    [dim]$ tsbbot members import members.csv[/dim]
    """
    with desk(config) as opened:
        result = opened.register_file.import_file(file, clock(None).now())
    output().print(
        f"{result.added} added, {result.changed} changed, {result.unchanged} as they were."
    )

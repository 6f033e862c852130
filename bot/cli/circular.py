"""`tsbbot circular`: a circular's data from its document."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from bot.cli.console import errors, output
from bot.errors import CircularError

app = typer.Typer(help="A circular's data.", no_args_is_help=True)


@app.callback()
def _circular() -> None:
    """A circular's data: made from its Word, PDF or text, kept as TOML."""


@app.command("import")
def import_circular(
    file: Annotated[Path, typer.Argument(help="The circular: .docx, .pdf or plain text.")],
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="Where to write the TOML; left out: to the terminal."),
    ] = None,
) -> None:
    """Make a circular's data from its Word, PDF or text, and say what could not be found.

    Look through the result before it is used: nothing of a circular is fixed in the program.

    [dim]$ tsbbot circular import T25-TSB-CIR-0106-E.docx -o circulars/106.toml[/dim]
    """
    from bot.circulars.importing import import_file
    from bot.circulars.toml_file import dump_circular

    try:
        data = file.read_bytes()
    except OSError as error:
        raise CircularError(
            f"{file} cannot be read ({error.strerror})", mend="give the path of the circular"
        ) from error
    result = import_file(data)
    for each in result.missing:
        errors().print(f"[ambiguous]not found[/ambiguous]: {escape(each)}")
    for each in result.notes:
        errors().print(f"[quiet]note: {escape(each)}[/quiet]")
    circular = result.circular
    if circular is None:
        raise CircularError(
            f"{file} cannot be used as it is: " + "; ".join(result.missing),
            mend="give the whole circular with its annexes, or write its TOML by hand"
            " (circulars/106.toml shows how)",
        )
    written = dump_circular(circular)
    if out is None:
        typer.echo(written)
        return
    try:
        out.write_text(written, encoding="utf-8")
    except OSError as error:
        raise CircularError(f"{out} cannot be written ({error.strerror})") from error
    table = Table(title=f"{circular.name}, deadline {circular.deadline:%d %B %Y %H:%M} UTC")
    for column in ("text", "former name", "", "title", "document", "IPR"):
        table.add_column(column)
    for text in circular.texts:
        table.add_row(
            text.designation,
            text.former_name or "",
            text.revision.value,
            escape(text.title),
            text.document or "",
            "note" if text.ipr_note else "",
        )
    output().print(table)
    output().print(f"Written to {escape(str(out))}.")

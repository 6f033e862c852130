"""`tsbbot circular`: a circular's data from its document."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from bot.cli.console import errors, output
from bot.cli.session import Config, Now, clock, settings
from bot.errors import CircularError

if TYPE_CHECKING:
    from bot.consultation.circular import Circular
    from bot.consultation.question import Question
    from parsers.reading import FormReading

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

    result = import_file(_bytes_of(file))
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


@app.command("check")
def check_circular(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Circulars: .toml, or .docx, .pdf, text; left out: the configured ones."
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object a circular, and nothing else.")
    ] = False,
    now: Now = None,
    config: Config = None,
) -> None:
    """Show the form that a circular expects, what its marks mean, and what is odd about it.

    [dim]$ tsbbot circular check circulars/106.toml[/dim]
    """
    from bot.circulars.checking import form_oddities, oddities

    moment = clock(now).now()
    if files:
        checked = [_circular_of(path) for path in files]
    else:
        from bot.wiring.office import load_circulars

        checked = [(each, None) for each in load_circulars(settings(config).circulars)]
    circulars = [each for each, _ in checked]
    for each, reading in checked:
        odd = oddities(each, now=moment, others=circulars)
        if reading is not None:
            odd += form_oddities(each, reading)
        if as_json:
            sys.stdout.write(json.dumps(_as_json(each, odd), ensure_ascii=False) + "\n")
        else:
            _show(each, odd)


def _circular_of(path: Path) -> "tuple[Circular, FormReading | None]":
    """A circular, with the reading of its own form where the file is the issued document."""
    from bot.circulars.importing import import_file
    from bot.circulars.toml_file import load_circular

    if path.suffix.lower() == ".toml":
        return load_circular(path), None
    from bot.worker.reading.part_reader import working_names
    from parsers.sandbox import Sandbox

    data = _bytes_of(path)
    result = import_file(data)
    if result.circular is None:
        raise CircularError(f"{path} cannot be used as it is: " + "; ".join(result.missing))
    with Sandbox() as sandbox:
        return result.circular, sandbox.read(data, working_names([result.circular]))


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CircularError(
            f"{path} cannot be read ({error.strerror})", mend="give the path of the circular"
        ) from error


def _show(circular: "Circular", odd: tuple[str, ...]) -> None:
    out = output()
    question = circular.question
    out.print(
        f"[name]{circular.name}[/name], study group {circular.study_group}, deadline"
        f" {circular.deadline:%-d %B %Y %H:%M} UTC, replies to {escape(circular.reply_address)}"
    )
    form = Table(title="The form: a row a text, its boxes in this order", show_lines=True)
    form.add_column("text", style="name")
    form.add_column("boxes")
    boxes = "\n".join(f"☐ {role}" for role in question.roles)
    for number, text in enumerate(circular.texts):
        former = f"\n(ex {escape(text.former_name)})" if text.former_name else ""
        form.add_row(
            f"{text.designation}{former}", boxes if number == 0 else "☐ " * len(question.roles)
        )
    out.print(form)
    out.print(_meanings(question))
    words = Table(title="The words beside the boxes", header_style="quiet")
    for column in ("box", "", "words"):
        words.add_column(column)
    for box in question.boxes:
        for place, (language, said) in enumerate(box.words, start=1):
            words.add_row(
                box.role if place == 1 else "",
                language,
                escape(said),
                end_section=place == len(box.words),
            )
    out.print(words)
    for each in odd:
        out.print(f"[ambiguous]odd[/ambiguous]: {escape(each)}")
    if not odd:
        out.print("[clear]Nothing is odd about it.[/clear]")


def _meanings(question: "Question") -> Table:
    """The table of opinions: which marks come to what."""
    table = Table(title=f"What the marks mean ({question.name})", header_style="quiet")
    for role in question.roles:
        table.add_column(role, justify="center")
    table.add_column("opinion")
    table.add_column("comments")
    for each in question.meanings:
        table.add_row(
            *("☒" if role in each.marked else "☐" for role in question.roles),
            each.opinion.value.replace("_", " "),
            each.comments.value if each.comments else "-",
        )
    table.add_row(*("☐" for _ in question.roles), "[blank]left blank[/blank]", "")
    table.add_row(*("" for _ in question.roles), "[ambiguous]any other: a person[/ambiguous]", "")
    return table


def _as_json(circular: "Circular", odd: tuple[str, ...]) -> dict[str, object]:
    question = circular.question
    return {
        "circular": circular.name,
        "question": question.name,
        "texts": [each.designation for each in circular.texts],
        "boxes": [{"role": each.role, "words": dict(each.words)} for each in question.boxes],
        "meanings": [
            {
                "marked": [role for role in question.roles if role in each.marked],
                "opinion": each.opinion.value,
                "comments": each.comments.value if each.comments else None,
            }
            for each in question.meanings
        ],
        "odd": list(odd),
    }

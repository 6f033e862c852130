"""`tsbbot read`: returned forms or whole messages, without configuration, mailbox or database."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from bot.cli.console import errors, output

if TYPE_CHECKING:
    from bot.consultation.circular import Circular
    from bot.reports.file_report import FileReport

#: A larger file is not read.
_MOST_BYTES = 100_000_000


def read(
    files: Annotated[
        list[Path], typer.Argument(help="Forms (.docx, .pdf, ...) or whole messages (.eml).")
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object a line and file, and nothing else.")
    ] = False,
    circular: Annotated[
        list[Path] | None,
        typer.Option(help="A circular's TOML; again for several. Left out: those that ship."),
    ] = None,
    boxes: Annotated[
        bool, typer.Option("--boxes", help="Every check box of any document, form of ours or not.")
    ] = False,
    processes: Annotated[int, typer.Option(min=1, max=64, help="Files read at once.")] = 2,
) -> None:
    """Say what returned forms say, box by box; needs no configuration.

    What is not plain is never guessed: such a row is "ambiguous", and the reasons stand beside it.

    [dim]$ tsbbot read reply.docx[/dim]
    [dim]$ tsbbot read --json replies/*.pdf > readings.jsonl[/dim]
    [dim]$ tsbbot read --boxes any-document.docx[/dim]
    """
    from bot.worker.reading.file_reader import read_files

    reports = read_files(
        files, _circulars(circular or []), processes=processes, most_bytes=_MOST_BYTES
    )
    quick = len(files) < 4
    with Progress(console=errors(), transient=True, disable=quick) as progress:
        task = progress.add_task("Reading", total=len(files))
        for report in reports:
            progress.advance(task)
            if as_json:
                shown = report.boxes_as_json() if boxes else report.as_json()
                sys.stdout.write(json.dumps(shown, ensure_ascii=False) + "\n")
                sys.stdout.flush()
            elif boxes:
                _show_boxes(report)
            else:
                _show(report)


def _circulars(paths: list[Path]) -> tuple["Circular", ...]:
    from bot.circulars.shipped import shipped_circulars
    from bot.circulars.toml_file import load_circular

    return tuple(load_circular(path) for path in paths) if paths else shipped_circulars()


def _show(report: "FileReport") -> None:
    from bot.letters.reasons import reasons

    title = f"[name]{escape(report.file)}[/name]"
    said = ", ".join(
        escape(each) for each in (report.circular, report.administration, report.language) if each
    )
    output().print(f"{title}  [quiet]{said or report.format}[/quiet]")
    if report.rows:
        table = Table(box=None, padding=(0, 2, 0, 2), header_style="quiet")
        for column in ("text", "opinion", "comments", "", "why"):
            table.add_column(column)
        for row in report.rows:
            each = row.opinion
            table.add_row(
                each.text,
                (each.opinion.value.replace("_", " ") if each.opinion else "-"),
                (each.comments.value if each.comments else "-"),
                f"[{each.status.value}]{each.status.value}[/{each.status.value}]",
                "; ".join(reasons(each.reasons)),
            )
        output().print(table)
    if report.error:
        output().print(f"  [wrong]{escape(report.error)}[/wrong]")
    if report.reasons:
        words = "; ".join(reasons(report.reasons))
        output().print(f"  [ambiguous]needs a person[/ambiguous]: {escape(words)}")


def _show_boxes(report: "FileReport") -> None:
    output().print(f"[name]{escape(report.file)}[/name]  [quiet]{report.format}[/quiet]")
    table = Table(box=None, padding=(0, 2, 0, 2), header_style="quiet")
    for column in ("mark", "kind", "place", "text", "evidence"):
        table.add_column(column)
    styles = {"marked": "clear", "empty": "blank", "doubtful": "ambiguous"}
    for box in report.boxes:
        place = box.place.path or (f"page {box.place.page}" if box.place.page else "")
        mark = box.mark.value
        table.add_row(
            f"[{styles[mark]}]{mark}[/{styles[mark]}]",
            box.kind,
            place,
            escape(box.label[:60]),
            escape(box.how),
        )
    output().print(table if report.boxes else "  [quiet]no check box[/quiet]")
    if report.error:
        output().print(f"  [wrong]{escape(report.error)}[/wrong]")

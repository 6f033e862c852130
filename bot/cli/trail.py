"""`tsbbot trail verify`: whether the audit trail and the record are as they were written."""

import json
import sys
from typing import Annotated

import typer
from rich.markup import escape

from bot.cli.console import errors, output
from bot.cli.session import Config, desk
from bot.errors import StoreError

app = typer.Typer(help="The audit trail.", no_args_is_help=True)


@app.callback()
def _trail() -> None:
    """The audit trail: who did what, each entry chained to the one before by its hash."""


@app.command("verify")
def verify(
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object, and nothing else.")
    ] = False,
    archive: Annotated[
        bool, typer.Option("--archive", help="Read every archived message too.")
    ] = False,
    config: Config = None,
) -> None:
    """Check the trail's chain, the record against its seals, and the closing reports against both.

    Exit status 1 where something is not as it was written. Keep the head that it prints elsewhere:
    a trail whose end was cut off is whole, but its head is another.

    [dim]$ tsbbot trail verify --archive[/dim]
    """
    from bot.reports.trail_report import check_trail

    with desk(config) as opened:
        with opened.store.snapshot() as tx, errors().status("Reading the trail"):
            found = check_trail(tx, opened.office, opened.archive if archive else None)
        name = opened.store.name
    if as_json:
        said = {
            "sound": found.sound,
            "entries": found.entries,
            "head": found.head,
            "broken": found.broken,
            "sealed": found.seals.sealed,
            "unsealed": found.seals.unsealed,
            "replies": found.replies,
            "messages": found.messages,
            "closings": list(found.closings),
            "faults": list(found.faults),
        }
        sys.stdout.write(json.dumps(said) + "\n")
    else:
        _show(found.entries, found.head, found.seals.sealed, found.seals.unsealed)
        output().print(
            f"Replies: {found.replies}, each as the record has it."
            if found.sound
            else f"Replies: {found.replies}."
        )
        if found.messages is not None:
            output().print(f"Archive: {found.messages} messages, each with its own hash.")
        if found.closings:
            numbers = ", ".join(map(str, found.closings))
            output().print(f"Closing reports counted again from the record: {numbers}.")
        for fault in found.faults:
            output().print(f"[wrong]wrong[/wrong] {escape(fault)}", soft_wrap=True)
    if not found.sound:
        raise StoreError(
            f"the record in {name} is not as it was written ({len(found.faults)} faults)",
            mend="keep a copy of it, compare it with a backup, and ask who had access",
        )


def _show(entries: int, head: str, sealed: int, unsealed: int) -> None:
    output().print(f"Audit trail: {entries} entries; head {head}", soft_wrap=True)
    older = f"; {unsealed} older lines were recorded before there were seals" if unsealed else ""
    output().print(f"Record: {sealed} lines compared with their seals{older}.")

"""`tsbbot tally` and `tsbbot status`: where the consultation stands."""

import datetime as dt
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from bot.cli.console import output
from bot.cli.session import Config, Now, clock, desk, settings, whole
from bot.errors import ConfigurationError, TsbbotError

if TYPE_CHECKING:
    from bot.consultation.circular import Circular
    from bot.consultation.tally import CircularTally, TextTally
    from bot.wiring.desk import Desk

Number = Annotated[
    int | None, typer.Option("--circular", help="Number; left out: every configured one.")
]


AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        "--now",
        metavar="TIME",
        help="What was on record at that moment: 2026-04-16T09:00Z; left out: now.",
        show_default=False,
    ),
]


def tally(
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object a circular, and nothing else.")
    ] = False,
    circular: Number = None,
    as_of: AsOf = None,
    config: Config = None,
) -> None:
    """Count the opinions against the 70 per cent of Resolution 1, text by text.

    The record is append-only, so that any moment can be counted again, and comes to the same.

    [dim]$ tsbbot tally[/dim]
    [dim]$ tsbbot tally --json --as-of 2026-04-30T23:59Z[/dim]
    """
    from bot.consultation.tally import tally as count
    from bot.reports.tally_report import tally_as_json

    moment = clock(as_of).now()
    with desk(config) as opened:
        for each in chosen(opened, circular):
            with opened.store.snapshot() as tx:
                records = tx.opinions.records(each.number)
            counted = count(each, records, moment=moment, observers=opened.office.observers)
            if as_json:
                sys.stdout.write(json.dumps(tally_as_json(counted)) + "\n")
            else:
                show_tally(counted)


def status(
    check: Annotated[
        bool, typer.Option("--check", help="One line on whether the worker is well; exit 0 or 1.")
    ] = False,
    max_age: Annotated[
        float | None,
        typer.Option(
            "--max-age",
            metavar="MINUTES",
            min=0,
            help="Of the last round, for --check; left out: 15, or three rounds if that is more.",
            show_default=False,
        ),
    ] = None,
    circular: Number = None,
    now: Now = None,
    config: Config = None,
) -> None:
    """Say where the consultation stands and what waits for a person.

    With --check it says whether the worker is well, for monitoring: exit status 1 where no round was
    done for long, a trouble lasts, messages are in quarantine or letters are stuck.

    [dim]$ tsbbot status[/dim]
    [dim]$ tsbbot status --check --max-age 30[/dim]
    """
    if max_age is not None and not check:
        raise typer.BadParameter("it goes with --check", param_hint="--max-age")
    if check:
        _check(config, now, max_age)
        return
    from bot.cli.waiting import show_waiting
    from bot.consultation.tally import tally as count

    moment = clock(now).now()
    with desk(config) as opened, opened.store.snapshot() as tx:
        for each in chosen(opened, circular):
            counted = count(
                each,
                tx.opinions.records(each.number),
                moment=moment,
                observers=opened.office.observers,
            )
            show_tally(counted)
            left = each.deadline - moment
            when = f"{left.days} days left" if left.total_seconds() > 0 else "closed"
            output().print(
                f"{len(counted.replied)} Member States replied, {len(counted.pending)} have"
                f" something waiting, {len(counted.late)} came late,"
                f" {counted.not_counted} not counted; {when}.\n"
            )
        show_waiting(tx, opened.office, moment)
        letters = tx.letters.count_by_status()
        output().print(
            "Letters: " + ", ".join(f"{count} {state.value}" for state, count in letters.items())
        )
        for trouble in tx.troubles.open():
            output().print(f"[wrong]trouble[/wrong] {escape(trouble.text)}")
        visited = tx.values.get("last visit")
        output().print(f"[quiet]Mailbox last visited: {visited or 'never'}[/quiet]")


def _check(config: Path | None, now: str | None, max_age: float | None) -> None:
    """Everything on stdout, where monitoring reads it; also why the question has no answer."""
    from bot.store.store import open_store
    from bot.watch.health import facts, judge

    moment = clock(now).now()
    try:
        loaded = settings(config)
        minutes = max(15, 3 * loaded.mailbox.poll_seconds / 60) if max_age is None else max_age
        with open_store(loaded.database.url) as store, store.snapshot() as tx:
            health = judge(facts(tx, moment), moment, max_age=dt.timedelta(minutes=minutes))
    except TsbbotError as error:
        sys.stdout.write(f"TSBBOT WRONG: {error}\n")
        raise typer.Exit(1) from error
    sys.stdout.write(f"TSBBOT {'OK' if health.well else 'WRONG'}: {health.line}\n")
    if not health.well:
        raise typer.Exit(1)


def chosen(opened: "Desk", number: int | None) -> tuple["Circular", ...]:
    """The circulars that a command is about.

    Raises:
        ConfigurationError: none of that number is configured.
    """
    if number is None:
        return opened.office.circulars
    circular = opened.office.circular(number)
    if circular is None:
        known = ", ".join(str(each.number) for each in opened.office.circulars)
        raise ConfigurationError(
            f"circular {number} is not configured", mend=f"those that are: {known}"
        )
    return (circular,)


def show_tally(counted: "CircularTally") -> None:
    """The tally as a table with bars; it fits 80 columns."""
    output().print(
        f"[name]{counted.circular}[/name] as of {whole(counted.as_of)};"
        f" deadline {whole(counted.deadline)}"
    )
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="quiet")
    table.add_column("text", style="name", no_wrap=True)
    for column in ("replies", "for", "against", "comments", "blank", "waits"):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("support of 70 % needed", no_wrap=True)
    for each in counted.texts:
        table.add_row(
            each.text,
            str(each.replies),
            str(each.assigns),
            str(each.does_not_assign),
            str(each.with_comments or "-"),
            str(each.blank or "-"),
            f"[ambiguous]{each.pending}[/ambiguous]" if each.pending else "-",
            _outcome(each),
        )
    output().print(table)
    if not all(each.decided for each in counted.texts):
        output().print("[ambiguous]?[/ambiguous] what waits can still turn it")


def _outcome(each: "TextTally") -> str:
    """Ten cells, the threshold after the seventh; whether consideration may proceed."""
    open_end = "" if each.decided else " [ambiguous]?[/ambiguous]"
    if each.share is None:
        return f"[clear]met[/clear] [quiet](no replies)[/quiet]{open_end}"
    filled = round(each.share * 10)
    style = "clear" if each.threshold_met else "wrong"
    words = "met" if each.threshold_met else "not met"
    bar = f"[{style}]{'█' * filled}[/{style}][quiet]{'░' * (10 - filled)}[/quiet]"
    return f"{bar} {each.share:4.0%} [{style}]{words}[/{style}]{open_end}"

"""`tsbbot report closing`: what a consultation had come to at its deadline, and what was amended."""

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from bot.cli.console import output
from bot.cli.consultation import Number, chosen
from bot.cli.session import Config, Now, clock, desk, whole

if TYPE_CHECKING:
    import datetime as dt

    from bot.consultation.circular import Circular
    from bot.consultation.closing import Amendment, ClosingReport
    from bot.store.transaction import Transaction

app = typer.Typer(help="Reports that are kept.", no_args_is_help=True)


@app.callback()
def _report() -> None:
    """Reports that are kept: made once, never changed, amended only beside them."""


@app.command("closing")
def closing(
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object a circular, and nothing else.")
    ] = False,
    circular: Number = None,
    now: Now = None,
    config: Config = None,
) -> None:
    """Show the closing report, frozen at the deadline, and every amendment since with its reason.

    The worker makes it once, in its first round after the deadline in which all mail is recorded. It
    is kept in the audit trail: `tsbbot trail verify` counts it again.

    [dim]$ tsbbot report closing[/dim]
    [dim]$ tsbbot report closing --circular 106 --json[/dim]
    """
    from bot.reports.closing_report import closing_of

    moment = clock(now).now()
    with desk(config) as opened, opened.store.snapshot() as tx:
        for each in chosen(opened, circular):
            report = closing_of(tx, each.number)
            if as_json:
                said = _as_json(tx, each, report, moment)
                sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
            elif report is None:
                output().print(f"[name]{each.name}[/name]: {_not_yet(each, moment)}")
            else:
                _show(tx, each, report, moment)


def _not_yet(circular: "Circular", moment: "dt.datetime") -> str:
    if circular.in_time(moment):
        return f"replies are taken until {whole(circular.deadline)}; nothing is closed yet"
    return (
        "the deadline is past and no closing report was made; the worker makes it in its next round"
        " in which all mail is recorded (tsbbot run --once)"
    )


def _show(
    tx: "Transaction",
    circular: "Circular",
    report: "ClosingReport",
    moment: "dt.datetime",
) -> None:
    from bot.letters.tally_lines import support
    from bot.reports.closing_report import amended
    from bot.reports.export.wording import outcome_words

    tally = report.tally
    output().print(
        f"[name]{escape(tally.circular)}[/name]: closing report of {whole(tally.as_of)}, deadline"
        f" {whole(tally.deadline)}\n{len(tally.replied)} Member States replied,"
        f" {len(tally.pending)} had something under review, {len(tally.late)} were late,"
        f" {tally.not_counted} not counted."
    )
    table = Table(header_style="quiet")
    table.add_column("text", style="name", no_wrap=True)
    for column in ("support", "comments", "waits"):
        table.add_column(column, no_wrap=True)
    table.add_column("may consideration proceed (Resolution 1, 9.4)")
    for text in tally.texts:
        table.add_row(
            text.text,
            support(text),
            str(text.with_comments or "-"),
            str(text.pending or "-"),
            outcome_words(text),
        )
    output().print(table)
    found = amended(tx, circular, report, until=moment)
    if not found:
        output().print("No amendment since.")
    for number, each in enumerate(found, start=1):
        _show_amendment(number, each, _reference(tx, each))


def _show_amendment(number: int, each: "Amendment", reference: str) -> None:
    from bot.letters.tally_lines import support
    from bot.reports.export.wording import STANDING_WORDS

    late = f", received late on {whole(each.received_at)}" if each.late else ""
    output().print(
        f"\n[name]Amendment {number}[/name]  {whole(each.at)} by {escape(each.who)}: {reference}"
        f" {STANDING_WORDS[each.standing]}{late}"
    )
    output().print(f"  {escape(each.why) or 'no reason was given'}")
    for text in each.texts:
        before, after = text.before, text.after
        turned = (
            "[wrong]turns the outcome[/wrong]: "
            if before.threshold_met != after.threshold_met
            else ""
        )
        met = "may proceed" if after.threshold_met else "may not proceed"
        output().print(
            f"  {after.text:8} {support(before)} -> {support(after)}; {turned}{met}"
            + (
                f" [quiet]({before.pending} -> {after.pending} under review)[/quiet]"
                if before.pending != after.pending
                else ""
            )
        )


def _reference(tx: "Transaction", each: "Amendment") -> str:
    reply = tx.replies.get(each.reply)
    return reply.reference if reply else f"reply {each.reply}"


def _as_json(
    tx: "Transaction",
    circular: "Circular",
    report: "ClosingReport | None",
    moment: "dt.datetime",
) -> dict[str, object]:
    from bot.reports.closing_report import amended, amendment_as_json, closing_as_json

    if report is None:
        return {"circular": circular.name, "number": circular.number, "closed": False}
    found = amended(tx, circular, report, until=moment)
    return {
        **closing_as_json(report),
        "closed": True,
        "amendments": [amendment_as_json(each, _reference(tx, each)) for each in found],
    }

"""What waits for a person, as a table."""

import datetime as dt
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from bot.cli.console import output

if TYPE_CHECKING:
    from bot.office import Office
    from bot.store.transaction import Transaction


def show_waiting(tx: "Transaction", office: "Office", now: dt.datetime) -> None:
    """Everything that waits, the oldest first, with what to type."""
    from bot.reports.digest import waiting_of

    waiting = waiting_of(tx, office)
    if not waiting:
        output().print("[clear]Nothing waits for a person.[/clear]")
        return
    output().print(f"[name]{len(waiting)} wait for a person[/name]\n")
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="quiet")
    table.add_column("id", justify="right", style="name", no_wrap=True)
    table.add_column("reply", no_wrap=True)
    table.add_column("from", max_width=22, overflow="fold")
    table.add_column("since", no_wrap=True)
    table.add_column("why", overflow="fold")
    for each in waiting:
        age = (now - each.since).days
        table.add_row(
            str(each.message),
            each.reference,
            escape(each.state_name or each.sender),
            f"{age} d" if age > 0 else "today",
            escape("; ".join(each.reasons)),
        )
    output().print(table)
    output().print("\n[quiet]`tsbbot explain ID` shows one; `tsbbot review ID` settles it.[/quiet]")

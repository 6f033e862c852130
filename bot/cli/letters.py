"""`tsbbot remind`, `tsbbot digest`: what would go out, or goes now."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from bot.cli.console import output
from bot.cli.letter_preview import app, show
from bot.cli.session import Config, Now, clock, desk, whole
from bot.errors import ConfigurationError, SubmissionError

if TYPE_CHECKING:
    from bot.edges.clock import Clock
    from bot.wiring.desk import Desk

__all__ = ["app", "digest", "remind"]

DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show it; nothing is sent.")]


def remind(dry_run: DryRun = False, now: Now = None, config: Config = None) -> None:
    """Send the reminders that are due now, or show who would get one.

    The worker does the same by itself on the configured days. None goes to a Member State whose
    reply is in or waits for a person, none twice, none after the deadline.

    [dim]$ tsbbot remind --dry-run[/dim]
    """
    time = clock(now)
    moment = time.now()
    with desk(config) as opened:
        register = opened.register(moment)
        if dry_run:
            with opened.store.snapshot() as tx:
                planned = opened.scheduler.planned(tx, register, moment)
            table = Table(title=f"Reminders due on {whole(moment)}", title_justify="left")
            for column in ("circular", "Member State", "days left", "to", "still missing"):
                table.add_column(column)
            for each in planned:
                to = ", ".join(contact.email or "" for contact in each.contacts)
                missing = each.reminder.missing
                table.add_row(
                    str(each.circular),
                    each.reminder.state,
                    str(each.reminder.days_left),
                    escape(to) or "[wrong]nobody: no address in the register[/wrong]",
                    ", ".join(missing) if each.reminder.replied else "everything",
                )
            output().print(table if planned else "No reminder is due.")
            return
        queued = opened.scheduler.remind(register, moment)
        sent = _send(opened, time)
    output().print(f"{queued} reminders queued, {sent} letters sent.")


def digest(dry_run: DryRun = False, now: Now = None, config: Config = None) -> None:
    """Send today's digest to the secretariat now, or show it; never two for a day.

    [dim]$ tsbbot digest --dry-run[/dim]
    """
    from bot.reports.digest import digest_of

    time = clock(now)
    moment = time.now()
    with desk(config) as opened:
        day = moment.astimezone(opened.office.zone).date()
        if dry_run:
            with opened.store.snapshot() as tx:
                last = tx.letters.last("digest")
                since = last.created_at if last else None
                announced = opened.scheduler.announced(moment)
                context = digest_of(
                    tx, opened.office, day=day, since=since, now=moment, announced=announced
                )
            show(opened.letters.digest(context))
            return
        if not opened.office.digest_to:
            raise ConfigurationError(
                "nobody gets the digest", mend="name them: [secretariat] digest_to"
            )
        queued = opened.scheduler.digest_now(moment, day)
        sent = _send(opened, time)
    output().print(
        f"{sent} letters sent." if queued else f"The digest of {day} has been sent already."
    )


def _send(opened: "Desk", time: "Clock") -> int:
    from bot.edges.smtp import Submission
    from bot.wiring.accounts import smtp_account
    from bot.worker.sending import Sender

    sender = Sender(store=opened.store, returns=opened.office.returns)
    with Submission(smtp_account(opened.settings)) as outgoing:
        result = sender.send_due(outgoing, time)
    if result.trouble:
        raise SubmissionError(result.trouble)
    return result.sent

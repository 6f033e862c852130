"""`tsbbot remind`, `tsbbot digest`: what would go out, or goes now."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.console import output
from bot.cli.letter_preview import app, show
from bot.cli.session import Config, Now, clock, desk
from bot.errors import ConfigurationError, SubmissionError

if TYPE_CHECKING:
    from bot.edges.clock import Clock
    from bot.wiring.desk import Desk

__all__ = ["app", "digest", "remind"]

DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show it; nothing is sent.")]


def remind(dry_run: DryRun = False, now: Now = None, config: Config = None) -> None:
    """Send the reminders that are due now, or show the whole plan and who would get one.

    The worker does the same by itself on the configured days, in the hours of the secretariat. None
    goes to a Member State whose reply is in or waits for a person, none twice, none after the
    deadline.

    [dim]$ tsbbot remind --dry-run[/dim]
    """
    from bot.cli.reminder_tables import show_calendar, show_due, show_requests
    from bot.worker.calendar.reminder_calendar import reminder_calendar

    time = clock(now)
    moment = time.now()
    with desk(config) as opened:
        register = opened.register(moment)
        if dry_run:
            with opened.store.snapshot() as tx:
                lines = reminder_calendar(tx, opened.office, register, moment)
                planned = opened.scheduler.planned(tx, register, moment)
                requests = opened.scheduler.requests.planned(tx, moment)
            show_calendar(lines, opened.office)
            show_due(planned, opened.office, moment)
            show_requests(requests, moment)
            return
        queued = opened.scheduler.remind(register, moment)
        asked = opened.scheduler.ask_again(moment)
        sent = _send(opened, time)
    output().print(
        f"{queued} reminders and {asked} requests for what is missing queued, {sent} letters sent."
    )


def digest(dry_run: DryRun = False, now: Now = None, config: Config = None) -> None:
    """Send today's digest to the secretariat now, or show it; never two for a day.

    [dim]$ tsbbot digest --dry-run[/dim]
    """
    time = clock(now)
    moment = time.now()
    with desk(config) as opened:
        day = moment.astimezone(opened.office.zone).date()
        if dry_run:
            with opened.store.snapshot() as tx:
                context = opened.scheduler.told(tx, moment, day)
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

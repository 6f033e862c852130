"""`tsbbot remind`, `tsbbot digest`, `tsbbot letter preview`: what would go out, or goes now."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from bot.cli.console import output
from bot.cli.session import Config, Now, clock, desk, whole
from bot.errors import ConfigurationError, SubmissionError

if TYPE_CHECKING:
    from bot.edges.clock import Clock
    from bot.letters.letter import Letter
    from bot.wiring.desk import Desk

app = typer.Typer(help="A letter as it would go out.", no_args_is_help=True)

DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show it; nothing is sent.")]


class Language(StrEnum):
    """The six official languages."""

    AR = "ar"
    ZH = "zh"
    EN = "en"
    FR = "fr"
    RU = "ru"
    ES = "es"


@app.callback()
def _letter() -> None:
    """Letters as they would go out."""


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
            _show(opened.letters.digest(context))
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


@app.command("preview")
def preview(
    name: Annotated[str, typer.Argument(help="acknowledgement, reminder, digest, ...")],
    language: Annotated[
        Language, typer.Option(help="One of the six official languages.")
    ] = Language.EN,
    html: Annotated[
        Path | None, typer.Option(help="Write the HTML to this file, to open in a browser.")
    ] = None,
    templates: Annotated[
        Path | None, typer.Option(help="A folder of your own templates, tried first.")
    ] = None,
) -> None:
    """Show a letter as it would go out, with sample content.

    [dim]$ tsbbot letter preview reminder --language fr[/dim]
    """
    from bot.circulars.shipped import shipped_circulars
    from bot.letters.rendering import Letters
    from bot.letters.samples import PREVIEWS, render_preview

    if name not in PREVIEWS:
        raise typer.BadParameter(f"one of {', '.join(PREVIEWS)}", param_hint="NAME")
    letters = Letters([templates] if templates else [])
    letter = render_preview(letters, name, shipped_circulars()[-1], language.value)
    if html is not None:
        html.write_text(letter.html, encoding="utf-8")
        output().print(f"Written to {escape(str(html))}.")
        return
    _show(letter)


def _show(letter: "Letter") -> None:
    output().print(f"[name]Subject: {escape(letter.subject)}[/name]\n")
    output().print(letter.text, markup=False, soft_wrap=True)


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

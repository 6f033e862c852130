"""The commands, in the order in which one meets them."""

import typer

from bot.cli import (
    circular,
    consultation,
    demo,
    doctor,
    explain,
    export,
    keeping,
    letters,
    members,
    read,
    report,
    review,
    run,
    serve,
    sign_in,
    trail,
)

_EPILOG = (
    "New here? [bold]tsbbot demo[/bold] does the whole job on a mailbox of its own, with sample"
    " replies. Then copy config.example.toml to config.toml, fill it in, and ask"
    " [bold]tsbbot doctor[/bold] whether it works."
)

app = typer.Typer(
    name="tsbbot",
    help="Reads the replies of Member States to TSB Circulars: mailbox, forms, tally, letters.",
    epilog=_EPILOG,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_TRY = "Try it"
_SET_UP = "Set up"
_WORK = "The work"
_LOOK = "Look"
_KEEP = "Keep"

app.command(rich_help_panel=_TRY)(demo.demo)
app.command(rich_help_panel=_TRY)(read.read)
app.add_typer(circular.app, name="circular", rich_help_panel=_SET_UP)
app.add_typer(members.app, name="members", rich_help_panel=_SET_UP)
app.command("sign-in", rich_help_panel=_SET_UP)(sign_in.sign_in)
app.command(rich_help_panel=_SET_UP)(doctor.doctor)
app.command(rich_help_panel=_WORK)(run.run)
app.command(rich_help_panel=_WORK)(review.review)
app.command(rich_help_panel=_WORK)(serve.serve)
app.command(rich_help_panel=_WORK)(letters.remind)
app.command(rich_help_panel=_WORK)(letters.digest)
app.command(rich_help_panel=_LOOK)(consultation.tally)
app.command(rich_help_panel=_LOOK)(consultation.status)
app.command(rich_help_panel=_LOOK)(explain.explain)
app.command(rich_help_panel=_LOOK)(export.export)
app.add_typer(report.app, name="report", rich_help_panel=_LOOK)
app.add_typer(letters.app, name="letter", rich_help_panel=_LOOK)
app.add_typer(trail.app, name="trail", rich_help_panel=_KEEP)
app.command(rich_help_panel=_KEEP)(keeping.backup)
app.command(rich_help_panel=_KEEP)(keeping.restore)
app.command(rich_help_panel=_KEEP)(keeping.purge)

"""`tsbbot demo`: the whole job on an embedded mailbox, with sample replies."""

import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.panel import Panel
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from bot.cli.console import errors, output
from bot.errors import ConfigurationError

if TYPE_CHECKING:
    from bot.demo.rehearsal import Rehearsal


def demo(
    no_serve: Annotated[
        bool, typer.Option("--no-serve", help="Do not open the review page at the end.")
    ] = False,
    folder: Annotated[
        Path | None, typer.Option(help="An empty folder for it; left out: a new temporary one.")
    ] = None,
) -> None:
    """Do the whole job on an embedded mailbox, with sample replies; nothing to configure.

    An IMAP and an SMTP server of this process, the sample's mail of six weeks delivered day by day,
    and the real worker over it. Then what a secretariat would see: the tally, what waits for a
    person and why, the letters, the digest. In a terminal the review page on all that is opened at
    the end, signed in. Nothing is left behind but the folder that it names.
    """
    from bot.circulars.shipped import shipped_circulars
    from bot.demo.rehearsal import Rehearsal

    circular = shipped_circulars()[-1]
    place = _empty(folder)
    with Rehearsal(circular, place) as rehearsal:
        output().print(
            Panel(
                f"{circular.name}: {len(circular.texts)} draft Recommendations; replies until"
                f" {circular.deadline:%d %B %Y, %H:%M} UTC.\nSix languages, Word and PDF, wrong"
                " ones, late ones, unrelated mail, a bounce, a note of absence.",
                title="A sample consultation",
                title_align="left",
            )
        )
        _play(rehearsal)
        _show(rehearsal)
        letters = rehearsal.keep_letters()
        _closing(rehearsal, letters)
        if not no_serve and output().is_terminal:
            _serve(rehearsal)


def _empty(folder: Path | None) -> Path:
    if folder is None:
        return Path(tempfile.mkdtemp(prefix="tsbbot-demo-"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        taken = any(folder.iterdir())
    except OSError as error:
        raise ConfigurationError(f"{folder} cannot be used ({error.strerror})") from error
    if taken:
        raise ConfigurationError(f"{folder} is not empty", mend="name another folder, or none")
    return folder.resolve()


def _play(rehearsal: "Rehearsal") -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    delivered = taken = left = 0
    with Progress(*columns, console=errors(), transient=True) as progress:
        task = progress.add_task("The mailbox, day by day", total=len(rehearsal.moments))
        for day in rehearsal.play():
            progress.update(task, advance=1, description=f"{day.moment:%d %B %Y}")
            delivered += day.delivered
            if day.done.haul is not None:
                taken += day.done.haul.taken
                left += day.done.haul.left
            for trouble in day.done.trouble:
                errors().print(f"[wrong]{escape(trouble)}[/wrong]")
    output().print(
        f"{delivered} messages came in {len(rehearsal.moments)} days; {taken} of them concern the"
        f" consultation, {left} were left exactly as they were.\n"
    )


def _show(rehearsal: "Rehearsal") -> None:
    from bot.cli.consultation import show_tally
    from bot.cli.waiting import show_waiting
    from bot.consultation.tally import tally

    desk, now = rehearsal.desk, rehearsal.moments[-1]
    with desk.store.snapshot() as tx:
        records = tx.opinions.records(rehearsal.circular.number)
        show_tally(tally(rehearsal.circular, records, moment=now, observers=desk.office.observers))
        output().print()
        show_waiting(tx, desk.office, now)
        output().print()
    letters = rehearsal.letters()
    messages = [letter.message() for letter in letters]
    kinds = Counter(
        (_kind(str(each["Auto-Submitted"]), str(each["To"])), str(each["Content-Language"]))
        for each in messages
    )
    table = Table(title=f"{len(letters)} letters sent", title_justify="left")
    for column in ("letter", "language"):
        table.add_column(column)
    table.add_column("how many", justify="right")
    for (kind, language), count in sorted(kinds.items()):
        table.add_row(kind, language, str(count))
    output().print(table)
    for wanted in ("answer", "digest"):
        last = [
            each
            for each in messages
            if _kind(str(each["Auto-Submitted"]), str(each["To"])) == wanted
            and each["Content-Language"] == "en"
        ]
        if last:
            shown = last[0] if wanted == "answer" else last[-1]
            text = shown.get_body(("plain",))
            output().print(
                Panel(
                    escape(str(text.get_content()).strip()) if text else "",
                    title=f"{wanted}: {escape(str(shown['Subject']))}",
                    title_align="left",
                )
            )


def _kind(submitted: str, recipient: str) -> str:
    from bot.demo.rehearsal import SECRETARIAT

    if SECRETARIAT in recipient:
        return "digest"
    return "answer" if submitted.startswith("auto-replied") else "reminder"


def _serve(rehearsal: "Rehearsal") -> None:
    """The review page, with the worker going on behind it."""
    import os
    import sys
    import threading
    import webbrowser

    from bot.demo.rehearsal import SECRETARIAT
    from bot.review.site import address_of, free_port, server, site

    address = address_of("127.0.0.1", free_port("127.0.0.1"), "")
    stop = threading.Event()
    worker = threading.Thread(target=rehearsal.go_on, args=(stop,))
    with site(rehearsal.desk, rehearsal.clock, address) as (app, house):
        link = house.entrance.new_link(
            house.entrance.people.find(SECRETARIAT), rehearsal.clock.now()
        )
        output().print(
            "\nThe review page is open; this link lets you in once, for a quarter of an hour:"
        )
        output().print(f"  {link}\n(Ctrl-C ends it)", soft_wrap=True)
        serving = server(app, address)
        opening = threading.Timer(1, webbrowser.open, args=(link,))
        opening.daemon = True
        worker.start()
        # Without a screen it would be a browser in this very terminal.
        if sys.platform in {"darwin", "win32"} or {"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ):
            opening.start()
        try:
            serving.run()
        finally:
            stop.set()
            worker.join()


def _closing(rehearsal: "Rehearsal", letters: Path) -> None:
    config = rehearsal.folder / "config.toml"
    now = f"{rehearsal.moments[-1]:%Y-%m-%dT%H:%MZ}"
    output().print(
        f"Everything is in {rehearsal.folder}; the letters are in {letters}. Go on with:"
    )
    for command in (
        f"tsbbot status --config {config} --now {now}",
        f"tsbbot explain C{rehearsal.circular.number}-CHE-1 --config {config}",
        f"tsbbot review --config {config} --now {now}",
    ):
        output().print(f"  {command}", soft_wrap=True)

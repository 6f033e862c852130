"""`tsbbot backup`, `restore` and `purge`: the record in the long run."""

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from bot.cli.console import errors, output
from bot.cli.consultation import chosen
from bot.cli.session import Config, Now, clock, desk, settings
from bot.errors import BackupError

if TYPE_CHECKING:
    from bot.keeping.progress import Progress as Told
    from bot.keeping.purging import Plan


def backup(
    place: Annotated[
        Path, typer.Argument(help="The file, or a folder: then it is named for the moment.")
    ],
    verify: Annotated[
        bool, typer.Option("--verify", help="Check that backup instead of writing one.")
    ] = False,
    now: Now = None,
    config: Config = None,
) -> None:
    """Write database and archive of this moment into one file, or check one.

    The worker may go on meanwhile. There is nothing of the configuration in the file, and so no
    password; but it is people's mail: keep it as carefully as the mailbox. --verify reads all of it,
    compares every hash, and restores the database for a trial.

    [dim]$ tsbbot backup /var/backups/tsbbot[/dim]
    [dim]$ tsbbot backup --verify tsbbot-20260401T070000Z.backup[/dim]
    """
    from bot.keeping.backup_file import BackupFile

    moment = clock(now).now()
    if verify:
        with BackupFile(place) as file:
            with _bar() as told:
                file.check(told)
            with errors().status("Restoring the database for a trial"):
                file.rehearse(moment)
            manifest = file.manifest
            output().print(
                f"Whole: {manifest.rows} rows, {len(manifest.messages)} messages, made"
                f" {escape(manifest.made_at)}; audit trail of {manifest.audit_seq} entries unbroken."
            )
            output().print(f"Fingerprint {file.fingerprint}", soft_wrap=True)
            _missing(len(manifest.missing))
        return
    from bot.edges.archive import Archive
    from bot.keeping.backup import write_backup
    from bot.store.store import open_store

    loaded = settings(config)
    with open_store(loaded.database.url) as store, _bar() as told:
        written = write_backup(place, store, Archive(loaded.archive.path), moment, told)
    with BackupFile(written.path) as file:
        with _bar() as told:
            file.check(told)
        fingerprint = file.fingerprint
    output().print(
        f"Written to {escape(str(written.path))}: {written.manifest.rows} rows,"
        f" {len(written.manifest.messages)} messages, {written.size / 1e6:.1f} MB.",
        soft_wrap=True,
    )
    output().print(f"Fingerprint {fingerprint}", soft_wrap=True)
    _missing(len(written.manifest.missing))


def restore(
    file: Annotated[Path, typer.Argument(help="What `tsbbot backup` wrote.")],
    into: Annotated[
        Path | None,
        typer.Option(
            "--into",
            metavar="FOLDER",
            help="Restore to FOLDER/tsbbot.db and FOLDER/archive, whatever is configured.",
        ),
    ] = None,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace",
            help="Give up what is there. A SQLite file is kept beside the new one; PostgreSQL's"
            " tables are not: back them up first.",
        ),
    ] = False,
    now: Now = None,
    config: Config = None,
) -> None:
    """Bring database and archive back, into the places configured or into a folder.

    Into either kind of database, whichever it came from: so an installation moves to PostgreSQL.
    Every hash, every count and the audit trail are checked; until all is there, what was before
    stays. End the worker first.

    [dim]$ tsbbot restore tsbbot-20260401T070000Z.backup --into /tmp/look[/dim]
    [dim]$ tsbbot restore tsbbot-20260401T070000Z.backup[/dim]
    """
    from bot.edges.archive import Archive
    from bot.keeping.backup_file import BackupFile
    from bot.keeping.restoring import restore_backup

    moment = clock(now).now()
    if into is not None:
        folder = into.resolve()
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise BackupError(
                f"the folder {into} cannot be made ({error.strerror})", mend="name another one"
            ) from error
        url, archive = f"sqlite:///{folder / 'tsbbot.db'}", folder / "archive"
    else:
        loaded = settings(config)
        url, archive = loaded.database.url, loaded.archive.path
    with BackupFile(file) as opened:
        if replace:
            errors().print("[ambiguous]What is there now gives way to the backup.[/ambiguous]")
        with _bar() as told:
            restored = restore_backup(
                opened, url, Archive(archive), replace=replace, now=moment, progress=told
            )
        missing = len(opened.manifest.missing)
    output().print(
        f"Restored: {restored.rows} rows, {restored.messages} messages; the audit trail is unbroken."
    )
    if restored.kept is not None:
        output().print(f"What was there is kept: {escape(str(restored.kept))}", soft_wrap=True)
    if restored.strange:
        output().print(f"{restored.strange} messages of the archive are not of the backup.")
    _missing(missing)


def purge(
    circular: Annotated[int, typer.Option("--circular", help="Number of a closed circular.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would go, and remove nothing.")
    ] = False,
    force: Annotated[
        str | None,
        typer.Option(
            "--force",
            metavar="REASON",
            help="Before [retention] days_after_deadline are over; the reason is kept.",
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    who: Annotated[
        str | None, typer.Option("--as", help="Who removes it, for the record; left out: you.")
    ] = None,
    now: Now = None,
    config: Config = None,
) -> None:
    """Remove people's messages and addresses of a circular that is over.

    Goes: raw messages, readings, attachments, letters' bodies, senders and subjects that belong to
    that circular alone, with the bounces, absence notes and digests of its time. Stays: the opinions
    with their Member States (every tally is as before), references, the audit trail, the register,
    and the hashes by which no message is taken twice; and whatever waits for a person or is a reply
    to another circular too. Not before the deadline, and not before [retention] days_after_deadline
    unless there is a reason. Older backups still hold it: remove them too.

    [dim]$ tsbbot purge --circular 106 --dry-run[/dim]
    [dim]$ tsbbot purge --circular 106 --force "asked for by the Administration"[/dim]
    """
    from bot.keeping.purging import may_be_purged, plan_purge
    from bot.keeping.purging import purge as remove

    moment = clock(now).now()
    with desk(config) as opened:
        (which,) = chosen(opened, circular)
        circulars = opened.office.circulars
        if not dry_run:
            days = opened.settings.retention.days_after_deadline
            may_be_purged(which, moment, days=days, reason=force)
        plan = plan_purge(opened.store, opened.archive, which, circulars, moment)
        _show(plan)
        if dry_run or plan.nothing:
            return
        if not yes and not _agreed(which.name):
            output().print("Nothing was removed.")
            return
        with _bar() as told:
            remove(
                opened.store,
                opened.archive,
                which,
                circulars,
                who=who or getpass.getuser(),
                reason=force,
                now=moment,
                progress=told,
            )
        output().print("Removed.")


def _show(plan: "Plan") -> None:
    gone = plan.belongings
    if plan.nothing:
        output().print("There is nothing to remove.")
    else:
        output().print(
            f"{len(gone.messages)} messages with {gone.replies} replies, {gone.readings} readings"
            f" and {gone.attachments} attachments;"
            f" {len(plan.raw)} raw messages of {plan.raw_bytes / 1e6:.1f} MB;"
            f" {len(gone.letters)} letters of {gone.letter_bytes / 1e6:.1f} MB;"
            f" {len(gone.notes)} notes."
        )
    if gone.waiting:
        output().print(
            f"[ambiguous]{gone.waiting} messages wait for a person and stay[/ambiguous]:"
            " settle them, and purge again."
        )
    if gone.shared:
        output().print(f"{gone.shared} messages are replies to another circular too and stay.")


def _agreed(name: str) -> bool:
    if not sys.stdin.isatty():
        raise typer.BadParameter("nobody is there to be asked: say --yes", param_hint="--yes")
    return typer.confirm(f"Remove them from {name} for good?")


def _missing(count: int) -> None:
    """A backup without some of its messages is better than none; but somebody has to know.

    Raises:
        BackupError: there are some.
    """
    if count:
        raise BackupError(
            f"{count} messages are not in the backup: the archive did not have them, or not whole",
            mend="take the .eml files from an older backup, then: tsbbot doctor",
        )


@contextmanager
def _bar() -> Iterator["Told"]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=errors(), transient=True) as shown:
        tasks: dict[str, TaskID] = {}

        def told(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = shown.add_task(what.capitalize(), total=of)
            shown.update(tasks[what], completed=done, total=of)

        yield told

"""`tsbbot doctor`: whether everything is as it must be, and how to mend what is not."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import typer
from rich.markup import escape

from bot.cli.console import errors, output
from bot.cli.session import Config, clock, config_file, settings
from bot.errors import ConfigurationError, StoreError, TemplateError, TsbbotError

if TYPE_CHECKING:
    from bot.settings import Settings

#: So many findings of one kind are named.
_MOST_SAID = 5


def doctor(config: Config = None) -> None:
    """Check configuration, circulars, letters, register, database, archive, mailbox and SMTP.

    Changes nothing. Says of each what is wrong and how to mend it; exit status 1 if anything is.

    [dim]$ tsbbot doctor --config config.toml[/dim]
    """
    from bot.secrecy import exposed

    loaded = settings(config)
    output().print("[clear]ok[/clear]   configuration")
    for seen in exposed(loaded, config_file(config)):
        output().print(f"[ambiguous]note[/ambiguous] files: {escape(seen)}", soft_wrap=True)
    failed = 0
    for name, check in _CHECKS.items():
        with errors().status(f"Checking {name}"):
            try:
                said = check(loaded)
            except TsbbotError as error:
                failed += 1
                output().print(f"[wrong]wrong[/wrong] {name}: {escape(str(error))}")
                continue
        mark = "[ambiguous]note[/ambiguous]" if said.startswith("note: ") else "[clear]ok[/clear]  "
        output().print(f"{mark} {name}: {escape(said.removeprefix('note: '))}")
    if failed:
        raise typer.Exit(1)


def _circulars(loaded: "Settings") -> str:
    from bot.wiring.office import load_circulars

    circulars = load_circulars(loaded.circulars)
    return ", ".join(
        f"{each.name} ({len(each.texts)} texts, until {each.deadline:%d %b %Y})"
        for each in circulars
    )


def _letters(loaded: "Settings") -> str:
    from bot.letters.checking import check_letters
    from bot.letters.languages import LANGUAGES
    from bot.letters.samples import PREVIEWS
    from bot.wiring.office import load_circulars

    if loaded.templates is not None and not loaded.templates.is_dir():
        raise TemplateError(
            f"the folder of templates {loaded.templates} is not there", mend="correct `templates`"
        )
    checked = check_letters(load_circulars(loaded.circulars), loaded.templates)
    if checked.problems:
        raise TemplateError(
            _some(checked.problems), mend="mend the templates in your folder, or take them out"
        )
    if checked.notes:
        return f"note: {_some(checked.notes)}"
    return f"{len(PREVIEWS)} letters in {len(LANGUAGES)} languages can be written"


def _some(said: tuple[str, ...]) -> str:
    more = len(said) - _MOST_SAID
    return "; ".join(said[:_MOST_SAID]) + (f"; and {more} more" if more > 0 else "")


def _record(loaded: "Settings") -> str:
    from bot.store.store import open_store

    with open_store(loaded.database.url) as store:
        store.check()
        with store.snapshot() as tx:
            broken = tx.audit.verify()
            entries, _ = tx.audit.head()
        if broken is not None:
            raise StoreError(
                f"the audit trail of {store.name} was changed at entry {broken}",
                mend="compare it with a backup; somebody wrote into the database",
            )
        return f"{store.name}, audit trail of {entries} entries unbroken"


def _archive(loaded: "Settings") -> str:
    from bot.edges.archive import Archive

    folder = loaded.archive.path
    archive = Archive(folder)
    sample = b"Subject: tsbbot doctor\r\n\r\nWritten to see whether it can be.\r\n"
    archive.remove(archive.put(sample))
    return f"{folder} can be written to"


def _register(loaded: "Settings") -> str:
    from bot.store.store import open_store
    from bot.worker.register_file import RegisterFile

    with open_store(loaded.database.url) as store:
        register = RegisterFile(path=loaded.members.file, store=store).register(clock(None).now())
    without = [code for code in register.states if not register.focal_points(code)]
    known = len(register.states) - len(without)
    if not known:
        return "note: no contacts yet; give [members] file, or use `tsbbot members import FILE.csv`"
    if without:
        names = ", ".join(without[:8]) + (", ..." if len(without) > 8 else "")
        return f"note: {known} with a focal point; none for {len(without)} ({names})"
    return f"{known} Member States and observers with a focal point"


def _sign_in(loaded: "Settings") -> str:
    from bot.edges.oauth2.expiring import expiring, expiring_files

    time = clock(None)
    now = time.now()
    found = dict.fromkeys((*expiring(loaded, now), *expiring_files(loaded, now, time)))
    if found:
        return "note: " + "; ".join(found)
    ways = {
        name: "by token" if section.oauth2 else "by password"
        for name, section in (("mailbox", loaded.mailbox), ("smtp", loaded.smtp))
    }
    return ", ".join(f"{name} {way}" for name, way in ways.items())


def _mailbox(loaded: "Settings") -> str:
    from bot.edges.imap import ImapMailbox
    from bot.wiring.accounts import imap_account

    with ImapMailbox(imap_account(loaded)) as mailbox:
        folder = mailbox.select()
    return f"{loaded.mailbox.account}, {loaded.mailbox.folder} with {folder.exists} messages"


def _smtp(loaded: "Settings") -> str:
    from bot.edges.smtp import Submission
    from bot.wiring.accounts import smtp_account

    with Submission(smtp_account(loaded)) as outgoing:
        outgoing.check()
    return f"{loaded.smtp.host} takes letters"


def _alarms(loaded: "Settings") -> str:
    import shutil

    from bot.edges.smtp import Submission
    from bot.wiring.accounts import alarm_account

    watch = loaded.watch
    ways = []
    if watch.alarm_command:
        if shutil.which(watch.alarm_command[0]) is None:
            raise ConfigurationError(
                f"the alarm command {watch.alarm_command[0]} cannot be run",
                mend="correct [watch] alarm_command",
            )
        ways.append(watch.alarm_command[0])
    if watch.smtp is not None:
        with Submission(alarm_account(watch.smtp)) as outgoing:
            outgoing.check()
        ways.append(watch.smtp.host)
    if not ways:
        return "note: nobody is told when the mailbox fails; see [watch] in config.example.toml"
    if watch.smtp is not None and watch.smtp.host in {loaded.smtp.host, loaded.mailbox.host}:
        return f"note: alarms go out by {watch.smtp.host}, which may be what failed"
    return "alarms go out by " + " and ".join(ways)


_CHECKS: dict[str, Callable[["Settings"], str]] = {
    "circulars": _circulars,
    "letters": _letters,
    "database": _record,
    "archive": _archive,
    "register": _register,
    "sign-in": _sign_in,
    "mailbox": _mailbox,
    "smtp": _smtp,
    "alarms": _alarms,
}

"""Everything put together: the only place that knows all rooms at once."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from bot.circulars.toml_file import load_circular
from bot.consultation.circular import Circular
from bot.edges.archive import Archive
from bot.edges.clock import Clock
from bot.edges.imap import ImapMailbox
from bot.edges.imap_connection import ImapAccount
from bot.edges.oauth2.accounts import account_tokens
from bot.edges.oauth2.expiring import expiring
from bot.edges.oauth2.token import AccessTokens
from bot.edges.smtp import Submission
from bot.edges.smtp_connection import SmtpAccount
from bot.edges.system_clock import SystemClock
from bot.errors import ConfigurationError
from bot.letters.rendering import Letters
from bot.mail.addresses import parse_addresses
from bot.mail.message import Address
from bot.office import Office
from bot.register.register import Register
from bot.settings import (
    AlarmSmtpSettings,
    PasswordServerSettings,
    Security,
    ServerSettings,
    Settings,
)
from bot.store.store import Store, open_store
from bot.watch.watchman import Watchman
from bot.watch.ways import Command, Post, Way
from bot.worker.carrying_out import Clerk
from bot.worker.deciding import Decider
from bot.worker.fetching import Fetcher
from bot.worker.filing import Filing
from bot.worker.letter_writer import LetterWriter, can_be_written_to
from bot.worker.part_reader import PartReader, working_names
from bot.worker.readings_at_hand import ReadingsAtHand
from bot.worker.register_file import RegisterFile
from bot.worker.reviewing import Reviewer
from bot.worker.scheduling import Scheduler
from bot.worker.sending import Sender
from bot.worker.worker import Worker
from parsers.sandbox import ReadingLimits, Sandbox

_IMAP_PORTS = {Security.TLS: 993, Security.STARTTLS: 143, Security.PLAIN: 143}
_SMTP_PORTS = {Security.TLS: 465, Security.STARTTLS: 587, Security.PLAIN: 25}


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The parts that work on the record, without mailbox and SMTP server.

    Attributes:
        settings: as loaded.
        office: what follows from them.
        store, archive: open.
        letters, writer: words and addresses.
        scheduler: reminders and digest.
        reviewer: people's decisions.
        register_file: the register as it is now.
    """

    settings: Settings
    office: Office
    store: Store
    archive: Archive
    letters: Letters
    writer: LetterWriter
    scheduler: Scheduler
    reviewer: Reviewer
    register_file: RegisterFile

    def register(self, now: dt.datetime) -> Register:
        """Member States and contacts."""
        return self.register_file.register(now)


@contextmanager
def open_desk(settings: Settings) -> Iterator[Desk]:
    """Opens the record.

    Raises:
        ConfigurationError, CircularError, StoreError, ArchiveError: it cannot be opened; says why.
    """
    office = office_of(settings)
    letters = Letters([settings.templates] if settings.templates else [])
    writer = LetterWriter(sender=office.sender)
    with open_store(settings.database.url) as store:
        archive = Archive(settings.archive.path)
        yield Desk(
            settings=settings,
            office=office,
            store=store,
            archive=archive,
            letters=letters,
            writer=writer,
            scheduler=Scheduler(
                office=office,
                store=store,
                letters=letters,
                writer=writer,
                announced=lambda now: expiring(settings, now),
            ),
            reviewer=Reviewer(
                office=office, store=store, archive=archive, letters=letters, writer=writer
            ),
            register_file=RegisterFile(path=settings.members.file, store=store),
        )


@contextmanager
def open_worker(
    desk: Desk,
    clock: Clock,
    guarded: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> Iterator[Worker]:
    """Puts the worker together; the processes that read files end with the context.

    Args:
        desk: the parts that it works with.
        clock: what time it is.
        guarded: lasts as long as a round does (`bot.watch.watchdog`).

    Raises:
        ConfigurationError: an account cannot be used as configured.
    """
    settings, office = desk.settings, desk.office
    imap, smtp = imap_account(settings), smtp_account(settings)
    account, folder = settings.mailbox.account, settings.mailbox.folder
    limits = ReadingLimits(
        seconds=settings.limits.parse_seconds,
        memory_mb=settings.limits.parse_mb,
        processes=settings.limits.processes,
    )
    with ExitStack() as stack:
        sandbox = stack.enter_context(Sandbox(limits))
        reader = PartReader(
            sandbox=sandbox,
            known=working_names(office.circulars),
            most_bytes=office.attachment_bytes,
        )
        at_hand = ReadingsAtHand()
        yield Worker(
            store=desk.store,
            register=desk.register,
            register_before=desk.register_file.as_imported,
            mailbox=lambda: ImapMailbox(imap),
            outgoing=lambda: Submission(smtp),
            fetcher=Fetcher(
                office=office,
                account=account,
                folder=folder,
                store=desk.store,
                archive=desk.archive,
                reader=reader,
                at_hand=at_hand,
            ),
            decider=Decider(
                office=office,
                store=desk.store,
                archive=desk.archive,
                reader=reader,
                at_hand=at_hand,
                clerk=Clerk(office=office, letters=desk.letters, writer=desk.writer),
            ),
            scheduler=desk.scheduler,
            sender=Sender(store=desk.store, envelope_from=office.sender.email),
            filing=Filing(
                store=desk.store,
                account=account,
                folder=folder,
                processed_folder=settings.mailbox.processed_folder,
            ),
            clock=clock,
            poll_seconds=settings.mailbox.poll_seconds,
            idle=settings.mailbox.idle,
            guarded=guarded,
        )


def watchman_of(desk: Desk) -> Watchman:
    """Who looks after the worker.

    Raises:
        ConfigurationError: [watch.smtp] cannot be used as configured.
    """
    watch = desk.settings.watch
    ways: list[Way] = []
    if watch.alarm_command:
        ways.append(Command(words=watch.alarm_command))
    if watch.smtp is not None:
        ways.append(
            Post(
                account=alarm_account(watch.smtp),
                sender=_address("watch.smtp", watch.smtp.sender),
                recipients=watch.alarm_to,
            )
        )
    return Watchman(
        desk.store,
        heartbeat=watch.heartbeat_file,
        ways=ways,
        after=dt.timedelta(minutes=watch.alarm_after_minutes),
    )


def alarm_account(smtp: AlarmSmtpSettings) -> SmtpAccount:
    """How to hand alarms over.

    Raises:
        ConfigurationError: a user name and no password.
    """
    return SmtpAccount(
        host=smtp.host,
        port=smtp.port or _SMTP_PORTS[smtp.security],
        security=smtp.security,
        username=smtp.username,
        password=_password("watch.smtp", smtp) if smtp.username else "",
        timeout=smtp.timeout_seconds,
        ca_file=smtp.ca_file,
    )


def office_of(settings: Settings) -> Office:
    """What the settings say of the consultation.

    Raises:
        ConfigurationError: no circular, no usable sender, or nobody to write a digest to.
        CircularError: a circular's file is wrong.
    """
    circulars = load_circulars(settings.circulars)
    for each in settings.secretariat.digest_to:
        if not can_be_written_to(each):
            raise ConfigurationError(
                f'[secretariat] digest_to "{each}" is no address',
                mend="write it as secretariat@example.org",
            )
    hour, minute = settings.secretariat.digest_at.split(":")
    return Office(
        circulars=circulars,
        sender=_sender(settings, circulars),
        observers=settings.observers,
        authserv_id=settings.authenticity.authserv_id,
        require_authenticity=settings.authenticity.require,
        confirm_scans=settings.reading.confirm_scans,
        digest_to=settings.secretariat.digest_to,
        digest_at=(int(hour), int(minute)),
        zone=settings.secretariat.zone,
        days_before=settings.reminders.days_before,
        reminder_hour=settings.reminders.hour,
        base_url=settings.review.base_url,
        answers_a_day=settings.limits.answers_per_sender_per_day,
        message_bytes=settings.limits.message_mb * 1_000_000,
        attachment_bytes=settings.limits.attachment_mb * 1_000_000,
    )


def load_circulars(paths: tuple[Path, ...]) -> tuple[Circular, ...]:
    """The configured circulars, by number.

    Raises:
        ConfigurationError: there is none, or two have the same number.
        CircularError: a file is wrong.
    """
    circulars = sorted((load_circular(path) for path in paths), key=lambda each: each.number)
    if not circulars:
        raise ConfigurationError(
            "no circular is configured",
            mend='name at least one: circulars = ["circulars/106.toml"]',
        )
    numbers = [each.number for each in circulars]
    if len(set(numbers)) < len(numbers):
        raise ConfigurationError(
            "two of the configured circulars have the same number", mend="keep one of them"
        )
    return tuple(circulars)


def imap_account(settings: Settings) -> ImapAccount:
    """How to sign in to the mailbox.

    Raises:
        ConfigurationError: no password.
    """
    mailbox = settings.mailbox
    return ImapAccount(
        host=mailbox.host,
        port=mailbox.port or _IMAP_PORTS[mailbox.security],
        security=mailbox.security,
        username=mailbox.username,
        password="" if mailbox.oauth2 else _password("mailbox", mailbox),
        tokens=_tokens("mailbox", mailbox),
        folder=mailbox.folder,
        timeout=mailbox.timeout_seconds,
        ca_file=mailbox.ca_file,
    )


def smtp_account(settings: Settings) -> SmtpAccount:
    """How to hand letters over; without a user name nobody signs in.

    Raises:
        ConfigurationError: a user name and no password.
    """
    smtp = settings.smtp
    return SmtpAccount(
        host=smtp.host,
        port=smtp.port or _SMTP_PORTS[smtp.security],
        security=smtp.security,
        username=smtp.username,
        password=_password("smtp", smtp) if smtp.username and not smtp.oauth2 else "",
        tokens=_tokens("smtp", smtp),
        timeout=smtp.timeout_seconds,
        ca_file=smtp.ca_file,
    )


def _password(section: str, server: PasswordServerSettings) -> str:
    secret = server.secret()
    if not secret:
        raise ConfigurationError(
            f"[{section}] has no password",
            mend=f"give password_file, or set TSBBOT_{section.upper().replace('.', '__')}__PASSWORD",
        )
    return secret


def _tokens(section: str, server: ServerSettings) -> AccessTokens | None:
    if server.oauth2 is None:
        return None
    # Tokens end by the real time, whatever day is rehearsed.
    return account_tokens(section, server.username, server.oauth2, SystemClock())


def _sender(settings: Settings, circulars: tuple[Circular, ...]) -> Address:
    return _address("smtp", settings.smtp.sender or circulars[-1].reply_address)


def _address(section: str, written: str) -> Address:
    addresses = parse_addresses(written)
    if len(addresses) != 1 or not addresses[0].email:
        raise ConfigurationError(
            f'[{section}] sender "{written}" is no address',
            mend='write it as "TSB <tsbdir@example.org>"',
        )
    return addresses[0]

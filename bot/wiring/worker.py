"""The worker and who looks after it, put together: the only place that knows all rooms at once."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext

from bot.edges.clock import Clock
from bot.edges.imap import ImapMailbox
from bot.edges.key_records import KeyRecords
from bot.edges.smtp import Submission
from bot.mail.authentication.signatures import KeyRecord
from bot.settings import Settings
from bot.watch.watchman import Watchman
from bot.watch.ways import Command, Post, Way
from bot.wiring.accounts import address, alarm_account, imap_account, smtp_account
from bot.wiring.desk import Desk
from bot.worker.carrying_out import Clerk
from bot.worker.deciding import Decider
from bot.worker.fetching import Fetcher
from bot.worker.filing import Filing
from bot.worker.reading.part_reader import PartReader, reader_of, working_names
from bot.worker.reading.readings_at_hand import ReadingsAtHand
from bot.worker.sending import Sender
from bot.worker.vouching import Voucher
from bot.worker.worker import Worker
from parsers.sandbox import ReadingLimits, Sandbox


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
        sandbox = stack.enter_context(Sandbox(limits, reader_of(office.circulars)))
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
                voucher=Voucher(office=office, archive=desk.archive, record=_key_records(settings)),
            ),
            scheduler=desk.scheduler,
            sender=Sender(store=desk.store, returns=office.returns),
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


def _key_records(settings: Settings) -> KeyRecord | None:
    asked = settings.authenticity
    return KeyRecords(asked.key_seconds) if asked.check_signatures else None


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
                sender=address("watch.smtp", watch.smtp.sender),
                recipients=watch.alarm_to,
            )
        )
    return Watchman(
        desk.store,
        heartbeat=watch.heartbeat_file,
        ways=ways,
        after=dt.timedelta(minutes=watch.alarm_after_minutes),
    )

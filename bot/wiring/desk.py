"""The parts that work on the record, put together."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.edges.archive import Archive
from bot.edges.oauth2.expiring import expiring
from bot.letters.rendering import Letters
from bot.letters.steady import SteadyLetters
from bot.office import Office
from bot.register.register import Register
from bot.settings import Settings
from bot.store.store import Store, open_store
from bot.wiring.office import office_of
from bot.worker.calendar.scheduling import Scheduler
from bot.worker.decisions.asking import Asker
from bot.worker.decisions.reviewing import Reviewer
from bot.worker.letter_writer import LetterWriter
from bot.worker.register_file import RegisterFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The parts that work on the record, without mailbox and SMTP server.

    Attributes:
        settings: as loaded.
        office: what follows from them.
        store, archive: open.
        letters, writer: words and addresses.
        scheduler: reminders and digest.
        reviewer, asker: people's decisions, and their questions to senders.
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
    asker: Asker
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
    letters = SteadyLetters([settings.templates]) if settings.templates else Letters()
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
            asker=Asker(
                office=office, store=store, archive=archive, letters=letters, writer=writer
            ),
            register_file=RegisterFile(path=settings.members.file, store=store),
        )

"""The worker put together as it is for real, but for mailbox, SMTP server and reading processes."""

import contextlib
import dataclasses
import datetime as dt
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from bot.circulars.shipped import shipped_circulars
from bot.consultation.circular import Circular
from bot.consultation.tally import CircularTally, tally
from bot.demo.contacts import ADMINISTRATIONS
from bot.demo.messages import Attachment, Authentication
from bot.demo.sample_message import Desk as SampleDesk
from bot.edges.clock import FixedClock
from bot.register.register import Register
from bot.store.messages import StoredMessage
from bot.store.replies import StoredReply
from bot.store.troubles import Trouble
from bot.worker.fetching import Haul
from bot.worker.reading.part_reader import PartReader
from bot.worker.worker import Round, Worker
from parsers.reading import FormReading
from parsers.registry import read
from parsers.sandbox import Sandbox
from tests.support.served_mailbox import ServedMailbox
from tests.support.workplace import AtWork, Workplace
from tests.worker.fake_mailbox import RECEIVED, FakeMailbox
from tests.worker.fake_submission import FakeSubmission

#: A Thursday three weeks before the deadline, 11 o'clock in Geneva.
NOW = dt.datetime(2026, 4, 9, 9, 0, tzinfo=dt.UTC)


class HereReader(Sandbox):
    """Reads files in this process, and fails where it is told to.

    Attributes:
        fails_on: bytes -> what is raised when a file holds them.
        files: how many were read.
        before_reading: done before each of them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.fails_on: dict[bytes, Exception] = {}
        self.files = 0
        self.before_reading: Callable[[], None] = lambda: None

    def read_all(
        self, files: Iterable[bytes], known: Mapping[str, str] | None = None
    ) -> Iterator[FormReading]:
        """See `Sandbox`."""
        for data in files:
            self.files += 1
            self.before_reading()
            for within, error in self.fails_on.items():
                if within in data:
                    raise error
            yield read(data, known)


class Workroom:
    """A worker at work, and short words for what a test asks of it.

    Attributes:
        at_work: desk and worker.
        mailbox, submission, reader: fakes.
        clock: stands at `NOW`.
        circular: that is consulted on.
    """

    def __init__(self, at_work: AtWork, clock: FixedClock, circular: Circular) -> None:
        self.desk = at_work.desk
        self.clock = clock
        self.circular = circular
        self.mailbox = FakeMailbox()
        self.submission = FakeSubmission()
        self.reader = HereReader()
        part_reader = PartReader(
            sandbox=self.reader,
            known=at_work.worker.decider.reader.known,
            most_bytes=at_work.desk.office.attachment_bytes,
        )
        self.worker: Worker = dataclasses.replace(
            at_work.worker,
            mailbox=lambda: self.mailbox,
            outgoing=lambda: self.submission,
            fetcher=dataclasses.replace(at_work.worker.fetcher, reader=part_reader),
            decider=dataclasses.replace(at_work.worker.decider, reader=part_reader),
        )
        self._sample = SampleDesk(circular=circular)
        self._delivered = 0

    @property
    def now(self) -> dt.datetime:
        """The present moment."""
        return self.clock.now()

    @property
    def register(self) -> Register:
        """The sample's."""
        return self.desk.register(self.now)

    def later(self, **by: float) -> dt.datetime:
        """Moves the clock on; the present moment."""
        self.clock.advance(dt.timedelta(**by))
        return self.now

    # Messages.

    def reply(
        self,
        state: str = "CHE",
        letters: str = "NNNNNNNNNN",
        *,
        received_at: dt.datetime = RECEIVED,
        rows: list[str] | None = None,
        sender: str = "",
        authentication: Authentication = Authentication.PASS,
        subject: str = "",
        text: str = "",
        files: list[Attachment] | None = None,
        beside: list[Attachment] | None = None,
    ) -> bytes:
        """A reply with a Word form; no two are the same message."""
        self._delivered += 1
        form = self._sample.word(state, letters, rows=rows)
        return self._sample.mail(
            state,
            "",
            received_at,
            [Attachment(filename="Annex 2.docx", data=form), *(beside or ())]
            if files is None
            else files,
            name=f"{state}-{self._delivered}",
            sender=sender,
            authentication=authentication,
            subject=subject,
            text=text,
        ).raw

    # The steps.

    def fetch(self) -> Haul:
        """Visits the mailbox."""
        return self.worker.fetcher.visit(self.mailbox, self.register, self.now)

    def decide(self) -> None:
        """Works through what was taken."""
        trouble = self.worker.decider.work(self.register, self.clock).trouble
        assert trouble is None

    def round(self) -> Round:
        """A whole round."""
        return self.worker.once()

    def run(self, waits: int = 1) -> list[Round]:
        """The worker's loop, until it has waited for new mail so often."""
        stop = threading.Event()
        self.mailbox.stop_after(self.mailbox.waits + waits, stop)
        told: list[Round] = []
        self.worker.run(stop, told.append)
        return told

    # What is recorded.

    def messages(self) -> list[StoredMessage]:
        """Every message taken, by id."""
        with self.desk.store.snapshot() as tx:
            found = [tx.messages.get(number) for number in range(1, 100)]
        return [each for each in found if each is not None]

    def message(self) -> StoredMessage:
        """The only message taken."""
        (only,) = self.messages()
        return only

    def replies(self) -> list[StoredReply]:
        """Every reply recorded."""
        with self.desk.store.snapshot() as tx:
            return tx.replies.all(self.circular.number)

    def tally(self) -> CircularTally:
        """Where it stands."""
        with self.desk.store.snapshot() as tx:
            records = tx.opinions.records(self.circular.number)
        return tally(self.circular, records, moment=self.now, observers=self.desk.office.observers)

    def troubles(self) -> list[Trouble]:
        """Every trouble there ever was."""
        with self.desk.store.snapshot() as tx:
            return tx.troubles.since(None)

    def letters(self, kind: str = "acknowledgement") -> list[str]:
        """Whom the letters of a kind went, or go, to."""
        with self.desk.store.snapshot() as tx:
            return [each.recipient for each in tx.letters.of_kind(kind)]

    def archived(self) -> list[Path]:
        """The files of the archive."""
        return sorted(self.desk.settings.archive.path.rglob("*.eml"))

    def focal_point(self, state: str = "CHE") -> str:
        """The registered address."""
        return ADMINISTRATIONS[state].focal_point


@contextlib.contextmanager
def open_workroom(
    folder: Path,
    model: Path | None = None,
    sections: Mapping[str, Mapping[str, object]] | None = None,
    *,
    now: dt.datetime = NOW,
) -> Iterator[Workroom]:
    """A workroom in a folder.

    Args:
        folder: empty, or one in which there was a workroom before.
        model: a database with empty tables, so that they need not be made each time.
        sections: of the configuration, where they differ.
        now: where the clock stands.
    """
    circular = shipped_circulars()[-1]
    nobody = ServedMailbox("127.0.0.1", 9, "tsbdir", "unused")
    workplace = Workplace(folder, circular, nobody, 9, sections)
    database = folder / "tsbbot.db"
    if model is not None and not database.exists():
        shutil.copy(model, database)
    clock = FixedClock(now)
    with workplace.at_work(clock) as at_work:
        yield Workroom(at_work, clock, circular)

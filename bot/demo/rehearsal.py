"""A whole consultation in a minute: the sample's mail delivered day by day to the real worker."""

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from bot.circulars.toml_file import dump_circular
from bot.consultation.circular import Circular
from bot.demo.consultation import sample_mailbox
from bot.demo.contacts import ADMINISTRATIONS, register_csv
from bot.demo.imap_server import EmbeddedMailbox
from bot.demo.messages import AUTHSERV_ID
from bot.demo.other_mail import bounce_of
from bot.demo.sample_message import SampleMessage
from bot.demo.smtp_server import EmbeddedSubmission, SentLetter
from bot.edges.clock import FixedClock
from bot.edges.system_clock import SystemClock
from bot.settings import load_settings
from bot.wiring.desk import Desk, open_desk
from bot.wiring.worker import open_worker
from bot.worker.worker import Round, Worker

#: Whose focal point's mailbox is gone: the reminder to it bounces.
UNREACHABLE = "MNG"
#: The secretariat of the sample.
SECRETARIAT = "secretariat@itu.example"
#: The worker looks into the mailbox once a day at this hour, UTC.
_HOUR = 8

_CONFIGURATION = """\
# Written by `tsbbot demo`. Its mail servers are gone, but the record can be looked at:
#     tsbbot tally --config {folder}/config.toml --now {now}

circulars = ["circular.toml"]

[mailbox]
host = "127.0.0.1"
port = {imap_port}
security = "plain"
username = "{username}"
password = "{password}"

[smtp]
host = "127.0.0.1"
port = {smtp_port}
security = "plain"
sender = "TSB <{sender}>"

[members]
file = "members.csv"

[authenticity]
authserv_id = "{authserv_id}"

[secretariat]
digest_to = ["{secretariat}"]
reviewers = ["{secretariat}"]
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of the rehearsal.

    Attributes:
        moment: when the worker looked.
        of: how many days there are.
        delivered: messages that came since the day before.
        done: what the worker's round did.
    """

    moment: dt.datetime
    of: int
    delivered: int
    done: Round


class Rehearsal:
    """Mailbox, SMTP server and worker of the sample consultation while the context lasts.

    Attributes:
        folder: with the configuration, the record, the archive and the letters.
        circular: that is consulted on.
        desk: the record, for looking at it.
        clock: stands at the last day of the rehearsal once that was played.
    """

    def __init__(self, circular: Circular, folder: Path) -> None:
        """Says what and where; the folder must be there and empty."""
        self.circular = circular
        self.folder = folder
        self._messages = sample_mailbox(circular)
        self._stack = ExitStack()
        self.clock = FixedClock(self.moments[0])

    @property
    def moments(self) -> tuple[dt.datetime, ...]:
        """When the worker looks into the mailbox: every day, and once after the deadline."""
        first = self._messages[0].received_at.astimezone(dt.UTC)
        moment = first.replace(hour=_HOUR, minute=0, second=0, microsecond=0)
        end = self._messages[-1].received_at + dt.timedelta(hours=1)
        days = []
        while moment < end:
            moment += dt.timedelta(days=1)
            days.append(moment)
        return tuple(days)

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._mailbox = stack.enter_context(EmbeddedMailbox())
            self._submission = stack.enter_context(EmbeddedSubmission())
            self._write_files()
            self.desk: Desk = stack.enter_context(
                open_desk(load_settings(self.folder / "config.toml"))
            )
            self._worker: Worker = stack.enter_context(open_worker(self.desk, self.clock))
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def play(self) -> Iterator[Day]:
        """Delivers each day's mail and lets the worker do a round."""
        waiting = list(self._messages)
        bounced = False
        for moment in self.moments:
            due = [each for each in waiting if each.received_at <= moment]
            waiting = waiting[len(due) :]
            for message in due:
                self._mailbox.append(message.raw, message.received_at)
            self.clock.advance(moment - self.clock.now())
            done = self._worker.once()
            if not bounced and (report := self._bounce(moment)) is not None:
                self._mailbox.append(report.raw, report.received_at)
                bounced = True
            yield Day(moment=moment, of=len(self.moments), delivered=len(due), done=done)

    def go_on(self, stop: threading.Event, seconds: float = 5) -> None:
        """Lets the worker go on, with the clock of this machine, until it is told to stop."""
        ticking = SystemClock()
        while not ticking.wait(seconds, stop):
            self.clock.advance(dt.timedelta(seconds=seconds))
            self._worker.once()

    def letters(self) -> tuple[SentLetter, ...]:
        """What was sent, in order."""
        return self._submission.letters

    def keep_letters(self) -> Path:
        """Writes what was sent into the folder, one file a letter; says where."""
        kept = self.folder / "letters"
        kept.mkdir(exist_ok=True)
        for number, letter in enumerate(self.letters(), start=1):
            (kept / f"{number:03}.eml").write_bytes(letter.raw)
        return kept

    def _bounce(self, moment: dt.datetime) -> SampleMessage | None:
        """The report on the first reminder to the address that is gone; None before it was sent."""
        address = ADMINISTRATIONS[UNREACHABLE].focal_point
        for letter in self.letters():
            if address in letter.recipients:
                header_id = str(letter.message()["Message-ID"])
                return bounce_of(
                    header_id,
                    recipient=address,
                    received_at=moment + dt.timedelta(minutes=5),
                    circular=self.circular,
                )
        return None

    def _write_files(self) -> None:
        (self.folder / "circular.toml").write_text(dump_circular(self.circular), encoding="utf-8")
        (self.folder / "members.csv").write_text(register_csv(), encoding="utf-8")
        (self.folder / "config.toml").write_text(
            _CONFIGURATION.format(
                folder=self.folder,
                now=self.moments[-1].strftime("%Y-%m-%dT%H:%MZ"),
                imap_port=self._mailbox.port,
                smtp_port=self._submission.port,
                username=self._mailbox.username,
                password=self._mailbox.password,
                sender=self.circular.reply_address,
                authserv_id=AUTHSERV_ID,
                secretariat=SECRETARIAT,
            ),
            encoding="utf-8",
        )

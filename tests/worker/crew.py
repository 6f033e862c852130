"""Several workers on one database: what they are given, and what they must have made of it.

As a program (`python -m tests.worker.crew`) it measures what a second worker is worth.
"""

import argparse
import contextlib
import datetime as dt
import itertools
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.circulars.shipped import shipped_circulars
from bot.consultation.circular import Circular
from bot.demo.contacts import ADMINISTRATIONS
from bot.demo.imap_server import EmbeddedMailbox
from bot.demo.messages import Attachment, make_message
from bot.demo.sample_message import Desk as SampleDesk
from bot.demo.smtp_server import EmbeddedSubmission
from bot.store.messages import Arrival
from bot.store.tables.mailbox import MessageStatus
from tests.support.postgresql import Postgresql, running_postgresql
from tests.support.served_mailbox import ServedMailbox
from tests.support.workplace import Workplace

ROOT = Path(__file__).parents[2]
CIRCULAR: Circular = shipped_circulars()[-1]
#: One in so many messages is a reply; the others are looked into and left.
_REPLIES = 20
_BEGIN = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What workers made of the messages.

    Attributes:
        decided: messages.
        twice: messages decided more than once.
        out_of_order: replies recorded before one of the same Member State that came earlier.
        letters: that went out.
        again: letters that went out more than once.
        rate: messages a second, from the first decision to the last.
    """

    decided: int
    twice: int
    out_of_order: int
    letters: int
    again: int
    rate: float


class Crew:
    """A workplace on PostgreSQL for any number of workers."""

    def __init__(
        self, folder: Path, url: str, mailbox: EmbeddedMailbox, submission: EmbeddedSubmission
    ) -> None:
        self._submission = submission
        self.mailbox = mailbox
        served = ServedMailbox(mailbox.host, mailbox.port, mailbox.username, mailbox.password)
        self.workplace = Workplace(
            folder,
            CIRCULAR,
            served,
            submission.port,
            {
                "database": {"url": url},
                "mailbox": {"idle": False, "poll_seconds": 1},
                "secretariat": {"digest_to": []},
                "reminders": {"days_before": []},
                "limits": {"answers_per_sender_per_day": 1_000_000},
            },
        )

    def give(self, count: int) -> None:
        """Has so many messages taken: archived and recorded, as a visit leaves them."""
        with self.workplace.desk() as desk:
            messages = _messages(count)
            while chunk := list(itertools.islice(messages, 200)):
                with desk.store.transaction() as tx:
                    for number, (raw, received_at, sender) in chunk:
                        tx.messages.take(
                            Arrival(
                                account="made",
                                folder="INBOX",
                                uidvalidity=1,
                                uid=number + 1,
                                sha256=desk.archive.put(raw),
                                size=len(raw),
                                received_at=received_at,
                                recorded_at=received_at,
                                sender=sender,
                                subject="",
                                header_id=None,
                            )
                        )

    @contextlib.contextmanager
    def at_work(self, workers: int, *words: str) -> Iterator[list[subprocess.Popen[str]]]:
        """So many workers, begun together, and ended with the context."""
        program = [sys.executable, "-m", "tests.worker.crew_member", str(self.workplace.config)]
        begun = []
        try:
            for number in range(workers):
                log = (self.workplace.folder / f"worker{number}.log").open("a")
                with log:
                    begun.append(
                        subprocess.Popen(
                            [*program, *words],
                            cwd=ROOT,
                            stdin=subprocess.PIPE,
                            stdout=log,
                            stderr=log,
                            text=True,
                        )
                    )
            for number in range(workers):
                self.until(number, "ready")
            for each in begun:
                assert each.stdin is not None
                each.stdin.write("\n")
                each.stdin.close()
            yield begun
        finally:
            for each in begun:
                each.kill()
                each.wait()

    def log(self, worker: int) -> str:
        """What a worker said so far."""
        return (self.workplace.folder / f"worker{worker}.log").read_text()

    def until(self, worker: int, said: str, seconds: float = 120.0) -> None:
        """Waits until a worker says that."""
        deadline = time.monotonic() + seconds
        while said not in self.log(worker):
            assert time.monotonic() < deadline, self.log(worker)[-2000:]
            time.sleep(0.05)

    def deliver(self, state: str) -> None:
        """A reply of that Member State comes to the mailbox."""
        desk = SampleDesk(circular=CIRCULAR)
        form = Attachment(filename="Annex 2.docx", data=desk.word(state, "NNNNNNNNNN"))
        at = CIRCULAR.deadline - dt.timedelta(days=1)
        self.mailbox.append(desk.mail(state, "", at, [form]).raw, at)

    def until_decided(self, count: int, seconds: float = 120.0) -> None:
        """Waits until so many messages are decided and every letter has gone."""
        deadline = time.monotonic() + seconds
        while True:
            with self.workplace.desk() as desk, desk.store.snapshot() as tx:
                statuses = tx.messages.count_by_status()
                waiting = statuses[MessageStatus.RECEIVED] + tx.letters.count_queued()
            if not waiting and sum(statuses.values()) == count:
                return
            assert time.monotonic() < deadline, statuses
            time.sleep(0.2)

    def made(self) -> Made:
        """What became of it all; every worker must have ended."""
        with self.workplace.desk() as desk, desk.store.snapshot() as tx:
            messages = [each for each in map(tx.messages.get, range(1, 20_000)) if each]
            decisions = Counter(
                {
                    each.id: sum(e.action == "decide" for e in tx.audit.of(f"message/{each.id}"))
                    for each in messages
                }
            )
            replies = sorted(tx.replies.all(CIRCULAR.number), key=lambda each: each.id)
            assert tx.audit.verify() is None
            recorded = {each.header_id for each in tx.letters.of_kind("acknowledgement")}
        last: dict[str | None, dt.datetime] = {}
        out_of_order = 0
        for reply in replies:
            out_of_order += reply.received_at < last.get(reply.state, _BEGIN)
            last[reply.state] = reply.received_at
        sent = Counter(str(each.message()["Message-ID"]) for each in self._submission.letters)
        assert set(sent) == recorded
        times = sorted(each.settled_at for each in messages if each.settled_at is not None)
        return Made(
            decided=sum(n > 0 for n in decisions.values()),
            twice=sum(n > 1 for n in decisions.values()),
            out_of_order=out_of_order,
            letters=len(sent),
            again=sum(n > 1 for n in sent.values()),
            rate=len(times) / max((times[-1] - times[0]).total_seconds(), 0.001),
        )


def _messages(count: int) -> Iterator[tuple[int, tuple[bytes, dt.datetime, str]]]:
    """Small messages from every Administration in turn, each with a file to be read."""
    desk = SampleDesk(circular=CIRCULAR)
    states = [state for state in ADMINISTRATIONS if state != "PSE"]
    forms = {state: desk.word(state, "NNNNNNNNNN") for state in states}
    for number in range(count):
        # Neighbours are often of the same State, so that their order matters.
        state = states[(number // 3) % len(states)]
        received_at = _BEGIN + dt.timedelta(seconds=30 * number)
        sender = ADMINISTRATIONS[state].focal_point
        if number % _REPLIES == 0:
            form = Attachment(filename="Annex 2.docx", data=forms[state])
            raw = desk.mail(state, "", received_at, [form], name=f"{state}-{number}").raw
        else:
            raw = make_message(
                sender=sender,
                subject=f"Programme of the visit ({number})",
                text="Please see the attached file.",
                received=received_at,
                recipient=CIRCULAR.reply_address,
                message_id=f"<{number}.visit@{sender.rpartition('@')[2]}>",
                attachments=[
                    Attachment(
                        filename="programme.csv", data=b"9:00,welcome\n", content_type="text/csv"
                    )
                ],
            )
        yield number, (raw, received_at, sender)


@contextlib.contextmanager
def open_crew(folder: Path, postgresql: Postgresql) -> Iterator[Crew]:
    """A crew with a database, a mailbox and an SMTP server of its own."""
    with EmbeddedMailbox() as mailbox, EmbeddedSubmission() as submission:
        url = postgresql.url(postgresql.new_database())
        yield Crew(folder, url, mailbox, submission)


def main(words: Sequence[str] | None = None) -> int:
    """Measures one worker and several over the same messages."""
    parser = argparse.ArgumentParser(prog="python -m tests.worker.crew", description=__doc__)
    parser.add_argument("--messages", type=int, default=600)
    parser.add_argument("--seconds", type=float, default=0.04, help="that each file takes to read")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    arguments = parser.parse_args(words)
    well = True
    with running_postgresql() as postgresql:
        for workers in arguments.workers:
            with (
                tempfile.TemporaryDirectory() as folder,
                open_crew(Path(folder), postgresql) as crew,
            ):
                crew.give(arguments.messages)
                with crew.at_work(workers, "--seconds", str(arguments.seconds)) as begun:
                    for each in begun:
                        each.wait()
                made = crew.made()
                print(f"{workers} at work: {made}", flush=True)
                well &= made.decided == arguments.messages and not (made.twice or made.again)
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())

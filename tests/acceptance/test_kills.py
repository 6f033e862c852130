"""A worker that is killed at any moment, again and again, loses nothing and says nothing twice."""

import contextlib
import datetime as dt
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path

import pytest

from bot.circulars.shipped import shipped_circulars
from bot.consultation.record import Standing
from bot.demo.contacts import ADMINISTRATIONS
from bot.demo.messages import Attachment
from bot.demo.sample_message import Desk as SampleDesk
from bot.demo.sample_message import SampleMessage
from bot.demo.smtp_server import EmbeddedSubmission
from bot.store.tables.correspondence import LetterStatus
from bot.store.tables.mailbox import MessageStatus
from tests.acceptance.mail_folder import deliver, everything
from tests.support.served_mailbox import ServedMailbox
from tests.support.workplace import Workplace

pytestmark = [pytest.mark.acceptance, pytest.mark.integration, pytest.mark.slow]

CIRCULAR = shipped_circulars()[-1]
ROOT = Path(__file__).parents[2]
KILLS = 15
#: Seconds after which a child that does nothing is a failure.
PATIENCE = 60.0


def replies() -> list[SampleMessage]:
    """A reply of each of 26 Member States."""
    desk = SampleDesk(circular=CIRCULAR)
    states = [state for state in ADMINISTRATIONS if state != "PSE"][:26]
    return [
        desk.mail(
            state,
            "",
            CIRCULAR.deadline - dt.timedelta(days=20, minutes=number),
            [Attachment(filename="Annex 2.docx", data=desk.word(state, "NNNNNNNNNN"))],
        )
        for number, state in enumerate(states)
    ]


class Child:
    """`tsbbot run` in a process of its own."""

    def __init__(self, workplace: Workplace) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run", "--config", str(workplace.config)],
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "COLUMNS": "200"},
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def watches(self) -> None:
        """Waits until it says that it watches the mailbox."""
        assert self._process.stdout is not None
        assert self._process.stdout.readline().startswith("Watching")

    def kill(self) -> None:
        """Kills it where it stands."""
        self._process.kill()
        self._process.wait(PATIENCE)

    def stop(self) -> int:
        """Asks it to stop, as the system does; its exit status."""
        self._process.terminate()
        return self._process.wait(PATIENCE)

    def has_left(self) -> bool:
        """Whether nothing is left of its session: neither it nor the processes that read files."""
        try:
            os.killpg(self._process.pid, 0)
        except ProcessLookupError:
            return True
        return False

    def clean_up(self) -> None:
        """Ends whatever is left of its session, which is nobody else's."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(PATIENCE)
        assert self._process.stdout is not None
        self._process.stdout.close()


def eventually(holds: Callable[[], bool]) -> None:
    """Waits until something holds."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.05)


@pytest.mark.timeout(300)
def test_a_worker_killed_at_random_moments_loses_nothing_and_answers_once(
    mailbox: ServedMailbox, tmp_path: Path, submission: EmbeddedSubmission
) -> None:
    workplace = Workplace(
        tmp_path,
        CIRCULAR,
        mailbox,
        submission.port,
        {
            "mailbox": {"poll_seconds": 1},
            "reminders": {"days_before": []},
            "secretariat": {"digest_to": []},
        },
    )
    chance = random.Random(106)
    messages = replies()
    waiting = list(messages)
    children: list[Child] = []
    try:
        for _ in range(KILLS):
            # There is always something to do: two more have come, and what the last one left.
            deliver(mailbox, waiting[:2])
            waiting = waiting[2:]
            child = Child(workplace)
            children.append(child)
            child.watches()
            # The moment is what chance says: nothing is waited for.
            time.sleep(chance.uniform(0, 0.8))
            child.kill()
        before = everything(mailbox)
        last = Child(workplace)
        children.append(last)
        last.watches()
        eventually(lambda: len(_answered(submission)) == len(messages))
        assert last.stop() == 0
        eventually(lambda: all(child.has_left() for child in children))
    finally:
        for child in children:
            child.clean_up()
    assert workplace.round(dt.datetime(2026, 12, 1, tzinfo=dt.UTC)).trouble == []

    with workplace.desk() as desk, desk.store.snapshot() as tx:
        desk.store.check()
        assert tx.audit.verify() is None
        recorded = tx.replies.all(CIRCULAR.number)
        letters = tx.letters.of_kind("acknowledgement")
        lines = tx.opinions.records(CIRCULAR.number)
        statuses = tx.messages.count_by_status()
    # Every reply once.
    expected = sorted(each.state or "" for each in messages)
    assert sorted(each.state or "" for each in recorded) == expected
    assert {each.standing for each in recorded} == {Standing.COUNTED}
    assert set(Counter((each.reply, each.text) for each in lines).values()) == {1}
    assert statuses[MessageStatus.SETTLED] == sum(statuses.values()) == len(messages)
    # Every letter once; what was sent twice was the same message.
    assert {each.status for each in letters} == {LetterStatus.SENT}
    assert len({each.header_id for each in letters}) == len(letters) == len(messages)
    assert _answered(submission) == {each.header_id for each in letters}
    sent = {(_id(each.raw), each.recipients, each.raw) for each in submission.letters}
    assert len(sent) == len(messages)
    assert everything(mailbox) == before


def _answered(submission: EmbeddedSubmission) -> set[str]:
    return {_id(each.raw) for each in submission.letters}


def _id(raw: bytes) -> str:
    return str(message_from_bytes(raw)["Message-ID"])

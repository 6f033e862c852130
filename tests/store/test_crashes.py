"""A program that is killed at any instruction loses nothing committed and leaves nothing half done."""

import random
import subprocess
import sys
import time

import pytest

from bot.store.store import open_store
from tests.store.samples import NOW

#: Works like the worker does, one message a transaction, and says what it has committed.
_WORKER = """
import itertools, sys
from bot.consultation.record import Standing
from bot.store.store import open_store
from bot.store.tables.mailbox import MessageStatus
from tests.store.samples import NOW, arrival, assigns, letter, reply_to

first = int(sys.argv[2])
with open_store(sys.argv[1]) as store:
    print("ready", flush=True)
    for uid in itertools.count(first):
        with store.transaction() as tx:
            message_id = tx.messages.take(arrival(uid)).message_id
            reply = tx.replies.add(reply_to(message_id))
            tx.opinions.append(reply, [(assigns(), Standing.COUNTED)], at=NOW, who="worker")
            tx.letters.queue(letter(f"acknowledgement/{uid}", reply_id=reply.id))
            tx.messages.settle(message_id, status=MessageStatus.SETTLED, kind="reply", at=NOW)
            tx.audit.append(at=NOW, who="worker", action="take", subject=f"message/{uid}")
        print(uid, flush=True)
"""


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_loses_nothing_and_leaves_nothing_half_done(
    url: str,
) -> None:
    moments = random.Random(106)
    committed: list[int] = []
    for stop in range(4):
        worker = subprocess.Popen(
            [sys.executable, "-c", _WORKER, url, str(stop * 100_000 + 1)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
        time.sleep(moments.uniform(0.05, 0.3))
        worker.kill()
        # What it said before the end; the last word may have been cut short.
        said = worker.stdout.read().split("\n")[:-1]
        worker.stdout.close()
        worker.wait()
        committed += [int(line) for line in said]

    assert committed
    with open_store(url) as store, store.snapshot() as tx:
        store.check()
        replies = tx.replies.all(106)
        uids = tx.entries.known_uids("tsbdir@mail.example", "INBOX", 1)
        assert set(committed) <= uids
        assert tx.messages.due(NOW) == []
        assert len(replies) == len(uids) == len(tx.opinions.records(106))
        assert len({reply.reference for reply in replies}) == len(replies)
        assert all(len(tx.letters.of_reply(reply.id)) == 1 for reply in replies)
        assert tx.audit.head()[0] == 2 * len(replies)
        assert tx.audit.verify() is None


_HALF_WAY = """
import sys, time
from bot.store.store import open_store
from tests.store.samples import arrival, letter

with open_store(sys.argv[1]) as store:
    with store.transaction() as tx:
        tx.messages.take(arrival(1))
    with store.transaction() as tx:
        tx.messages.take(arrival(2))
        tx.letters.queue(letter())
        print("half way", flush=True)
        time.sleep(60)
"""


def test_a_transaction_that_was_cut_short_was_never_there(url: str) -> None:
    worker = subprocess.Popen(
        [sys.executable, "-c", _HALF_WAY, url], stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == "half way\n"
    worker.kill()
    worker.wait()
    worker.stdout.close()

    with open_store(url) as store:
        # Nothing of it stays locked either.
        with store.transaction() as tx:
            tx.values.set("name", "value")
        with store.snapshot() as tx:
            assert tx.entries.known_uids("tsbdir@mail.example", "INBOX", 1) == {1}
            assert not tx.letters.exists("reminder/106/CHE/14/focal@admin.example")

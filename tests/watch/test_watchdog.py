"""A round that gets nowhere ends the process; one that does, and a wait, do not."""

import subprocess
import sys
import threading
import time
from pathlib import Path

from bot.store.store import open_store
from bot.watch.watchdog import STATUS, Watchdog


def test_a_round_that_gets_nowhere_is_ended() -> None:
    ended = threading.Event()
    dog = Watchdog(0.05, lambda _: ended.set())
    with dog.on_guard(), dog.round():
        assert ended.wait(5)


def test_a_long_round_that_commits_goes_on_and_a_wait_is_no_round() -> None:
    ended: list[str] = []
    dog = Watchdog(0.5, ended.append)
    with dog.on_guard():
        with dog.round():
            for _ in range(7):
                time.sleep(0.1)
                dog.feed()
        time.sleep(0.7)
        dog.feed()
    assert ended == []


_HANGS = """
import sys, time
from bot.store.store import open_store
from bot.store.store import open_store
from bot.watch.watchdog import Watchdog

dog = Watchdog(0.3)
with open_store(sys.argv[1]) as store:
    store.tell_commits(dog.feed)
    with dog.on_guard(), dog.round():
        with store.transaction() as tx:
            tx.values.set("kept", "yes")
        with store.transaction() as tx:
            tx.values.set("half", "way")
            time.sleep(60)
"""


def test_the_process_ends_with_a_clear_line_and_its_record_is_sound(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/tsbbot.db"
    done = subprocess.run(
        [sys.executable, "-c", _HANGS, url], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == STATUS
    assert done.stderr.splitlines()[-1].startswith(
        "tsbbot: a round has got nowhere for 0.3 seconds"
    )
    assert "<module>" in done.stderr
    with open_store(url) as store, store.snapshot() as tx:
        store.check()
        assert tx.values.get("kept") == "yes"
        assert tx.values.get("half") is None

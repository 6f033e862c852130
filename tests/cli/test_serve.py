"""`tsbbot serve` as a process of its own: it answers, it ends when told to, it says what is wrong."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx

from bot.review.site import free_port
from tests.cli.conftest import Played, Run

_PATIENCE = 60


@contextlib.contextmanager
def serving(played: Played, port: int) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "serve", "--config", played.config, "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"COLUMNS": "100"},
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def answer(port: int, path: str) -> httpx.Response:
    begun = time.monotonic()
    while True:
        try:
            return httpx.get(f"http://127.0.0.1:{port}{path}", timeout=10)
        except httpx.ConnectError:
            if time.monotonic() - begun > _PATIENCE:
                raise
            time.sleep(0.1)


def test_the_page_is_served_until_it_is_told_to_stop(played: Played) -> None:
    port = free_port("127.0.0.1")
    with serving(played, port) as process:
        page = answer(port, "/")
        assert page.status_code == 303
        assert page.headers["location"].startswith("/sign-in")
        assert answer(port, "/sign-in").status_code == 200
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=_PATIENCE)
    assert f"http://127.0.0.1:{port}" in out
    assert "Traceback" not in err


def test_a_port_that_is_taken_is_said_in_one_line(played: Played) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serving(played, port) as process:
            out, err = process.communicate(timeout=_PATIENCE)
    assert process.returncode == 1
    assert str(port) in err
    assert "Traceback" not in out + err


def test_the_page_is_not_served_in_clear_beyond_this_machine(tsbbot: Run, played: Played) -> None:
    ran = tsbbot("serve", "--config", played.config, "--host", "0.0.0.0")
    assert ran.status == 1
    assert len(ran.err.strip().splitlines()) == 1
    assert "https" in ran.err

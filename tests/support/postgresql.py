"""A private PostgreSQL on the loopback address, for as long as the tests run.

It runs as an ordinary user in a folder of its own, asks for a password, and is thrown away after.
Each test takes a database that nobody had before.
"""

import contextlib
import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

HOST = "127.0.0.1"
USER = "tsbbot"
PASSWORD = "correct-horse"
#: Seconds that starting or stopping may take on a busy machine; usually it is one or two.
_PATIENCE = 60


def _programs() -> Path | None:
    """The folder of initdb and pg_ctl, of the newest version installed (Debian, else PATH)."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    folders = [each for each in folders if each.parent.name.isdigit()]
    folders.sort(key=lambda each: int(each.parent.name))
    on_path = shutil.which("initdb")
    if not folders and on_path:
        return Path(on_path).parent
    return folders[-1] if folders else None


class Postgresql:
    """The server."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs = programs
        self._folder = folder
        with socket.socket() as free:
            free.bind((HOST, 0))
            self.port = int(free.getsockname()[1])
        self._numbers = itertools.count(1)

    def url(self, database: str, *, password: str = PASSWORD) -> str:
        """As in [database] of a configuration."""
        return f"postgresql+psycopg://{USER}:{password}@{HOST}:{self.port}/{database}"

    def new_database(self, *, like: str = "template1") -> str:
        """The name of a database that no test had before, empty or with what another one holds."""
        name = f"test{next(self._numbers)}"
        self._ask(f"CREATE DATABASE {name} TEMPLATE {like}")
        return name

    def drop(self, database: str) -> None:
        """Takes a database away, whoever is connected."""
        self._ask(f"DROP DATABASE {database} WITH (FORCE)")

    def cut_off(self, database: str) -> None:
        """Ends every connection to a database, as a restart of the server does."""
        self._ask(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            f" WHERE datname = '{database}' AND pid <> pg_backend_pid()"
        )

    def start(self) -> None:
        """Makes and starts it; on the same port with the same data each time."""
        data = self._folder / "data"
        if not data.exists():
            secret = self._folder / "password"
            secret.write_text(PASSWORD)
            self._give_away()
            self._run(
                "initdb", "--pgdata", str(data), "--username", USER, "--pwfile", str(secret),
                "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C", "--no-sync",
            )  # fmt: skip
        # What the tests ask of the disk is that a program's end loses nothing, not a power cut.
        options = (
            f"-c port={self.port} -c listen_addresses={HOST} -c unix_socket_directories='' "
            "-c fsync=off -c full_page_writes=off -c max_connections=60"
        )
        self._control("start", "--log", str(self._folder / "log"), "--options", options)

    def stop(self) -> None:
        """Stops it at once; whoever is connected is cut off."""
        self._control("stop", "--mode", "fast")

    def _control(self, *words: str) -> None:
        self._run(
            "pg_ctl", *words, "--pgdata", str(self._folder / "data"), "--wait", "--silent",
            "--timeout", str(_PATIENCE),
        )  # fmt: skip

    def _ask(self, statement: str) -> None:
        address = f"host={HOST} port={self.port} user={USER} password={PASSWORD} dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())

    def _run(self, program: str, *words: str) -> None:
        owner = _owner()
        # Not through pipes: the server inherits them and would keep the reader waiting.
        with (self._folder / "output").open("w+") as output:
            done = subprocess.run(
                [str(self._programs / program), *words],
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=_PATIENCE + 10,
                check=False,
                env={**os.environ, "LC_ALL": "C"},
                user=None if owner is None else owner.pw_uid,
                group=None if owner is None else owner.pw_gid,
                extra_groups=None if owner is None else [],
            )
            output.seek(0)
            assert done.returncode == 0, output.read()

    def _give_away(self) -> None:
        owner = _owner()
        if owner is not None:
            for path in (self._folder, *self._folder.iterdir()):
                os.chown(path, owner.pw_uid, owner.pw_gid)


def _owner() -> pwd.struct_passwd | None:
    """Whom it runs as: PostgreSQL refuses root, so there it is the one who owns nothing."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


@contextlib.contextmanager
def running_postgresql() -> Iterator[Postgresql]:
    """A server while the context lasts; skips where it is missing, but in CI that is a failure."""
    programs = _programs()
    if programs is None:
        reason = "PostgreSQL is not installed (Debian: postgresql)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    server = Postgresql(programs, folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    """The one server of a run."""
    with running_postgresql() as server:
        yield server

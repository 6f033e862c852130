"""A private Dovecot on the loopback address, for as long as the tests run.

It runs as an ordinary user, with folders, ports, users and a certificate authority of its own.
Everybody may sign in with the one password: each test takes a user name that nobody had before.
"""

import contextlib
import grp
import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.support.certificates import write_certificates
from tests.support.served_mailbox import ServedMailbox

HOST = "127.0.0.1"
PASSWORD = "correct-horse"
#: Seconds that starting or stopping may take on a busy machine; usually it is a tenth of one.
_PATIENCE = 30.0
_PROGRAM = shutil.which("dovecot", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")

_IS_ROOT = os.geteuid() == 0

_CONFIGURATION = """\
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
listen = {host}
protocols = imap
ssl = yes
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
disable_plaintext_auth = no
auth_mechanisms = plain login{token_mechanisms}
auth_failure_delay = 0
auth_cache_size = 0
mail_max_userip_connections = 100
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 1
mail_fsync = never
{token_passdb}
passdb {{
  driver = static{password_mechanisms}
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  process_min_avail = 1
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
"""

#: Tokens are good if their provider says so (RFC 7662), and good for the mailbox that it names.
_TOKEN_PASSDB = """\
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth2.conf
}}
"""
_TOKEN_CHECK = """\
introspection_mode = post
introspection_url = {url}
username_attribute = username
active_attribute = active
active_value = true
"""


class Dovecot:
    """The server.

    Attributes:
        host: the loopback address.
        port: of IMAP, with STARTTLS.
        tls_port: of IMAP inside TLS.
        password: everybody's.
        ca_file: the authority that vouches for the server under 127.0.0.1 and under no other name.
    """

    def __init__(self, folder: Path, *, token_check: str | None = None) -> None:
        """Prepares it.

        Args:
            folder: for all that it has; its user must be able to get there.
            token_check: address that says whether a token is good (RFC 7662, 2): then people may
                sign in by one, with OAUTHBEARER or XOAUTH2; None: by the password alone.
        """
        assert _PROGRAM is not None
        self._token_check = token_check
        self.host = HOST
        self.password = PASSWORD
        self.port, self.tls_port = _free_ports(2)
        self.ca_file = folder / "ca.pem"
        self._folder = folder
        self._names = (f"mailbox{number}" for number in itertools.count(1))
        self._places = itertools.count(1)
        # Dovecot gives no mail to root: there it runs as the one who owns nothing.
        self._user = pwd.getpwnam("nobody") if _IS_ROOT else pwd.getpwuid(os.geteuid())
        self._process: subprocess.Popen[bytes] | None = None
        self._write_configuration()

    @property
    def log(self) -> str:
        """What the server has logged so far."""
        path = self._folder / "dovecot.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def new_mailbox(self) -> ServedMailbox:
        """An empty mailbox of a user that no test had before."""
        return ServedMailbox(self.host, self.port, next(self._names), self.password)

    def start(self) -> None:
        """Starts it, on the same ports with the same mail each time."""
        assert _PROGRAM is not None
        self._process = subprocess.Popen(
            [_PROGRAM, "-F", "-c", self._folder / "dovecot.conf"],
            cwd=self._folder,
            user=self._user.pw_uid if _IS_ROOT else None,
            group=self._user.pw_gid if _IS_ROOT else None,
            extra_groups=[] if _IS_ROOT else None,
            start_new_session=True,
        )
        deadline = time.monotonic() + _PATIENCE
        while not self._greets():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"Dovecot does not start: {self.log}")
            time.sleep(0.02)

    def stop(self) -> None:
        """Stops it; whoever is connected is told BYE (RFC 3501, 7.1.5)."""
        process, self._process = self._process, None
        if process is None:
            return
        # The processes that serve clients would outlive the one that started them.
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(_PATIENCE)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(_PATIENCE)

    def restart(self) -> None:
        """Stops and starts it."""
        self.stop()
        self.start()

    def change_uidvalidity(self, mailbox: ServedMailbox, folder: str = "INBOX") -> None:
        """Gives a folder another UIDVALIDITY, as a restored backup does (RFC 3501, 2.3.1.1)."""
        with mailbox.client() as client:
            status = client.folder_status(folder, ["UIDVALIDITY"])
        self._administer(
            "mailbox", "update", "-u", mailbox.username,
            "--uid-validity", str(status[b"UIDVALIDITY"] + 1), folder,
        )  # fmt: skip

    def place(
        self, mailbox: ServedMailbox, head: bytes, lines: Iterable[bytes], tail: bytes = b""
    ) -> None:
        """Puts a message of any size into an INBOX, past IMAP and without holding it in memory."""
        with mailbox.client() as client:
            # Makes the folder.
            client.select_folder("INBOX", readonly=True)
        path = self._folder / "mail" / mailbox.username / "new" / f"{next(self._places)}.placed"
        with path.open("wb") as file:
            file.write(head)
            file.writelines(lines)
            file.write(tail)
        if _IS_ROOT:
            os.chown(path, self._user.pw_uid, self._user.pw_gid)

    @contextlib.contextmanager
    def silent(self, mailbox: ServedMailbox) -> Iterator[None]:
        """Freezes the processes that serve a user: connections stay open and say nothing."""
        listed = self._administer("-f", "tab", "who", mailbox.username)
        rows = [line.split("\t") for line in listed.splitlines()]
        pids = [int(pid) for row in rows[1:] for pid in row[3].strip("()").split()]
        assert pids, "nobody is connected"
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGCONT)

    def _administer(self, *words: str) -> str:
        program = shutil.which("doveadm") or "/usr/bin/doveadm"
        done: subprocess.CompletedProcess[str] = subprocess.run(
            [program, "-c", str(self._folder / "dovecot.conf"), *words],
            cwd=self._folder,
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
            user=self._user.pw_uid if _IS_ROOT else None,
            group=self._user.pw_gid if _IS_ROOT else None,
            extra_groups=[] if _IS_ROOT else None,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _greets(self) -> bool:
        try:
            with socket.create_connection((self.host, self.port), timeout=_PATIENCE) as connection:
                return connection.recv(4) == b"* OK"
        except ConnectionError:
            return False

    def _write_configuration(self) -> None:
        for name in ("run", "state", "mail"):
            (self._folder / name).mkdir(mode=0o755)
        write_certificates(self._folder)
        checked = self._token_check
        if checked is not None:
            (self._folder / "oauth2.conf").write_text(_TOKEN_CHECK.format(url=checked))
        (self._folder / "dovecot.conf").write_text(
            _CONFIGURATION.format(
                folder=self._folder,
                host=self.host,
                port=self.port,
                tls_port=self.tls_port,
                password=self.password,
                token_mechanisms=" oauthbearer xoauth2" if checked else "",
                password_mechanisms="\n  mechanisms = plain login" if checked else "",
                token_passdb=_TOKEN_PASSDB.format(folder=self._folder) if checked else "",
                user=self._user.pw_name,
                group=grp.getgrgid(self._user.pw_gid).gr_name,
                uid=self._user.pw_uid,
                gid=self._user.pw_gid,
            )
        )
        for path in (self._folder, *self._folder.rglob("*")):
            if _IS_ROOT:
                os.chown(path, self._user.pw_uid, self._user.pw_gid)


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind((HOST, 0))
        return [int(each.getsockname()[1]) for each in sockets]


@contextlib.contextmanager
def running_dovecot(*, token_check: str | None = None) -> Iterator[Dovecot]:
    """A server for as long as the context; skips where it is missing, but in CI that is a failure.

    Args:
        token_check: see `Dovecot`.
    """
    if _PROGRAM is None:
        reason = "Dovecot is not installed (Debian: dovecot-imapd)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    # Under the system's own temporary folder: pytest's may be closed to other users.
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    folder.chmod(0o755)
    server = Dovecot(folder, token_check=token_check)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """The one server of a run."""
    with running_dovecot() as server:
        yield server


@pytest.fixture
def mailbox(dovecot: Dovecot) -> ServedMailbox:
    """An empty mailbox on the real server."""
    return dovecot.new_mailbox()

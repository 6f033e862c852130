"""Tokens kept between runs, in a file that its owner alone can read.

It is written aside, flushed and renamed, so that it always holds whole tokens; a lock lets one
program at a time ask for new ones. What cannot be understood in it counts as not there.
"""

import contextlib
import datetime as dt
import fcntl
import json
import os
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from bot.edges.oauth2.token import Token
from bot.errors import ConfigurationError, TokenError

_VERSION: Final = 1
#: A file that is longer was not written by this program.
_LONGEST: Final = 1024 * 1024
#: Seconds that another program may take to get a token.
_PATIENCE: Final = 90.0
_PAUSE: Final = 0.05


class TokenCache:
    """A file of tokens, each under the name of the account that it is for."""

    def __init__(self, path: Path, *, patience: float = _PATIENCE) -> None:
        """Names the file.

        Args:
            path: made with the first token; its folder must be there.
            patience: seconds to wait for another program that is getting a token.
        """
        self._path = path
        self._patience = patience

    @property
    def path(self) -> Path:
        """Where it is."""
        return self._path

    def get(self, name: str) -> Token | None:
        """The token of an account; None where there is none that can be understood.

        Raises:
            ConfigurationError: the file is there and cannot be read.
        """
        return _token(self._entries().get(name))

    def put(self, name: str, token: Token) -> None:
        """Keeps a token; once this returns, it survives a power cut. The lock must be held.

        Raises:
            ConfigurationError: the file is there and cannot be read.
            TokenError: the file cannot be written; what was in it before still is.
        """
        entries = {**self._entries(), name: _entry(token)}
        raw = json.dumps({"version": _VERSION, "tokens": entries}, indent=1).encode()
        try:
            self._write(raw)
        except OSError as error:
            raise TokenError(
                f"the token cannot be kept in {self._path} ({error.strerror or 'no reason given'})",
                mend="free space on that disk, or let this user write to that folder",
            ) from error

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Keeps every other program, and every other thread, from getting a token meanwhile.

        Raises:
            ConfigurationError: nothing can be written beside the file.
            TokenError: another program keeps the lock for too long.
        """
        # Beside the file and never removed: a lock on what is renamed away holds nobody off.
        path = self._path.with_name(self._path.name + ".lock")
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise ConfigurationError(
                f"no tokens can be kept in {self._path} ({error.strerror})",
                mend="correct token_cache, or let this user write to that folder",
            ) from error
        try:
            self._lock(handle)
            yield
        finally:
            # Closing it lets go of the lock, as does the end of the program.
            os.close(handle)

    def _lock(self, handle: int) -> None:
        deadline = time.monotonic() + self._patience
        pause = threading.Event()
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise TokenError(
                        f"another program has been getting a token for {self._path} for more than"
                        f" {self._patience:g} s",
                        mend="look for one that hangs",
                    ) from None
                pause.wait(_PAUSE)
            else:
                return

    def _entries(self) -> Mapping[str, object]:
        try:
            with self._path.open("rb") as file:
                # Somebody may have copied it about.
                if os.fstat(file.fileno()).st_mode & 0o077:
                    os.fchmod(file.fileno(), 0o600)
                raw = file.read(_LONGEST + 1)
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise ConfigurationError(
                f"the kept tokens in {self._path} cannot be read ({error.strerror})",
                mend="correct token_cache, or make this user the owner of the file",
            ) from error
        try:
            kept = json.loads(raw) if len(raw) <= _LONGEST else None
        except (ValueError, RecursionError):
            return {}
        entries = kept.get("tokens") if isinstance(kept, dict) else None
        return entries if isinstance(entries, dict) else {}

    def _write(self, raw: bytes) -> None:
        # The file comes with mode 0600 and a name of its own.
        handle, name = tempfile.mkstemp(
            prefix=f".{self._path.name}.", suffix=".part", dir=self._path.parent
        )
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self._path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
        folder = os.open(self._path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _entry(token: Token) -> dict[str, str | None]:
    ends = token.refresh_expires_at
    return {
        "access": token.access,
        "obtained_at": token.obtained_at.isoformat(),
        "expires_at": token.expires_at.isoformat(),
        "refresh": token.refresh,
        "refresh_expires_at": None if ends is None else ends.isoformat(),
    }


def _token(entry: object) -> Token | None:
    if not isinstance(entry, dict):
        return None
    access, refresh = entry.get("access"), entry.get("refresh")
    obtained, expires = _moment(entry.get("obtained_at")), _moment(entry.get("expires_at"))
    if not isinstance(access, str) or not isinstance(refresh, str | None):
        return None
    if obtained is None or expires is None:
        return None
    return Token(
        access=access,
        obtained_at=obtained,
        expires_at=expires,
        refresh=refresh,
        refresh_expires_at=_moment(entry.get("refresh_expires_at")),
    )


def _moment(written: object) -> dt.datetime | None:
    try:
        value = dt.datetime.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        return None
    return value if value is not None and value.tzinfo is not None else None

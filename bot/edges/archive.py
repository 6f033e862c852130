"""Raw messages on disk, each named by its SHA-256: kept before anything else happens to it.

A file is written aside, flushed to the disk, and only then given its name; so a name that exists
means that all of its bytes do, whenever the power went. They are plain .eml files, so that people
can open them without this program.
"""

import contextlib
import datetime as dt
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bot.errors import ArchiveError

_SHA256 = re.compile(r"[0-9a-f]{64}")
#: Where files are written before they have a name; on the archive's own file system.
_ASIDE = "incoming"
#: An unfinished file that is older was left behind by a program that stopped.
_ABANDONED = dt.timedelta(days=1)


class Archive:
    """A folder of raw messages; several programs may write to the same one."""

    def __init__(self, folder: Path) -> None:
        """Names the folder.

        Args:
            folder: made with the first message, readable by its owner alone.
        """
        self._folder = folder

    def __contains__(self, sha256: str) -> bool:
        """Whether a message of that hash is kept; nothing is read."""
        return _SHA256.fullmatch(sha256) is not None and self.path(sha256).is_file()

    def path(self, sha256: str) -> Path:
        """Where a message is or would be: `ab/cd/abcd....eml`."""
        return self._folder / sha256[:2] / sha256[2:4] / f"{sha256}.eml"

    def put(self, raw: bytes) -> str:
        """Keeps a message; once this returns, it survives a power cut.

        The same bytes again change nothing, unless the file that should hold them has another
        length: then it is damaged, and is replaced.

        Returns:
            The SHA-256 of the bytes in hexadecimal, by which they are found again.

        Raises:
            ArchiveError: the disk is full or the folder cannot be written; nothing is left behind.
        """
        sha256 = hashlib.sha256(raw).hexdigest()
        path = self.path(sha256)
        try:
            if not _holds(path, len(raw)):
                _make_folder(path.parent)
                self._write(raw, path)
            # Every folder down to the file, each time: whoever made one may have stopped before
            # it was flushed.
            for folder in path.parents[:4]:
                _flush_folder(folder)
        except OSError as error:
            raise ArchiveError(
                f"the archive {self._folder} cannot take a message ({_reason(error)})",
                mend="free space on that disk, or let this user write to the folder",
            ) from error
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes of a message, checked against their hash.

        Raises:
            ArchiveError: there is no such message, or it is damaged, or cannot be read.
        """
        if not _SHA256.fullmatch(sha256):
            raise ArchiveError(
                f"{sha256[:80]!r} names no message of the archive", mend="give its whole SHA-256"
            )
        path = self.path(sha256)
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise ArchiveError(
                f"the message {path} cannot be read ({_reason(error)})",
                mend="restore the file from a backup, or let this user read it",
            ) from error
        if hashlib.sha256(raw).hexdigest() != sha256:
            raise ArchiveError(
                f"the message {path} is damaged: its content has changed",
                mend="restore the file from a backup",
            )
        return raw

    def names(self) -> Iterator[str]:
        """The SHA-256 of every message that is there, in no order; nothing is read of them."""
        for path in self._folder.glob("??/??/*.eml"):
            if _SHA256.fullmatch(path.stem):
                yield path.stem

    def remove(self, sha256: str) -> int:
        """Takes a message away for good.

        Returns:
            how many bytes it had; 0 where there was none.

        Raises:
            ArchiveError: it is there and cannot be removed.
        """
        if sha256 not in self:
            return 0
        path = self.path(sha256)
        try:
            size = path.stat().st_size
            path.unlink()
            _flush_folder(path.parent)
        except FileNotFoundError:
            return 0
        except OSError as error:
            raise ArchiveError(
                f"the message {path} cannot be removed ({_reason(error)})",
                mend="let this user write to the folder",
            ) from error
        return size

    def sweep(self, now: dt.datetime) -> int:
        """Removes files that were never finished, once they are older than a day.

        Args:
            now: the present moment, aware.

        Returns:
            How many were removed.

        Raises:
            ArchiveError: the folder cannot be read or written.
        """
        oldest = (now - _ABANDONED).timestamp()
        removed = 0
        try:
            for path in (self._folder / _ASIDE).glob("*.part"):
                # Another program may be sweeping too, or have just finished this one.
                with contextlib.suppress(FileNotFoundError):
                    if path.stat().st_mtime < oldest:
                        path.unlink()
                        removed += 1
        except OSError as error:
            raise ArchiveError(
                f"the archive {self._folder} cannot be tidied ({_reason(error)})",
                mend="let this user write to the folder",
            ) from error
        return removed

    def _write(self, raw: bytes, path: Path) -> None:
        aside = self._folder / _ASIDE
        _make_folder(aside)
        # The file comes with mode 0600 and a name of its own.
        handle, name = tempfile.mkstemp(suffix=".part", dir=aside)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise


def _make_folder(folder: Path) -> None:
    # mkdir(parents=True) would give the mode to the last one only.
    for part in (*reversed(folder.parents), folder):
        if not part.is_dir():
            part.mkdir(mode=0o700, exist_ok=True)


def _holds(path: Path, length: int) -> bool:
    try:
        return path.stat().st_size == length
    except FileNotFoundError:
        return False


def _flush_folder(folder: Path) -> None:
    """Makes a name in a folder as lasting as the file that bears it (POSIX fsync)."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__

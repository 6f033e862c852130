"""Files of an export written aside and renamed: a name that exists has a whole file."""

import contextlib
import os
import secrets
from pathlib import Path

from bot.errors import ExportError


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file, or leaves the one that is there as it was.

    Raises:
        ExportError: the place cannot be written.
    """
    # Beside it, so that renaming is one step of the same file system; hidden while it is unfinished.
    aside = path.with_name(f".{secrets.token_hex(6)}.part")
    try:
        try:
            with aside.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            aside.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                aside.unlink()
            raise
    except OSError as error:
        raise cannot_write(path, error) from error


def make_folder(folder: Path) -> None:
    """Makes a folder and those above it, where they are missing.

    Raises:
        ExportError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error


def cannot_write(path: Path, error: OSError) -> ExportError:
    """The error in one line."""
    return ExportError(
        f"{path} cannot be written ({error.strerror or type(error).__name__})",
        mend="name another place, or make that folder and let this user write to it",
    )

"""A backup read and checked: every hash, every count, and by bringing it back for a moment."""

import contextlib
import datetime as dt
import hashlib
import json
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from bot.errors import BackupError
from bot.keeping.backup import MANIFEST, message_member, table_member
from bot.keeping.manifest import Manifest, read_manifest
from bot.keeping.progress import Progress, untold
from bot.store.restoring import Original, restore

#: A longer line or list is none that this program wrote: a letter has some megabytes.
_LONGEST_LINE = 256_000_000
_LONGEST_MANIFEST = 256_000_000
#: A raw message may have as much as [limits] message_mb lets through.
_LARGEST_MESSAGE = 2_100_000_000
_BLOCK = 1 << 20


class BackupFile:
    """The file of a backup, open for reading.

    Attributes:
        path: of the file.
        manifest: what should be in it.
        fingerprint: SHA-256 of the list of contents, which names the hash of everything else:
            whoever noted it elsewhere sees whether the file was exchanged.
    """

    def __init__(self, path: Path) -> None:
        """Opens it and reads its list of contents.

        Raises:
            BackupError: it is not there, or no backup.
        """
        self.path = path
        try:
            self._packed = zipfile.ZipFile(path)
        except OSError as error:
            raise BackupError(
                f"the backup {path} cannot be read ({error.strerror or type(error).__name__})",
                mend="name the file that `tsbbot backup` wrote",
            ) from error
        except zipfile.BadZipFile as error:
            raise self._damaged("it is no zip, or cut short") from error
        try:
            with self._member(MANIFEST) as member:
                raw = member.read(_LONGEST_MANIFEST)
            self.manifest: Manifest = read_manifest(raw)
            self.fingerprint = hashlib.sha256(raw).hexdigest()
        except BaseException:
            self._packed.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._packed.close()

    @property
    def original(self) -> Original:
        """What a database restored from it must come to."""
        return Original(
            revision=self.manifest.revision,
            rows={table.name: table.rows for table in self.manifest.tables},
            audit_head=(self.manifest.audit_seq, self.manifest.audit_hash),
        )

    def check(self, progress: Progress = untold) -> None:
        """Compares all of it with its list of contents.

        Raises:
            BackupError: something in it is missing, was changed or is more than was listed.
        """
        listed = {MANIFEST, *(table_member(each.name) for each in self.manifest.tables)}
        listed |= {message_member(each) for each in self.manifest.messages}
        names = self._packed.namelist()
        if set(names) != listed or len(names) != len(listed):
            raise self._damaged("its files are not those of its list")
        count = len(self.manifest.messages) + len(self.manifest.tables)
        for number, table in enumerate(self.manifest.tables):
            progress("checked", number, count)
            if self._hash(table_member(table.name)) != table.sha256:
                raise self._damaged(f"the table {table.name} was changed")
        for number, sha256 in enumerate(self.manifest.messages, len(self.manifest.tables)):
            progress("checked", number, count)
            if self._hash(message_member(sha256)) != sha256:
                raise self._damaged(f"the message {sha256[:16]}... was changed")
        progress("checked", count, count)

    def rehearse(self, now: dt.datetime) -> None:
        """Brings the database back in a folder that is thrown away after.

        Raises:
            BackupError, StoreError: it does not come to what it was.
        """
        with tempfile.TemporaryDirectory(prefix="tsbbot-") as folder:
            url = f"sqlite:///{folder}/tsbbot.db"
            restore(url, self.original, self.tables(), replace=False, now=now)

    def tables(self) -> Iterator[tuple[str, Iterator[Mapping[str, object]]]]:
        """Each table with its rows, in the order in which they can be filled."""
        for table in self.manifest.tables:
            yield table.name, self._rows(table.name)

    def message(self, sha256: str) -> bytes:
        """The bytes of a message, checked.

        Raises:
            BackupError: they were changed.
        """
        with self._member(message_member(sha256)) as member:
            raw = member.read(_LARGEST_MESSAGE)
        if hashlib.sha256(raw).hexdigest() != sha256:
            raise self._damaged(f"the message {sha256[:16]}... was changed")
        return raw

    def _rows(self, table: str) -> Iterator[Mapping[str, object]]:
        with self._member(table_member(table)) as member:
            while line := member.readline(_LONGEST_LINE):
                try:
                    row = json.loads(line)
                except (ValueError, RecursionError) as error:
                    raise self._damaged(f"a row of {table} cannot be read") from error
                if not isinstance(row, dict):
                    raise self._damaged(f"a row of {table} cannot be read")
                yield row

    def _hash(self, name: str) -> str:
        digest = hashlib.sha256()
        with self._member(name) as member:
            while block := member.read(_BLOCK):
                digest.update(block)
        return digest.hexdigest()

    @contextlib.contextmanager
    def _member(self, name: str) -> Iterator[IO[bytes]]:
        try:
            with self._packed.open(name) as member:
                yield member
        except KeyError as error:
            raise self._damaged(f"it has no {name}") from error
        # RuntimeError: encrypted; NotImplementedError: packed in a way that we never use.
        except (
            zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError,
        ) as error:  # fmt: skip
            raise self._damaged(f"{name} cannot be unpacked") from error

    def _damaged(self, what: str) -> BackupError:
        return BackupError(f"the backup {self.path} is damaged: {what}", mend="use another backup")

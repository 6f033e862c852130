"""Database and archive of one moment in one file.

A zip: `tables/NAME.jsonl` with a row a line, `messages/ab/abcd....eml` as they came, `manifest.json`
with the hash of each. The rows come from one snapshot, so that a worker may go on meanwhile: what
it records later is not in the backup, and what the snapshot knows is in the archive already. There
is nothing in it of the configuration, and so no password. It is people's mail: to be kept as
carefully as the mailbox itself.
"""

import contextlib
import datetime as dt
import hashlib
import json
import os
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bot.edges.archive import Archive
from bot.errors import ArchiveError, BackupError
from bot.keeping.manifest import Manifest, TableEntry
from bot.keeping.progress import Progress, untold
from bot.store.store import Store
from bot.store.transaction import Transaction

MANIFEST = "manifest.json"
#: Of what the program itself names; whatever follows the first part is the moment.
_NAME = "tsbbot-{:%Y%m%dT%H%M%SZ}.backup"
#: base64 shrinks by a quarter at the quickest level, and by little more at any other.
_LEVEL = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup that was written.

    Attributes:
        path: of the file.
        size: in bytes.
        manifest: what is in it.
    """

    path: Path
    size: int
    manifest: Manifest


def table_member(name: str) -> str:
    """Where a table lies in the file."""
    return f"tables/{name}.jsonl"


def message_member(sha256: str) -> str:
    """Where a message lies in the file."""
    return f"messages/{sha256[:2]}/{sha256}.eml"


def write_backup(
    place: Path, store: Store, archive: Archive, now: dt.datetime, progress: Progress = untold
) -> Backup:
    """Writes a backup; it has its name only once all of it is on the disk.

    Args:
        place: the file, which must not be there yet, or a folder that is: then it is named for
            the moment.
        store: the record; others may go on writing to it.
        archive: the raw messages; likewise.
        now: the present moment.
        progress: is told how far it is.

    Raises:
        BackupError: the file is there already, or cannot be written; nothing is left behind.
        StoreError: the database cannot be read.
    """
    path = place / _NAME.format(now.astimezone(dt.UTC)) if place.is_dir() else place
    if path.exists():
        raise BackupError(f"{path} is there already", mend="name another file, or a folder")
    try:
        # Mode 0600, and a name that nobody takes for a backup.
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                manifest = _write(file, store, archive, now, progress)
                file.flush()
                os.fsync(file.fileno())
                size = file.tell()
            Path(name).replace(path)
            _flush_folder(path.parent)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise BackupError(
            f"the backup {path} cannot be written ({error.strerror or type(error).__name__})",
            mend="make its folder, free space on its disk, or let this user write there",
        ) from error
    return Backup(path=path, size=size, manifest=manifest)


def _write(
    file: BinaryIO, store: Store, archive: Archive, now: dt.datetime, progress: Progress
) -> Manifest:
    with zipfile.ZipFile(
        file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL, allowZip64=True
    ) as packed:
        with store.snapshot() as tx:
            names = tx.contents.tables()
            tables = []
            for number, table in enumerate(names):
                progress("tables", number, len(names))
                tables.append(_write_table(packed, tx, table, now))
            progress("tables", len(names), len(names))
            revision = tx.contents.revision()
            seq, last = tx.audit.head()
            wanted = tx.messages.kept_raw()
        # The snapshot is over: a database is not held to an old moment while files are copied.
        held, missing = [], []
        for number, sha256 in enumerate(wanted):
            progress("messages", number, len(wanted))
            try:
                raw = archive.get(sha256)
            except ArchiveError:
                missing.append(sha256)
                continue
            packed.writestr(_info(message_member(sha256), now), raw)
            held.append(sha256)
        progress("messages", len(wanted), len(wanted))
        manifest = Manifest(
            made_at=now.astimezone(dt.UTC).isoformat(),
            revision=revision,
            audit_seq=seq,
            audit_hash=last,
            tables=tuple(tables),
            messages=tuple(held),
            missing=tuple(missing),
        )
        packed.writestr(_info(MANIFEST, now), manifest.written())
    return manifest


def _write_table(
    packed: zipfile.ZipFile, tx: Transaction, table: str, now: dt.datetime
) -> TableEntry:
    digest, count = hashlib.sha256(), 0
    with packed.open(_info(table_member(table), now), "w", force_zip64=True) as member:
        for row in tx.contents.rows(table):
            line = json.dumps(row, separators=(",", ":")).encode("ascii") + b"\n"
            digest.update(line)
            member.write(line)
            count += 1
    return TableEntry(name=table, rows=count, sha256=digest.hexdigest())


def _info(name: str, now: dt.datetime) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, now.astimezone(dt.UTC).timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    # Whoever unpacks it with another program: for the owner alone.
    info.external_attr = 0o600 << 16
    return info


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

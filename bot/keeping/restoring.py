"""A backup brought back: checked wholly before anything is touched, then archive, then database.

Raw messages are named by their hash, so that bringing them back never overwrites one and can be
cut short anywhere; the database changes in one step at the end. So whenever it is stopped, what
was there before is there still.
"""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from bot.edges.archive import Archive
from bot.errors import ArchiveError, BackupError
from bot.keeping.backup_file import BackupFile
from bot.keeping.progress import Progress, untold
from bot.store.restoring import holds_anything, restore


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was brought back.

    Attributes:
        rows: of all tables.
        messages: raw messages of the backup that are in the archive now.
        kept: the SQLite file that was there before, under its new name; None where none was.
        strange: raw messages that were in the archive and that the backup does not know.
    """

    rows: int
    messages: int
    kept: Path | None
    strange: int


def restore_backup(
    backup: BackupFile,
    url: str,
    archive: Archive,
    *,
    replace: bool,
    now: dt.datetime,
    progress: Progress = untold,
) -> Restored:
    """Brings database and archive back.

    Args:
        backup: open.
        url: of the database, as in [database]; of either kind, whichever it came from.
        archive: where the raw messages go.
        replace: whether what is there gives way: a SQLite database is kept under another name, in
            PostgreSQL the tables of this program are replaced, in the archive nothing is removed.
        now: the present moment.
        progress: is told how far it is.

    Raises:
        BackupError: it is damaged, or something is there that was not to be replaced.
        StoreError: the database cannot be used, or did not come to what it was.
        ArchiveError: a message cannot be written.
    """
    backup.check(progress)
    known = set(backup.manifest.messages)
    strange = sum(sha256 not in known for sha256 in archive.names())
    if not replace:
        if strange:
            raise BackupError(
                f"the archive holds {strange} messages that the backup does not know",
                mend="restore --into another folder, or say --replace: they stay there then",
            )
        if holds_anything(url):
            raise BackupError(
                "the database is not empty",
                mend="restore --into another folder, or say --replace to give it up",
            )
    for number, sha256 in enumerate(backup.manifest.messages):
        progress("messages", number, len(known))
        _bring(backup, archive, sha256)
    progress("messages", len(known), len(known))
    kept = restore(url, backup.original, backup.tables(), replace=replace, now=now)
    return Restored(rows=backup.manifest.rows, messages=len(known), kept=kept, strange=strange)


def _bring(backup: BackupFile, archive: Archive, sha256: str) -> None:
    if sha256 in archive:
        try:
            archive.get(sha256)
        except ArchiveError:
            # It is there, but no longer what it was.
            archive.remove(sha256)
        else:
            return
    archive.put(backup.message(sha256))

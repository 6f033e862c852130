"""The list of a backup's contents, by which it is checked."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from bot.errors import BackupError

#: Of the file's form; a later one need not be readable by this program.
VERSION = 1
_KIND = "tsbbot backup"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableEntry:
    """One table: its name, how many rows it has, and the SHA-256 of its lines."""

    name: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds.

    Attributes:
        made_at: ISO 8601, UTC.
        revision: the migration that the tables stand at.
        audit_seq, audit_hash: the end of the audit trail at that moment.
        tables: in the order in which they can be filled.
        messages: the SHA-256 of each raw message, which is also its name.
        missing: of those that the archive should have had, and had not or not whole.
    """

    made_at: str
    revision: str
    audit_seq: int
    audit_hash: str
    tables: tuple[TableEntry, ...]
    messages: tuple[str, ...]
    missing: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """Of all tables together."""
        return sum(table.rows for table in self.tables)

    def written(self) -> bytes:
        """As JSON."""
        whole = {"kind": _KIND, "version": VERSION, **asdict(self)}
        return json.dumps(whole, indent=1, sort_keys=True).encode("ascii")


def read_manifest(raw: bytes) -> Manifest:
    """Reads what `Manifest.written` wrote.

    Raises:
        BackupError: it is something else, or of a newer version.
    """
    try:
        whole: Any = json.loads(raw)
        if (whole["kind"], whole["version"]) != (_KIND, VERSION):
            raise BackupError(
                f"the file is a {whole['kind']} of form {whole['version']}, which this version"
                " does not know",
                mend="restore it with the version of the program that wrote it",
            )
        tables = tuple(
            TableEntry(name=str(each["name"]), rows=int(each["rows"]), sha256=str(each["sha256"]))
            for each in whole["tables"]
        )
        return Manifest(
            made_at=str(whole["made_at"]),
            revision=str(whole["revision"]),
            audit_seq=int(whole["audit_seq"]),
            audit_hash=str(whole["audit_hash"]),
            tables=tables,
            messages=tuple(map(str, whole["messages"])),
            missing=tuple(map(str, whole["missing"])),
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BackupError(
            "the file's list of contents cannot be read",
            mend="it is damaged, or no backup of this program",
        ) from error

"""The register as it is now: what was imported, and the configured file whenever it changes."""

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import RegisterError
from bot.register.contacts_csv import parse_contacts
from bot.register.member_state import Contact
from bot.register.register import Register
from bot.store.contacts import MergeResult
from bot.store.store import Store

#: Name of the value that tells which file was imported last.
_IMPORTED = "register file"


@dataclass(slots=True, kw_only=True)
class RegisterFile:
    """Keeps the register up to date.

    Attributes:
        path: of the CSV; None: only what was imported by hand.
        store: where the contacts are.
    """

    path: Path | None
    store: Store
    _held: tuple[tuple[Contact, ...], Register] | None = field(default=None, init=False)

    def register(self, now: dt.datetime) -> Register:
        """Member States and contacts; imports the file first where it changed.

        Raises:
            RegisterError: the file cannot be read, or a line of it is wrong.
        """
        if self.path is not None:
            self._import_changed(self.path, now)
        return self.as_imported()

    def as_imported(self) -> Register:
        """Member States and contacts as the last file that could be read left them."""
        with self.store.snapshot() as tx:
            contacts = tx.contacts.all()
        if self._held is None or self._held[0] != contacts:
            self._held = (contacts, Register(contacts=contacts))
        return self._held[1]

    def import_file(self, path: Path, now: dt.datetime) -> MergeResult:
        """Fills or updates the register from a file.

        Raises:
            RegisterError: it cannot be read, or a line of it is wrong; nothing is changed.
        """
        data = _read(path)
        contacts = parse_contacts(data)
        with self.store.transaction() as tx:
            result = tx.contacts.merge(contacts, now)
            tx.values.set(_IMPORTED, hashlib.sha256(data).hexdigest())
            tx.audit.append(
                at=now,
                who="worker",
                action="import register",
                subject="register",
                detail={"added": result.added, "changed": result.changed},
            )
        return result

    def _import_changed(self, path: Path, now: dt.datetime) -> None:
        digest = hashlib.sha256(_read(path)).hexdigest()
        with self.store.snapshot() as tx:
            unchanged = tx.values.get(_IMPORTED) == digest
        if not unchanged:
            self.import_file(path, now)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RegisterError(
            f"the register {path} cannot be read ({error.strerror})",
            mend="correct [members] file, or give its path to `tsbbot members import`",
        ) from error

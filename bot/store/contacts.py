"""The register's contacts, and the addresses of it that bounce."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete

from bot.register.member_state import Contact
from bot.store.statements import insert_or_change
from bot.store.tables.correspondence import BouncedAddressRow, ContactRow

_KEY = ("iso3", "email", "domain")
_contacts = ContactRow.__table__
_bounced = BouncedAddressRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeResult:
    """What a register file changed, in numbers of contacts."""

    added: int
    changed: int
    unchanged: int


class Contacts:
    """`tx.contacts`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Contact, ...]:
        """Every contact, in the order in which they came into the register."""
        statement = _contacts.select().order_by(_contacts.c.id)
        return tuple(_contact(row) for row in self._connection.execute(statement))

    def merge(self, contacts: Iterable[Contact], at: dt.datetime) -> MergeResult:
        """Adds what is new and changes what is different; what is missing stays.

        A contact is known by Member State, address and domain together.
        """
        known = {_key(contact): contact for contact in self.all()}
        given = {_key(contact): contact for contact in contacts}
        added = changed = 0
        for key, contact in given.items():
            if known.get(key) == contact:
                continue
            details = {
                "name": contact.name,
                "role": contact.role,
                "focal_point": contact.focal_point,
                "language": contact.language,
                "changed_at": at,
            }
            insert_or_change(
                self._connection,
                _contacts,
                {**dict(zip(_KEY, key, strict=True)), **details, "added_at": at},
                key=_KEY,
                change=details,
            )
            if key in known:
                changed += 1
            else:
                added += 1
        return MergeResult(added=added, changed=changed, unchanged=len(given) - added - changed)

    def remove(self, contact: Contact) -> None:
        """Takes a contact out again, known as in `merge`."""
        equal = dict(zip(_KEY, _key(contact), strict=True))
        self._connection.execute(delete(_contacts).filter_by(**equal))

    def mark_bounced(self, email: str, diagnostic: str, at: dt.datetime) -> None:
        """A letter to that address came back; the latest word stands."""
        bounce = {"at": at, "diagnostic": diagnostic}
        insert_or_change(
            self._connection,
            _bounced,
            {"email": email.lower(), **bounce},
            key=("email",),
            change=bounce,
        )

    def bounced(self) -> dict[str, tuple[dt.datetime, str]]:
        """Addresses (lower case) that bounce: when last, and what the mail system said."""
        rows = self._connection.execute(_bounced.select().order_by(_bounced.c.email))
        return {row.email: (row.at, row.diagnostic) for row in rows}

    def clear_bounce(self, email: str) -> None:
        """That address can be written to again."""
        self._connection.execute(delete(_bounced).where(_bounced.c.email == email.lower()))


def _key(contact: Contact) -> tuple[str, str, str]:
    return contact.iso3 or "", contact.email or "", contact.domain or ""


def _contact(row: Row[Any]) -> Contact:
    # None for an entity that is no Member State.
    iso3: Any = row.iso3 or None
    return Contact(
        iso3=iso3,
        name=row.name,
        email=row.email or None,
        role=row.role,
        focal_point=row.focal_point,
        domain=row.domain or None,
        language=row.language,
    )

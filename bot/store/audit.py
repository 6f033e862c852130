"""The audit trail: who did what to what, each entry chained to the one before by its hash.

Whoever changes, removes or inserts an entry behind the program's back breaks the chain at that
place. Cutting off its end does not: compare `head` with what an earlier digest or backup said.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, text

from bot.store.columns import canonical_json, recordable
from bot.store.statements import fetch, fetch_one, select_as
from bot.store.tables.chronicle import AuditRow

#: What the first entry is chained to.
GENESIS = "0" * 64

#: Of pg_advisory_xact_lock: the chain has one end, so one transaction at a time adds to it.
_CHAIN_LOCK = 0x7C1107

_audit = AuditRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One entry.

    Attributes:
        seq: its place, from 1, without gaps.
        at: when.
        who: "worker", or the address of a reviewer.
        action: what was done, a stable code: "accept", "set", "send", ...
        subject: to what: "message/12", "reply/7", "letter/3".
        detail: JSON.
        previous_hash: of the entry before.
        hash: SHA-256 over canonical JSON of all the others, in hexadecimal.
    """

    seq: int
    at: dt.datetime
    who: str
    action: str
    subject: str
    detail: object
    previous_hash: str
    hash: str


class AuditTrail:
    """`tx.audit`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._unwritten: list[dict[str, object]] = []

    def append(
        self,
        *,
        at: dt.datetime,
        who: str,
        action: str,
        subject: str,
        detail: Mapping[str, object] | None = None,
    ) -> None:
        """Adds an entry; it is written at the end of the unit of work, or with the next question.

        So the end of the chain, which all workers share, is held for as short as possible.
        """
        self._unwritten.append(
            {
                "at": at.astimezone(dt.UTC),
                "who": recordable(who, 320),
                "action": recordable(action, 60),
                "subject": recordable(subject, 200),
                "detail": dict(detail or {}),
            }
        )

    def write(self) -> None:
        """Chains and writes what was appended; the unit of work calls it before it commits."""
        if not self._unwritten:
            return
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(
                text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _CHAIN_LOCK}
            )
        seq, previous = self._head()
        rows: list[dict[str, object]] = []
        for entry in self._unwritten:
            seq += 1
            row = {"seq": seq, **entry, "previous_hash": previous}
            previous = _hash(row)
            rows.append({**row, "hash": previous})
        self._unwritten.clear()
        self._connection.execute(_audit.insert(), rows)

    def of(self, subject: str) -> list[AuditEntry]:
        """What was done to that, in order."""
        self.write()
        statement = _select().where(_audit.c.subject == subject)
        return fetch(self._connection, AuditEntry, statement.order_by(_audit.c.seq))

    def all(self, *, after: int = 0, limit: int = 1000) -> list[AuditEntry]:
        """The entries after that place, in order; ask again with the last one's for more."""
        self.write()
        statement = _select().where(_audit.c.seq > after).order_by(_audit.c.seq).limit(limit)
        return fetch(self._connection, AuditEntry, statement)

    def head(self) -> tuple[int, str]:
        """Place and hash of the last entry: (0, GENESIS) for an empty trail."""
        self.write()
        return self._head()

    def verify(self) -> int | None:
        """The place of the first entry that is not as it was written; None where all are."""
        expected, previous = 1, GENESIS
        for entry in self._walk():
            row = {
                "seq": entry.seq,
                "at": entry.at,
                "who": entry.who,
                "action": entry.action,
                "subject": entry.subject,
                "detail": entry.detail,
                "previous_hash": entry.previous_hash,
            }
            if (entry.seq, entry.previous_hash, entry.hash) != (expected, previous, _hash(row)):
                return expected
            expected, previous = entry.seq + 1, entry.hash
        return None

    def _walk(self) -> Iterator[AuditEntry]:
        after = 0
        while page := self.all(after=after):
            yield from page
            after = page[-1].seq

    def _head(self) -> tuple[int, str]:
        statement = _select().order_by(_audit.c.seq.desc()).limit(1)
        last = fetch_one(self._connection, AuditEntry, statement)
        return (0, GENESIS) if last is None else (last.seq, last.hash)


def _select() -> Select[Any]:
    return select_as(AuditEntry, _audit)


def _hash(row: Mapping[str, object]) -> str:
    at = row["at"]
    assert isinstance(at, dt.datetime)
    canonical = canonical_json({**row, "at": at.isoformat(timespec="microseconds")})
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()

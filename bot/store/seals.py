"""Seals over the record of opinions: each addition to it is noted in the audit trail by its hash.

The trail is chained, the record is not. With the seals nobody can change, remove or insert a line of
the record behind the program's back without breaking the chain, or leaving lines and seals that do
not fit each other.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from bot.store.audit import AuditEntry
from bot.store.columns import canonical_json, recordable
from bot.store.statements import fetch, select_as
from bot.store.tables.chronicle import AuditRow
from bot.store.tables.consultation import OpinionRow, ReplyRow

#: Of an audit entry that seals lines of the record; its subject is "record/7" for those of reply 7.
SEAL: Final = "record"

_SEALED = (
    *("recorded_at", "circular", "state", "received_at", "text", "opinion", "comments", "status"),
    *("reasons", "confidence", "standing", "who", "why"),
)
_LIMITS = {"text": 100, "who": 320, "why": 2000}

_opinions = OpinionRow.__table__
_replies = ReplyRow.__table__
_audit = AuditRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFault:
    """A place where the record is not as it was written.

    Attributes:
        reply: reference, or "reply 7" where that is gone too.
        wrong: in words.
    """

    reply: str
    wrong: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealsChecked:
    """What the seals say of the record.

    Attributes:
        sealed: lines whose seal was compared.
        unsealed: lines older than the first seal, which were recorded before there were any.
        faults: lines and seals that do not fit each other.
    """

    sealed: int
    unsealed: int
    faults: tuple[RecordFault, ...]


def seal_of(lines: Iterable[Mapping[str, Any]]) -> str:
    """SHA-256 over the lines as the database keeps them, in hexadecimal."""
    canonical = canonical_json([[_plain(name, line[name]) for name in _SEALED] for line in lines])
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


class Seals:
    """`tx.seals`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def check(self) -> SealsChecked:
        """Compares every line of the record with its seal; reads all of both."""
        seals = self._seals()
        names = dict(self._connection.execute(select(_replies.c.id, _replies.c.reference)).all())
        lines: dict[int, list[Row[Any]]] = {}
        for line in self._connection.execute(_opinions.select().order_by(_opinions.c.seq)):
            lines.setdefault(line.reply_id, []).append(line)
        began = min((each.at for found in seals.values() for each in found), default=None)
        sealed, unsealed = 0, 0
        faults: list[RecordFault] = []
        for reply in sorted({*lines, *seals}):
            own = lines.get(reply, [])
            before = [each for each in own if began is None or each.recorded_at < began]
            unsealed += len(before)
            rest = own[len(before) :]
            sealed += len(rest)
            wrong = _compared(rest, seals.get(reply, []))
            if wrong is not None:
                faults.append(RecordFault(reply=names.get(reply, f"reply {reply}"), wrong=wrong))
        return SealsChecked(sealed=sealed, unsealed=unsealed, faults=tuple(faults))

    def _seals(self) -> dict[int, list[AuditEntry]]:
        statement = select_as(AuditEntry, _audit).where(_audit.c.action == SEAL)
        found: dict[int, list[AuditEntry]] = {}
        for entry in fetch(self._connection, AuditEntry, statement.order_by(_audit.c.seq)):
            kind, _, reply = entry.subject.partition("/")
            if kind == SEAL and reply.isdecimal():
                found.setdefault(int(reply), []).append(entry)
        return found


def _compared(lines: list[Row[Any]], seals: list[AuditEntry]) -> str | None:
    """What does not fit, in words; None where all does."""
    place = 0
    for seal in seals:
        detail = seal.detail if isinstance(seal.detail, dict) else {}
        number = detail.get("lines")
        if not isinstance(number, int) or number < 1:
            return f"entry {seal.seq} of the trail seals nothing"
        own = lines[place : place + number]
        if len(own) < number:
            return f"lines are missing that entry {seal.seq} of the trail seals"
        if seal_of(line._mapping for line in own) != detail.get("sha256"):  # type: ignore[misc]  # noqa: SLF001 - its public name
            return f"lines {own[0].seq}-{own[-1].seq} are not those that entry {seal.seq} seals"
        place += number
    if place < len(lines):
        return f"lines from {lines[place].seq} on have no seal in the trail"
    return None


def _plain(name: str, value: object) -> object:
    match value:
        case dt.datetime():
            return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
        case str():
            return recordable(str(value), _LIMITS.get(name, len(value)))
        case tuple():
            return [str(each) for each in value]
        case float():
            return repr(value)
        case _:
            return value

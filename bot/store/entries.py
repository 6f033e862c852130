"""What was looked at in the mailbox: one entry per UID, so that no message is looked at twice.

Of a message that is left alone nothing is kept but that it was looked at, and when.
"""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import Connection, select

from bot.store.statements import insert_all, insert_or_change
from bot.store.tables.mailbox import EntryRow, MessageRow, MessageStatus, Verdict

_KEY = ("account", "folder", "uidvalidity", "uid")
_entries = EntryRow.__table__


class MailboxEntries:
    """`tx.entries`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known_uids(
        self, account: str, folder: str, uidvalidity: int, *, above: int = 0
    ) -> set[int]:
        """The UIDs greater than `above` of that folder that were looked at already."""
        c = _entries.c
        statement = select(c.uid).where(
            c.account == account,
            c.folder == folder,
            c.uidvalidity == uidvalidity,
            c.uid > above,
        )
        return set(self._connection.execute(statement).scalars())

    def leave_alone(
        self, account: str, folder: str, uidvalidity: int, uids: Iterable[int], at: dt.datetime
    ) -> None:
        """Notes that those were looked at and are nothing of ours; known ones stay as they are."""
        rows = (
            {
                "account": account,
                "folder": folder,
                "uidvalidity": uidvalidity,
                "uid": uid,
                "verdict": Verdict.LEFT_ALONE,
                "message_id": None,
                "at": at,
            }
            for uid in uids
        )
        insert_all(self._connection, _entries, rows, key=_KEY)

    def take(
        self,
        account: str,
        folder: str,
        uidvalidity: int,
        uid: int,
        *,
        message_id: int,
        at: dt.datetime,
    ) -> None:
        """Notes that a UID is a message that was taken; one that was taken before stays so."""
        taken = {"verdict": Verdict.TAKEN, "message_id": message_id, "at": at}
        key = {"account": account, "folder": folder, "uidvalidity": uidvalidity, "uid": uid}
        insert_or_change(
            self._connection,
            _entries,
            {**key, **taken},
            key=_KEY,
            change=taken,
            where=_entries.c.verdict == Verdict.LEFT_ALONE,
        )

    def places(self, message_id: int) -> list[tuple[str, str, int, int]]:
        """Where a message was found: (account, folder, UIDVALIDITY, UID), for `explain`."""
        c = _entries.c
        statement = (
            select(c.account, c.folder, c.uidvalidity, c.uid)
            .where(c.message_id == message_id)
            .order_by(c.at, c.uid)
        )
        return [tuple(row) for row in self._connection.execute(statement)]

    def settled_uids(self, account: str, folder: str, uidvalidity: int) -> list[int]:
        """UIDs of that folder whose message is a reply that is done with, in order."""
        c, m = _entries.c, MessageRow.__table__.c
        statement = (
            select(c.uid)
            .join(MessageRow.__table__, m.id == c.message_id)
            .where(
                c.account == account,
                c.folder == folder,
                c.uidvalidity == uidvalidity,
                m.status == MessageStatus.SETTLED,
                m.kind == "reply",
            )
            .order_by(c.uid)
        )
        return list(self._connection.execute(statement).scalars())

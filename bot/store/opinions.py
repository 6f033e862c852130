"""The append-only record of opinions: what the tally is computed from.

There is nothing here to change or delete a line with, and the database refuses both.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from bot.consultation.opinion import TextOpinion
from bot.consultation.record import DecidedOpinion, OpinionRecord, Standing
from bot.store.audit import AuditTrail
from bot.store.replies import StoredReply
from bot.store.seals import SEAL, seal_of
from bot.store.tables.consultation import OpinionRow

__all__ = ["DecidedOpinion", "OpinionsRecord"]

_opinions = OpinionRow.__table__


class OpinionsRecord:
    """`tx.opinions`."""

    def __init__(self, connection: Connection, audit: AuditTrail) -> None:
        self._connection = connection
        self._audit = audit

    def append(
        self,
        reply: StoredReply,
        rows: Sequence[tuple[TextOpinion, Standing]],
        *,
        at: dt.datetime,
        who: str,
        why: str = "",
    ) -> None:
        """Appends what a reply is now taken to say, text by text, and seals it in the audit trail.

        Args:
            reply: as it is now: the lines take its Member State and time of receipt.
            rows: opinions of texts, each with what it is worth.
            at: now.
            who: "worker", or the address of the reviewer who decided.
            why: in words.
        """
        if not rows:
            return
        lines: list[dict[str, object]] = [
            {
                "recorded_at": at,
                "reply_id": reply.id,
                "circular": reply.circular,
                "state": reply.state,
                "received_at": reply.received_at,
                "text": opinion.text,
                "opinion": opinion.opinion,
                "comments": opinion.comments,
                "status": opinion.status,
                "reasons": opinion.reasons,
                "confidence": opinion.confidence,
                "standing": standing,
                "who": who,
                "why": why,
            }
            for opinion, standing in rows
        ]
        self._connection.execute(_opinions.insert(), lines)
        self._audit.append(
            at=at,
            who=who,
            action=SEAL,
            subject=f"{SEAL}/{reply.id}",
            detail={"lines": len(lines), "sha256": seal_of(lines)},
        )

    def records(self, circular: int, *, state: str | None = None) -> list[OpinionRecord]:
        """The record of a circular (of one Member State only), in its order."""
        statement = _opinions.select().where(_opinions.c.circular == circular)
        if state is not None:
            statement = statement.where(_opinions.c.state == state)
        return [_record(row) for row in self._rows(statement)]

    def decided(self, circular: int) -> list[DecidedOpinion]:
        """The record of a circular with who and why, in its order."""
        return self._decided(_opinions.select().where(_opinions.c.circular == circular))

    def last(self, circular: int) -> int:
        """The place of a circular's last line, 0 before the first: whether a tally is still good."""
        c = _opinions.c
        statement = select(c.seq).where(c.circular == circular).order_by(c.seq.desc()).limit(1)
        return self._connection.execute(statement).scalar() or 0

    def of_reply(self, reply_id: int) -> list[DecidedOpinion]:
        """Everything that was ever recorded of a reply, with who and why, in its order."""
        return self._decided(_opinions.select().where(_opinions.c.reply_id == reply_id))

    def _decided(self, statement: Select[Any]) -> list[DecidedOpinion]:
        return [
            DecidedOpinion(record=_record(row), who=row.who, why=row.why)
            for row in self._rows(statement)
        ]

    def _rows(self, statement: Select[Any]) -> Sequence[Row[Any]]:
        return self._connection.execute(statement.order_by(_opinions.c.seq)).all()


def _record(row: Row[Any]) -> OpinionRecord:
    return OpinionRecord(
        seq=row.seq,
        recorded_at=row.recorded_at,
        reply=row.reply_id,
        circular=row.circular,
        state=row.state,
        received_at=row.received_at,
        opinion=TextOpinion(
            text=row.text,
            opinion=row.opinion,
            comments=row.comments,
            status=row.status,
            reasons=row.reasons,
            confidence=row.confidence,
        ),
        standing=row.standing,
    )

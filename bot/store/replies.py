"""The replies: one per message and circular, each with a reference that people quote."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, fields

from sqlalchemy import Connection, func, select, true, update

from bot.consultation.record import Standing
from bot.errors import ReviewError
from bot.store.attachments import Attachments, NewAttachment
from bot.store.statements import fetch, fetch_one, insert_or_change, select_as
from bot.store.tables.consultation import OrdinalRow, ReferenceRow, ReplyRow

#: In the place of the Member State while nobody knows whose a reply is: "C106-X7".
_UNKNOWN = "X"

_replies = ReplyRow.__table__
_references = ReferenceRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReply:
    """A reply to be recorded.

    Attributes:
        message_id: the message that it came in.
        circular: number.
        state: ISO 3166-1 alpha-3 of the Member State; None while nobody knows, or for one that is
            not asked.
        entity: name of one that is not asked (a Sector Member, say); None otherwise.
        received_at: when our server received it.
        recorded_at: now.
        sender: address.
        language: ISO 639-1, of the form: its letters are in it.
        standing: of the whole: PENDING if any row is.
        reasons: stable codes for what needs a person.
        comments_missing: designations whose comments are said to be attached, but nothing is.
        reasons_missing: designations not assigned, without reasons.
        needs_review: whether a person has to look at it.
        attachments: the files beside the form.
    """

    message_id: int
    circular: int
    state: str | None
    entity: str | None = None
    received_at: dt.datetime
    recorded_at: dt.datetime
    sender: str
    language: str
    standing: Standing
    reasons: tuple[str, ...] = ()
    comments_missing: tuple[str, ...] = ()
    reasons_missing: tuple[str, ...] = ()
    needs_review: bool
    attachments: tuple[NewAttachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReply:
    """A reply recorded.

    Attributes:
        id: of the reply, not of its message.
        reference: "C106-CHE-1"; "C106-X7" while the Member State is not known.
        ordinal: the number at its end.
        settled_by, settled_at: who decided on it last, and when; None where no person did.
        version: grows with every change: what a reviewer looked at is what he decides on.

    The other attributes are those of `NewReply`.
    """

    id: int
    message_id: int
    circular: int
    state: str | None
    entity: str | None
    ordinal: int
    reference: str
    received_at: dt.datetime
    recorded_at: dt.datetime
    sender: str
    language: str
    standing: Standing
    reasons: tuple[str, ...]
    comments_missing: tuple[str, ...]
    reasons_missing: tuple[str, ...]
    needs_review: bool
    settled_by: str | None
    settled_at: dt.datetime | None
    version: int


class Replies:
    """`tx.replies`."""

    def __init__(self, connection: Connection, attachments: Attachments) -> None:
        self._connection = connection
        self._attachments = attachments

    def add(self, reply: NewReply) -> StoredReply:
        """Records a reply and gives it its reference; one that is there already stays as it is."""
        known = self._one(message_id=reply.message_id, circular=reply.circular)
        if known is not None:
            return known
        ordinal, reference = self._next_reference(reply.circular, reply.state)
        row = {
            field.name: getattr(reply, field.name)
            for field in fields(NewReply)
            if field.name != "attachments"
        }
        reply_id = self._connection.execute(
            _replies.insert()
            .values(**row, ordinal=ordinal, reference=reference, version=1)
            .returning(_replies.c.id)
        ).scalar_one()
        self._name(reply_id, reference)
        self._attachments.add(reply_id, reply.attachments)
        return self._must(reply_id)

    def get(self, reply_id: int) -> StoredReply | None:
        """The reply of that id; None where there is none."""
        return self._one(id=reply_id)

    def find(self, reference: str) -> StoredReply | None:
        """The reply that has, or once had, that reference; None where none did."""
        statement = (
            select_as(StoredReply, _replies)
            .join(_references, _references.c.reply_id == _replies.c.id)
            .where(_references.c.reference == reference.strip().upper())
        )
        return fetch_one(self._connection, StoredReply, statement)

    def of_message(self, message_id: int) -> list[StoredReply]:
        """The replies that came in a message, one per circular."""
        return self._some(message_id=message_id)

    def of_state(self, circular: int, state: str) -> list[StoredReply]:
        """A Member State's replies to a circular, the first received first."""
        return self._some(circular=circular, state=state)

    def all(self, circular: int) -> list[StoredReply]:
        """Every reply to a circular, the first received first."""
        return self._some(circular=circular)

    def since(
        self, circular: int, moment: dt.datetime | None, *, until: dt.datetime | None = None
    ) -> list[StoredReply]:
        """The replies recorded from that moment on (None: from the first), before `until`."""
        c = _replies.c
        statement = select_as(StoredReply, _replies).where(c.circular == circular)
        if moment is not None:
            statement = statement.where(c.recorded_at >= moment)
        if until is not None:
            statement = statement.where(c.recorded_at < until)
        return fetch(self._connection, StoredReply, statement.order_by(c.recorded_at, c.id))

    def waiting(
        self, circular: int | None = None, *, limit: int = 1000, offset: int = 0
    ) -> list[StoredReply]:
        """The replies that wait for a person, the first received first."""
        c = _replies.c
        statement = select_as(StoredReply, _replies).where(c.needs_review == true())
        if circular is not None:
            statement = statement.where(c.circular == circular)
        statement = statement.order_by(c.received_at, c.id).limit(limit).offset(offset)
        return fetch(self._connection, StoredReply, statement)

    def count_waiting(self) -> int:
        """How many wait for a person."""
        statement = select(func.count()).where(_replies.c.needs_review == true())
        return self._connection.execute(statement).scalar_one()

    def assign_state(self, reply_id: int, state: str | None) -> StoredReply:
        """Says whose a reply is; it gets a reference of that State, and keeps the old as an alias.

        Its opinions are not touched: append them again for the reply that this returns.
        """
        reply = self._must(reply_id)
        if reply.state == state:
            return reply
        ordinal, reference = self._next_reference(reply.circular, state)
        self._connection.execute(
            update(_replies)
            .where(_replies.c.id == reply_id)
            .values(state=state, ordinal=ordinal, reference=reference, version=reply.version + 1)
        )
        self._name(reply_id, reference)
        return self._must(reply_id)

    def update_standing(
        self,
        reply_id: int,
        *,
        standing: Standing,
        needs_review: bool,
        reasons: Collection[str] | None = None,
        comments_missing: Collection[str] | None = None,
        reasons_missing: Collection[str] | None = None,
        settled_by: str | None = None,
        at: dt.datetime,
        version: int | None = None,
    ) -> StoredReply:
        """Says what a reply is worth now.

        Args:
            reply_id: which.
            standing: of the whole.
            needs_review: whether a person still has to look at it.
            reasons: stable codes; None leaves them as they are.
            comments_missing: designations; None leaves them as they are.
            reasons_missing: designations; None leaves them as they are.
            settled_by: the person who decided; None where the program did.
            at: now.
            version: of the reply that the decision was taken on; None: whatever it is.

        Raises:
            ReviewError: it was changed since that version; nothing is overwritten.
        """
        change: dict[str, object] = {
            "standing": standing,
            "needs_review": needs_review,
            "version": _replies.c.version + 1,
        }
        for name, value in (
            ("reasons", reasons),
            ("comments_missing", comments_missing),
            ("reasons_missing", reasons_missing),
        ):
            if value is not None:
                change[name] = tuple(value)
        if settled_by is not None:
            change |= {"settled_by": settled_by, "settled_at": at}
        statement = update(_replies).where(_replies.c.id == reply_id)
        if version is not None:
            statement = statement.where(_replies.c.version == version)
        changed = self._connection.execute(statement.values(**change)).rowcount
        reply = self._must(reply_id)
        if not changed:
            raise ReviewError(
                f"reply {reply.reference} was changed by {reply.settled_by or 'the worker'} meanwhile",
                mend="look at it again",
            )
        return reply

    def _next_reference(self, circular: int, state: str | None) -> tuple[int, str]:
        # The row of the last number is locked until the end of the transaction, so that two
        # workers never give the same one.
        name = state or _UNKNOWN
        row = insert_or_change(
            self._connection,
            OrdinalRow.__table__,
            {"circular": circular, "name": name, "last": 1},
            key=("circular", "name"),
            change={"last": OrdinalRow.__table__.c.last + 1},
            returning=("last",),
        )
        assert row is not None
        separator = "-" if state else ""
        return row.last, f"C{circular}-{name}{separator}{row.last}"

    def _name(self, reply_id: int, reference: str) -> None:
        self._connection.execute(
            _references.insert().values(reference=reference, reply_id=reply_id)
        )

    def _some(self, **equal: object) -> list[StoredReply]:
        statement = select_as(StoredReply, _replies).filter_by(**equal)
        return fetch(
            self._connection, StoredReply, statement.order_by(_replies.c.received_at, _replies.c.id)
        )

    def _one(self, **equal: object) -> StoredReply | None:
        return next(iter(self._some(**equal)), None)

    def _must(self, reply_id: int) -> StoredReply:
        reply = self.get(reply_id)
        if reply is None:
            raise ReviewError(f"there is no reply {reply_id}", mend="see: tsbbot status")
        return reply

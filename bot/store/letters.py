"""The outbox: a letter is recorded by its key in the transaction that decides, and sent after.

The key says what the letter means ("reminder/106/CHE/14/address"), so that the same letter cannot
be queued twice; its Message-ID is made from the key, so that the same letter sent twice is one.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, Select, func, or_, select, update

from bot.errors import StoreError
from bot.store.statements import CHUNK, fetch, fetch_one, insert_new, select_as
from bot.store.tables.correspondence import LetterRow, LetterStatus

_letters = LetterRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLetter:
    """A letter composed.

    Attributes:
        key: what it means; a letter of the same key is the same letter.
        header_id: its Message-ID with angle brackets.
        kind: "acknowledgement", "reminder", "digest", ...
        circular: number; None for one of no single circular.
        state: of the Member State that it is written to; None where that is none.
        reply_id: the reply that it acknowledges.
        answers_message_id: the message that it answers.
        recipient: address.
        language: ISO 639-1.
        subject: on one line.
        raw: the whole message, ready for SMTP.
        created_at: now.
    """

    key: str
    header_id: str
    kind: str
    circular: int | None = None
    state: str | None = None
    reply_id: int | None = None
    answers_message_id: int | None = None
    recipient: str
    language: str
    subject: str
    raw: bytes
    created_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLetter:
    """A letter of the outbox, without its bytes (`tx.letters.raw`).

    Attributes:
        id: of the letter.
        status: where it stands.
        tries: how often sending it failed for the time being.
        next_try_at: not before then; None: at once.
        sent_at: when the SMTP server took it; None while it did not.
        last_error: what the server said last; None where nothing went wrong.
        bounced_at, bounce_diagnostic: when it came back, and what the mail system said.

    The other attributes are those of `NewLetter`.
    """

    id: int
    key: str
    header_id: str
    kind: str
    circular: int | None
    state: str | None
    reply_id: int | None
    answers_message_id: int | None
    recipient: str
    language: str
    subject: str
    created_at: dt.datetime
    status: LetterStatus
    tries: int
    next_try_at: dt.datetime | None
    sent_at: dt.datetime | None
    last_error: str | None
    bounced_at: dt.datetime | None
    bounce_diagnostic: str | None


class Letters:
    """`tx.letters`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def queue(self, letter: NewLetter) -> StoredLetter | None:
        """Puts a letter into the outbox; None where one of its key is there: nothing twice."""
        row = {
            **asdict(letter),
            "correspondent": letter.recipient.lower(),
            "status": LetterStatus.QUEUED,
            "tries": 0,
        }
        inserted = insert_new(self._connection, _letters, row, key=("key",), returning=("id",))
        return None if inserted is None else self.get(inserted.id)

    def exists(self, key: str) -> bool:
        """Whether there is, or was, a letter of that key, whatever became of it."""
        statement = select(_letters.c.id).where(_letters.c.key == key)
        return self._connection.execute(statement).first() is not None

    def get(self, letter_id: int) -> StoredLetter | None:
        """The letter of that id; None where there is none."""
        return next(iter(self._some(_select().where(_letters.c.id == letter_id))), None)

    def raw(self, letter_id: int) -> bytes:
        """The whole message, ready for SMTP.

        Raises:
            StoreError: there is no such letter.
        """
        statement = select(_letters.c.raw).where(_letters.c.id == letter_id)
        raw: bytes | None = self._connection.execute(statement).scalar()
        if raw is None:
            raise StoreError(f"there is no letter {letter_id} in the outbox")
        return raw

    def due(self, now: dt.datetime, limit: int = 100) -> list[StoredLetter]:
        """The letters whose time to go has come, the first queued first."""
        return self._some(_due(now, limit))

    def claim(self, now: dt.datetime, until: dt.datetime, limit: int = 1) -> list[StoredLetter]:
        """As `due`, and keeps them from every other worker until then."""
        found = self._some(_due(now, limit).with_for_update(skip_locked=True))
        for each in found:
            self._change(each.id, {"next_try_at": until})
        return found

    def mark_sent(self, letter_id: int, at: dt.datetime) -> None:
        """The SMTP server took it."""
        self._change(letter_id, {"status": LetterStatus.SENT, "sent_at": at, "next_try_at": None})

    def mark_refused(self, letter_id: int, error: str, at: dt.datetime) -> None:
        """The SMTP server refused it for good; `at` is kept as the time of the bounce."""
        change = {
            "status": LetterStatus.REFUSED,
            "last_error": error,
            "bounced_at": at,
            "bounce_diagnostic": error,
            "next_try_at": None,
        }
        self._change(letter_id, change)

    def note_try(self, letter_id: int, error: str, next_try_at: dt.datetime) -> None:
        """Sending it failed for the time being."""
        change = {
            "tries": _letters.c.tries + 1,
            "last_error": error,
            "next_try_at": next_try_at,
        }
        self._change(letter_id, change)

    def withdraw(self, letter_id: int) -> bool:
        """Takes a letter back before it goes; False where it has gone, or somebody is sending it.

        One that was tried before may have arrived all the same: it is not taken back either.
        """
        c = _letters.c
        statement = (
            update(_letters)
            .where(c.id == letter_id, c.status == LetterStatus.QUEUED, c.next_try_at.is_(None))
            .values(status=LetterStatus.WITHDRAWN)
        )
        return self._connection.execute(statement).rowcount == 1

    def mark_bounced(self, letter_id: int, diagnostic: str, at: dt.datetime) -> None:
        """It came back; the first time stands."""
        statement = update(_letters).where(
            _letters.c.id == letter_id, _letters.c.bounced_at.is_(None)
        )
        self._connection.execute(statement.values(bounced_at=at, bounce_diagnostic=diagnostic))

    def own(self, header_ids: Collection[str]) -> dict[str, StoredLetter]:
        """Which of those Message-IDs are letters of ours."""
        wanted = sorted(set(header_ids))
        found: dict[str, StoredLetter] = {}
        for start in range(0, len(wanted), CHUNK):
            chunk = wanted[start : start + CHUNK]
            for letter in self._some(_select().where(_letters.c.header_id.in_(chunk))):
                found[letter.header_id] = letter
        return found

    def of_reply(self, reply_id: int) -> list[StoredLetter]:
        """The letters about a reply, in the order of their queuing."""
        return self._some(_select().where(_letters.c.reply_id == reply_id).order_by(_letters.c.id))

    def of_message(self, message_id: int) -> list[StoredLetter]:
        """The letters that answer a message, in the order of their queuing."""
        statement = _select().where(_letters.c.answers_message_id == message_id)
        return self._some(statement.order_by(_letters.c.id))

    def of_kind(self, kind: str, circular: int | None = None) -> list[StoredLetter]:
        """The letters of a kind (about one circular), in the order of their queuing."""
        statement = _select().where(_letters.c.kind == kind)
        if circular is not None:
            statement = statement.where(_letters.c.circular == circular)
        return self._some(statement.order_by(_letters.c.id))

    def page(self, *, limit: int, offset: int = 0, kind: str | None = None) -> list[StoredLetter]:
        """Letters (of a kind), the last queued first."""
        statement = _select().order_by(_letters.c.id.desc()).limit(limit).offset(offset)
        if kind is not None:
            statement = statement.where(_letters.c.kind == kind)
        return self._some(statement)

    def of_state(self, state: str, *, limit: int = 100) -> list[StoredLetter]:
        """The letters written to a Member State, the last queued first."""
        statement = _select().where(_letters.c.state == state)
        return self._some(statement.order_by(_letters.c.id.desc()).limit(limit))

    def last(self, kind: str) -> StoredLetter | None:
        """The letter of a kind that was queued last; None where there was none."""
        statement = _select().where(_letters.c.kind == kind).order_by(_letters.c.id.desc())
        return fetch_one(self._connection, StoredLetter, statement.limit(1))

    def sent_since(self, recipient: str, since: dt.datetime) -> int:
        """How many letters an address was written since then; those still queued count."""
        c = _letters.c
        statement = select(func.count()).where(
            c.correspondent == recipient.lower(),
            c.created_at >= since,
            c.status.in_((LetterStatus.QUEUED, LetterStatus.SENT)),
        )
        return self._connection.execute(statement).scalar_one()

    def at_least_since(self, kind: str, count: int, since: dt.datetime) -> bool:
        """Whether so many letters of a kind were queued since then, whatever became of them."""
        statement = (
            select(_letters.c.created_at)
            .where(_letters.c.kind == kind)
            .order_by(_letters.c.id.desc())
            .offset(count - 1)
            .limit(1)
        )
        oldest: dt.datetime | None = self._connection.execute(statement).scalar()
        return oldest is not None and oldest >= since

    def count_queued(self, *, before: dt.datetime | None = None) -> int:
        """How many wait to go out; with a moment: of those queued before then."""
        statement = select(func.count()).where(_letters.c.status == LetterStatus.QUEUED)
        if before is not None:
            statement = statement.where(_letters.c.created_at < before)
        return self._connection.execute(statement).scalar_one()

    def count_by_status(self) -> dict[LetterStatus, int]:
        """How many stand where; every status has its number."""
        statement = select(_letters.c.status, func.count()).group_by(_letters.c.status)
        counts = dict.fromkeys(LetterStatus, 0)
        for status, count in self._connection.execute(statement):
            counts[status] = count
        return counts

    def _some(self, statement: Select[tuple[object, ...]]) -> list[StoredLetter]:
        return fetch(self._connection, StoredLetter, statement)

    def _change(self, letter_id: int, change: Mapping[str, object]) -> None:
        self._connection.execute(
            update(_letters).where(_letters.c.id == letter_id).values(**change)
        )


def _select() -> Select[tuple[object, ...]]:
    return select_as(StoredLetter, _letters)


def _due(now: dt.datetime, limit: int) -> Select[tuple[object, ...]]:
    c = _letters.c
    return (
        _select()
        .where(
            c.status == LetterStatus.QUEUED,
            or_(c.next_try_at.is_(None), c.next_try_at <= now),
        )
        .order_by(c.id)
        .limit(limit)
    )

"""From the archive to the record: each message read, decided, and carried out in one transaction.

Any number of workers may do so at once: see `bot.worker.claiming` and `bot.worker.order`.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from bot.consultation.record import OpinionRecord
from bot.edges.archive import Archive
from bot.edges.clock import Clock
from bot.errors import StoreError, TsbbotError
from bot.intake.considering import Considered, OwnLetter, Situation, consider
from bot.intake.decision import decide
from bot.intake.effects import Kind, Outcome, Then
from bot.intake.part_reading import PartReading
from bot.intake.reasons import Reason
from bot.mail.authentication.authenticity import Checked
from bot.mail.bounces.letter_references import letter_references
from bot.mail.message import Message, OpeningLimits
from bot.mail.opening import open_message
from bot.office import Office
from bot.register.register import Register
from bot.store.messages import StoredMessage
from bot.store.store import Store
from bot.store.tables.mailbox import MessageStatus
from bot.store.transaction import Transaction
from bot.worker.carrying_out import Clerk
from bot.worker.claiming import Claims
from bot.worker.log import log
from bot.worker.order import waits_for
from bot.worker.reading.part_reader import PartReader
from bot.worker.reading.readings_at_hand import ReadingsAtHand
from bot.worker.vouching import Voucher

#: Minutes until the next try; after the last of them a message is quarantined.
_RETRY_MINUTES = (1, 10)
#: Messages read and kept in memory that wait for an earlier one; others are read again.
_MOST_WAITING = 32


class _Waits(Enum):
    """Why there is no outcome yet."""

    EARLIER = auto()


_WAITS = _Waits.EARLIER
#: A message opened and read, or why it could not be.
_Found = tuple[Message, tuple[PartReading, ...]] | Exception


@dataclass(slots=True, kw_only=True)
class Worked:
    """What one pass over the recorded messages did.

    Attributes:
        settled, held: messages decided.
        failed: messages whose handling failed; tried again, or set aside.
        waiting: messages read that wait for an earlier one, on which another worker is at work.
        trouble: what kept others from being worked on without being their fault (a file of the
            archive, a template); they keep their turn. None where nothing did.
    """

    settled: int = 0
    held: int = 0
    failed: int = 0
    waiting: int = 0
    trouble: TsbbotError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pass:
    """One pass over the messages: what it works with, and what it has done.

    Attributes:
        passed_over: messages that cannot be worked on for a reason that is not theirs.
    """

    register: Register
    clock: Clock
    claims: Claims
    worked: Worked = field(default_factory=Worked)
    passed_over: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider:
    """Works through what was recorded.

    Attributes:
        office: what is known of the consultation.
        store, archive: from and to.
        reader: of the parts.
        at_hand: readings that fetching left.
        clerk: carries out what was decided.
        voucher: checks signatures here, where the receiving server vouches for nobody.
    """

    office: Office
    store: Store
    archive: Archive
    reader: PartReader
    at_hand: ReadingsAtHand
    clerk: Clerk
    voucher: Voucher

    def work(self, register: Register, clock: Clock) -> Worked:
        """Works through every message whose turn it is, the first received first.

        A message that fails is tried again later, and set aside for people after the third time.

        Raises:
            StoreError: not the message's fault; nothing of it is counted as a try.
        """
        this = _Pass(register=register, clock=clock, claims=Claims(self.store, clock))
        waiting: list[tuple[StoredMessage, _Found]] = []
        with this.claims.given_back():
            while claimed := this.claims.more():
                for message, found in self._read(claimed):
                    this.claims.renew()
                    if self._is_settled(message, found, this):
                        continue
                    this.worked.waiting += 1
                    if len(waiting) < _MOST_WAITING:
                        waiting.append((message, found))
                # What those waited for may be decided by now, here or by another worker.
                still = [each for each in waiting if not self._is_settled(*each, this)]
                this.worked.waiting -= len(waiting) - len(still)
                waiting = still
            for message, found in waiting:
                if not isinstance(found, Exception):
                    self.at_hand.put_back(message.sha256, message.size, *found)
        return this.worked

    def _is_settled(self, message: StoredMessage, found: _Found, this: _Pass) -> bool:
        """Decides on a message and adds it up; False where it waits for an earlier one."""
        now = this.clock.now()
        try:
            outcome = self._decide(message, found, this, now)
        except StoreError:
            raise
        except TsbbotError as error:
            # Its claim is kept until the pass is over, so that it does not come again at once.
            this.passed_over.add(message.id)
            this.worked.trouble = this.worked.trouble or error
            return True
        except Exception as error:  # noqa: BLE001 - one bad message stops nothing
            self._set_back(message, error, now)
            this.worked.failed += 1
        else:
            if outcome is _WAITS:
                return False
            if isinstance(outcome, Outcome):
                this.worked.held += outcome.then is Then.HELD
                this.worked.settled += outcome.then is not Then.HELD
        this.claims.done(message)
        return True

    def _read(self, due: Sequence[StoredMessage]) -> Iterator[tuple[StoredMessage, _Found]]:
        limits = OpeningLimits(part_bytes=self.office.attachment_bytes)
        ready: dict[int, _Found] = {}
        opened: dict[int, Message] = {}
        for each in due:
            if (found := self.at_hand.pick_up(each.sha256)) is not None:
                ready[each.id] = found
                continue
            try:
                opened[each.id] = open_message(self.archive.get(each.sha256), limits)
            except Exception as error:  # noqa: BLE001 - told apart by whoever decides
                ready[each.id] = error
        waiting = [opened[each.id] for each in due if each.id in opened]
        readings = self.reader.read_all([message.parts for message in waiting])
        for each in due:
            if each.id not in ready:
                message = waiting.pop(0)
                try:
                    ready[each.id] = (message, next(readings))
                except Exception as error:  # noqa: BLE001 - told apart by whoever decides
                    ready[each.id] = error
                    # The others were handed out together with it: they are handed out again.
                    readings = self.reader.read_all([message.parts for message in waiting])
            yield each, ready[each.id]

    def _decide(
        self,
        message: StoredMessage,
        found: _Found,
        this: _Pass,
        now: dt.datetime,
    ) -> Outcome | _Waits | None:
        """Decides on a message; None where another worker has done so meanwhile."""
        if isinstance(found, Exception):
            raise found
        # Before the transaction: looking up keys takes its time.
        checked = self.voucher.checked(message, found[0])
        with self.store.transaction() as tx:
            tx.turns.wait()
            current = tx.messages.get(message.id)
            if current is None or current.status is not MessageStatus.RECEIVED:
                return None
            if waits_for(tx, message, this.register, this.passed_over) is not None:
                return _WAITS
            considered = self._considered(tx, message, found, checked, this.register)
            if message.size > self.office.message_bytes:
                outcome = Outcome(
                    kind=Kind.TOO_LARGE,
                    then=Then.HELD,
                    reasons=(Reason.MESSAGE_TOO_LARGE.value,),
                )
            else:
                records = _records(tx, considered)
                outcome = decide(considered, records, _senders(tx, records), this.register)
            self.clerk.carry_out(tx, message, considered, outcome, now)
        return outcome

    def _considered(
        self,
        tx: Transaction,
        message: StoredMessage,
        found: tuple[Message, tuple[PartReading, ...]],
        checked: Checked,
        register: Register,
    ) -> Considered:
        opened, parts = found
        named = letter_references(opened, self.office.returns)
        own = tx.letters.own(named.ids) if named.ids else {}
        situation = Situation(
            circulars=self.office.circulars,
            register=register,
            own_letters={
                header_id: OwnLetter(circular=letter.circular, state=letter.state)
                for header_id, letter in own.items()
            },
            own_addresses=self.office.own_addresses,
            authserv_id=self.office.authserv_id,
            sealers=self.office.sealers,
            checked=checked,
            require_authenticity=self.office.require_authenticity,
            returned=named.returned if named.returned in own else None,
            confirm_scans=self.office.confirm_scans,
        )
        return consider(opened, parts, message.received_at, situation)

    def _set_back(self, message: StoredMessage, error: Exception, now: dt.datetime) -> None:
        last = message.tries >= len(_RETRY_MINUTES)
        next_try = None if last else now + dt.timedelta(minutes=_RETRY_MINUTES[message.tries])
        log().exception(
            "message failed", message=message.id, tries=message.tries + 1, quarantined=last
        )
        with self.store.transaction() as tx:
            tx.messages.fail(
                message.id,
                error=f"{type(error).__name__}: {str(error).splitlines()[0][:300]}"
                if str(error)
                else type(error).__name__,
                next_try_at=next_try,
                at=now,
            )
            tx.audit.append(
                at=now,
                who="worker",
                action="quarantine" if last else "set back",
                subject=f"message/{message.id}",
                detail={"error": type(error).__name__},
            )


def _records(tx: Transaction, considered: Considered) -> list[OpinionRecord]:
    return [
        record
        for claim, attribution in zip(considered.claims, considered.attributions, strict=True)
        if attribution.state is not None
        for record in tx.opinions.records(claim.circular.number, state=attribution.state)
    ]


def _senders(tx: Transaction, records: Sequence[OpinionRecord]) -> dict[int, str]:
    senders: dict[int, str] = {}
    for record in records:
        if record.reply not in senders:
            reply = tx.replies.get(record.reply)
            senders[record.reply] = reply.sender if reply else ""
    return senders

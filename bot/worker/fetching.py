"""From the mailbox into the archive: what may be a reply, and nothing else.

Raw first: a message is written to the archive and recorded before anything else happens to it.
What is left alone is neither changed nor kept; only its UID is, so that it is looked at once.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.edges.archive import Archive
from bot.edges.imap_messages import Fetched, Folder, Glance
from bot.errors import MailboxError, MessageUnavailableError, TsbbotError
from bot.intake.screening import Known, Leaf, Screening, is_registered, keep, screen
from bot.mail.bounces.letter_references import letter_references
from bot.mail.message import Message, OpeningLimits
from bot.mail.opening import open_header, open_message
from bot.office import Office
from bot.register.register import Register
from bot.store.messages import Arrival
from bot.store.store import Store
from bot.worker.log import log
from bot.worker.reading.part_reader import PartReader
from bot.worker.reading.readings_at_hand import ReadingsAtHand
from bot.worker.stumbling import StumblingBlocks

#: UIDs left alone are recorded so many at a time.
_BATCH = 100


class Mailbox(Protocol):
    """What fetching needs of the mailbox (`bot.edges.imap.ImapMailbox`)."""

    def select(self) -> Folder:
        """Opens the folder without changing anything."""
        ...

    def uids(self) -> list[int]:
        """Every UID of it."""
        ...

    def glance(self, uids: Sequence[int]) -> Iterator[Glance]:
        """Headers and outlines."""
        ...

    def fetch(self, uid: int) -> Fetched | None:
        """The whole message."""
        ...

    def fetch_header(self, uid: int) -> Fetched | None:
        """Its header alone."""
        ...

    def move(self, uid: int, folder: str) -> None:
        """Moves a message to another folder."""
        ...


@dataclass(slots=True, kw_only=True)
class Haul:
    """What one visit to the mailbox brought.

    Attributes:
        taken: messages archived and recorded.
        again: the same bytes as one that was there already.
        left: looked at and left alone.
        unavailable: UIDs that the server would not hand out; asked for again next time.
        gap: UIDs that are in the folder and neither recorded nor among `unavailable`; must be none.
    """

    taken: int = 0
    again: int = 0
    left: int = 0
    unavailable: list[int] = field(default_factory=list)
    gap: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetcher:
    """Visits the mailbox.

    Attributes:
        office: what is known of the consultation.
        account: user name and host, for the record.
        folder: the one that is read.
        store, archive: where to.
        reader: for what can only be told by its content.
        at_hand: where readings made here are left for the next step.
        blocks: messages at which the connection broke.
    """

    office: Office
    account: str
    folder: str
    store: Store
    archive: Archive
    reader: PartReader
    at_hand: ReadingsAtHand
    blocks: StumblingBlocks = field(default_factory=StumblingBlocks)

    def visit(self, mailbox: Mailbox, register: Register, now: dt.datetime) -> Haul:
        """Takes what is new and may be a reply.

        Args:
            mailbox: connected.
            register: for who is known.
            now: for the record.

        Raises:
            MailboxError: the connection failed; what was taken until then is recorded.
            ArchiveError: the disk cannot keep it; the message is taken the next time.
            StoreError: the database failed; the same.
        """
        folder = mailbox.select()
        there = mailbox.uids()
        with self.store.snapshot() as tx:
            known = tx.entries.known_uids(self.account, self.folder, folder.uidvalidity)
        haul = Haul()
        left: list[int] = []
        new = self.blocks.order(folder.uidvalidity, (uid for uid in there if uid not in known))
        glanced: set[int] = set()
        try:
            for each in mailbox.glance(new):
                glanced.add(each.uid)
                self._meet(mailbox, folder, each, haul, left, register=register, now=now)
                if len(left) >= _BATCH:
                    self._leave(folder, left, now)
                    left.clear()
        finally:
            # Also where the connection broke: they are not looked at again.
            self._leave(folder, left, now)
        gone = set(new) - glanced
        with self.store.snapshot() as tx:
            recorded = tx.entries.known_uids(self.account, self.folder, folder.uidvalidity)
        haul.gap = tuple(sorted(set(there) - recorded - gone - set(haul.unavailable)))
        return haul

    def _meet(
        self,
        mailbox: Mailbox,
        folder: Folder,
        glance: Glance,
        haul: Haul,
        left: list[int],
        *,
        register: Register,
        now: dt.datetime,
    ) -> None:
        """Takes a message or leaves it, and says so in the haul."""
        validity, uid = folder.uidvalidity, glance.uid
        if glance.trouble is not None or self.blocks.rests(validity, uid, now):
            haul.unavailable.append(uid)
            return
        try:
            took = self._take(mailbox, folder, glance, register, now)
        except MessageUnavailableError:
            haul.unavailable.append(uid)
            return
        except MailboxError:
            self.blocks.met(validity, uid, now)
            raise
        self.blocks.passed(validity, uid)
        match took:
            case None:
                left.append(uid)
                haul.left += 1
            case True:
                haul.taken += 1
            case False:
                haul.again += 1

    def _leave(self, folder: Folder, uids: Sequence[int], now: dt.datetime) -> None:
        if uids:
            with self.store.transaction() as tx:
                tx.entries.leave_alone(self.account, self.folder, folder.uidvalidity, uids, now)

    def _take(
        self,
        mailbox: Mailbox,
        folder: Folder,
        glance: Glance,
        register: Register,
        now: dt.datetime,
    ) -> bool | None:
        """Takes a message: whether it is a new one; None where it is left alone."""
        header, screening = self._screened(glance, register)
        if screening is Screening.LEAVE:
            return None
        large = glance.size > self.office.message_bytes
        if large and screening is Screening.LOOK and not _from_register(header, register):
            # Nothing says that it is ours, and it is too large to be looked into.
            return None
        fetched = mailbox.fetch_header(glance.uid) if large else mailbox.fetch(glance.uid)
        if fetched is None:
            # Removed meanwhile: whoever did that has taken care of it.
            return None
        if screening is Screening.LOOK and not large and not self._kept(fetched.raw, register):
            return None
        sha256 = self._archived(fetched.raw)
        arrival = Arrival(
            account=self.account,
            folder=self.folder,
            uidvalidity=folder.uidvalidity,
            uid=glance.uid,
            sha256=sha256,
            size=glance.size,
            received_at=fetched.received_at or glance.received_at or now,
            recorded_at=now,
            sender=header.from_[0].email if header.from_ else "",
            subject=header.subject,
            header_id=header.message_id,
        )
        with self.store.transaction() as tx:
            return tx.messages.take(arrival).new

    def _archived(self, raw: bytes) -> str:
        """Archives a message, and says under which hash.

        One that is known stays as it is: what was purged must not come back because the server
        has numbered its messages anew. Only a file that is missing is written again.
        """
        sha256 = hashlib.sha256(raw).hexdigest()
        with self.store.snapshot() as tx:
            known = tx.messages.of_hash(sha256)
        if known is None or not (known.purged or sha256 in self.archive):
            self.archive.put(raw)
        return sha256

    def _screened(self, glance: Glance, register: Register) -> tuple[Message, Screening]:
        try:
            header = open_header(glance.header)
            known = self._known(header, register)
            return header, screen(header, _leaves(glance), known, glance.received_at)
        except TsbbotError:
            raise
        except Exception:  # noqa: BLE001 - one bad message stops nothing
            log().exception("header not understood", uid=glance.uid)
            return open_header(b""), Screening.TAKE

    def _kept(self, raw: bytes, register: Register) -> bool:
        """Whether a message is ours by its content; one that cannot be judged may be.

        Working on it is then tried again from the archive, and in the end a person sees it.
        """
        try:
            message = open_message(raw, self._limits())
            parts = self.reader.read(message)
            if not keep(message, parts, self._known(message, register)):
                return False
        except TsbbotError:
            raise
        except Exception:  # noqa: BLE001 - one bad message stops nothing
            log().exception("message not understood")
            return True
        self.at_hand.leave(raw, message, parts)
        return True

    def _known(self, message: Message, register: Register) -> Known:
        named = letter_references(message, self.office.returns)
        with self.store.snapshot() as tx:
            own = tx.letters.own(named.ids) if named.ids else {}
        return Known(
            circulars=self.office.circulars,
            register=register,
            own_ids=frozenset(own),
            own_addresses=self.office.own_addresses,
            returned=named.returned in own,
        )

    def _limits(self) -> OpeningLimits:
        return OpeningLimits(part_bytes=self.office.attachment_bytes)


def _leaves(glance: Glance) -> tuple[Leaf, ...] | None:
    if glance.structure is None:
        return None
    return tuple(
        Leaf(
            content_type=f"{part.type}/{part.subtype}".lower(),
            filename=part.filename,
            size=part.size or 0,
            attached=(part.disposition or "").lower() == "attachment",
        )
        for part in glance.structure
    )


def _from_register(message: Message, register: Register) -> bool:
    return any(is_registered(register, address.email) for address in message.from_)

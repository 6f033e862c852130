"""What a secretariat has after a consultation's day: written down so that two of them can be compared."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from email import message_from_bytes

from bot.demo.smtp_server import SentLetter
from bot.errors import ArchiveError
from bot.store.messages import StoredMessage
from bot.store.tables.correspondence import LetterStatus
from bot.store.tables.mailbox import MessageStatus
from bot.store.transaction import Transaction
from bot.wiring.desk import Desk
from tests.acceptance.mail_folder import Lying, everything
from tests.faults.scenario import CIRCULAR
from tests.support.served_mailbox import ServedMailbox
from tests.support.workplace import Workplace


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The same whatever happened on the way; each line is there as often as it was recorded.

    Attributes:
        messages: taken: bytes, status, kind, reasons.
        replies: recorded: of which bytes, whose, worth what.
        opinions: the record's lines: of which bytes, text, opinion, standing.
        letters: of the outbox: key and status.
        sent: that arrived: (recipient, Message-ID), each once, however often it came.
        notes: for the digest: kind and address.
        bounced: addresses marked.
        archive: names of the files.
        mailbox: folder, flags and bytes of what lies there now.
    """

    messages: tuple[str, ...]
    replies: tuple[str, ...]
    opinions: tuple[str, ...]
    letters: tuple[str, ...]
    sent: tuple[str, ...]
    notes: tuple[str, ...]
    bounced: tuple[str, ...]
    archive: tuple[str, ...]
    mailbox: tuple[str, ...]

    def differences(self, usual: "Account") -> Iterator[str]:
        """What is missing here, and what is too much, of what there usually is."""
        for each in fields(self):
            here, there = Counter(getattr(self, each.name)), Counter(getattr(usual, each.name))
            yield from (f"missing in {each.name}: {line}" for line in (there - here).elements())
            yield from (f"too much in {each.name}: {line}" for line in (here - there).elements())


def account_of(
    workplace: Workplace, mailbox: ServedMailbox, letters: Sequence[SentLetter]
) -> Account:
    """The account of a workplace whose worker has ended."""
    lying = everything(mailbox)
    with workplace.desk() as desk, desk.store.snapshot() as tx:
        taken = {each.id: each for each in _messages(tx)}
        hashes = {number: each.sha256[:12] for number, each in taken.items()}
        replies = tx.replies.all(CIRCULAR.number)
        of_reply = {each.id: hashes[each.message_id] for each in replies}
        return Account(
            messages=_lines(
                (each.sha256[:12], each.status, each.kind, *each.reasons) for each in taken.values()
            ),
            replies=_lines(
                (of_reply[each.id], each.state, each.sender, each.standing, *each.reasons)
                for each in replies
            ),
            opinions=_lines(
                (of_reply[each.reply], each.text, each.opinion.opinion, each.standing)
                for each in tx.opinions.records(CIRCULAR.number)
            ),
            letters=_lines(
                (each.key, each.status)
                for kind in ("acknowledgement", "reminder", "digest")
                for each in tx.letters.of_kind(kind)
            ),
            sent=_lines(
                {(*each.recipients, message_from_bytes(each.raw)["Message-ID"]) for each in letters}
            ),
            notes=_lines((each.kind, each.address) for each in tx.notes.since(None)),
            bounced=tuple(tx.contacts.bounced()),
            archive=_lines((each[:12],) for each in desk.archive.names()),
            mailbox=_lines(
                (each.folder, _hash(each.raw), *sorted(map(str, each.flags))) for each in lying
            ),
        )


def faults_of(
    workplace: Workplace, mailbox: ServedMailbox, letters: Sequence[SentLetter]
) -> Iterator[str]:
    """What must never be, whatever there usually is."""
    by_id: dict[str, set[bytes]] = {}
    for letter in letters:
        by_id.setdefault(message_from_bytes(letter.raw)["Message-ID"], set()).add(letter.raw)
    yield from (f"two letters under {name}" for name, raws in by_id.items() if len(raws) > 1)
    with workplace.desk() as desk:
        desk.store.check()
        with desk.store.snapshot() as tx:
            if (broken := tx.audit.verify()) is not None:
                yield f"the audit trail is broken: {broken}"
            yield from (f"trouble stays: {each.text}" for each in tx.troubles.open())
            statuses = tx.messages.count_by_status()
            if tx.letters.count_by_status()[LetterStatus.QUEUED]:
                yield "a letter was never sent"
            yield from _twice(tx)
            yield from _unrecorded(tx, desk, mailbox)
        for status in (MessageStatus.RECEIVED, MessageStatus.QUARANTINED):
            if statuses[status]:
                yield f"{statuses[status]} messages are {status}"
        yield from _not_kept(desk)


def _twice(tx: Transaction) -> Iterator[str]:
    replies = tx.replies.all(CIRCULAR.number)
    recorded = Counter((each.message_id, each.circular) for each in replies)
    yield from (f"message {which} was recorded twice" for which, n in recorded.items() if n > 1)
    rows = Counter((each.reply, each.text) for each in tx.opinions.records(CIRCULAR.number))
    yield from (f"opinion {which} was recorded twice" for which, n in rows.items() if n > 1)


def _unrecorded(tx: Transaction, desk: Desk, mailbox: ServedMailbox) -> Iterator[str]:
    account, folder = desk.settings.mailbox.account, desk.settings.mailbox.folder
    with mailbox.client() as client:
        validity = client.select_folder(folder, readonly=True)[b"UIDVALIDITY"]
        there = set(client.search(["ALL"]))
    known = tx.entries.known_uids(account, folder, validity)
    yield from (f"UID {uid} is not recorded" for uid in sorted(there - known))


def _not_kept(desk: Desk) -> Iterator[str]:
    with desk.store.snapshot() as tx:
        taken = tx.messages.kept_raw()
    for sha256 in taken:
        try:
            desk.archive.get(sha256)
        except ArchiveError as error:
            yield str(error)


def _messages(tx: Transaction) -> Iterator[StoredMessage]:
    for sha256 in tx.messages.kept_raw():
        message = tx.messages.of_hash(sha256)
        assert message is not None
        yield message


def _lines(rows: Iterable[Iterable[object]]) -> tuple[str, ...]:
    return tuple(sorted(" ".join(map(str, row)) for row in rows))


def _hash(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()[:12]


__all__ = ["Account", "Lying", "account_of", "faults_of"]

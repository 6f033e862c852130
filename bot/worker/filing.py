"""Settled replies moved to a folder of their own, where the secretariat wants that."""

from dataclasses import dataclass

from bot.store.store import Store
from bot.worker.fetching import Mailbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """Moves messages that are done with; nothing where no folder is named.

    Attributes:
        store: knows which those are.
        account, folder: where they lie.
        processed_folder: where to; empty: they stay.
    """

    store: Store
    account: str
    folder: str
    processed_folder: str

    def file(self, mailbox: Mailbox) -> int:
        """Moves what was settled since the last time; how many messages that were.

        Raises:
            MailboxError: the server refuses; tried again the next time.
        """
        if not self.processed_folder:
            return 0
        moved = 0
        uidvalidity = mailbox.select().uidvalidity
        with self.store.snapshot() as tx:
            uids = tx.entries.settled_uids(self.account, self.folder, uidvalidity)
        there = set(mailbox.uids())
        for uid in uids:
            if uid in there:
                mailbox.move(uid, self.processed_folder)
                moved += 1
        return moved

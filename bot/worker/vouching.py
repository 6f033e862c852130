"""Who vouches for a sender where the receiving server does not: signatures checked here."""

from dataclasses import dataclass

from bot.edges.archive import Archive
from bot.mail.authentication.authenticity import NOTHING_CHECKED, Checked, Verdict, authenticity
from bot.mail.authentication.signatures import KeyRecord, check_signatures
from bot.mail.message import Message
from bot.office import Office
from bot.store.messages import StoredMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher:
    """Checks the signatures of messages that nobody has vouched for.

    Attributes:
        office: whose word is believed.
        archive: holds the bytes that were signed.
        record: finds public keys; None: nothing is checked here.
    """

    office: Office
    archive: Archive
    record: KeyRecord | None = None

    def checked(self, message: StoredMessage, opened: Message) -> Checked:
        """What was found of a message; nothing where that is not asked for, or not needed.

        It may take seconds: the keys are looked up.

        Raises:
            ArchiveError: its bytes cannot be read.
        """
        office = self.office
        # Of a message that is too large, only the header was fetched.
        if self.record is None or message.size > office.message_bytes:
            return NOTHING_CHECKED
        said = authenticity(opened, office.authserv_id, office.sealers)
        if said.verdict is Verdict.PASS or said.domain is None:
            return NOTHING_CHECKED
        raw = self.archive.get(message.sha256)
        return check_signatures(raw, opened, office.sealers, self.record)

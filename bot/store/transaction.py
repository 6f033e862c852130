"""One unit of work: the nouns of the store on one connection."""

from sqlalchemy import Connection

from bot.store.attachments import Attachments
from bot.store.audit import AuditTrail
from bot.store.contacts import Contacts
from bot.store.contents import Contents
from bot.store.entries import MailboxEntries
from bot.store.finding import Finding
from bot.store.letters import Letters
from bot.store.messages import Messages
from bot.store.notes import Notes
from bot.store.opinions import OpinionsRecord
from bot.store.purging import Purging
from bot.store.queue import Queue
from bot.store.readings import Readings
from bot.store.replies import Replies
from bot.store.seals import Seals
from bot.store.sign_ins import SignIns
from bot.store.troubles import Troubles
from bot.store.turns import Turns
from bot.store.values import NamedValues


class Transaction:
    """What `store.transaction()` and `store.snapshot()` give.

    Attributes:
        entries: every UID that was looked at.
        messages: the messages taken.
        turns: whose turn it is, where several workers share the work.
        readings: what the readers said of their parts.
        replies: per message and circular.
        attachments: the files kept with replies.
        opinions: the append-only record.
        letters: the outbox.
        contacts: the register's, and addresses that bounce.
        notes: events for the digest.
        troubles: of the program itself.
        audit: the hash-chained trail.
        seals: of the record, in the trail.
        values: single values by name.
        contents: all tables row by row, for a backup.
        queue: what waits for a person, page by page.
        finding: messages by what people remember of them.
        sign_ins: who is signed in to the review page.
        purging: removes what belongs to a closed circular alone.
    """

    def __init__(self, connection: Connection) -> None:
        self.audit = AuditTrail(connection)
        self.seals = Seals(connection)
        self.entries = MailboxEntries(connection)
        self.messages = Messages(connection, self.entries)
        self.turns = Turns(connection)
        self.readings = Readings(connection)
        self.attachments = Attachments(connection)
        self.replies = Replies(connection, self.attachments)
        self.opinions = OpinionsRecord(connection, self.audit)
        self.letters = Letters(connection)
        self.contacts = Contacts(connection)
        self.notes = Notes(connection)
        self.troubles = Troubles(connection)
        self.values = NamedValues(connection)
        self.contents = Contents(connection)
        self.purging = Purging(connection)
        self.queue = Queue(connection)
        self.finding = Finding(connection)
        self.sign_ins = SignIns(connection)

    def finish(self) -> None:
        """Writes what waits for the end of the unit; the store calls it before it commits."""
        self.audit.write()

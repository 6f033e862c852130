"""One folder on one connection, opened anew when the conversation has gone wrong."""

from collections.abc import Iterator
from contextlib import contextmanager

from imapclient import IMAPClient

from bot.edges.imap_connection import IMAP_FAILURES, ImapAccount, connect, hang_up, mailbox_error
from bot.edges.imap_messages import Folder
from bot.errors import MailboxError


class ImapSession:
    """A connection that is signed in, and the folder that is open on it for reading only.

    Attributes:
        folder: as it was when it was opened last; None: it is not open.
    """

    def __init__(self, account: ImapAccount) -> None:
        self.folder: Folder | None = None
        self._account = account
        self._client: IMAPClient | None = None

    @property
    def client(self) -> IMAPClient:
        """The connection.

        Raises:
            MailboxError: it is closed.
        """
        if self._client is None:
            raise MailboxError(
                f"the connection to the mailbox server {self._account.host} is closed",
                mend="it is opened again with the next try",
            )
        return self._client

    def open(self) -> None:
        """Connects and signs in.

        Raises:
            MailboxError: the server cannot be used.
            MailboxSignInError: it refuses the user name or password.
        """
        self._client = connect(self._account)

    def close(self, *, politely: bool) -> None:
        """Ends the connection.

        Args:
            politely: takes leave of the server; else it may be gone.
        """
        client, self._client, self.folder = self._client, None, None
        if client is None:
            return
        try:
            if politely:
                client.logout()
        except IMAP_FAILURES:
            # The work is done; a server that does not say goodbye changes nothing.
            pass
        finally:
            hang_up(client)

    def reopen(self) -> None:
        """Connects anew: after an answer that was not understood, its rest may be on the way.

        Raises:
            MailboxError: the server cannot be used, or has renumbered the messages.
        """
        before = self.folder
        self.close(politely=False)
        self.open()
        after = self.select()
        if before is not None and before.uidvalidity != after.uidvalidity:
            raise self.renumbered()

    def select(self) -> Folder:
        """Opens the folder by EXAMINE (RFC 3501, 6.3.2), or looks anew if it is open.

        Raises:
            MailboxError: it cannot be opened.
        """
        with self.talk(f"the folder {self._account.folder!r} cannot be opened") as client:
            found = client.select_folder(self._account.folder, readonly=True)
            uidvalidity, uidnext = found.get(b"UIDVALIDITY"), found.get(b"UIDNEXT")
            exists = int(found.get(b"EXISTS", 0))
        if not isinstance(uidvalidity, int):
            raise MailboxError(
                f"the mailbox server {self._account.host} keeps no lasting numbers for messages",
                mend="check [mailbox] folder: UIDVALIDITY is missing (RFC 3501, 2.3.1.1)",
            )
        self.folder = Folder(uidvalidity=uidvalidity, uidnext=uidnext, exists=exists)
        return self.folder

    @contextmanager
    def talk(self, trouble: str) -> Iterator[IMAPClient]:
        """Translates what goes wrong with the server, once.

        Args:
            trouble: what cannot be done then, for people.

        Raises:
            MailboxError: whatever imapclient raised within.
        """
        client = self.client
        try:
            yield client
        except IMAP_FAILURES as error:
            translated = mailbox_error(self._account, error)
            raise MailboxError(f"{translated.message}: {trouble}", mend=translated.mend) from error

    def renumbered(self) -> MailboxError:
        """The error that UIDs no longer mean what they meant."""
        return MailboxError(
            f"the messages of {self._account.folder} on {self._account.host} were renumbered"
            " meanwhile (UIDVALIDITY)",
            mend="the folder is walked again with the next try",
        )

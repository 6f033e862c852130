"""A mailbox as the people who share it see and change it, on any IMAP server."""

import contextlib
import datetime as dt
from collections.abc import Iterator

from imapclient import IMAPClient

#: Seconds that the server may take.
_PATIENCE = 30.0


class ServedMailbox:
    """One user's mail on an IMAP server, as the people who share it see it.

    Its own connections are separate from the one under test.
    """

    def __init__(self, host: str, port: int, username: str, password: str) -> None:
        self.host = host
        self.port = port
        self.username = username
        self.password = password

    @contextlib.contextmanager
    def client(self) -> Iterator[IMAPClient]:
        """A connection that is signed in, as a person's mail program has."""
        with IMAPClient(self.host, port=self.port, ssl=False, timeout=_PATIENCE) as client:
            client.normalise_times = False
            client.login(self.username, self.password)
            yield client

    def deliver(
        self,
        raw: bytes,
        received_at: dt.datetime | None = None,
        flags: tuple[str, ...] = (),
        folder: str = "INBOX",
    ) -> int:
        """Puts a message into a folder; its UID."""
        with self.client() as client:
            if folder != "INBOX" and not client.folder_exists(folder):
                client.create_folder(folder)
            uid = int(client.folder_status(folder, ["UIDNEXT"])[b"UIDNEXT"])
            client.append(folder, raw, flags=flags, msg_time=received_at)
            return uid

    def deliver_all(self, messages: list[bytes]) -> None:
        """Puts many messages into the INBOX over one connection."""
        with self.client() as client:
            for raw in messages:
                client.append("INBOX", raw)

    def flags(self, uid: int, folder: str = "INBOX") -> set[str]:
        """The flags of a message, but for \\Recent, which is of a connection only."""
        with self.client() as client:
            client.select_folder(folder, readonly=True)
            found = client.get_flags([uid])[uid]
        return {flag.decode() for flag in found} - {"\\Recent"}

    def messages(self, folder: str = "INBOX") -> dict[int, bytes]:
        """Every message of a folder by its UID."""
        with self.client() as client:
            client.select_folder(folder, readonly=True)
            found = client.fetch(client.search(["ALL"]), ["BODY.PEEK[]"])
        return {uid: data[b"BODY[]"] for uid, data in found.items()}

    def remove(self, *uids: int) -> None:
        """Deletes messages for good, as a person would."""
        with self.client() as client:
            client.select_folder("INBOX")
            client.delete_messages(uids)
            client.expunge()

    def mark(self, uid: int, flag: str) -> None:
        """Sets a flag, as a person would."""
        with self.client() as client:
            client.select_folder("INBOX")
            client.add_flags([uid], [flag])

"""The mailbox, which is people's: read without leaving a trace (RFC 3501, RFC 9051).

The folder is opened by EXAMINE, in which nothing can be changed, and messages are fetched by
BODY.PEEK. Only a message that is to be moved opens it for writing, for as long as that takes.
"""

import imaplib
import threading
import time
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Self

from bot.edges.imap_connection import IMAP_FAILURES, ImapAccount, mailbox_error, quoted
from bot.edges.imap_idle import idle
from bot.edges.imap_messages import (
    Answer,
    Fetched,
    Folder,
    Glance,
    OddAnswerError,
    glance,
    received_at,
    section,
)
from bot.edges.imap_move import can_move, move
from bot.edges.imap_session import ImapSession
from bot.errors import MailboxError, MessageUnavailableError

#: Messages asked about at once: their headers are in memory together.
_BATCH = 50
#: A line of UIDs must stay well below the million bytes that imaplib takes.
_UIDS_A_LINE = 50_000
#: IDLE is renewed after so many seconds: a server may end it after 30 minutes (RFC 2177, 3), and
#: what keeps track of connections on the way often forgets them much earlier.
_RENEWAL = 300.0

_HEADER = "BODY.PEEK[HEADER]<0.262144>"
_LONG_HEADER = "BODY.PEEK[HEADER]<0.1048576>"


class ImapMailbox:
    """A connection to the mailbox while the context lasts.

    After a MailboxError of the connection the context is left and entered anew; how long to wait
    before that is the caller's to say.

    Every method raises MailboxError where the server cannot be reached, does not answer in time,
    refuses or talks nonsense, and so does entering the context, which may also raise
    MailboxSignInError.
    """

    def __init__(self, account: ImapAccount, *, uids_a_line: int = _UIDS_A_LINE) -> None:
        """Names the mailbox; nothing is done before the context is entered.

        Args:
            account: where it is and how to sign in.
            uids_a_line: how many UIDs to ask for at once.
        """
        self._account = account
        self._uids_a_line = uids_a_line
        self._session = ImapSession(account)
        #: The highest UID that the caller has been told of; None before the folder is opened.
        self._told: int | None = None
        #: The UIDVALIDITY under which it is that message.
        self._told_under = 0

    def __enter__(self) -> Self:
        self._session.open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._session.close(politely=error is None)

    def select(self) -> Folder:
        """Opens the folder for reading only, and looks anew if it is open.

        Another UIDVALIDITY than before means that every UID is another message now.
        """
        folder = self._session.select()
        if self._told is None or self._told_under != folder.uidvalidity:
            self._told, self._told_under = (folder.uidnext or 1) - 1, folder.uidvalidity
        return folder

    def uids(self) -> list[int]:
        """Every UID of the folder, in order."""
        return self.uids_from(1)

    def uids_from(self, uid: int) -> list[int]:
        """Every UID from that one on, in order; empty where there is none."""
        exists = self._opened().exists
        found: set[int] = set()
        first = uid
        with self._session.talk("the folder cannot be searched") as client:
            # The UIDs at regular places mark off ranges that fit a line. A range of UIDs holds its
            # messages even if others are removed meanwhile; a range of places would not.
            marks: set[int] = set()
            for place in range(self._uids_a_line, exists, self._uids_a_line):
                marks.update(client.search([str(place)]))
            for mark in sorted(mark for mark in marks if mark >= uid):
                found.update(client.search(["UID", f"{first}:{mark}"]))
                first = mark + 1
            # "*" is the last message, whatever its UID: it may lie below the first one asked for.
            found.update(client.search(["UID", f"{first}:*"]))
        uids = sorted(each for each in found if each >= uid)
        if uids:
            self._told = max(self._told or 0, uids[-1])
        return uids

    def glance(self, uids: Sequence[int]) -> Iterator[Glance]:
        """What can be known of messages without reading them; those that are gone are left out.

        A message that the server cannot tell about stops no other one: see `Glance.trouble`.
        """
        for start in range(0, len(uids), _BATCH):
            yield from self._glance(uids[start : start + _BATCH])

    def fetch(self, uid: int) -> Fetched | None:
        """The whole message; None where it is gone meanwhile.

        Its size is known from the glance: ask for nothing that does not fit into memory.

        Raises:
            MessageUnavailableError: the server will not hand out this one.
        """
        return self._fetch(uid, "BODY.PEEK[]", b"BODY[]")

    def fetch_header(self, uid: int) -> Fetched | None:
        """The header block alone, cut at 1 MiB, of a message that is too large; None: it is gone.

        Raises:
            MessageUnavailableError: the server will not hand out this one.
        """
        return self._fetch(uid, _LONG_HEADER, b"BODY[HEADER]")

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """Waits for new mail: told by the server where it can (IDLE), else asking at the end.

        Args:
            seconds: at the most.
            stop: ends the wait once it is set.

        Returns:
            Whether there is a message with a higher UID than `uids` or `uids_from` ever returned
            (before those: than there was when the folder was first opened).
        """
        self._opened()
        deadline = time.monotonic() + seconds
        while not self._has_new():
            left = deadline - time.monotonic()
            if left <= 0 or stop.is_set():
                return False
            pause = min(left, _RENEWAL)
            with self._session.talk("the wait for new mail failed") as client:
                if self._account.idle and client.has_capability("IDLE"):
                    idle(client, pause, stop)
                else:
                    stop.wait(pause)
        return True

    def move(self, uid: int, folder: str) -> None:
        """Moves a message to another folder, made where it is missing; no other one is touched.

        A message that is gone meanwhile is left at that.
        """
        opened = self._opened()
        with self._session.talk(f"a message cannot be moved to {folder!r}") as client:
            movable = can_move(client)
            if movable:
                writable = client.select_folder(self._account.folder)
                if writable.get(b"UIDVALIDITY") == opened.uidvalidity:
                    move(client, uid, folder)
        if not movable:
            raise MailboxError(
                f"the mailbox server {self._account.host} cannot move a single message",
                mend='leave [mailbox] processed_folder = ""',
            )
        if self.select().uidvalidity != opened.uidvalidity:
            raise self._session.renumbered()

    def _opened(self) -> Folder:
        return self._session.folder or self.select()

    def _has_new(self) -> bool:
        told = self._told or 0
        with self._session.talk("the folder cannot be searched") as client:
            return any(uid > told for uid in client.search(["UID", f"{told + 1}:*"]))

    def _glance(self, uids: Sequence[int]) -> Iterator[Glance]:
        self._opened()
        answers, troubles = self._ask(uids, ["RFC822.SIZE", "INTERNALDATE", _HEADER])
        # Apart from the rest, so that a structure that nobody can read spoils nothing else.
        structures, _ = self._ask(list(answers), ["BODYSTRUCTURE"])
        for uid in uids:
            trouble = troubles.get(uid)
            if uid in answers:
                try:
                    yield glance(uid, answers[uid], structures.get(uid))
                except OddAnswerError as error:
                    trouble = str(error)
            if trouble is not None:
                yield Glance(
                    uid=uid, header=b"", structure=None, received_at=None, size=0, trouble=trouble
                )

    def _ask(
        self, uids: Sequence[int], items: Sequence[str]
    ) -> tuple[dict[int, Answer], dict[int, str]]:
        """Fetches items of messages; one by one where the server stumbles over one of them."""
        try:
            return self._answers(uids, items), {}
        except IMAP_FAILURES:
            self._session.reopen()
        answers: dict[int, Answer] = {}
        troubles: dict[int, str] = {}
        for uid in uids:
            try:
                answers |= self._answers([uid], items)
            except IMAP_FAILURES as error:
                troubles[uid] = quoted(self._account, error)
                self._session.reopen()
        return answers, troubles

    def _answers(self, uids: Sequence[int], items: Sequence[str]) -> dict[int, Answer]:
        answers: dict[int, Answer] = self._session.client.fetch(uids, items)
        for answer in answers.values():
            # News of a flag comes in the same form; alone it is no answer.
            if items[0].encode() not in answer:
                raise OddAnswerError(f"no {items[0]}")
        return answers

    def _fetch(self, uid: int, item: str, name: bytes) -> Fetched | None:
        self._opened()
        try:
            return self._fetched(uid, item, name)
        except (OSError, imaplib.IMAP4.abort) as error:
            raise mailbox_error(self._account, error) from error
        except IMAP_FAILURES:
            # Somebody may just have removed it, or the connection may not know of it yet.
            self._session.reopen()
        try:
            return self._fetched(uid, item, name)
        except (OSError, imaplib.IMAP4.abort) as error:
            raise mailbox_error(self._account, error) from error
        except IMAP_FAILURES as error:
            said = quoted(self._account, error)
            self._session.reopen()
            raise MessageUnavailableError(
                f"the mailbox server {self._account.host} does not hand out the message with"
                f" UID {uid} of {self._account.folder} ({said})",
                mend="look at it with a mail program",
            ) from error

    def _fetched(self, uid: int, item: str, name: bytes) -> Fetched | None:
        answer = self._session.client.fetch([uid], [item, "INTERNALDATE"]).get(uid)
        if answer is None:
            return None
        return Fetched(raw=section(answer, name), received_at=received_at(answer))

"""A mailbox in memory that does as the test says: what no server can be asked to do."""

import datetime as dt
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from bot.edges.body_structure import LeafPart
from bot.edges.imap_messages import Fetched, Folder, Glance
from bot.errors import MailboxError, MessageUnavailableError
from bot.mail.opening import open_message

RECEIVED = dt.datetime(2026, 4, 8, 9, 0, tzinfo=dt.UTC)


@dataclass(slots=True, kw_only=True)
class _Lying:
    raw: bytes
    received_at: dt.datetime
    size: int


@dataclass(slots=True)
class FakeMailbox:
    """Speaks as `bot.edges.imap.ImapMailbox` does, and can be told to fail.

    Attributes:
        uidvalidity: of the folder.
        fetched: UIDs whose whole content was asked for, in order.
        headers_fetched: UIDs whose header alone was asked for.
        moved: UID -> folder that it was moved to.
        visits: how often the connection was opened.
        waits: how often it was waited for new mail.
    """

    uidvalidity: int = 1
    fetched: list[int] = field(default_factory=list)
    headers_fetched: list[int] = field(default_factory=list)
    moved: dict[int, str] = field(default_factory=dict)
    visits: int = 0
    waits: int = 0
    _lying: dict[int, _Lying] = field(default_factory=dict)
    _next: int = 1
    _untold: set[int] = field(default_factory=set)
    _unavailable: set[int] = field(default_factory=set)
    _vanishing: set[int] = field(default_factory=set)
    _breaking: set[int] = field(default_factory=set)
    _unreachable: list[str] = field(default_factory=list)
    _waits_for_real: bool = False
    _stop_after: tuple[int, threading.Event] | None = None

    # What the test says.

    def deliver(
        self, raw: bytes, received_at: dt.datetime = RECEIVED, *, claimed_size: int | None = None
    ) -> int:
        """Puts a message there; its UID. Its size may be claimed to be another."""
        uid, self._next = self._next, self._next + 1
        size = len(raw) if claimed_size is None else claimed_size
        self._lying[uid] = _Lying(raw=raw, received_at=received_at, size=size)
        return uid

    def remove(self, uid: int) -> None:
        """Somebody deletes it."""
        del self._lying[uid]

    def renumber(self) -> None:
        """Another UIDVALIDITY, and every message under another UID (a restored backup)."""
        self.uidvalidity += 1
        self._lying = {uid + 100: lying for uid, lying in self._lying.items()}
        self._next += 100

    def tell_nothing_of(self, uid: int) -> None:
        """The server stumbles over its header."""
        self._untold.add(uid)

    def hand_out_nothing_of(self, uid: int) -> None:
        """The server does not hand out this one message."""
        self._unavailable.add(uid)

    def hand_out_all(self) -> None:
        """Whatever it stumbled over is mended."""
        self._untold.clear()
        self._unavailable.clear()
        self._breaking.clear()

    def remove_when_fetched(self, uid: int) -> None:
        """Somebody deletes it after it was glanced at."""
        self._vanishing.add(uid)

    def break_at(self, uid: int) -> None:
        """The connection breaks whenever that message is fetched."""
        self._breaking.add(uid)

    def be_unreachable(self, *said: str) -> None:
        """The next connections fail, each with those words."""
        self._unreachable += said

    def stop_after(self, waits: int, stop: threading.Event) -> None:
        """Sets the event once it was waited for new mail so often."""
        self._stop_after = (waits, stop)

    def wait_for_real(self) -> None:
        """The wait for new mail takes as long as it is asked to, unless it is stopped."""
        self._waits_for_real = True

    # What the worker says.

    def __enter__(self) -> Self:
        if self._unreachable:
            raise MailboxError(self._unreachable.pop(0))
        self.visits += 1
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass

    def select(self) -> Folder:
        """See `ImapMailbox`."""
        return Folder(uidvalidity=self.uidvalidity, uidnext=self._next, exists=len(self._lying))

    def uids(self) -> list[int]:
        """See `ImapMailbox`."""
        return sorted(self._lying)

    def glance(self, uids: Sequence[int]) -> Iterator[Glance]:
        """See `ImapMailbox`."""
        for uid in uids:
            lying = self._lying.get(uid)
            if lying is None:
                continue
            if uid in self._untold:
                yield Glance(
                    uid=uid, header=b"", structure=None, received_at=None, size=0, trouble="NO"
                )
                continue
            yield Glance(
                uid=uid,
                header=_header(lying.raw),
                structure=_structure(lying.raw),
                received_at=lying.received_at,
                size=lying.size,
            )

    def fetch(self, uid: int) -> Fetched | None:
        """See `ImapMailbox`."""
        self.fetched.append(uid)
        return self._fetch(uid, header=False)

    def fetch_header(self, uid: int) -> Fetched | None:
        """See `ImapMailbox`."""
        self.headers_fetched.append(uid)
        return self._fetch(uid, header=True)

    def move(self, uid: int, folder: str) -> None:
        """See `ImapMailbox`."""
        if self._lying.pop(uid, None) is not None:
            self.moved[uid] = folder

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """See `ImapMailbox`; takes no time unless it was told to."""
        self.waits += 1
        if self._waits_for_real:
            stop.wait(seconds)
        if self._stop_after is not None and self.waits >= self._stop_after[0]:
            self._stop_after[1].set()
        return False

    def _fetch(self, uid: int, *, header: bool) -> Fetched | None:
        if uid in self._breaking:
            raise MailboxError("the mailbox server mail.example ended the connection")
        if uid in self._unavailable:
            raise MessageUnavailableError(f"the server does not hand out UID {uid}")
        if uid in self._vanishing:
            self._lying.pop(uid, None)
        lying = self._lying.get(uid)
        if lying is None:
            return None
        raw = _header(lying.raw) if header else lying.raw
        return Fetched(raw=raw, received_at=lying.received_at)


def _header(raw: bytes) -> bytes:
    return raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"


def _structure(raw: bytes) -> tuple[LeafPart, ...]:
    # A server would not look into archives: their members have a "!" in their path.
    return tuple(
        LeafPart(
            path=part.path,
            type=part.content_type.partition("/")[0],
            subtype=part.content_type.partition("/")[2],
            filename=part.filename,
            size=len(part.data),
            disposition=None if part.body else "attachment",
        )
        for part in open_message(raw).parts
        if "!" not in part.path
    )

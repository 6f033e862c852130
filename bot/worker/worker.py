"""The worker: rounds of fetch, decide, schedule and send, each step ending in a commit."""

import datetime as dt
import random
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

import structlog

from bot.edges.backoff import Backoff
from bot.edges.clock import Clock
from bot.errors import ArchiveError, MailboxError, StoreError, TsbbotError
from bot.register.register import Register
from bot.store.store import Store
from bot.worker.deciding import Decider, Worked
from bot.worker.fetching import Fetcher, Haul, Mailbox
from bot.worker.filing import Filing
from bot.worker.scheduling import Scheduler
from bot.worker.sending import Outgoing, Sender, Sent


class WaitingMailbox(Mailbox, Protocol):
    """A mailbox that can wait for new mail (`bot.edges.imap.ImapMailbox`)."""

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """Waits; whether something new is there."""
        ...


@dataclass(slots=True, kw_only=True)
class Round:
    """What one round did.

    Attributes:
        haul: from the mailbox; None where it could not be visited.
        worked: of the messages recorded.
        reminders, digests: letters queued.
        sent: letters handed over.
        trouble: what went wrong, one line each.
    """

    haul: Haul | None = None
    worked: Worked = field(default_factory=Worked)
    reminders: int = 0
    digests: int = 0
    sent: Sent = field(default_factory=Sent)
    trouble: list[str] = field(default_factory=list)

    @property
    def did_something(self) -> bool:
        """Whether there is anything to tell."""
        haul = self.haul
        return bool(
            (haul and (haul.taken or haul.again or haul.left or haul.gap))
            or self.worked.settled
            or self.worked.held
            or self.worked.failed
            or self.reminders
            or self.digests
            or self.sent.sent
            or self.sent.refused
            or self.trouble
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """Does the work of the secretariat's mailbox, round by round.

    Attributes:
        store: the record.
        register: reads the register as it is now.
        mailbox: connects to the mailbox while the context lasts.
        outgoing: connects to the SMTP server while the context lasts.
        fetcher, decider, scheduler, sender, filing: the steps.
        clock: what time it is.
        poll_seconds: between rounds.
        idle: whether to let the server tell of new mail in between.
    """

    store: Store
    register: Callable[[dt.datetime], Register]
    mailbox: Callable[[], AbstractContextManager[WaitingMailbox]]
    outgoing: Callable[[], AbstractContextManager[Outgoing]]
    fetcher: Fetcher
    decider: Decider
    scheduler: Scheduler
    sender: Sender
    filing: Filing
    clock: Clock
    poll_seconds: float
    idle: bool

    def once(self) -> Round:
        """One round; what fails is told in it and does not keep the other steps from their work.

        Raises:
            StoreError: without the record nothing can be done.
        """
        try:
            with self.mailbox() as mailbox:
                return self._round(mailbox)
        except (MailboxError, ArchiveError) as error:
            return self._without_mailbox(error)

    def run(self, stop: threading.Event, told: Callable[[Round], None]) -> None:
        """Rounds until `stop` is set; connects anew, ever more patiently, where the server fails.

        Args:
            stop: ends the work after the round at hand.
            told: is handed each round.
        """
        backoff, chance, failures = Backoff(), random.Random(), 0  # noqa: S311 - only spreads load
        while not stop.is_set():
            try:
                with self.mailbox() as mailbox:
                    while not stop.is_set():
                        told(self._round(mailbox))
                        failures = 0
                        self._pause(mailbox, stop)
            except (MailboxError, ArchiveError) as error:
                told(self._without_mailbox(error))
            except StoreError as error:
                told(Round(trouble=[str(error)]))
            else:
                continue
            failures += 1
            self.clock.wait(backoff.delay(failures, chance), stop)

    def _round(self, mailbox: WaitingMailbox) -> Round:
        done = Round()
        now = self.clock.now()
        done.haul = self.fetcher.visit(mailbox, self.register(now), now)
        self._visited(done.haul, now)
        self._work(done)
        self.filing.file(mailbox)
        return done

    def _without_mailbox(self, error: TsbbotError) -> Round:
        """The outbox and the calendar go on without the mailbox."""
        done = Round(trouble=[str(error)])
        self._note("mailbox" if isinstance(error, MailboxError) else "archive", error)
        self._work(done)
        return done

    def _pause(self, mailbox: WaitingMailbox, stop: threading.Event) -> None:
        if self.idle:
            mailbox.wait(self.poll_seconds, stop)
        else:
            self.clock.wait(self.poll_seconds, stop)

    def _visited(self, haul: Haul, now: dt.datetime) -> None:
        with self.store.transaction() as tx:
            tx.troubles.resolve("mailbox", now)
            tx.values.set("last visit", now.isoformat())
            for code, uids, words in (
                ("gap", haul.gap, "messages of the folder are not recorded"),
                ("unavailable", tuple(haul.unavailable), "the server does not hand out messages"),
            ):
                tx.troubles.resolve(code, now)
                if uids:
                    named = ", ".join(map(str, uids[:10]))
                    tx.troubles.note(code, f"{words}: UID {named}", now)

    def _work(self, done: Round) -> None:
        self._step("archive", done, self._decide)
        self._step("letters", done, self._schedule)
        self._step("smtp", done, self._send)

    def _decide(self, done: Round) -> None:
        now = self.clock.now()
        done.worked = self.decider.work(self.register(now), now)

    def _schedule(self, done: Round) -> None:
        now = self.clock.now()
        done.reminders = self.scheduler.remind(self.register(now), now)
        done.digests = self.scheduler.digest(now)

    def _send(self, done: Round) -> None:
        now = self.clock.now()
        with self.store.snapshot() as tx:
            if not tx.letters.due(now, limit=1):
                return
        with self.outgoing() as outgoing:
            done.sent = self.sender.send_due(outgoing, now)
        if done.sent.trouble:
            done.trouble.append(done.sent.trouble)
            with self.store.transaction() as tx:
                tx.troubles.note("smtp", done.sent.trouble, now)

    def _step(self, code: str, done: Round, step: Callable[[Round], None]) -> None:
        """A step whose failure is noted, told, and does not stop the others."""
        try:
            step(done)
        except StoreError:
            raise
        except TsbbotError as error:
            done.trouble.append(str(error))
            self._note(code, error)
        else:
            if not (code == "smtp" and done.sent.trouble):
                with self.store.transaction() as tx:
                    tx.troubles.resolve(code, self.clock.now())

    def _note(self, code: str, error: TsbbotError) -> None:
        structlog.get_logger().warning("trouble", code=code, error=str(error))
        with self.store.transaction() as tx:
            tx.troubles.note(code, str(error), self.clock.now())

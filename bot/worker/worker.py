"""The worker: rounds of fetch, decide, schedule and send, each step ending in a commit."""

import datetime as dt
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Protocol

from bot.edges.backoff import Backoff
from bot.edges.clock import Clock
from bot.errors import (
    ArchiveError,
    MailboxError,
    RegisterError,
    StoreError,
    SubmissionError,
    TsbbotError,
)
from bot.register.register import Register
from bot.store.store import Store
from bot.worker.deciding import Decider, Worked
from bot.worker.fetching import Fetcher, Haul, Mailbox
from bot.worker.filing import Filing
from bot.worker.log import log
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
        register_before: the register as it was when it could last be read.
        mailbox: connects to the mailbox while the context lasts.
        outgoing: connects to the SMTP server while the context lasts.
        fetcher, decider, scheduler, sender, filing: the steps.
        clock: what time it is.
        poll_seconds: between rounds.
        idle: whether to let the server tell of new mail in between.
        guarded: lasts as long as a round does: the watchdog looks on meanwhile.
    """

    store: Store
    register: Callable[[dt.datetime], Register]
    register_before: Callable[[], Register]
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
    guarded: Callable[[], AbstractContextManager[None]] = nullcontext

    def once(self) -> Round:
        """One round; what fails is told in it and does not keep the other steps from their work.

        Raises:
            StoreError: without the record nothing can be done.
        """
        try:
            with self.mailbox() as mailbox, self.guarded():
                return self._round(mailbox)
        except (MailboxError, ArchiveError) as error:
            with self.guarded():
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
                for done in self._rounds(stop):
                    told(done)
                    failures = 0 if done.haul is not None else failures + 1
            except StoreError as error:
                told(Round(trouble=[str(error)]))
                failures += 1
            self.clock.wait(backoff.delay(failures, chance), stop)

    def _rounds(self, stop: threading.Event) -> Iterator[Round]:
        """Rounds over one connection; the last one is that in which the mailbox failed."""
        try:
            with self.mailbox() as mailbox:
                while not stop.is_set():
                    with self.guarded():
                        done = self._round(mailbox)
                    yield done
                    self._pause(mailbox, stop)
        except (MailboxError, ArchiveError) as error:
            with self.guarded():
                done = self._without_mailbox(error)
            yield done

    def _round(self, mailbox: WaitingMailbox) -> Round:
        done = Round()
        now = self.clock.now()
        register = self._register(done, now)
        if register is not None:
            done.haul = self.fetcher.visit(mailbox, register, now)
            self._visited(done.haul, now)
        self._work(done, register)
        self._step("filing", done, lambda: self.filing.file(mailbox))
        return done

    def _without_mailbox(self, error: TsbbotError) -> Round:
        """The outbox and the calendar go on without the mailbox."""
        done = Round()
        self._trouble("mailbox" if isinstance(error, MailboxError) else "archive", error, done)
        self._work(done, self._register(done, self.clock.now()))
        return done

    def _register(self, done: Round, now: dt.datetime) -> Register | None:
        """The register; as it was before where its file is wrong; None where there was none.

        Without any, nobody could be told from anybody: messages keep their turn.
        """
        try:
            register = self.register(now)
        except RegisterError as error:
            self._trouble("register", error, done)
            register = self.register_before()
            return register if register.contacts else None
        self._stands("register", None)
        return register

    def _pause(self, mailbox: WaitingMailbox, stop: threading.Event) -> None:
        if self.idle:
            mailbox.wait(self.poll_seconds, stop)
        else:
            self.clock.wait(self.poll_seconds, stop)

    def _visited(self, haul: Haul, now: dt.datetime) -> None:
        self._stands("mailbox", None)
        self._stands("archive", None)
        with self.store.transaction() as tx:
            tx.values.set("last visit", now.isoformat())
        for code, uids, words in (
            ("gap", haul.gap, "messages of the folder are not recorded"),
            ("unavailable", haul.unavailable, "the server does not hand out messages"),
        ):
            named = ", ".join(map(str, uids[:10]))
            self._stands(code, f"{words}: UID {named}" if uids else None)

    def _work(self, done: Round, register: Register | None) -> None:
        if register is not None:
            self._step("reading", done, lambda: self._decide(done, register))
            self._step("letters", done, lambda: self._schedule(done, register))
        self._step("smtp", done, lambda: self._send(done))

    def _decide(self, done: Round, register: Register) -> None:
        done.worked = self.decider.work(register, self.clock.now())
        if done.worked.trouble is not None:
            raise done.worked.trouble

    def _schedule(self, done: Round, register: Register) -> None:
        now = self.clock.now()
        done.reminders = self.scheduler.remind(register, now)
        done.digests = self.scheduler.digest(now)

    def _send(self, done: Round) -> None:
        now = self.clock.now()
        with self.store.snapshot() as tx:
            if not tx.letters.due(now, limit=1):
                return
        with self.outgoing() as outgoing:
            done.sent = self.sender.send_due(outgoing, now)
        if done.sent.trouble is not None:
            raise SubmissionError(done.sent.trouble)

    def _step(self, code: str, done: Round, step: Callable[[], object]) -> None:
        """A step whose failure is noted, told, and does not stop the others."""
        try:
            step()
        except StoreError:
            raise
        except TsbbotError as error:
            self._trouble(code, error, done)
        except Exception as error:  # noqa: BLE001 - the worker goes on
            # A fault of this program: whoever runs it finds the rest in the log.
            log().exception("step failed", code=code)
            words = f"the step {code!r} failed ({type(error).__name__})"
            self._trouble(code, TsbbotError(words, mend="see the log"), done)
        else:
            self._stands(code, None)

    def _trouble(self, code: str, error: TsbbotError, done: Round) -> None:
        log().warning("trouble", code=code, error=str(error))
        done.trouble.append(str(error))
        self._stands(code, str(error))

    def _stands(self, code: str, text: str | None) -> None:
        """Notes how it stands with one kind of trouble: what lasts is noted once, until it is over.

        Args:
            code: which kind.
            text: of the trouble; None where there is none.
        """
        now = self.clock.now()
        with self.store.snapshot() as tx:
            lasting = [each.text for each in tx.troubles.open() if each.code == code]
        if text is None and not lasting:
            return
        with self.store.transaction() as tx:
            if lasting != [text]:
                tx.troubles.resolve(code, now)
            if text is not None:
                tx.troubles.note(code, text, now)

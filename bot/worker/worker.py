"""The worker: rounds of fetch, decide, schedule and send, each step ending in a commit.

Several may work on one PostgreSQL database: each of them reads and answers, one visits the mailbox,
and one does what the calendar says and tells people of trouble (`bot.store.duties`).
"""

import datetime as dt
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
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
from bot.store.duties import Duties, Duty
from bot.store.store import Store
from bot.worker.calendar.scheduling import Scheduler
from bot.worker.caught_up import LAST_VISIT, caught_up
from bot.worker.deciding import Decider
from bot.worker.fetching import Fetcher, Haul, Mailbox
from bot.worker.filing import Filing
from bot.worker.log import log
from bot.worker.round import Round
from bot.worker.sending import Outgoing, Sender
from bot.worker.trouble_book import TroubleBook

__all__ = ["Round", "WaitingMailbox", "Worker"]

#: A worker that has nothing to do, or waits for another one, looks again after so many seconds.
_LOOK = 5.0


class WaitingMailbox(Mailbox, Protocol):
    """A mailbox that can wait for new mail (`bot.edges.imap.ImapMailbox`)."""

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """Waits; whether something new is there."""
        ...


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
            StoreError: without the record nothing can be done; on SQLite also where another worker
                is at work.
        """
        with self.store.duties() as duties:
            self._begin(duties)
            if not duties.take(Duty.VISIT):
                with self.guarded():
                    return self._round_elsewhere(duties)
            try:
                with self.mailbox() as mailbox, self.guarded():
                    return self._round(mailbox, duties)
            except (MailboxError, ArchiveError) as error:
                with self.guarded():
                    return self._without_mailbox(error, duties)

    def run(self, stop: threading.Event, told: Callable[[Round], None]) -> None:
        """Rounds until `stop` is set; connects anew, ever more patiently, where the server fails.

        Args:
            stop: ends the work after the round at hand.
            told: is handed each round.
        """
        backoff, chance, failures = Backoff(), random.Random(), 0  # noqa: S311 - only spreads load
        calendar = True
        with self.store.duties() as duties:
            while not stop.is_set():
                try:
                    for done in self._rounds(stop, duties):
                        told(done)
                        calendar = done.calendar
                        well = done.haul is not None or done.elsewhere
                        failures = 0 if well else failures + 1
                except StoreError as error:
                    told(Round(trouble=[str(error)], calendar=calendar))
                    failures += 1
                self.clock.wait(backoff.delay(failures, chance), stop)

    def _begin(self, duties: Duties) -> None:
        """Takes up work, alone where the database is no place for several.

        Raises:
            StoreError: another worker is at work.
        """
        if not duties.take(Duty.WORK):
            raise StoreError(
                f"another worker is at work on the database {self.store.name}",
                mend="end that one first; several at once take PostgreSQL",
            )
        if duties.alone:
            # Nobody else can have claimed anything: what is claimed was a worker's that died.
            with self.store.transaction() as tx:
                tx.turns.forget_claims()

    def _rounds(self, stop: threading.Event, duties: Duties) -> Iterator[Round]:
        """Rounds over one connection; the last one is that in which the mailbox failed."""
        self._begin(duties)
        while not duties.take(Duty.VISIT):
            with self.guarded():
                done = self._round_elsewhere(duties)
            yield done
            if self.clock.wait(min(self.poll_seconds, _LOOK), stop):
                return
        try:
            with self.mailbox() as mailbox:
                # Whoever has lost the connection to the database may have lost the duty to another.
                while not stop.is_set() and duties.take(Duty.VISIT):
                    with self.guarded():
                        done = self._round(mailbox, duties)
                    yield done
                    self._pause(mailbox, stop, done)
        except (MailboxError, ArchiveError) as error:
            with self.guarded():
                done = self._without_mailbox(error, duties)
            yield done

    def _round(self, mailbox: WaitingMailbox, duties: Duties) -> Round:
        done = Round()
        now = self.clock.now()
        register = self._register(done, now)
        if register is not None:
            done.haul = self.fetcher.visit(mailbox, register, now)
            self._visited(done.haul, now)
        self._work(done, register, duties)
        self._step("filing", done, lambda: self.filing.file(mailbox))
        return done

    def _round_elsewhere(self, duties: Duties) -> Round:
        """What is left to do while another worker visits the mailbox."""
        done = Round(elsewhere=True)
        self._work(done, self._register(done, self.clock.now()), duties)
        return done

    def _without_mailbox(self, error: TsbbotError, duties: Duties) -> Round:
        """The outbox and the calendar go on without the mailbox."""
        done = Round()
        self._book.met(
            "mailbox" if isinstance(error, MailboxError) else "archive", error, done.trouble
        )
        self._work(done, self._register(done, self.clock.now()), duties)
        return done

    @property
    def _book(self) -> TroubleBook:
        return TroubleBook(store=self.store, clock=self.clock)

    def _register(self, done: Round, now: dt.datetime) -> Register | None:
        """The register; as it was before where its file is wrong; None where there was none.

        Without any, nobody could be told from anybody: messages keep their turn.
        """
        try:
            register = self.register(now)
        except RegisterError as error:
            self._book.met("register", error, done.trouble)
            register = self.register_before()
            return register if register.contacts else None
        self._book.stands("register", None)
        return register

    def _pause(self, mailbox: WaitingMailbox, stop: threading.Event, done: Round) -> None:
        seconds = min(self.poll_seconds, _LOOK) if done.worked.waiting else self.poll_seconds
        if self.idle:
            mailbox.wait(seconds, stop)
        else:
            self.clock.wait(seconds, stop)

    def _visited(self, haul: Haul, now: dt.datetime) -> None:
        self._book.stands("mailbox", None)
        self._book.stands("archive", None)
        with self.store.transaction() as tx:
            tx.values.set(LAST_VISIT, now.isoformat())
        self._book.missing("gap", haul.gap, "messages of the folder are not recorded")
        self._book.missing("unavailable", haul.unavailable, "the server does not hand out messages")

    def _work(self, done: Round, register: Register | None, duties: Duties) -> None:
        done.calendar = duties.take(Duty.CALENDAR)
        if register is not None:
            self._step("reading", done, lambda: self._decide(done, register))
            if done.calendar:
                self._step("letters", done, lambda: self._schedule(done, register))
        self._step("smtp", done, lambda: self._send(done))

    def _decide(self, done: Round, register: Register) -> None:
        done.worked = self.decider.work(register, self.clock)
        if done.worked.trouble is not None:
            raise done.worked.trouble

    def _schedule(self, done: Round, register: Register) -> None:
        now = self.clock.now()
        with self.store.snapshot() as tx:
            may_remind = caught_up(tx, now, poll_seconds=self.poll_seconds)
        if may_remind:
            done.reminders = self.scheduler.remind(register, now)
            done.requests = self.scheduler.ask_again(now)
            done.closed = self.scheduler.close(now)
        done.digests = self.scheduler.digest(now)

    def _send(self, done: Round) -> None:
        now = self.clock.now()
        with self.store.snapshot() as tx:
            if not tx.letters.due(now, limit=1):
                return
        with self.outgoing() as outgoing:
            done.sent = self.sender.send_due(outgoing, self.clock)
        if done.sent.trouble is not None:
            raise SubmissionError(done.sent.trouble)

    def _step(self, code: str, done: Round, step: Callable[[], object]) -> None:
        """A step whose failure is noted, told, and does not stop the others."""
        try:
            step()
        except StoreError:
            raise
        except TsbbotError as error:
            self._book.met(code, error, done.trouble)
        except Exception as error:  # noqa: BLE001 - the worker goes on
            # A fault of this program: whoever runs it finds the rest in the log.
            log().exception("step failed", code=code)
            words = f"the step {code!r} failed ({type(error).__name__})"
            self._book.met(code, TsbbotError(words, mend="see the log"), done.trouble)
        else:
            self._book.stands(code, None)

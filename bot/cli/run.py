"""`tsbbot run`: the worker."""

import contextlib
import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from bot.cli.console import errors, output
from bot.cli.session import Config, Now, clock, desk
from bot.errors import TsbbotError

if TYPE_CHECKING:
    from bot.worker.worker import Round


def run(
    once: Annotated[bool, typer.Option("--once", help="One round, then exit.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Log details too, on stderr.")
    ] = False,
    now: Now = None,
    config: Config = None,
) -> None:
    """Watch the mailbox: read, match, store, answer, remind, digest; until it is stopped.

    Stopping it at any moment loses nothing: the next start goes on from the last commit. With
    --once the exit status says whether the round went well. What it logs goes to stderr: as text in
    a terminal, elsewhere as one JSON object a line. Status 70: a round got nowhere for [limits]
    round_seconds; start it anew.

    [dim]$ tsbbot run[/dim]
    [dim]$ tsbbot run --once --now 2026-04-16T09:00Z[/dim]
    """
    if now and not once:
        raise typer.BadParameter("it goes with --once: time stands still then", param_hint="--now")
    from bot.logs import set_up_logs
    from bot.secrecy import known_secrets
    from bot.watch.watchdog import Watchdog
    from bot.wiring.worker import open_worker, watchman_of

    stop = threading.Event()

    def stopping(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    time = clock(now)
    with contextlib.ExitStack() as stack:
        opened = stack.enter_context(desk(config))
        set_up_logs(known_secrets(opened.settings), verbose=verbose)
        watchman = watchman_of(opened)
        watchdog = Watchdog(opened.settings.limits.round_seconds)
        opened.store.tell_commits(watchdog.feed)
        worker = stack.enter_context(open_worker(opened, time, watchdog.round))
        stack.enter_context(watchdog.on_guard())

        def after_round(done: "Round") -> None:
            for failed in watchman.after_round(done.trouble, time.now(), alarms=done.calendar):
                errors().print(f"[wrong]{escape(failed)}[/wrong]")

        if once:
            with errors().status("One round over the mailbox"):
                done = worker.once()
            after_round(done)
            _tell(done)
            if done.trouble:
                raise TsbbotError(done.trouble[0])
            return
        signal.signal(signal.SIGTERM, stopping)
        signal.signal(signal.SIGINT, stopping)
        names = ", ".join(each.name for each in opened.office.circulars)
        output().print(f"Watching {escape(opened.settings.mailbox.account)} for {names}.")
        worker.run(stop, _each(after_round))


def _each(after_round: "Callable[[Round], None]") -> "Callable[[Round], None]":
    def told(done: "Round") -> None:
        after_round(done)
        if done.did_something:
            _tell(done)

    return told


def _tell(done: "Round") -> None:
    said = []
    if done.haul is not None:
        said.append(f"{done.haul.taken} taken, {done.haul.left} left alone")
        if done.haul.again:
            said.append(f"{done.haul.again} there already")
        if done.haul.gap:
            said.append(f"[wrong]{len(done.haul.gap)} not recorded[/wrong]")
    worked = done.worked
    said.append(f"{worked.settled} settled, {worked.held} for a person")
    if worked.failed:
        said.append(f"[wrong]{worked.failed} failed[/wrong]")
    if done.reminders or done.requests or done.digests:
        said.append(
            f"{done.reminders} reminders, {done.requests} requests for what is missing"
            f" and {done.digests} digests queued"
        )
    said.append(f"{done.sent.sent} letters sent")
    if done.sent.refused:
        said.append(f"[ambiguous]{done.sent.refused} refused[/ambiguous]")
    output().print("; ".join(said) + ".")
    for trouble in done.trouble:
        errors().print(f"[wrong]{escape(trouble)}[/wrong]")

"""`tsbbot review`: what waits for a person, and the person's decision."""

import getpass
from typing import Annotated

import typer
from rich.markup import escape

from bot.cli.console import output
from bot.cli.session import Config, Now, clock, desk


def review(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="Id of a message, or reference of a reply."),
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="It stands as it was read.")] = False,
    rows: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="TEXT=VALUE",
            help="What a row says: Y.4241=assigns,none | assigns,attached | assigns |"
            " does_not_assign | blank. Again for several rows.",
        ),
    ] = None,
    state: Annotated[
        str | None, typer.Option("--state", metavar="ISO3", help="Whose it is: CHE.")
    ] = None,
    reject: Annotated[
        bool, typer.Option("--reject", help="No reply, a duplicate, or not entitled.")
    ] = False,
    admit: Annotated[
        str | None,
        typer.Option("--admit", metavar="REASON", help="Let a late reply count, for this reason."),
    ] = None,
    circular: Annotated[
        int | None,
        typer.Option("--circular", help="Which it answers, for a message that holds no reply yet."),
    ] = None,
    register: Annotated[
        bool, typer.Option("--register", help="Its sender becomes a contact of that Member State.")
    ] = False,
    undo: Annotated[
        bool,
        typer.Option("--undo", help="Take the last decision back, if nobody was told of it yet."),
    ] = False,
    who: Annotated[
        str | None, typer.Option("--as", help="Who decides, for the record; left out: you.")
    ] = None,
    now: Now = None,
    config: Config = None,
) -> None:
    """Show what waits for a person; with an ID, settle one.

    The sender is told once everything of the reply is settled. Every decision is in the audit trail
    with who took it.

    [dim]$ tsbbot review[/dim]
    [dim]$ tsbbot review 12 --accept[/dim]
    [dim]$ tsbbot review C106-ZAF-1 --set Y.4420=assigns,none --set Y.4614=does_not_assign[/dim]
    [dim]$ tsbbot review 15 --state PER --register --accept[/dim]
    [dim]$ tsbbot review C106-PER-1 --undo[/dim]
    [dim]$ tsbbot review 37 --circular 106 --state SWE --set Y.4241=assigns,none[/dim]
    [dim]$ tsbbot review 17 --admit "the fax line of TSB was out of order"[/dim]
    """
    from bot.cli.waiting import show_waiting
    from bot.intake.review import ReviewDecision, parse_verdict

    moment = clock(now).now()
    with desk(config) as opened:
        decided = accept or rows or state or reject or admit is not None or undo
        if name is None:
            if decided:
                raise typer.BadParameter("say which one", param_hint="ID")
            with opened.store.snapshot() as tx:
                show_waiting(tx, opened.office, moment)
            return
        if not decided:
            from bot.cli.explain import show_story

            show_story(opened, name)
            return
        person = who or getpass.getuser()
        if undo:
            back = opened.reviewer.undo(name, who=person, now=moment)
            output().print(f"{escape(back.reference)}: stands as before.")
            return
        decision = ReviewDecision(
            accept=accept,
            rows=dict(parse_verdict(row) for row in rows or []),
            state=state.strip().upper() if state else None,
            reject=reject,
            admit=admit,
            circular=circular,
            register=register,
        )
        reply = opened.reviewer.decide(name, decision, who=person, now=moment)
    if reply is None:
        output().print("Settled: nothing of it waits any more.")
    elif reply.needs_review:
        output().print(f"{escape(reply.reference)}: recorded; some of it still waits.")
    else:
        output().print(f"{escape(reply.reference)}: settled as {reply.standing.value}.")

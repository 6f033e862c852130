"""`tsbbot explain`: the whole story of one message, or of one Member State."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from bot.cli.console import output
from bot.cli.explain_state import show_state, state_named
from bot.cli.session import Config, Now, clock, desk, whole
from bot.errors import ReviewError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.store.messages import StoredMessage
    from bot.store.transaction import Transaction
    from bot.wiring.desk import Desk


def explain(
    message: Annotated[
        str,
        typer.Argument(
            help="Id, Message-ID, or the reference of a reply (C106-CHE-1); or a Member State, by"
            " code or name."
        ),
    ],
    pictures: Annotated[
        Path | None,
        typer.Option(
            help="A folder: the pages that were read go there as pictures, each box outlined, and"
            " each row enlarged."
        ),
    ] = None,
    now: Now = None,
    config: Config = None,
) -> None:
    """Tell the whole story of one message: what was seen, read, decided, sent, by whom.

    Of a Member State: its contacts, its replies to every circular, what stands and what it rests
    on, the letters that it got.

    [dim]$ tsbbot explain C106-CHE-1[/dim]
    [dim]$ tsbbot explain C106-CHE-1 --pictures seen[/dim]
    [dim]$ tsbbot explain CHE[/dim]
    """
    moment = clock(now).now()
    with desk(config) as opened:
        state = state_named(message)
        if state is not None:
            show_state(opened, state, moment)
        else:
            show_story(opened, message)
            if pictures is not None:
                from bot.cli.explain_pictures import write_pictures

                with opened.store.snapshot() as tx:
                    found = tx.messages.find(message)
                write_pictures(opened, found, pictures)


def show_story(opened: "Desk", name: str) -> None:
    """Prints the story.

    Raises:
        ReviewError: nothing is called so.
    """
    with opened.store.snapshot() as tx:
        found = tx.messages.find(name)
        if not found:
            raise ReviewError(
                f'nothing is called "{name}"', mend="`tsbbot status` lists what waits"
            )
        for each in found:
            _message(tx, each)
            _readings(tx, each)
            _replies(tx, each)
            _letters(tx, each)
            _trail(tx, each)


def _message(tx: "Transaction", message: "StoredMessage") -> None:
    from bot.letters.reasons import reason as in_words

    out = output()
    out.rule(f"message {message.id}", align="left")
    out.print(f"[name]{escape(message.subject) or '(no subject)'}[/name]")
    out.print(f"from {escape(message.sender) or '(nobody)'}, received {whole(message.received_at)}")
    out.print(
        f"{message.size} bytes, SHA-256 {message.sha256[:16]}..., Message-ID"
        f" {escape(message.header_id or 'none')}"
    )
    for account, folder, uidvalidity, uid in tx.entries.places(message.id):
        out.print(f"[quiet]{escape(account)} {escape(folder)} {uidvalidity}/{uid}[/quiet]")
    out.print(f"{message.kind}: {message.status.value}")
    for reason in message.reasons:
        out.print(f"  [ambiguous]{escape(in_words(reason))}[/ambiguous]")
    if message.last_error:
        out.print(f"  [wrong]{escape(message.last_error)}[/wrong] ({message.tries} tries)")


def _readings(tx: "Transaction", message: "StoredMessage") -> None:
    from bot.letters.reasons import reason as in_words

    for reading in tx.readings.of_message(message.id):
        name = escape(reading.filename or "a part without a name")
        output().print(
            f"\n[name]{name}[/name] [quiet]part {reading.part}, {reading.format}[/quiet]"
        )
        for doubt in reading.doubts:
            output().print(f"  [ambiguous]{escape(in_words(doubt))}[/ambiguous]")
        document = reading.document if isinstance(reading.document, dict) else {}
        _signatory(document.get("signatory") or {})
        for row in document.get("rows", []):
            marks = "  ".join(
                f"{_MARKS[box['mark']]} {escape(str(role or 'box'))}" for role, box in row["boxes"]
            )
            output().print(f"  [name]{escape(str(row['designation'])):8}[/name] {marks}")
            for role, box in row["boxes"]:
                if row["doubts"] or box["mark"] == "doubtful":
                    place = box["place"].get("path") or _page(box["place"])
                    output().print(
                        f"           [quiet]{escape(str(role or 'box'))}: {escape(box['how'])},"
                        f" {escape(place)}[/quiet]"
                    )


def _signatory(signatory: "Mapping[str, object]") -> None:
    from bot.review.evidence import signatory_pairs

    said = [f"{name} {value}" for name, value in signatory_pairs(signatory)]
    if said:
        output().print(f"  [quiet]the letter: {escape('; '.join(said))}[/quiet]")


_MARKS = {"marked": "[clear]☒[/clear]", "empty": "☐", "doubtful": "[ambiguous]?[/ambiguous]"}


def _page(place: dict[str, object]) -> str:
    return f"page {place['page']}" if place.get("page") else ""


def _replies(tx: "Transaction", message: "StoredMessage") -> None:
    from bot.letters.reasons import reasons

    for reply in tx.replies.of_message(message.id):
        waits = ", [ambiguous]waits for a person[/ambiguous]" if reply.needs_review else ""
        output().print(
            f"\n[name]{reply.reference}[/name] {reply.standing.value}{waits}"
            f" [quiet]from {escape(reply.sender)}[/quiet]"
        )
        told = ("", "")
        for decided in tx.opinions.of_reply(reply.id):
            record = decided.record
            said = record.opinion
            who = f"{whole(record.recorded_at)}, {decided.who}"
            if (who, decided.why) != told:
                told = (who, decided.why)
                output().print(f"  [quiet]{escape(who)}: {escape(decided.why)}[/quiet]")
            opinion = said.opinion.value.replace("_", " ") if said.opinion else "-"
            comments = f", comments {said.comments.value}" if said.comments else ""
            doubts = "; ".join(reasons(said.reasons))
            output().print(
                f"    {said.text:8} [{said.status.value}]{said.status.value:9}[/{said.status.value}]"
                f" {opinion}{comments} [quiet]({record.standing.value})[/quiet]"
                + (f" [ambiguous]{escape(doubts)}[/ambiguous]" if doubts else "")
            )
        for name, texts in (
            ("comments", reply.comments_missing),
            ("reasons", reply.reasons_missing),
        ):
            if texts:
                output().print(f"  [ambiguous]{name} missing[/ambiguous]: {', '.join(texts)}")
        for file in tx.attachments.of_reply(reply.id):
            about = ", ".join(file.texts) or "all texts"
            output().print(f"  kept: {escape(file.filename or file.part)} ({about})")


def _letters(tx: "Transaction", message: "StoredMessage") -> None:
    for letter in tx.letters.of_message(message.id):
        when = whole(letter.sent_at) if letter.sent_at else letter.status.value
        output().print(
            f"\n{letter.kind} to {escape(letter.recipient)}: {escape(letter.subject)}"
            f" [quiet]({when})[/quiet]"
        )


def _trail(tx: "Transaction", message: "StoredMessage") -> None:
    subjects = [f"message/{message.id}"]
    subjects += [f"reply/{reply.id}" for reply in tx.replies.of_message(message.id)]
    for subject in subjects:
        for entry in tx.audit.of(subject):
            output().print(
                f"[quiet]{whole(entry.at)} {escape(entry.who)} {entry.action} {subject}[/quiet]"
            )

"""`tsbbot explain CHE`: the whole story of one Member State."""

import datetime as dt
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from bot.cli.console import output
from bot.cli.session import whole

if TYPE_CHECKING:
    from bot.consultation.circular import Circular
    from bot.register.member_state import MemberState
    from bot.store.replies import StoredReply
    from bot.store.transaction import Transaction
    from bot.wiring.desk import Desk

#: Letters that are shown, the last ones.
_LETTERS = 40


def state_named(name: str) -> "MemberState | None":
    """The Member State that a word means: a code, or a name in any language; None where none."""
    from bot.register.states import member_states

    wanted = name.strip().casefold()
    for code, state in member_states().items():
        names = {each.casefold() for names in state.names.values() for each in names}
        if wanted in {code.casefold(), state.iso2.casefold()} | names:
            return state
    return None


def show_state(opened: "Desk", state: "MemberState", moment: dt.datetime) -> None:
    """Prints what there is of a Member State: contacts, replies, what stands and why, letters."""
    register = opened.register(moment)
    out = output()
    with opened.store.snapshot() as tx:
        bounced = tx.contacts.bounced()
        out.rule(f"{state.iso3}  {state.name()}", align="left")
        outside = ", outside of the percentage" if state.iso3 in opened.office.observers else ""
        out.print(f"{state.region}{outside}")
        for contact in register.contacts_of(state.iso3):
            focal = ", focal point" if contact.focal_point else ""
            back = contact.email is not None and contact.email.lower() in bounced
            out.print(
                f"[quiet]{escape(contact.email or contact.domain or '')}"
                f" {escape(contact.role or '')}{focal}[/quiet]"
                + (" [wrong]bounces[/wrong]" if back else "")
            )
        for circular in opened.office.circulars:
            _circular(tx, circular, state.iso3, moment)
        _letters(tx, state.iso3)


def _circular(tx: "Transaction", circular: "Circular", state: str, moment: dt.datetime) -> None:
    from bot.consultation.record import as_of
    from bot.consultation.tally import standing_opinions

    out = output()
    replies = {each.id: each for each in tx.replies.of_state(circular.number, state)}
    out.print(f"\n[name]{circular.name}[/name] [quiet]deadline {whole(circular.deadline)}[/quiet]")
    if not replies:
        out.print("no reply")
        return
    # Of the whole record: a reply that was once taken for theirs may be another's since.
    last = as_of(tx.opinions.records(circular.number), moment)
    known = [each for each in last if each.state == state]
    standing = standing_opinions(circular, known)
    table = Table(header_style="quiet")
    for column in ("text", "stands", "by", "received", "beside it"):
        table.add_column(column)
    for text in circular.texts:
        line = standing.get((state, text.designation))
        said = "[quiet]nothing[/quiet]"
        if line is not None and line.opinion.opinion is not None:
            comments = line.opinion.comments
            said = line.opinion.opinion.value.replace("_", " ")
            said += f", comments {comments.value}" if comments else ""
        others = [
            f"{replies[each.reply].reference}: {_worth(each.standing.value, each.opinion.status)}"
            for each in known
            if each.text == text.designation and each is not line and each.reply in replies
        ]
        table.add_row(
            text.designation,
            said,
            replies[line.reply].reference if line and line.reply in replies else "",
            whole(line.received_at) if line else "",
            "; ".join(others),
        )
    out.print(table)
    for reply in replies.values():
        _reply(tx, reply)


def _worth(standing: str, status: str) -> str:
    worth = standing.replace("_", " ")
    return worth if status == "clear" else f"{worth}, {status}"


def _reply(tx: "Transaction", reply: "StoredReply") -> None:
    from bot.letters.reasons import reasons

    out = output()
    out.print(
        f"[name]{reply.reference}[/name] message {reply.message_id}, {reply.standing.value},"
        f" received {whole(reply.received_at)} [quiet]from {escape(reply.sender)}[/quiet]"
    )
    told: set[tuple[dt.datetime, str, str]] = set()
    for each in tx.opinions.of_reply(reply.id):
        decision = (each.record.recorded_at, each.who, each.why)
        if decision not in told:
            told.add(decision)
            at, who, why = decision
            out.print(f"  [quiet]{whole(at)}, {escape(who)}: {escape(why)}[/quiet]")
    for said in reasons(reply.reasons) if reply.needs_review else ():
        out.print(f"  [ambiguous]{escape(said)}[/ambiguous]")
    for name, texts in (("comments", reply.comments_missing), ("reasons", reply.reasons_missing)):
        if texts:
            out.print(f"  [ambiguous]{name} missing[/ambiguous]: {', '.join(texts)}")


def _letters(tx: "Transaction", state: str) -> None:
    out = output()
    letters = tx.letters.of_state(state, limit=_LETTERS)
    out.print("\n[name]letters[/name]" if letters else "\nno letters")
    for letter in letters:
        when = whole(letter.sent_at) if letter.sent_at else letter.status.value
        out.print(
            f"{letter.kind} to {escape(letter.recipient)}: {escape(letter.subject)}"
            f" [quiet]({when})[/quiet]"
        )

"""What follows from a message that a program wrote (RFC 3464, 3834, 8098): noted, never answered."""

from collections.abc import Collection

from bot.intake.effects import Effect, Kind, NoteAbsence, NoteBounce, Outcome, Then
from bot.mail.automatic import Automatic, AutomaticKind
from bot.mail.delivery_status import Action, delivery_reports
from bot.mail.message import Message

#: They enclose the letter that they are about: what is in it is none of their own.
_REPORTS = frozenset({AutomaticKind.BOUNCE, AutomaticKind.DELAY, AutomaticKind.RECEIPT})


def automatic_outcome(
    message: Message, found: Automatic, own_letters: Collection[str], *, may_reply: bool
) -> Outcome | None:
    """What a program's message comes to; None where it may hold a reply, or where a person wrote it.

    Args:
        message: opened.
        found: what says that a program wrote it.
        own_letters: Message-IDs of ours among those that the message refers to.
        may_reply: whether it holds a form, or a file that may be one.
    """
    reported = found.certain and found.kind in _REPORTS
    if may_reply and not reported:
        return None
    if found.kind is AutomaticKind.OWN:
        return Outcome(kind=Kind.OWN, then=Then.IGNORED)
    if found.kind is AutomaticKind.BOUNCE:
        return Outcome(
            kind=Kind.BOUNCE, then=Then.SETTLED, effects=tuple(_bounces(message, own_letters))
        )
    if found.kind is AutomaticKind.ABSENCE:
        sender = message.from_[0].email if message.from_ else ""
        note = NoteAbsence(sender=sender, subject=message.subject)
        return Outcome(kind=Kind.ABSENCE, then=Then.SETTLED, effects=(note,))
    if found.certain:
        return Outcome(kind=Kind.AUTOMATIC, then=Then.SETTLED)
    return None


def _bounces(message: Message, own_letters: Collection[str]) -> list[Effect]:
    return [
        NoteBounce(
            letter=report.original_message_id
            if report.original_message_id in own_letters
            else None,
            recipient=report.recipient,
            diagnostic=report.diagnostic or report.status or "",
            permanent=not report.status.startswith("4."),
        )
        for report in delivery_reports(message)
        if report.action is Action.FAILED
    ]

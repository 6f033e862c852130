"""What follows from a message that a program wrote (RFC 3464, 3834, 8098): noted, never answered."""

from collections.abc import Collection, Iterator

from bot.intake.effects import Kind, NoteAbsence, NoteBounce, Outcome, Then
from bot.mail.automatic import Automatic, AutomaticKind
from bot.mail.bounces.delivery_status import Action, delivery_reports, reported_id
from bot.mail.message import Message

#: Of a bounce's own words, in characters.
_LONGEST = 500
#: They enclose the letter that they are about: what is in it is none of their own.
_REPORTS = frozenset({AutomaticKind.BOUNCE, AutomaticKind.DELAY, AutomaticKind.RECEIPT})


def automatic_outcome(
    message: Message,
    found: Automatic,
    own_letters: Collection[str],
    *,
    may_reply: bool,
    returned: str | None = None,
) -> Outcome | None:
    """What a program's message comes to; None where it may hold a reply, or where a person wrote it.

    Args:
        message: opened.
        found: what says that a program wrote it.
        own_letters: Message-IDs of ours among those that the message refers to.
        may_reply: whether it holds a form, or a file that may be one.
        returned: the one of these to whose own return address it came; None where to none.
    """
    reported = found.certain and found.kind in _REPORTS
    if may_reply and not reported:
        return None
    if found.kind is AutomaticKind.OWN:
        return Outcome(kind=Kind.OWN, then=Then.IGNORED)
    if found.kind is AutomaticKind.BOUNCE:
        bounces = _bounces(message, own_letters, returned)
        return Outcome(kind=Kind.BOUNCE, then=Then.SETTLED, effects=tuple(bounces))
    if found.kind is AutomaticKind.ABSENCE:
        sender = message.from_[0].email if message.from_ else ""
        note = NoteAbsence(sender=sender, subject=message.subject)
        return Outcome(kind=Kind.ABSENCE, then=Then.SETTLED, effects=(note,))
    if found.certain:
        return Outcome(kind=Kind.AUTOMATIC, then=Then.SETTLED)
    return None


def _bounces(
    message: Message, own_letters: Collection[str], returned: str | None
) -> Iterator[NoteBounce]:
    # The address that it came to is ours alone; what it encloses, others may have put there.
    letter = returned
    if letter is None and (reported := reported_id(message)) in own_letters:
        letter = reported
    reports = delivery_reports(message)
    for report in reports:
        if report.action is Action.FAILED:
            yield NoteBounce(
                letter=letter,
                recipient=report.recipient,
                diagnostic=report.diagnostic or report.status or "",
                permanent=not report.status.startswith("4."),
            )
    if not reports and letter is not None:
        # In words that no reader of bounces knows.
        yield NoteBounce(
            letter=letter,
            recipient="",
            diagnostic=" ".join(message.text[:_LONGEST].split()),
            permanent=True,
        )

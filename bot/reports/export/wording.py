"""The words of an export: outcomes, opinions and standings as people read them."""

import datetime as dt
import re
from typing import Final

from bot.consultation.circular import Circular, Meeting
from bot.consultation.opinion import Comments, Opinion, Status
from bot.consultation.outlook import THRESHOLD_PER_CENT
from bot.consultation.record import Standing
from bot.consultation.tally import TextTally
from bot.letters.tally_lines import per_cent
from bot.reports.export.content import Basis, Position, Row

BASIS_WORDS: Final = {
    Basis.STANDING: "stands",
    Basis.PENDING: "under review",
    Basis.BLANK: "left blank",
    Basis.LATE: "late",
    Basis.NOT_ANSWERED: "text not answered",
    Basis.NO_REPLY: "no reply",
}
STANDING_WORDS: Final = {
    Standing.COUNTED: "counted",
    Standing.PENDING: "under review",
    Standing.LATE: "late",
    Standing.NOT_COUNTED: "not counted",
    Standing.REJECTED: "not a reply",
}

# Controls but tab and line feed, halves of surrogate pairs and the two non-characters: XML 1.0, 2.2
# has no place for them. Marks that turn the direction of text round (UAX #9) could hide an opinion.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u202a-\u202e\u2066-\u2069]"
)


def printable(text: str) -> str:
    """Text from mail without what no document can hold; its lines stay."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def opinion_words(opinion: Opinion | None, comments: Comments | None) -> str:
    """An opinion as a cell has it; empty where there is none."""
    match opinion:
        case Opinion.ASSIGNS if comments is Comments.ATTACHED:
            return "assigns, with comments"
        case Opinion.ASSIGNS:
            return "assigns"
        case Opinion.DOES_NOT_ASSIGN:
            return "does not assign"
        case None:
            return ""


def position_words(position: Position) -> str:
    """A Member State's place on a text as a cell has it."""
    if position.basis is not Basis.STANDING:
        return BASIS_WORDS[position.basis]
    words = opinion_words(position.opinion, position.comments)
    return f"{words}; a change is under review" if position.change_pending else words


def row_words(row: Row) -> str:
    """What a reply says of a text as a cell has it, and whether it counts."""
    said = opinion_words(row.opinion.opinion, row.opinion.comments) or {
        Status.BLANK: "left blank",
        Status.AMBIGUOUS: "cannot be told",
    }.get(row.opinion.status, "")
    if row.standing is not Standing.COUNTED:
        return f"{said} ({STANDING_WORDS[row.standing]})"
    if row.opinion.opinion is not None and not row.stands:
        return f"{said} (superseded)"
    return said


def outcome_words(text: TextTally) -> str:
    """Whether consideration may proceed, with the rule and the numbers (Resolution 1, 9.4)."""
    if not text.replies:
        said = "Consideration may proceed: there are no replies."
    else:
        may = "may proceed" if text.threshold_met else "may not proceed at this meeting"
        relation = "at least" if text.threshold_met else "less than"
        said = (
            f"Consideration {may}: {text.assigns} of {text.replies} replies ({per_cent(text)})"
            f" support it, {relation} the {THRESHOLD_PER_CENT} % that are needed."
        )
    return said if text.decided else f"{said} What is under review can still change this."


def state_of_play(circular: Circular, moment: dt.datetime) -> str:
    """As of when the numbers are, and whether more can come."""
    as_of = f"As of {moment_words(moment)}"
    deadline = moment_words(circular.deadline)
    if circular.in_time(moment):
        return f"{as_of}; replies are taken until {deadline}, so that this is not final."
    return f"{as_of}; replies were taken until {deadline}."


def moment_words(moment: dt.datetime) -> str:
    """A moment for people: "16 April 2026, 09:00 UTC"."""
    utc = moment.astimezone(dt.UTC)
    return f"{utc.day} {utc:%B %Y, %H:%M} UTC"


def day_words(day: dt.date) -> str:
    """A day for people: "12 May 2026"."""
    return f"{day.day} {day:%B %Y}"


def meeting_words(meeting: Meeting) -> str:
    """Place and days: "Geneva, 12-21 May 2026"."""
    first, last = meeting.first_day, meeting.last_day
    if first == last:
        return f"{meeting.place}, {day_words(first)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{meeting.place}, {first.day}-{day_words(last)}"
    return f"{meeting.place}, {day_words(first)} - {day_words(last)}"

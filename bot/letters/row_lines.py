"""The table of an acknowledgement: every text of the circular with what the reply says of it."""

from dataclasses import dataclass
from enum import StrEnum

from bot.consultation.circular import Circular
from bot.consultation.opinion import Status
from bot.letters.contexts import AcknowledgementContext, RowShown
from bot.letters.questions import box_words, is_usual
from bot.letters.words import LABELS


class Tone(StrEnum):
    """How a line of the table is set."""

    STATED = "stated"
    REVIEW = "review"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLine:
    """One line of the table.

    Attributes:
        text: designation.
        former_name: or None.
        said: what the reply says, in the letter's language.
        tone: how it is set.
    """

    text: str
    former_name: str | None
    said: str
    tone: Tone


def row_lines(context: AcknowledgementContext, language: str) -> tuple[RowLine, ...]:
    """The lines in the circular's order; texts that it does not have come last.

    Args:
        context: of the letter.
        language: of the six.
    """
    labels = LABELS[language]
    lines = [
        RowLine(
            text=row.text,
            former_name=row.former_name,
            said=_said(row, context.circular, language),
            tone=_tone(row.status),
        )
        for row in context.rows
    ]
    read = {row.text for row in context.rows}
    lines += [
        RowLine(
            text=designation,
            former_name=_former_name(context.circular, designation),
            said=labels.absent,
            tone=Tone.EMPTY,
        )
        for designation in context.absent
        if designation not in read
    ]
    places = {text.designation: place for place, text in enumerate(context.circular.texts)}
    return tuple(sorted(lines, key=lambda line: places.get(line.text, len(places))))


def _said(row: RowShown, circular: Circular, language: str) -> str:
    """What a row says; where the circular asks something of its own, in the words of its form."""
    labels = LABELS[language]
    if is_usual(circular) or row.status is not Status.CLEAR or row.opinion is None:
        return labels.row(row)
    said = box_words(circular.question, row.opinion, row.comments, language)
    if said is None:
        return labels.under_review
    return said + labels.replaces if row.superseded else said


def _tone(status: Status) -> Tone:
    match status:
        case Status.CLEAR:
            return Tone.STATED
        case Status.AMBIGUOUS:
            return Tone.REVIEW
        case Status.BLANK:
            return Tone.EMPTY


def _former_name(circular: Circular, designation: str) -> str | None:
    text = circular.text(designation)
    return text.former_name if text else None

"""The export as tables: headings and cells, the same for a workbook and for CSV."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from bot.consultation.opinion import Comments, Opinion
from bot.consultation.record import Standing
from bot.reports.export.content import Basis, Position, ReplyResult, Results, Row
from bot.reports.export.wording import (
    STANDING_WORDS,
    outcome_words,
    position_words,
    row_words,
)

#: Characters between several values in one cell.
_BETWEEN: Final = "; "


class Tone(Enum):
    """What a cell says, for its colour; never the only thing that says it."""

    PLAIN = auto()
    ASSIGNS = auto()
    COMMENTS = auto()
    DENIES = auto()
    WAITS = auto()
    APART = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One value with its tone.

    Attributes:
        value: a time is UTC; None is an empty cell; a float is a share of 1.
        tone: for its colour.
    """

    value: str | int | float | dt.datetime | None
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A heading, and how wide its column is, in characters."""

    heading: str
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One sheet.

    Attributes:
        name: of the sheet.
        columns: its headings.
        rows: as many cells each as there are columns.
        fixed: columns that stay when one moves to the right.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    fixed: int = 1


def tally_table(results: Results) -> Table:
    """A line a text: the numbers and what follows from them."""
    columns = (
        *_columns(("Text", 14), ("Title", 46), ("Replies", 9), ("Assign", 9)),
        *_columns(("With comments", 11), ("Do not assign", 11), ("Left blank", 9)),
        *_columns(("Under review", 10), ("Support", 9), ("Threshold", 11), ("Outcome", 60)),
    )
    rows = []
    for each in results.texts:
        counted = each.tally
        met = Tone.ASSIGNS if counted.threshold_met else Tone.DENIES
        rows.append(
            (
                Cell(value=each.draft.designation),
                Cell(value=each.draft.title),
                Cell(value=counted.replies),
                Cell(value=counted.assigns),
                Cell(value=counted.with_comments),
                Cell(value=counted.does_not_assign),
                Cell(value=counted.blank),
                Cell(value=counted.pending, tone=Tone.WAITS if counted.pending else Tone.PLAIN),
                Cell(value=counted.share),
                Cell(value="met" if counted.threshold_met else "not met", tone=met),
                Cell(value=outcome_words(counted)),
            )
        )
    return Table(name="Tally", columns=columns, rows=tuple(rows))


def replies_table(results: Results) -> Table:
    """A line a reply: whose, when, what it says of each text, and what it brings."""
    texts = [text.designation for text in results.circular.texts]
    columns = (
        *_columns(("Reference", 15), ("Code", 7), ("From", 26), ("Received (UTC)", 17)),
        *_columns(("Sender", 32), ("Language", 10), ("Standing", 13)),
        *(Column(heading=text, width=18) for text in texts),
        *_columns(("Waits because", 44), ("Comments missing", 18), ("Reasons missing", 18)),
        *_columns(("Attachments", 40), ("Reasons and comments written", 60)),
    )
    return Table(
        name="Replies",
        columns=columns,
        rows=tuple(
            (
                Cell(value=each.reference),
                Cell(value=each.iso3),
                Cell(value=each.name or "not known"),
                Cell(value=each.received_at),
                Cell(value=each.sender),
                Cell(value=each.language),
                Cell(value=STANDING_WORDS[each.standing], tone=_standing_tone(each.standing)),
                *(_row_cell(each.row(text)) for text in texts),
                Cell(value=_BETWEEN.join(_why(each))),
                Cell(value=", ".join(each.comments_missing)),
                Cell(value=", ".join(each.reasons_missing)),
                Cell(value="\n".join(file.place for file in each.files)),
                Cell(value=_said(each)),
            )
            for each in results.replies
        ),
    )


def standing_table(results: Results) -> Table:
    """A line a Member State, a column a text: what stands."""
    columns = (
        *_columns(("Code", 7), ("Member State", 32), ("Region", 18), ("In the percentage", 11)),
        *(Column(heading=text.designation, width=18) for text in results.circular.texts),
    )
    return Table(
        name="Standing",
        columns=columns,
        rows=tuple(
            (
                Cell(value=each.iso3),
                Cell(value=each.name),
                Cell(value=each.region),
                Cell(value=_yes(each.counts)),
                *(
                    Cell(value=position_words(place), tone=_position_tone(place))
                    for place in each.positions
                ),
            )
            for each in results.states
        ),
        fixed=2,
    )


def silent_table(results: Results) -> Table:
    """A line a contact of the Member States without any reply."""
    columns = (
        *_columns(("Region", 18), ("Code", 7), ("Member State", 32), ("Address", 40)),
        *_columns(("Name", 30), ("Role", 24), ("Focal point", 9), ("Letters come back", 11)),
    )
    rows: list[tuple[Cell, ...]] = []
    for state in results.silent:
        whose = (
            Cell(value=state.region),
            Cell(value=state.iso3),
            Cell(value=state.name),
        )
        if not state.contacts:
            nobody = Cell(value="no address registered", tone=Tone.WAITS)
            rows.append((*whose, nobody, *[Cell(value=None)] * 4))
        rows += [
            (
                *whose,
                Cell(value=each.email),
                Cell(value=each.name),
                Cell(value=each.role),
                Cell(value=_yes(each.focal_point)),
                Cell(value=_yes(each.bounced), tone=Tone.DENIES if each.bounced else Tone.PLAIN),
            )
            for each in state.contacts
        ]
    return Table(name="No reply", columns=columns, rows=tuple(rows), fixed=3)


def waiting_table(results: Results) -> Table:
    """A line for everything that waits for a person, with why."""
    columns = (
        *_columns(("Reference", 15), ("From", 26), ("Received (UTC)", 17), ("Sender", 32)),
        *_columns(("Subject", 40), ("Texts", 30), ("Waits because", 70)),
    )
    rows = [
        (
            Cell(value=each.reference),
            Cell(value=each.name or "not known"),
            Cell(value=each.received_at),
            Cell(value=each.sender),
            Cell(value=None),
            Cell(
                value=", ".join(
                    row.opinion.text for row in each.rows if row.standing is Standing.PENDING
                )
            ),
            Cell(value=_BETWEEN.join(_why(each))),
        )
        for each in results.of_standing(Standing.PENDING)
    ]
    rows += [
        (
            Cell(value=f"message {each.id}"),
            Cell(value="not known"),
            Cell(value=each.received_at),
            Cell(value=each.sender),
            Cell(value=each.subject),
            Cell(value=None),
            Cell(value=_BETWEEN.join(each.reasons)),
        )
        for each in results.held
    ]
    return Table(name="Waiting", columns=columns, rows=tuple(rows))


def tables(results: Results) -> tuple[Table, ...]:
    """The sheets of a workbook, in their order."""
    return (
        tally_table(results),
        replies_table(results),
        standing_table(results),
        silent_table(results),
        waiting_table(results),
    )


def _columns(*columns: tuple[str, int]) -> Iterable[Column]:
    return (Column(heading=heading, width=width) for heading, width in columns)


def _row_cell(row: Row | None) -> Cell:
    if row is None:
        return Cell(value=None)
    if row.standing is Standing.PENDING:
        tone = Tone.WAITS
    elif not row.stands:
        tone = Tone.APART
    else:
        tone = _opinion_tone(row.opinion.opinion, row.opinion.comments)
    return Cell(value=row_words(row), tone=tone)


def _position_tone(position: Position) -> Tone:
    match position.basis:
        case Basis.STANDING if not position.change_pending:
            return _opinion_tone(position.opinion, position.comments)
        case Basis.STANDING | Basis.PENDING:
            return Tone.WAITS
        case Basis.NO_REPLY:
            return Tone.PLAIN
        case Basis.BLANK | Basis.LATE | Basis.NOT_ANSWERED:
            return Tone.APART


def _opinion_tone(opinion: Opinion | None, comments: Comments | None) -> Tone:
    if opinion is Opinion.DOES_NOT_ASSIGN:
        return Tone.DENIES
    return Tone.COMMENTS if comments is Comments.ATTACHED else Tone.ASSIGNS


def _standing_tone(standing: Standing) -> Tone:
    if standing is Standing.PENDING:
        return Tone.WAITS
    return Tone.PLAIN if standing is Standing.COUNTED else Tone.APART


def _why(reply: ReplyResult) -> Sequence[str]:
    """Why it waits, each reason once: those of the whole, then those of its rows."""
    own = (reason for row in reply.rows for reason in row.reasons)
    return tuple(dict.fromkeys((*reply.reasons, *own)))


def _said(reply: ReplyResult) -> str:
    said = "\n\n".join(each.text for each in reply.words)
    return "\n\n".join(filter(None, (said, reply.unread and f"[{reply.unread}]")))


def _yes(value: bool) -> str:  # noqa: FBT001 - it is the value that is shown
    return "yes" if value else "no"

"""The opinion that a row of a returned form expresses (the table of the domain page)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple


class Opinion(StrEnum):
    """What a Member State says of one draft text (Resolution 1, 9.4)."""

    ASSIGNS = "assigns"
    DOES_NOT_ASSIGN = "does_not_assign"


class Comments(StrEnum):
    """What it says of comments, where it assigns authority."""

    NONE = "none"
    ATTACHED = "attached"


class Status(StrEnum):
    """Whether a row was read without a person."""

    CLEAR = "clear"
    AMBIGUOUS = "ambiguous"
    BLANK = "blank"


#: Why a row is ambiguous whose boxes were all read well: they exclude each other.
CONTRADICTION: Final = "contradiction"


class RowMeaning(NamedTuple):
    """What a row's ticked boxes come to.

    Attributes:
        opinion: None where none can be said.
        comments: None where not said, said both ways, or not asked.
        status: of a row whose boxes are not in doubt.
        reason: code for an ambiguous row; None otherwise.
    """

    opinion: Opinion | None
    comments: Comments | None
    status: Status
    reason: str | None


def opinion_of(
    *, assigns: bool, no_comments: bool, comments_attached: bool, does_not_assign: bool
) -> RowMeaning:
    """The opinion that follows from the boxes ticked in a row, none of them doubtful.

    "Assigns" without an option, or with both, is an opinion all the same: the acknowledgement asks
    which. An option belongs to "assigns": without it, or beside "does not assign", it contradicts.
    """
    if does_not_assign:
        if assigns or no_comments or comments_attached:
            return RowMeaning(None, None, Status.AMBIGUOUS, CONTRADICTION)
        return RowMeaning(Opinion.DOES_NOT_ASSIGN, None, Status.CLEAR, None)
    if assigns:
        comments = None
        if no_comments != comments_attached:
            comments = Comments.NONE if no_comments else Comments.ATTACHED
        return RowMeaning(Opinion.ASSIGNS, comments, Status.CLEAR, None)
    if no_comments or comments_attached:
        return RowMeaning(None, None, Status.AMBIGUOUS, CONTRADICTION)
    return RowMeaning(None, None, Status.BLANK, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextOpinion:
    """One row's outcome.

    Attributes:
        text: designation of the draft text.
        opinion: None where none can be said (blank or ambiguous).
        comments: None where not said, or said both ways.
        status: CLEAR only where a careful clerk would not look twice.
        reasons: stable codes for an ambiguous row; empty otherwise.
        confidence: 0 to 1, of the reading.
    """

    text: str
    opinion: Opinion | None
    comments: Comments | None
    status: Status
    reasons: tuple[str, ...] = ()
    confidence: float = 1.0

"""The opinion that a row of a returned form expresses (the table of the domain page)."""

from dataclasses import dataclass
from enum import StrEnum


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

"""What a made document says: the truth that readings are held against."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.consultation.circular import Circular

#: The four boxes of a row, in the order in which every form has them.
ASSIGNS, NO_COMMENTS, COMMENTS_ATTACHED, DOES_NOT_ASSIGN = range(4)


class Answer(StrEnum):
    """What the hand that filled a row in meant by it, or did to it."""

    ASSIGN_NC = "assign_nc"
    ASSIGN_C = "assign_c"
    ASSIGN = "assign"
    BOTH_SUB = "both_sub"
    DENY = "deny"
    BLANK = "blank"
    #: The row is not in the document.
    ABSENT = "absent"
    #: "Does not assign" beside "assigns".
    BOTH = "both"
    #: "Does not assign" beside an option of "assigns".
    DENY_NC = "deny_nc"
    #: An option without "assigns".
    SUB_ONLY = "sub_only"
    #: A ticked box scribbled out and another one ticked.
    CORRECTED = "corrected"
    #: Ticks beside or between the boxes, none in one.
    OUTSIDE = "outside"
    #: No box ticked: the words that do not apply struck, those that do highlighted, or deleted.
    STRUCK = "struck"
    HIGHLIGHTED = "highlighted"
    DELETED = "deleted"
    #: It says two things at once: a field whose value is not what it shows, a mark between two boxes.
    DOUBTFUL = "doubtful"

    @property
    def ticked(self) -> frozenset[int]:
        """The places of the boxes that are ticked, as long as nothing else was done to the row."""
        return _TICKED.get(self, frozenset())

    @property
    def clear(self) -> bool:
        """Whether it is one of the three answers that the form asks for."""
        return self in {Answer.ASSIGN_NC, Answer.ASSIGN_C, Answer.DENY}


_TICKED = {
    Answer.ASSIGN_NC: frozenset({ASSIGNS, NO_COMMENTS}),
    Answer.ASSIGN_C: frozenset({ASSIGNS, COMMENTS_ATTACHED}),
    Answer.ASSIGN: frozenset({ASSIGNS}),
    Answer.BOTH_SUB: frozenset({ASSIGNS, NO_COMMENTS, COMMENTS_ATTACHED}),
    Answer.DENY: frozenset({DOES_NOT_ASSIGN}),
    Answer.BOTH: frozenset({ASSIGNS, NO_COMMENTS, DOES_NOT_ASSIGN}),
    Answer.DENY_NC: frozenset({NO_COMMENTS, DOES_NOT_ASSIGN}),
    Answer.SUB_ONLY: frozenset({NO_COMMENTS}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RowTruth:
    """One draft text of the circular.

    Attributes:
        designation: "Y.4241".
        answer: what was meant, or done.
        plain: whether a careful clerk would read it without looking twice. Of a row that is not (a
            stamp over it, faint pencil, a circle instead of a tick), both a right reading and a
            flag are good; only a wrong one is not.
        note: what was done to it beside the ticks; empty where nothing was.
    """

    designation: str
    answer: Answer
    plain: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPlace:
    """Where a row, or a part of one, lies in the document as it was made.

    Attributes:
        page: counted from 0.
        at: left, top, right, bottom as shares (0 to 1) of the page as it is shown.
        turn: quarter turns clockwise by which the page came out wrongly.
    """

    page: int
    at: tuple[float, float, float, float]
    turn: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A returned form with its truth.

    Attributes:
        family, seed, index: what it can be made again from.
        suffix: of its file name, with the full stop.
        data: the file.
        circular: whose form it is.
        language: ISO 639-1.
        traits: how it was made: name of a trait -> its value, both in words.
        rows: one for each text of the circular.
        places: designation -> where its row is; empty for a format without pages.
    """

    family: str
    seed: int
    index: int
    suffix: str
    data: bytes
    circular: Circular
    language: str
    traits: Mapping[str, str]
    rows: tuple[RowTruth, ...]
    places: dict[str, tuple[RowPlace, ...]]

    @property
    def name(self) -> str:
        """The file's name: family, seed and index."""
        return f"{self.family}-{self.seed}-{self.index:05d}{self.suffix}"

    @property
    def variant(self) -> str:
        """How it was made, in a line."""
        return "; ".join(f"{name} {value}" for name, value in self.traits.items())

    def as_json(self) -> dict[str, object]:
        """A line of `truth.jsonl`."""
        return {
            "file": self.name,
            "family": self.family,
            "variant": self.variant,
            "lang": self.language,
            "circular": self.circular.number,
            "answers": {row.designation: row.answer.value for row in self.rows},
            "not_plain": {row.designation: row.note for row in self.rows if not row.plain},
        }

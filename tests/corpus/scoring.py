"""Holds a reading against the truth, row by row, and counts."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.consultation.circular import Circular
from bot.consultation.opinion import Comments, Opinion, Status, TextOpinion
from bot.intake.row_opinions import row_opinion
from parsers.reading import FormReading
from tests.corpus.truth import Answer, Document, RowTruth


class Verdict(StrEnum):
    """What came of one row."""

    #: Read without a person, rightly.
    AUTO = "auto"
    #: The opinion right and clear, its comments left out.
    HALF = "half"
    #: Handed to a person.
    FLAGGED = "flagged"
    #: Nothing was to be read, and nothing was.
    OK = "ok"
    #: Something was to be read or flagged: the row was taken for blank or absent, and no one looks.
    MISSED = "missed"
    #: Marked clear, and not what the truth says.
    WRONG = "wrong"


_WANTED = {
    Answer.ASSIGN_NC: (Opinion.ASSIGNS, Comments.NONE),
    Answer.ASSIGN_C: (Opinion.ASSIGNS, Comments.ATTACHED),
    Answer.DENY: (Opinion.DOES_NOT_ASSIGN, None),
    Answer.ASSIGN: (Opinion.ASSIGNS, None),
    Answer.BOTH_SUB: (Opinion.ASSIGNS, None),
}


def verdict(truth: RowTruth, said: TextOpinion | None, *, flagged: bool) -> Verdict:
    """Judges one row.

    Args:
        truth: of the row.
        said: what was read; None where the reading has no such row.
        flagged: whether a person looks at the file as a whole.
    """
    wanted = _WANTED.get(truth.answer)
    if said is not None and said.status is Status.CLEAR:
        if wanted is None:
            return Verdict.WRONG
        if (said.opinion, said.comments) == wanted:
            return Verdict.AUTO
        half = said.opinion is wanted[0] and said.comments is None
        return Verdict.HALF if half else Verdict.WRONG
    if said is not None and said.status is Status.AMBIGUOUS:
        return Verdict.FLAGGED
    if truth.answer in {Answer.BLANK, Answer.ABSENT}:
        return Verdict.OK
    return Verdict.FLAGGED if flagged else Verdict.MISSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One row with what was read of it.

    Attributes:
        family, seed, index: of the document, to make it again.
        file, language, traits: of the document.
        truth: of the row.
        said: what was read; None where the reading has no such row.
        why: the doubts of the row and of the file, and the file's error.
        verdict: what came of it.
    """

    family: str
    seed: int
    index: int
    file: str
    language: str
    traits: Mapping[str, str]
    truth: RowTruth
    said: TextOpinion | None
    why: tuple[str, ...]
    verdict: Verdict

    @property
    def words(self) -> str:
        """What was read, in words."""
        if self.said is None:
            return "no such row"
        parts = (self.said.opinion, self.said.comments)
        said = ", ".join(part.value for part in parts if part is not None)
        return f"{self.said.status.value}{': ' if said else ''}{said}"


def cases(document: Document, reading: FormReading) -> list[Case]:
    """All rows of a document."""
    said = _opinions(reading, document.circular)
    strangers = any(row.designation not in said for row in reading.rows)
    doubted = any(row.doubts for row in reading.rows)
    flagged = bool(reading.doubts) or reading.error is not None or strangers or doubted
    file_doubts = [doubt.value for doubt in reading.doubts]
    if reading.error is not None:
        file_doubts.append(reading.error)
    found = []
    for truth in document.rows:
        opinion = said.get(truth.designation)
        reasons = opinion.reasons if opinion is not None else ()
        found.append(
            Case(
                family=document.family,
                seed=document.seed,
                index=document.index,
                file=document.name,
                language=document.language,
                traits={"language": document.language, **document.traits},
                truth=truth,
                said=opinion,
                why=tuple(dict.fromkeys((*reasons, *file_doubts))),
                verdict=verdict(truth, opinion, flagged=flagged),
            )
        )
    return found


def _opinions(reading: FormReading, circular: Circular) -> dict[str, TextOpinion]:
    return {
        row.designation: row_opinion(row, circular)
        for row in reading.rows
        if circular.text(row.designation) is not None
    }


@dataclass(slots=True, kw_only=True)
class Score:
    """The count of one family.

    Attributes:
        documents: read.
        rows: verdicts of all rows.
        clear: verdicts of the rows that a careful clerk reads as one of the three clear answers.
        empty: verdicts of the rows that are blank or absent.
        seconds: that reading took, of wall-clock.
    """

    documents: int = 0
    rows: Counter[Verdict] = field(default_factory=Counter)
    clear: Counter[Verdict] = field(default_factory=Counter)
    empty: Counter[Verdict] = field(default_factory=Counter)
    seconds: float = 0.0

    def add(self, found: list[Case]) -> None:
        """Counts the rows of one document."""
        self.documents += 1
        for case in found:
            self.rows[case.verdict] += 1
            if case.truth.answer.clear and case.truth.plain:
                self.clear[case.verdict] += 1
            if case.truth.answer in {Answer.BLANK, Answer.ABSENT}:
                self.empty[case.verdict] += 1


def interval(part: int, whole: int) -> tuple[float, float]:
    """The bounds between which a share lies with 95 per cent confidence.

    Wilson's score interval; where nothing was found in `whole` tries, the rule of three gives the
    upper bound. (0, 1) where nothing was tried.
    """
    if whole == 0:
        return 0.0, 1.0
    if part == 0:
        return 0.0, min(1.0, 3 / whole)
    z = 1.96
    share = part / whole
    middle = share + z * z / (2 * whole)
    reach = z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)

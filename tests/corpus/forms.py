"""A form before it is a file: its words, its rows and what is ticked in them."""

import random
from dataclasses import dataclass
from typing import TypeVar

from bot.consultation.circular import Circular, DraftText, Revision
from tests.corpus.truth import Answer, RowTruth
from tests.corpus.wordings import WORDINGS, Wording

_T = TypeVar("_T")

_STATES = ("Ruritania", "Freedonia", "Arcadia", "Utopia", "Atlantis")
_PLACES = ("Strelsau", "Port Sunlight", "Amaurot", "Ys")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """One draft text: the words of its first cell, the words beside its boxes, its truth."""

    heading: str
    labels: tuple[str, str, str, str]
    truth: RowTruth

    @property
    def designation(self) -> str:
        """Of the draft text."""
        return self.truth.designation

    def ticked(self, place: int) -> bool:
        """Whether the box at a place (0 to 3) is ticked."""
        return place in self.truth.answer.ticked


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form filled in.

    Attributes:
        circular: whose form.
        language: ISO 639-1.
        wording: all that the language has; the other attributes are what was chosen of it.
        rows: in the order in which they stand; those that are absent are left out.
        absent: the truths of those left out.
        before, after: the paragraphs round the table.
    """

    circular: Circular
    language: str
    wording: Wording
    select: str
    rows: tuple[FormRow, ...]
    absent: tuple[RowTruth, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def truths(self) -> tuple[RowTruth, ...]:
        """Of every text of the circular."""
        return (*(row.truth for row in self.rows), *self.absent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """How often a row is filled in how, in hundredths; the rest are the three clear answers.

    Attributes:
        tidy: share of the documents in which every row is a clear answer.
        odd: answer -> hundredths of the rows of the other documents.
        notes: what else is done to a row, so that it is no longer plain -> hundredths of those rows.
        partial: hundredths of the documents that return only some of the rows.
    """

    tidy: int = 40
    odd: tuple[tuple[Answer, int], ...] = ()
    notes: tuple[tuple[str, int], ...] = ()
    partial: int = 6


#: What may happen to a row in any format.
TICKS = (
    (Answer.BLANK, 6),
    (Answer.ASSIGN, 4),
    (Answer.BOTH_SUB, 3),
    (Answer.BOTH, 2),
    (Answer.DENY_NC, 2),
    (Answer.SUB_ONLY, 2),
)


def make_form(
    chance: random.Random,
    circular: Circular,
    language: str,
    odds: Odds = Odds(),
) -> Form:
    """Chooses the wording, and fills the rows in."""
    wording = WORDINGS[language]
    group, number = circular.study_group, circular.number
    version = chance.randrange(len(wording.assigns))
    labels = (
        wording.assigns[version].format(group=group),
        chance.choice(wording.no_comments),
        chance.choice(wording.comments_attached),
        wording.does_not_assign[version].format(group=group),
    )
    former, heading = chance.choice(wording.former), chance.randrange(2)
    tidy = chance.randrange(100) < odds.tidy
    leaning = chance.choice(((8, 1, 1), (4, 4, 2), (1, 1, 1), (1, 6, 3), (1, 0, 0)))
    texts = list(circular.texts)
    if chance.random() < 0.15:
        chance.shuffle(texts)
    partial = len(texts) > 2 and chance.randrange(100) < odds.partial
    kept = set(chance.sample(range(len(texts)), max(1, len(texts) // 2))) if partial else None
    rows, absent = [], []
    for index, text in enumerate(texts):
        if kept is not None and index not in kept:
            absent.append(RowTruth(designation=text.designation, answer=Answer.ABSENT))
            continue
        rows.append(
            FormRow(
                heading=_heading(wording, text, former, heading),
                labels=labels,
                truth=_truth(chance, text.designation, leaning, Odds() if tidy else odds),
            )
        )
    state = chance.choice(_STATES)
    return Form(
        circular=circular,
        language=language,
        wording=wording,
        select=chance.choice(wording.select),
        rows=tuple(rows),
        absent=tuple(absent),
        before=(
            chance.choice(wording.annex).format(number=number),
            chance.choice(wording.subject).format(number=number),
            wording.addressee,
            f"{wording.sender} {wording.administration} {state}",
            wording.salutation,
            chance.choice(wording.opening).format(number=number),
        ),
        after=(
            wording.closing,
            f"{wording.administration} {state}",
            (
                f"{wording.date} {chance.choice(_PLACES)}, {chance.randrange(1, 28)}.0"
                f"{chance.randrange(1, 10)}.2026"
            ),
        ),
    )


def _heading(wording: Wording, text: DraftText, former: str, version: int) -> str:
    pattern = wording.new if text.revision is Revision.NEW else wording.revised
    words = pattern[version].format(designation=text.designation)
    return words + (former.format(name=text.former_name) if text.former_name else "")


def _truth(
    chance: random.Random, designation: str, leaning: tuple[int, int, int], odds: Odds
) -> RowTruth:
    clear = (Answer.ASSIGN_NC, Answer.ASSIGN_C, Answer.DENY)
    answer = _drawn(chance, odds.odd) or chance.choices(clear, leaning)[0]
    note = _drawn(chance, odds.notes) if answer.ticked or answer is Answer.BLANK else None
    return RowTruth(designation=designation, answer=answer, plain=note is None, note=note or "")


def _drawn(chance: random.Random, shares: tuple[tuple[_T, int], ...]) -> _T | None:
    drawn = chance.randrange(100)
    for what, share in shares:
        if drawn < share:
            return what
        drawn -= share
    return None

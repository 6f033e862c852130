"""The samples of the acknowledgement: one reply in which everything occurs, for every purpose."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from bot.consultation.circular import Circular, DraftText
from bot.consultation.opinion import Comments, Opinion, Status
from bot.intake.purpose import Purpose
from bot.letters.contexts import AcknowledgementContext, Capacity, RowShown
from bot.letters.sample_states import sample_state

# What the rows of the sample form say, one after the other.
_ROWS: tuple[tuple[Status, Opinion | None, Comments | None, bool], ...] = (
    (Status.CLEAR, Opinion.ASSIGNS, Comments.NONE, False),
    (Status.CLEAR, Opinion.ASSIGNS, Comments.ATTACHED, False),
    (Status.CLEAR, Opinion.DOES_NOT_ASSIGN, None, False),
    (Status.CLEAR, Opinion.ASSIGNS, None, True),
    (Status.BLANK, None, None, False),
    (Status.CLEAR, Opinion.ASSIGNS, Comments.NONE, False),
)


def sample_acknowledgement(
    purpose: Purpose, *, days_before: int = 20, iso2: str | None = None
) -> Callable[[Circular, str], AcknowledgementContext]:
    """Of a reply that came so many days before the deadline.

    Args:
        purpose: which of the acknowledgements.
        days_before: the deadline; below 0 after it.
        iso2: ISO 3166-1 alpha-2 of who replied; None: a Member State that writes in the language.
    """

    def made(circular: Circular, language: str) -> AcknowledgementContext:
        state = sample_state(language, iso2)
        received_at = circular.deadline - dt.timedelta(days=days_before, hours=9, minutes=46)
        if purpose is Purpose.NOT_COUNTED:
            return AcknowledgementContext(
                purpose=purpose,
                circular=circular,
                reference=f"C{circular.number}-X-1",
                state_name=None,
                received_at=received_at,
                rows=(),
                capacity=Capacity.SECTOR_MEMBER,
            )
        asked = circular.texts if purpose is not Purpose.SUPPLEMENTED else ()
        texts = asked[:-1] if len(asked) > len(_ROWS) else asked
        rows = tuple(_row(text, place, purpose) for place, text in enumerate(texts))
        return AcknowledgementContext(
            purpose=purpose,
            circular=circular,
            reference=f"C{circular.number}-{state.iso3}-1",
            state_name=state.name(language),
            received_at=received_at,
            rows=rows,
            absent=tuple(text.designation for text in asked[len(texts) :]),
            comments_missing=tuple(row.text for row in rows if row.comments is Comments.ATTACHED),
            reasons_missing=tuple(
                row.text for row in rows if row.opinion is Opinion.DOES_NOT_ASSIGN
            ),
            attachments=("Annex 2 - signed.pdf", "Comments.docx")
            if asked
            else ("Y.4241 - comments.docx",),
            decided_by_person=purpose is Purpose.CONFIRMED,
            iso2=state.iso2,
            open=days_before > 0,
            outside=not state.votes,
        )

    return made


def _row(text: DraftText, place: int, purpose: Purpose) -> RowShown:
    status, opinion, comments, unsaid = _ROWS[place if place < len(_ROWS) else 0]
    row = RowShown(
        text=text.designation,
        former_name=text.former_name,
        status=status,
        opinion=opinion,
        comments=comments,
        comments_unsaid=unsaid,
        superseded=place == len(_ROWS),
    )
    if purpose is Purpose.UNDER_REVIEW and place in {1, 5}:
        return replace(row, status=Status.AMBIGUOUS, opinion=None, comments=None)
    return row

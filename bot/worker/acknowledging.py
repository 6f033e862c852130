"""The acknowledgement of a reply, from what was recorded of it."""

import datetime as dt
from collections.abc import Sequence

from bot.consultation.circular import Circular
from bot.consultation.opinion import Opinion, Status, TextOpinion
from bot.consultation.record import Standing
from bot.intake.purpose import Purpose
from bot.letters.contexts import AcknowledgementContext, Capacity, RowShown
from bot.letters.questions import is_usual
from bot.register.states import member_states
from bot.store.attachments import StoredAttachment
from bot.store.replies import StoredReply


def acknowledgement_of(
    reply: StoredReply,
    rows: Sequence[tuple[TextOpinion, Standing]],
    attachments: Sequence[StoredAttachment],
    circular: Circular,
    *,
    purpose: Purpose,
    language: str,
    now: dt.datetime,
    superseded: frozenset[str] = frozenset(),
    corrected: bool = False,
    outside: bool = False,
    role: str = "",
) -> AcknowledgementContext:
    """What the letter says of a reply.

    Args:
        reply: as recorded.
        rows: the last word on each text, with what it is worth.
        attachments: kept with it.
        circular: that it answers.
        purpose: which of the acknowledgements.
        language: of the letter.
        now: after the deadline no corrected form is asked for.
        superseded: texts on which it takes the place of an earlier opinion.
        corrected: whether a reviewer said otherwise than was read.
        outside: whether it is listed outside of the percentage.
        role: of a sender who is not asked, as the register has it; may be empty.
    """
    by_text = {row.text: (row, standing) for row, standing in rows}
    state = member_states().get(reply.state) if reply.state else None  # type: ignore[call-overload]
    return AcknowledgementContext(
        purpose=purpose,
        circular=circular,
        reference=reply.reference,
        state_name=state.name(language) if state else reply.entity,
        received_at=reply.received_at,
        rows=()
        if purpose is Purpose.SUPPLEMENTED
        else tuple(
            _shown(
                *by_text[text.designation],
                text.former_name,
                superseded,
                asked=is_usual(circular),
            )
            for text in circular.texts
            if text.designation in by_text
        ),
        absent=tuple(
            text.designation
            for text in circular.texts
            if text.designation not in by_text and purpose is not Purpose.SUPPLEMENTED
        ),
        comments_missing=reply.comments_missing,
        reasons_missing=reply.reasons_missing,
        attachments=tuple(each.filename or each.part for each in attachments),
        decided_by_person=corrected,
        iso2=state.iso2 if state else None,
        open=circular.in_time(now),
        outside=outside,
        capacity=_capacity(role),
    )


def _capacity(role: str) -> Capacity | None:
    """What the register calls "Sector Member"; None for any role that is no such."""
    written = role.strip().lower().replace(" ", "_")
    return Capacity(written) if written in set(Capacity) else None


def _shown(
    row: TextOpinion,
    standing: Standing,
    former_name: str | None,
    superseded: frozenset[str],
    *,
    asked: bool,
) -> RowShown:
    # What waits for a person is under review, however plainly it was read.
    clear = row.status is Status.CLEAR and standing is not Standing.PENDING
    under_review = row.status is Status.AMBIGUOUS or standing is Standing.PENDING
    return RowShown(
        text=row.text,
        former_name=former_name,
        status=Status.AMBIGUOUS if under_review and not clear else row.status,
        opinion=row.opinion if clear else None,
        comments=row.comments if clear else None,
        comments_unsaid=clear and asked and row.opinion is Opinion.ASSIGNS and row.comments is None,
        superseded=row.text in superseded,
    )

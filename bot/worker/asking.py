"""What the sender of a reply is asked, from what was recorded of it."""

import datetime as dt
import textwrap
from collections.abc import Sequence

from bot.consultation.circular import Circular
from bot.consultation.opinion import Status, TextOpinion
from bot.consultation.record import Standing
from bot.letters.contexts import QuestionContext
from bot.register.states import member_states
from bot.store.messages import StoredMessage
from bot.store.replies import StoredReply


def question_on(
    message: StoredMessage,
    reply: StoredReply | None,
    rows: Sequence[tuple[TextOpinion, Standing]],
    circular: Circular,
    *,
    remark: str,
    language: str,
    now: dt.datetime,
) -> QuestionContext:
    """What the letter asks.

    Args:
        message: that is asked about.
        reply: that it holds; None: it holds none.
        rows: the last word on each text.
        circular: that it answers.
        remark: the reviewer's own words; may be empty.
        language: of the letter.
        now: after the deadline none is given.
    """
    state = member_states().get(reply.state) if reply and reply.state else None  # type: ignore[call-overload]
    return QuestionContext(
        circular=circular,
        reference=reply.reference if reply else None,
        state_name=state.name(language) if state else None,
        received_at=message.received_at,
        unclear=tuple(row.text for row, _ in rows if row.status is Status.AMBIGUOUS),
        comments_missing=reply.comments_missing if reply else (),
        reasons_missing=reply.reasons_missing if reply else (),
        no_form=reply is None,
        remark=tuple(
            # In pieces that no letter cuts short.
            tuple(textwrap.wrap(line, 250))
            for line in remark.splitlines()
            if line.strip()
        ),
        iso2=state.iso2 if state else None,
        open=circular.in_time(now),
    )

"""Lines of a record, written shortly."""

import datetime as dt

from bot.consultation.opinion import Comments, Opinion, Status, TextOpinion
from bot.consultation.record import OpinionRecord, Standing

#: Noon of a day in April 2026; replies come in so many seconds after it.
NOON = dt.datetime(2026, 4, 10, 12, tzinfo=dt.UTC)

#: A letter as a clerk would note it -> opinion, comments, status.
_MEANINGS = {
    "A": (Opinion.ASSIGNS, None, Status.CLEAR),
    "N": (Opinion.ASSIGNS, Comments.NONE, Status.CLEAR),
    "C": (Opinion.ASSIGNS, Comments.ATTACHED, Status.CLEAR),
    "D": (Opinion.DOES_NOT_ASSIGN, None, Status.CLEAR),
    "-": (None, None, Status.BLANK),
    "?": (None, None, Status.AMBIGUOUS),
}


def says(letter: str, text: str = "Y.1") -> TextOpinion:
    """What a row says: A(ssigns), N(o comments), C(omments), D(oes not assign), "-" or "?"."""
    opinion, comments, status = _MEANINGS[letter]
    return TextOpinion(text=text, opinion=opinion, comments=comments, status=status)


def line(
    seq: int,
    state: str | None,
    letter: str,
    standing: Standing = Standing.COUNTED,
    *,
    text: str = "Y.1",
    reply: int | None = None,
    received: int | None = None,
    recorded: int | None = None,
    circular: int = 106,
) -> OpinionRecord:
    """One line; its reply, time of receipt and of recording follow its place where not given."""
    return OpinionRecord(
        seq=seq,
        recorded_at=NOON + dt.timedelta(seconds=seq if recorded is None else recorded),
        reply=seq if reply is None else reply,
        circular=circular,
        state=state,
        received_at=NOON + dt.timedelta(seconds=seq if received is None else received),
        opinion=says(letter, text),
        standing=standing,
    )

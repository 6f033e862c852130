"""What a new reply would change of what stands.

One Member State, one opinion per text: the last one received stands, text by text. A change that
comes from another sender than the opinion that it would replace goes to a person first, so whoever
decides has to know which reply that opinion came with.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from bot.consultation.circular import Circular
from bot.consultation.opinion import Status, TextOpinion
from bot.consultation.record import OpinionRecord
from bot.consultation.tally import standing_opinions


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One text on which a new reply says something else than what stands.

    Attributes:
        text: designation.
        new: what the new reply says.
        standing: the record of what stands, with the reply that it came with.
    """

    text: str
    new: TextOpinion
    standing: OpinionRecord

    @property
    def old(self) -> TextOpinion:
        """What stands so far."""
        return self.standing.opinion

    @property
    def old_reply(self) -> int:
        """Id of the reply that it came with."""
        return self.standing.reply


def changes(
    circular: Circular,
    records: Iterable[OpinionRecord],
    *,
    state: str,
    opinions: Iterable[TextOpinion],
    received_at: dt.datetime,
) -> tuple[Change, ...]:
    """The texts on which a new reply would change what stands, in the order of its rows.

    The same opinion said again changes nothing; a blank or ambiguous row takes nothing's place;
    neither does a reply received before the one that stands.

    Args:
        circular: which consultation.
        records: what is recorded so far, the new reply's own lines not among them.
        state: whose reply it is.
        opinions: the rows of the new reply.
        received_at: when our server received it. Within the same second it comes last.
    """
    standing = standing_opinions(circular, records)
    found = []
    for new in opinions:
        old = standing.get((state, new.text))
        if (
            old is not None
            and new.status is Status.CLEAR
            and received_at >= old.received_at
            and (new.opinion, new.comments) != (old.opinion.opinion, old.opinion.comments)
        ):
            found.append(Change(text=new.text, new=new, standing=old))
    return tuple(found)

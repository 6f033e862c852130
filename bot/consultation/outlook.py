"""The threshold of Resolution 1, 9.4, and whether what is pending can still turn it.

With `margin` = 100 x support - 70 x replies the threshold is met where the margin is not negative,
and so it is with no replies at all. An opinion in favour adds 30 to it, one against takes 70 away.
"""

from collections.abc import Collection
from typing import Final

from bot.consultation.opinion import Opinion
from bot.consultation.record import OpinionRecord

#: Resolution 1, 9.4, in whole per cent.
THRESHOLD_PER_CENT: Final = 70
_FOR: Final = 100 - THRESHOLD_PER_CENT
_AGAINST: Final = -THRESHOLD_PER_CENT


def threshold_met(support: int, replies: int) -> bool:
    """Resolution 1, 9.4, in whole numbers: no replies at all, or 70 per cent or more of them."""
    return support * 100 >= THRESHOLD_PER_CENT * replies


def is_decided(standing: Collection[OpinionRecord], pending: Collection[OpinionRecord]) -> bool:
    """Whether the outcome for one text is the same however all that is pending is settled.

    A pending reply of a known Member State ends as its opinion, either way, or as none. One of
    which nobody knows whose it is may be of a Member State that has not replied, or take the place
    of an opinion that stands and was received before it, which turns more than a new one does.

    Args:
        standing: one record per Member State.
        pending: those that could stand once settled; several of one Member State end as one.
    """
    known = {each.state for each in pending if each.state is not None}
    unknown = [each for each in pending if each.state is None]
    fixed = [each for each in standing if each.state not in known]
    in_favour = [each for each in fixed if each.opinion.opinion is Opinion.ASSIGNS]
    against = [each for each in fixed if each.opinion.opinion is Opinion.DOES_NOT_ASSIGN]
    margin = _FOR * len(in_favour) + _AGAINST * len(against)
    turned_down = _replaceable(in_favour, unknown)
    turned_up = _replaceable(against, unknown)
    worst = (
        margin
        + _AGAINST * (len(known) + len(unknown) - turned_down)
        + (_AGAINST - _FOR) * turned_down
    )
    best = margin + _FOR * (len(known) + len(unknown) - turned_up) + (_FOR - _AGAINST) * turned_up
    return (worst >= 0) == (best >= 0)


def _replaceable(standing: Collection[OpinionRecord], later: Collection[OpinionRecord]) -> int:
    """How many standing opinions can be replaced at once, each by a reply received after it."""
    count = 0
    waiting = sorted((each.received_at, each.reply) for each in standing)
    for place in sorted((each.received_at, each.reply) for each in later):
        if count < len(waiting) and waiting[count] < place:
            count += 1
    return count

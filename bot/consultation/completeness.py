"""Whether a reply brings what it announces: comments and reasons (Resolution 1, 9.4).

What is missing does not undo an opinion: the acknowledgement asks for it and the digest lists it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.consultation.opinion import Comments, Opinion, Status, TextOpinion


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What a reply announces and does not bring.

    Attributes:
        comments: designations whose comments are said to be attached.
        reasons: designations not assigned, for which reasons are due.
    """

    comments: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.comments or self.reasons)


def missing(opinions: Iterable[TextOpinion], *, explained: Iterable[Collection[str]]) -> Missing:
    """What a reply still owes.

    Args:
        opinions: its rows; those that are not clear owe nothing yet.
        explained: for each attachment beside the form, and each remark in the message or the form,
            the designations that it names; one that names none speaks of all.
    """
    served = [frozenset(texts) for texts in explained]
    of_all = any(not texts for texts in served)
    named = frozenset[str]().union(*served)
    owing = [
        each
        for each in opinions
        if each.status is Status.CLEAR and not of_all and each.text not in named
    ]
    return Missing(
        comments=tuple(each.text for each in owing if each.comments is Comments.ATTACHED),
        reasons=tuple(each.text for each in owing if each.opinion is Opinion.DOES_NOT_ASSIGN),
    )

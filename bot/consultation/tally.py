"""The tally: per draft text, who stands where, and whether consideration may proceed.

Resolution 1 (WTSA), 9.4: consideration of the approval may proceed if 70 per cent or more of the
replies support it, or if there are no replies.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.consultation.circular import Circular
from bot.consultation.opinion import Comments, Opinion, Status
from bot.consultation.outlook import THRESHOLD_PER_CENT, is_decided, threshold_met
from bot.consultation.record import OpinionRecord, Standing, as_of

__all__ = [
    "THRESHOLD_PER_CENT",
    "CircularTally",
    "TextTally",
    "standing_opinions",
    "tally",
    "threshold_met",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTally:
    """Where one text stands.

    Attributes:
        text: designation.
        assigns, does_not_assign: Member States whose standing opinion it is.
        with_comments: those of `assigns` that have comments attached.
        blank: Member States that replied, left this row blank and have no standing opinion on it.
        pending: Member States (or senders not yet known) whose opinion waits for a person.
        threshold_met: whether consideration may proceed as it stands.
        decided: whether no outcome of what is pending can change `threshold_met`; late replies
            count as settled unless somebody admits them.
    """

    text: str
    assigns: int
    does_not_assign: int
    with_comments: int
    blank: int
    pending: int
    threshold_met: bool
    decided: bool

    @property
    def replies(self) -> int:
        """Member States with a standing opinion."""
        return self.assigns + self.does_not_assign

    @property
    def share(self) -> float | None:
        """Support by replies, 0 to 1; None where there is no reply (which the threshold lets pass)."""
        return self.assigns / self.replies if self.replies else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CircularTally:
    """Where a consultation stands.

    Attributes:
        circular: name, "TSB Circular 106".
        number: 106.
        as_of: the moment that it shows, UTC.
        deadline: UTC.
        texts: in the circular's order.
        replied: Member States with at least one standing opinion, sorted.
        pending: Member States with something waiting for a person, sorted.
        late: Member States that replied late and of which nothing counts, sorted.
        not_counted: replies from those who are not asked.
        unknown: replies that wait because nobody knows whose they are.
        observers: entities outside of the percentage that replied (PSE), sorted.
    """

    circular: str
    number: int
    as_of: dt.datetime
    deadline: dt.datetime
    texts: tuple[TextTally, ...]
    replied: tuple[str, ...]
    pending: tuple[str, ...]
    late: tuple[str, ...]
    not_counted: int
    unknown: int
    observers: tuple[str, ...]


def standing_opinions(
    circular: Circular, records: Iterable[OpinionRecord], moment: dt.datetime | None = None
) -> dict[tuple[str, str], OpinionRecord]:
    """(Member State, designation) -> the record that stands: the last one received, text by text.

    A row left blank or waiting for a person never takes the place of an earlier opinion. Between
    replies received in the same second the one that was recorded later stands.
    """
    standing: dict[tuple[str, str], OpinionRecord] = {}
    for record in sorted(as_of(records, moment), key=lambda each: (each.received_at, each.reply)):
        if (
            record.circular == circular.number
            and record.standing is Standing.COUNTED
            and record.state is not None
            and record.opinion.status is Status.CLEAR
            and record.opinion.opinion is not None
        ):
            standing[record.state, record.text] = record
    return standing


def tally(
    circular: Circular,
    records: Iterable[OpinionRecord],
    *,
    moment: dt.datetime,
    observers: Collection[str] = (),
) -> CircularTally:
    """Counts a consultation as of a moment.

    Args:
        circular: which one; records of others are passed over.
        records: the append-only record, in any order.
        moment: what was recorded later is not looked at.
        observers: ISO codes that are recorded and shown, but do not enter the percentage.
    """
    texts = {text.designation for text in circular.texts}
    known = [
        each
        for each in as_of(records, moment)
        if each.circular == circular.number and each.text in texts
    ]
    standing = standing_opinions(circular, known)
    voters = {state for state, _ in standing if state not in observers}
    waiting = [each for each in known if each.standing is Standing.PENDING]
    counted = {each.state for each in known if each.standing is Standing.COUNTED and each.state}
    return CircularTally(
        circular=circular.name,
        number=circular.number,
        as_of=moment,
        deadline=circular.deadline,
        texts=tuple(
            _text_tally(text.designation, standing, known, observers) for text in circular.texts
        ),
        replied=tuple(sorted(voters)),
        pending=tuple(sorted({e.state for e in waiting if e.state and e.state not in observers})),
        late=tuple(
            sorted(
                {each.state for each in known if each.standing is Standing.LATE and each.state}
                - counted
            )
        ),
        not_counted=len({each.reply for each in known if each.standing is Standing.NOT_COUNTED}),
        unknown=len({each.reply for each in waiting if each.state is None}),
        observers=tuple(sorted({state for state, _ in standing if state in observers})),
    )


def _text_tally(
    text: str,
    standing: dict[tuple[str, str], OpinionRecord],
    known: list[OpinionRecord],
    observers: Collection[str],
) -> TextTally:
    opinions = {
        state: record.opinion
        for (state, designation), record in standing.items()
        if designation == text and state not in observers
    }
    of_text = [each for each in known if each.text == text and each.state not in observers]
    assigns = sum(each.opinion is Opinion.ASSIGNS for each in opinions.values())
    denies = len(opinions) - assigns
    blank = {
        each.state
        for each in of_text
        if each.standing is Standing.COUNTED
        and each.opinion.status is Status.BLANK
        and each.state is not None
    } - set(opinions)
    waiting = [
        each
        for each in of_text
        if each.standing is Standing.PENDING and _could_stand(each, standing)
    ]
    return TextTally(
        text=text,
        assigns=assigns,
        does_not_assign=denies,
        with_comments=sum(each.comments is Comments.ATTACHED for each in opinions.values()),
        blank=len(blank),
        pending=len({each.state or each.reply for each in waiting}),
        threshold_met=threshold_met(assigns, assigns + denies),
        decided=is_decided(
            [
                record
                for (_, name), record in standing.items()
                if name == text and record.state not in observers
            ],
            waiting,
        ),
    )


def _could_stand(pending: OpinionRecord, standing: dict[tuple[str, str], OpinionRecord]) -> bool:
    """Whether a pending record, once settled, would be the last word of its Member State."""
    other = standing.get((pending.state, pending.text)) if pending.state else None
    return other is None or (pending.received_at, pending.reply) > (other.received_at, other.reply)

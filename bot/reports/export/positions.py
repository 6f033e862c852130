"""Where each Member State is on each text: the matrix of states and texts, from the record."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from bot.consultation.circular import Circular
from bot.consultation.opinion import Status
from bot.consultation.record import OpinionRecord, Standing
from bot.consultation.tally import standing_opinions
from bot.register.register import Register
from bot.reports.export.content import Basis, Position, ReplyResult, StateResult

#: What is said of a Member State that nothing stands of, by what its replies are worth.
_WITHOUT_ROW = {Standing.PENDING: Basis.PENDING, Standing.COUNTED: Basis.NOT_ANSWERED}


@dataclass(slots=True)
class _Heard:
    """What there is of one Member State besides what stands.

    Attributes:
        rows: designation -> its records.
        replies: those that have not been rejected.
    """

    rows: defaultdict[str, list[OpinionRecord]] = field(default_factory=lambda: defaultdict(list))
    replies: list[ReplyResult] = field(default_factory=list)


def state_results(
    circular: Circular,
    known: Iterable[OpinionRecord],
    replies: Mapping[int, ReplyResult],
    *,
    register: Register,
    observers: Collection[str],
) -> tuple[StateResult, ...]:
    """Every Member State with its places, by region and name.

    Args:
        circular: whose texts.
        known: the last word on each reply and text.
        replies: by id.
        register: who there is.
        observers: ISO codes outside of the percentage.
    """
    known = list(known)
    standing = standing_opinions(circular, known)
    heard: defaultdict[str, _Heard] = defaultdict(_Heard)
    for record in known:
        if record.state and record.reply in replies and record.standing is not Standing.REJECTED:
            heard[record.state].rows[record.text].append(record)
    for reply in replies.values():
        if reply.iso3 and reply.standing is not Standing.REJECTED:
            heard[reply.iso3].replies.append(reply)
    results = [
        StateResult(
            iso3=code,
            name=state.name(),
            region=state.region,
            counts=code not in observers,
            positions=tuple(
                _position(
                    text.designation,
                    standing.get((code, text.designation)),
                    heard.get(code, _Heard()),
                    replies,
                )
                for text in circular.texts
            ),
        )
        for code, state in register.states.items()
    ]
    return tuple(sorted(results, key=lambda each: (each.region, each.name)))


def _position(
    text: str,
    stands: OpinionRecord | None,
    heard: _Heard,
    replies: Mapping[int, ReplyResult],
) -> Position:
    rows = heard.rows.get(text, [])
    pending = _last(each for each in rows if each.standing is Standing.PENDING)
    if stands is not None:
        return Position(
            text=text,
            basis=Basis.STANDING,
            opinion=stands.opinion.opinion,
            comments=stands.opinion.comments,
            reference=replies[stands.reply].reference if stands.reply in replies else None,
            received_at=stands.received_at,
            change_pending=pending is not None and _place(pending) > _place(stands),
        )
    blank = _last(
        each
        for each in rows
        if each.standing is Standing.COUNTED and each.opinion.status is Status.BLANK
    )
    late = _last(each for each in rows if each.standing is Standing.LATE)
    for record, basis in ((pending, Basis.PENDING), (blank, Basis.BLANK), (late, Basis.LATE)):
        if record is not None:
            return _resting(text, basis, replies[record.reply])
    if heard.replies:
        # A reply without this row: what its replies are worth says why nothing stands.
        reply = min(heard.replies, key=lambda each: _RANK.get(each.standing, len(_RANK)))
        return _resting(text, _WITHOUT_ROW.get(reply.standing, Basis.LATE), reply)
    return Position(text=text, basis=Basis.NO_REPLY)


_RANK = {standing: place for place, standing in enumerate(_WITHOUT_ROW)}


def _resting(text: str, basis: Basis, reply: ReplyResult) -> Position:
    return Position(
        text=text, basis=basis, reference=reply.reference, received_at=reply.received_at
    )


def _last(records: Iterable[OpinionRecord]) -> OpinionRecord | None:
    return max(records, key=_place, default=None)


def _place(record: OpinionRecord) -> tuple[object, ...]:
    return record.received_at, record.reply

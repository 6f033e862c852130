"""From the record to what an export says; nothing here asks a clock, a database or a disk."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.consultation.arrivals import arrivals
from bot.consultation.circular import Circular
from bot.consultation.closing import ClosingReport, amendments
from bot.consultation.opinion import Comments, Opinion
from bot.consultation.record import DecidedOpinion, OpinionRecord, Standing, as_of
from bot.consultation.tally import TextTally, standing_opinions, tally
from bot.letters.reasons import reasons as reasons_in_words
from bot.register.member_state import Iso3
from bot.register.register import Register
from bot.reports.coverage import coverage
from bot.reports.export.content import (
    AmendmentResult,
    Basis,
    ContactResult,
    EnclosedFile,
    HeldMessage,
    ReplyResult,
    Results,
    Row,
    SilentState,
    StateResult,
    TextResult,
    Words,
)
from bot.reports.export.contributions import contributions, other_contributions
from bot.reports.export.placing import Apart, places
from bot.reports.export.positions import state_results
from bot.store.attachments import StoredAttachment
from bot.store.replies import StoredReply

#: What a reply is worth as a whole: the first of these that one of its rows is worth.
_WHOLE = (
    Standing.PENDING,
    Standing.COUNTED,
    Standing.LATE,
    Standing.NOT_COUNTED,
    Standing.REJECTED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The words of one reply.

    Attributes:
        words: of form and message.
        unread: why the message could not be opened, one line; None where it could.
    """

    words: tuple[Words, ...] = ()
    unread: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the store has of a circular.

    Attributes:
        records: the append-only record.
        replies: every reply, the first received first.
        files: the attachments of all of them.
        messages: id of a message -> its SHA-256.
        written: id of a reply -> its words.
        held: messages that wait and are no circular's.
        bounced: addresses that letters come back from.
        closing: the report that was frozen at the deadline; None where there is none.
        decided: the record with who and why, for what was amended since.
    """

    records: Sequence[OpinionRecord]
    replies: Sequence[StoredReply]
    files: Sequence[StoredAttachment]
    messages: Mapping[int, str]
    written: Mapping[int, Written]
    held: Sequence[HeldMessage]
    bounced: Collection[str]
    closing: ClosingReport | None = None
    decided: Sequence[DecidedOpinion] = ()


_NOTHING = Written()


def results_of(
    circular: Circular,
    record: Record,
    *,
    register: Register,
    observers: Collection[str],
    moment: dt.datetime,
) -> Results:
    """What an export says of a circular as of a moment.

    The opinions are those of the moment. What the store keeps of a reply besides them (its
    reference, what is missing) is shown as it is now.
    """
    texts = {text.designation: place for place, text in enumerate(circular.texts)}
    known = [
        each
        for each in as_of(record.records, moment)
        if each.circular == circular.number and each.text in texts
    ]
    replies = _replies(circular, record, known, register=register, moment=moment)
    states = state_results(circular, known, replies, register=register, observers=observers)
    counted = tally(circular, known, moment=moment, observers=observers)
    shown = tuple(replies.values())
    results = tuple(
        _text(circular, each, place, states, shown) for place, each in enumerate(counted.texts)
    )
    by_text = [each for text in results for each in text.contributions]
    return Results(
        circular=circular,
        as_of=moment,
        tally=counted,
        texts=results,
        others=other_contributions(shown, by_text),
        replies=shown,
        states=states,
        silent=tuple(
            _silent(each, register, record.bounced)
            for each in states
            if each.counts and not each.answered
        ),
        held=tuple(record.held),
        arrivals=arrivals(circular, record.records, moment=moment, observers=observers),
        regions=coverage(counted, observers=observers),
        closing=record.closing if _is_known(record.closing, moment) else None,
        amendments=_amendments(circular, record, replies, moment),
    )


def _is_known(closing: ClosingReport | None, moment: dt.datetime) -> bool:
    return closing is not None and closing.tally.as_of <= moment


def _amendments(
    circular: Circular, record: Record, replies: Mapping[int, ReplyResult], moment: dt.datetime
) -> tuple[AmendmentResult, ...]:
    if record.closing is None or not _is_known(record.closing, moment):
        return ()
    found = amendments(circular, record.decided, record.closing, moment=moment)
    return tuple(
        AmendmentResult(
            amendment=each,
            name=replies[each.reply].name if each.reply in replies else "",
            reference=replies[each.reply].reference if each.reply in replies else "",
        )
        for each in found
    )


def _replies(
    circular: Circular,
    record: Record,
    known: Sequence[OpinionRecord],
    *,
    register: Register,
    moment: dt.datetime,
) -> dict[int, ReplyResult]:
    """Id -> the reply, for those that were recorded by then, the first received first."""
    rows: defaultdict[int, list[OpinionRecord]] = defaultdict(list)
    for each in known:
        rows[each.reply].append(each)
    there = [each for each in record.replies if each.recorded_at <= moment]
    worth = {each.id: _standing(each, rows[each.id], moment) for each in there}
    standing = {each.seq for each in standing_opinions(circular, known).values()}
    apart = {each.id: _apart(worth[each.id], rows[each.id], standing) for each in there}
    files = _files(circular, record, there, apart)
    order = {text.designation: place for place, text in enumerate(circular.texts)}
    results = {}
    for reply in there:
        own = sorted(rows[reply.id], key=lambda each: order[each.text])
        written = record.written.get(reply.id, _NOTHING)
        # Whose it is may have been settled since: the record knows whose it was taken for then.
        iso3 = own[-1].state if own else reply.state
        state = register.states.get(Iso3(iso3)) if iso3 else None
        waits = worth[reply.id] is Standing.PENDING
        results[reply.id] = ReplyResult(
            reference=reply.reference,
            iso3=iso3,
            name=(state.name() if state else iso3) or reply.entity or "",
            received_at=reply.received_at,
            sender=reply.sender,
            language=reply.language,
            standing=worth[reply.id],
            rows=tuple(_row(each, stands=each.seq in standing) for each in own),
            reasons=reasons_in_words(reply.reasons) if waits else (),
            comments_missing=reply.comments_missing,
            reasons_missing=reply.reasons_missing,
            files=tuple(files[reply.id]),
            words=written.words,
            unread=written.unread,
        )
    return results


def _row(record: OpinionRecord, *, stands: bool) -> Row:
    waits = record.standing is Standing.PENDING
    return Row(
        opinion=record.opinion,
        standing=record.standing,
        stands=stands,
        reasons=reasons_in_words(record.opinion.reasons) if waits else (),
    )


def _standing(reply: StoredReply, rows: Sequence[OpinionRecord], moment: dt.datetime) -> Standing:
    if rows:
        worth = {each.standing for each in rows}
        return next(each for each in _WHOLE if each in worth)
    if reply.settled_at is not None and reply.settled_at > moment:
        return Standing.PENDING
    return reply.standing


def _apart(worth: Standing, rows: Sequence[OpinionRecord], standing: set[int]) -> Apart | None:
    """Why a reply's attachments do not go to the meeting; None where they do."""
    if any(each.seq in standing for each in rows):
        return None
    match worth:
        case Standing.COUNTED:
            return Apart.SUPERSEDED if any(each.opinion.opinion for each in rows) else None
        case Standing.PENDING:
            return Apart.UNDER_REVIEW
        case Standing.LATE:
            return Apart.LATE
        case Standing.NOT_COUNTED:
            return Apart.NOT_COUNTED
        case Standing.REJECTED:
            return Apart.NOT_A_REPLY


def _files(
    circular: Circular,
    record: Record,
    replies: Sequence[StoredReply],
    apart: Mapping[int, Apart | None],
) -> defaultdict[int, list[EnclosedFile]]:
    """Id of a reply -> its attachments, each with its place; placed in the order of references."""
    by_id = {each.id: each for each in replies}
    files = [each for each in record.files if each.reply_id in by_id]
    ordered = sorted(
        files,
        key=lambda each: (
            by_id[each.reply_id].state or "",
            by_id[each.reply_id].ordinal,
            each.id,
        ),
    )
    placed = places(
        circular,
        ((each, by_id[each.reply_id].reference, apart[each.reply_id]) for each in ordered),
    )
    found: defaultdict[int, list[EnclosedFile]] = defaultdict(list)
    for each in files:
        found[each.reply_id].append(
            EnclosedFile(
                id=each.id,
                part=each.part,
                message=record.messages.get(by_id[each.reply_id].message_id, ""),
                filename=each.filename,
                place=placed[each.id],
                size=each.size,
                sha256=each.sha256,
                format=each.format,
                texts=each.texts,
            )
        )
    return found


def _text(
    circular: Circular,
    counted: TextTally,
    place: int,
    states: Sequence[StateResult],
    replies: Sequence[ReplyResult],
) -> TextResult:
    here = sorted(((each, each.positions[place]) for each in states), key=lambda pair: pair[0].name)
    inside = [pair for pair in here if pair[0].counts]

    def named(opinion: Opinion, *, commented: bool = False) -> tuple[str, ...]:
        return tuple(
            state.name
            for state, position in inside
            if position.opinion is opinion and (position.comments is Comments.ATTACHED) is commented
        )

    return TextResult(
        draft=circular.texts[place],
        tally=counted,
        assigns=named(Opinion.ASSIGNS),
        with_comments=named(Opinion.ASSIGNS, commented=True),
        does_not_assign=named(Opinion.DOES_NOT_ASSIGN),
        pending=tuple(
            state.name if position.basis is Basis.PENDING else f"{state.name} (a change)"
            for state, position in inside
            if position.basis is Basis.PENDING or position.change_pending
        ),
        blank=tuple(state.name for state, position in inside if position.basis is Basis.BLANK),
        outside=tuple(
            (state.name, position.opinion)
            for state, position in here
            if not state.counts and position.opinion is not None
        ),
        contributions=contributions(circular.texts[place].designation, replies),
    )


def _silent(state: StateResult, register: Register, bounced: Collection[str]) -> SilentState:
    contacts = {
        each.email: ContactResult(
            name=each.name,
            email=each.email,
            role=each.role,
            focal_point=each.focal_point,
            bounced=each.email.lower() in bounced,
        )
        for each in register.contacts_of(Iso3(state.iso3))
        if each.email
    }
    return SilentState(
        iso3=state.iso3,
        name=state.name,
        region=state.region,
        # Focal points first: reminders go there.
        contacts=tuple(sorted(contacts.values(), key=lambda each: not each.focal_point)),
    )

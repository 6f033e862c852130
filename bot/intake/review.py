"""A person's decision on a reply: the same effects whether it is taken on the page or in the terminal."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.consultation.circular import Circular
from bot.consultation.opinion import Comments, Opinion, Status, TextOpinion
from bot.consultation.record import Standing
from bot.errors import ReviewError


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a person says of one row.

    Attributes:
        opinion: None: no box of it is ticked.
        comments: of one that assigns authority; None where it is not said.
    """

    opinion: Opinion | None
    comments: Comments | None = None


#: How a verdict is written: `--set Y.4241=assigns,none`.
VERDICTS: Mapping[str, Verdict] = {
    "assigns,none": Verdict(opinion=Opinion.ASSIGNS, comments=Comments.NONE),
    "assigns,attached": Verdict(opinion=Opinion.ASSIGNS, comments=Comments.ATTACHED),
    "assigns": Verdict(opinion=Opinion.ASSIGNS),
    "does_not_assign": Verdict(opinion=Opinion.DOES_NOT_ASSIGN),
    "blank": Verdict(opinion=None),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDecision:
    """What a person decides on one reply; several at once where they go together.

    Attributes:
        accept: everything stands as it was read.
        rows: designation -> what the row says.
        state: ISO 3166-1 alpha-3 of the Member State that it is from.
        reject: it is no reply, a duplicate, or from one who is not entitled.
        admit: the reason for which a late reply counts after all; None: not admitted.
        circular: number, for a message that holds no reply yet; None: the only one.
        register: whether its sender becomes a contact of that Member State in the register.
        why: a remark for the record; may be empty.
    """

    accept: bool = False
    rows: Mapping[str, Verdict] = field(default_factory=dict)
    state: str | None = None
    reject: bool = False
    admit: str | None = None
    circular: int | None = None
    register: bool = False
    why: str = ""

    @property
    def words(self) -> str:
        """What was decided, for the audit trail."""
        said = []
        if self.accept:
            said.append("accepted as read")
        said += [f"{text} set to {written(verdict)}" for text, verdict in self.rows.items()]
        if self.state:
            said.append(f"from {self.state}")
        if self.register:
            said.append("sender added to the register")
        if self.reject:
            said.append("rejected")
        if self.admit is not None:
            said.append(f"admitted: {self.admit}")
        if self.why:
            said.append(self.why)
        return "; ".join(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderReview:
    """A reply as it stands before the decision.

    Attributes:
        reference: for errors.
        state: None while nobody knows.
        standing: of the whole.
        rows: the last word on each text.
        received_at: when our server received it; None: `standing` alone says whether it was late.
    """

    reference: str
    state: str | None
    standing: Standing
    rows: tuple[tuple[TextOpinion, Standing], ...]
    received_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What a decision comes to.

    Attributes:
        state: whose it is now.
        rows: to be appended to the record: only those that change; none where the same was decided
            before.
        standing: of the whole from now on.
        settled: whether nothing waits any more.
        confirm: whether the sender is to be told: once for each change.
        corrected: whether a row says something else than was read.
    """

    state: str | None
    rows: tuple[tuple[TextOpinion, Standing], ...]
    standing: Standing
    settled: bool
    confirm: bool
    corrected: bool


def parse_verdict(text: str) -> tuple[str, Verdict]:
    """Takes "Y.4241=assigns,none" apart.

    Raises:
        ReviewError: it is not written so.
    """
    designation, equals, value = text.partition("=")
    verdict = VERDICTS.get(value.strip().lower().replace("-", "_").replace(" ", ""))
    if not equals or not designation.strip() or verdict is None:
        raise ReviewError(
            f'"{text}" is no row of a reply',
            mend=f"write Y.4241=VALUE, with VALUE one of {' | '.join(VERDICTS)}",
        )
    return designation.strip(), verdict


def written(verdict: Verdict) -> str:
    """The verdict as `--set` takes it."""
    return next(
        (name for name, each in VERDICTS.items() if each == verdict), verdict.opinion or "blank"
    )


def settle(
    reply: UnderReview, decision: ReviewDecision, circular: Circular, states: Sequence[str]
) -> Settlement:
    """Applies a decision.

    Args:
        reply: as it stands.
        decision: what a person says.
        circular: that the reply answers.
        states: codes of all Member States (and observers).

    Raises:
        ReviewError: it cannot be taken as asked; says what is missing.
    """
    if decision.state is not None and decision.state not in states:
        raise ReviewError(
            f'"{decision.state}" is no Member State', mend="give its ISO 3166 code, as CHE"
        )
    for text in decision.rows:
        if circular.text(text) is None:
            known = ", ".join(each.designation for each in circular.texts)
            raise ReviewError(f"{circular.name} has no text {text}", mend=f"its texts are {known}")
    if decision.reject:
        if decision.accept or decision.rows or decision.admit is not None:
            raise ReviewError("a reply is either rejected or accepted", mend="give --reject alone")
        return _rejected(reply, decision)
    if not (decision.accept or decision.rows or decision.state or decision.admit is not None):
        raise ReviewError(
            f"nothing was decided on {reply.reference}",
            mend="give --accept, --set, --state, --admit or --reject",
        )
    return _accepted(reply, decision, circular)


def _rejected(reply: UnderReview, decision: ReviewDecision) -> Settlement:
    state = decision.state or reply.state
    return Settlement(
        state=state,
        rows=tuple(
            (row, Standing.REJECTED)
            for row, standing in reply.rows
            if standing is not Standing.REJECTED or state != reply.state
        ),
        standing=Standing.REJECTED,
        settled=True,
        confirm=False,
        corrected=False,
    )


def _accepted(reply: UnderReview, decision: ReviewDecision, circular: Circular) -> Settlement:
    state = decision.state or reply.state
    if state is None:
        raise ReviewError(
            f"nobody knows which Member State {reply.reference} is from",
            mend="say it with --state, as --state CHE",
        )
    late = _is_late(reply, circular)
    if decision.admit is not None and not late:
        raise ReviewError(f"{reply.reference} did not come late", mend="give --accept instead")
    if decision.admit is not None and not decision.admit.strip():
        raise ReviewError("a late reply is admitted for a reason", mend='give it: --admit "reason"')
    worth = Standing.LATE if late and decision.admit is None else Standing.COUNTED
    before = {row.text: (row, standing) for row, standing in reply.rows}
    rows: list[tuple[TextOpinion, Standing]] = []
    waiting: list[str] = []
    corrected = False
    for text in circular.texts:
        known = before.get(text.designation)
        if text.designation in decision.rows:
            row = _as_said(text.designation, decision.rows[text.designation])
            corrected = corrected or known is None or not _same(known[0], row)
            after = (row, worth)
        elif known is None:
            continue
        elif known[0].status is not Status.AMBIGUOUS:
            # What was read for certain stands once the doubts about the whole are settled.
            after = (replace(known[0], reasons=()), worth)
        elif worth is Standing.LATE:
            # It counts for nothing, whatever it says: nobody has to find out.
            after = (known[0], worth)
        else:
            waiting.append(text.designation)
            after = (known[0], Standing.PENDING)
        if known is None or state != reply.state or not _is_settled(known, after):
            rows.append(after)
    if waiting and (decision.accept or decision.admit is not None):
        raise ReviewError(
            f"nobody has read {', '.join(waiting)} of {reply.reference}",
            mend=f"say what is ticked, as --set {waiting[0]}=assigns,none (or =blank)",
        )
    if not before and not rows:
        raise ReviewError(
            f"{reply.reference} has no row to accept",
            mend="say what it says, as --set Y.4241=assigns,none, or --reject it",
        )
    standing = Standing.PENDING if waiting else worth
    changed = bool(rows) or standing is not reply.standing
    return Settlement(
        state=state,
        rows=tuple(rows),
        standing=standing,
        settled=not waiting,
        confirm=changed and not waiting and worth is Standing.COUNTED,
        corrected=corrected,
    )


def _is_late(reply: UnderReview, circular: Circular) -> bool:
    """Whether it has to be admitted to count; one that was admitted stays so."""
    if reply.standing is Standing.LATE:
        return True
    came_late = reply.received_at is not None and not circular.in_time(reply.received_at)
    return came_late and not any(standing is Standing.COUNTED for _, standing in reply.rows)


def _is_settled(before: tuple[TextOpinion, Standing], after: tuple[TextOpinion, Standing]) -> bool:
    """Whether the record says already what was decided, as far as anybody can see."""
    same = _same(before[0], after[0]) and before[0].reasons == after[0].reasons
    return same and before[1] is after[1]


def _as_said(text: str, verdict: Verdict) -> TextOpinion:
    return TextOpinion(
        text=text,
        opinion=verdict.opinion,
        comments=verdict.comments if verdict.opinion is Opinion.ASSIGNS else None,
        status=Status.BLANK if verdict.opinion is None else Status.CLEAR,
    )


def _same(one: TextOpinion, other: TextOpinion) -> bool:
    return (one.opinion, one.comments, one.status) == (other.opinion, other.comments, other.status)

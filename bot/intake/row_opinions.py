"""What a row says by the table of opinions, and what two forms together say of one text."""

from collections.abc import Iterable
from dataclasses import replace

from bot.consultation.circular import Circular
from bot.consultation.opinion import Status, TextOpinion
from bot.intake.reasons import Reason
from parsers.designation import same_name
from parsers.reading import Doubt, Mark, RowReading


def row_opinion(row: RowReading, circular: Circular) -> TextOpinion:
    """What a row says, by the table of opinions; doubtful ones say nothing."""
    text = circular.text(row.designation)
    reasons = [doubt.value for doubt in row.doubts]
    if (
        text is not None
        and row.former_name is not None
        and (text.former_name is None or not same_name(row.former_name, text.former_name))
        and not same_name(row.former_name, row.designation)
    ):
        reasons.append(Reason.FORMER_NAME_DIFFERS.value)
    boxes = dict(row.boxes)
    roles = circular.question.roles
    if not reasons and (set(boxes) != set(roles) or len(row.boxes) != len(roles)):
        reasons.append(Doubt.BOX_COUNT.value)
    if not reasons and any(box.mark is Mark.DOUBTFUL for box in boxes.values()):
        reasons.append(Doubt.AMBIGUOUS_MARK.value)
    if not reasons:
        marked = {role for role, box in row.boxes if role and box.mark is Mark.MARKED}
        said = circular.question.meaning(marked)
        if said.status is not Status.AMBIGUOUS:
            return TextOpinion(
                text=row.designation,
                opinion=said.opinion,
                comments=said.comments,
                status=said.status,
                confidence=row.confidence,
            )
        reasons = [Reason.CONTRADICTION.value]
    return replace(undecided(row.designation, reasons), confidence=row.confidence)


def together(one: TextOpinion, other: TextOpinion) -> TextOpinion:
    """Two forms on one text: they agree, one was left blank, or a person has to choose."""
    if one.status is Status.BLANK:
        return other
    if other.status is Status.BLANK:
        return one
    same = (one.opinion, one.comments, one.status) == (other.opinion, other.comments, other.status)
    if same and one.status is Status.CLEAR:
        return replace(one, confidence=min(one.confidence, other.confidence))
    return undecided(one.text, (*one.reasons, *other.reasons, Reason.FORMS_DIFFER.value))


def undecided(text: str, reasons: Iterable[str]) -> TextOpinion:
    """A row of which nothing can be said without a person."""
    return TextOpinion(
        text=text,
        opinion=None,
        comments=None,
        status=Status.AMBIGUOUS,
        reasons=tuple(dict.fromkeys(reasons)),
        confidence=0.0,
    )

"""From what the parts of a message say to what the message claims of each circular."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.consultation.circular import Circular
from bot.consultation.opinion import Status, TextOpinion, opinion_of
from bot.intake.part_reading import UNREAD, Nature, PartReading
from bot.intake.reasons import Reason
from parsers.designation import same_name
from parsers.reading import BoxRole, FormReading, Mark, RowReading


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a message says of one circular.

    Attributes:
        circular: which.
        rows: texts of the circular that a form has, in the circular's order.
        reasons: doubts of the whole; the rows have their own.
        language: of the form.
        letter: the text round the forms, for the Administration.
        remarks: what was written under the table.
        forms: the parts that are its forms.
    """

    circular: Circular
    rows: tuple[TextOpinion, ...]
    reasons: tuple[str, ...]
    language: str | None
    letter: str
    remarks: str
    forms: tuple[PartReading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a message says of all circulars.

    Attributes:
        claims: one per circular, in the order of the parts.
        strange: forms of circulars that are not configured.
        unread: parts that may be forms and that nobody has read.
        files: what stands beside the forms.
    """

    claims: tuple[Claim, ...]
    strange: tuple[PartReading, ...]
    unread: tuple[PartReading, ...]
    files: tuple[PartReading, ...]


def claims_of(parts: Sequence[PartReading], circulars: Sequence[Circular]) -> Claims:
    """Sorts the parts, and brings the forms of each circular together.

    Args:
        parts: every leaf of the message.
        circulars: those configured.
    """
    by_nature: dict[Nature, list[PartReading]] = {nature: [] for nature in Nature}
    for part in parts:
        by_nature[part.nature].append(part)
    forms = by_nature[Nature.FORM]
    files = by_nature[Nature.FILE]
    if forms:
        files = files + by_nature[Nature.ROWS_ONLY]
    else:
        forms = by_nature[Nature.ROWS_ONLY]
    unread = by_nature[Nature.UNREAD]
    told: dict[int, list[tuple[PartReading, tuple[str, ...]]]] = {}
    strange: list[PartReading] = []
    for part in forms:
        circular, doubts = _circular_of(part.reading, circulars)
        if circular is None:
            strange.append(part)
        else:
            told.setdefault(circular.number, []).append((part, doubts))
    by_number = {circular.number: circular for circular in circulars}
    return Claims(
        claims=tuple(_claim(by_number[number], found) for number, found in told.items()),
        strange=tuple(strange),
        unread=tuple(unread),
        files=tuple(sorted(files, key=parts.index)),
    )


def unread_claim(circular: Circular, unread: Sequence[PartReading]) -> Claim:
    """The claim of a message whose forms nobody has read: every text waits."""
    reasons = tuple(
        dict.fromkeys(
            doubt.value for part in unread for doubt in part.reading.doubts if doubt in UNREAD
        )
    )
    return waiting_claim(circular, reasons, forms=unread)


def waiting_claim(
    circular: Circular, reasons: tuple[str, ...], *, forms: Sequence[PartReading] = ()
) -> Claim:
    """A claim of which nothing can be said without a person, text by text."""
    return Claim(
        circular=circular,
        rows=tuple(
            TextOpinion(
                text=text.designation,
                opinion=None,
                comments=None,
                status=Status.AMBIGUOUS,
                reasons=reasons,
                confidence=0.0,
            )
            for text in circular.texts
        ),
        reasons=reasons,
        language=next((part.reading.language for part in forms if part.reading.language), None),
        letter="\n".join(part.reading.letter for part in forms if part.reading.letter),
        remarks="",
        forms=tuple(forms),
    )


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
    if not reasons:
        marked = {role for role, box in row.boxes if box.mark is Mark.MARKED}
        said = opinion_of(
            assigns=BoxRole.ASSIGNS in marked,
            no_comments=BoxRole.NO_COMMENTS in marked,
            comments_attached=BoxRole.COMMENTS_ATTACHED in marked,
            does_not_assign=BoxRole.DOES_NOT_ASSIGN in marked,
        )
        if said.status is not Status.AMBIGUOUS:
            return TextOpinion(
                text=row.designation,
                opinion=said.opinion,
                comments=said.comments,
                status=said.status,
                confidence=row.confidence,
            )
        reasons = [Reason.CONTRADICTION.value]
    return TextOpinion(
        text=row.designation,
        opinion=None,
        comments=None,
        status=Status.AMBIGUOUS,
        reasons=tuple(dict.fromkeys(reasons)),
        confidence=row.confidence,
    )


def _circular_of(
    reading: FormReading, circulars: Sequence[Circular]
) -> tuple[Circular | None, tuple[str, ...]]:
    """The circular whose form it is; None where it is none of those configured."""
    texts = {row.designation for row in reading.rows}
    fitting = sorted(
        (circular for circular in circulars if texts & _designations(circular)),
        key=lambda circular: (-len(texts & _designations(circular)), -circular.number),
    )
    if reading.circular_number is None:
        # The number was on a page that is not there: the texts of its rows tell it, if they can.
        if not fitting:
            return None, ()
        alike = [
            c for c in fitting if texts & _designations(c) == texts & _designations(fitting[0])
        ]
        doubts = (Reason.CIRCULAR_NOT_KNOWN.value,) if len(alike) > 1 else ()
        return fitting[0], doubts
    named = next((each for each in circulars if each.number == reading.circular_number), None)
    if named is None:
        others = [c for c in circulars if c.number in reading.circular_numbers and c in fitting]
        if others:
            # It names several, and its rows are those of one of ours.
            return others[0], (Reason.SEVERAL_CIRCULARS.value,)
        return None, ()
    if named not in fitting:
        if fitting:
            return fitting[0], (Reason.NUMBER_AND_TEXTS_DIFFER.value,)
        return named, (Reason.UNKNOWN_TEXT.value,)
    configured = {circular.number for circular in circulars}
    several = len(set(reading.circular_numbers) & configured) > 1
    return named, ((Reason.SEVERAL_CIRCULARS.value,) if several else ())


def _designations(circular: Circular) -> set[str]:
    return {text.designation for text in circular.texts}


def _claim(circular: Circular, found: Sequence[tuple[PartReading, tuple[str, ...]]]) -> Claim:
    forms = tuple(part for part, _ in found)
    reasons = [reason for _, doubts in found for reason in doubts]
    known = _designations(circular)
    said: dict[str, TextOpinion] = {}
    for form in forms:
        reasons += [doubt.value for doubt in form.reading.doubts]
        for row in form.reading.rows:
            if row.designation not in known:
                reasons.append(Reason.UNKNOWN_TEXT.value)
                continue
            opinion = row_opinion(row, circular)
            earlier = said.get(row.designation)
            said[row.designation] = opinion if earlier is None else _together(earlier, opinion)
    return Claim(
        circular=circular,
        rows=tuple(said[text.designation] for text in circular.texts if text.designation in said),
        reasons=tuple(dict.fromkeys(reasons)),
        language=next((each.reading.language for each in forms if each.reading.language), None),
        letter="\n".join(_lines(each.reading.letter for each in forms)),
        remarks="\n".join(_lines(each.reading.remarks for each in forms)),
        forms=forms,
    )


def _together(one: TextOpinion, other: TextOpinion) -> TextOpinion:
    """Two forms on one text: they agree, one was left blank, or a person has to choose."""
    if one.status is Status.BLANK:
        return other
    if other.status is Status.BLANK:
        return one
    same = (one.opinion, one.comments, one.status) == (other.opinion, other.comments, other.status)
    if same and one.status is Status.CLEAR:
        return replace(one, confidence=min(one.confidence, other.confidence))
    reasons = dict.fromkeys((*one.reasons, *other.reasons, Reason.FORMS_DIFFER.value))
    return TextOpinion(
        text=one.text,
        opinion=None,
        comments=None,
        status=Status.AMBIGUOUS,
        reasons=tuple(reasons),
        confidence=0.0,
    )


def _lines(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text]

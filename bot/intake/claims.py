"""From what the parts of a message say to what the message claims of each circular."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.consultation.circular import Circular
from bot.consultation.opinion import TextOpinion
from bot.intake.part_reading import UNREAD, Nature, PartReading
from bot.intake.reasons import Reason
from bot.intake.row_opinions import row_opinion, together, undecided
from parsers.designation import designations
from parsers.reading import SCANNED_BOX, BoxRole, FormReading
from parsers.wording import roles_in

#: What the words of a form say at the least, whatever became of its boxes.
_FORM_WORDS = frozenset({BoxRole.ASSIGNS, BoxRole.NO_COMMENTS, BoxRole.DOES_NOT_ASSIGN})
#: Of a document, in characters.
_LONGEST = 100_000


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
        forms: the parts that are its forms: of several those that say something.
    """

    circular: Circular
    rows: tuple[TextOpinion, ...]
    reasons: tuple[str, ...]
    language: str | None
    letter: str
    remarks: str
    forms: tuple[PartReading, ...]

    @property
    def was_read(self) -> bool:
        """Whether a form of it was read, and not only received."""
        return any(part.reading.rows for part in self.forms)

    @property
    def from_picture(self) -> bool:
        """Whether a form of it was read off a picture: a scan, a fax, a photograph."""
        return any(
            box.kind == SCANNED_BOX
            for part in self.forms
            for row in part.reading.rows
            for _, box in row.boxes
        )

    @property
    def answers(self) -> bool:
        """Whether its forms say anything; False where they are as they were issued."""
        return any(part.answers for part in self.forms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a message says of all circulars.

    Attributes:
        claims: one per circular, in the order of the parts.
        strange: forms of circulars that are not configured.
        unread: parts that may be forms and that nobody has read, or whose boxes nobody found.
        files: what stands beside the forms.
    """

    claims: tuple[Claim, ...]
    strange: tuple[PartReading, ...]
    unread: tuple[PartReading, ...]
    files: tuple[PartReading, ...]


def claims_of(
    parts: Sequence[PartReading],
    circulars: Sequence[Circular],
    *,
    older: Collection[str] = frozenset(),
    meant: Collection[int] = frozenset(),
) -> Claims:
    """Sorts the parts, and brings the forms of each circular together.

    Args:
        parts: every leaf of the message.
        circulars: those configured.
        older: paths of parts that the sender enclosed from an earlier message of his own: a form
            beside them takes the place of theirs.
        meant: numbers of circulars that the message itself names, for forms that name none.
    """
    by_nature: dict[Nature, list[PartReading]] = {nature: [] for nature in Nature}
    for part in parts:
        by_nature[part.nature].append(part)
    forms = by_nature[Nature.FORM]
    texts = {text.designation for circular in circulars for text in circular.texts}
    files = [each for each in by_nature[Nature.FILE] if not _speaks_as_form(each, texts)]
    unread = [*by_nature[Nature.UNREAD], *(e for e in by_nature[Nature.FILE] if e not in files)]
    if forms:
        files = files + by_nature[Nature.ROWS_ONLY]
    else:
        forms = by_nature[Nature.ROWS_ONLY]
    told: dict[int, list[tuple[PartReading, tuple[str, ...]]]] = {}
    strange: list[PartReading] = []
    for part in forms:
        circular, doubts = _circular_of(part.reading, circulars, meant)
        if circular is None:
            strange.append(part)
        else:
            told.setdefault(circular.number, []).append((part, doubts))
    by_number = {circular.number: circular for circular in circulars}
    return Claims(
        claims=tuple(_claim(by_number[number], found, older) for number, found in told.items()),
        strange=tuple(strange),
        unread=tuple(sorted(unread, key=parts.index)),
        files=tuple(sorted(files, key=parts.index)),
    )


def unread_claim(circular: Circular, unread: Sequence[PartReading]) -> Claim:
    """The claim of a message whose forms nobody has read: every text waits."""
    reasons = tuple(
        dict.fromkeys(
            doubt.value for part in unread for doubt in part.reading.doubts if doubt in UNREAD
        )
    )
    return waiting_claim(circular, reasons or (Reason.NO_FORM.value,), forms=unread)


def waiting_claim(
    circular: Circular, reasons: tuple[str, ...], *, forms: Sequence[PartReading] = ()
) -> Claim:
    """A claim of which nothing can be said without a person, text by text."""
    return Claim(
        circular=circular,
        rows=tuple(undecided(text.designation, reasons) for text in circular.texts),
        reasons=reasons,
        language=next((part.reading.language for part in forms if part.reading.language), None),
        letter="\n".join(part.reading.letter for part in forms if part.reading.letter),
        remarks="",
        forms=tuple(forms),
    )


def _speaks_as_form(part: PartReading, texts: Collection[str]) -> bool:
    """Whether a document without any row of boxes has the words of a form, and one of our texts."""
    words = part.reading.letter[:_LONGEST]
    return (
        any(each.name in texts for each in designations(words)) and roles_in(words) >= _FORM_WORDS
    )


def _circular_of(
    reading: FormReading, circulars: Sequence[Circular], meant: Collection[int]
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
        return next((each for each in alike if each.number in meant), fitting[0]), doubts
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


def _claim(
    circular: Circular,
    found: Sequence[tuple[PartReading, tuple[str, ...]]],
    older: Collection[str],
) -> Claim:
    # The form as it was issued, sent along with the one that was filled in, says nothing.
    answering = [pair for pair in found if pair[0].answers] or list(found)
    newest = [pair for pair in answering if pair[0].path not in older] or answering
    forms = tuple(part for part, _ in newest)
    reasons = [reason for _, doubts in newest for reason in doubts]
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
            said[row.designation] = opinion if earlier is None else together(earlier, opinion)
    for form, _ in answering:
        # What only the earlier form has: nobody can tell whether it still holds.
        for row in form.reading.rows:
            if row.designation in known and row.designation not in said:
                said[row.designation] = undecided(row.designation, (Reason.FORMS_DIFFER.value,))
    if not said and not reasons:
        reasons.append(Reason.NO_FORM.value)
    return Claim(
        circular=circular,
        rows=tuple(said[text.designation] for text in circular.texts if text.designation in said),
        reasons=tuple(dict.fromkeys(reasons)),
        language=next((each.reading.language for each in forms if each.reading.language), None),
        letter="\n".join(_lines(each.reading.letter for each in forms)),
        remarks="\n".join(_lines(part.reading.remarks for part, _ in found)),
        forms=forms,
    )


def _lines(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text]

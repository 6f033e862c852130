"""What lets a careful clerk look twice at a form whose boxes are plain: all that stands around it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.consultation.opinion import Opinion, Status, TextOpinion
from bot.intake.claims import Claim
from bot.intake.enclosed_messages import is_foreign, words_around
from bot.intake.own_words import own_words
from bot.intake.part_reading import PartReading
from bot.intake.reasons import Reason
from bot.intake.row_opinions import undecided
from bot.intake.sentences import Statement, is_cover, sentences, statements, weight
from bot.mail.message import Message
from parsers.designation import circular_numbers
from parsers.reading import BoxRole
from parsers.wording import fold

#: A sentence of so many letters that is no covering note says something.
_SOME = 25
#: Of a document, in characters.
_LONGEST = 50_000
_OPINIONS = {
    BoxRole.ASSIGNS: Opinion.ASSIGNS,
    BoxRole.DOES_NOT_ASSIGN: Opinion.DOES_NOT_ASSIGN,
}


def looked_at_twice(
    claim: Claim, message: Message, files: Sequence[PartReading], numbers: Sequence[int]
) -> Claim:
    """The claim with what the message around its form casts doubt on.

    Args:
        claim: of forms that were read.
        message: opened.
        files: what stands beside the forms.
        numbers: of all circulars that the message has forms of.
    """
    texts = {text.designation for text in claim.circular.texts}
    words = "\n\n".join(map(own_words, (message.text, words_around(message, claim.forms))))
    said = statements(f"{message.subject}\n\n{words}", texts)
    # Of a document only what it says of one text counts: it weighs arguments, a letter does not.
    in_files = [
        each
        for file in files
        for each in statements(file.reading.letter[:_LONGEST], texts)
        if len(each.texts) == 1
    ]
    reasons = list(claim.reasons)
    if _of_all_differs(claim.rows, said):
        reasons.append(Reason.WORDS_DIFFER.value)
    subject = circular_numbers(message.subject)
    if subject and not set(subject) & set(numbers):
        reasons.append(Reason.SUBJECT_DIFFERS.value)
    if not claim.answers and (files or said or _says_something(words)):
        reasons.append(Reason.NOTHING_TICKED.value)
    if any(is_foreign(message, form) for form in claim.forms):
        reasons.append(Reason.FORWARDED_FORM.value)
    return replace(
        claim,
        reasons=tuple(dict.fromkeys(reasons)),
        rows=tuple(_held_against(row, (*said, *in_files)) for row in claim.rows),
    )


def _held_against(row: TextOpinion, said: Sequence[Statement]) -> TextOpinion:
    """A row that a sentence about its text contradicts says nothing without a person."""
    opposite = any(
        row.text in each.texts and _OPINIONS[each.opinion] is not row.opinion for each in said
    )
    if row.status is Status.AMBIGUOUS or not opposite:
        return row
    return undecided(row.text, (Reason.WORDS_DIFFER.value,))


def _of_all_differs(rows: Sequence[TextOpinion], said: Sequence[Statement]) -> bool:
    """Whether a sentence that names no text gives an opinion that no row has."""
    given = {row.opinion for row in rows}
    unsure = any(row.status is Status.AMBIGUOUS for row in rows)
    return any(
        not each.texts and not unsure and _OPINIONS[each.opinion] not in given for each in said
    )


def _says_something(words: str) -> bool:
    """Whether a message says more than that a form comes with it, or asks something."""
    return any(
        "?" in folded or "؟" in folded or (weight(folded) >= _SOME and not is_cover(folded))
        for folded in map(fold, sentences(words))
    )

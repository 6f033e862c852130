"""What a returned form says, whatever it is made of: the letter, the rows, and what is ticked."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from bot.consultation.circular import Circular, DraftText, Revision
from bot.demo.form_wording import WORDING, FormWording

#: The four boxes of a row, in the order in which the form has them.
ASSIGNS, NO_COMMENTS, COMMENTS_ATTACHED, DOES_NOT_ASSIGN = range(4)


class Answer(Enum):
    """How a row of the form was filled in."""

    ASSIGN_NONE = "assigns, no comments"
    ASSIGN_ATTACHED = "assigns, comments attached"
    ASSIGN_ONLY = "assigns, neither option"
    ASSIGN_BOTH_OPTIONS = "assigns, both options"
    DENY = "does not assign"
    BOTH = "assigns, no comments, and does not assign"
    DENY_AND_OPTION = "does not assign, and no comments"
    OPTION_ONLY = "no comments, without assigns"
    BLANK = "nothing"
    #: No box ticked: what does not apply is struck out.
    STRUCK = "struck out all but assigns, no comments"
    #: No box ticked: what applies is highlighted.
    HIGHLIGHTED = "highlighted assigns, no comments"
    #: No box ticked: what does not apply is deleted.
    DELETED = "deleted all but assigns, no comments"

    @property
    def ticked(self) -> frozenset[int]:
        """The positions of the ticked boxes, 0 to 3."""
        return _TICKED.get(self, frozenset())


_TICKED: Mapping[Answer, frozenset[int]] = {
    Answer.ASSIGN_NONE: frozenset({ASSIGNS, NO_COMMENTS}),
    Answer.ASSIGN_ATTACHED: frozenset({ASSIGNS, COMMENTS_ATTACHED}),
    Answer.ASSIGN_ONLY: frozenset({ASSIGNS}),
    Answer.ASSIGN_BOTH_OPTIONS: frozenset({ASSIGNS, NO_COMMENTS, COMMENTS_ATTACHED}),
    Answer.DENY: frozenset({DOES_NOT_ASSIGN}),
    Answer.BOTH: frozenset({ASSIGNS, NO_COMMENTS, DOES_NOT_ASSIGN}),
    Answer.DENY_AND_OPTION: frozenset({NO_COMMENTS, DOES_NOT_ASSIGN}),
    Answer.OPTION_ONLY: frozenset({NO_COMMENTS}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """One draft text's row: its first cell, the words beside its four boxes, and the answer."""

    designation: str
    heading: str
    labels: tuple[str, str, str, str]
    answer: Answer

    @property
    def ticked(self) -> frozenset[int]:
        """The positions of the ticked boxes, 0 to 3."""
        return self.answer.ticked


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLetter:
    """A form filled in.

    Attributes:
        wording: the language's, for what is the same in all forms.
        subject: the two lines of the subject.
        sender: the lines of the "From" block.
        sender_email: of the head; may be empty.
        reply_address: of the head.
        place_date: as it stands after "Date:".
        opening: the sentence over the table.
        rows: in the order in which they are to stand.
        remarks: text under the table; None where there is none.
        signature: the lines under the closing.
    """

    wording: FormWording
    subject: tuple[str, str]
    sender: tuple[str, ...]
    sender_email: str
    reply_address: str
    place_date: str
    opening: str
    rows: tuple[FormRow, ...]
    remarks: str | None
    signature: tuple[str, ...]


def date_line(place: str, day: dt.date) -> str:
    """Place and date as they stand in a letter's head, in a form that every language takes."""
    return f"{place}, {day:%d.%m.%Y}"


def make_letter(
    circular: Circular,
    answers: Mapping[str, Answer],
    *,
    language: str = "en",
    administration: str | None = None,
    signatory_title: str = "",
    sender_email: str = "",
    place_date: str = "",
    remarks: str | None = None,
    rows: Sequence[str] | None = None,
) -> FormLetter:
    """Fills in the form of a circular.

    Args:
        circular: whose form.
        answers: designation -> answer; a text that is left out stays blank.
        language: ISO 639-1, one of the six.
        administration: the Member State as it stands in "Administration of ..."; None leaves the
            placeholder of the empty form.
        signatory_title: the post that signs; empty leaves the placeholder.
        sender_email: address in the head of the letter.
        place_date: "Bern, 02.04.2026"; empty leaves the placeholder.
        remarks: text under the table.
        rows: designations, to return only some rows or another order; None: the circular's.

    Raises:
        KeyError: no such language, or a row that the circular does not have.
    """
    wording = WORDING[language]
    by_name = {text.designation: text for text in circular.texts}
    texts = [by_name[name] for name in rows] if rows is not None else list(circular.texts)
    title = signatory_title or wording.role
    from_ = (
        (title, administration)
        if administration is not None
        else (wording.name, title, wording.address)
    )
    return FormLetter(
        wording=wording,
        subject=(
            wording.subject.format(number=circular.number),
            wording.consultation.format(texts=_listed(wording, circular.texts)),
        ),
        sender=from_,
        sender_email=sender_email,
        reply_address=circular.reply_address,
        place_date=place_date or wording.place_date,
        opening=wording.opening.format(number=circular.number),
        rows=tuple(
            FormRow(
                designation=text.designation,
                heading=_heading(wording, text),
                labels=_labels(wording, circular.study_group),
                answer=answers.get(text.designation, Answer.BLANK),
            )
            for text in texts
        ),
        remarks=remarks,
        signature=(
            *((wording.name,) if administration is None else ()),
            title,
            wording.administration.format(name=administration or wording.member_state),
        ),
    )


def _labels(wording: FormWording, group: int) -> tuple[str, str, str, str]:
    return (
        wording.assigns.format(group=group),
        wording.no_comments,
        wording.comments_attached,
        wording.does_not_assign.format(group=group),
    )


def _former(wording: FormWording, text: DraftText) -> str:
    return wording.former.format(name=text.former_name) if text.former_name else ""


def _heading(wording: FormWording, text: DraftText) -> str:
    pattern = wording.new if text.revision is Revision.NEW else wording.revised
    return pattern.format(designation=text.designation) + _former(wording, text)


def _listed(wording: FormWording, texts: Sequence[DraftText]) -> str:
    # The subject of a circular lists its texts by number, the form in its own order.
    names = [
        wording.text.format(designation=text.designation) + _former(wording, text)
        for text in sorted(texts, key=lambda each: each.designation)
    ]
    if len(names) == 1:
        return names[0]
    return wording.comma.join(names[:-1]) + wording.and_ + names[-1]

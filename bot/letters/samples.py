"""Sample contexts for every letter, so that it can be looked at before anything is sent.

They are made from a real circular and from names of Member States; the addresses are of reserved
domains (RFC 2606), and no person is named.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final, assert_never

from bot.consultation.circular import Circular, DraftText
from bot.consultation.opinion import Comments, Opinion, Status
from bot.consultation.tally import CircularTally
from bot.intake.purpose import Purpose
from bot.letters.contexts import (
    AcknowledgementContext,
    DigestContext,
    QuestionContext,
    ReminderContext,
    RowShown,
    SignInContext,
)
from bot.letters.languages import language_of
from bot.letters.letter import Letter
from bot.letters.rendering import Letters
from bot.letters.sample_digest import sample_digest


class LetterKind(StrEnum):
    """The letters."""

    ACKNOWLEDGEMENT = "acknowledgement"
    REMINDER = "reminder"
    QUESTION = "question"
    SIGN_IN = "sign-in"
    DIGEST = "digest"


Context = AcknowledgementContext | ReminderContext | QuestionContext | SignInContext | DigestContext

# A Member State that writes in each language.
_STATES = {"ar": "EG", "zh": "CN", "en": "AU", "fr": "SN", "ru": "KZ", "es": "CL"}
_ISO3 = {"EG": "EGY", "CN": "CHN", "AU": "AUS", "SN": "SEN", "KZ": "KAZ", "CL": "CHL"}

# What the rows of the sample form say, one after the other.
_ROWS: tuple[tuple[Status, Opinion | None, Comments | None, bool], ...] = (
    (Status.CLEAR, Opinion.ASSIGNS, Comments.NONE, False),
    (Status.CLEAR, Opinion.ASSIGNS, Comments.ATTACHED, False),
    (Status.CLEAR, Opinion.DOES_NOT_ASSIGN, None, False),
    (Status.CLEAR, Opinion.ASSIGNS, None, True),
    (Status.BLANK, None, None, False),
    (Status.CLEAR, Opinion.ASSIGNS, Comments.NONE, False),
)


def sample(name: str, circular: Circular, language: str = "en") -> tuple[LetterKind, Context]:
    """The sample of that name.

    Args:
        name: one of `PREVIEWS`.
        circular: what the letter is about.
        language: for the names of Member States; the digest is English.

    Raises:
        KeyError: no such sample.
    """
    return PREVIEWS[name](circular, language)


def render_preview(
    letters: Letters,
    name: str,
    circular: Circular,
    language: str = "en",
    *,
    draw: Callable[[CircularTally], bytes] | None = None,
) -> Letter:
    """A letter as it would go out.

    Args:
        letters: renders it.
        name: one of `PREVIEWS`.
        circular: what the letter is about.
        language: ISO 639-1; the digest is English.
        draw: makes the digest's chart (`bot.reports.chart.tally_chart`); None: without one.

    Raises:
        KeyError: no such sample.
        TemplateError: names the template and the line.
    """
    _, context = sample(name, circular, language)
    match context:
        case AcknowledgementContext():
            return letters.acknowledgement(context, language)
        case ReminderContext():
            return letters.reminder(context, language)
        case QuestionContext():
            return letters.question(context, language)
        case SignInContext():
            return letters.sign_in(context)
        case DigestContext():
            return letters.digest(_drawn(context, draw) if draw else context)
        case _:
            assert_never(context)


def _drawn(context: DigestContext, draw: Callable[[CircularTally], bytes]) -> DigestContext:
    drawn = tuple(replace(each, chart=draw(each.tally)) for each in context.circulars)
    return replace(context, circulars=drawn)


def _acknowledgement(
    purpose: Purpose, *, days_before: int = 20
) -> Callable[[Circular, str], tuple[LetterKind, Context]]:
    """Of a reply that came so many days before the deadline (after it: below 0)."""

    def made(circular: Circular, language: str) -> tuple[LetterKind, Context]:
        counted = purpose is not Purpose.NOT_COUNTED
        iso2 = _STATES.get(language, "AU")
        reviewed = purpose is Purpose.UNDER_REVIEW
        texts = circular.texts[:-1] if len(circular.texts) > len(_ROWS) else circular.texts
        rows = tuple(_row(text, place, reviewed=reviewed) for place, text in enumerate(texts))
        return LetterKind.ACKNOWLEDGEMENT, AcknowledgementContext(
            purpose=purpose,
            circular=circular,
            reference=f"C{circular.number}-{_ISO3[iso2] if counted else 'X'}-1",
            state_name=language_of(language).territory(iso2) if counted else None,
            received_at=circular.deadline - dt.timedelta(days=days_before, hours=9, minutes=46),
            rows=rows if counted else (),
            absent=tuple(text.designation for text in circular.texts[len(texts) :])
            if counted
            else (),
            comments_missing=tuple(
                row.text for row in rows if counted and row.comments is Comments.ATTACHED
            ),
            reasons_missing=tuple(
                row.text for row in rows if counted and row.opinion is Opinion.DOES_NOT_ASSIGN
            ),
            attachments=("Annex 2 - signed.pdf", "Comments.docx") if counted else (),
            decided_by_person=purpose is Purpose.CONFIRMED,
        )

    return made


def _row(text: DraftText, place: int, *, reviewed: bool) -> RowShown:
    status, opinion, comments, unsaid = _ROWS[place % len(_ROWS)]
    if place >= len(_ROWS):
        status, opinion, comments, unsaid = _ROWS[0]
    if reviewed and place in (1, 5):
        status, opinion, comments, unsaid = Status.AMBIGUOUS, None, None, False
    return RowShown(
        text=text.designation,
        former_name=text.former_name,
        status=status,
        opinion=opinion,
        comments=comments,
        comments_unsaid=unsaid,
        superseded=place == len(_ROWS),
    )


def _reminder(*, replied: bool) -> Callable[[Circular, str], tuple[LetterKind, Context]]:
    def made(circular: Circular, language: str) -> tuple[LetterKind, Context]:
        texts = circular.texts[-3:] if replied else circular.texts
        return LetterKind.REMINDER, ReminderContext(
            circular=circular,
            state_name=language_of(language).territory(_STATES.get(language, "AU")),
            days_left=2 if replied else 14,
            missing=tuple(text.designation for text in texts),
            replied=replied,
        )

    return made


def _question(circular: Circular, language: str) -> tuple[LetterKind, Context]:
    iso2 = _STATES.get(language, "AU")
    designations = tuple(text.designation for text in circular.texts)
    return LetterKind.QUESTION, QuestionContext(
        circular=circular,
        reference=f"C{circular.number}-{_ISO3[iso2]}-1",
        state_name=language_of(language).territory(iso2),
        received_at=circular.deadline - dt.timedelta(days=20, hours=9, minutes=46),
        unclear=designations[:2],
        comments_missing=designations[2:3],
        reasons_missing=designations[3:4],
        remark=(("The second page of the form did not come with the message.",),),
    )


def _sign_in(_circular: Circular, _language: str) -> tuple[LetterKind, Context]:
    link = "https://tsbbot.example.org/sign-in/" + "sample" * 7
    return LetterKind.SIGN_IN, SignInContext(link=link, minutes=15)


def _digest(*, quiet: bool) -> Callable[[Circular, str], tuple[LetterKind, Context]]:
    def made(circular: Circular, _: str) -> tuple[LetterKind, Context]:
        return LetterKind.DIGEST, sample_digest(circular, quiet=quiet)

    return made


#: Name of a preview -> its sample.
PREVIEWS: Final[Mapping[str, Callable[[Circular, str], tuple[LetterKind, Context]]]] = (
    MappingProxyType(
        {
            "acknowledgement": _acknowledgement(Purpose.RECORDED),
            "acknowledgement-under-review": _acknowledgement(Purpose.UNDER_REVIEW),
            "acknowledgement-late": _acknowledgement(Purpose.LATE, days_before=-3),
            "acknowledgement-not-counted": _acknowledgement(Purpose.NOT_COUNTED),
            "confirmation": _acknowledgement(Purpose.CONFIRMED),
            "reminder": _reminder(replied=False),
            "reminder-incomplete": _reminder(replied=True),
            "question": _question,
            "sign-in": _sign_in,
            "digest": _digest(quiet=False),
            "digest-quiet": _digest(quiet=True),
        }
    )
)

"""Sample contexts for every letter, so that it can be looked at before anything is sent.

They are made from a real circular and from names of Member States; the addresses are of reserved
domains (RFC 2606), and no person is named.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final, assert_never

from bot.consultation.circular import Circular
from bot.consultation.reminder_plan import Stage
from bot.consultation.tally import CircularTally
from bot.intake.purpose import Purpose
from bot.letters.contexts import (
    AcknowledgementContext,
    DigestContext,
    QuestionContext,
    ReminderContext,
    RequestContext,
    SignInContext,
)
from bot.letters.letter import Letter
from bot.letters.rendering import Letters
from bot.letters.sample_acknowledgement import sample_acknowledgement
from bot.letters.sample_digest import sample_digest
from bot.letters.sample_letters import (
    sample_question,
    sample_reminder,
    sample_request,
    sample_sign_in,
)


class LetterKind(StrEnum):
    """The letters."""

    ACKNOWLEDGEMENT = "acknowledgement"
    CONFIRMATION = "confirmation"
    REMINDER = "reminder"
    REQUEST = "request"
    QUESTION = "question"
    SIGN_IN = "sign-in"
    DIGEST = "digest"


Context = (
    AcknowledgementContext
    | ReminderContext
    | RequestContext
    | QuestionContext
    | SignInContext
    | DigestContext
)


def sample(name: str, circular: Circular, language: str = "en") -> Context:
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
    match sample(name, circular, language):
        case AcknowledgementContext() as context:
            return letters.acknowledgement(context, language)
        case ReminderContext() as context:
            return letters.reminder(context, language)
        case RequestContext() as context:
            return letters.request(context, language)
        case QuestionContext() as context:
            return letters.question(context, language)
        case SignInContext() as context:
            return letters.sign_in(context)
        case DigestContext() as context:
            return letters.digest(_drawn(context, draw) if draw else context)
        case _ as never:
            assert_never(never)


def _drawn(context: DigestContext, draw: Callable[[CircularTally], bytes]) -> DigestContext:
    drawn = tuple(replace(each, chart=draw(each.tally)) for each in context.circulars)
    return replace(context, circulars=drawn)


def kind_of(name: str) -> LetterKind:
    """Which letter a preview is of: its name begins with it."""
    return next(kind for kind in LetterKind if name.startswith(kind))


#: Name of a preview -> its sample, of a circular and in a language.
PREVIEWS: Final[Mapping[str, Callable[[Circular, str], Context]]] = MappingProxyType(
    {
        "acknowledgement": sample_acknowledgement(Purpose.RECORDED),
        "acknowledgement-observer": sample_acknowledgement(Purpose.RECORDED, iso2="PS"),
        "acknowledgement-under-review": sample_acknowledgement(Purpose.UNDER_REVIEW),
        "acknowledgement-late": sample_acknowledgement(Purpose.LATE, days_before=-3),
        "acknowledgement-not-counted": sample_acknowledgement(Purpose.NOT_COUNTED),
        "confirmation": sample_acknowledgement(Purpose.CONFIRMED),
        "confirmation-admitted": sample_acknowledgement(Purpose.CONFIRMED, days_before=-3),
        "confirmation-documents": sample_acknowledgement(Purpose.SUPPLEMENTED),
        "reminder": sample_reminder(Stage.FIRST),
        "reminder-again": sample_reminder(Stage.AGAIN),
        "reminder-last": sample_reminder(Stage.LAST),
        "reminder-incomplete": sample_reminder(Stage.AGAIN, replied=True),
        "request": sample_request,
        "question": sample_question(),
        "question-closed": sample_question(days_before=-3),
        "sign-in": sample_sign_in,
        "digest": lambda circular, _: sample_digest(circular, quiet=False),
        "digest-quiet": lambda circular, _: sample_digest(circular, quiet=True),
    }
)

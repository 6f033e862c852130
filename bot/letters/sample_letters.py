"""The samples of reminders, requests and questions, and of the link to sign in."""

import datetime as dt
from collections.abc import Callable

from bot.consultation.circular import Circular
from bot.consultation.reminder_plan import Stage
from bot.letters.contexts import QuestionContext, ReminderContext, RequestContext, SignInContext
from bot.letters.sample_states import sample_state

#: How long the deadline is away at each stage.
_DAYS_LEFT = {Stage.FIRST: 30, Stage.AGAIN: 14, Stage.LAST: 2}


def sample_reminder(
    stage: Stage, *, replied: bool = False
) -> Callable[[Circular, str], ReminderContext]:
    """Of a Member State that has replied to nothing, or to all but the last three texts."""

    def made(circular: Circular, language: str) -> ReminderContext:
        state = sample_state(language)
        designations = tuple(text.designation for text in circular.texts)
        written = circular.deadline.date() - dt.timedelta(days=_DAYS_LEFT[Stage.FIRST])
        return ReminderContext(
            circular=circular,
            state_name=state.name(language),
            days_left=_DAYS_LEFT[stage],
            missing=designations[-3:] if replied else designations,
            replied=replied,
            stage=stage,
            last_written=None if stage is Stage.FIRST else written,
            comments_missing=designations[:1] if replied else (),
            reasons_missing=designations[1:3] if replied else (),
            iso2=state.iso2,
        )

    return made


def sample_request(circular: Circular, language: str) -> RequestContext:
    """Of a reply whose comments and reasons did not come."""
    state = sample_state(language)
    designations = tuple(text.designation for text in circular.texts)
    return RequestContext(
        circular=circular,
        reference=f"C{circular.number}-{state.iso3}-1",
        state_name=state.name(language),
        received_at=_received_at(circular, 20),
        comments_missing=designations[:1],
        reasons_missing=designations[1:3],
        iso2=state.iso2,
    )


def sample_question(*, days_before: int = 20) -> Callable[[Circular, str], QuestionContext]:
    """On a reply that came so many days before the deadline, and waits."""

    def made(circular: Circular, language: str) -> QuestionContext:
        state = sample_state(language)
        designations = tuple(text.designation for text in circular.texts)
        return QuestionContext(
            circular=circular,
            reference=f"C{circular.number}-{state.iso3}-1",
            state_name=state.name(language),
            received_at=_received_at(circular, days_before),
            unclear=designations[:2],
            comments_missing=designations[2:3],
            reasons_missing=designations[3:4],
            remark=(("The second page of the form did not come with the message.",),),
            iso2=state.iso2,
            open=days_before > 0,
        )

    return made


def sample_sign_in(_circular: Circular, _language: str) -> SignInContext:
    """A link that opens nothing."""
    link = "https://tsbbot.example.org/sign-in/" + "sample" * 7
    return SignInContext(link=link, minutes=15)


def _received_at(circular: Circular, days_before: int) -> dt.datetime:
    return circular.deadline - dt.timedelta(days=days_before, hours=9, minutes=46)

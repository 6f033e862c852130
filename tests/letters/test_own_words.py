"""No letter in one of the other five languages has a word of English left over."""

import re
from dataclasses import replace
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from bot.consultation.circular import Circular
from bot.letters.contexts import (
    AcknowledgementContext,
    QuestionContext,
    ReminderContext,
    RequestContext,
)
from bot.letters.languages import LANGUAGES
from bot.letters.letter import Letter
from bot.letters.rendering import Letters
from tests.letters.factories import (
    acknowledgements,
    circulars,
    make_circular,
    questions,
    reminders,
    requests,
)
from tests.letters.test_rendering import PROPERTY, words_of

LETTERS = Letters()
#: What letters in every script may show in that of Latin: names that have no other.
NAMES = re.compile(
    r"UTC|ITU-T|WTSA|C106-CHE-1|[XYZ]\.[\w.-]+(?: Amd\.1)?|[a-z0-9]+@itu\.int|Nairobi"
)
#: Words of English that are none of French or Spanish.
ENGLISH = frozenset(
    re.findall(
        r"\w+",
        """
        the of and your reply received is was has been for with please this message deadline by not
        to from be which texts text are were will it its that as at or an if on in awaited reason
        reasons request requested form opinion opinions comments required information further
        reminder days day hour hours local time times review secretariat study group states
        """,
    )
)
#: Those of them that French or Spanish has too.
ALSO: dict[str, set[str]] = {"fr": {"on", "information", "message"}, "es": {"local"}}


def strange(letter: Letter) -> set[str]:
    """Words of the letter that are not its language's."""
    # On one line: plain text may break a designation that has a space in it.
    said = " ".join(" ".join((letter.subject, letter.text, words_of(letter))).split())
    said = NAMES.sub(" ", said)
    words = set(re.findall(r"[^\W\d_]+", said.lower()))
    if letter.language in ALSO:
        return words & (ENGLISH - ALSO[letter.language])
    return {word for word in words if re.search(r"[a-z]", word)}


OTHERS = st.sampled_from(sorted(set(LANGUAGES) - {"en"}))
CIRCULARS = circulars.map(
    lambda circular: make_circular(
        deadline=circular.deadline,
        contact_address=circular.contact_address,
        question=circular.question,
        texts=(),
    )
)
C = TypeVar("C", AcknowledgementContext, ReminderContext, RequestContext, QuestionContext)


def neutral(context: C, circular: Circular) -> C:
    """The same without the words of people: theirs may be in any language."""
    changes: dict[str, object] = {"circular": circular}
    if context.state_name is not None:
        changes["state_name"] = "1"
    if isinstance(context, AcknowledgementContext):
        changes["attachments"] = ("1.7",) * len(context.attachments)
    if isinstance(context, QuestionContext):
        changes["remark"] = (("1",),) * len(context.remark)
    return replace(context, **changes)  # type: ignore[arg-type]


@PROPERTY
@given(acknowledgements, CIRCULARS, OTHERS)
def test_an_acknowledgement_is_in_its_own_words(
    context: AcknowledgementContext, circular: Circular, language: str
) -> None:
    told = neutral(context, circular)
    assert strange(LETTERS.acknowledgement(told, language)) == set()


@PROPERTY
@given(reminders, CIRCULARS, OTHERS)
def test_a_reminder_is_in_its_own_words(
    context: ReminderContext, circular: Circular, language: str
) -> None:
    told = neutral(context, circular)
    assert strange(LETTERS.reminder(told, language)) == set()


@PROPERTY
@given(requests, CIRCULARS, OTHERS)
def test_a_request_is_in_its_own_words(
    context: RequestContext, circular: Circular, language: str
) -> None:
    told = neutral(context, circular)
    assert strange(LETTERS.request(told, language)) == set()


@PROPERTY
@given(questions, CIRCULARS, OTHERS)
def test_a_question_is_in_its_own_words(
    context: QuestionContext, circular: Circular, language: str
) -> None:
    told = neutral(context, circular)
    assert strange(LETTERS.question(told, language)) == set()

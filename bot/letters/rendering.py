"""Letters: a context and a language in, words out.

A letter of a name and a language is three templates, `mail/<name>/<language>/subject.txt`,
`body.txt` and `body.html`. A folder of the secretariat's own may hold any of them, or any of the
layouts and words that they take in; what it does not hold is taken from those that ship.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Final

import jinja2

from bot.consultation.circular import Circular
from bot.letters.capital_time import capital_time
from bot.letters.contexts import (
    AcknowledgementContext,
    DigestContext,
    QuestionContext,
    ReminderContext,
    RequestContext,
    SignInContext,
)
from bot.letters.environment import html_environment, text_environment
from bot.letters.foreign import harmless, one_line
from bot.letters.languages import ENGLISH, Language, language_of
from bot.letters.letter import Letter
from bot.letters.questions import is_usual
from bot.letters.row_lines import row_lines
from bot.letters.template_errors import RENDERING_ERRORS, template_error
from bot.letters.template_folder import TEMPLATE_FOLDER
from bot.letters.words import LABELS
from bot.letters.wrapping import tidy

#: What templates are told beside the fields of their context.
GIVEN: Final = frozenset({"language", "labels", "lines", "deadline_there", "usual"})

_RIGHT_TO_LEFT_MARK = "\u200f"


class Letters:
    """Renders letters; holds compiled templates, so that one serves a whole run."""

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        """Takes templates from these folders first, in their order, then from those that ship."""
        searched = (*folders, TEMPLATE_FOLDER)
        self._html = html_environment(searched)
        self._text = text_environment(searched)

    @property
    def failures(self) -> tuple[str, ...]:
        """What went wrong without an error being raised: nothing (`bot.letters.steady`)."""
        return ()

    def acknowledgement(self, context: AcknowledgementContext, language: str | None) -> Letter:
        """The answer to one reply.

        Args:
            context: what it says.
            language: ISO 639-1, of the form; English for any that is not official, or None.

        Raises:
            TemplateError: names the template and the line.
        """
        told = harmless(context)
        spoken = language_of(language)
        lines = row_lines(told, spoken.code)
        return self._letter("acknowledgement", spoken, _values(told) | {"lines": lines})

    def reminder(self, context: ReminderContext, language: str | None) -> Letter:
        """A reminder to a focal point; arguments and errors as of `acknowledgement`."""
        return self._letter("reminder", language_of(language), _values(harmless(context)))

    def question(self, context: QuestionContext, language: str | None) -> Letter:
        """A question to the sender of a reply; arguments and errors as of `acknowledgement`."""
        return self._letter("question", language_of(language), _values(harmless(context)))

    def request(self, context: RequestContext, language: str | None) -> Letter:
        """A request for missing reasons or comments; arguments and errors as of `acknowledgement`."""
        return self._letter("request", language_of(language), _values(harmless(context)))

    def sign_in(self, context: SignInContext) -> Letter:
        """The link to the review page, in English.

        Raises:
            TemplateError: names the template and the line.
        """
        return self._letter("sign_in", ENGLISH, _values(context))

    def digest(self, context: DigestContext) -> Letter:
        """The daily digest to the secretariat, in English.

        Raises:
            TemplateError: names the template and the line.
        """
        told = harmless(context)
        pictures = tuple(
            (f"tally-{each.circular.number}@tsbbot", each.chart)
            for each in told.circulars
            if each.chart is not None and not told.quiet
        )
        return self._letter("digest", ENGLISH, _values(told), pictures=pictures)

    def _letter(
        self,
        name: str,
        language: Language,
        values: Mapping[str, object],
        pictures: tuple[tuple[str, bytes], ...] = (),
    ) -> Letter:
        folder = f"mail/{name}/{language.code}"
        told = {
            **values,
            "language": language,
            "labels": LABELS[language.code],
            "deadline_there": _deadline_there(values, language),
            "usual": _is_usual(values),
        }
        text = tidy(_rendered(self._text, f"{folder}/body.txt", told))
        if language.direction == "rtl":
            # Each line of plain text takes its direction from its first letter (UAX #9, P2). That
            # over the signature is known by being nothing else (RFC 3676, 4.3).
            text = "".join(
                (line if line.strip() in {"", "--"} else _RIGHT_TO_LEFT_MARK + line)
                for line in text.splitlines(keepends=True)
            )
        return Letter(
            subject=one_line(_rendered(self._text, f"{folder}/subject.txt", told)),
            text=text,
            html=_rendered(self._html, f"{folder}/body.html", told),
            language=language.code,
            pictures=pictures,
        )


def _values(
    context: AcknowledgementContext
    | ReminderContext
    | RequestContext
    | QuestionContext
    | SignInContext
    | DigestContext,
) -> dict[str, object]:
    """A context's fields under their own names."""
    return {each.name: getattr(context, each.name) for each in fields(context)}


def _is_usual(values: Mapping[str, object]) -> bool:
    """Whether the circular asks what circulars under TAP ask: no letter says that of another."""
    circular = values.get("circular")
    return not isinstance(circular, Circular) or is_usual(circular)


def _deadline_there(values: Mapping[str, object], language: Language) -> str | None:
    """The deadline on the clock of the Member State's capital; None where UTC alone is shown."""
    circular, iso2 = values.get("circular"), values.get("iso2")
    if not isinstance(circular, Circular) or not isinstance(iso2, str):
        return None
    return capital_time(circular.deadline, iso2, language)


def _rendered(environment: jinja2.Environment, name: str, values: Mapping[str, object]) -> str:
    try:
        return environment.get_template(name).render(values)
    except RENDERING_ERRORS as error:
        raise template_error(name, error) from error

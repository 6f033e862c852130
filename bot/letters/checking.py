"""Whether every letter can be written, found out before the day on which one has to go.

Each letter is rendered in each language, for each question that a circular asks, with samples in which
every case of it occurs. A folder of the secretariat's own is looked through besides: a file that no letter takes in,
a name that no letter is told, a picture from elsewhere are mistakes that rendering does not show.
"""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

import jinja2
from jinja2.meta import find_undeclared_variables

from bot.consultation.circular import Circular
from bot.errors import TemplateError
from bot.letters.contexts import (
    AcknowledgementContext,
    DigestContext,
    QuestionContext,
    ReminderContext,
    RequestContext,
    SignInContext,
)
from bot.letters.environment import html_environment, text_environment
from bot.letters.languages import LANGUAGES
from bot.letters.letter import Letter
from bot.letters.rendering import GIVEN, Letters
from bot.letters.samples import PREVIEWS, render_preview
from bot.letters.template_errors import template_error
from bot.letters.template_folder import TEMPLATE_FOLDER

_CONTEXTS: Final = {
    "acknowledgement": AcknowledgementContext,
    "reminder": ReminderContext,
    "request": RequestContext,
    "question": QuestionContext,
    "sign_in": SignInContext,
    "digest": DigestContext,
}
#: What a template says to the program, and nobody should read.
_LEFT_OVER = re.compile(r"{{|}}|{%|%}|{#|#}")
_FROM_ELSEWHERE = re.compile(
    r"<(?:img|link|script|iframe)\b[^>]*\b(?:src|href)\s*=\s*[\"'](?!cid:)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found.

    Attributes:
        letters: how many were written.
        problems: what keeps a letter from being written, or spoils it, one line each.
        notes: what is odd and hurts nobody.
    """

    letters: int
    problems: tuple[str, ...]
    notes: tuple[str, ...]


def check_letters(circulars: Sequence[Circular], folder: Path | None) -> Checked:
    """Writes every letter, and looks through the folder.

    Args:
        circulars: that letters are about; of those that ask the same the last is taken.
        folder: of the secretariat's own; None: the templates that ship.
    """
    letters = Letters([folder] if folder is not None else [])
    written, problems, notes = 0, list[str](), list[str]()
    for circular in _of_each_kind(circulars):
        for name in PREVIEWS:
            for language in LANGUAGES:
                try:
                    letter = render_preview(letters, name, circular, language)
                except TemplateError as error:
                    problems.append(error.message)
                    continue
                written += 1
                problems += (f"{name} in {language}: {said}" for said in _spoilt(letter))
    if folder is not None:
        for path in _files(folder):
            found, odd = _looked_through(path, folder)
            problems += found
            notes += odd
    return Checked(
        letters=written,
        problems=tuple(dict.fromkeys(problems)),
        notes=tuple(dict.fromkeys(notes)),
    )


def _of_each_kind(circulars: Sequence[Circular]) -> tuple[Circular, ...]:
    """One for each question that is asked: letters about others like it say the same."""
    return tuple({each.question: each for each in circulars}.values())


def _spoilt(letter: Letter) -> Iterator[str]:
    """What nobody should get to see."""
    if not letter.subject:
        yield "it has no subject"
    for part, said in (("subject", letter.subject), ("text", letter.text), ("HTML", letter.html)):
        body = said.partition("</style>")[2] if part == "HTML" and "</style>" in said else said
        if found := _LEFT_OVER.search(body):
            yield f"its {part} shows {found.group()}"
    if not letter.text.strip("\u200f \n"):
        yield "its text is empty"
    if _FROM_ELSEWHERE.search(letter.html):
        yield "its HTML loads something from elsewhere, which mail programs do not show"


def _files(folder: Path) -> list[Path]:
    """The templates of letters in a folder; hidden files and copies of an editor are none."""
    return sorted(
        path
        for path in (folder / "mail").rglob("*")
        if path.is_file() and not path.name.startswith(".") and not path.name.endswith("~")
    )


def _looked_through(path: Path, folder: Path) -> tuple[list[str], list[str]]:
    """(problems, notes) of one file of the folder."""
    name = path.relative_to(folder).as_posix()
    if not (TEMPLATE_FOLDER / name).is_file():
        return [], [_unused(name)]
    setting = html_environment if name.endswith(".html") else text_environment
    environment = setting([folder, TEMPLATE_FOLDER])
    try:
        parsed = environment.parse(path.read_text("utf-8"), name, str(path))
        environment.get_template(name)
    except (jinja2.TemplateError, UnicodeDecodeError) as error:
        return [template_error(name, error).message], []
    unknown = sorted(find_undeclared_variables(parsed) - _told(name))
    return [], [f"{path}: no letter is told {each}" for each in unknown]


def _unused(name: str) -> str:
    known = [
        path.relative_to(TEMPLATE_FOLDER).as_posix()
        for path in (TEMPLATE_FOLDER / "mail").rglob("*")
        if path.is_file()
    ]
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"; is it meant to be {near[0]}?" if near else ""
    return f"{name} is taken in by no letter{hint}"


def _told(name: str) -> set[str]:
    """The names that a template of that place may use."""
    kind = name.split("/")[1]
    contexts = [_CONTEXTS[kind]] if kind in _CONTEXTS else list(_CONTEXTS.values())
    own = {each.name for context in contexts for each in fields(context)}
    return own | GIVEN | {"common", "words", "acknowledged", "parts", "caller", "loop", "range"}

"""A circular's parts: the letter with its subject, the summaries (Annex 1), the form (Annex 2)."""

import re
from dataclasses import dataclass
from itertools import pairwise

from bot.circulars.headings import headings
from bot.circulars.wording import LANGUAGES, any_of
from parsers.wording import roles_in

_ANNEX = re.compile(
    rf"^\s*{any_of(*(each.annex for each in LANGUAGES))}\s*(?P<number>\d|[A-C]|I{{1,3}})?\s*[:：–—-]?\s*"
    r"(?:[(（][^()（）\n]*[)）])?\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_SUBJECT = re.compile(
    rf"^\s*{any_of(*(each.subject for each in LANGUAGES))}\s*[:：]", re.IGNORECASE | re.MULTILINE
)
_SALUTATION = re.compile(
    rf"^\s*{any_of(*(each.salutation for each in LANGUAGES))}", re.IGNORECASE | re.MULTILINE
)
#: The four boxes of a row, less one for a wording that is not known.
_FORM_ROLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Annexes:
    """A circular taken apart; what is not there is empty.

    Attributes:
        letter: up to the first annex.
        subject: of the letter.
        summaries: titles, documents and summaries of the draft texts.
        form: what Administrations return.
        form_head: of the form, up to its first draft text; its To block stands here.
    """

    letter: str
    subject: str
    summaries: str
    form: str
    form_head: str


def split(text: str) -> Annexes:
    """Takes a circular apart.

    The form is the annex that has the words of the boxes, whatever its number; without any heading
    of an annex, what follows the last subject is taken for the form.
    """
    starts = [match.start() for match in _ANNEX.finditer(text)]
    annexes = [text[start:end] for start, end in pairwise([*starts, len(text)])]
    letter = text[: starts[0]] if starts else text
    if not annexes:
        subjects = [match.start() for match in _SUBJECT.finditer(text)]
        if len(subjects) > 1:
            letter, annexes = text[: subjects[-1]], [text[subjects[-1] :]]
    forms = [each for each in annexes if len(roles_in(each)) >= _FORM_ROLES]
    form = forms[-1] if forms else (annexes[-1] if len(annexes) > 1 else "")
    rows = headings(form)
    return Annexes(
        letter=letter,
        subject=_subject(letter),
        summaries="\n".join(each for each in annexes if each is not form),
        form=form,
        form_head=form[: rows[0].start] if rows else form,
    )


def _subject(letter: str) -> str:
    start = _SUBJECT.search(letter)
    if start is None:
        return ""
    end = _SALUTATION.search(letter, start.end())
    return letter[start.end() : end.start() if end else start.end() + 4000]

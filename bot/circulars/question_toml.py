"""A circular's own question in its TOML: boxes with their words, and what the marked ones mean.

[question]
name = "deletion"

[[question.boxes]]
role = "agrees"
words = { en = "agrees to the deletion", fr = "accepte la suppression" }

[[question.meanings]]
marked = ["agrees"]
counts = "for"          # or "against"
comments = "none"       # or "attached"; left out: not said
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from bot.circulars.toml_table import TomlTable
from bot.consultation.opinion import Comments, Opinion
from bot.consultation.question import FormBox, Meaning, Question

LANGUAGES: Final = ("en", "fr", "es", "ru", "ar", "zh")
_COUNTS: Final = {"for": Opinion.ASSIGNS, "against": Opinion.DOES_NOT_ASSIGN}
_ROLE = re.compile(r"[a-z][a-z0-9-]{0,39}")
#: A row with more boxes than that is no question that anybody answers.
_MOST_BOXES = 12


def parse_question(table: TomlTable) -> Question:
    """Reads the table `question`.

    Raises:
        CircularError: it does not describe one; says which key and what should stand there.
    """
    name = table.text("name")
    boxes = tuple(_boxes(table))
    roles = {each.role for each in boxes}
    meanings = tuple(_meanings(table, roles))
    unused = roles - {role for each in meanings for role in each.marked}
    if unused:
        raise table.error(
            "meanings", f"{', '.join(sorted(unused))} never means anything", "add a table for it"
        )
    table.refuse_others()
    return Question(name=name, boxes=boxes, meanings=meanings)


def _boxes(table: TomlTable) -> Iterator[FormBox]:
    seen: set[str] = set()
    said: set[str] = set()
    tables = table.tables("boxes")
    if len(tables) > _MOST_BOXES:
        raise table.error("boxes", f"there are {len(tables)}", f"it goes up to {_MOST_BOXES}")
    for each in tables:
        role = each.text("role")
        if not _ROLE.fullmatch(role):
            raise each.error("role", "it is no short word", "write small letters and hyphens")
        if role in seen:
            raise each.error("role", f"{role} stands there twice")
        seen.add(role)
        words = each.table("words")
        spoken = tuple((code, words.text(code)) for code in LANGUAGES if code in words)
        if not spoken:
            raise each.error("words", "there are none", 'write words = { en = "..." }')
        words.refuse_others()
        for code, text in spoken:
            if text.casefold() in said:
                raise each.error(f"words.{code}", "another box has the same", "tell them apart")
            said.add(text.casefold())
        each.refuse_others()
        yield FormBox(role=role, words=spoken)


def _meanings(table: TomlTable, roles: set[str]) -> Iterator[Meaning]:
    seen: set[frozenset[str]] = set()
    for each in table.tables("meanings"):
        marked = frozenset(each.words("marked", tuple(sorted(roles))))
        if marked in seen:
            raise each.error("marked", "that set of boxes stands there twice")
        seen.add(marked)
        comments = None
        if "comments" in each:
            comments = Comments(each.choice("comments", tuple(Comments)))
        yield Meaning(
            marked=marked, opinion=_COUNTS[each.choice("counts", tuple(_COUNTS))], comments=comments
        )
        each.refuse_others()


def dump_question(question: Question, quoted: Callable[[str], str]) -> Iterator[str]:
    """Its lines, as `parse_question` reads them.

    Args:
        question: what is asked.
        quoted: makes a string of TOML of a text.
    """
    yield "# What the form asks of each text: its boxes, and what the marked ones come to."
    yield "[question]"
    yield f"name = {quoted(question.name)}"
    yield ""
    for box in question.boxes:
        yield "[[question.boxes]]"
        yield f"role = {quoted(box.role)}"
        words = ", ".join(f"{code} = {quoted(text)}" for code, text in box.words)
        yield f"words = {{ {words} }}"
        yield ""
    counts = {opinion: word for word, opinion in _COUNTS.items()}
    order = {role: place for place, role in enumerate(question.roles)}
    for each in question.meanings:
        marked = ", ".join(quoted(role) for role in sorted(each.marked, key=order.__getitem__))
        yield "[[question.meanings]]"
        yield f"marked = [{marked}]"
        yield f"counts = {quoted(counts[each.opinion])}"
        if each.comments is not None:
            yield f"comments = {quoted(each.comments.value)}"
        yield ""

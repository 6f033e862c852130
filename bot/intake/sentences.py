"""Sentences of a message, and what is plain of each: an opinion, a covering note, some substance."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from parsers.designation import designations
from parsers.reading import BoxRole
from parsers.wording import fold, roles_in

_ENDS = re.compile(r"(?<=[.!?;؟])\s+|(?<=[。！？；])")
#: Longer sentences are none.
_LONGEST = 1_000
_OPINIONS = frozenset({BoxRole.ASSIGNS, BoxRole.DOES_NOT_ASSIGN})
#: "All but ...": what is named is what the sentence does not speak of.
_BUT = re.compile(
    r"\b(?:except|excluding|but|other than|apart from|sauf|excepte|a l'exception|hormis|salvo"
    r"|excepto|a excepcion|menos|кроме|за исключением|помимо)\b|除|باستثناء|عدا|سوى"
)
#: Says that something comes with the message, and nothing more.
_COVER = re.compile(
    r"\bfind (?:attached|enclosed|herewith|below|our)|\b(?:attached|enclosed|herewith) "
    r"(?:please|is|are|to|you|hereto)|\b(?:is|are|be) (?:attached|enclosed)\b"
    r"|\bsee (?:the )?(?:attach|enclos|annex)|\bwe (?:attach|enclose|submit|send|transmit)"
    r"|\bci-joint|veuillez trouver|\ben annexe\b|trouverez|\badjunt|sirvase encontrar|\banex[oa]s?\b"
    r"|прилага|приложен|направля|во вложении|مرفق|طي[هة]|ترفق|نرفق|تجدون|نرسل"
    r"|随附|附上|附件|随函|见附|谨附"
)
_IDEOGRAPH = re.compile("[\u3400-\u9fff]")
#: One ideograph says as much as about three letters.
_MORE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence that gives an opinion in words.

    Attributes:
        opinion: ASSIGNS or DOES_NOT_ASSIGN.
        texts: designations that it names; empty: it speaks of all, or does not say of which.
    """

    opinion: BoxRole
    texts: tuple[str, ...]


def sentences(words: str) -> list[str]:
    """The sentences of each line, in order; blank ones left out."""
    found = (each.strip() for line in words.split("\n") for each in _ENDS.split(line))
    return [each[:_LONGEST] for each in found if each]


def statements(words: str, texts: Collection[str]) -> tuple[Statement, ...]:
    """The opinions that somebody gives in words, whether a line or a paragraph holds the sentence.

    Args:
        words: of the sender's own.
        texts: designations of the circulars.
    """
    paragraphs = [each.replace("\n", " ") for each in re.split(r"\n\s*\n", words)]
    units = dict.fromkeys((*sentences(words), *sentences("\n".join(paragraphs))))
    found: dict[Statement, None] = {}
    for unit in units:
        spoken = roles_in(unit) & _OPINIONS
        if len(spoken) != 1:
            continue
        named = tuple(each.name for each in designations(unit) if each.name in texts)
        if named and _BUT.search(fold(unit)):
            continue
        found[Statement(opinion=next(iter(spoken)), texts=named)] = None
    return tuple(found)


def is_cover(folded: str) -> bool:
    """Whether a folded sentence only says what comes with the message."""
    return _COVER.search(folded) is not None


def weight(folded: str) -> int:
    """How much a folded text says, in letters."""
    letters = sum(char.isalpha() for char in folded)
    return letters + _MORE * len(_IDEOGRAPH.findall(folded))

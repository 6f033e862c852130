"""Words of a letter, folded so that case, accents and ways of writing no longer matter.

A Chinese character is a word of its own. Arabic is brought to one form of alef, yeh and teh
marbuta, without vowel signs; Russian ё and й to their plain letters.
"""

import functools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

#: Characters of a letter that are looked at: its head and its end, where it says whose it is.
MOST_CHARACTERS: Final = 100_000
_LONGEST_WORD: Final = 40

# Soft hyphen, marks of direction and joining, Arabic vowel signs and tatweel: not to be seen.
_UNSEEN = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0640\u064b-\u065f\u0670]+"
)
_MAILBOX = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,255}")
_LINK = re.compile(r"(?:[hH][tT]{2}[pP][sS]?://|[wW]{3}\.)\S{1,500}")
_HYPHENATED = re.compile(r"\b([^\W\d_]{2,30})[-\u2010]\r?\n[ \t]*([^\W\d_]{2,30})\b")
_LINE_END_HYPHEN = re.compile(r"[-\u2010]\r?\n")
_MARKS = re.compile("[\u0300-\u036f\u0653-\u0655]+")
_WORD = re.compile(r"[\u3400-\u9fff]|\d+[年月日号]?|[^\W\d_\u3400-\u9fff]+")
_LETTERS: Final = {
    "ى": "ي",
    "ة": "ه",
    "ک": "ك",
    "ی": "ي",
    "ı": "i",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "æ": "ae",
}
_LETTER = re.compile(f"[{''.join(_LETTERS)}]")


@dataclass(frozen=True, slots=True)
class Words:
    """A text and its words.

    Attributes:
        text: as it is looked at: normalised (NFKC), without what cannot be seen.
        raw: the words as they stand there.
        spans: where each stands in `text`.
    """

    text: str
    raw: Sequence[str]
    spans: Sequence[tuple[int, int]]


def seen_text(text: str) -> str:
    """The text as a reader sees it: one form of each character; addresses taken out."""
    if len(text) > MOST_CHARACTERS:
        half = MOST_CHARACTERS // 2
        text = f"{text[:half]}\n{text[-half:]}"
    # Marks that cannot be seen may stand between a letter and its accent: they go first.
    text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    return _LINK.sub(" ", _without_mailboxes(text))


def _without_mailboxes(text: str) -> str:
    """An address says whose by its domain, not by a word that happens to be in it."""
    pieces: list[str] = []
    done = 0
    at = text.find("@")
    while at >= 0:
        start = at
        while start > max(done, at - 64) and (
            text[start - 1].isalnum() or text[start - 1] in ".+-_"
        ):
            start -= 1
        if found := _MAILBOX.match(text, start):
            pieces += (text[done:start], " ")
            done = found.end()
        at = text.find("@", max(done, at + 1))
    return "".join((*pieces, text[done:]))


def split_words(text: str, vocabulary: frozenset[str]) -> Words:
    """The words of a text that was brought to `seen_text`.

    Args:
        text: to be split.
        vocabulary: folded words; a word hyphenated at the end of a line is joined where that
            gives one of them ("Switzer-land", but not "Guinea-Bissau").
    """

    def joined(match: re.Match[str]) -> str:
        whole = match[1] + match[2]
        return whole if fold(whole) in vocabulary else match[0]

    if _LINE_END_HYPHEN.search(text):
        text = _HYPHENATED.sub(joined, text)
    matches = list(_WORD.finditer(text))
    return Words(text, [match[0] for match in matches], [match.span() for match in matches])


@functools.lru_cache(maxsize=16_384)
def fold(word: str) -> str:
    """One word without case, accents and variants of letters; a monstrous one as it is."""
    return folded_text(word) if len(word) <= _LONGEST_WORD else word


def folded_words(text: str) -> tuple[str, ...]:
    """The folded words of a short text, as of a name."""
    return tuple(fold(match[0]) for match in _WORD.finditer(seen_text(text)))


def folded_text(text: str) -> str:
    """A piece of text folded character by character, its punctuation kept."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _LETTER.sub(lambda match: _LETTERS[match[0]], _MARKS.sub("", plain))

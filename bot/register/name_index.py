"""Every name of every Member State, looked up word by word; the longest name wins.

One table holds the six languages: "Guinea" and "Guinea-Bissau" differ by what follows, "Sudan" and
"South Sudan" by what stands before, and what only contains a name ("Northern Ireland") stands in
it as nobody's.
"""

import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.register.inflection import nominatives, without_prefix
from bot.register.member_state import Iso3, MemberState
from bot.register.name_exceptions import AMBIGUOUS, NOBODY
from bot.register.states import member_states
from bot.register.words import fold, folded_words

_ARTICLES: Final = frozenset({"the", "la", "le", "les", "l", "los", "las"})
#: The shortest folded name that a misspelt one is compared with.
_SHORTEST: Final = 5


@dataclass(frozen=True, slots=True)
class Name:
    """One name as a sequence of folded words.

    Attributes:
        words: folded, Russian ones in the nominative.
        states: whose; several for an ambiguous one, none for what only contains a name.
        capitals: an abbreviation, which counts in capitals only ("UAE").
        ambiguous: it may mean another State, or says its own only in part.
    """

    words: tuple[str, ...]
    states: tuple[Iso3, ...]
    capitals: bool = False
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class NameIndex:
    """The names by their first word.

    Attributes:
        by_first: first word -> names, longest first.
        vocabulary: every word of every name.
        lemmas: Russian form -> nominative.
        longer: words of a name -> the names of other States that contain it, each with the number
            of its words before.
    """

    by_first: Mapping[str, tuple[Name, ...]]
    vocabulary: frozenset[str]
    lemmas: Mapping[str, str]
    longer: Mapping[tuple[str, ...], tuple[tuple[int, Name], ...]]

    def canonical(self, words: Sequence[str]) -> list[str]:
        """The words of a letter as they stand in the names."""
        memory: dict[str, str] = {}
        return [
            memory.get(word) or memory.setdefault(word, self._canonical(word)) for word in words
        ]

    def _canonical(self, word: str) -> str:
        folded = fold(word)
        folded = self.lemmas.get(folded, folded)
        if "\u0600" <= folded[:1] <= "\u06ff" and folded not in self.vocabulary:
            return without_prefix(folded, self.vocabulary)
        return folded

    def at(self, words: Sequence[str], raw: Sequence[str], place: int) -> Name | None:
        """The longest name that begins at this word; None where none does."""
        for name in self.by_first.get(words[place], ()):
            end = place + len(name.words)
            if tuple(words[place:end]) == name.words and (
                not name.capitals or all(word.isupper() for word in raw[place:end])
            ):
                return name
        return None


@functools.cache
def name_index() -> NameIndex:
    """The names of `member_states()`, put in order once, when first asked for."""
    states = member_states()
    lemmas = nominatives(
        word.lower().replace("ё", "е")
        for state in states.values()
        for name in state.names["ru"]
        for word in name.replace("-", " ").replace("'", " ").split()
    )
    names: dict[tuple[str, ...], Name] = {}
    for name in _names(states, lemmas):
        names.setdefault(name.words, name)
    by_first: defaultdict[str, list[Name]] = defaultdict(list)
    for name in names.values():
        by_first[name.words[0]].append(name)
    return NameIndex(
        by_first={
            first: tuple(sorted(group, key=lambda each: -len(each.words)))
            for first, group in by_first.items()
        },
        vocabulary=frozenset(word for words in names for word in words),
        lemmas=lemmas,
        longer=_longer(names),
    )


@functools.cache
def spelt_names() -> tuple[tuple[str, ...], tuple[tuple[Iso3, ...], ...]]:
    """The names as strings, and whose each is: what misspelt ones are compared with."""
    listed = [
        (" ".join(name.words), name.states)
        for group in name_index().by_first.values()
        for name in group
        if name.states and sum(map(len, name.words)) >= _SHORTEST
    ]
    return tuple(text for text, _ in listed), tuple(states for _, states in listed)


def _names(states: Mapping[Iso3, MemberState], lemmas: Mapping[str, str]) -> Iterator[Name]:
    for text in NOBODY:
        yield Name(_in_nominative(folded_words(text), lemmas), ())
    for text, codes in AMBIGUOUS.items():
        yield Name(
            _in_nominative(folded_words(text), lemmas), tuple(map(Iso3, codes)), ambiguous=True
        )
    for state in states.values():
        for texts in state.names.values():
            for text in texts:
                words = _in_nominative(folded_words(text), lemmas)
                capitals = text.isupper() and max(map(len, words)) <= 4
                for variant in _variants(words):
                    yield Name(variant, (state.iso3,), capitals)


def _in_nominative(words: Sequence[str], lemmas: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(lemmas.get(word, word) for word in words)


def _variants(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if words[0] in _ARTICLES:
        words = words[1:]
    yield words
    # "&" is no word: what is left of "Trinidad & Tobago" is its two names.
    yield tuple(word for word in words if word not in {"and", "et"})
    # "Peoples Republic" is written for "People's Republic".
    if "s" in words[1:]:
        place = words.index("s", 1)
        yield (*words[: place - 1], words[place - 1] + "s", *words[place + 1 :])
    # Arabic "and" is written together with the next word, or apart from it.
    if any(word.startswith("و") and len(word) > 4 for word in words[1:]):
        apart: list[str] = [words[0]]
        for word in words[1:]:
            apart += ["و", word[1:]] if word.startswith("و") and len(word) > 4 else [word]
        yield tuple(apart)


def _longer(
    names: Mapping[tuple[str, ...], Name],
) -> Mapping[tuple[str, ...], tuple[tuple[int, Name], ...]]:
    found: defaultdict[tuple[str, ...], list[tuple[int, Name]]] = defaultdict(list)
    for words, name in names.items():
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                inner = names.get(words[start:end])
                if inner and name.states and set(name.states) - set(inner.states) != set():
                    found[inner.words].append((start, name))
    return {words: tuple(group) for words, group in found.items()}

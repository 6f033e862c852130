"""How words of names change inside a sentence: Russian cases, Arabic prefixes."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from bot.register.words import fold

# Nominative ending -> the endings of the other cases; the first that fits is taken. Adjectives
# come before nouns. What is too many (forms that do not exist) does no harm.
_ENDINGS: Final = (
    ("ая", "ой ую ою"),
    ("яя", "ей юю"),
    ("ый", "ого ому ым ом"),
    ("ий", "ого ому им ом его ему ем"),
    ("ое", "ого ому ым ом"),
    ("ее", "его ему им ем"),
    ("ые", "ых ым ыми"),
    ("ие", "их им ими"),
    ("ия", "ии ию ией"),
    ("я", "и е ю ей"),
    ("ка", "ки ке ку кой"),
    ("ха", "хи хе ху хой"),
    ("га", "ги ге гу гой"),
    ("ша", "ши ше шу шей"),
    ("а", "ы е у ой"),
    ("ство", "ства ству ством стве"),
    ("ы", "_ ов ам ами ах"),
    ("ь", "я и ю ем ью е"),
    ("й", "я ю ем е"),
)
_CONSONANT_ENDINGS: Final = "а у ом е".split()  # noqa: SIM905 - reads as words
_CONSONANTS: Final = frozenset("бвгджзклмнпрстфхцчшщ")
_IRREGULAR: Final = {
    "острова": "островов островам островами островах",
    "египет": "египта египту египтом египте",
    "престол": "престола престолу престолом престоле",
}

# "and", "so"; "in", "like", "for": written together with the word that follows.
_PREFIXES: Final = ("و", "ف", "ب", "ك", "ل")


def nominatives(words: Iterable[str]) -> Mapping[str, str]:
    """Folded form -> folded nominative, for Russian words given in the nominative, in lower case.

    A word that is itself a form of another one (as in "Содружество Доминики") goes to that one.
    """
    lemmas: dict[str, str] = {}
    for word in sorted(set(words)):
        for form in _forms(word):
            if fold(form) != fold(word):
                lemmas.setdefault(fold(form), fold(word))
    # A chain (a genitive in the table has made-up forms of its own) ends at its nominative.
    for form, lemma in lemmas.items():
        seen = {form}
        end = lemma
        while end in lemmas and end not in seen:
            seen.add(end)
            end = lemmas[end]
        lemmas[form] = end
    return lemmas


def without_prefix(word: str, vocabulary: frozenset[str]) -> str:
    """An Arabic word without "and", "of", "in" before it, where that leaves a word of the names."""
    for rest in _prefix_taken(word):
        if rest in vocabulary:
            return rest
        for shorter in _prefix_taken(rest):
            if shorter in vocabulary:
                return shorter
    return word


def _prefix_taken(word: str) -> Iterator[str]:
    if len(word) < 4:
        return
    if word.startswith("لل"):
        # "for" swallows the alef of the article.
        yield "ال" + word[2:]
    if word.startswith(_PREFIXES):
        yield word[1:]


def _forms(word: str) -> list[str]:
    if word in _IRREGULAR:
        return _IRREGULAR[word].split()
    if len(word) < 3:
        return []
    for ending, others in _ENDINGS:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            return [stem + other.replace("_", "") for other in others.split()]
    if word[-1] in _CONSONANTS:
        return [word + other for other in _CONSONANT_ENDINGS]
    return []

"""Which Administrations a letter names, in any of the six languages, and how surely."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from bot.register.letter_places import STRONG, LetterPlaces, Where
from bot.register.member_state import Iso3
from bot.register.name_exceptions import ALSO_WORDS, CITIES_OF
from bot.register.name_index import Name, NameIndex, name_index, spelt_names
from bot.register.words import Words, folded_words, seen_text, split_words

_SWITZERLAND: Final = Iso3("CHE")
_PALESTINE: Final = Iso3("PSE")
#: Names looked at in one letter, from its beginning and from its end; a list of States is no letter.
_MOST_NAMES: Final = 120
#: Of 100: how much alike a misspelt name has to be.
_NEARLY: Final = 83
_NEARLY_BESIDE: Final = 75
#: Words round the name in a signature, which are no part of it.
_AROUND: Final = frozenset(
    {
        *("administration", "of", "the", "de", "la", "le", "les", "l", "d", "du", "des", "del"),
        *("administracion", "los", "las", "администрация", "администрации", "اداره", "el"),
        *"主管部门",
    }
)
_WEIGHT: Final = {where: place for place, where in enumerate(Where)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """One Member State that a letter names.

    Attributes:
        iso3: which.
        where: the weightiest place in which it is named.
        words: the line in which it stands there, for people.
    """

    iso3: Iso3
    where: Where
    words: str

    @property
    def strong(self) -> bool:
        """Whether it says whose the letter is; otherwise it is only something to look at."""
        return self.where in STRONG


@dataclass(frozen=True, slots=True)
class _Found:
    name: Name
    first: int
    start: int
    end: int


def namings(text: str) -> tuple[Naming, ...]:
    """Every Member State that the letter names, each once, the weightiest first.

    The form's own address in Geneva names nobody, nor does an unfilled "[Member State]".
    """
    index = name_index()
    words = split_words(seen_text(text), index.vocabulary)
    canonical = index.canonical(words.raw)
    places = LetterPlaces(words.text)
    best: dict[Iso3, tuple[Where, int]] = {}
    for found, where, states in _placed(_found(words, canonical, index), canonical, places):
        for iso3 in states:
            known = best.get(iso3)
            if known is None or _WEIGHT[where] < _WEIGHT[known[0]]:
                best[iso3] = (where, found.start)
    named = [
        Naming(iso3=iso3, where=where, words=places.line(start)[:200])
        for iso3, (where, start) in best.items()
    ]
    if not any(each.strong for each in named):
        named += [each for each in _near_misses(places) if each.iso3 not in best]
    # Python's sort is stable: those of one weight stay in the order of the letter.
    return tuple(sorted(named, key=lambda each: _WEIGHT[each.where]))


def administrations_named(text: str) -> tuple[Iso3, ...]:
    """The codes of `namings(text)`: whom the letter names, the weightiest first."""
    return tuple(each.iso3 for each in namings(text))


def _found(words: Words, canonical: list[str], index: NameIndex) -> list[_Found]:
    found = []
    place = 0
    while place < len(canonical):
        name = index.at(canonical, words.raw, place) if canonical[place] in index.by_first else None
        if name is None:
            place += 1
            continue
        end = place + len(name.words)
        if name.states:
            found.append(_Found(name, place, words.spans[place][0], words.spans[end - 1][1]))
        place = end
    if len(found) > 2 * _MOST_NAMES:
        found = found[:_MOST_NAMES] + found[-_MOST_NAMES:]
    return found


def _placed(
    found: list[_Found], canonical: list[str], places: LetterPlaces
) -> list[tuple[_Found, Where, tuple[Iso3, ...]]]:
    placed = []
    for number, each in enumerate(found):
        following = found[number + 1] if number + 1 < len(found) else None
        # "Ministry of" governs the first name after it, not those that follow.
        where = places.of(each.start, each.end, since=found[number - 1].end if number else 0)
        states = each.name.states
        governed = where in {Where.ADMINISTRATION, Where.MINISTRY}
        if where is None or _is_city(each, following):
            continue
        if where is not Where.ADMINISTRATION and _of_the_form(states, each, places):
            continue
        if len(each.name.words) == 1 and each.name.words[0] in ALSO_WORDS and not governed:
            where = where if places.alone(each.start, each.end) else Where.TEXT
        longer = _nearly_longer(each, canonical)
        if longer or each.name.ambiguous:
            where = Where.TEXT if where is Where.TEXT else Where.AMBIGUOUS
        placed.append((each, where, (*states, *longer)))
    return placed


def _of_the_form(states: tuple[Iso3, ...], each: _Found, places: LetterPlaces) -> bool:
    """Whether the name stands in the form's own address, or the circular's own addressees."""
    if states == (_SWITZERLAND,):
        return places.in_geneva(each.start, each.end)
    return states == (_PALESTINE,) and places.among_addressees(each.start, each.end)


def _is_city(each: _Found, following: _Found | None) -> bool:
    if following is None or len(each.name.states) != 1:
        return False
    of = CITIES_OF.get(each.name.states[0], frozenset())
    near = following.first - each.first - len(each.name.words) <= 1
    return near and len(each.name.words) == 1 and bool(of & set(following.name.states))


def _nearly_longer(each: _Found, canonical: list[str]) -> tuple[Iso3, ...]:
    """Other States whose longer name it may be, misspelt: "Guinea-Bisau", "Demcratic Rep. of"."""
    longer: list[Iso3] = []
    end = each.first + len(each.name.words)
    for before, name in name_index().longer.get(each.name.words, ()):
        after = len(name.words) - before - len(each.name.words)
        if (
            each.first >= before
            and _alike(canonical[each.first - before : each.first], name.words[:before])
            and _alike(canonical[end : end + after], name.words[len(name.words) - after :])
        ):
            longer += [state for state in name.states if state not in each.name.states]
    return tuple(dict.fromkeys(longer))


def _alike(beside: Sequence[str], wanted: Sequence[str]) -> bool:
    return fuzz.ratio(" ".join(beside), " ".join(wanted)) >= _NEARLY_BESIDE


def _near_misses(places: LetterPlaces) -> list[Naming]:
    """Names misspelt in the signature block; two States that are as near are both given."""
    texts, states = spelt_names()
    named: dict[Iso3, Naming] = {}
    for line in places.signature_lines():
        spelt = " ".join(word for word in folded_words(line) if word not in _AROUND)
        if not 4 <= len(spelt) <= 60:
            continue
        near = process.extract(spelt, texts, scorer=fuzz.ratio, score_cutoff=_NEARLY, limit=3)
        for _, score, place in near:
            # A name without a fault was found before, and did not count where it stands.
            if near[0][1] < 100 and score >= near[0][1] - 3:
                for iso3 in states[place]:
                    named.setdefault(iso3, Naming(iso3=iso3, where=Where.NEAR_MISS, words=line))
    return list(named.values())

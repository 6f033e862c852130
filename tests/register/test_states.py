from collections import Counter

import pytest

from bot.register.member_state import Iso3
from bot.register.name_index import name_index
from bot.register.states import LANGUAGES, REGIONS, member_states
from bot.register.words import folded_words

STATES = member_states()


def test_the_union_has_194_member_states_and_palestine_is_recorded_beside_them() -> None:
    assert sum(state.votes for state in STATES.values()) == 194
    assert [code for code, state in STATES.items() if not state.votes] == ["PSE"]
    assert "VAT" in STATES
    assert {"TWN", "XKX", "HKG", "ESH", "COK", "NIU"}.isdisjoint(STATES)


def test_states_stand_in_the_order_of_their_codes() -> None:
    assert list(STATES) == sorted(STATES)
    assert all(code == state.iso3 for code, state in STATES.items())


def test_each_region_has_as_many_as_itu_counts() -> None:
    counted = Counter(state.region for state in STATES.values() if state.votes)
    assert counted == {
        "Africa": 44,
        "Americas": 35,
        "Arab States": 21,
        "Asia and the Pacific": 39,
        "CIS": 9,
        "Europe": 46,
    }
    assert set(counted) == set(REGIONS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_names_and_each_is_only_its_own(language: str) -> None:
    owners: dict[tuple[str, ...], Iso3] = {}
    for state in STATES.values():
        assert state.language in LANGUAGES
        assert state.names[language]
        assert len(set(state.names[language])) == len(state.names[language])
        for name in state.names[language]:
            words = tuple(name_index().canonical(folded_words(name)))
            assert owners.setdefault(words, state.iso3) == state.iso3, name


def test_country_code_domains_belong_to_one_state_each() -> None:
    domains = [domain for state in STATES.values() for domain in state.domains]
    assert len(set(domains)) == len(domains)
    assert all(domain.isascii() and domain == domain.lower() for domain in domains)
    assert STATES[Iso3("GBR")].domains == ("uk", "gb")


def test_a_name_falls_back_to_english() -> None:
    assert STATES[Iso3("CHE")].name("fr") == "Suisse"
    assert STATES[Iso3("CHE")].name("de") == "Switzerland"

"""A deadline on the clock of a Member State's capital."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from babel.core import get_global

from bot.letters.capital_time import _CAPITALS, capital_time, capital_zone
from bot.letters.languages import LANGUAGES
from bot.register.states import member_states

DEADLINE = dt.datetime(2026, 4, 30, 23, 59, tzinfo=dt.UTC)
CODES = sorted(state.iso2.upper() for state in member_states().values())


@pytest.mark.parametrize("code", CODES)
def test_every_member_state_has_the_clock_of_its_capital(code: str) -> None:
    assert capital_zone(code) is not None
    assert capital_zone(code.lower()) == capital_zone(code)


@pytest.mark.parametrize("code", CODES)
def test_where_no_capital_is_named_all_zones_say_the_same(code: str) -> None:
    zones = [ZoneInfo(name) for name in get_global("territory_zones")[code]]
    moments = [
        dt.datetime(year, month, 15, tzinfo=dt.UTC)
        for year in range(2026, 2029)
        for month in range(1, 13)
    ]
    differ = any(
        len({moment.astimezone(zone).utcoffset() for zone in zones}) > 1 for moment in moments
    )
    assert differ is (code in _CAPITALS)


def test_a_capital_is_in_one_of_its_territorys_zones() -> None:
    for code, name in _CAPITALS.items():
        assert name in get_global("territory_zones")[code]


@pytest.mark.parametrize(
    ("code", "language", "said"),
    [
        pytest.param("ch", "en", "1 May 2026, 01:59 (UTC+2)", id="another day"),
        pytest.param("ch", "fr", "1er mai 2026 à 01 h 59 (UTC+2)", id="French"),
        pytest.param("us", "en", "30 April 2026, 19:59 (UTC\N{MINUS SIGN}4)", id="west of UTC"),
        pytest.param("np", "en", "1 May 2026, 05:44 (UTC+5:45)", id="with minutes"),
        pytest.param(
            "cl", "es", "30 de abril de 2026, 19:59 horas (UTC\N{MINUS SIGN}4)", id="Spanish"
        ),
        pytest.param("cn", "zh", "2026年5月1日07时59分（UTC+8）", id="Chinese"),
        pytest.param("ru", "ru", "1 мая 2026 года, 02:59 (UTC+3)", id="Russian"),
        pytest.param("eg", "ar", "1 مايو 2026، الساعة 02:59 (\u2066UTC+3\u2069)", id="Arabic"),
        pytest.param("gh", "en", None, id="UTC itself"),
        pytest.param("gb", "en", "1 May 2026, 00:59 (UTC+1)", id="summer time"),
        pytest.param("zz", "en", None, id="no such territory"),
        pytest.param(None, "en", None, id="nobody knows whose"),
    ],
)
def test_a_moment_is_given_on_the_capitals_clock(
    code: str | None, language: str, said: str | None
) -> None:
    assert capital_time(DEADLINE, code, LANGUAGES[language]) == said


def test_where_the_clock_stands_at_utc_in_winter_it_is_not_said_twice() -> None:
    winter = dt.datetime(2026, 1, 31, 23, 59, tzinfo=dt.UTC)
    assert capital_time(winter, "gb", LANGUAGES["en"]) is None

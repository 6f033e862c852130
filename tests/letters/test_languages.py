"""Dates, lists and plurals of the six languages."""

import datetime as dt

import pytest
from babel import Locale
from jinja2 import nodes

from bot.letters.environment import text_environment
from bot.letters.languages import LANGUAGES, language_of
from bot.letters.template_folder import TEMPLATE_FOLDER


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ar", "30 أبريل 2026، الساعة 23:59 بالتوقيت العالمي المنسق (UTC)"),
        ("zh", "2026年4月30日23时59分（UTC）"),
        ("en", "30 April 2026, 23:59 UTC"),
        ("fr", "30 avril 2026 à 23 h 59 UTC"),
        ("ru", "30 апреля 2026 года, 23:59 UTC"),
        ("es", "30 de abril de 2026, 23:59 horas UTC"),
    ],
)
def test_a_deadline_is_said_in_utc(language: str, said: str) -> None:
    zurich = dt.timezone(dt.timedelta(hours=2))
    moment = dt.datetime(2026, 5, 1, 1, 59, tzinfo=zurich)
    assert LANGUAGES[language].at(moment) == said


@pytest.mark.parametrize(
    ("language", "same_month", "two_months", "two_years"),
    [
        ("ar", "من 12 إلى 21 مايو 2026", "من 28 أبريل إلى 4 مايو 2026", "من 30 ديسمبر 2026 إلى 2 يناير 2027"),
        ("zh", "2026年5月12日至21日", "2026年4月28日至5月4日", "2026年12月30日至2027年1月2日"),
        ("en", "12–21 May 2026", "28 April – 4 May 2026", "30 December 2026 – 2 January 2027"),
        ("fr", "12–21 mai 2026", "28 avril – 4 mai 2026", "30 décembre 2026 – 2 janvier 2027"),
        ("ru", "12–21 мая 2026 года", "28 апреля – 4 мая 2026 года", "30 декабря 2026 года – 2 января 2027 года"),
        ("es", "12–21 de mayo de 2026", "28 de abril – 4 de mayo de 2026", "30 de diciembre de 2026 – 2 de enero de 2027"),
    ],
)  # fmt: skip
def test_a_meeting_lasts_from_one_day_to_another(
    language: str, same_month: str, two_months: str, two_years: str
) -> None:
    spoken = LANGUAGES[language]
    assert spoken.days(dt.date(2026, 5, 12), dt.date(2026, 5, 21)) == same_month
    assert spoken.days(dt.date(2026, 4, 28), dt.date(2026, 5, 4)) == two_months
    assert spoken.days(dt.date(2026, 12, 30), dt.date(2027, 1, 2)) == two_years
    assert spoken.days(dt.date(2026, 5, 12), dt.date(2026, 5, 12)) == spoken.day(
        dt.date(2026, 5, 12)
    )


def test_the_first_of_a_month_is_an_ordinal_in_french() -> None:
    assert LANGUAGES["fr"].day(dt.date(2026, 5, 1)) == "1er mai 2026"
    assert LANGUAGES["fr"].day(dt.date(2026, 5, 11)) == "11 mai 2026"
    assert LANGUAGES["fr"].days(dt.date(2026, 5, 1), dt.date(2026, 5, 5)) == "1er–5 mai 2026"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "1 день"),
        (2, "2 дня"),
        (5, "5 дней"),
        (11, "11 дней"),
        (21, "21 день"),
        (104, "104 дня"),
    ],
)
def test_russian_days(number: int, said: str) -> None:
    forms = {"one": "# день", "few": "# дня", "many": "# дней", "other": "# дня"}
    assert LANGUAGES["ru"].plural(number, forms) == said


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_template_gives_every_plural_form_that_its_language_asks_for(language: str) -> None:
    needed = {Locale.parse(LANGUAGES[language].locale).plural_form(n) for n in range(1000)}
    environment = text_environment([TEMPLATE_FOLDER])
    found = 0
    for path in TEMPLATE_FOLDER.glob(f"mail/*/{language}/*.jinja"):
        for call in environment.parse(path.read_text()).find_all(nodes.Filter):
            if call.name == "plural":
                found += 1
                assert needed <= {str(form.key) for form in call.kwargs}
    assert found


def test_a_language_that_is_not_official_is_answered_in_english() -> None:
    assert language_of("de") is language_of(None) is LANGUAGES["en"]


def test_a_country_is_named_as_the_language_names_it() -> None:
    assert LANGUAGES["ru"].territory("CH") == "Швейцария"
    assert LANGUAGES["ru"].territory("ZZ9") == "ZZ9"

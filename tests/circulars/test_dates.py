"""Dates, days of a meeting and deadlines in the wordings of six languages."""

import datetime as dt

import pytest

from bot.circulars.dates import dates, deadlines, spans


@pytest.mark.parametrize(
    "text",
    [
        "by 2359 hours UTC on 30 April 2026",
        "by 2400 hours UTC on 30 April 2026",
        "not later than 30 April 2026 at 23:59 (UTC)",
        "by April 30, 2026, 23:59 UTC",
        "by 30 April 2026 (2359 hours UTC)",
        "before 23:59 hours Coordinated Universal Time on Thursday, 30 April 2026",
        "au plus tard le 30 avril 2026 à 23 h 59 UTC",
        "au plus tard le 30 avril 2026 à 23 heures 59 (UTC)",
        "à 23h59 UTC le 30 avril 2026",
        "antes de las 23.59 horas UTC del 30 de abril de 2026",
        "no más tarde de las 23:59 UTC del jueves 30 de abril de 2026",
        "не позднее 23:59 UTC 30 апреля 2026 года",
        "не позднее 23 час. 59 мин. UTC 30 апреля 2026 г.",
        "2026年4月30日23时59分（协调世界时）前",
        "في موعد أقصاه الساعة 2359 بالتوقيت العالمي المنسق يوم 30 أبريل 2026",
        "في موعد أقصاه الساعة 23:59 UTC يوم 30 نيسان/أبريل 2026",
    ],
)
def test_a_deadline_is_found(text: str) -> None:
    (found,) = deadlines(text)

    assert found.value.moment == dt.datetime(2026, 4, 30, 23, 59, tzinfo=dt.UTC)
    assert found.value.utc


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Tel: +41 22 730 6301, 30 April 2026", id="a telephone number"),
        pytest.param("Resolution 2359 of 30 April 2026", id="a number without hours"),
        pytest.param("by 2359 hours UTC. The meeting is on 30 April 2026", id="another sentence"),
        pytest.param("by 2359 hours UTC on 31 April 2026", id="no such day"),
        pytest.param("by 2459 hours UTC on 30 April 2026", id="no such hour"),
    ],
)
def test_what_is_no_deadline_is_none(text: str) -> None:
    assert deadlines(text) == []


def test_another_clock_is_not_taken_for_utc() -> None:
    (found,) = deadlines("by 2359 hours Geneva time on 30 April 2026")
    assert not found.value.utc


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("12-21 May 2026", "2026-05-12", "2026-05-21"),
        ("from 12 to 21 May 2026", "2026-05-12", "2026-05-21"),
        ("May 12 – 21, 2026", "2026-05-12", "2026-05-21"),
        ("28 April - 8 May 2026", "2026-04-28", "2026-05-08"),
        ("28 December 2026 – 5 January 2027", "2026-12-28", "2027-01-05"),
        ("1er-5 mai 2026", "2026-05-01", "2026-05-05"),
        ("12 au 21 mai 2026", "2026-05-12", "2026-05-21"),
        ("del 12 al 21 de mayo de 2026", "2026-05-12", "2026-05-21"),
        ("с 12 по 21 мая 2026 года", "2026-05-12", "2026-05-21"),
        ("2026年5月12日至21日", "2026-05-12", "2026-05-21"),
        ("2026年12月28日至2027年1月5日", "2026-12-28", "2027-01-05"),
        ("12-21 مايو 2026", "2026-05-12", "2026-05-21"),
        pytest.param("21-12 مايو 2026", "2026-05-12", "2026-05-21", id="as right to left shows it"),
    ],
)
def test_the_days_of_a_meeting_are_found(text: str, first: str, last: str) -> None:
    (found,) = spans(text)
    assert (str(found.value.first), str(found.value.last)) == (first, last)


def test_days_that_are_none_are_passed_over() -> None:
    assert spans("30-31 February 2026") == []


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize(
    "names",
    [
        "January February March April May June July August September October November December",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    ],
    ids=["en", "fr", "es", "ru", "ar"],
)
def test_every_month_has_its_names(names: str, month: int) -> None:
    (found,) = dates(f"2 {names.split()[month - 1]} 2026")
    assert found.value == dt.date(2026, month, 2)


def test_dates_come_in_their_order() -> None:
    found = dates("2026-03-02, then 3 May 2026 and 2026年4月1日")
    assert [str(each.value) for each in found] == ["2026-03-02", "2026-05-03", "2026-04-01"]

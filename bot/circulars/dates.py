"""Dates, days of a meeting and deadlines, as circulars write them in the six languages."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.circulars.wording import LANGUAGES, UTC, any_of

_MONTH = any_of(
    *(rf"\b{any_of(*each.months)}\b" for each in LANGUAGES if each.language not in ("ar", "zh")),
    *(any_of(*each.months) for each in LANGUAGES if each.language == "ar"),
)
_UNTIL = any_of(
    *(
        rf"\b{any_of(each.until)}\b" if each.language not in ("ar", "zh") else any_of(each.until)
        for each in LANGUAGES
    ),
    "[-‐‑–—/~～]",
)
_DAY = r"(?:(?<!\d)\d{1,2}(?:st|nd|rd|th|er|º|°|-?го)?(?!\d))"
_OF = r"(?:(?:de|del|of)\s+)?"

Value = TypeVar("Value")

_FLAGS = re.IGNORECASE
_DATES = tuple(
    re.compile(pattern, _FLAGS)
    for pattern in (
        rf"(?P<day>{_DAY})\s*{_OF}(?P<month>{_MONTH})\.?,?\s+{_OF}(?P<year>\d{{4}})(?!\d)",
        rf"(?P<month>{_MONTH})\.?\s+(?P<day>{_DAY}),?\s+(?P<year>\d{{4}})(?!\d)",
        r"(?P<year>\d{4})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*[日号]",
        r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)",
    )
)
# Days of two months come first: "28 April - 8 May 2026" also holds a single date.
_SPANS = tuple(
    re.compile(pattern, _FLAGS)
    for pattern in (
        (
            rf"(?P<first>{_DAY})\s*{_OF}(?P<first_month>{_MONTH})\.?,?\s*(?:{_OF}(?P<first_year>\d{{4}}))?"
            rf"\s*{_UNTIL}\s*(?P<last>{_DAY})\s*{_OF}(?P<month>{_MONTH})\.?,?\s+{_OF}(?P<year>\d{{4}})(?!\d)"
        ),
        (
            rf"(?P<first>{_DAY})\s*{_UNTIL}\s*(?P<last>{_DAY})\s*{_OF}(?P<month>{_MONTH})\.?,?\s+"
            rf"{_OF}(?P<year>\d{{4}})(?!\d)"
        ),
        (
            rf"(?P<month>{_MONTH})\.?\s+(?P<first>{_DAY})\s*{_UNTIL}\s*(?P<last>{_DAY}),?\s+"
            r"(?P<year>\d{4})(?!\d)"
        ),
        (
            r"(?P<first_year>\d{4})\s*年\s*(?P<first_month>\d{1,2})\s*月\s*(?P<first>\d{1,2})\s*日?"
            rf"\s*{_UNTIL}\s*(?:(?P<year>\d{{4}})\s*年\s*)?(?P<month>\d{{1,2}})\s*月\s*(?P<last>\d{{1,2}})\s*日"
        ),
        (
            r"(?P<year>\d{4})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<first>\d{1,2})\s*日?"
            rf"\s*{_UNTIL}\s*(?P<last>\d{{1,2}})\s*日"
        ),
    )
)
_HOURS = r"hours?|hrs?\b|heures?|horas?|h\b|час\w*|时|點|点|ساعة"
_TIMES = tuple(
    re.compile(pattern, _FLAGS)
    for pattern in (
        (
            r"(?<![\d.])(?P<hour>[01]?\d|2[0-4])\s?(?:[:.：]|heures?\b|horas?\b|h\b|h(?=\d)|ч\.?|час(?:\.|ов|а)?|时|點|点)"
            r"\s?(?P<minute>[0-5]\d)(?![\d.]\d)"
        ),
        rf"(?<!\d)(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)(?=\s*(?:{_HOURS}|ب?(?:{UTC})))",
    )
)
_UTC = re.compile(UTC, _FLAGS)
#: A sentence or paragraph ends; "23 час. 59 мин. UTC" does not.
_BREAK = re.compile(rf"[.。;]\s+(?!{UTC})[^\W\d]{{3}}|\n\s*\n", _FLAGS)

#: Letters between the time of day and "UTC", and between the time and its date.
_NEAR_UTC = 30
_NEAR_DATE = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Generic[Value]):
    """A value and where in the text it stands."""

    value: Value
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """First and last day of a meeting; `first` is the earlier one unless the text reverses them."""

    first: dt.date
    last: dt.date


def dates(text: str) -> list[Found[dt.date]]:
    """Every whole date of a text, in order."""
    found = [
        Found(value=day, start=match.start(), end=match.end())
        for pattern in _DATES
        for match in pattern.finditer(text)
        if (day := _date(match["year"], match["month"], match["day"])) is not None
    ]
    return sorted(found, key=lambda each: each.start)


def spans(text: str) -> list[Found[Days]]:
    """Every first and last day of a text ("12-21 May 2026"), in order, those of two months whole."""
    found: list[Found[Days]] = []
    for pattern in _SPANS:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            year = groups["year"] or groups["first_year"]
            first = _date(
                groups.get("first_year") or year,
                groups.get("first_month") or groups["month"],
                groups["first"],
            )
            last = _date(year, groups["month"], groups["last"])
            if first is None or last is None:
                continue
            if first > last and _arabic(match.group()) and first.month == last.month:
                # "21-12" in a line that runs from right to left shows as "12-21".
                first, last = last, first
            if not any(each.start < match.end() and match.start() < each.end for each in found):
                days = Days(first=first, last=last)
                found.append(Found(value=days, start=match.start(), end=match.end()))
    return sorted(found, key=lambda each: each.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A time of day with its date.

    Attributes:
        moment: the last minute that counts; UTC.
        utc: whether the text says that it is UTC; where it does not, `moment` is a guess.
    """

    moment: dt.datetime
    utc: bool


def deadlines(text: str) -> list[Found[Deadline]]:
    """Every time of day that has a date beside it, in order ("2359 hours UTC on 30 April 2026")."""
    days = dates(text)
    found: list[Found[Deadline]] = []
    for hour, minute, start, end in _times(text):
        near = [
            (distance, each)
            for each in days
            if (distance := max(each.start - end, start - each.end)) <= _NEAR_DATE
            and not _BREAK.search(text[min(end, each.end) : max(start, each.start)])
        ]
        if not near:
            continue
        _, day = min(near, key=lambda pair: pair[0])
        # "2400 hours" on a day is the end of it, which its last minute takes in.
        time = dt.time(23, 59) if hour == 24 else dt.time(hour, minute)
        moment = dt.datetime.combine(day.value, time, tzinfo=dt.UTC)
        around = text[max(0, start - _NEAR_UTC) : end + _NEAR_UTC]
        between = text[min(start, day.start) : max(end, day.end) + _NEAR_UTC]
        utc = bool(_UTC.search(around) or _UTC.search(between))
        found.append(
            Found(
                value=Deadline(moment=moment, utc=utc),
                start=min(start, day.start),
                end=max(end, day.end),
            )
        )
    return found


def _times(text: str) -> Iterator[tuple[int, int, int, int]]:
    for pattern in _TIMES:
        for match in pattern.finditer(text):
            hour, minute = int(match["hour"]), int(match["minute"])
            if hour < 24 or minute == 0:
                yield hour, minute, match.start(), match.end()


def _date(year: str, month: str, day: str) -> dt.date | None:
    number = _month(month)
    digits = re.match(r"\d+", day)
    if number is None or digits is None:
        return None
    try:
        return dt.date(int(year), number, int(digits.group()))
    except ValueError:
        return None


def _month(name: str) -> int | None:
    if name.isdigit():
        return int(name)
    for language in LANGUAGES:
        for number, pattern in enumerate(language.months, 1):
            if re.fullmatch(pattern, name, _FLAGS):
                return number
    return None


def _arabic(text: str) -> bool:
    return any("\u0600" <= char <= "\u06ff" for char in text)

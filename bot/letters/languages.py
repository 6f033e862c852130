"""The six official languages of the Union, and how each writes dates, lists and plurals."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language of correspondence.

    Attributes:
        code: ISO 639-1.
        locale: CLDR locale whose dates, lists and plural rules are used.
        direction: of its script.
        day_pattern: CLDR pattern of a date with its year.
        short_pattern: the same without the year, before the second date of a span.
        moment: how a date and a time of the clock (24 hours, UTC) are put together.
        zoned: the same for another clock, with its distance from UTC.
        span: how the first and the last day are put together.
        big_endian: year first; the last day of a span then leaves out what it shares with the first.
    """

    code: str
    locale: str
    direction: Literal["ltr", "rtl"] = "ltr"
    day_pattern: str = "d MMMM y"
    short_pattern: str = "d MMMM"
    moment: str = "{day}, {hour}:{minute} UTC"
    zoned: str = "{day}, {hour}:{minute} ({offset})"
    span: str = "{first}–{last}"
    big_endian: bool = False

    def day(self, day: dt.date) -> str:
        """A date: "30 April 2026"."""
        return self._formatted(day, self.day_pattern)

    def at(self, moment: dt.datetime) -> str:
        """A moment in UTC: "30 April 2026, 23:59 UTC"."""
        utc = moment.astimezone(dt.UTC)
        return self.moment.format(
            day=self.day(utc.date()), hour=f"{utc.hour:02}", minute=f"{utc.minute:02}"
        )

    def at_zone(self, moment: dt.datetime) -> str:
        """A moment on its own clock: "1 May 2026, 01:59 (UTC+2)"."""
        return self.zoned.format(
            day=self.day(moment.date()),
            hour=f"{moment.hour:02}",
            minute=f"{moment.minute:02}",
            offset=_offset(moment.utcoffset() or dt.timedelta(0)),
        )

    def days(self, first: dt.date, last: dt.date) -> str:
        """From one day to another, both taken in: "12–21 May 2026"."""
        if first == last:
            return self.day(first)
        spaced = self.span.replace("–", " – ")
        if first.year != last.year:
            return spaced.format(first=self.day(first), last=self.day(last))
        same_month = first.month == last.month
        if self.big_endian:
            rest = self._formatted(last, "d日" if same_month else "M月d日")
            return self.span.format(first=self.day(first), last=rest)
        start = self._formatted(first, "d" if same_month else self.short_pattern)
        between = self.span if same_month else spaced
        return between.format(first=start, last=self.day(last))

    def listed(self, items: Iterable[str]) -> str:
        """A list as it stands in a sentence: "A, B and C"."""
        return format_list(list(items), locale=self.locale)

    def plural(self, number: int, forms: Mapping[str, str]) -> str:
        """The form that a number asks for, "#" being the number.

        Args:
            number: how many.
            forms: CLDR category ("one", "few", ...) -> words; "other" stands in for what is missing.
        """
        category = Locale.parse(self.locale).plural_form(number)
        return forms.get(category, forms["other"]).replace("#", str(number))

    def territory(self, iso2: str) -> str:
        """A country's name as CLDR has it; the code itself where CLDR has none."""
        return str(Locale.parse(self.locale).territories.get(iso2, iso2))

    def _formatted(self, day: dt.date, pattern: str) -> str:
        written = format_date(day, pattern, locale=self.locale)
        # The first of a month is an ordinal in French, which CLDR's patterns cannot say.
        if self.code == "fr" and day.day == 1 and written.startswith("1"):
            return "1er" + written[1:]
        return written


def _offset(offset: dt.timedelta) -> str:
    """A distance from UTC: "UTC+2", "UTC−3:30"."""
    sign = "\N{MINUS SIGN}" if offset < dt.timedelta(0) else "+"
    hours, minutes = divmod(abs(offset) // dt.timedelta(minutes=1), 60)
    return f"UTC{sign}{hours}:{minutes:02}" if minutes else f"UTC{sign}{hours}"


_LANGUAGES = (
    Language(
        code="ar",
        locale="ar",
        direction="rtl",
        moment="{day}، الساعة {hour}:{minute} بالتوقيت العالمي المنسق (UTC)",
        # A sign and the digits after it are held together and left to right (UAX #9).
        zoned="{day}، الساعة {hour}:{minute} (\u2066{offset}\u2069)",
        # Digits round a dash would stand in the order of the page, not of the calendar.
        span="من {first} إلى {last}",
    ),
    Language(
        code="zh",
        locale="zh",
        day_pattern="y年M月d日",
        moment="{day}{hour}时{minute}分（UTC）",
        zoned="{day}{hour}时{minute}分（{offset}）",
        span="{first}至{last}",
        big_endian=True,
    ),
    Language(code="en", locale="en_GB"),
    Language(
        code="fr",
        locale="fr",
        moment="{day} à {hour} h {minute} UTC",
        zoned="{day} à {hour} h {minute} ({offset})",
    ),
    Language(
        code="ru",
        locale="ru",
        day_pattern="d MMMM y 'года'",
        moment="{day}, {hour}:{minute} UTC",
    ),
    Language(
        code="es",
        locale="es",
        day_pattern="d 'de' MMMM 'de' y",
        short_pattern="d 'de' MMMM",
        moment="{day}, {hour}:{minute} horas UTC",
        zoned="{day}, {hour}:{minute} horas ({offset})",
    ),
)
#: ISO 639-1 code -> language, in the order in which the Union lists them.
LANGUAGES: Final[Mapping[str, Language]] = MappingProxyType(
    {language.code: language for language in _LANGUAGES}
)
ENGLISH: Final = LANGUAGES["en"]


def language_of(code: str | None) -> Language:
    """The language of that code; English for any other, and where it is not known."""
    return LANGUAGES.get(code or "", ENGLISH)

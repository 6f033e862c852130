"""The two ways in which the words of a letter are set: as HTML, and as plain text.

Both take the same templates. The HTML way escapes whatever a template prints; the text way escapes
nothing. Each has the same filters under the same names, so that a letter's words are written once.
"""

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import jinja2
from babel.dates import format_date, format_datetime
from jinja2.runtime import Context
from markupsafe import Markup, escape

from bot.letters.languages import Language
from bot.letters.tally_lines import outcome, support, tally_lines
from bot.letters.words import LABELS
from bot.letters.wrapping import (
    FIRST_STRONG_ISOLATE,
    LEFT_TO_RIGHT_ISOLATE,
    POP_ISOLATE,
    aligned,
    joined,
    padded,
    width,
    wrapped,
)

Filters = Mapping[str, Callable[..., object]]


def html_environment(folders: Sequence[Path]) -> jinja2.Environment:
    """Sets HTML: everything printed is escaped."""
    return _environment(folders, autoescape=True, filters=_HTML)


def text_environment(folders: Sequence[Path]) -> jinja2.Environment:
    """Sets plain text."""
    return _environment(folders, autoescape=False, filters=_TEXT)


def _environment(
    folders: Sequence[Path], *, autoescape: bool, filters: Filters
) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([str(folder) for folder in folders]),
        autoescape=autoescape,  # noqa: S701 - plain text has nothing to escape
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update({**_SHARED, **filters})
    return environment


def _language(context: Context) -> Language:
    language = context.resolve("language")
    assert isinstance(language, Language)
    return language


# Dates, numbers and names, which read the same either way.


@jinja2.pass_context
def _day(context: Context, day: dt.date) -> str:
    """A date in the letter's language."""
    return _language(context).day(day)


@jinja2.pass_context
def _weekday(context: Context, day: dt.date) -> str:
    """The day's name in the letter's language."""
    return format_date(day, "EEEE", locale=_language(context).locale)


@jinja2.pass_context
def _moment(context: Context, moment: dt.datetime) -> str:
    """A moment in UTC, in the letter's language."""
    return _language(context).at(moment)


@jinja2.pass_context
def _local(context: Context, moment: dt.datetime, pattern: str = "d MMM, HH:mm") -> str:
    """A moment on the secretariat's clock, for the digest; the pattern is CLDR's."""
    local = moment.astimezone(ZoneInfo(str(context.resolve("timezone"))))
    return format_datetime(local, pattern, locale=_language(context).locale)


@jinja2.pass_context
def _local_day(context: Context, moment: dt.datetime) -> dt.date:
    """The day of a moment on the secretariat's calendar."""
    return moment.astimezone(ZoneInfo(str(context.resolve("timezone")))).date()


@jinja2.pass_context
def _days(context: Context, first: dt.date, last: dt.date) -> str:
    """From one day to another."""
    return _language(context).days(first, last)


@jinja2.pass_context
def _plural(context: Context, number: int, **forms: str) -> str:
    """The form that a number asks for: `3 | plural(one="# day", other="# days")`."""
    return _language(context).plural(number, forms)


@jinja2.pass_context
def _place(context: Context, place: str) -> str:
    """The name of a meeting place in the letter's language, where it is known."""
    return LABELS[_language(context).code].places.get(place, place)


# What HTML says with elements, plain text says with the isolates of UAX #9.


def _html_isolated(value: str) -> Markup:
    """A foreign string that turns nothing round it."""
    return Markup("<bdi>{}</bdi>").format(value)


def _html_left_to_right(value: str) -> Markup:
    """A designation, reference or address of ours: never broken, never turned."""
    return Markup('<bdi dir="ltr" style="white-space:nowrap;">{}</bdi>').format(value)


@jinja2.pass_context
def _text_isolated(context: Context, value: str) -> str:
    turns = any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in value)
    if _language(context).direction == "ltr" and not turns:
        return value
    return f"{FIRST_STRONG_ISOLATE}{value}{POP_ISOLATE}"


@jinja2.pass_context
def _text_left_to_right(context: Context, value: str) -> str:
    if _language(context).direction == "ltr":
        return value
    return f"{LEFT_TO_RIGHT_ISOLATE}{value}{POP_ISOLATE}"


@jinja2.pass_context
def _html_listed(context: Context, items: Iterable[str]) -> Markup:
    """Designations as a list in a sentence."""
    isolated = [str(_html_left_to_right(item)) for item in items]
    # Each item is escaped above, and CLDR's glue holds no markup.
    return Markup(_language(context).listed(isolated))  # noqa: S704


@jinja2.pass_context
def _text_listed(context: Context, items: Iterable[str]) -> str:
    return _language(context).listed(_text_left_to_right(context, item) for item in items)


@jinja2.pass_context
def _html_days(context: Context, first: dt.date, last: dt.date) -> Markup:
    """From one day to another, never broken at the dash."""
    return Markup('<span style="white-space:nowrap;">{}</span>').format(_days(context, first, last))


def _html_strong(value: str) -> Markup:
    """What the eye must not miss."""
    return Markup("<strong>{}</strong>").format(value)


def _html_prose(value: str) -> Markup:
    """A sentence of a template as one line: a line break between Chinese words is no space."""
    return Markup(joined(str(escape(value))))  # noqa: S704 - escaped in the same breath


# Only plain text has lines to fill.


def _text_paragraph(value: str) -> str:
    """A paragraph in lines."""
    return wrapped(value)


def _text_item(value: str, mark: str = "- ", indent: str = "") -> str:
    """An item of a list, its further lines under its first word."""
    return wrapped(value, first=indent + mark, rest=indent + " " * width(mark))


@jinja2.pass_context
def _text_entry(context: Context, label: str, value: str, columns: int) -> str:
    """A label and what it says, side by side; one after the other where the script runs left."""
    if _language(context).direction == "rtl":
        return wrapped(f"{label}: {value}", first="", rest="    ")
    first = padded(label, columns) + "  "
    return wrapped(value, first=first, rest=" " * width(first))


def _text_underlined(value: str, mark: str = "-") -> str:
    """A heading."""
    return f"{value}\n{mark * min(width(value), 76)}"


_SHARED: Filters = {
    "day": _day,
    "days": _days,
    "local": _local,
    "local_day": _local_day,
    "moment": _moment,
    "outcome": outcome,
    "place": _place,
    "plural": _plural,
    "support": support,
    "tally_lines": tally_lines,
    "weekday": _weekday,
    "width": width,
}
_HTML: Filters = {
    "days": _html_days,
    "isolated": _html_isolated,
    "left_to_right": _html_left_to_right,
    "listed": _html_listed,
    "prose": _html_prose,
    "strong": _html_strong,
}
_TEXT: Filters = {
    "aligned": aligned,
    "entry": _text_entry,
    "isolated": _text_isolated,
    "item": _text_item,
    "left_to_right": _text_left_to_right,
    "listed": _text_listed,
    "paragraph": _text_paragraph,
    "prose": joined,
    "strong": str,
    "underlined": _text_underlined,
}

"""A consultation's deadline and the meeting that it leads to, as the letter gives them."""

import datetime as dt
import re
from collections.abc import Iterable

from bot.circulars.annexes import Annexes
from bot.circulars.dates import Days, Found, dates, deadlines, spans
from bot.circulars.findings import Findings
from bot.circulars.phrases import joined, squeezed
from bot.circulars.wording import LANGUAGES, any_of
from bot.consultation.circular import Meeting

_PARENTHESES = re.compile(r"[(（]([^()（）]{8,200})[)）]")
_PLACE_AND_DAYS = any_of(*(each.in_place for each in LANGUAGES if each.in_place != "在"))


def consultation_deadline(
    parts: Annexes, date: dt.date | None, found: Findings
) -> dt.datetime | None:
    """The last minute that counts, UTC; None where none or several are named."""
    candidates = deadlines(parts.letter)
    moments = sorted({each.value.moment for each in candidates if each.value.utc})
    if len(moments) > 1:
        listed = ", ".join(f"{moment:%Y-%m-%d %H:%M}" for moment in moments)
        found.missing.append(f"the deadline cannot be told: several are named ({listed} UTC)")
        return None
    if not moments:
        example = '"by 2359 hours UTC on 30 April 2026"'
        if candidates:
            moment = candidates[0].value.moment
            found.missing.append(
                f"the deadline cannot be told: {moment:%Y-%m-%d %H:%M} is named, but not that it "
                f"is UTC ({example})"
            )
        else:
            found.missing.append(f"the deadline was not found ({example})")
        return None
    (deadline,) = moments
    if date is not None and deadline.date() < date:
        found.notes.append(
            f"the deadline {deadline:%Y-%m-%d} is before the circular's own date {date}"
        )
    return deadline


def consultation_meeting(
    parts: Annexes, deadline: dt.datetime | None, found: Findings
) -> Meeting | None:
    """The meeting that is to consider approval; None where the letter names none."""
    meetings = [*_in_parentheses(parts.letter), *_in_running_text(parts.letter)]
    if not meetings:
        found.missing.append(
            'the meeting\'s place and days were not found ("Geneva, 12-21 May 2026")'
        )
        return None
    meeting = meetings[0]
    if meeting.first_day > meeting.last_day:
        found.missing.append(
            f"the meeting's days cannot be right: {meeting.first_day} to {meeting.last_day}"
        )
        return None
    days = {(each.first_day, each.last_day) for each in meetings}
    if len(days) > 1:
        found.notes.append(
            f"several meetings are named; {meeting.place}, {meeting.first_day} to "
            f"{meeting.last_day}, is taken because it comes first"
        )
    if deadline is not None and deadline.date() > meeting.first_day:
        found.notes.append(
            f"the deadline {deadline:%Y-%m-%d} is after the meeting's first day {meeting.first_day}"
        )
    return meeting


def _in_parentheses(letter: str) -> Iterable[Meeting]:
    for group in _PARENTHESES.finditer(letter):
        inside = joined(group[1])
        if days := _days(inside):
            outside = inside[: days.start] + " " + inside[days.end :]
            if place := _place(outside):
                yield Meeting(place=place, first_day=days.value.first, last_day=days.value.last)


def _in_running_text(letter: str) -> Iterable[Meeting]:
    for days in spans(letter):
        before = letter[max(0, days.start - 90) : days.start]
        # "at its next meeting in Geneva, Switzerland, from 12 to 21 May 2026": the last such word.
        matches = list(
            re.finditer(
                rf"{_PLACE_AND_DAYS}(?=((?-i:[^\W\d_a-zа-я])[^.;()\d]{{2,60}}?)[,،]?\s*\w{{0,5}}\s*$)",
                before,
                re.IGNORECASE,
            )
        )
        if matches and (place := _place(matches[-1][1])):
            yield Meeting(place=place, first_day=days.value.first, last_day=days.value.last)


def _days(text: str) -> Found[Days] | None:
    if found := spans(text):
        return found[0]
    single = dates(text)
    if not single:
        return None
    day = single[0]
    return Found(value=Days(first=day.value, last=day.value), start=day.start, end=day.end)


def _place(text: str) -> str:
    words = re.sub(
        r"\b(?:from|du|le|del?|el|los|с|من|года|г\.?|on)\s*$", "", squeezed(text).strip(" ,，،;")
    )
    place = squeezed(words).strip(" ,，،;:–—-")
    place = re.sub(r"\s+(?:года|г\.)$", "", place)
    # A revision ("Rev. Dubai, 2018") or a sentence is no place.
    return place if place and len(place) <= 80 and not re.search(r"\d{3}", place) else ""

"""Making a circular's data from its text, with everything that could not be found said in words."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.circulars.annexes import Annexes, split
from bot.circulars.dates import Days, Found, dates, deadlines, spans
from bot.circulars.headings import Heading, headings, squeezed
from bot.circulars.summaries import TextSummary, summaries
from bot.circulars.wording import LANGUAGES, any_of
from bot.consultation.circular import Circular, DraftText, Meeting, Revision
from parsers.designation import Designation, circular_numbers, designations, same_name

_STUDY_GROUPS = tuple(re.compile(each.study_group, re.IGNORECASE) for each in LANGUAGES)
_EMAIL = re.compile(r"[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
#: The Union's own address, at the foot of every letter; nobody's reply goes there.
_FOOT_ADDRESS = "itumail@itu.int"
_GROUP_ADDRESS = re.compile(r"tsbsg\d+@", re.IGNORECASE)
_PARENTHESES = re.compile(r"[(（]([^()（）]{8,200})[)）]")
_PLACE_AND_DAYS = any_of(*(each.in_place for each in LANGUAGES if each.in_place != "在"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What was made of a circular's text.

    Attributes:
        circular: None where something is missing without which there is no consultation.
        missing: what could not be found, a sentence each; may be titles only.
        notes: what does not agree or was concluded, a sentence each, for the eye of whoever imports.
    """

    circular: Circular | None
    missing: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Findings:
    """What is being said while a circular is made."""

    missing: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def import_circular(text: str) -> ImportResult:
    """Makes a circular's data from its text, in any of the six languages.

    Args:
        text: of the whole circular with its annexes, as `bot.circulars.source_text` gives it.
    """
    found = _Findings()
    parts = split(_tidy(text))
    number = _number(parts, found)
    group, group_title = _study_group(parts, found)
    date = _date(parts, found)
    deadline = _deadline(parts, date, found)
    meeting = _meeting(parts, deadline, found)
    texts = _texts(parts, found)
    reply_address, contact_address = _addresses(parts, found)
    if (
        number is None
        or group is None
        or date is None
        or deadline is None
        or meeting is None
        or reply_address is None
        or not texts
    ):
        circular = None
    else:
        circular = Circular(
            number=number,
            study_group=group,
            study_group_title=group_title,
            date=date,
            deadline=deadline,
            meeting=meeting,
            reply_address=reply_address,
            contact_address=contact_address,
            texts=texts,
        )
    return ImportResult(circular=circular, missing=tuple(found.missing), notes=tuple(found.notes))


_DIGITS = {
    ord(char): str(n)
    for row in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９")
    for n, char in enumerate(row)
}
# No-break hyphens and the marks that steer direction or allow a break are nobody's spelling.
_SIGNS = {0x2010: "-", 0x2011: "-"} | dict.fromkeys(
    (
        0xAD,
        0x200B,
        0x200C,
        0x200D,
        0x200E,
        0x200F,
        0x202A,
        0x202B,
        0x202C,
        0x202D,
        0x202E,
        0x2066,
        0x2067,
        0x2068,
        0x2069,
        0xFEFF,
    )
)


def _tidy(text: str) -> str:
    plain = text.translate(_DIGITS | _SIGNS)
    return "\n".join(
        re.sub(r"[^\S\n]+", " ", line).strip() for line in re.split(r"\r\n?|\n|\x0b|\x0c", plain)
    )


def _number(parts: Annexes, found: _Findings) -> int | None:
    of_letter, of_form = circular_numbers(parts.letter), circular_numbers(parts.form)
    if of_letter and of_form and of_letter[0] not in of_form:
        found.notes.append(
            f"the letter calls itself Circular {of_letter[0]}, but its form speaks of Circular "
            f"{of_form[0]}: {of_letter[0]} is taken"
        )
    if not of_letter and not of_form:
        found.missing.append('the circular\'s number was not found ("TSB Circular 106")')
        return None
    return (of_letter or of_form)[0]


def _study_group(parts: Annexes, found: _Findings) -> tuple[int | None, str]:
    matches = [
        match
        for pattern in _STUDY_GROUPS
        for match in pattern.finditer(parts.letter + "\n" + parts.form)
    ]
    counts = Counter(int(match[1]) for match in matches)
    if not counts:
        found.missing.append('the study group was not found ("ITU-T Study Group 20")')
        return None, ""
    (group, _), *others = counts.most_common()
    if others:
        found.notes.append(
            f"Study Group {group} is named most often and taken; also named: "
            + ", ".join(str(other) for other, _ in others)
        )
    title = _group_title(parts.letter, group)
    if not title:
        found.missing.append(
            f'the title of Study Group {group} was not found ("SG{group}: Internet of things ...")'
        )
    return group, title


def _group_title(letter: str, group: int) -> str:
    labelled = re.search(
        rf"[(（]\s*(?:[^\W\d]{{1,6}}\s?-?\s?{group}|第\s*{group}\s*研究组)\s*[:：–—-]\s*"
        r"((?:[^()（）]|[(（][^()（）]*[)）])+?)\s*[)）]",
        letter,
    )
    if labelled:
        return _joined(labelled[1])
    for pattern in _STUDY_GROUPS:
        for match in pattern.finditer(letter):
            behind = re.match(
                r"[^()（）.\n]{0,40}[(（]([^()（）]{8,200})[)）]", letter[match.end() :]
            )
            if int(match[1]) == group and behind and not re.search(r"\d{4}", behind[1]):
                return _joined(behind[1])
    return ""


def _joined(text: str) -> str:
    """Lines of one phrase as one; a hyphen at a line's end stays, without a space."""
    joined = re.sub(r"(?<=\S)-\n\s*", "-", text)
    joined = re.sub(r"(?<=[\u2e80-\u9fff])\s*\n\s*(?=[\u2e80-\u9fff])", "", joined)
    return squeezed(joined)


def _date(parts: Annexes, found: _Findings) -> dt.date | None:
    for each in dates(parts.letter):
        start = parts.letter.rfind("\n", 0, each.start) + 1
        end = parts.letter.find("\n", each.end)
        line = parts.letter[start : end if end >= 0 else None]
        # The date stands with the place on a line of its own: "Geneva, 13 February 2026".
        if len(line) <= (each.end - each.start) + 30 and not re.search(r"[(（]", line):
            return each.value
    found.missing.append('the circular\'s date was not found ("Geneva, 13 February 2026")')
    return None


def _deadline(parts: Annexes, date: dt.date | None, found: _Findings) -> dt.datetime | None:
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


def _meeting(parts: Annexes, deadline: dt.datetime | None, found: _Findings) -> Meeting | None:
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
        inside = _joined(group[1])
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


def _addresses(parts: Annexes, found: _Findings) -> tuple[str | None, str | None]:
    of_form = _emails(parts.form_head)
    of_letter = _emails(parts.letter)
    reply = next(iter(of_form), None)
    if reply is None:
        others = [each for each in of_letter if not _GROUP_ADDRESS.match(each)]
        if len(others) == 1:
            reply = others[0]
            found.notes.append(f"the form names no address: {reply}, of the letter, is taken")
        else:
            found.missing.append(
                'the address for replies was not found ("To: ... E-mail: tsbdir@itu.int" in the form)'
            )
    contact = next(
        (each for each in of_letter if _GROUP_ADDRESS.match(each)),
        next((each for each in of_letter if each != reply), None),
    )
    if contact is None:
        found.notes.append("the letter names no address of the study group's secretariat")
    return reply, contact


def _emails(text: str) -> list[str]:
    found = (each.rstrip(".").lower() for each in _EMAIL.findall(text))
    return [each for each in dict.fromkeys(found) if each != _FOOT_ADDRESS]


def _texts(parts: Annexes, found: _Findings) -> tuple[DraftText, ...]:
    of_form = _one_each(headings(parts.form))
    of_annex = summaries(parts.summaries)
    of_subject = designations(parts.subject)
    if not of_form:
        found.missing.append(
            'no draft text was found in the form ("Draft new Recommendation ITU-T Y.4241 (ex ...)")'
        )
        return ()
    known = {each.designation for each in of_form}
    _compare("the subject", [each.name for each in of_subject], known, found)
    _compare("Annex 1", list(of_annex), known, found)
    names = {each.name: each for each in of_subject}
    return tuple(
        _text(heading, of_annex.get(heading.designation), names.get(heading.designation), found)
        for heading in of_form
    )


def _one_each(found: list[Heading]) -> list[Heading]:
    """The last heading of each text: a subject that names one stands before the form's table."""
    last = {each.designation: each for each in found}
    return sorted(last.values(), key=lambda each: each.start)


def _compare(where: str, there: list[str], in_form: set[str], found: _Findings) -> None:
    if not there:
        found.notes.append(f"{where} names no draft text that could be compared with the form")
        return
    found.notes.extend(
        f"{name} stands in {where}, but not in the form" for name in there if name not in in_form
    )
    found.notes.extend(
        f"{name} stands in the form, but not in {where}"
        for name in sorted(in_form)
        if name not in there
    )


def _text(
    heading: Heading, summary: TextSummary | None, subject: Designation | None, found: _Findings
) -> DraftText:
    name = heading.designation
    other = summary.heading if summary else None
    former = heading.former_name or (other.former_name if other else None)
    for where, theirs in (
        ("Annex 1", other.former_name if other else None),
        ("the subject", subject.former_name if subject else None),
    ):
        if theirs and not (former and same_name(former, theirs)):
            found.notes.append(
                f"{name} was {former or 'nothing else'} formerly by the form, {theirs} by {where}"
            )
    revision = heading.revision or (other.revision if other else None)
    if other and other.revision and revision is not other.revision:
        found.notes.append(f"{name} is {revision} by the form, {other.revision} by Annex 1")
    if revision is None:
        revision = Revision.NEW if former else Revision.REVISED
        found.notes.append(
            f"{name} is said to be neither new nor revised: {revision} is taken, since it has "
            + ("a former name" if former else "no former name")
        )
    if not summary or not summary.title:
        found.missing.append(f"the title of {name} was not found in Annex 1")
    return DraftText(
        designation=name,
        former_name=former,
        revision=revision,
        title=_joined(summary.title) if summary else "",
        document=other.document if other else None,
        ipr_note=_joined(summary.note) if summary and summary.note else None,
    )

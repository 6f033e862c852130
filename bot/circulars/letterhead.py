"""What a circular's letter says of itself: number, study group, date, addresses."""

import datetime as dt
import re
from collections import Counter

from bot.circulars.annexes import Annexes
from bot.circulars.dates import dates
from bot.circulars.findings import Findings
from bot.circulars.phrases import joined
from bot.circulars.wording import LANGUAGES
from parsers.designation import circular_numbers

_STUDY_GROUPS = tuple(re.compile(each.study_group, re.IGNORECASE) for each in LANGUAGES)
_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"
)
#: The Union's own address, at the foot of every letter; nobody's reply goes there.
_FOOT_ADDRESS = "itumail@itu.int"
_GROUP_ADDRESS = re.compile(r"tsbsg\d+@", re.IGNORECASE)


def circular_number(parts: Annexes, found: Findings) -> int | None:
    """The number that the letter gives, else the form; None where neither does."""
    of_letter, of_form = (
        [number for number in circular_numbers(text) if number]
        for text in (parts.letter, parts.form)
    )
    if of_letter and of_form and of_letter[0] not in of_form:
        found.notes.append(
            f"the letter calls itself Circular {of_letter[0]}, but its form speaks of Circular "
            f"{of_form[0]}: {of_letter[0]} is taken"
        )
    if not of_letter and not of_form:
        found.missing.append('the circular\'s number was not found ("TSB Circular 106")')
        return None
    return (of_letter or of_form)[0]


def study_group(parts: Annexes, found: Findings) -> tuple[int | None, str]:
    """The number of the study group named most often, and its title; (None, "") without one."""
    matches = [
        match
        for pattern in _STUDY_GROUPS
        for match in pattern.finditer(parts.letter + "\n" + parts.form)
    ]
    counts = Counter(number for match in matches if (number := int(match[1])))
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
        rf"[(（]\s*(?:[^\W\d][^\d()（）:：]{{0,30}}{group}|第\s*{group}\s*研究组)\s*[:：–—-]\s*"
        r"((?:[^()（）]|[(（][^()（）]*[)）])+?)\s*[)）]",
        letter,
    )
    if labelled:
        return joined(labelled[1])
    for pattern in _STUDY_GROUPS:
        for match in pattern.finditer(letter):
            behind = re.match(
                r"[^()（）.\n]{0,40}[(（]([^()（）]{8,200})[)）]", letter[match.end() :]
            )
            if int(match[1]) == group and behind and not re.search(r"\d{4}", behind[1]):
                return joined(behind[1])
    return ""


def circular_date(parts: Annexes, found: Findings) -> dt.date | None:
    """The date beside the place at the head of the letter; None where there is none."""
    for each in dates(parts.letter):
        start = parts.letter.rfind("\n", 0, each.start) + 1
        end = parts.letter.find("\n", each.end)
        line = parts.letter[start : end if end >= 0 else None]
        # The date stands with the place on a line of its own: "Geneva, 13 February 2026".
        if len(line) <= (each.end - each.start) + 30 and not re.search(r"[(（]", line):
            return each.value
    found.missing.append('the circular\'s date was not found ("Geneva, 13 February 2026")')
    return None


def reply_and_contact(parts: Annexes, found: Findings) -> tuple[str | None, str | None]:
    """Where replies go, by the form, and the study group's secretariat; None where not named."""
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
